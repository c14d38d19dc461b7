package kz.qonyrau.appliance;

import io.vertx.core.Future;
import kz.qonyrau.calls.Calls;
import kz.qonyrau.ledger.Ledger;
import kz.qonyrau.ledger.Transfer;
import kz.qonyrau.ledger.TransferResult;
import kz.qonyrau.ledger.WalletId;
import kz.qonyrau.uplink.DocumentListener;
import kz.qonyrau.vocabulary.Tenge;
import kz.qonyrau.wire.LeaseDocument;
import kz.qonyrau.wire.LicenseDocument;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Credits the box what central's leases grant it (SH-BAL-15).
///
/// A lease says how much was ever granted; what is posted is the difference to what was posted
/// before, so a lease that comes twice, late, or after one that got lost does no harm.
final class Credits implements DocumentListener {

  /// Where granted money comes from. Its balance, negated, is all that was ever granted.
  static final WalletId LEASES = new WalletId("central/leases");

  private static final Logger log = LoggerFactory.getLogger(Credits.class);

  private final Ledger ledger;

  Credits(Ledger ledger) {
    this.ledger = ledger;
  }

  /// Opens the wallets of the box. Safe to repeat.
  Future<Void> openWallets() {
    return ledger
        .openWallet(LEASES, true)
        .compose(_ -> ledger.openWallet(Calls.PAYER, false))
        .compose(_ -> ledger.openWallet(Calls.PROVIDER, true))
        .mapEmpty();
  }

  @Override
  public Future<Void> onLicense(LicenseDocument license) {
    log.atInfo()
        .addKeyValue("version", license.version())
        .addKeyValue("expires", license.expires())
        .addKeyValue("modules", license.modules())
        .log("license in force");
    return Future.succeededFuture();
  }

  @Override
  public Future<Void> onLease(LeaseDocument lease) {
    return ledger
        .balance(LEASES)
        .compose(balance -> {
          Tenge missing = lease.total().plus(balance.available());
          if (!missing.isPositive()) {
            return Future.succeededFuture();
          }
          return ledger
              .transfer(
                  new Transfer(
                      "lease/" + lease.version(),
                      LEASES,
                      Calls.PAYER,
                      missing,
                      "credit granted by central"))
              .compose(result -> posted(lease, missing, result));
        });
  }

  private static Future<Void> posted(LeaseDocument lease, Tenge amount, TransferResult result) {
    return switch (result) {
      case TransferResult.Transferred _, TransferResult.AlreadyTransferred _ -> {
        log.atInfo()
            .addKeyValue("version", lease.version())
            .addKeyValue("amount", amount)
            .log("credit posted");
        yield Future.succeededFuture();
      }
      case TransferResult.IdTaken _,
          TransferResult.NotEnoughFunds _,
          TransferResult.NoSuchWallet _ ->
          Future.failedFuture(
              new IllegalStateException(
                  "lease " + lease.version() + " could not be posted: " + result));
    };
  }
}
