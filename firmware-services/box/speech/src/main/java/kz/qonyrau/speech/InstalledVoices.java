package kz.qonyrau.speech;

import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kz.qonyrau.speech.reading.Reading;
import kz.qonyrau.speech.reading.ReadingRules;

/// The voices that are installed on this machine.
///
/// A text is read by the [ReadingRules] of its language first, so that all voices say a number or a
/// date alike (AC-TTS-04). What was said is kept encrypted, and said once (AC-TTS-02).
///
/// Some voices come and go while the box runs ([AddedVoices]). None of them is the usual voice of
/// its language, which stays what it was for campaigns that chose none: they stand behind those of
/// the bundle, and behind those of espeak-ng where the bundle has none.
public final class InstalledVoices implements Voices, AutoCloseable {

  private static final String ESPEAK = "espeak-ng";
  private static final List<Locale> LANGUAGES =
      List.of(Locale.of("ru"), Locale.of("kk"), Locale.of("en"));
  private static final Map<Timbre, String> ESPEAK_VARIANTS =
      Map.of(Timbre.FEMALE, "f3", Timbre.MALE, "m3");

  private final List<ProgramVoice> first;
  private final List<ProgramVoice> last;
  private final AddedVoices added;
  private final Map<String, ReadingRules> rules;
  private final PromptCache cache;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

  /// By id, in order.
  private volatile Map<String, ProgramVoice> voices;

  // Guarded by this; in order.
  private final Map<AddedVoices.Added, ProgramVoice> speaking = new LinkedHashMap<>();
  private boolean closed;

  private InstalledVoices(
      List<ProgramVoice> first, AddedVoices added, List<ProgramVoice> last, PromptCache cache) {
    this.first = first;
    this.added = added;
    this.last = last;
    this.rules =
        LANGUAGES.stream().collect(Collectors.toMap(Locale::getLanguage, ReadingRules::new));
    this.cache = cache;
    this.voices = byId();
  }

  /// As [#open(Optional, AddedVoices, Path, Sealer, int)], with no voices that come and go.
  public static InstalledVoices open(
      Optional<Path> bundle, Path directory, Sealer sealer, int mostPrompts) throws IOException {
    return open(bundle, AddedVoices.none(), directory, sealer, mostPrompts);
  }

  /// Finds the voices: those of the bundle, which sound better, before those of espeak-ng, which
  /// are always there and speak Kazakh, too. Needs the Debian packages `espeak-ng` and `sox`.
  ///
  /// @param bundle the directory of a bundle of voices, or empty if there is none
  /// @param added voices that come and go; stays open when these are closed
  /// @param directory where prompts are kept; made if it is not there
  /// @param mostPrompts how many prompts are kept, at least 1
  /// @throws IllegalArgumentException if the bundle is not one
  public static InstalledVoices open(
      Optional<Path> bundle, AddedVoices added, Path directory, Sealer sealer, int mostPrompts)
      throws IOException {
    List<ProgramVoice> first = new ArrayList<>();
    List<ProgramVoice> last = new ArrayList<>();
    bundle.map(VoiceBundle::voices).ifPresent(first::addAll);
    for (Locale language : LANGUAGES) {
      boolean bundled = first.stream().anyMatch(voice -> speaks(voice, language));
      for (Timbre timbre : Timbre.values()) {
        (bundled ? last : first).add(espeak(language, timbre));
      }
    }
    InstalledVoices opened =
        new InstalledVoices(first, added, last, new PromptCache(directory, sealer, mostPrompts));
    added.onChange(opened::lookAgain);
    opened.lookAgain();
    return opened;
  }

  /// Takes in voices that have come, and lets go of those that went.
  private void lookAgain() {
    synchronized (this) {
      if (closed) {
        return;
      }
      List<AddedVoices.Added> now = added.voices();
      Map<AddedVoices.Added, ProgramVoice> gone = new LinkedHashMap<>(speaking);
      speaking.clear();
      for (AddedVoices.Added voice : now) {
        ProgramVoice known = gone.remove(voice);
        speaking.put(voice, known == null ? new ProgramVoice(voice) : known);
      }
      voices = byId();
      gone.forEach((voice, speaker) -> speaker.retire(() -> added.released(voice)));
    }
    listeners.forEach(Runnable::run);
  }

  private Map<String, ProgramVoice> byId() {
    Map<String, ProgramVoice> all = new LinkedHashMap<>();
    Stream.of(first, speaking.values(), last)
        .flatMap(Collection::stream)
        .forEach(voice -> all.put(voice.profile().id(), voice));
    return all;
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
    ProgramVoice speaker = voice.isPresent() ? voices.get(voice.get()) : usual(language);
    if (speaker == null) {
      return Future.failedFuture(
          new SpeechSynthesisException("the voice '" + voice.orElse("") + "' is not installed"));
    }
    speaker.requireLanguage(language);
    return cache
        .say(speaker, words, language)
        .recover(failure -> {
          ProgramVoice now = voices.get(speaker.profile().id());
          // It was replaced before its turn came.
          return now == null || now == speaker
              ? Future.failedFuture(failure)
              : cache.say(now, words, language);
        });
  }

  private ProgramVoice usual(Locale language) {
    return voices.values().stream()
        .filter(voice -> speaks(voice, language))
        .findFirst()
        .orElseThrow();
  }

  private static boolean speaks(ProgramVoice voice, Locale language) {
    return voice.profile().language().getLanguage().equals(language.getLanguage());
  }

  @Override
  public void onChange(Runnable listener) {
    listeners.add(listener);
  }

  /// Stops all voices.
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      voices.values().forEach(ProgramVoice::close);
    }
    cache.close();
  }
}
