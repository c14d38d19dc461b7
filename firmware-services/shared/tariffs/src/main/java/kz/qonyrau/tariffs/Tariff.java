package kz.qonyrau.tariffs;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import kz.qonyrau.vocabulary.Tenge;

/// A price list ready to rate by. Pure: the same use always costs the same.
public final class Tariff {

  private static final Duration LONGEST_USE = Duration.ofDays(366);

  private final TariffVersion version;
  private final Map<ServiceCode, TariffLine> lines = new EnumMap<>(ServiceCode.class);

  public Tariff(TariffVersion version) {
    this.version = version;
    version.lines().forEach(line -> lines.put(line.service(), line));
  }

  /// Reads a price list and refuses everything that is not exactly one: unknown or missing fields,
  /// a service twice, a negative price, too many decimals.
  ///
  /// ```json
  /// {"version": "autocall-2026-1", "publishedAt": "2026-01-01T00:00:00Z", "lines": [
  ///   {"service": "CALL_TIME", "price": "24.0000", "unit": "PT1M", "step": "PT1S", "minimum": "0.00"}]}
  /// ```
  ///
  /// @param json UTF-8, at most 1 MiB
  /// @throws InvalidTariffException if it is not a price list; it names the field
  public static Tariff parse(byte[] json) {
    return new Tariff(TariffDocument.read(json));
  }

  public TariffVersion version() {
    return version;
  }

  /// The id of the version, kept with every charge.
  public String versionId() {
    return version.id();
  }

  /// Whether there is a price for the service.
  public boolean covers(ServiceCode service) {
    return lines.containsKey(service);
  }

  /// The time by which the use of a service is counted.
  ///
  /// @throws IllegalArgumentException if this tariff has no price for it
  public Duration step(ServiceCode service) {
    return line(service).step();
  }

  /// What it costs to have used a service for so long, as one item: time is rounded up to the step,
  /// multiplied, and rounded half-up once (SH-BAL-01). Nothing used costs nothing; anything used
  /// costs the minimum at least. Never falls as `used` grows.
  ///
  /// @param used zero to 366 days
  /// @throws IllegalArgumentException if this tariff has no price for the service, or `used` is out
  ///   of range
  public Tenge price(ServiceCode service, Duration used) {
    return rate(service, used).amount();
  }

  /// What must be held in addition before an item that was used for so long may go on for one more
  /// step (SH-BAL-06). With `used` zero it is the price of the first step, minimum included. May be
  /// zero while the minimum still covers the next step.
  ///
  /// @throws IllegalArgumentException as [#price]
  public Tenge priceOfNextStep(ServiceCode service, Duration used) {
    RatedItem soFar = rate(service, used);
    return price(service, soFar.quantity().plus(step(service))).minus(soFar.amount());
  }

  /// As [#price], with all that the price was made from.
  ///
  /// @throws IllegalArgumentException as [#price]
  public RatedItem rate(ServiceCode service, Duration used) {
    if (used.isNegative() || used.compareTo(LONGEST_USE) > 0) {
      throw new IllegalArgumentException("time used must be 0 to 366 days, not " + used);
    }
    TariffLine line = line(service);
    long steps = Math.ceilDiv(used.toNanos(), line.step().toNanos());
    Duration charged = line.step().multipliedBy(steps);
    BigDecimal exact =
        line.price()
            .multiply(BigDecimal.valueOf(charged.toNanos()))
            .divide(BigDecimal.valueOf(line.unit().toNanos()), 2, RoundingMode.HALF_UP);
    Tenge amount = Tenge.rounded(exact);
    if (steps > 0 && amount.compareTo(line.minimum()) < 0) {
      amount = line.minimum();
    }
    return new RatedItem(service, charged, line.unit(), line.price(), amount, versionId());
  }

  private TariffLine line(ServiceCode service) {
    TariffLine line = lines.get(service);
    if (line == null) {
      throw new IllegalArgumentException("tariff " + version.id() + " has no price for " + service);
    }
    return line;
  }
}
