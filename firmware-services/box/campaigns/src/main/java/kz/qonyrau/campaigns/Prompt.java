package kz.qonyrau.campaigns;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What a subscriber hears when he answers.
public sealed interface Prompt {

  /// What a recording is taken to speak where nothing else tells.
  Locale USUAL_LANGUAGE = Locale.of("ru");

  /// Another text on the same call: by the same voice, where it speaks the language.
  default SpokenText beside(String text, Locale language) {
    return new SpokenText(
        text,
        language,
        this instanceof SpokenText(var _, Locale own, Optional<String> voice)
                && own.equals(language)
            ? voice
            : Optional.empty());
  }

  /// The same with a contact's values in their places.
  ///
  /// @throws IllegalArgumentException if they leave the text blank, or make it too long
  default Prompt filled(Map<String, String> variables) {
    return switch (this) {
      case UploadedAudio audio -> audio;
      case SpokenText(String text, var language, var voice) ->
          new SpokenText(PromptText.fill(text, variables), language, voice);
    };
  }

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
