package kz.qonyrau.fleet;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.vocabulary.CallOutcome;
import kz.qonyrau.vocabulary.Tenge;
import kz.qonyrau.wire.Heartbeat;
import kz.qonyrau.wire.LeaseDocument;
import kz.qonyrau.wire.MalformedMessageException;
import kz.qonyrau.wire.Vitals;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The rows of the boxes, read for people.
final class Boxes {

  private static final String COLUMNS =
      """
      SELECT b.id, b.serial, o.name, b.site, b.enrolled_at_ms, b.certificate_expires_ms,
        b.revoked_at_ms, b.online, b.last_seen_ms, b.heartbeat, b.usage_messages, b.used_tiyn
      FROM fleet.box b JOIN fleet.organisation o ON o.id = b.organisation_id
      """;

  private final Documents documents;

  Boxes(Documents documents) {
    this.documents = documents;
  }

  List<Box> all(Handle handle) {
    return handle
        .createQuery(COLUMNS + "ORDER BY o.name, b.site, b.id")
        .map((row, _) -> row(row))
        .list()
        .stream()
        .map(row -> complete(handle, row))
        .toList();
  }

  Optional<Box> one(Handle handle, BoxId box) {
    return handle
        .createQuery(COLUMNS + "WHERE b.id = :box")
        .bind("box", box.value())
        .map((row, _) -> row(row))
        .findOne()
        .map(row -> complete(handle, row));
  }

  /// Usage by hour, oldest first; hours without usage are absent.
  static List<HourOfUsage> usage(Handle handle, Optional<BoxId> box, Instant from, Instant to) {
    record Sum(Map<CallOutcome, Long> outcomes, long answeredMs, long tiyn) {}
    Map<Long, Sum> hours = new TreeMap<>();
    handle
        .createQuery(
            """
            SELECT hour_ms, outcome, SUM(attempts) AS attempts, SUM(answered_ms) AS answered_ms,
              SUM(amount_tiyn) AS amount_tiyn
            FROM fleet.usage_hour
            WHERE hour_ms >= :from AND hour_ms < :to AND (:every = 1 OR box_id = :box)
            GROUP BY hour_ms, outcome
            """)
        .bind("from", from.toEpochMilli())
        .bind("to", to.toEpochMilli())
        .bind("every", box.isEmpty() ? 1 : 0)
        .bind("box", box.map(BoxId::value).orElse(""))
        .map((row, _) -> {
          var one = new EnumMap<CallOutcome, Long>(CallOutcome.class);
          one.put(CallOutcome.valueOf(row.getString("outcome")), row.getLong("attempts"));
          return hours.merge(
              row.getLong("hour_ms"),
              new Sum(one, row.getLong("answered_ms"), row.getLong("amount_tiyn")),
              (a, b) -> {
                a.outcomes().putAll(b.outcomes());
                return new Sum(a.outcomes(), a.answeredMs() + b.answeredMs(), a.tiyn() + b.tiyn());
              });
        })
        .list();
    return hours.entrySet().stream()
        .map(hour ->
            new HourOfUsage(
                Instant.ofEpochMilli(hour.getKey()),
                hour.getValue().outcomes(),
                Duration.ofMillis(hour.getValue().answeredMs()),
                new Tenge(hour.getValue().tiyn())))
        .toList();
  }

  private Box complete(Handle handle, Row row) {
    return new Box(
        row.id(),
        row.serial(),
        row.organisation(),
        row.site(),
        row.state(),
        row.enrolledAt(),
        row.certificateExpires(),
        row.lastSeen(),
        row.vitals(),
        row.usageMessages(),
        documents.lease(handle, row.id()).map(LeaseDocument::total).orElse(Tenge.ZERO),
        row.used(),
        documents.license(handle, row.id()));
  }

  private record Row(
      BoxId id,
      String serial,
      String organisation,
      String site,
      BoxState state,
      Instant enrolledAt,
      Instant certificateExpires,
      Optional<Instant> lastSeen,
      Optional<Vitals> vitals,
      long usageMessages,
      Tenge used) {}

  private static Row row(ResultSet row) throws SQLException {
    Optional<Instant> lastSeen = instant(row, "last_seen_ms");
    BoxState state =
        instant(row, "revoked_at_ms").isPresent()
            ? BoxState.REVOKED
            : lastSeen.isEmpty()
                ? BoxState.NEVER_SEEN
                : row.getBoolean("online") ? BoxState.ONLINE : BoxState.OFFLINE;
    return new Row(
        new BoxId(row.getString("id")),
        row.getString("serial"),
        row.getString("name"),
        row.getString("site"),
        state,
        Instant.ofEpochMilli(row.getLong("enrolled_at_ms")),
        Instant.ofEpochMilli(row.getLong("certificate_expires_ms")),
        lastSeen,
        vitals(row.getString("heartbeat")),
        row.getLong("usage_messages"),
        new Tenge(row.getLong("used_tiyn")));
  }

  private static Optional<Vitals> vitals(@Nullable String heartbeat) {
    if (heartbeat == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(Heartbeat.parse(heartbeat).vitals());
    } catch (MalformedMessageException _) {
      // Kept by an older version of this program; the next heartbeat replaces it.
      return Optional.empty();
    }
  }

  private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(value));
  }
}
