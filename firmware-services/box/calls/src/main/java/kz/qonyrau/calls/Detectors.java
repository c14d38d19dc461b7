package kz.qonyrau.calls;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import kz.qonyrau.speech.ListeningRequest;
import kz.qonyrau.speech.Recognizer;
import kz.qonyrau.speech.answering.AnswerDetector;
import kz.qonyrau.speech.answering.AnswerPhrases;
import kz.qonyrau.speech.answering.AnswerTimes;
import kz.qonyrau.speech.answering.Finding;

/// Listens to who answers, as this box does it: in the languages of the networks and of the
/// question.
final class Detectors {

  private static final AnswerPhrases PHRASES = AnswerPhrases.usual();

  /// What the networks of Kazakhstan announce in.
  private static final List<Locale> NETWORKS =
      List.of(Locale.of("ru"), Locale.of("kk"), Locale.of("en"));

  private Detectors() {}

  /// @param sink told on threads of the detector; must not block
  static AnswerDetector start(Recognizer recognizer, CallOrder order, Consumer<Finding> sink) {
    Set<Locale> languages = new LinkedHashSet<>(NETWORKS);
    order.question().ifPresent(question -> languages.addAll(question.languages()));
    return AnswerDetector.start(
        recognizer,
        languages.stream()
            .map(language -> new ListeningRequest(order.id(), language, Optional.empty()))
            .toList(),
        PHRASES,
        AnswerTimes.usual(),
        sink);
  }
}
