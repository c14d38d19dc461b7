package kz.qonyrau.speech.answering;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import kz.qonyrau.speech.answering.AnswerEvent.Answered;
import kz.qonyrau.speech.answering.AnswerEvent.Heard;
import kz.qonyrau.speech.answering.AnswerEvent.Passed;
import kz.qonyrau.speech.answering.AnswerEvent.Signal;
import kz.qonyrau.speech.answering.AnswerEvent.SpeechBegan;
import kz.qonyrau.speech.answering.AnswerEvent.SpeechEnded;
import kz.qonyrau.speech.answering.Finding.MessageMayBegin;
import kz.qonyrau.speech.answering.Finding.Verdict;

/// A call told to the judge in the order in which things happen, 20 ms after 20 ms. Speech is known
/// 120 ms after it began and 160 ms after it ended, as with the real detector.
final class Story {

  private static final Locale RUSSIAN = Locale.of("ru");

  private final AnswerJudge judge = new AnswerJudge(AnswerPhrases.usual(), AnswerTimes.usual());
  private final List<Finding> findings = new ArrayList<>();
  private long now;

  static Story answered() {
    return new Story().answer();
  }

  Story answer() {
    return on(new Answered(at(now)));
  }

  Story deaf() {
    return on(new AnswerEvent.Deaf(at(now)));
  }

  Story key() {
    return on(new AnswerEvent.Key(at(now)));
  }

  /// Time goes by.
  Story quiet(int millis) {
    long end = now + millis;
    for (long next = now + 20; next <= end; next += 20) {
      tell(new Passed(at(next)));
    }
    now = end;
    return this;
  }

  /// Speech and the 160 ms in which its end becomes known.
  Story speech(int millis) {
    long from = now;
    var _ = quiet(120);
    tell(new SpeechBegan(at(from), at(now)));
    var _ = quiet(millis - 120);
    long to = now;
    var _ = quiet(160);
    return on(new SpeechEnded(at(from), at(to), at(now)));
  }

  Story partial(String text) {
    return partial(RUSSIAN, text);
  }

  Story partial(Locale language, String text) {
    return on(new Heard(language, text, false, 0, at(now)));
  }

  Story said(String text) {
    return said(RUSSIAN, text, 0.9);
  }

  Story said(String text, double confidence) {
    return said(RUSSIAN, text, confidence);
  }

  Story said(Locale language, String text, double confidence) {
    return on(new Heard(language, text, true, confidence, at(now)));
  }

  Story beep(double hertz, int millis) {
    long from = now;
    var _ = quiet(millis);
    long to = now;
    var _ = quiet(100);
    return on(new Signal(new ToneEvent.Beep(hertz, at(from), at(to), at(now))));
  }

  Story tone(ToneEvent.Cadence cadence) {
    return on(new Signal(new ToneEvent.LineTone(cadence, at(now), at(now))));
  }

  Story fax() {
    return on(new Signal(new ToneEvent.FaxAnswers(at(now), at(now))));
  }

  Story specialInformation() {
    return on(new Signal(new ToneEvent.SpecialInformation(at(now), at(now))));
  }

  private Story on(AnswerEvent event) {
    tell(event);
    return this;
  }

  private void tell(AnswerEvent event) {
    findings.addAll(judge.on(event));
  }

  List<Verdict> verdicts() {
    return findings.stream().filter(Verdict.class::isInstance).map(Verdict.class::cast).toList();
  }

  List<Answer> answers() {
    return verdicts().stream().map(Verdict::answer).toList();
  }

  List<Evidence.Rule> rules() {
    return verdicts().stream().map(verdict -> verdict.evidence().rule()).toList();
  }

  List<MessageMayBegin> messages() {
    return findings.stream()
        .filter(MessageMayBegin.class::isInstance)
        .map(MessageMayBegin.class::cast)
        .toList();
  }

  static Duration at(long millis) {
    return Duration.ofMillis(millis);
  }
}
