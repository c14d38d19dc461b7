package kz.qonyrau.calls;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// One of the answers that a question expects.
///
/// @param name what the log and the counts call it; 1 to 60 characters
/// @param key the key that stands for it, `0` to `9`, `*` or `#`
/// @param phrases the ways to say it, by language
/// @param replies what the call says to it before it ends, by language; without one for the
///   language of the answer, it just ends
public record Choice(
    String name,
    Optional<Character> key,
    Map<Locale, List<String>> phrases,
    Map<Locale, Sound> replies) {

  /// @throws IllegalArgumentException naming the field that is wrong
  public Choice {
    if (name.isBlank() || name.length() > 60) {
      throw new IllegalArgumentException("name: an answer's name has 1 to 60 characters");
    }
    key.ifPresent(one -> {
      if ("0123456789*#".indexOf(one) < 0) {
        throw new IllegalArgumentException("key: 0 to 9, * or #, not '" + one + "'");
      }
    });
    Map<Locale, List<String>> copy = new HashMap<>();
    phrases.forEach((language, some) -> copy.put(language, List.copyOf(some)));
    phrases = Map.copyOf(copy);
    replies = Map.copyOf(replies);
    if (key.isEmpty() && phrases.values().stream().allMatch(List::isEmpty)) {
      throw new IllegalArgumentException(
          "phrases: the answer '" + name + "' needs a key or a way to say it");
    }
  }
}
