package kz.qonyrau.appliance;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import kz.qonyrau.calls.Calls;
import kz.qonyrau.ledger.Ledger;
import kz.qonyrau.ledger.MovementKind;
import kz.qonyrau.ledger.Span;
import kz.qonyrau.notices.Funds;
import kz.qonyrau.notices.KeptNotice;
import kz.qonyrau.notices.Notices;
import kz.qonyrau.vocabulary.Tenge;
import kz.qonyrau.wire.LeaseDocument;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Has the owner warned when his money runs low (SH-BAL-18).
///
/// The box holds a part of it only. So what counts is what the lease grants, less what is spent,
/// and with it what the customer had besides when the lease was issued, as long as the lease is not
/// over. A box that never had a lease knows of no money and warns of nothing; nor does one that
/// retires, since it has given back what it had.
final class BalanceWatch {

  private static final Logger log = LoggerFactory.getLogger(BalanceWatch.class);
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private final Notices notices;
  private final Ledger ledger;
  private final UsualSpend usual;
  private final Supplier<Optional<LeaseDocument>> lease;
  private final BooleanSupplier leaseIsOver;
  private final BooleanSupplier retires;

  /// @param lease the one in force now
  /// @param leaseIsOver whether that may not be spent any more
  /// @param retires whether the end of this box has begun
  BalanceWatch(
      Notices notices,
      Ledger ledger,
      UsualSpend usual,
      Supplier<Optional<LeaseDocument>> lease,
      BooleanSupplier leaseIsOver,
      BooleanSupplier retires) {
    this.notices = notices;
    this.ledger = ledger;
    this.usual = usual;
    this.lease = lease;
    this.leaseIsOver = leaseIsOver;
    this.retires = retires;
  }

  /// Looks now, and answers within half a minute. Repeating it tells nothing twice; if it fails it
  /// is known by the next look whether anything was told.
  ///
  /// @return what was told by that
  Future<List<KeptNotice>> look() {
    return usual
        .ofADay()
        .compose(day -> notices.weigh(handle -> balance(handle).map(sum -> new Funds(sum, day))))
        .timeout(LONGEST.toSeconds(), TimeUnit.SECONDS)
        .onSuccess(told -> told.forEach(BalanceWatch::tell))
        .onFailure(
            failure -> log.atWarn().setCause(failure).log("could not look how much money is left"));
  }

  private static void tell(KeptNotice notice) {
    log.atWarn()
        .addKeyValue("code", notice.code())
        .addKeyValue("left", notice.amount().map(Tenge::toString).orElse(""))
        .log("the owner is warned that money runs low");
  }

  private Optional<Tenge> balance(Handle handle) {
    return retires.getAsBoolean() ? Optional.empty() : lease.get().map(now -> balance(handle, now));
  }

  private Tenge balance(Handle handle, LeaseDocument now) {
    Tenge own = ledger.balance(handle, Calls.PAYER).total();
    // A lease is in force a moment before it is posted, and one that takes back waits for calls;
    // without this the money would be missing, or there twice, for so long.
    Tenge granted = ledger.balance(handle, Credits.LEASES).available().negated();
    Tenge toPost = now.total().minus(granted);
    Tenge known = own.plus(toPost);
    return leaseIsOver.getAsBoolean()
        ? known
        : known.plus(now.behind()).plus(returnedSince(handle, now.issuedAt()));
  }

  /// What the box gave back since is the customer's, and no lease tells of it yet.
  private Tenge returnedSince(Handle handle, Instant issued) {
    return ledger
        .account(Credits.RETURNED)
        .tally(
            handle,
            EnumSet.of(MovementKind.TOP_UP),
            new Span(issued, Span.ALWAYS.until()),
            Long.MAX_VALUE)
        .income();
  }
}
