package kz.qonyrau.calls;

import java.util.Optional;
import kz.qonyrau.speech.answering.Answer;
import kz.qonyrau.speech.answering.Finding;

/// Who answered a call, by the box's verdict and, if somebody listened and knew better, by theirs.
///
/// @param reason of an announcement, an [Answer.Reason]
/// @param rule what decided, an [kz.qonyrau.speech.answering.Evidence.Rule]
/// @param confidence from 0 to 1
/// @param corrected what a person found; the verdict itself stays as it was, so that both can be
///   counted
public record WhoAnswered(
    AnsweredBy by,
    Optional<String> reason,
    String rule,
    double confidence,
    Optional<AnsweredBy> corrected) {

  static WhoAnswered of(Finding.Verdict verdict) {
    return new WhoAnswered(
        AnsweredBy.of(verdict.answer()),
        verdict.answer() instanceof Answer.Announcement(Answer.Reason reason)
            ? Optional.of(reason.name())
            : Optional.empty(),
        verdict.evidence().rule().name(),
        verdict.confidence(),
        Optional.empty());
  }
}
