package kz.qonyrau.cases;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import kz.qonyrau.wire.ReportedComplaint;

/// When complaints are more than single ones (AC-SPM-06, P-39). Pure.
final class Repetition {

  static final Duration SPAN = Duration.ofDays(90);
  private static final int MOST_SINGLE = 2;
  private static final int RECIPIENTS_OF_ONE = 1000;

  private Repetition() {}

  /// A confirmed complaint that counts for no violation yet.
  record Confirmed(String id, Instant at, Optional<ReportedComplaint.Campaign> campaign) {}

  /// What they are together.
  record Found(Violation.Why why, Optional<String> campaign, List<String> complaints) {}

  /// What a customer's confirmed complaints come to, of which the newest was confirmed now.
  ///
  /// @param all those of [#SPAN] that count for no violation yet
  static Optional<Found> of(Confirmed newest, List<Confirmed> all) {
    if (all.size() > MOST_SINGLE) {
      return Optional.of(new Found(Violation.Why.REPEATED, Optional.empty(), ids(all)));
    }
    if (newest.campaign().isEmpty()) {
      return Optional.empty();
    }
    String campaign = newest.campaign().get().id();
    List<Confirmed> ofCampaign =
        all.stream()
            .filter(each -> each.campaign().filter(its -> its.id().equals(campaign)).isPresent())
            .toList();
    boolean share =
        ofCampaign.size() > 1
            && ofCampaign.size() * (long) RECIPIENTS_OF_ONE >= newest.campaign().get().recipients();
    return share
        ? Optional.of(
            new Found(Violation.Why.CAMPAIGN_SHARE, Optional.of(campaign), ids(ofCampaign)))
        : Optional.empty();
  }

  private static List<String> ids(List<Confirmed> complaints) {
    return complaints.stream()
        .sorted(Comparator.comparing(Confirmed::at).thenComparing(Confirmed::id))
        .map(Confirmed::id)
        .toList();
  }
}
