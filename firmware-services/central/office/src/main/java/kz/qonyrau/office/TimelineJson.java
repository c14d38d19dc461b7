package kz.qonyrau.office;

import java.time.Instant;
import java.util.Optional;
import kz.qonyrau.fleet.TimelineEntry;

/// What happened to a box, as the contract shows it.
record TimelineJson(Instant at, String boxId, String kind, String detail, Optional<String> by) {

  static TimelineJson of(TimelineEntry entry) {
    return new TimelineJson(
        entry.at(), entry.box().value(), entry.kind(), entry.detail(), entry.by());
  }
}
