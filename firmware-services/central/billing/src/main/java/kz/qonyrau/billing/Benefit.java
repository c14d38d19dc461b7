package kz.qonyrau.billing;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import kz.qonyrau.tariffs.BenefitTariff;
import kz.qonyrau.tariffs.BenefitTerms;
import kz.qonyrau.tariffs.Restriction;
import kz.qonyrau.vocabulary.OrganisationId;
import kz.qonyrau.vocabulary.Tenge;

/// Reduced prices that were granted to one customer, and how it stands with them (SH-TAR-10).
///
/// @param base the published list whose prices are reduced
/// @param confirmation what the customer has confirmed, and how that is known; empty until then
/// @param holds whether he is rated by the reduced prices now
/// @param prepaid what he has paid in since the grant
/// @param failing what is not met, in words; empty if all is, or it is over
/// @param end when and how it ended
public record Benefit(
    OrganisationId organisation,
    BenefitTerms terms,
    PublishedTariff base,
    Instant grantedAt,
    String grantedBy,
    Optional<Confirmation> confirmation,
    boolean holds,
    Tenge prepaid,
    List<String> failing,
    Optional<End> end) {

  /// Copies the list.
  public Benefit {
    failing = List.copyOf(failing);
  }

  /// The customer's two separate agreements.
  ///
  /// @param evidence where they are kept, for example the number of a signed paper
  public record Confirmation(Instant conditions, Instant recalculation, String evidence) {

    BenefitTariff.Confirmation terms() {
      return new BenefitTariff.Confirmation(conditions, recalculation);
    }
  }

  /// The end of a benefit.
  public record End(Instant at, Kind kind) {

    /// How a benefit ends.
    public enum Kind {
      /// The customer left before the last day: what was rendered was rated again (SH-TAR-12).
      EXIT,
      /// The last day is over.
      OVER
    }
  }

  /// What may not be done with the money that was paid for it.
  public Set<Restriction> restrictions() {
    return Set.of(Restriction.values());
  }
}
