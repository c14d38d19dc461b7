package kz.qonyrau.tariffs;

import java.time.Duration;

/// How much of a service was used.
public sealed interface Quantity {

  static Quantity of(Duration time) {
    return new Time(time);
  }

  static Quantity of(long pieces) {
    return new Pieces(pieces);
  }

  /// How long it lasted.
  ///
  /// @param time zero or more
  record Time(Duration time) implements Quantity {

    /// @throws IllegalArgumentException if it is negative
    public Time {
      if (time.isNegative()) {
        throw new IllegalArgumentException("time used must not be negative: " + time);
      }
    }
  }

  /// How many there were: parts of text messages, characters, periods of a plan.
  ///
  /// @param pieces zero or more
  record Pieces(long pieces) implements Quantity {

    /// @throws IllegalArgumentException if it is negative
    public Pieces {
      if (pieces < 0) {
        throw new IllegalArgumentException("pieces used must not be negative: " + pieces);
      }
    }
  }
}
