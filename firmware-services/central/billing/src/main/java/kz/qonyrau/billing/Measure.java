package kz.qonyrau.billing;

import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.vocabulary.OrganisationId;
import kz.qonyrau.vocabulary.Tenge;

/// What needs two people of the provider: one who proposes it and another one who approves it
/// (SH-BAL-17; who may, in the roles of central's staff).
public sealed interface Measure {

  /// Makes a price list public. It rates nobody until his next top-up is credited (SH-TAR-03).
  ///
  /// @param list as `shared/tariffs` reads it; what it says of its own publication is replaced by
  ///   the moment of approval
  record Publication(String list) implements Measure {}

  /// Takes back one posting of a customer's book, whole. Nothing is deleted: the reversal is a
  /// posting of its own, and a posting is reversed once.
  ///
  /// @param posting the id of a top-up, a compensation, a penalty or a used item
  record Reversal(OrganisationId organisation, String posting) implements Measure {}

  /// Credits a customer without his having paid. It does not move the pin (SH-TAR-05).
  ///
  /// @param amount above zero
  record Compensation(OrganisationId organisation, WalletKind wallet, Tenge amount)
      implements Measure {

    /// @throws IllegalArgumentException if the amount is not above zero
    public Compensation {
      requirePositive(amount);
    }
  }

  /// Charges a customer what is no service. Only this may take a wallet below zero (SH-BAL-08).
  ///
  /// @param amount above zero
  record Penalty(OrganisationId organisation, WalletKind wallet, Tenge amount) implements Measure {

    /// @throws IllegalArgumentException if the amount is not above zero
    public Penalty {
      requirePositive(amount);
    }
  }

  /// Says what a first registration brings from now on (SH-BAL-11, parameter P-13). What was
  /// credited before stays as it is.
  ///
  /// @param amount zero for no bonus
  record WelcomeBonusAmount(Tenge amount) implements Measure {

    /// @throws IllegalArgumentException if the amount is below zero
    public WelcomeBonusAmount {
      if (amount.isNegative()) {
        throw new IllegalArgumentException("amount: zero or above");
      }
    }
  }

  /// Grants one customer reduced prices (SH-TAR-10).
  ///
  /// @param terms as [kz.qonyrau.tariffs.BenefitTerms#parse] reads them
  record BenefitGrant(OrganisationId organisation, String terms) implements Measure {}

  /// Lets a customer leave a benefit before its end, at his own wish: what was rendered under it is
  /// charged at the base prices (SH-TAR-12, SH-TAR-14).
  ///
  /// @param benefit its name
  record BenefitExit(OrganisationId organisation, String benefit) implements Measure {}

  /// Erases what a customer has on a box, as a sanction (SH-SUS-05). What is owed and paid stays in
  /// central's book, and a box on legal hold is not erased.
  ///
  /// @param ground a code such as `UNLAWFUL_PURPOSE` (SH-SUS-01)
  record Erasure(OrganisationId organisation, BoxId box, String ground) implements Measure {}

  private static void requirePositive(Tenge amount) {
    if (!amount.isPositive()) {
      throw new IllegalArgumentException("amount: above zero");
    }
  }
}
