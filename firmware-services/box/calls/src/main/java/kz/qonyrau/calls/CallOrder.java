package kz.qonyrau.calls;

import java.time.Duration;
import java.util.Optional;
import kz.qonyrau.vocabulary.CallId;
import kz.qonyrau.vocabulary.CampaignId;
import kz.qonyrau.vocabulary.Msisdn;

/// One call to be placed: whom to ring and what to do when somebody answers.
///
/// @param id the attempt's id; placing the same order again after a crash is refused, see
///   [Calls#outcomeAfterRestart]
/// @param prompt what is played from the answer on
/// @param question what is asked behind it; empty if the call ends with the prompt
/// @param machines what happens if no human answers
/// @param record whether both sides are recorded (AC-REC-01: only if the customer asked for it)
/// @param ringing how long it may ring, 20 s to 2 min (P-31)
public record CallOrder(
    CallId id,
    CampaignId campaign,
    Msisdn callee,
    Sound prompt,
    Optional<Question> question,
    MachineRule machines,
    boolean record,
    Duration ringing) {

  /// Whether anything that is said has to be recognised for the question.
  boolean listens() {
    return question.filter(Question::listens).isPresent();
  }
}
