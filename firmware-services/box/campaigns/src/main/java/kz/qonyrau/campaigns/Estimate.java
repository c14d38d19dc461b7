package kz.qonyrau.campaigns;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kz.qonyrau.vocabulary.Tenge;

/// What a campaign would reach, take and cost if it started now (AC-CMP-06).
///
/// @param recipients different numbers that may be called
/// @param excluded different numbers left out, by reason
/// @param perCall how long an answered call is taken to last
/// @param dialing how long the channels would be busy, without the hours outside the windows
/// @param end when it would be through; empty if the schedule is too short for it
/// @param cost if everyone answers and hears everything
/// @param dryRun what would become of each contact in the first moment
public record Estimate(
    long recipients,
    Map<Exclusion, Long> excluded,
    Duration perCall,
    Duration dialing,
    Optional<Instant> end,
    Tenge cost,
    String tariffVersion,
    List<Blocker> blockers,
    Breakdown dryRun) {

  public Estimate {
    excluded = Map.copyOf(excluded);
    blockers = List.copyOf(blockers);
  }
}
