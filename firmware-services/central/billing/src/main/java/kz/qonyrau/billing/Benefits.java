package kz.qonyrau.billing;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import kz.qonyrau.billing.CustomerNotice.Code;
import kz.qonyrau.store.Store;
import kz.qonyrau.tariffs.BenefitFailure;
import kz.qonyrau.tariffs.BenefitStanding;
import kz.qonyrau.tariffs.BenefitTerms;
import kz.qonyrau.tariffs.InvalidTariffException;
import kz.qonyrau.tariffs.Quantity;
import kz.qonyrau.tariffs.Recalculation;
import kz.qonyrau.tariffs.ServiceCode;
import kz.qonyrau.vocabulary.OrganisationId;
import kz.qonyrau.vocabulary.Tenge;
import org.jdbi.v3.core.Handle;

/// Benefit tariffs: granted by two people, confirmed by the customer, and in force while all
/// conditions are met (SH-TAR-10, SH-TAR-11). What leaving one early means is [BenefitExits]'s.
///
/// While a benefit holds, the customer's boxes rate by a list of its own, which comes to them as
/// any other; so nothing on a box knows of benefits.
public final class Benefits {

  private static final int LONGEST_TERMS = 4_000;
  private static final int LONGEST_FAILING = 1_000;

  private final Store store;
  private final BenefitExits exits;
  private final CustomerNotices notices;
  private final InstantSource clock;
  private final Consumer<OrganisationId> changed;

  Benefits(
      Store store,
      BenefitExits exits,
      CustomerNotices notices,
      InstantSource clock,
      Consumer<OrganisationId> changed) {
    this.store = store;
    this.exits = exits;
    this.notices = notices;
    this.clock = clock;
    this.changed = changed;
  }

  // ---- looking

  /// A customer's benefits, newest first.
  public Future<List<Benefit>> of(OrganisationId organisation) {
    return store.read(handle ->
        BenefitRow.of(handle, organisation).stream().map(row -> row.benefit(handle)).toList());
  }

  /// What leaving a benefit now would cost (SH-TAR-15). Nothing is changed.
  public sealed interface Preview {

    /// What would be charged, and what would be left.
    record Possible(Recalculation recalculation) implements Preview {}

    /// It cannot be left, or not be rated again.
    record NotPossible(String code, String why) implements Preview {}
  }

  /// What leaving a benefit now would cost.
  ///
  /// @param holder the customer, with what is set aside for his boxes: that is his, too
  public Future<Preview> preview(Billing.Holder holder, String benefit) {
    Instant now = clock.instant();
    return store.read(handle -> {
      Optional<DecisionResult.NotPossible> fault =
          exits.fault(handle, holder.organisation(), benefit, now);
      return fault.isPresent()
          ? new Preview.NotPossible(fault.get().code(), fault.get().why())
          : new Preview.Possible(exits.preview(handle, benefit, holder.leases(), now));
    });
  }

  // ---- granting

  /// Why terms cannot be granted to a customer, if they cannot.
  static Optional<DecisionResult.NotPossible> grantFault(
      Handle handle, OrganisationId organisation, String terms) {
    if (terms.length() > LONGEST_TERMS) {
      return refused("TERMS_INVALID", "terms: at most " + LONGEST_TERMS + " characters");
    }
    Optional<PublishedTariff> base = base(handle, organisation);
    if (base.isEmpty()) {
      return refused("NO_BASE_LIST", "terms: no price list is published whose prices they reduce");
    }
    if (!BenefitRow.running(handle, organisation).isEmpty()) {
      return refused("BENEFIT_RUNS", "terms: the customer has a benefit that is not over");
    }
    try {
      BenefitTerms read = BenefitTerms.parse(terms);
      if (PriceLists.named(handle, read.id()).isPresent()) {
        return refused("VERSION_TAKEN", "benefit: " + read.id() + " names something already");
      }
      var _ = read.list(base.get().tariff().version(), base.get().publishedAt());
      return Optional.empty();
    } catch (InvalidTariffException invalid) {
      return refused("TERMS_INVALID", String.valueOf(invalid.getMessage()));
    }
  }

  /// Grants terms without a fault. The customer has to confirm them before they hold.
  static void grant(
      Handle handle, OrganisationId organisation, String text, Instant now, String by) {
    BenefitTerms terms = BenefitTerms.parse(text);
    PublishedTariff base = base(handle, organisation).orElseThrow();
    PublishedTariff list =
        Publishing.grant(handle, organisation, terms, base.tariff().version(), now, by);
    handle
        .createUpdate(
            """
            INSERT INTO billing.benefit (
              id, organisation_id, number, base_number, terms, granted_at_ms, granted_by)
            VALUES (:id, :organisation, :number, :base, :terms, :at, :by)
            """)
        .bind("id", terms.id())
        .bind("organisation", organisation.value())
        .bind("number", list.number())
        .bind("base", base.number())
        .bind("terms", terms.json())
        .bind("at", now.toEpochMilli())
        .bind("by", by)
        .execute();
  }

  /// The list whose prices a benefit reduces: the one by which the customer is rated, or that his
  /// first payment will pin.
  private static Optional<PublishedTariff> base(Handle handle, OrganisationId organisation) {
    return PriceLists.newestBasePin(handle, organisation)
        .map(Pinned::version)
        .or(() -> PriceLists.published(handle));
  }

