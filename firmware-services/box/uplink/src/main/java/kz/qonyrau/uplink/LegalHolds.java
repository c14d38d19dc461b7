package kz.qonyrau.uplink;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import kz.qonyrau.audit.Act;
import kz.qonyrau.audit.Actor;
import kz.qonyrau.audit.AuditAction;
import kz.qonyrau.audit.AuditLog;
import kz.qonyrau.store.HeldPeriod;
import kz.qonyrau.wire.HeldDays;
import kz.qonyrau.wire.LegalHold;
import kz.qonyrau.wire.LicenseDocument;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The legal holds that this box was told of, apart from the license that told them (SH-RET-02): a
/// license that got lost or cannot be read any more lifts none, and one that was lifted is known
/// for good, so that proofs of deletion can name it. Each change stands in the audit log.
public final class LegalHolds {

  private static final Logger log = LoggerFactory.getLogger(LegalHolds.class);

  private static final String SELECT =
      """
      SELECT id, from_day, to_day, reason, by_whom, since_ms, taken_ms, lifted_ms
      FROM uplink.legal_hold
      """;

  private final AuditLog audit;
  private final InstantSource clock;

  LegalHolds(AuditLog audit, InstantSource clock) {
    this.audit = audit;
    this.clock = clock;
  }

  /// All that there are or were, the newest first.
  public static List<KnownHold> all(Handle handle) {
    return handle
        .createQuery(SELECT + " ORDER BY taken_ms DESC, id")
        .map((row, _) -> hold(row))
        .list();
  }

  /// The same, for whoever deletes; see [kz.qonyrau.store.HeldPeriods].
  public static List<HeldPeriod> periods(Handle handle) {
    return all(handle).stream().map(KnownHold::period).toList();
  }

  /// The newest of those that stand.
  static Optional<KnownHold> standing(Handle handle) {
    return all(handle).stream().filter(KnownHold::stands).findFirst();
  }

  /// Does what a license says that comes into force, inside the transaction that keeps it.
  void follow(Handle handle, LicenseDocument license) {
    Set<String> named =
        license.holds().stream().map(LegalHold::id).collect(Collectors.toUnmodifiableSet());
    Set<String> known =
        all(handle).stream().map(one -> one.hold().id()).collect(Collectors.toUnmodifiableSet());
    for (LegalHold hold : license.holds()) {
      if (known.contains(hold.id())) {
        see(handle, hold.id(), license.version());
      } else {
        insert(handle, hold, license.version());
        note(handle, hold, "put");
      }
    }
    for (KnownHold one : all(handle)) {
      if (one.stands()
          && !named.contains(one.hold().id())
          && lift(handle, one.hold().id(), license.version())) {
        note(handle, one.hold(), "lifted");
      }
    }
  }

  private void note(Handle handle, LegalHold hold, String what) {
    String covers = hold.days().map(HeldDays::toString).orElse("everything");
    long line =
        audit.begin(
            handle,
            new Act(
                new Actor("central/" + hold.by(), "CENTRAL", ""),
                AuditAction.LEGAL_HOLD_CHANGED,
                "hold/" + hold.id(),
                hold.reason(),
                what + " " + covers));
    log.atWarn()
        .addKeyValue("hold", hold.id())
        .addKeyValue("covers", covers)
        .addKeyValue("what", what)
        .addKeyValue("auditLine", line)
        .log("a legal hold has changed");
  }

  private void insert(Handle handle, LegalHold hold, long version) {
    handle
        .createUpdate(
            """
            INSERT INTO uplink.legal_hold (
              id, from_day, to_day, reason, by_whom, since_ms, license_version, taken_ms)
            VALUES (:id, :from, :to, :reason, :by, :since, :version, :now)
            """)
        .bind("id", hold.id())
        .bindByType("from", day(hold.days().map(HeldDays::from)), String.class)
        .bindByType("to", day(hold.days().map(HeldDays::to)), String.class)
        .bind("reason", hold.reason())
        .bind("by", hold.by())
        .bind("since", hold.since().toEpochMilli())
        .bind("version", version)
        .bind("now", clock.instant().toEpochMilli())
        .execute();
  }

  private static @Nullable String day(Optional<LocalDate> day) {
    return day.map(LocalDate::toString).orElse(null);
  }

  private static void see(Handle handle, String id, long version) {
    handle
        .createUpdate(
            """
            UPDATE uplink.legal_hold SET license_version = :version
            WHERE id = :id AND license_version < :version
            """)
        .bind("version", version)
        .bind("id", id)
        .execute();
  }

  /// An older license than the one that last named a hold does not lift it, even if that one is
  /// lost.
  private boolean lift(Handle handle, String id, long version) {
    return handle
            .createUpdate(
                """
                UPDATE uplink.legal_hold SET lifted_ms = :now
                WHERE id = :id AND license_version < :version AND lifted_ms IS NULL
                """)
            .bind("now", clock.instant().toEpochMilli())
            .bind("id", id)
            .bind("version", version)
            .execute()
        > 0;
  }

  private static KnownHold hold(ResultSet row) throws SQLException {
    Optional<LocalDate> from = day(row.getString("from_day"));
    Optional<LocalDate> to = day(row.getString("to_day"));
    long lifted = row.getLong("lifted_ms");
    Optional<Instant> liftedAt =
        row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(lifted));
    return new KnownHold(
        new LegalHold(
            row.getString("id"),
            from.map(first -> new HeldDays(first, to.orElseThrow())),
            row.getString("reason"),
            row.getString("by_whom"),
            Instant.ofEpochMilli(row.getLong("since_ms"))),
        Instant.ofEpochMilli(row.getLong("taken_ms")),
        liftedAt);
  }

  private static Optional<LocalDate> day(@Nullable String text) {
    return Optional.ofNullable(text).map(LocalDate::parse);
  }
}
