package kz.qonyrau.integrations;

import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import kz.qonyrau.store.Store;
import kz.qonyrau.web.Json;
import kz.qonyrau.web.Person;
import kz.qonyrau.web.Program;
import kz.qonyrau.web.Programs;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The keys of the business's programs (SH-API-02). Those in force are held in memory, so that a
/// revoked one is refused from the moment in which its revocation was asked for. Safe for use by
/// several threads.
public final class ApiKeys implements Programs {

  private static final Logger log = LoggerFactory.getLogger(ApiKeys.class);

  /// More keys in force are a mistake, and nobody could look after them.
  public static final int MOST = 100;

  private static final Duration NOTED_USE = Duration.ofMinutes(1);
  private static final int SECRET_BYTES = 32;
  private static final String OWNERS_ROLE = "OWNER";

  private final Store store;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, ApiKey> inForce = new ConcurrentHashMap<>();
  private final Map<String, Haste> haste = new ConcurrentHashMap<>();
  private final List<AlongFrozen> alongFrozen = new CopyOnWriteArrayList<>();

  ApiKeys(Store store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /// A key that was just made.
  ///
  /// @param secret known to nobody after this
  public record Made(ApiKey key, String secret) {

    /// Leaves the secret out.
    @Override
    public String toString() {
      return "new key " + key.id();
    }
  }

  Future<Void> load() {
    return store
        .read(handle ->
            handle
                .createQuery("SELECT * FROM integration.api_key WHERE revoked_at_ms IS NULL")
                .map((row, _) -> Map.entry(row.getString("secret_hash"), read(row)))
                .list())
        .onSuccess(rows -> rows.forEach(row -> inForce.put(row.getKey(), row.getValue())))
        .mapEmpty();
  }

  /// Makes a key; empty if there are too many.
  ///
  /// @param owner the login in whose name it acts
  public Future<Optional<Made>> make(KeyOrder order, String owner) {
    byte[] id = new byte[4];
    byte[] secret = new byte[SECRET_BYTES];
    random.nextBytes(id);
    random.nextBytes(secret);
    String name = HexFormat.of().formatHex(id);
    String whole =
        "qk_" + name + "_" + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    ApiKey key =
        new ApiKey(
            name,
            order.name(),
            owner,
            order.scopes(),
            order.requestsPerMinute(),
            order.statement(),
            clock.instant(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    return store
        .write(handle -> {
          if (count(handle) >= MOST) {
            return false;
          }
          insert(handle, key, Digests.sha256(whole));
          return true;
        })
        .map(made -> {
          if (!made) {
            return Optional.empty();
          }
          inForce.put(Digests.sha256(whole), key);
          return Optional.of(new Made(key, whole));
        });
  }

  private static int count(Handle handle) {
    return handle
        .createQuery("SELECT COUNT(*) FROM integration.api_key WHERE revoked_at_ms IS NULL")
        .mapTo(Integer.class)
        .one();
  }

  private static void insert(Handle handle, ApiKey key, String hash) {
    handle
        .createUpdate(
            """
            INSERT INTO integration.api_key (id, name, owner, secret_hash, scopes,
              requests_a_minute, standing_statement, created_at_ms)
            VALUES (:id, :name, :owner, :hash, :scopes, :limit, :statement, :at)
            """)
        .bind("id", key.id())
        .bind("name", key.name())
        .bind("owner", key.owner())
        .bind("hash", hash)
        .bind("scopes", words(key.scopes()).stream().sorted().collect(Collectors.joining(" ")))
        .bind("limit", key.requestsPerMinute())
        .bind("statement", key.statement().map(ApiKeys::json).orElse(null))
        .bind("at", key.createdAt().toEpochMilli())
        .execute();
  }

  private static String json(Statement statement) {
    return new String(Json.write(statement), StandardCharsets.UTF_8);
  }

  /// All keys, newest first, with those that were revoked.
  public Future<List<ApiKey>> all() {
    return store.read(handle ->
        handle
            .createQuery("SELECT * FROM integration.api_key ORDER BY created_at_ms DESC, id")
            .map((row, _) -> read(row))
            .list());
  }

  /// A key in force.
  public Optional<ApiKey> inForce(String id) {
    return inForce.values().stream().filter(key -> key.id().equals(id)).findFirst();
  }

  /// Ends a key for good. From now on it is refused, even if this cannot be written down, which
  /// then fails. Repeating it changes nothing.
  ///
  /// @return false if there never was such a key
  public Future<Boolean> revoke(String id) {
    inForce.values().removeIf(key -> key.id().equals(id));
    long now = clock.instant().toEpochMilli();
    return store.write(handle -> {
      handle
          .createUpdate(
              """
              UPDATE integration.api_key SET revoked_at_ms = :at
              WHERE id = :id AND revoked_at_ms IS NULL
              """)
          .bind("at", now)
          .bind("id", id)
          .execute();
      return handle
              .createQuery("SELECT COUNT(*) FROM integration.api_key WHERE id = :id")
              .bind("id", id)
              .mapTo(Integer.class)
              .one()
          > 0;
    });
  }

  @Override
  public Optional<Program> find(String secret) {
    String hash = Digests.sha256(secret);
    ApiKey key = inForce.get(hash);
    if (key == null) {
      return Optional.empty();
    }
    noteUse(hash, key);
    return Optional.of(
        new Program(
            key.id(),
            key.name(),
            new Person(key.owner(), key.name(), OWNERS_ROLE, false),
            words(key.scopes()),
            key.requestsPerMinute(),
            key.frozenAt().isPresent()));
  }

  /// What others do of a key's freezing.
  public interface AlongFrozen {

    /// Called inside the transaction that writes it down.
    void frozen(Handle handle, ApiKey key);

    /// Called when it is durable.
    void done();
  }

  /// Lets something stand or fall with each key's freezing.
  public void alongFrozen(AlongFrozen along) {
    alongFrozen.add(along);
  }

  @Override
  public void hurried(Program program) {
    if (!program.frozen()
        && haste.computeIfAbsent(program.key(), _ -> new Haste()).note(clock.instant())) {
      freeze(program.key());
    }
  }

  /// From now on the key is refused, even if this cannot be written down.
  private void freeze(String id) {
    Instant now = clock.instant();
    Optional<ApiKey> frozen =
        inForce.entrySet().stream()
            .filter(entry -> entry.getValue().id().equals(id))
            .filter(entry -> entry.getValue().frozenAt().isEmpty())
            .filter(entry ->
                inForce.replace(
                    entry.getKey(), entry.getValue(), entry.getValue().frozen(Optional.of(now))))
            .map(Map.Entry::getValue)
            .findFirst();
    if (frozen.isEmpty()) {
      return; // Revoked, frozen or changed meanwhile; the next refusal comes here again.
    }
    haste.remove(id);
    log.atWarn().addKeyValue("key", id).log("a key is frozen, as its program does not slow down");
    store
        .write(handle -> {
          setFrozen(handle, id, Optional.of(now));
          alongFrozen.forEach(along -> along.frozen(handle, frozen.get()));
          return true;
        })
        .onSuccess(_ -> alongFrozen.forEach(AlongFrozen::done))
        .onFailure(failure ->
            log.atError()
                .addKeyValue("key", id)
                .setCause(failure)
                .log("a key is frozen, but only until the box starts again"));
  }

  /// Lets a frozen key in again. Repeating it changes nothing.
  ///
  /// @return false if there is no such key in force
  public Future<Boolean> thaw(String id) {
    if (inForce(id).isEmpty()) {
      return Future.succeededFuture(false);
    }
    return store
        .write(handle -> {
          setFrozen(handle, id, Optional.empty());
          return true;
        })
        .onSuccess(_ -> {
          haste.remove(id);
          inForce.replaceAll((_, key) -> key.id().equals(id) ? key.frozen(Optional.empty()) : key);
        });
  }

  private static void setFrozen(Handle handle, String id, Optional<Instant> since) {
    handle
        .createUpdate("UPDATE integration.api_key SET frozen_at_ms = :since WHERE id = :id")
        .bindByType("since", since.map(Instant::toEpochMilli).orElse(null), Long.class)
        .bind("id", id)
        .execute();
  }

  private void noteUse(String hash, ApiKey key) {
    Instant now = clock.instant();
    if (key.lastUsedAt().filter(last -> last.plus(NOTED_USE).isAfter(now)).isPresent()
        || !inForce.replace(hash, key, key.usedAt(now))) {
      return;
    }
    store
        .write(handle ->
            handle
                .createUpdate("UPDATE integration.api_key SET last_used_at_ms = :at WHERE id = :id")
                .bind("at", now.toEpochMilli())
                .bind("id", key.id())
                .execute())
        .onFailure(failure ->
            log.atWarn()
                .addKeyValue("key", key.id())
                .setCause(failure)
                .log("the use of a key could not be noted"));
  }

  private static Set<String> words(Set<Scope> scopes) {
    return scopes.stream().map(Scope::words).collect(Collectors.toSet());
  }

  private static ApiKey read(ResultSet row) throws SQLException {
    String statement = row.getString("standing_statement");
    return new ApiKey(
        row.getString("id"),
        row.getString("name"),
        row.getString("owner"),
        Arrays.stream(row.getString("scopes").split(" ", -1))
            .map(words -> Scope.of(words).orElseThrow())
            .collect(Collectors.toSet()),
        row.getInt("requests_a_minute"),
        Optional.ofNullable(statement)
            .map(json -> Json.read(json.getBytes(StandardCharsets.UTF_8), Statement.class)),
        Instant.ofEpochMilli(row.getLong("created_at_ms")),
        Times.read(row, "last_used_at_ms"),
        Times.read(row, "frozen_at_ms"),
        Times.read(row, "revoked_at_ms"));
  }
}