  /// Writes down that the customer has confirmed the conditions, and apart from that the rule of
  /// recalculation (SH-TAR-10).
  ///
  /// @param evidence where that is kept, 1 to 500 characters
  /// @return false if there is no such benefit, it is over, or it was confirmed before
  public Future<Boolean> confirm(OrganisationId organisation, String benefit, String evidence) {
    Texts.require("evidence", evidence, 500);
    Instant now = clock.instant();
    return store
        .write(handle -> {
          int confirmed =
              handle
                  .createUpdate(
                      """
                      UPDATE billing.benefit
                      SET conditions_at_ms = :at, recalculation_at_ms = :at, evidence = :evidence
                      WHERE id = :id AND organisation_id = :organisation
                        AND conditions_at_ms IS NULL AND ended_at_ms IS NULL
                      """)
                  .bind("at", now.toEpochMilli())
                  .bind("evidence", evidence)
                  .bind("id", benefit)
                  .bind("organisation", organisation.value())
                  .execute();
          if (confirmed > 0) {
            var _ = watch(handle, BenefitRow.find(handle, benefit).orElseThrow(), now);
          }
          return confirmed > 0;
        })
        .onSuccess(confirmed -> {
          if (confirmed) {
            changed.accept(organisation);
          }
        });
  }

  // ---- watching

  /// Looks at every benefit that is not over, and lets its prices hold or not (SH-TAR-11).
  Future<Void> sweep() {
    Instant now = clock.instant();
    return store
        .write(handle -> {
          List<OrganisationId> moved = new ArrayList<>();
          for (BenefitRow row : BenefitRow.running(handle)) {
            if (watch(handle, row, now)) {
              moved.add(row.organisation());
            }
          }
          return moved;
        })
        .onSuccess(moved -> moved.forEach(changed))
        .mapEmpty();
  }

  /// The same for one customer, inside the caller's transaction, as when he has paid.
  void watch(Handle handle, OrganisationId organisation, Instant now) {
    for (BenefitRow row : BenefitRow.running(handle, organisation)) {
      var _ = watch(handle, row, now);
    }
  }

  private boolean watch(Handle handle, BenefitRow row, Instant now) {
    BenefitStanding standing = row.tariff(handle).watch(row.progress(handle), now);
    boolean holds = row.holds(handle);
    return switch (standing) {
      case BenefitStanding.Applies _ -> !holds && begin(handle, row, now);
      case BenefitStanding.Unconfirmed _, BenefitStanding.NotStarted _ -> false;
      case BenefitStanding.Failed(List<BenefitFailure> failures) -> {
        boolean over =
            failures.stream().anyMatch(failure -> failure instanceof BenefitFailure.PeriodOver);
        if (over) {
          row.stop(handle, now);
          row.end(handle, now, Benefit.End.Kind.OVER);
          tell(handle, row, Code.BENEFIT_ENDED, row.id(), Tenge.ZERO);
          yield true;
        }
        yield fail(handle, row, words(failures), now, holds) || holds;
      }
    };
  }

  private boolean begin(Handle handle, BenefitRow row, Instant now) {
    Instant earliest =
        handle
            .createQuery(
                "SELECT MAX(from_ms) FROM billing.benefit_period WHERE organisation_id = :organisation")
            .bind("organisation", row.organisation().value())
            .mapTo(Long.class)
            .findOne()
            .map(last -> Instant.ofEpochMilli(last + 1))
            .orElse(Instant.EPOCH);
    handle
        .createUpdate(
            """
            INSERT INTO billing.benefit_period (organisation_id, from_ms, benefit_id)
            VALUES (:organisation, :from, :benefit)
            """)
        .bind("organisation", row.organisation().value())
        .bind("from", (now.isBefore(earliest) ? earliest : now).toEpochMilli())
        .bind("benefit", row.id())
        .execute();
    row.noteFailing(handle, null);
    return true;
  }

  /// @return whether that is news
  private boolean fail(Handle handle, BenefitRow row, String failing, Instant now, boolean held) {
    row.stop(handle, now);
    if (failing.equals(row.failing().orElse(""))) {
      return false;
    }
    row.noteFailing(handle, failing);
    if (held) {
      tell(
          handle,
          row,
          Code.BENEFIT_AT_RISK,
          row.id() + "/" + now.toEpochMilli(),
          row.terms().prepayment());
    }
    return true;
  }

  private static String words(List<BenefitFailure> failures) {
    String words = String.join("; ", failures.stream().map(Benefits::word).toList());
    return words.length() <= LONGEST_FAILING ? words : words.substring(0, LONGEST_FAILING);
  }

  private static String word(BenefitFailure failure) {
    return switch (failure) {
      case BenefitFailure.PrepaymentMissing(Tenge required, Tenge received) ->
          "PREPAYMENT_MISSING: " + received + " of " + required + " KZT";
      case BenefitFailure.VolumeBehind(ServiceCode service, Quantity expected, Quantity used) ->
          "VOLUME_BEHIND: " + service + " " + size(used) + " of " + size(expected);
      case BenefitFailure.PeriodOver(var lastDay) -> "PERIOD_OVER: " + lastDay;
    };
  }

  private static String size(Quantity quantity) {
    return switch (quantity) {
      case Quantity.Time(Duration time) -> time.toSeconds() + " s";
      case Quantity.Pieces(long pieces) -> Long.toString(pieces);
    };
  }

  private void tell(Handle handle, BenefitRow row, Code code, String cause, Tenge amount) {
    notices.tell(
        handle,
        row.organisation(),
        CustomerNotice.of(code, cause, Optional.of(amount), Optional.empty()));
  }

  static Optional<DecisionResult.NotPossible> refused(String code, String why) {
    return Optional.of(new DecisionResult.NotPossible(code, why));
  }
}
