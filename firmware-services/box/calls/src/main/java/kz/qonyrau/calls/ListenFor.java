package kz.qonyrau.calls;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// What a call listens for once its prompt has been played.
///
/// @param language the language of the expected answer
/// @param phrases the answers that are expected; empty means free speech
/// @param atMost how long to wait for an answer after the prompt, 1 s to 60 s
public record ListenFor(Locale language, List<String> phrases, Duration atMost) {

  public ListenFor {
    phrases = List.copyOf(phrases);
    if (atMost.compareTo(Duration.ofSeconds(1)) < 0
        || atMost.compareTo(Duration.ofMinutes(1)) > 0) {
      throw new IllegalArgumentException("a call listens for 1 s to 60 s, not " + atMost);
    }
  }
}
