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
/// @param deaf whether nobody listens, though the order asked for it: the box cannot keep up, or
///   recognition is down. Keys are still taken
public record CallProgress(
    CallId id,
    CampaignId campaign,
    Msisdn callee,
    Stage stage,
    Instant since,
    String heard,
    boolean deaf,
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
    return new CallProgress(id, campaign, callee, next, now, heard, deaf, outcome);
  }

  CallProgress hearing(String text) {
    return new CallProgress(id, campaign, callee, stage, since, text, deaf, outcome);
  }

  CallProgress deafened() {
    return new CallProgress(id, campaign, callee, stage, since, heard, true, outcome);
  }

  CallProgress ended(CallOutcome how, Instant now) {
    return new CallProgress(id, campaign, callee, Stage.ENDED, now, heard, deaf, Optional.of(how));
  }
}
