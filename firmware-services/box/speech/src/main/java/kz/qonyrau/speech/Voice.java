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

  /// The longest text that is spoken at once, in characters: about four minutes.
  int LONGEST_TEXT = 3000;
}
