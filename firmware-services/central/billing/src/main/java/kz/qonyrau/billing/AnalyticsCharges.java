package kz.qonyrau.billing;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import kz.qonyrau.ledger.Ledger;
import kz.qonyrau.ledger.WalletId;
import kz.qonyrau.vocabulary.OrganisationId;
import kz.qonyrau.vocabulary.Tenge;
import org.jdbi.v3.core.Handle;

/// What the analysis of conversations costs a customer: the bonus first, then money (SH-BAL-14,
/// P-14). Every method runs in the caller's transaction, so that an item and its charge are one.
public final class AnalyticsCharges {

  static final WalletId INCOME = new WalletId("provider/analytics");

  private final Ledger ledger;
  private final WelcomeBonuses bonuses;
  private final InstantSource clock;

  AnalyticsCharges(Ledger ledger, WelcomeBonuses bonuses, InstantSource clock) {
    this.ledger = ledger;
    this.bonuses = bonuses;
    this.clock = clock;
  }

  /// From where a charge was taken.
  ///
  /// @param bonus of promotional units
  /// @param money of prepaid money
  public record Parts(Tenge bonus, Tenge money) {

    /// Both together.
    public Tenge sum() {
      return bonus.plus(money);
    }
  }

  /// What became of a charge. Only [Charged] has changed anything.
  public sealed interface Result {

    /// Charged now.
    record Charged(Parts parts) implements Result {}

    /// The item was charged before; whoever retries may take this as success (SH-BAL-07).
    record AlreadyCharged(Parts parts) implements Result {}

    /// Bonus and money together do not cover it: the item waits (SH-BAL-05, AN-PRC-02).
    record NotEnough(Tenge available) implements Result {}
  }

  /// Charges an item.
  ///
  /// @param item names it for good, 1 to 60 visible ASCII characters
  /// @param amount above zero
  /// @throws IllegalArgumentException if a value is out of range
  public Result charge(
      Handle handle, OrganisationId organisation, String item, Tenge amount, String reason) {
    Texts.requireKey("item", item);
    if (!amount.isPositive()) {
      throw new IllegalArgumentException("amount: above zero");
    }
    Optional<Parts> earlier = find(handle, item);
    if (earlier.isPresent()) {
      return new Result.AlreadyCharged(earlier.get());
    }
    Tenge units = available(handle, WalletKind.ANALYTICS_BONUS.of(organisation));
    Tenge money = available(handle, WalletKind.ANALYTICS.of(organisation));
    if (units.plus(money).compareTo(amount) < 0) {
      return new Result.NotEnough(units.plus(money));
    }
    Tenge ofUnits = units.compareTo(amount) < 0 ? units : amount;
    Parts parts = new Parts(ofUnits, amount.minus(ofUnits));
    Instant now = clock.instant();
    handle
        .createUpdate(
            """
            INSERT INTO billing.analytics_charge (
              item_id, organisation_id, bonus_tiyn, money_tiyn, charged_at_ms)
            VALUES (:item, :organisation, :bonus, :money, :at)
            """)
        .bind("item", item)
        .bind("organisation", organisation.value())
        .bind("bonus", parts.bonus().tiyn())
        .bind("money", parts.money().tiyn())
        .bind("at", now.toEpochMilli())
        .execute();
    move(
        handle, "/bonus", item, WalletKind.ANALYTICS_BONUS.of(organisation), parts.bonus(), reason);
    move(handle, "/money", item, WalletKind.ANALYTICS.of(organisation), parts.money(), reason);
    bonuses.keep(handle, organisation, WelcomeBonus.KeptBy.ANALYTICS, now);
    return new Result.Charged(parts);
  }

  private void move(
      Handle handle, String part, String item, WalletId from, Tenge amount, String reason) {
    if (amount.isPositive()) {
      Postings.post(ledger, handle, "analytics/" + item + part, from, INCOME, amount, reason);
    }
  }

  /// Gives an item's charge back to the parts from which it came. Where the bonus has lapsed
  /// meanwhile, its part lapses too (EX-AN-3). Safe to repeat.
  ///
  /// @return what was given back; empty if the item was never charged, or was compensated before
  public Optional<Parts> compensate(
      Handle handle, OrganisationId organisation, String item, String reason) {
    Optional<Parts> charged = find(handle, item);
    int changed =
        handle
            .createUpdate(
                """
                UPDATE billing.analytics_charge SET compensated_at_ms = :at
                WHERE item_id = :item AND organisation_id = :organisation
                  AND compensated_at_ms IS NULL
                """)
            .bind("at", clock.millis())
            .bind("item", item)
            .bind("organisation", organisation.value())
            .execute();
    if (charged.isEmpty() || changed == 0) {
      return Optional.empty();
    }
    Tenge units =
        WelcomeBonuses.hasLapsed(handle, organisation) ? Tenge.ZERO : charged.get().bonus();
    Parts back = new Parts(units, charged.get().money());
    giveBack(
        handle, "/bonus", item, WalletKind.ANALYTICS_BONUS.of(organisation), back.bonus(), reason);
    giveBack(handle, "/money", item, WalletKind.ANALYTICS.of(organisation), back.money(), reason);
    return Optional.of(back);
  }

  private void giveBack(
      Handle handle, String part, String item, WalletId to, Tenge amount, String reason) {
    if (amount.isPositive()) {
      Postings.post(ledger, handle, "analytics-back/" + item + part, INCOME, to, amount, reason);
    }
  }

  private Tenge available(Handle handle, WalletId wallet) {
    Tenge balance = ledger.balance(handle, wallet).available();
    return balance.isNegative() ? Tenge.ZERO : balance;
  }

  private static Optional<Parts> find(Handle handle, String item) {
    return handle
        .createQuery(
            "SELECT bonus_tiyn, money_tiyn FROM billing.analytics_charge WHERE item_id = :item")
        .bind("item", item)
        .map((row, _) ->
            new Parts(new Tenge(row.getLong("bonus_tiyn")), new Tenge(row.getLong("money_tiyn"))))
        .findOne();
  }
}
