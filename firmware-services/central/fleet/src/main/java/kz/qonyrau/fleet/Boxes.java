package kz.qonyrau.fleet;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import kz.qonyrau.billing.Billing;
import kz.qonyrau.billing.Pinned;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.vocabulary.CallOutcome;
import kz.qonyrau.vocabulary.OrganisationId;
import kz.qonyrau.vocabulary.Tenge;
import kz.qonyrau.wire.Heartbeat;
import kz.qonyrau.wire.LegalHold;
import kz.qonyrau.wire.LicenseDocument;
import kz.qonyrau.wire.MalformedMessageException;
import kz.qonyrau.wire.Vitals;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The rows of the boxes, read for people.
final class Boxes {

  private static final String COLUMNS =
      """
      SELECT b.id, b.serial, b.organisation_id, o.name, b.site, b.enrolled_at_ms, b.certificate_expires_ms,
        b.revoked_at_ms, b.online, b.last_seen_ms, b.heartbeat, b.usage_messages,
        b.lease_target_tiyn, b.lease_total_tiyn, b.returned_tiyn, b.used_tiyn, b.lease_version,
        b.lease_expires_ms,
        (SELECT COUNT(*) FROM fleet.book_statement s WHERE s.box_id = b.id
          AND s.state = 'MISMATCH' AND s.seq > b.checked_seq) AS mismatches
      FROM fleet.box b JOIN fleet.organisation o ON o.id = b.organisation_id
      """;

  private final Documents documents;
  private final Billing billing;
  private final InstantSource clock;

  Boxes(Documents documents, Billing billing, InstantSource clock) {
    this.documents = documents;
    this.billing = billing;
    this.clock = clock;
  }

  /// All boxes, by organisation and site: a query for each of their kinds of facts, and not one for
  /// each box.
  List<Box> all(Handle handle) {
    Instant now = clock.instant();
    Map<BoxId, LicenseDocument> licenses = Documents.licenses(handle);
    Map<BoxId, List<LegalHold>> holds = LegalHoldTable.standing(handle);
    Map<OrganisationId, Optional<Pinned>> pins = new HashMap<>();
    return handle
        .createQuery(COLUMNS + "ORDER BY o.name, b.site, b.id")
        .map((row, _) -> row(row))
        .list()
        .stream()
        .map(row ->
            row.with(
                Optional.ofNullable(licenses.get(row.id())),
                holds.getOrDefault(row.id(), List.of()),
                pins.computeIfAbsent(
                    row.organisationId(), customer -> billing.pinned(handle, customer, now))))
        .toList();
  }

  /// How many boxes are in which state, and how many calls those that are there have now.
  record Count(Map<BoxState, Integer> states, int activeCalls) {

    int of(BoxState state) {
      return states.getOrDefault(state, 0);
    }
  }

  static Count count(Handle handle) {
    Map<BoxState, Integer> states = new EnumMap<>(BoxState.class);
    int calls = 0;
    for (Row row : handle.createQuery(COLUMNS).map((row, _) -> row(row)).list()) {
      states.merge(row.state(), 1, Integer::sum);
      calls += row.state() == BoxState.ONLINE ? row.vitals().map(Vitals::activeCalls).orElse(0) : 0;
    }
    return new Count(states, calls);
  }

  Optional<Box> one(Handle handle, BoxId box) {
    return handle
        .createQuery(COLUMNS + "WHERE b.id = :box")
        .bind("box", box.value())
        .map((row, _) -> row(row))
        .findOne()
        .map(row ->
            row.with(
                documents.license(handle, box),
                LegalHoldTable.standing(handle, box),
                billing.pinned(handle, row.organisationId(), clock.instant())));
  }

  /// All customers, or one, by name.
  static List<Customer> customers(Handle handle, Optional<OrganisationId> one) {
    record Site(OrganisationId organisation, String name, Optional<BoxId> box) {}
    Map<OrganisationId, List<Site>> sites =
        handle
            .createQuery(
                """
                SELECT o.id, o.name, b.id AS box_id
                FROM fleet.organisation o LEFT JOIN fleet.box b ON b.organisation_id = o.id
                WHERE (:every = 1 OR o.id = :one)
                ORDER BY o.name, b.enrolled_at_ms, b.id
                """)
            .bind("every", one.isEmpty() ? 1 : 0)
            .bind("one", one.map(OrganisationId::value).orElse(""))
            .map((row, _) ->
                new Site(
                    new OrganisationId(row.getString("id")),
                    row.getString("name"),
                    Optional.ofNullable(row.getString("box_id")).map(BoxId::new)))
            .list()
            .stream()
            .collect(
                Collectors.groupingBy(Site::organisation, LinkedHashMap::new, Collectors.toList()));
    return sites.entrySet().stream()
        .map(entry ->
            new Customer(
                entry.getKey(),
                entry.getValue().getFirst().name(),
                entry.getValue().stream().flatMap(site -> site.box().stream()).toList()))
        .toList();
  }

