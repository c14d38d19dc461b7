package kz.qonyrau.console;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import kz.qonyrau.calls.Calls;
import kz.qonyrau.ledger.Balance;
import kz.qonyrau.ledger.BookHead;
import kz.qonyrau.ledger.Ledger;
import kz.qonyrau.ledger.Verdict;
import kz.qonyrau.tariffs.BillingUnit;
import kz.qonyrau.tariffs.Tariff;
import kz.qonyrau.tariffs.TariffLine;
import kz.qonyrau.vocabulary.Tenge;
import kz.qonyrau.web.Answer;
import kz.qonyrau.web.Desk;
import kz.qonyrau.wire.PinDocument;

/// The customer's money: balance, the check of the book, the prices.
final class LedgerRoutes {

  record BalanceView(long availableTiyn, long heldTiyn) {}

  private record VerificationView(
      boolean sound,
      long rows,
      Optional<String> headHash,
      Optional<Long> firstBrokenRow,
      Optional<String> why) {}

  private record TariffLineView(
      String service,
      String price,
      long unitSeconds,
      long stepSeconds,
      Optional<Long> unitPieces,
      long minimumTiyn) {

    static TariffLineView of(TariffLine line) {
      return switch (line.billing()) {
        case BillingUnit.Time(Duration unit, Duration step) ->
            view(line, unit.toSeconds(), Math.max(1, step.toSeconds()), Optional.empty());
        case BillingUnit.Pieces(long unit, long _) -> view(line, 0, 0, Optional.of(unit));
      };
    }

    private static TariffLineView view(
        TariffLine line, long unitSeconds, long stepSeconds, Optional<Long> unitPieces) {
      return new TariffLineView(
          line.service().name(),
          line.price().toPlainString(),
          unitSeconds,
          stepSeconds,
          unitPieces,
          line.minimum().tiyn());
    }
  }

  /// @param since from when it rates this customer's use; empty while nothing is pinned
  private record TariffView(
      String version, Instant publishedAt, Optional<Instant> since, List<TariffLineView> lines) {}

  private final Ledger ledger;
  private final Supplier<Tariff> tariff;
  private final CentralLine central;

  LedgerRoutes(Ledger ledger, Supplier<Tariff> tariff, CentralLine central) {
    this.ledger = ledger;
    this.tariff = tariff;
    this.central = central;
  }

  Desk on(Desk desk) {
    return desk.on("balance", _ -> Answer.ok(balance()))
        .on("verifyLedger", _ -> Answer.ok(verification()))
        .on("tariff", _ -> Answer.ok(view(tariff.get(), central.pin())));
  }

  BalanceView balance() {
    Balance balance = ledger.balance(Calls.PAYER).await();
    return new BalanceView(balance.available().tiyn(), balance.held().tiyn());
  }

  private VerificationView verification() {
    Verdict verdict = ledger.verify().await();
    // What a broken book says of its own end is evidence, too.
    BookHead head = ledger.head().await();
    return switch (verdict) {
      case Verdict.Sound(long rows, String headHash) ->
          new VerificationView(
              true, rows, Optional.of(headHash), Optional.empty(), Optional.empty());
      case Verdict.Broken(long firstRow, String why) ->
          new VerificationView(
              false,
              head.rows(),
              Optional.of(head.hash()),
              Optional.of(firstRow).filter(row -> row > 0),
              Optional.of(why));
      case Verdict.Unbalanced(Tenge sum) ->
          new VerificationView(
              false,
              head.rows(),
              Optional.of(head.hash()),
              Optional.empty(),
              Optional.of("the balances sum to " + sum + " instead of zero"));
    };
  }

  private static TariffView view(Tariff tariff, Optional<PinDocument> pin) {
    return new TariffView(
        tariff.versionId(),
        tariff.version().publishedAt(),
        pin.map(PinDocument::since),
        tariff.version().lines().stream().map(TariffLineView::of).toList());
  }
}
