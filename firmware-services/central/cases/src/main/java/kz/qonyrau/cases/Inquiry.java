package kz.qonyrau.cases;

import java.time.Instant;
import java.util.List;
import kz.qonyrau.wire.QuestionAnswer;

/// A request of a subscriber, without anything that says who he is.
///
/// @param id a UUID
/// @param enteredBy the login of who entered it; empty if the subscriber did himself
/// @param found whether somebody called him, as far as boxes have answered
/// @param asked how many boxes were asked
/// @param answered how many have answered
public record Inquiry(
    String id,
    InquiryOrder.Purpose purpose,
    InquiryOrder.Reason reason,
    String enteredBy,
    Instant askedAt,
    InquiryState state,
    Instant stateSince,
    boolean found,
    int asked,
    int answered) {

  /// A request with its answer.
  ///
  /// @param senders who called, as far as boxes have answered and it is still kept
  public record Answered(Inquiry inquiry, List<QuestionAnswer.Sender> senders) {

    public Answered {
      senders = List.copyOf(senders);
    }
  }
}
