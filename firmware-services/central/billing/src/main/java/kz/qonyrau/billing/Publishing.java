package kz.qonyrau.billing;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import kz.qonyrau.tariffs.BenefitTerms;
import kz.qonyrau.tariffs.InvalidTariffException;
import kz.qonyrau.tariffs.Tariff;
import kz.qonyrau.tariffs.TariffVersion;
import kz.qonyrau.vocabulary.OrganisationId;
import org.jdbi.v3.core.Handle;

/// Makes price lists public (SH-TAR-01, SH-TAR-02).
final class Publishing {

  private static final int LONGEST = 12_000;

  private Publishing() {}

  /// Why a list cannot be published, if it cannot.
  static Optional<DecisionResult.NotPossible> fault(Handle handle, String list) {
    if (list.length() > LONGEST) {
      return Optional.of(
          new DecisionResult.NotPossible(
              "LIST_INVALID", "list: at most " + LONGEST + " characters"));
    }
    try {
      String id = read(list).versionId();
      return PriceLists.named(handle, id)
          .map(_ ->
              new DecisionResult.NotPossible(
                  "VERSION_TAKEN",
                  "version: " + id + " is published already; a version never changes"));
    } catch (InvalidTariffException invalid) {
      return Optional.of(
          new DecisionResult.NotPossible(
              "LIST_INVALID",
              Objects.requireNonNullElse(invalid.getMessage(), "is no price list")));
    }
  }

  /// Publishes a list without a fault. It bears the moment of its publication, which is later than
  /// that of the list before.
  static PublishedTariff publish(Handle handle, String list, Instant now, String by) {
    TariffVersion proposed = read(list).version();
    Instant published = moment(handle, now);
    Tariff tariff =
        new Tariff(
            new TariffVersion(proposed.id(), published, proposed.conditions(), proposed.lines()));
    return PriceLists.publish(
        handle,
        tariff.versionId(),
        new String(tariff.json(), StandardCharsets.UTF_8),
        published,
        by,
        Optional.empty());
  }

  /// Adds the list by which a customer is rated while a benefit holds (SH-TAR-10).
  ///
  /// @throws InvalidTariffException if the terms do not fit the base
  static PublishedTariff grant(
      Handle handle,
      OrganisationId holder,
      BenefitTerms terms,
      TariffVersion base,
      Instant now,
      String by) {
    Instant at = moment(handle, now);
    Tariff tariff = new Tariff(terms.list(base, at));
    return PriceLists.publish(
        handle,
        tariff.versionId(),
        new String(tariff.json(), StandardCharsets.UTF_8),
        at,
        by,
        Optional.of(holder));
  }

  /// Now, or a moment after what was added last.
  private static Instant moment(Handle handle, Instant now) {
    Instant earliest =
        PriceLists.newest(handle)
            .map(last -> last.publishedAt().plusMillis(1))
            .orElse(Instant.EPOCH);
    Instant at = now.truncatedTo(ChronoUnit.MILLIS);
    return at.isBefore(earliest) ? earliest : at;
  }

  private static Tariff read(String list) {
    return Tariff.parse(list.getBytes(StandardCharsets.UTF_8));
  }
}
