package kz.qonyrau.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import kz.qonyrau.speech.ListeningRequest;
import kz.qonyrau.speech.answering.AnswerDetector;
import kz.qonyrau.speech.answering.AnswerPhrases;
import kz.qonyrau.speech.answering.AnswerTimes;
import kz.qonyrau.speech.answering.Finding;
import kz.qonyrau.speech.answering.Finding.MessageMayBegin;
import kz.qonyrau.speech.answering.Finding.Verdict;
import kz.qonyrau.testsupport.answers.StagedAnswer;
import kz.qonyrau.vocabulary.CallId;

/// What the detector found on one staged call.
///
/// @param heard what was recognised; empty for a box without recognition
/// @param verdicts in order; the first is the one that is acted on
/// @param messages when a message could begin
record AnswerTrial(
    StagedAnswer staged,
    StagedAnswer.Sound sound,
    Optional<HeardBefore> heard,
    List<Verdict> verdicts,
    List<MessageMayBegin> messages) {

  private static final AnswerPhrases PHRASES = AnswerPhrases.usual();
  private static final int PIECE = 320;

  /// @param languages in which a box listens
  /// @param heard what was recognised; empty for a box without recognition
  static AnswerTrial run(
      StagedAnswer staged,
      StagedAnswer.Sound sound,
      Optional<HeardBefore> heard,
      List<Locale> languages,
      AnswerTimes times) {
    List<Finding> findings = new ArrayList<>();
    CallId call = CallId.random();
    List<ListeningRequest> requests =
        languages.stream()
            .map(language -> new ListeningRequest(call, language, Optional.empty()))
            .toList();
    try (AnswerDetector detector =
        heard
            .map(ear -> AnswerDetector.start(ear, requests, PHRASES, times, findings::add))
            .orElseGet(() -> AnswerDetector.deaf(PHRASES, times, findings::add))) {
      byte[] pcm = sound.pcm();
      for (int at = 0; at < pcm.length; at += PIECE) {
        if (at <= 2 * sound.answered() && at + PIECE > 2 * sound.answered()) {
          detector.answered();
        }
        int to = Math.min(pcm.length, at + PIECE);
        heard.ifPresent(ear -> ear.reached(Duration.ofMillis(to / 16)));
        detector.feed(Arrays.copyOfRange(pcm, at, to));
      }
    }
    return new AnswerTrial(
        staged,
        sound,
        heard,
        findings.stream().filter(Verdict.class::isInstance).map(Verdict.class::cast).toList(),
        findings.stream()
            .filter(MessageMayBegin.class::isInstance)
            .map(MessageMayBegin.class::cast)
            .toList());
  }

  /// From the first sound to the first verdict, at least zero: silence is a verdict too.
  long delayMillis() {
    return sinceFirstSound(verdicts.getFirst());
  }

  /// From the first sound to the last verdict.
  long lastDelayMillis() {
    return sinceFirstSound(verdicts.getLast());
  }

  private long sinceFirstSound(Verdict verdict) {
    return Math.max(0, verdict.at().toMillis() - sound.firstSound() / 8);
  }

  /// The call, its verdicts with their evidence, and what was understood.
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(staged.toString()).append(" ->");
    for (Verdict verdict : verdicts) {
      text.append(' ')
          .append(verdict.answer())
          .append(" at ")
          .append(verdict.at().toMillis())
          .append(" ms by ")
          .append(verdict.evidence());
    }
    heard.ifPresent(words -> text.append("; understood:").append(words));
    return text.toString();
  }
}
