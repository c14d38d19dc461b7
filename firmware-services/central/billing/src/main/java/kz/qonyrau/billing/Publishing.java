package kz.qonyrau.billing;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import kz.qonyrau.tariffs.InvalidTariffException;
import kz.qonyrau.tariffs.Tariff;
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
          .map(taken ->
              new DecisionResult.NotPossible(
                  "VERSION_TAKEN",
                  "version: " + id + " is published already; a version never changes"));
    } catch (InvalidTariffException invalid) {
      return Optional.of(
          new DecisionResult.NotPossible(
              "LIST_INVALID",
              Objects.requireNonNullElse(invalid.getMessage(), "not a price list")));
    }
  }

  static PublishedTariff publish(Handle handle, String list, Instant at, String by) {
    Tariff read = read(list);
    return PriceLists.publish(handle, read.versionId(), list, at, by);
  }

  private static Tariff read(String list) {
    return Tariff.parse(list.getBytes(StandardCharsets.UTF_8));
  }
}
