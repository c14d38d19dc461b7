package kz.qonyrau.campaigns;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/// What a subscriber hears when he answers.
public sealed interface Prompt {

  /// A recording that the customer uploaded.
  ///
  /// @param id the uploaded recording
  /// @param path where it lies, signed 16-bit at 8 kHz
  record UploadedAudio(String id, Path path) implements Prompt {}

  /// A text that a voice speaks.
  ///
  /// @param text 1 to 2000 characters; in an order `{key}` stands for a contact's variable, in an
  ///   [Attempt] the values are filled in
  /// @param voice the id of the voice that was chosen; if empty, the usual one of the language
  record SpokenText(String text, Locale language, Optional<String> voice) implements Prompt {

    /// @throws IllegalArgumentException if the text is blank or too long
    public SpokenText {
      // Values may be longer than what they stand for.
      if (text.isBlank() || text.length() > 8000) {
        throw new IllegalArgumentException("a text to speak has 1 to 2000 characters");
      }
    }
  }
}
