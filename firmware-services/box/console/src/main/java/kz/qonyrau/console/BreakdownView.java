package kz.qonyrau.console;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import kz.qonyrau.campaigns.Breakdown;
import kz.qonyrau.campaigns.Reason;

/// Why contacts are not being called, counted, as pages show it.
record BreakdownView(long contacts, List<Part> parts) {

  record Part(Reason reason, long amount, Optional<Instant> until) {}

  static BreakdownView of(Breakdown breakdown) {
    return new BreakdownView(
        breakdown.contacts(),
        breakdown.parts().stream()
            .map(part -> new Part(part.reason(), part.amount(), part.until()))
            .toList());
  }
}
