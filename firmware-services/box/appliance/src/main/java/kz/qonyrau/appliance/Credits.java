package kz.qonyrau.appliance;

import io.vertx.core.Future;
import java.util.concurrent.atomic.AtomicLong;
import kz.qonyrau.calls.Calls;
import kz.qonyrau.calls.Spending;
import kz.qonyrau.ledger.BookHead;
import kz.qonyrau.ledger.Ledger;
import kz.qonyrau.ledger.Transfer;
import kz.qonyrau.ledger.TransferResult;
import kz.qonyrau.ledger.WalletId;
import kz.qonyrau.uplink.Purse;
import kz.qonyrau.vocabulary.Tenge;
import kz.qonyrau.wire.BookStatement;
import kz.qonyrau.wire.BookStatement.Cause;
import kz.qonyrau.wire.LeaseDocument;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps in the book what central grants the box, takes back, and gets back (SH-BAL-15).
///
/// A lease says how much was granted in all. What is posted is the difference to what was posted
/// before, in either direction, so a lease that comes twice, late, or after one that got lost does
/// no harm. Less than before takes back what is there, and the rest when it comes free. At every
/// moment granted = returned + spent + held + available.
final class Credits implements Purse {

  /// Where granted money comes from. Its balance, negated, is all that leases grant.
  static final WalletId LEASES = new WalletId("central/leases");

  /// What the box gave back of its own accord.
  static final WalletId RETURNED = new WalletId("central/returned");

  private static final Logger log = LoggerFactory.getLogger(Credits.class);

  private final Ledger ledger;
  private final Calls calls;
  private final AtomicLong newest = new AtomicLong();

  Credits(Ledger ledger, Calls calls) {
    this.ledger = ledger;
    this.calls = calls;
  }

  /// Opens the wallets of the box. Safe to repeat.
  Future<Void> openWallets() {
    return ledger
        .openWallet(LEASES, true)
        .compose(_ -> ledger.openWallet(RETURNED, false))
        .compose(_ -> ledger.openWallet(Calls.PAYER, false))
        .compose(_ -> ledger.openWallet(Calls.PROVIDER, true))
        .mapEmpty();
  }

  @Override
  public Posting post(Handle handle, LeaseDocument lease) {
    Posting nothing = new Posting(Tenge.ZERO, Tenge.ZERO, Tenge.ZERO);
    if (newest.accumulateAndGet(lease.version(), Math::max) > lease.version()) {
      return nothing;
    }
    Tenge granted = granted(handle);
    int compared = lease.total().compareTo(granted);
    if (compared == 0) {
      return nothing;
    }
    return compared > 0
        ? grant(handle, lease, lease.total().minus(granted))
        : takeBack(handle, lease, granted);
  }

  private Tenge granted(Handle handle) {
    return Tenge.ZERO.minus(ledger.balance(handle, LEASES).available());
  }

  private Posting grant(Handle handle, LeaseDocument lease, Tenge missing) {
    move(
        handle,
        new Transfer(
            "lease/" + lease.version(), LEASES, Calls.PAYER, missing, "credit granted by central"));
    log.atInfo()
        .addKeyValue("version", lease.version())
        .addKeyValue("amount", missing)
        .log("credit posted");
    return new Posting(missing, Tenge.ZERO, Tenge.ZERO);
  }

  /// The id names the lease and from where it goes down, which a lease does to each place once.
  private Posting takeBack(Handle handle, LeaseDocument lease, Tenge granted) {
    Tenge tooMuch = granted.minus(lease.total());
    Tenge available = ledger.balance(handle, Calls.PAYER).available();
    Tenge now = available.compareTo(tooMuch) < 0 ? available : tooMuch;
    if (now.isPositive()) {
      move(
          handle,
          new Transfer(
              "lease/" + lease.version() + "/from/" + granted.tiyn(),
              Calls.PAYER,
              LEASES,
              now,
              "credit taken back by central"));
      log.atInfo()
          .addKeyValue("version", lease.version())
          .addKeyValue("amount", now)
          .addKeyValue("stillHeld", tooMuch.minus(now))
          .log("credit taken back");
    }
    return new Posting(Tenge.ZERO, now, tooMuch.minus(now));
  }

  @Override
  public Tenge giveBack(Handle handle, String id) {
    Tenge available = ledger.balance(handle, Calls.PAYER).available();
    if (available.isPositive()) {
      move(
          handle,
          new Transfer(id, Calls.PAYER, RETURNED, available, "credit given back to central"));
    }
    return available;
  }

  private void move(Handle handle, Transfer transfer) {
    TransferResult result = ledger.transfer(handle, transfer);
    switch (result) {
      case TransferResult.Transferred _ -> {}
      case TransferResult.AlreadyTransferred _,
          TransferResult.IdTaken _,
          TransferResult.NotEnoughFunds _,
          TransferResult.NoSuchWallet _ ->
          throw new IllegalStateException(transfer.id() + " could not be posted: " + result);
    }
  }

  @Override
  public BookStatement statement(Handle handle, Cause cause, long leaseVersion) {
    Spending spending = calls.spending(handle);
    BookHead head = ledger.head(handle);
    return new BookStatement(
        cause,
        leaseVersion,
        granted(handle),
        ledger.balance(handle, RETURNED).available(),
        spending.spent(),
        spending.held(),
        spending.available(),
        head.rows(),
        head.rows() == 0 ? "0".repeat(64) : head.hash());
  }
}
