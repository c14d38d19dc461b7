package kz.qonyrau.speech.vosk;

import java.time.Duration;

/// Settings for tests: those of the product, without shedding, and with one thing changed.
final class Limits {

  private int threads = 2;
  private int listenings = 50;
  private Duration queue = Duration.ofSeconds(30);
  private Duration idle = Duration.ofMinutes(1);
  private Duration longest = Duration.ofHours(1);
  private Duration hang = Duration.ofSeconds(20);
  private Duration behind = Duration.ofHours(1);
  private Duration patience = Duration.ofMinutes(1);
  private long growth = 512L << 20;

  Limits threads(int value) {
    threads = value;
    return this;
  }

  Limits listenings(int value) {
    listenings = value;
    return this;
  }

  Limits queue(Duration value) {
    queue = value;
    return this;
  }

  Limits idle(Duration value) {
    idle = value;
    return this;
  }

  Limits longest(Duration value) {
    longest = value;
    return this;
  }

  Limits hang(Duration value) {
    hang = value;
    return this;
  }

  Limits behind(Duration value) {
    behind = value;
    return this;
  }

  Limits patience(Duration value) {
    patience = value;
    return this;
  }

  Limits growth(long value) {
    growth = value;
    return this;
  }

  VoskSettings settings() {
    return new VoskSettings(
        threads, listenings, queue, idle, longest, hang, behind, patience, growth, 0);
  }
}
