package kz.qonyrau.billing;

import io.vertx.core.Future;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import kz.qonyrau.billing.CustomerNotice.Code;
import kz.qonyrau.ledger.Ledger;
import kz.qonyrau.ledger.WalletId;
import kz.qonyrau.store.Store;
import kz.qonyrau.tariffs.Quantity;
import kz.qonyrau.tariffs.RatedItem;
import kz.qonyrau.tariffs.Tariff;
import kz.qonyrau.vocabulary.AstanaTime;
import kz.qonyrau.vocabulary.OrganisationId;
import kz.qonyrau.vocabulary.Tenge;
import org.jdbi.v3.core.Handle;

/// What customers buy by the month: paid in advance and whole, at the price that is published when
/// it is bought (SH-TAR-07 to 09, SH-TAR-16, SH-PAY-01).
public final class Plans {

  static final WalletId INCOME = new WalletId("provider/plans");

  private static final int MOST_MONTHS = 36;

  /// Days before the end on which the owner is told (P-40).
  private static final List<Integer> REMINDERS = List.of(14, 3, 1);

  private static final String COLUMNS =
      """
      SELECT id, organisation_id, plan, months, first_day, last_day, fee_tiyn, version,
        bought_at_ms, bought_by, reminders
      FROM billing.plan_period
      """;

  private final Store store;
  private final Ledger ledger;
  private final AnalyticsCharges analytics;
  private final WelcomeBonuses bonuses;
  private final CustomerNotices notices;
  private final Function<OrganisationId, Future<Void>> ready;
  private final InstantSource clock;
  private final Consumer<OrganisationId> changed;

  Plans(
      Store store,
      Ledger ledger,
      AnalyticsCharges analytics,
      WelcomeBonuses bonuses,
      CustomerNotices notices,
      Function<OrganisationId, Future<Void>> ready,
      InstantSource clock,
      Consumer<OrganisationId> changed) {
    this.store = store;
    this.ledger = ledger;
    this.analytics = analytics;
    this.bonuses = bonuses;
    this.notices = notices;
    this.ready = ready;
    this.clock = clock;
    this.changed = changed;
  }

  /// What became of a purchase. Only [Bought] has changed anything.
  public sealed interface Result {

    /// Paid, and in force from its first day on.
    record Bought(PaidPeriod period) implements Result {}

    /// No price list is published that has a price for the plan.
    record NoPrice() implements Result {}

    /// Fewer months than the plan is sold for, or more than 36 (XT-SUB-02).
    record WrongNumberOfMonths(int fewest, int most) implements Result {}

    /// What is on the wallet does not cover it: no partial activation (XT-SUB-04).
    record NotEnough(Tenge fee, Tenge available) implements Result {}
  }

  /// Buys months of a plan. They begin today, or the day after the last one that is paid for.
  ///
  /// @param by the login of who sells it
  public Future<Result> buy(OrganisationId organisation, Plan plan, int months, String by) {
    Texts.require("by", by, 100);
    return ready
        .apply(organisation)
        .compose(_ -> store.write(handle -> buy(handle, organisation, plan, months, by)))
        .onSuccess(result -> {
          if (result instanceof Result.Bought) {
            changed.accept(organisation);
          }
        });
  }

  private Result buy(Handle handle, OrganisationId organisation, Plan plan, int months, String by) {
    if (months < plan.fewestMonths() || months > MOST_MONTHS) {
      return new Result.WrongNumberOfMonths(plan.fewestMonths(), MOST_MONTHS);
    }
    Optional<Tariff> prices =
        PriceLists.published(handle)
            .map(PublishedTariff::tariff)
            .filter(list -> list.covers(plan.service()));
    if (prices.isEmpty()) {
      return new Result.NoPrice();
    }
    RatedItem rated = prices.get().rate(plan.service(), Quantity.of(months));
    Instant now = clock.instant();
    LocalDate today = AstanaTime.dateOf(now);
    LocalDate first =
        lastDay(handle, organisation, plan)
            .map(last -> last.plusDays(1))
            .filter(next -> next.isAfter(today))
            .orElse(today);
    String id = UUID.randomUUID().toString();
    Optional<Tenge> lacking = pay(handle, organisation, plan, id, rated.amount(), now);
    if (lacking.isPresent()) {
      return new Result.NotEnough(rated.amount(), lacking.get());
    }
    PaidPeriod period =
        new PaidPeriod(
            plan,
            months,
            first,
            first.plusMonths(months).minusDays(1),
            rated.amount(),
            rated.tariffVersion(),
            Instant.ofEpochMilli(now.toEpochMilli()),
            by);
    insert(handle, organisation, id, period);
    return new Result.Bought(period);
  }

  /// @return what is there, if it does not suffice
  private Optional<Tenge> pay(
      Handle handle, OrganisationId organisation, Plan plan, String id, Tenge fee, Instant now) {
    String reason = "plan " + plan;
    switch (plan) {
      case ANALYTICS -> {
        if (fee.isPositive()
            && analytics.charge(handle, organisation, "plan/" + id, fee, reason)
                instanceof AnalyticsCharges.Result.NotEnough(Tenge available)) {
          return Optional.of(available);
        }
      }
      case XTRACK -> {
        WalletId wallet = WalletKind.XTRACK.of(organisation);
        Tenge available = ledger.balance(handle, wallet).available();
        if (available.compareTo(fee) < 0) {
          return Optional.of(available);
        }
        if (fee.isPositive()) {
          Postings.post(ledger, handle, "plan/" + id, wallet, INCOME, fee, reason);
        }
      }
    }
    bonuses.keep(handle, organisation, WelcomeBonus.KeptBy.PLAN, now);
    return Optional.empty();
  }

