package kz.qonyrau.fleet;

import java.time.Instant;
import java.util.Optional;
import kz.qonyrau.vocabulary.BoxId;
import org.jdbi.v3.core.Handle;

/// Refuses boxes for good. Every method runs in the caller's transaction.
final class Refusals {

  private final Leases leases;

  Refusals(Leases leases) {
    this.leases = leases;
  }

  /// Refuses a box's certificate from now on and takes back what was set aside for it, which nobody
  /// could report as spent any more.
  ///
  /// @param kind of the entry in the timeline: `REVOKED` or `RETIRED`
  /// @return since when it is refused, if it was refused before
  Optional<Instant> refuse(
      Handle handle, BoxAccount account, String kind, String reason, Instant now, String by) {
    BoxId box = account.box();
    if (account.refused()) {
      return handle
          .createQuery("SELECT revoked_at_ms FROM fleet.box WHERE id = :box")
          .bind("box", box.value())
          .mapTo(Long.class)
          .findOne()
          .map(Instant::ofEpochMilli);
    }
    leases.takeBack(handle, account, now, reason, by);
    handle
        .createUpdate("UPDATE fleet.box SET revoked_at_ms = :now, online = false WHERE id = :box")
        .bind("now", now.toEpochMilli())
        .bind("box", box.value())
        .execute();
    var _ = Timeline.add(handle, new TimelineEntry(box, now, kind, reason, Optional.of(by)));
    return Optional.empty();
  }
}