  /// What each customer's boxes spent on the days of Astana on which they spent anything, newest
  /// first.
  ///
  /// @param organisation one customer, or empty for all
  /// @param from the beginning of a day in Astana, which is five hours ahead of UTC
  /// @param to the end of one
  static Map<OrganisationId, List<Tenge>> spentByDay(
      Handle handle, Optional<OrganisationId> organisation, Instant from, Instant to) {
    Map<OrganisationId, List<Tenge>> spent = new HashMap<>();
    handle
        .createQuery(
            """
            SELECT b.organisation_id, (u.hour_ms + 18000000) / 86400000 AS on_day,
              SUM(u.amount_tiyn) AS tiyn
            FROM fleet.usage_hour u JOIN fleet.box b ON b.id = u.box_id
            WHERE u.hour_ms >= :from AND u.hour_ms < :to AND u.amount_tiyn > 0
              AND (:every = 1 OR b.organisation_id = :organisation)
            GROUP BY b.organisation_id, (u.hour_ms + 18000000) / 86400000
            ORDER BY 2 DESC
            """)
        .bind("from", from.toEpochMilli())
        .bind("to", to.toEpochMilli())
        .bind("every", organisation.isEmpty() ? 1 : 0)
        .bind("organisation", organisation.map(OrganisationId::value).orElse(""))
        .map((row, _) ->
            spent
                .computeIfAbsent(
                    new OrganisationId(row.getString("organisation_id")), _ -> new ArrayList<>())
                .add(new Tenge(row.getLong("tiyn"))))
        .list();
    return spent;
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

  private record Row(
      BoxId id,
      String serial,
      OrganisationId organisationId,
      String organisation,
      String site,
      BoxState state,
      Instant enrolledAt,
      Instant certificateExpires,
      Optional<Instant> lastSeen,
      Optional<Vitals> vitals,
      long usageMessages,
      BoxMoney money,
      boolean booksDisagree) {

    Box with(Optional<LicenseDocument> license, List<LegalHold> holds, Optional<Pinned> pinned) {
      return new Box(
          id,
          serial,
          organisationId,
          organisation,
          site,
          state,
          enrolledAt,
          certificateExpires,
          lastSeen,
          vitals,
          usageMessages,
          money,
          license,
          pinned,
          holds,
          booksDisagree);
    }
  }

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
        new OrganisationId(row.getString("organisation_id")),
        row.getString("name"),
        row.getString("site"),
        state,
        Instant.ofEpochMilli(row.getLong("enrolled_at_ms")),
        Instant.ofEpochMilli(row.getLong("certificate_expires_ms")),
        lastSeen,
        vitals(row.getString("heartbeat")),
        row.getLong("usage_messages"),
        new BoxMoney(
            new Tenge(row.getLong("lease_target_tiyn")),
            new Tenge(row.getLong("lease_total_tiyn")),
            new Tenge(row.getLong("returned_tiyn")),
            new Tenge(row.getLong("used_tiyn")),
            row.getLong("lease_version"),
            instant(row, "lease_expires_ms")),
        row.getLong("mismatches") > 0);
  }

  /// What a box's newest heartbeat said, if it has sent one that can be read.
  static Optional<Vitals> vitals(Handle handle, BoxId box) {
    return handle
        .createQuery("SELECT heartbeat FROM fleet.box WHERE id = :box")
        .bind("box", box.value())
        .map((row, _) -> vitals(row.getString("heartbeat")))
        .one();
  }

  /// Where a box stands.
  static String site(Handle handle, BoxId box) {
    return handle
        .createQuery("SELECT site FROM fleet.box WHERE id = :box")
        .bind("box", box.value())
        .mapTo(String.class)
        .one();
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
