package kz.qonyrau.uplink;

import java.time.Duration;

/// A moment from which on something is to be done, by a clock that nobody sets. A new one is due at
/// once. For one thread only.
final class Due {

  private long nanos = System.nanoTime();

  boolean isNow() {
    return System.nanoTime() - nanos >= 0;
  }

  void atOnce() {
    nanos = System.nanoTime();
  }

  void in(Duration time) {
    nanos = System.nanoTime() + time.toNanos();
  }
}
