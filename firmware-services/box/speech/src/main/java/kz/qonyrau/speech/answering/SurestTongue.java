package kz.qonyrau.speech.answering;

import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What is announced before the answer, as the recognisers of several languages understand it. Who
/// is surest of the same words was right: a recogniser also finds phrases of its own language in
/// another one.
///
/// Times are those of the call, as in [AnswerEvent].
final class SurestTongue {

  /// The recognisers of the other languages end the same utterance so much earlier or later.
  private static final Duration OTHERS = Duration.ofMillis(700);

  private record Said(Optional<Phrase> phrase, double confidence, Duration at) {}

  private final Map<Locale, Said> said = new LinkedHashMap<>();
  private @Nullable Duration since;

  /// A recogniser has made up its mind.
  ///
  /// @param phrase the phrase of a table that is in it
  /// @param confidence from 0 to 1
  void settled(Locale language, Optional<Phrase> phrase, double confidence, Duration now) {
    said.put(language, new Said(phrase, confidence, now));
    if (phrase.isPresent() && since == null) {
      since = now;
    }
  }

  /// The phrase to believe, once; empty as long as another language may be surer, and if it is.
  Optional<Phrase> decided(Duration now) {
    Duration first = since;
    if (first == null || now.minus(first).compareTo(OTHERS) < 0) {
      return Optional.empty();
    }
    Optional<Phrase> surest =
        said.values().stream()
            .filter(one -> one.at().compareTo(first.minus(OTHERS)) >= 0)
            .max(Comparator.comparingDouble(Said::confidence))
            .flatMap(Said::phrase);
    said.clear();
    since = null;
    return surest;
  }
}
