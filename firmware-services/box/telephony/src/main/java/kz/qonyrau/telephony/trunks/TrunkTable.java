package kz.qonyrau.telephony.trunks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import kz.qonyrau.telephony.TrunkId;
import kz.qonyrau.telephony.trunks.Trunk.Suspension;
import kz.qonyrau.telephony.trunks.TrunkTerms.Codec;
import kz.qonyrau.telephony.trunks.TrunkTerms.Login;
import kz.qonyrau.telephony.trunks.TrunkTerms.Media;
import kz.qonyrau.telephony.trunks.TrunkTerms.Transport;
import kz.qonyrau.vocabulary.Msisdn;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/// The rows of TELEPHONY.trunk.
final class TrunkTable {

  private final PasswordSeal seal;

  TrunkTable(PasswordSeal seal) {
    this.seal = seal;
  }

  List<Trunk> all(Handle handle) {
    Optional<List<Msisdn>> pool = pool(handle);
    return handle
        .createQuery("SELECT * FROM telephony.trunk ORDER BY price, place, name")
        .map((row, _) -> trunk(row, pool))
        .list();
  }

  Optional<Trunk> find(Handle handle, TrunkId id) {
    Optional<List<Msisdn>> pool = pool(handle);
    return handle
        .createQuery("SELECT * FROM telephony.trunk WHERE id = :id")
        .bind("id", id.value())
        .map((row, _) -> trunk(row, pool))
        .findOne();
  }

  void insert(Handle handle, Trunk trunk) {
    bound(
            handle.createUpdate(
                """
                INSERT INTO telephony.trunk (id, name, host, port, transport, media, authority,
                  login, sealed_password, codecs, channel_limit, price, place, caller_number, enabled,
                  changes)
                VALUES (:id, :name, :host, :port, :transport, :media, :authority, :login,
                  :password, :codecs, :limit, :price, :place, :caller, :enabled, :changes)
                """),
            trunk)
        .execute();
  }

  /// What people decide; a suspension stays as it is.
  void update(Handle handle, Trunk trunk) {
    bound(
            handle.createUpdate(
                """
                UPDATE telephony.trunk
                SET name = :name, host = :host, port = :port, transport = :transport,
                  media = :media, authority = :authority, login = :login,
                  sealed_password = :password, codecs = :codecs,
                  channel_limit = :limit, price = :price, place = :place,
                  caller_number = :caller, enabled = :enabled, changes = :changes
                WHERE id = :id
                """),
            trunk)
        .execute();
  }

  boolean delete(Handle handle, TrunkId id) {
    return handle
            .createUpdate("DELETE FROM telephony.trunk WHERE id = :id")
            .bind("id", id.value())
            .execute()
        > 0;
  }

  void setSuspension(Handle handle, TrunkId id, Optional<Suspension> suspension) {
    handle
        .createUpdate(
            """
            UPDATE telephony.trunk SET suspended_at_ms = :at, suspended_why = :why WHERE id = :id
            """)
        .bind("at", suspension.map(one -> one.since().toEpochMilli()).orElse(null))
        .bind("why", suspension.map(Suspension::why).orElse(null))
        .bind("id", id.value())
        .execute();
  }

  /// The numbers that the provider has assigned to this box; empty if he never assigned any.
  Optional<List<Msisdn>> pool(Handle handle) {
    return handle
        .createQuery("SELECT numbers FROM telephony.pool")
        .mapTo(String.class)
        .findOne()
        .map(text ->
            Arrays.stream(text.split(",", -1))
                .filter(number -> !number.isEmpty())
                .map(Msisdn::new)
                .toList());
  }

  void setPool(Handle handle, Optional<List<Msisdn>> numbers) {
    handle.createUpdate("DELETE FROM telephony.pool").execute();
    numbers.ifPresent(all ->
        handle
            .createUpdate("INSERT INTO telephony.pool (only_one, numbers) VALUES (1, :numbers)")
            .bind("numbers", all.stream().map(Msisdn::e164).collect(Collectors.joining(",")))
            .execute());
  }

  /// What was last taken over of the settings' file.
  record TakenOver(TrunkId trunk, String host, int port) {

    boolean isWhere(TrunkTerms terms) {
      return host.equals(terms.host()) && port == terms.port();
    }
  }

  Optional<TakenOver> takenOver(Handle handle) {
    return handle
        .createQuery("SELECT trunk, host, port FROM telephony.taken_over")
        .map((row, _) ->
            new TakenOver(
                new TrunkId(row.getString("trunk")), row.getString("host"), row.getInt("port")))
        .findOne();
  }

  void noteTakeOver(Handle handle, TakenOver now) {
    handle.createUpdate("DELETE FROM telephony.taken_over").execute();
    handle
        .createUpdate(
            """
            INSERT INTO telephony.taken_over (only_one, trunk, host, port)
            VALUES (1, :trunk, :host, :port)
            """)
        .bind("trunk", now.trunk().value())
        .bind("host", now.host())
        .bind("port", now.port())
        .execute();
  }

  private Update bound(Update update, Trunk trunk) {
    TrunkTerms terms = trunk.terms();
    return update
        .bind("id", trunk.id().value())
        .bind("name", terms.name())
        .bind("host", terms.host())
        .bind("port", terms.port())
        .bind("transport", terms.transport().name())
        .bind("media", terms.media().name())
        .bind("authority", terms.authority().map(CarrierAuthority::pem).orElse(null))
        .bind("login", terms.login().map(Login::user).orElse(null))
        .bind(
            "password",
            terms
                .login()
                .map(login -> seal.seal(login.password().getBytes(UTF_8), context(trunk.id())))
                .orElse(null))
        .bind("codecs", terms.codecs().stream().map(Codec::name).collect(Collectors.joining(",")))
        .bind("limit", terms.channelLimit())
        .bind("price", terms.price())
        .bind("place", terms.place())
        .bind("caller", terms.callerNumber().e164())
        .bind("enabled", terms.enabled())
        .bind("changes", trunk.changes());
  }

  // A password that is moved to another trunk's row cannot be read there.
  private static String context(TrunkId id) {
    return "trunk/" + id;
  }

  private Trunk trunk(ResultSet row, Optional<List<Msisdn>> pool) throws SQLException {
    TrunkId id = new TrunkId(row.getString("id"));
    String user = row.getString("login");
    Optional<Login> login =
        user == null
            ? Optional.empty()
            : Optional.of(
                new Login(
                    user,
                    new String(seal.open(row.getBytes("sealed_password"), context(id)), UTF_8)));
    long suspended = row.getLong("suspended_at_ms");
    Optional<Suspension> suspension =
        row.wasNull()
            ? Optional.empty()
            : Optional.of(
                new Suspension(Instant.ofEpochMilli(suspended), row.getString("suspended_why")));
    Msisdn number = new Msisdn(row.getString("caller_number"));
    return new Trunk(
        id,
        new TrunkTerms(
            row.getString("name"),
            row.getString("host"),
            row.getInt("port"),
            Transport.valueOf(row.getString("transport")),
            Media.valueOf(row.getString("media")),
            Optional.ofNullable(row.getString("authority")).map(CarrierAuthority::new),
            login,
            Arrays.stream(row.getString("codecs").split(",", -1)).map(Codec::valueOf).toList(),
            row.getInt("channel_limit"),
            row.getBigDecimal("price"),
            row.getInt("place"),
            number,
            row.getBoolean("enabled")),
        suspension,
        pool.isEmpty() || pool.get().contains(number),
        row.getLong("changes"));
  }
}
