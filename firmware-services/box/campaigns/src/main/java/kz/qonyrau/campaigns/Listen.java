package kz.qonyrau.campaigns;

import java.time.Duration;
import java.util.List;

/// What is recognised after the message.
///
/// @param longest how long to wait for the answer, 1 to 60 s
/// @param phrases expected answers, at most 500; empty means free speech
public record Listen(Duration longest, List<String> phrases) {

  /// @throws IllegalArgumentException if a value is out of its range
  public Listen {
    phrases = List.copyOf(phrases);
    if (longest.compareTo(Duration.ofSeconds(1)) < 0
        || longest.compareTo(Duration.ofSeconds(60)) > 0) {
      throw new IllegalArgumentException("listening lasts 1 to 60 s, not " + longest);
    }
    if (phrases.size() > 500) {
      throw new IllegalArgumentException("at most 500 phrases, not " + phrases.size());
    }
  }
}
