package kz.qonyrau.tariffs;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import kz.qonyrau.vocabulary.Tenge;

/// A price list ready to rate by. Pure: the same use always costs the same. Safe for any number of
/// threads.
public final class Tariff {

  private final TariffVersion version;
  private final Map<ServiceCode, TariffLine> lines = new EnumMap<>(ServiceCode.class);

  public Tariff(TariffVersion version) {
    this.version = version;
    version.lines().forEach(line -> lines.put(line.service(), line));
  }

  /// Reads a price list and refuses everything that is not exactly one: unknown or missing fields,
  /// a service twice, a negative price, too many decimals, another currency.
  ///
  /// ```json
  /// {"version": "autocall-2026-1", "publishedAt": "2026-01-01T00:00:00Z", "currency": "KZT",
  ///  "conditions": "Characters are free until 1 March.", "lines": [
  ///   {"service": "CALL_TIME", "price": "24.0000", "unit": "PT1M", "step": "PT1S", "minimum": "0.00"},
  ///   {"service": "SMS_PART", "price": "12.00", "unit": 1, "step": 1, "minimum": "0.00"}]}
  /// ```
  ///
  /// `currency` and `conditions` may be left out.
  ///
  /// @param json UTF-8, at most 1 MiB
  /// @throws InvalidTariffException if it is not a price list; it names the field
  public static Tariff parse(byte[] json) {
    return new Tariff(TariffDocument.read(json));
  }

  /// What [#parse] reads as this price list, UTF-8. The same list always gives the same bytes.
  public byte[] json() {
    return TariffDocument.write(version);
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

  /// The price of the service, if it has one.
  public Optional<TariffLine> line(ServiceCode service) {
    return Optional.ofNullable(lines.get(service));
  }

  /// The time by which the use of a service is counted.
  ///
  /// @throws IllegalArgumentException if this tariff has no price for it
  /// @throws IllegalStateException if the service is charged by pieces
  public Duration step(ServiceCode service) {
    return required(service).step();
  }

  /// What it costs to have used so much of a service, as one item: rounded up to the step,
  /// multiplied, and rounded half-up once (SH-BAL-01). Nothing used costs nothing; anything used
  /// costs the minimum at least. Never falls as `used` grows.
  ///
  /// @param used zero to 366 days, or to 999 999 999 pieces
  /// @throws IllegalArgumentException if this tariff has no price for the service, or `used` is out
  ///   of range or not of the service's kind
  public Tenge price(ServiceCode service, Quantity used) {
    return rate(service, used).amount();
  }

  /// As [#price(ServiceCode, Quantity)], of time.
  public Tenge price(ServiceCode service, Duration used) {
    return price(service, Quantity.of(used));
  }

  /// What must be held in addition before an item that was used so much may go on for one more step
  /// (SH-BAL-06). With nothing used it is the price of the first step, minimum included. May be
  /// zero while the minimum still covers the next step.
  ///
  /// @throws IllegalArgumentException as [#price(ServiceCode, Quantity)]
  public Tenge priceOfNextStep(ServiceCode service, Quantity used) {
    TariffLine line = required(service);
    long steps = line.billing().steps(used);
    return line.amount(steps + 1).minus(line.amount(steps));
  }

  /// As [#priceOfNextStep(ServiceCode, Quantity)], of time.
  public Tenge priceOfNextStep(ServiceCode service, Duration used) {
    return priceOfNextStep(service, Quantity.of(used));
  }

  /// As [#price(ServiceCode, Quantity)], with all that the price was made from.
  ///
  /// @throws IllegalArgumentException as [#price(ServiceCode, Quantity)]
  public RatedItem rate(ServiceCode service, Quantity used) {
    return required(service).rate(used, versionId());
  }

  /// As [#rate(ServiceCode, Quantity)], of time.
  public RatedItem rate(ServiceCode service, Duration used) {
    return rate(service, Quantity.of(used));
  }

  private TariffLine required(ServiceCode service) {
    return line(service)
        .orElseThrow(() ->
            new IllegalArgumentException(
                "tariff " + version.id() + " has no price for " + service));
  }
}
