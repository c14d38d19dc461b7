package kz.qonyrau.tariffs;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import kz.qonyrau.vocabulary.Tenge;

/// What a price is for, and the step by which use is counted. Unit and step are of one kind, so
/// that no line has a price per minute and a step in pieces.
public sealed interface BillingUnit {

  /// How many whole steps the use takes: a step that was begun counts.
  ///
  /// @throws IllegalArgumentException if the use is of the other kind, or more than 366 days or 999
  ///   999 999 pieces
  long steps(Quantity used);

  /// How much so many steps are.
  Quantity quantity(long steps);

  /// What so many steps cost, rounded half-up once (SH-BAL-01).
  ///
  /// @param price KZT per unit
  Tenge cost(BigDecimal price, long steps);

  /// For services that are charged by the time they last.
  ///
  /// @param unit what the price is for, 1 s to 24 h in whole milliseconds
  /// @param step 1 ms to 24 h in whole milliseconds
  record Time(Duration unit, Duration step) implements BillingUnit {

    static final Duration LONGEST_USE = Duration.ofDays(366);

    private static final Duration LONGEST = Duration.ofDays(1);

    /// @throws InvalidTariffException if a component is out of its range; it names the component
    public Time {
      InvalidTariffException.unless(
          isWithin(unit, Duration.ofSeconds(1)), "unit", "must be 1 s to 24 h");
      InvalidTariffException.unless(
          isWithin(step, Duration.ofMillis(1)), "step", "must be 1 ms to 24 h");
    }

    @Override
    public long steps(Quantity used) {
      return switch (used) {
        case Quantity.Time(Duration time) -> {
          if (time.compareTo(LONGEST_USE) > 0) {
            throw new IllegalArgumentException("time used must be 0 to 366 days, not " + time);
          }
          yield Math.ceilDiv(time.toNanos(), step.toNanos());
        }
        case Quantity.Pieces _ ->
            throw new IllegalArgumentException("is charged by time, not by pieces");
      };
    }

    @Override
    public Quantity quantity(long steps) {
      return new Quantity.Time(step.multipliedBy(steps));
    }

    @Override
    public Tenge cost(BigDecimal price, long steps) {
      return proportional(price, Math.multiplyExact(steps, step.toMillis()), unit.toMillis());
    }

    private static boolean isWithin(Duration duration, Duration shortest) {
      return duration.compareTo(shortest) >= 0
          && duration.compareTo(LONGEST) <= 0
          && duration.equals(Duration.ofMillis(duration.toMillis()));
    }
  }

  /// For services that are charged by their number.
  ///
  /// @param unit what the price is for, 1 to 1 000 000
  /// @param step 1 to 1 000 000
  record Pieces(long unit, long step) implements BillingUnit {

    static final long MOST_USED = 999_999_999;

    private static final long MOST = 1_000_000;

    /// @throws InvalidTariffException if a component is out of its range; it names the component
    public Pieces {
      InvalidTariffException.unless(unit >= 1 && unit <= MOST, "unit", "must be 1 to " + MOST);
      InvalidTariffException.unless(step >= 1 && step <= MOST, "step", "must be 1 to " + MOST);
    }

    @Override
    public long steps(Quantity used) {
      return switch (used) {
        case Quantity.Pieces(long pieces) -> {
          if (pieces > MOST_USED) {
            throw new IllegalArgumentException(
                "pieces used must be 0 to " + MOST_USED + ", not " + pieces);
          }
          yield Math.ceilDiv(pieces, step);
        }
        case Quantity.Time _ ->
            throw new IllegalArgumentException("is charged by pieces, not by time");
      };
    }

    @Override
    public Quantity quantity(long steps) {
      return new Quantity.Pieces(Math.multiplyExact(steps, step));
    }

    @Override
    public Tenge cost(BigDecimal price, long steps) {
      return proportional(price, Math.multiplyExact(steps, step), unit);
    }
  }

  private static Tenge proportional(BigDecimal price, long charged, long unit) {
    return Tenge.rounded(
        price
            .multiply(BigDecimal.valueOf(charged))
            .divide(BigDecimal.valueOf(unit), 2, RoundingMode.HALF_UP));
  }
}
