package kz.qonyrau.integrations;

import java.time.Duration;
import java.time.Instant;
import java.util.NavigableSet;
import java.util.TreeSet;

/// How often a program did not slow down when it was told to (SH-API-03). Not the refusals count
/// but the minutes in which there were any: whoever runs into his limit now and then, and waits, is
/// no scraper.
final class Haste {

  /// A key that was refused in so many minutes of an hour is frozen.
  static final int MOST_MINUTES = 10;

  private static final Duration REMEMBERED = Duration.ofHours(1);

  private final NavigableSet<Long> minutes = new TreeSet<>();

  /// Notes a refusal.
  ///
  /// @return whether it is one too many
  synchronized boolean note(Instant at) {
    minutes.add(at.getEpochSecond() / 60);
    minutes.headSet(at.minus(REMEMBERED).getEpochSecond() / 60, true).clear();
    return minutes.size() >= MOST_MINUTES;
  }
}
