package kz.qonyrau.calls;

import java.time.Instant;
import java.util.Optional;
import kz.qonyrau.vocabulary.CallId;
import kz.qonyrau.vocabulary.CallOutcome;
import kz.qonyrau.vocabulary.CampaignId;
import kz.qonyrau.vocabulary.Msisdn;

/// A running call as the pages show it.
///
/// @param since when this stage began
/// @param heard what was recognised so far; the last words may still change
public record CallProgress(
    CallId id,
    CampaignId campaign,
    Msisdn callee,
    Stage stage,
    Instant since,
    String heard,
    Optional<CallOutcome> outcome) {

  /// Where a call stands.
  public enum Stage {
    HOLDING,
    DIALING,
    PLAYING,
    LISTENING,
    CLOSING,
    ENDED
  }

  CallProgress at(Stage next, Instant now) {
    return new CallProgress(id, campaign, callee, next, now, heard, outcome);
  }

  CallProgress hearing(String text) {
    return new CallProgress(id, campaign, callee, stage, since, text, outcome);
  }

  CallProgress ended(CallOutcome how, Instant now) {
    return new CallProgress(id, campaign, callee, Stage.ENDED, now, heard, Optional.of(how));
  }
}
