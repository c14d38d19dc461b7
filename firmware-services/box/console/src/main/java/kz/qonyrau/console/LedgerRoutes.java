package kz.qonyrau.console;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import kz.qonyrau.calls.Calls;
import kz.qonyrau.ledger.Balance;
import kz.qonyrau.ledger.Ledger;
import kz.qonyrau.ledger.StatementLine;
import kz.qonyrau.ledger.TransferKind;
import kz.qonyrau.ledger.Verdict;
import kz.qonyrau.tariffs.Tariff;
import kz.qonyrau.vocabulary.Tenge;
import kz.qonyrau.web.Answer;
import kz.qonyrau.web.Asked;
import kz.qonyrau.web.Desk;

/// The customer's money: balance, movements, the check of the book, the prices (SH-BAL-03).
final class LedgerRoutes {

  record BalanceView(long availableTiyn, long heldTiyn) {}

  private record MovementView(
      long row, Instant at, String kind, long amountTiyn, long balanceTiyn, String reference) {}

  private record VerificationView(
      boolean sound,
      long rows,
      Optional<String> headHash,
      Optional<Long> firstBrokenRow,
      Optional<String> why) {}

  private record TariffLineView(
      String service, String price, long unitSeconds, long stepSeconds, long minimumTiyn) {}

  private record TariffView(String version, Instant publishedAt, List<TariffLineView> lines) {}

  private final Ledger ledger;
  private final Supplier<Tariff> tariff;

  LedgerRoutes(Ledger ledger, Supplier<Tariff> tariff) {
    this.ledger = ledger;
    this.tariff = tariff;
  }

  Desk on(Desk desk) {
    return desk.on("balance", _ -> Answer.ok(balance()))
        .on("statement", this::statement)
        .on("verifyLedger", _ -> Answer.ok(view(ledger.verify().await())))
        .on("tariff", _ -> Answer.ok(view(tariff.get())));
  }

  BalanceView balance() {
    Balance balance = ledger.balance(Calls.PAYER).await();
    return new BalanceView(balance.available().tiyn(), balance.held().tiyn());
  }

  private Answer statement(Asked asked) {
    int size = asked.whole("size", 50);
    Optional<Long> before =
        asked.whole("before").isPresent()
            ? Optional.of(asked.whole("before").getAsLong())
            : Optional.empty();
    // One more, because a capture shows the balance that the movement before it has left.
    List<StatementLine> own = ledger.statement(Calls.PAYER, size + 1, before).await();
    // Captured money leaves the held part; the customer wants to see it leave all the same.
    Stream<StatementLine> captured =
        ledger.statement(Calls.PAYER.held(), size, before).await().stream()
            .filter(line -> line.kind() == TransferKind.CAPTURE);
    List<StatementLine> lines =
        Stream.concat(own.stream(), captured)
            .sorted(Comparator.comparingLong(StatementLine::row).reversed())
            .toList();
    return Answer.ok(
        lines.stream().limit(size).map(line -> view(line, balanceAt(line, own))).toList());
  }

  private static Tenge balanceAt(StatementLine line, List<StatementLine> own) {
    return own.stream()
        .filter(other -> other.row() <= line.row())
        .findFirst()
        .map(StatementLine::balance)
        .orElse(Tenge.ZERO);
  }

  private static MovementView view(StatementLine line, Tenge balance) {
    String kind =
        line.kind() == TransferKind.TRANSFER && line.change().isPositive()
            ? "TOP_UP"
            : line.kind().name();
    return new MovementView(
        line.row(), line.at(), kind, line.change().tiyn(), balance.tiyn(), line.id());
  }

  private static VerificationView view(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Sound(long rows, String headHash) ->
          new VerificationView(
              true, rows, Optional.of(headHash), Optional.empty(), Optional.empty());
      case Verdict.Broken(long firstRow, String why) ->
          new VerificationView(false, 0, Optional.empty(), Optional.of(firstRow), Optional.of(why));
      case Verdict.Unbalanced(Tenge sum) ->
          new VerificationView(
              false,
              0,
              Optional.empty(),
              Optional.empty(),
              Optional.of("the balances sum to " + sum + " instead of zero"));
    };
  }

  private static TariffView view(Tariff tariff) {
    return new TariffView(
        tariff.versionId(),
        tariff.version().publishedAt(),
        tariff.version().lines().stream()
            .map(line ->
                new TariffLineView(
                    line.service().name(),
                    line.price().toPlainString(),
                    line.unit().toSeconds(),
                    Math.max(1, line.step().toSeconds()),
                    line.minimum().tiyn()))
            .toList());
  }
}
