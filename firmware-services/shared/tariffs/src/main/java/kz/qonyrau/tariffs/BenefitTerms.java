package kz.qonyrau.tariffs;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import kz.qonyrau.vocabulary.Tenge;

/// What a benefit tariff promises and demands, before it is somebody's: as a person of the provider
/// writes it (SH-TAR-10).
///
/// @param id names the benefit in charges; of the form of a version's id
/// @param prepayment what must be paid in advance; zero if nothing
/// @param firstDay in Astana
/// @param lastDay in Astana
/// @param lines the reduced prices
public record BenefitTerms(
    String id, Tenge prepayment, LocalDate firstDay, LocalDate lastDay, List<BenefitLine> lines) {

  /// Copies the list.
  public BenefitTerms {
    lines = List.copyOf(lines);
  }

  /// Reads terms and refuses everything that is not exactly that. A volume of a timed service is a
  /// length of time, of another one a whole number; it may be left out.
  ///
  /// ```json
  /// {"benefit": "nomad-2026-1", "prepayment": "1000000.00",
  ///  "firstDay": "2026-09-01", "lastDay": "2026-12-31", "lines": [
  ///   {"service": "CALL_TIME", "price": "18.00", "committed": "PT1000H"},
  ///   {"service": "SMS_PART", "price": "8.00", "committed": 50000}]}
  /// ```
  ///
  /// @throws InvalidTariffException if it is none; it names the field
  public static BenefitTerms parse(String json) {
    return TariffDocument.readBenefit(json.getBytes(StandardCharsets.UTF_8));
  }

  /// What [#parse] reads as these terms. The same terms always give the same text.
  public String json() {
    return new String(TariffDocument.write(this), StandardCharsets.UTF_8);
  }

  /// The benefit of an account whose prices these terms reduce.
  ///
  /// @param base the version whose lines are reduced
  /// @param confirmation what the customer has confirmed, if he has
  /// @throws InvalidTariffException if the terms do not fit the base; it names the component
  public BenefitTariff of(
      UUID account, TariffVersion base, Optional<BenefitTariff.Confirmation> confirmation) {
    return new BenefitTariff(id, account, base, lines, prepayment, firstDay, lastDay, confirmation);
  }

  /// The whole list by which an account with this benefit is rated: the base with reduced prices,
  /// under the benefit's id.
  ///
  /// @throws InvalidTariffException as [#of]
  public TariffVersion list(TariffVersion base, Instant publishedAt) {
    BenefitTariff benefit = of(new UUID(0, 0), base, Optional.empty());
    List<TariffLine> whole = new ArrayList<>();
    for (TariffLine line : base.lines()) {
      whole.add(
          benefit.lines().stream()
              .filter(reduced -> reduced.service() == line.service())
              .findFirst()
              .map(reduced -> line.at(reduced.price()))
              .orElse(line));
    }
    return new TariffVersion(id, publishedAt, base.conditions(), whole);
  }
}
