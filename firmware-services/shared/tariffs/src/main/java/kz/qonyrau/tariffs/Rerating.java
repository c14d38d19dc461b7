package kz.qonyrau.tariffs;

import java.util.Optional;
import kz.qonyrau.vocabulary.Tenge;

/// What central finds when it rates again what a box has rated (SH-TAR-17).
public sealed interface Rerating {

  /// The box charged what was due.
  record Same(Tenge amount) implements Rerating {}

  /// Something differs, though the amounts may agree: a case for a person.
  ///
  /// @param why the first thing that differs, in the order of [Why]
  /// @param billed what the box charged
  /// @param due what the tariff says; empty if it says nothing
  record Differs(Why why, Tenge billed, Optional<Tenge> due) implements Rerating {

    /// What the customer was charged too little; negative if it was too much.
    public Optional<Tenge> missing() {
      return due.map(amount -> amount.minus(billed));
    }
  }

  /// Why a line differs.
  enum Why {
    /// No such service, or the tariff has no price for it.
    UNKNOWN_SERVICE,
    /// More than can be used, or not counted in what the service is counted in.
    UNUSABLE_QUANTITY,
    /// The box rated by a version that was never published.
    UNKNOWN_VERSION,
    /// The box rated by another version than the account was pinned to.
    OTHER_VERSION,
    /// The version is right and the unit price is not the version's.
    OTHER_PRICE,
    /// All is right but the amount.
    OTHER_AMOUNT
  }

  /// Rates a reported line again.
  ///
  /// A report counts whole seconds. Where the tariff's step is finer, several numbers of steps make
  /// the same report; then every amount between the least and the most of them is right, and `due`
  /// is the most.
  ///
  /// @param rating the tariff that should have rated it, see [PinHistory#rating]
  static Rerating of(UsageLine line, Tariff rating, Catalogue catalogue) {
    Optional<TariffLine> price = ServiceCode.find(line.service()).flatMap(rating::line);
    if (price.isEmpty()) {
      return new Differs(Why.UNKNOWN_SERVICE, line.amount(), Optional.empty());
    }
    Optional<ReportedSteps> steps = ReportedSteps.of(line, price.get());
    if (steps.isEmpty()) {
      return new Differs(Why.UNUSABLE_QUANTITY, line.amount(), Optional.empty());
    }
    Tenge most = price.get().amount(steps.get().most());
    return why(line, price.get(), steps.get(), rating, catalogue)
        .<Rerating>map(why -> new Differs(why, line.amount(), Optional.of(most)))
        .orElseGet(() -> new Same(line.amount()));
  }

  private static Optional<Why> why(
      UsageLine line, TariffLine price, ReportedSteps steps, Tariff rating, Catalogue catalogue) {
    if (!line.tariffVersion().equals(rating.versionId())) {
      boolean known = catalogue.find(line.tariffVersion()).isPresent();
      return Optional.of(known ? Why.OTHER_VERSION : Why.UNKNOWN_VERSION);
    }
    if (line.unitPrice().compareTo(price.price()) != 0) {
      return Optional.of(Why.OTHER_PRICE);
    }
    boolean right =
        line.amount().compareTo(price.amount(steps.least())) >= 0
            && line.amount().compareTo(price.amount(steps.most())) <= 0;
    return right ? Optional.empty() : Optional.of(Why.OTHER_AMOUNT);
  }
}
