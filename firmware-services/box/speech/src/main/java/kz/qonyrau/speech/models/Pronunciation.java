package kz.qonyrau.speech.models;

import java.util.List;

/// One way to say a word.
///
/// @param word in lower case
/// @param phones of the model, silence not among them; at least one
record Pronunciation(String word, List<String> phones) {

  /// A word that takes longer to say is none.
  static final int MOST_PHONES = 100;

  Pronunciation {
    phones = List.copyOf(phones);
    if (phones.isEmpty() || phones.size() > MOST_PHONES) {
      throw new IllegalArgumentException(
          "a word has 1 to " + MOST_PHONES + " phones, '" + word + "' has " + phones.size());
    }
  }
}
