package kz.qonyrau.campaigns;

import java.util.Map;
import kz.qonyrau.vocabulary.CallOutcome;

/// How far a campaign has come. `pending`, `waiting`, `capped`, `active` and `done` add up to
/// `recipients`.
///
/// @param pending wait for their first call, or for a repeat that is due; when the campaign is
///   over, those who were never called, and never will be
/// @param waiting were called and wait to be called again; none when the campaign is over, since
///   their last result is their final one then
/// @param capped have been called as often as the rules for all campaigns allow, and wait for the
///   next day, week or month; none when the campaign is over
/// @param done have their one final result
/// @param outcomes the results; those that did not occur are left out
/// @param excluded left out when the campaign was prepared or just before the attempt, not part of
///   `recipients`
public record Progress(
    long recipients,
    long pending,
    long waiting,
    long capped,
    long active,
    long done,
    Map<CallOutcome, Long> outcomes,
    Map<Exclusion, Long> excluded) {

  public Progress {
    outcomes = Map.copyOf(outcomes);
    excluded = Map.copyOf(excluded);
  }
}
