package kz.qonyrau.campaigns;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/// What the box understands of what subscribers say.
public interface Understanding {

  /// The languages for which there is a speech model (AC-STT-05).
  Set<Locale> languages();

  /// The words in a phrase that the language's speech model does not know, in order. Nobody can say
  /// them to a call.
  ///
  /// @param language one of [#languages]
  /// @throws IllegalArgumentException if the phrase holds anything but letters, hyphens,
  ///   apostrophes and spaces
  List<String> unknownWords(Locale language, String phrase);
}
