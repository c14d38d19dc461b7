package kz.qonyrau.fleet;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import kz.qonyrau.ledger.UsualDay;
import kz.qonyrau.store.Store;
import kz.qonyrau.vocabulary.AstanaTime;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.vocabulary.CallOutcome;
import kz.qonyrau.vocabulary.OrganisationId;
import kz.qonyrau.vocabulary.Tenge;
import kz.qonyrau.wire.Notice;
import kz.qonyrau.wire.SignedDocument;

/// What is known of boxes and customers. Only reads.
///
/// Every method may be called from any thread. Futures complete on threads of the store.
public final class FleetViews {

  private static final int MOST_ENTRIES = 500;

  private final Store store;
  private final Boxes boxes;
  private final Documents documents;
  private final InstantSource clock;
  private final AtomicReference<UsualDays> usual =
      new AtomicReference<>(new UsualDays(LocalDate.MIN, Map.of()));

  /// What was usual before a day.
  private record UsualDays(LocalDate today, Map<OrganisationId, Tenge> all) {}

  FleetViews(Store store, Boxes boxes, Documents documents, InstantSource clock) {
    this.store = store;
    this.boxes = boxes;
    this.documents = documents;
    this.clock = clock;
  }

  /// All boxes, by organisation and site.
  public Future<List<Box>> boxes() {
    return store.read(boxes::all);
  }

  /// All customers, by name.
  public Future<List<Customer>> customers() {
    return store.read(handle -> Boxes.customers(handle, Optional.empty()));
  }

  /// One customer, if there is such a one.
  public Future<Optional<Customer>> customer(OrganisationId id) {
    return store.read(handle -> Boxes.customers(handle, Optional.of(id)).stream().findFirst());
  }

  /// What each customer usually spends on a day (SH-BAL-18). Who spent nothing in five weeks is
  /// absent. It is worked out once a day, when it is first asked for.
  public Future<Map<OrganisationId, Tenge>> usualDays() {
    LocalDate today = AstanaTime.dateOf(clock.instant());
    UsualDays known = usual.get();
    return known.today().equals(today)
        ? Future.succeededFuture(known.all())
        : usualDays(Optional.empty(), today).onSuccess(all -> usual.set(new UsualDays(today, all)));
  }

  /// The same of one customer, as it is now.
  public Future<Optional<Tenge>> usualDay(OrganisationId organisation) {
    return usualDays(Optional.of(organisation), AstanaTime.dateOf(clock.instant()))
        .map(all -> Optional.ofNullable(all.get(organisation)));
  }

  private Future<Map<OrganisationId, Tenge>> usualDays(
      Optional<OrganisationId> organisation, LocalDate today) {
    Instant from = AstanaTime.instantOf(today.minusDays(UsualDay.LONGEST_AGO_DAYS).atStartOfDay());
    Instant to = AstanaTime.instantOf(today.atStartOfDay());
    return store
        .read(handle -> Boxes.spentByDay(handle, organisation, from, to))
        .map(spent -> {
          Map<OrganisationId, Tenge> found = new HashMap<>();
          spent.forEach((customer, days) ->
              UsualDay.of(days).ifPresent(usualDay -> found.put(customer, usualDay)));
          return Map.copyOf(found);
        });
  }

  /// What a customer was told, newest first.
  ///
  /// @param size at most so many, 1 to 500
  public Future<List<Notice>> notices(OrganisationId organisation, int size) {
    requireSize(size);
    return store.read(handle -> Notices.of(handle, organisation, size));
  }

  /// One box, if there is such a one.
  public Future<Optional<Box>> box(BoxId box) {
    return store.read(handle -> boxes.one(handle, box));
  }

  /// What happened to a box, newest first.
  ///
  /// @param size at most so many, 1 to 500
  public Future<List<TimelineEntry>> timeline(BoxId box, int size) {
    requireSize(size);
    return store.read(handle -> Timeline.of(handle, box, size));
  }

  /// The alarms that were raised last, one per box and code, newest first.
  ///
  /// @param size at most so many, 1 to 500
  public Future<List<TimelineEntry>> alarms(int size) {
    requireSize(size);
    return store.read(handle -> Timeline.alarms(handle, size));
  }

  /// Usage by hour, oldest first. Hours without usage are absent.
  ///
  /// @param box one box, or empty for the whole fleet
  public Future<List<HourOfUsage>> usage(Optional<BoxId> box, Instant from, Instant to) {
    return store.read(handle -> Boxes.usage(handle, box, from, to));
  }

  /// The whole fleet in a few figures.
  public Future<FleetAtAGlance> glance() {
    Instant now = clock.instant();
    Instant midnight = AstanaTime.at(now).truncatedTo(ChronoUnit.DAYS).toInstant();
    return store.read(handle -> {
      Boxes.Count count = Boxes.count(handle);
      List<HourOfUsage> day =
          Boxes.usage(
              handle,
              Optional.empty(),
              now.minus(Duration.ofHours(23)).truncatedTo(ChronoUnit.HOURS),
              now.plus(Duration.ofHours(1)));
      return new FleetAtAGlance(
          count.states().values().stream().mapToInt(Integer::intValue).sum(),
          count.of(BoxState.ONLINE),
          count.of(BoxState.OFFLINE),
          count.of(BoxState.NEVER_SEEN),
          count.activeCalls(),
          sum(
              midnight,
              Boxes.usage(handle, Optional.empty(), midnight, midnight.plus(Duration.ofDays(1)))),
          day,
          Timeline.alarms(handle, 20));
    });
  }

  private static HourOfUsage sum(Instant from, List<HourOfUsage> hours) {
    Map<CallOutcome, Long> outcomes = new EnumMap<>(CallOutcome.class);
    Duration answered = Duration.ZERO;
    Tenge amount = Tenge.ZERO;
    for (HourOfUsage hour : hours) {
      hour.outcomes().forEach((outcome, n) -> outcomes.merge(outcome, n, Long::sum));
      answered = answered.plus(hour.answered());
      amount = amount.plus(hour.amount());
    }
    return new HourOfUsage(from, outcomes, answered, amount);
  }

  /// The messages that could not be applied, newest first.
  ///
  /// @param size at most so many, 1 to 500
  public Future<List<ParkedMessage>> parked(int size) {
    requireSize(size);
    return store.read(handle ->
        handle
            .createQuery(
                """
                SELECT box_id, msg_id, kind, schema_name, why, received_at_ms FROM fleet.parked
                ORDER BY received_at_ms DESC, msg_id FETCH FIRST :size ROWS ONLY
                """)
            .bind("size", size)
            .map((row, _) ->
                new ParkedMessage(
                    new BoxId(row.getString("box_id")),
                    row.getString("msg_id"),
                    row.getString("kind"),
                    row.getString("schema_name"),
                    row.getString("why"),
                    Instant.ofEpochMilli(row.getLong("received_at_ms"))))
            .list());
  }

  private static void requireSize(int size) {
    if (size < 1 || size > MOST_ENTRIES) {
      throw new IllegalArgumentException("size: 1 to " + MOST_ENTRIES + ", not " + size);
    }
  }

  /// What an offline box needs to go on, for a technician to carry: its documents in force.
  public Future<List<SignedDocument>> documentsOf(BoxId box) {
    return store.read(handle -> documents.inForce(handle, box));
  }
}
