package kz.qonyrau.appliance;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import kz.qonyrau.ledger.HeldMoney;
import kz.qonyrau.ledger.Ledger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Gives back money that is held for items of which nobody has heard for a day. No call lasts so
/// long, and calls that are lost are settled within minutes; so each of them is a fault, and told
/// in the log.
///
/// A day has passed when central says so: a clock that jumps ahead must not let go of the money of
/// calls that are under way.
final class ForgottenHolds {

  private static final Logger log = LoggerFactory.getLogger(ForgottenHolds.class);
  private static final Duration FORGOTTEN = Duration.ofHours(24);

  private final Ledger ledger;
  private final Supplier<Instant> lastWord;

  /// @param lastWord the latest time that central vouched for
  ForgottenHolds(Ledger ledger, Supplier<Instant> lastWord) {
    this.ledger = ledger;
    this.lastWord = lastWord;
  }

  /// Looks now. Repeating it changes nothing.
  Future<List<HeldMoney>> look() {
    return ledger
        .expire(lastWord.get().minus(FORGOTTEN))
        .onSuccess(holds ->
            holds.forEach(hold ->
                log.atError()
                    .addKeyValue("hold", hold.id())
                    .addKeyValue("amount", hold.held())
                    .addKeyValue("since", hold.heldAt())
                    .log("money was held for a day by something that never ended; given back")))
        .onFailure(failure ->
            log.atWarn().setCause(failure).log("could not look for money that is held for ever"));
  }
}
