package kz.qonyrau.appliance;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import kz.qonyrau.campaigns.Understanding;
import kz.qonyrau.speech.vosk.VoskRecognizer;

/// Tells the campaigns what the recogniser's models understand.
record ModelUnderstanding(VoskRecognizer recognizer) implements Understanding {

  @Override
  public Set<Locale> languages() {
    return recognizer.languages().stream().map(Locale::of).collect(Collectors.toSet());
  }

  @Override
  public List<String> unknownWords(Locale language, String phrase) {
    return recognizer.unknownWords(language, List.of(phrase));
  }
}
