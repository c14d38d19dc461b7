package kz.qonyrau.billing;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import kz.qonyrau.tariffs.Catalogue;
import kz.qonyrau.tariffs.Rerating;
import kz.qonyrau.tariffs.Tariff;
import kz.qonyrau.tariffs.UsageLine;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.vocabulary.OrganisationId;
import org.jdbi.v3.core.Handle;

/// Compares what boxes charged with what the customer's price list says.
final class RatingAgain {

  private final BenefitExits exits;

  /// The lists as they were last read. Versions never change, so it is whole if it has as many as
  /// the table.
  private final AtomicReference<Lists> known =
      new AtomicReference<>(new Lists(Catalogue.EMPTY, Map.of()));

  /// All lists.
  ///
  /// @param held those that hold for one customer, by name
  private record Lists(Catalogue catalogue, Map<String, OrganisationId> held) {}

  RatingAgain(BenefitExits exits) {
    this.exits = exits;
  }

  /// Compares each line, and counts what differs in a case. What was rated by a benefit of the
  /// customer is kept, as it may have to be rated once more.
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
    Lists lists = lists(handle);
    for (UsageLine line : lines) {
      if (organisation.equals(lists.held().get(line.tariffVersion()))) {
        exits.keep(handle, box, item, renderedAt, line);
      }
    }
    Optional<Tariff> rating =
        PriceLists.pinnedId(handle, organisation, renderedAt).flatMap(lists.catalogue()::find);
    if (rating.isEmpty()) {
      return false;
    }
    boolean differs = false;
    for (UsageLine line : lines) {
      if (Rerating.of(line, rating.get(), lists.catalogue()) instanceof Rerating.Differs found) {
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

  private Lists lists(Handle handle) {
    Lists lists = known.get();
    if (PriceLists.count(handle) != lists.catalogue().versions().size()) {
      List<PublishedTariff> all = PriceLists.all(handle, false).reversed();
      Map<String, OrganisationId> held = new HashMap<>();
      all.forEach(list -> list.holder().ifPresent(holder -> held.put(list.id(), holder)));
      lists =
          new Lists(
              Catalogue.of(all.stream().map(list -> list.tariff().version()).toList()),
              Map.copyOf(held));
      known.set(lists);
    }
    return lists;
  }
}
