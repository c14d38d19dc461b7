package kz.qonyrau.billing;

import java.time.Instant;
import java.util.Optional;
import kz.qonyrau.vocabulary.OrganisationId;
import kz.qonyrau.vocabulary.OrganisationKey;

/// Who a customer is by law, since when (SH-ACC-01).
///
/// @param legalName as it stands in the state's register
/// @param closed empty for as long as the account is open
/// @param bonus what the first registration brought, if anything
public record Registration(
    OrganisationId organisation,
    OrganisationKey key,
    String legalName,
    Instant registeredAt,
    String registeredBy,
    Optional<Closing> closed,
    Optional<WelcomeBonus> bonus) {

  /// The end of an account.
  public record Closing(Instant at, String by, String why) {}
}
