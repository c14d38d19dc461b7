package kz.qonyrau.campaigns;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import kz.qonyrau.store.Store;
import kz.qonyrau.vocabulary.AstanaTime;
import kz.qonyrau.vocabulary.Msisdn;
import kz.qonyrau.vocabulary.PublicHolidays;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// What the owner has set for all campaigns: the calendar's days off, and how often one number is
/// called.
public final class HouseRules {

  /// Most days off that the calendar holds.
  public static final int MOST_DAYS = 2000;

  private final Store store;
  private final InstantSource clock;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private volatile Snapshot now;

  /// @param changes how often they were changed, so that an older state replaces no newer one
  private record Snapshot(ContactRules contacts, Set<LocalDate> daysOff, long changes) {}

  private HouseRules(Store store, InstantSource clock, Snapshot now) {
    this.store = store;
    this.clock = clock;
    this.now = now;
  }

  /// The rules as they stand. A new box has the usual ones, and the public holidays of this year
  /// and the next.
  public static Future<HouseRules> open(Store store, InstantSource clock) {
    return store
        .write(handle -> {
          boolean isNew =
              handle
                      .createQuery("SELECT COUNT(*) FROM campaign.house_rules")
                      .mapTo(Integer.class)
                      .one()
                  == 0;
          if (isNew) {
            handle
                .createUpdate(
                    """
                    INSERT INTO campaign.house_rules (only_row, gap_ms, changes)
                    VALUES (1, :gap, 0)
                    """)
                .bind("gap", ContactRules.USUAL.gap().toMillis())
                .execute();
            int year = AstanaTime.dateOf(clock.instant()).getYear();
            publicHolidays(year).forEach(day -> insert(handle, day));
            publicHolidays(year + 1).forEach(day -> insert(handle, day));
          }
          return read(handle);
        })
        .map(snapshot -> new HouseRules(store, clock, snapshot));
  }

  /// How often one number is called.
  public ContactRules contacts() {
    return now.contacts;
  }

  /// When calls of such a schedule may begin, as the calendar is now.
  Timetable timetable(Schedule schedule) {
    return Timetable.of(schedule, now.daysOff);
  }

  /// Calls `listener` on any thread when something was changed.
  void onChange(Runnable listener) {
    listeners.add(listener);
  }

  /// Sets how often one number is called. Who waits because he was called often enough is looked at
  /// again by the new rules.
  public Future<Void> setContacts(ContactRules rules) {
    return change(
            handle -> {
              handle
                  .createUpdate(
                      """
                      UPDATE campaign.house_rules
                      SET gap_ms = :gap, per_day = :day, per_week = :week, per_month = :month
                      """)
                  .bind("gap", rules.gap().toMillis())
                  .bind("day", orNull(rules.perDay()))
                  .bind("week", orNull(rules.perWeek()))
                  .bind("month", orNull(rules.perMonth()))
                  .execute();
              CandidateTable.releaseCapped(handle, clock.instant());
              return true;
            })
        .mapEmpty();
  }

  private static @Nullable Integer orNull(OptionalInt value) {
    return value.isPresent() ? Integer.valueOf(value.getAsInt()) : null;
  }

  /// The days off, in order.
  public Future<List<DayOff>> days() {
    return store.read(HouseRules::days);
  }

  private static List<DayOff> days(Handle handle) {
    return handle
        .createQuery("SELECT day, name FROM campaign.day_off ORDER BY day")
        .map((row, _) -> new DayOff(LocalDate.parse(row.getString("day")), row.getString("name")))
        .list();
  }

  /// Adds a day off, or gives it another name.
  ///
  /// @throws InvalidFieldException in the future, if the calendar is full
  public Future<Void> put(DayOff day) {
    return change(
            handle -> {
              var _ = delete(handle, day.date());
              requireRoom(handle, 1);
              insert(handle, day);
              return true;
            })
        .mapEmpty();
  }

  /// Makes a day off a day like others.
  ///
  /// @return whether it was one
  public Future<Boolean> remove(LocalDate date) {
    return change(handle -> delete(handle, date));
  }

  /// Adds the public holidays of a year that are known and no days off yet.
  ///
  /// @return those that were added
  /// @throws InvalidFieldException in the future, if the calendar would be too full
  public Future<List<DayOff>> addPublicHolidays(int year) {
    return change(handle -> {
      Set<LocalDate> present = days(handle).stream().map(DayOff::date).collect(Collectors.toSet());
      List<DayOff> added = new ArrayList<>(publicHolidays(year));
      added.removeIf(day -> present.contains(day.date()));
      requireRoom(handle, added.size());
      added.forEach(day -> insert(handle, day));
      return List.copyOf(added);
    });
  }

  private static List<DayOff> publicHolidays(int year) {
    return PublicHolidays.of(year).entrySet().stream()
        .map(day -> new DayOff(day.getKey(), day.getValue()))
        .toList();
  }

  private static void requireRoom(Handle handle, int more) {
    int days =
        handle.createQuery("SELECT COUNT(*) FROM campaign.day_off").mapTo(Integer.class).one();
    if (days + more > MOST_DAYS) {
      throw new InvalidFieldException(
          "date", "The calendar holds " + MOST_DAYS + " days off; remove past ones first.");
    }
  }

  private static void insert(Handle handle, DayOff day) {
    handle
        .createUpdate("INSERT INTO campaign.day_off (day, name) VALUES (:day, :name)")
        .bind("day", day.date().toString())
        .bind("name", day.name())
        .execute();
  }

  private static boolean delete(Handle handle, LocalDate date) {
    return handle
            .createUpdate("DELETE FROM campaign.day_off WHERE day = :day")
            .bind("day", date.toString())
            .execute()
        > 0;
  }

  private interface Change<T> {
    T on(Handle handle);
  }

  private <T> Future<T> change(Change<T> change) {
    record Changed<T>(T result, Snapshot snapshot) {}
    return store
        .write(handle -> {
          T result = change.on(handle);
          handle.createUpdate("UPDATE campaign.house_rules SET changes = changes + 1").execute();
          return new Changed<>(result, read(handle));
        })
        .map(changed -> {
          take(changed.snapshot);
          listeners.forEach(Runnable::run);
          return changed.result;
        });
  }

  private synchronized void take(Snapshot snapshot) {
    if (snapshot.changes > now.changes) {
      now = snapshot;
    }
  }

  private static Snapshot read(Handle handle) {
    record Row(ContactRules contacts, long changes) {}
    Row row =
        handle
            .createQuery(
                "SELECT gap_ms, per_day, per_week, per_month, changes FROM campaign.house_rules")
            .map((rows, _) ->
                new Row(
                    new ContactRules(
                        Duration.ofMillis(rows.getLong("gap_ms")),
                        rows.getInt("per_day"),
                        rows.getInt("per_week"),
                        rows.getInt("per_month")),
                    rows.getLong("changes")))
            .one();
    return new Snapshot(
        row.contacts,
        days(handle).stream().map(DayOff::date).collect(Collectors.toUnmodifiableSet()),
        row.changes);
  }

  /// When a number may be called again by the rules for how often; empty if it may be now. For
  /// whoever is about to write an attempt down, in the same transaction.
  Optional<Instant> cappedUntil(Handle handle, Msisdn number, Instant at) {
    ContactRules rules = now.contacts;
    if (rules.areUnlimited()) {
      return Optional.empty();
    }
    CallCaps caps = CallCaps.at(at, rules);
    return caps.until(AttemptTable.starts(handle, number, caps.since().orElseThrow()));
  }
}
