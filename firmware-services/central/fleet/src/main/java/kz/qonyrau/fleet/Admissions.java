package kz.qonyrau.fleet;

import io.vertx.core.Future;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import kz.qonyrau.store.Store;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.vocabulary.OrganisationId;
import kz.qonyrau.wire.DocumentVerifier;
import org.jdbi.v3.core.Handle;

/// Which boxes may use the broker, with what their messages are checked against: remembered once
/// read. Other programs on the same database admit and refuse boxes too, which [#refresh] hears.
/// Safe for any thread.
public final class Admissions {

  /// Covers clocks that are apart and transactions that waited for their commit.
  private static final Duration LOOK_BACK = Duration.ofMinutes(2);

  private static final String COLUMNS =
      "SELECT id, organisation_id, device_key, revoked_at_ms FROM fleet.box";

  private final Store store;
  private final InstantSource clock;
  private final Map<BoxId, KnownBox> known = new ConcurrentHashMap<>();

  public Admissions(Store store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  private record Row(BoxId box, KnownBox facts) {

    static Row of(ResultSet row) throws SQLException {
      return new Row(
          new BoxId(row.getString("id")),
          new KnownBox(
              new OrganisationId(row.getString("organisation_id")),
              DocumentVerifier.parse(row.getString("device_key")),
              row.getObject("revoked_at_ms") != null));
    }
  }

  Future<Optional<KnownBox>> find(BoxId box) {
    KnownBox remembered = known.get(box);
    if (remembered != null) {
      return Future.succeededFuture(Optional.of(remembered));
    }
    return store
        .read(handle ->
            handle
                .createQuery(COLUMNS + " WHERE id = :box")
                .bind("box", box.value())
                .map((row, _) -> Row.of(row).facts())
                .findOne())
        .onSuccess(found -> found.ifPresent(facts -> remember(box, facts)));
  }

  private void remember(BoxId box, KnownBox facts) {
    // A refusal that came in between must win.
    known.merge(box, facts, (was, is) -> was.revoked() ? was : is);
  }

  /// Reads every box, so that [#isAdmitted] knows them all. Call it once, before the broker
  /// listens.
  public Future<Void> start() {
    return store
        .read(handle -> handle.createQuery(COLUMNS).map((row, _) -> Row.of(row)).list())
        .map(rows -> {
          rows.forEach(row -> remember(row.box(), row.facts()));
          return null;
        });
  }

  /// Reads who was admitted or refused of late, by whichever program. The clocks of the programs on
  /// a database must agree to within a minute.
  ///
  /// @return the boxes that are refused and were not known to be
  public Future<List<BoxId>> refresh() {
    long since = clock.instant().minus(LOOK_BACK).toEpochMilli();
    return store
        .read(handle -> changedSince(handle, since))
        .map(rows -> {
          List<BoxId> refused =
              rows.stream()
                  .filter(row -> row.facts().revoked() && !isRefused(row.box()))
                  .map(Row::box)
                  .toList();
          rows.forEach(row -> remember(row.box(), row.facts()));
          return refused;
        });
  }

  private static List<Row> changedSince(Handle handle, long since) {
    return handle
        .createQuery(COLUMNS + " WHERE enrolled_at_ms >= :since OR revoked_at_ms >= :since")
        .bind("since", since)
        .map((row, _) -> Row.of(row))
        .list();
  }

  /// Whether a certificate with this name may use the broker: enrolled, and not refused. Answers at
  /// once, from what is remembered.
  public boolean isAdmitted(BoxId box) {
    KnownBox facts = known.get(box);
    return facts != null && !facts.revoked();
  }

  private boolean isRefused(BoxId box) {
    KnownBox facts = known.get(box);
    return facts != null && facts.revoked();
  }

  /// As [#isAdmitted], but reads what is not remembered: a box may come to the broker before the
  /// broker has heard that it was admitted.
  public Future<Boolean> admits(BoxId box) {
    return find(box).map(found -> found.filter(facts -> !facts.revoked()).isPresent());
  }

  void admit(BoxId box, KnownBox facts) {
    remember(box, facts);
  }

  void refuse(BoxId box) {
    known.computeIfPresent(
        box, (_, facts) -> new KnownBox(facts.organisation(), facts.deviceKey(), true));
  }
}