  private static void insert(
      Handle handle, OrganisationId organisation, String id, PaidPeriod period) {
    handle
        .createUpdate(
            """
            INSERT INTO billing.plan_period (
              id, organisation_id, plan, months, first_day, last_day, fee_tiyn, version,
              bought_at_ms, bought_by, reminders)
            VALUES (
              :id, :organisation, :plan, :months, :first, :last, :fee, :version, :at, :by, 0)
            """)
        .bind("id", id)
        .bind("organisation", organisation.value())
        .bind("plan", period.plan().service().name())
        .bind("months", period.months())
        .bind("first", period.firstDay().toString())
        .bind("last", period.lastDay().toString())
        .bind("fee", period.fee().tiyn())
        .bind("version", period.version())
        .bind("at", period.boughtAt().toEpochMilli())
        .bind("by", period.boughtBy())
        .execute();
  }

  /// Everything that a customer ever bought, newest first.
  public Future<List<PaidPeriod>> of(OrganisationId organisation) {
    return store.read(handle ->
        handle
            .createQuery(
                COLUMNS + "WHERE organisation_id = :organisation ORDER BY first_day DESC, plan")
            .bind("organisation", organisation.value())
            .map((row, _) -> period(row))
            .list());
  }

  /// What a customer may do with a plan now.
  public Future<PlanStanding> standing(OrganisationId organisation, Plan plan) {
    LocalDate today = AstanaTime.dateOf(clock.instant());
    return store.read(handle -> standing(plan, lastDay(handle, organisation, plan), today));
  }

  /// What may be done with a plan that is paid for until that day.
  ///
  /// @param lastDay the last one that is paid for, of all periods; empty if there is none
  static PlanStanding standing(Plan plan, Optional<LocalDate> lastDay, LocalDate today) {
    if (lastDay.isEmpty()) {
      return new PlanStanding.Never();
    }
    LocalDate last = lastDay.get();
    if (!today.isAfter(last)) {
      return new PlanStanding.Active(last);
    }
    LocalDate readable = last.plus(plan.readOnly());
    return today.isAfter(readable)
        ? new PlanStanding.Suspended(readable.plusDays(1))
        : new PlanStanding.ReadOnly(readable);
  }

  /// Tells owners 14, 3 and 1 day before a plan ends, and when it has (XT-SUB-04).
  Future<Void> sweep() {
    LocalDate today = AstanaTime.dateOf(clock.instant());
    return store
        .write(handle -> {
          List<Ending> ending = ending(handle, today);
          ending.forEach(one -> remind(handle, one, today));
          return ending.stream().map(Ending::organisation).distinct().toList();
        })
        .onSuccess(told -> told.forEach(changed))
        .mapEmpty();
  }

  private record Ending(String id, OrganisationId organisation, PaidPeriod period, int told) {

    /// How many of the reminders are due, the one of its end included.
    int due(LocalDate today) {
      int due =
          (int)
              REMINDERS.stream()
                  .filter(days -> !today.isBefore(period.lastDay().minusDays(days)))
                  .count();
      return today.isAfter(period.lastDay()) ? REMINDERS.size() + 1 : due;
    }
  }

  private static List<Ending> ending(Handle handle, LocalDate today) {
    return handle
        .createQuery(
            COLUMNS
                + """
                p WHERE last_day <= :soon AND reminders <= :most
                  AND NOT EXISTS (
                    SELECT 1 FROM billing.plan_period n
                    WHERE n.organisation_id = p.organisation_id AND n.plan = p.plan
                      AND n.last_day > p.last_day)
                """)
        .bind("soon", today.plusDays(REMINDERS.getFirst()).toString())
        .bind("most", REMINDERS.size())
        .map((row, _) ->
            new Ending(
                row.getString("id"),
                new OrganisationId(row.getString("organisation_id")),
                period(row),
                row.getInt("reminders")))
        .list()
        .stream()
        .filter(one -> one.due(today) > one.told())
        .toList();
  }

  private void remind(Handle handle, Ending ending, LocalDate today) {
    int due = ending.due(today);
    handle
        .createUpdate("UPDATE billing.plan_period SET reminders = :due WHERE id = :id")
        .bind("due", due)
        .bind("id", ending.id())
        .execute();
    boolean over = today.isAfter(ending.period().lastDay());
    notices.tell(
        handle,
        ending.organisation(),
        CustomerNotice.of(
            over ? Code.PLAN_ENDED : Code.PLAN_ENDS,
            ending.id() + "/" + due,
            Optional.of(ending.period().fee()),
            Optional.of(
                ending.period().lastDay().plusDays(1).atStartOfDay(AstanaTime.ZONE).toInstant())));
  }

  private static Optional<LocalDate> lastDay(
      Handle handle, OrganisationId organisation, Plan plan) {
    return handle
        .createQuery(
            """
            SELECT last_day FROM billing.plan_period
            WHERE organisation_id = :organisation AND plan = :plan
            ORDER BY last_day DESC FETCH FIRST ROW ONLY
            """)
        .bind("organisation", organisation.value())
        .bind("plan", plan.service().name())
        .mapTo(String.class)
        .findOne()
        .map(LocalDate::parse);
  }

  private static PaidPeriod period(ResultSet row) throws SQLException {
    String service = row.getString("plan");
    Plan plan = service.equals(Plan.XTRACK.service().name()) ? Plan.XTRACK : Plan.ANALYTICS;
    return new PaidPeriod(
        plan,
        row.getInt("months"),
        LocalDate.parse(row.getString("first_day")),
        LocalDate.parse(row.getString("last_day")),
        new Tenge(row.getLong("fee_tiyn")),
        row.getString("version"),
        Instant.ofEpochMilli(row.getLong("bought_at_ms")),
        row.getString("bought_by"));
  }
}
