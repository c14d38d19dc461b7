package kz.qonyrau.speech.models;

import java.util.List;
import java.util.Optional;

/// How a model would expect an own word to be said.
///
/// @param word in lower case
/// @param ways the phones of each way, separated by spaces, as `lexicon.txt` has them; none if it
///   cannot be said
/// @param fault why it cannot be said; empty if it can
/// @param detail the same for a person, in English, with what to do; empty if it can be said
public record SaidWord(String word, List<String> ways, Optional<SayingFault> fault, String detail) {

  public SaidWord {
    ways = List.copyOf(ways);
  }
}
