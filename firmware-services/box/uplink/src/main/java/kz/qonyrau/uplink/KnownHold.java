package kz.qonyrau.uplink;

import java.time.Instant;
import java.util.Optional;
import kz.qonyrau.store.HeldPeriod;
import kz.qonyrau.vocabulary.AstanaTime;
import kz.qonyrau.wire.LegalHold;

/// A legal hold that this box was told of (SH-RET-02).
///
/// @param takenAt since when the box keeps what it covers
/// @param liftedAt when the box learned that it is lifted; empty while it stands
public record KnownHold(LegalHold hold, Instant takenAt, Optional<Instant> liftedAt) {

  /// Later than anything that a box ever kept.
  private static final Instant NEVER = Instant.parse("9999-01-01T00:00:00Z");

  /// Whether nothing of it may be deleted now.
  public boolean stands() {
    return liftedAt.isEmpty();
  }

  /// What of the box it covers, as calls begin: everything, or the days of Astana that it names.
  public HeldPeriod period() {
    return hold.days()
        .map(days ->
            new HeldPeriod(
                hold.id(),
                AstanaTime.instantOf(days.from().atStartOfDay()),
                AstanaTime.instantOf(days.to().plusDays(1).atStartOfDay()),
                liftedAt))
        .orElseGet(() -> new HeldPeriod(hold.id(), Instant.EPOCH, NEVER, liftedAt));
  }
}
