package kz.qonyrau.speech;

import io.vertx.core.Future;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import kz.qonyrau.speech.reading.Reading;

/// All voices of the box: which there are, and what they say, offline (AC-TTS-01, AC-TTS-05). May
/// be used from any thread.
public interface Voices {

  /// The voices that are there now; others may come, and some may go, while the box runs. The first
  /// of a language is the one that speaks if nobody chose another.
  List<VoiceProfile> all();

  /// Who is told, on any thread, whenever a voice has come, gone or changed its sound.
  void onChange(Runnable listener);

  /// How a text is read aloud, for whoever writes it (AC-TTS-04).
  ///
  /// @throws IllegalArgumentException if no voice speaks the language
  Reading read(String text, Locale language);

  /// Says a text, read aloud.
  ///
  /// The future fails with [SpeechSynthesisException] if the voice is not there any more, or does
  /// not speak; see [Voice#say].
  ///
  /// @param voice the id of a voice of this language; if empty, the usual one speaks
  /// @return signed 16-bit little-endian samples, 8 kHz, one channel, as loud as all prompts
  /// @throws IllegalArgumentException if the text cannot be spoken, or is too long once it is read
  ///   aloud; or if no voice speaks the language, or the chosen one does not
  Future<byte[]> say(String text, Locale language, Optional<String> voice);

  /// Whether there is a voice of this id that speaks the language.
  default boolean speaks(String id, Locale language) {
    return all().stream()
        .anyMatch(voice ->
            voice.id().equals(id) && voice.language().getLanguage().equals(language.getLanguage()));
  }
}
