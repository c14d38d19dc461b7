package kz.qonyrau.cases;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import kz.qonyrau.vocabulary.OrganisationId;

/// Confirmed complaints that are more than single ones (AC-SPM-06). It is a case of group A and not
/// yet a penalty: that is for people to decide.
///
/// @param id a UUID
/// @param campaign which campaign it is about, if it is about one
/// @param complaints the ids of those that count for it
public record Violation(
    String id,
    OrganisationId organisation,
    Why why,
    Optional<String> campaign,
    Instant openedAt,
    List<String> complaints) {

  /// What makes them more.
  public enum Why {
    /// Three in 90 days (P-39).
    REPEATED,
    /// Every thousandth recipient of one campaign, and more than one (P-39).
    CAMPAIGN_SHARE
  }

  public Violation {
    complaints = List.copyOf(complaints);
  }
}
