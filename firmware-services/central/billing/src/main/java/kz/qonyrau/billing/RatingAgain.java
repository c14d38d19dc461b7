package kz.qonyrau.billing;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import kz.qonyrau.tariffs.Catalogue;
import kz.qonyrau.tariffs.Rerating;
import kz.qonyrau.tariffs.Tariff;
import kz.qonyrau.tariffs.TariffVersion;
import kz.qonyrau.tariffs.UsageLine;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.vocabulary.OrganisationId;
import org.jdbi.v3.core.Handle;

/// Compares what boxes charged with what the customer's price list says.
final class RatingAgain {

  /// The catalogue as it was last read. Versions never change, so it is whole if it has as many as
  /// the table.
  private final AtomicReference<Catalogue> known = new AtomicReference<>(Catalogue.EMPTY);

  /// Compares each line, and counts what differs in a case.
  ///
  /// @return whether something differs
  boolean check(
      Handle handle,
      OrganisationId organisation,
      BoxId box,
      String item,
      Instant renderedAt,
      List<UsageLine> lines,
      Instant now) {
    if (lines.isEmpty()) {
      return false;
    }
    Catalogue catalogue = catalogue(handle);
    Optional<Tariff> rating =
        PriceLists.pinnedId(handle, organisation, renderedAt).flatMap(catalogue::find);
    if (rating.isEmpty()) {
      return false;
    }
    boolean differs = false;
    for (UsageLine line : lines) {
      if (Rerating.of(line, rating.get(), catalogue) instanceof Rerating.Differs found) {
        differs = true;
        RatingCases.add(
            handle,
            new RatingCases.Difference(
                organisation, box, item, line, rating.get().versionId(), found),
            now);
      }
    }
    return differs;
  }

  private Catalogue catalogue(Handle handle) {
    Catalogue catalogue = known.get();
    if (PriceLists.count(handle) != catalogue.versions().size()) {
      List<TariffVersion> versions =
          PriceLists.all(handle, false).reversed().stream()
              .map(published -> published.tariff().version())
              .toList();
      catalogue = Catalogue.of(versions);
      known.set(catalogue);
    }
    return catalogue;
  }
}
