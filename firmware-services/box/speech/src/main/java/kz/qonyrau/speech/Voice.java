package kz.qonyrau.speech;

import io.vertx.core.Future;
import java.util.Locale;

/// Says what is written, offline (AC-TTS-01, AC-TTS-05).
public interface Voice {

  /// Speaks `text` as written.
  ///
  /// The future completes on a thread of the voice, not of the caller. It fails with
  /// [SpeechSynthesisException] if the synthesiser is missing, breaks or takes too long; saying it
  /// again is safe.
  ///
  /// @param text one to [#LONGEST_TEXT] characters with at least one letter or digit, and no
  ///   control characters but line ends and tabs
  /// @param language only the language of the locale counts
  /// @return signed 16-bit little-endian samples, 8 kHz, one channel
  /// @throws IllegalArgumentException if the text cannot be spoken or the voice does not speak the
  ///   language
  Future<byte[]> say(String text, Locale language);

  /// What the voice is called on pages and in logs. Two voices that sound different have different
  /// names, and one that changes its sound changes its name.
  String name();

  /// The longest text that is spoken at once, in characters: about ten minutes. Read aloud, a text
  /// may be several times as long as it is written (see [Voices]).
  int LONGEST_TEXT = 8000;

  /// Refuses what no voice can speak.
  ///
  /// @throws IllegalArgumentException if the text is none of those that [#say] takes
  static void requireSpeakable(String text) {
    if (text.length() > LONGEST_TEXT) {
      throw new IllegalArgumentException(
          "a text to speak has at most " + LONGEST_TEXT + " characters, not " + text.length());
    }
    if (text.chars()
        .anyMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\r' && c != '\t')) {
      throw new IllegalArgumentException("a text to speak holds a control character");
    }
    if (text.codePoints().noneMatch(Character::isLetterOrDigit)) {
      throw new IllegalArgumentException("there is no word or number to speak in the text");
    }
  }
}
