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
/// @param answeredBy who answered, as far as it is asked and known
public record CallProgress(
    CallId id,
    CampaignId campaign,
    Msisdn callee,
    Stage stage,
    Instant since,
    String heard,
    boolean deaf,
    Optional<AnsweredBy> answeredBy,
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
    return new CallProgress(id, campaign, callee, next, now, heard, deaf, answeredBy, outcome);
  }

  CallProgress hearing(String text) {
    return new CallProgress(id, campaign, callee, stage, since, text, deaf, answeredBy, outcome);
  }

  CallProgress deafened() {
    return new CallProgress(id, campaign, callee, stage, since, heard, true, answeredBy, outcome);
  }

  CallProgress answeredBy(AnsweredBy who) {
    return new CallProgress(
        id, campaign, callee, stage, since, heard, deaf, Optional.of(who), outcome);
  }

  CallProgress ended(CallOutcome how, Instant now) {
    return new CallProgress(
        id, campaign, callee, Stage.ENDED, now, heard, deaf, answeredBy, Optional.of(how));
  }
}
