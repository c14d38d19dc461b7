package kz.qonyrau.fleet;

import java.time.Duration;
import java.util.Optional;
import kz.qonyrau.vocabulary.Tenge;

/// What an admin decides when he prepares for a new box.
///
/// @param organisation whose box it will be, 1 to 200 characters; made if there is none of that
///   name
/// @param site where it will stand, 1 to 200 characters
/// @param validity how long the ticket is good, above zero and at most 30 days
/// @param lease how much the box should have at once of its customer's money, zero or more; empty
///   for what is usual
/// @param by who ordered it
public record ClaimOrder(
    String organisation, String site, Duration validity, Optional<Tenge> lease, String by) {

  private static final Duration LONGEST = Duration.ofDays(30);

  /// @throws IllegalArgumentException if a value is out of range
  public ClaimOrder {
    organisation = organisation.strip();
    site = site.strip();
    Texts.require("organisation", organisation, 200);
    Texts.require("site", site, 200);
    Texts.require("by", by, 100);
    if (!validity.isPositive() || validity.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("validity: above zero and at most 30 days");
    }
    if (lease.filter(Tenge::isNegative).isPresent()) {
      throw new IllegalArgumentException("lease: not negative");
    }
  }
}
