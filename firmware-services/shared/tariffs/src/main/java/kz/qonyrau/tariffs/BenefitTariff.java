package kz.qonyrau.tariffs;

import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import kz.qonyrau.vocabulary.AstanaTime;
import kz.qonyrau.vocabulary.Tenge;

/// Reduced prices that were granted to one account in return for a prepayment, a volume, or both
/// (SH-TAR-10). They hold only while [#watch] says so; leaving early is [EarlyExit].
///
/// @param id names the benefit in charges; of the form of a version's id
/// @param account whose it is
/// @param base the version whose lines are reduced
/// @param lines one per service, at least one, each below the base line's price
/// @param prepayment what must have been paid in advance; zero if nothing
/// @param firstDay in Astana
/// @param lastDay in Astana; the benefit ends when it does
/// @param confirmation what the customer has confirmed; empty until then
public record BenefitTariff(
    String id,
    UUID account,
    TariffVersion base,
    List<BenefitLine> lines,
    Tenge prepayment,
    LocalDate firstDay,
    LocalDate lastDay,
    Optional<Confirmation> confirmation) {

  /// The customer's two separate agreements.
  ///
  /// @param conditions when the conditions were confirmed
  /// @param recalculation when the rule of recalculation was
  public record Confirmation(Instant conditions, Instant recalculation) {

    boolean isComplete(Instant moment) {
      return !conditions.isAfter(moment) && !recalculation.isAfter(moment);
    }
  }

  /// @throws InvalidTariffException if something is wrong; it names the component
  public BenefitTariff {
    TariffVersion.requireName("id", id);
    InvalidTariffException.unless(!id.equals(base.id()), "id", "is that of the base tariff");
    lines = List.copyOf(lines);
    InvalidTariffException.unless(!lines.isEmpty(), "lines", "must have at least one line");
    Set<ServiceCode> seen = EnumSet.noneOf(ServiceCode.class);
    for (int i = 0; i < lines.size(); i++) {
      try {
        requireReduced(lines.get(i), base);
        InvalidTariffException.unless(
            seen.add(lines.get(i).service()), "service", lines.get(i).service() + " comes twice");
      } catch (InvalidTariffException fault) {
        throw fault.within("lines[" + i + "]");
      }
    }
    InvalidTariffException.unless(!prepayment.isNegative(), "prepayment", "must not be negative");
    InvalidTariffException.unless(
        prepayment.isPositive() || lines.stream().anyMatch(line -> line.committed().isPresent()),
        "prepayment",
        "must be positive where no volume is committed");
    InvalidTariffException.unless(
        !lastDay.isBefore(firstDay), "lastDay", "must not be before the first day");
  }

  /// What may not be done with the money that was paid for it. The same for every benefit tariff.
  public Set<Restriction> restrictions() {
    return EnumSet.allOf(Restriction.class);
  }

  /// The benefit, once the customer has confirmed it.
  ///
  /// @throws IllegalStateException if it was confirmed before
  public BenefitTariff confirmed(Confirmation by) {
    if (confirmation.isPresent()) {
      throw new IllegalStateException("benefit tariff " + id + " was confirmed before");
    }
    return new BenefitTariff(
        id, account, base, lines, prepayment, firstDay, lastDay, Optional.of(by));
  }

  /// Whether it reduces the price of the service.
  public boolean covers(ServiceCode service) {
    return lines.stream().anyMatch(line -> line.service() == service);
  }

  /// Rates one use at the reduced price. The item names the benefit in place of a version.
  ///
  /// @throws IllegalArgumentException if the benefit does not cover the service, or as
  ///   [Tariff#rate(ServiceCode, Quantity)]
  public RatedItem rate(ServiceCode service, Quantity used) {
    return lines.stream()
        .filter(line -> line.service() == service)
        .findFirst()
        .flatMap(reduced -> base.line(service).map(line -> line.at(reduced.price())))
        .orElseThrow(() ->
            new IllegalArgumentException("benefit tariff " + id + " has no price for " + service))
        .rate(used, id);
  }

  /// Whether the reduced prices hold at that moment, and if not, why (SH-TAR-11).
  public BenefitStanding watch(BenefitProgress progress, Instant moment) {
    if (confirmation.filter(given -> given.isComplete(moment)).isEmpty()) {
      return new BenefitStanding.Unconfirmed();
    }
    if (AstanaTime.dateOf(moment).isBefore(firstDay)) {
      return new BenefitStanding.NotStarted(firstDay);
    }
    List<BenefitFailure> failures = progress.failures(this, AstanaTime.dateOf(moment));
    return failures.isEmpty()
        ? new BenefitStanding.Applies()
        : new BenefitStanding.Failed(failures);
  }

  /// Whether the moment lies within the first and the last day.
  public boolean includes(Instant moment) {
    LocalDate day = AstanaTime.dateOf(moment);
    return !day.isBefore(firstDay) && !day.isAfter(lastDay);
  }

  private static void requireReduced(BenefitLine reduced, TariffVersion base) {
    Optional<TariffLine> line = base.line(reduced.service());
    InvalidTariffException.unless(
        line.isPresent(), "service", "the base tariff has no price for " + reduced.service());
    line.ifPresent(of ->
        InvalidTariffException.unless(
            of.at(reduced.price()).price().compareTo(of.price()) < 0,
            "price",
            "must be below " + of.price().toPlainString() + ", that of the base tariff"));
  }
}
