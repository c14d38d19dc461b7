package kz.qonyrau.speech;

import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import kz.qonyrau.speech.reading.Reading;
import kz.qonyrau.speech.reading.ReadingRules;

/// The voices that are installed on this machine.
///
/// A text is read by the [ReadingRules] of its language first, so that all voices say a number or a
/// date alike (AC-TTS-04). What was said is kept encrypted, and said once (AC-TTS-02).
public final class InstalledVoices implements Voices, AutoCloseable {

  private static final String ESPEAK = "espeak-ng";
  private static final List<Locale> LANGUAGES =
      List.of(Locale.of("ru"), Locale.of("kk"), Locale.of("en"));
  private static final Map<Timbre, String> ESPEAK_VARIANTS =
      Map.of(Timbre.FEMALE, "f3", Timbre.MALE, "m3");

  private final Map<String, ProgramVoice> voices;
  private final Map<String, ReadingRules> rules;
  private final PromptCache cache;

  private InstalledVoices(List<ProgramVoice> voices, PromptCache cache) {
    this.voices = new LinkedHashMap<>();
    voices.forEach(voice -> this.voices.put(voice.profile().id(), voice));
    this.rules =
        LANGUAGES.stream().collect(Collectors.toMap(Locale::getLanguage, ReadingRules::new));
    this.cache = cache;
  }

  /// Finds the voices: those of the bundle, which sound better, before those of espeak-ng, which
  /// are always there and speak Kazakh, too. Needs the Debian packages `espeak-ng` and `sox`.
  ///
  /// @param bundle the directory of a bundle of voices, or empty if there is none
  /// @param directory where prompts are kept; made if it is not there
  /// @param mostPrompts how many prompts are kept, at least 1
  /// @throws IllegalArgumentException if the bundle is not one
  public static InstalledVoices open(
      Optional<Path> bundle, Path directory, Sealer sealer, int mostPrompts) throws IOException {
    List<ProgramVoice> voices = new ArrayList<>();
    bundle.map(VoiceBundle::voices).ifPresent(voices::addAll);
    for (Locale language : LANGUAGES) {
      for (Timbre timbre : Timbre.values()) {
        voices.add(espeak(language, timbre));
      }
    }
    return new InstalledVoices(voices, new PromptCache(directory, sealer, mostPrompts));
  }

  private static ProgramVoice espeak(Locale language, Timbre timbre) {
    String code = language.getLanguage();
    String variant = ESPEAK_VARIANTS.get(timbre);
    return new ProgramVoice(
        new VoiceProfile(
            "espeak-" + code + "-" + timbre.name().toLowerCase(Locale.ROOT),
            language,
            timbre,
            ESPEAK,
            ESPEAK),
        List.of(ESPEAK, "-b", "1", "-v", code + "+" + variant, "-s", "150", "--stdin", "--stdout"));
  }

  @Override
  public List<VoiceProfile> all() {
    return voices.values().stream().map(ProgramVoice::profile).toList();
  }

  @Override
  public Reading read(String text, Locale language) {
    ReadingRules ofLanguage = rules.get(language.getLanguage());
    if (ofLanguage == null) {
      throw new IllegalArgumentException(
          "no voice speaks '" + language.getLanguage() + "', only " + rules.keySet());
    }
    return ofLanguage.read(text);
  }

  @Override
  public Future<byte[]> say(String text, Locale language, Optional<String> voice) {
    String words = read(text, language).words();
    Voice.requireSpeakable(words);
    if (voice.isPresent() && !voices.containsKey(voice.get())) {
      return Future.failedFuture(
          new SpeechSynthesisException("the voice '" + voice.get() + "' is not installed"));
    }
    ProgramVoice speaker = voice.map(voices::get).orElseGet(() -> usual(language));
    speaker.requireLanguage(language);
    return cache.say(speaker, words, language);
  }

  private ProgramVoice usual(Locale language) {
    return voices.values().stream()
        .filter(voice -> voice.profile().language().getLanguage().equals(language.getLanguage()))
        .findFirst()
        .orElseThrow();
  }

  /// Stops all voices.
  @Override
  public void close() {
    voices.values().forEach(ProgramVoice::close);
    cache.close();
  }
}
