package kz.qonyrau.ledger;

import io.vertx.core.Future;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kz.qonyrau.store.Store;
import kz.qonyrau.vocabulary.Tenge;
import org.jdbi.v3.core.Handle;

/// One walk through the book from its first row to its last.
///
/// Rows never change, so most of the walk happens on a reader while the writer works on. Only the
/// rows that came meanwhile, and the comparison with balances and open holds, are done on the
/// writer. In memory stand one balance per wallet and the holds that are open at the row in hand.
final class Examination {

  private static final int PAGE = 1000;

  /// Found what is wrong. Ends the walk.
  private static final class Found extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Verdict verdict;

    Found(Verdict verdict) {
      super(null, null, false, false);
      this.verdict = verdict;
    }
  }

  /// What the rows say about one hold.
  private record Story(
      WalletId wallet, Tenge held, Tenge captured, Tenge released, boolean expired) {

    boolean isOver() {
      return captured.plus(released).equals(held);
    }

    boolean agrees(HeldMoney hold) {
      return wallet.equals(hold.wallet())
          && held.equals(hold.held())
          && captured.equals(hold.captured())
          && released.equals(hold.released())
          && state() == hold.state();
    }

    private HoldState state() {
      if (!isOver()) {
        return HoldState.HELD;
      }
      if (captured.isPositive()) {
        return HoldState.CAPTURED;
      }
      return expired ? HoldState.EXPIRED : HoldState.RELEASED;
    }
  }

  private final Store store;
  private final Map<WalletId, Tenge> balances = new HashMap<>();
  private final Map<String, Story> open = new HashMap<>();
  private long lastLine;
  private String lastHash = Row.BEFORE_THE_FIRST;
  private long holds;

  Examination(Store store) {
    this.store = store;
  }

  Future<Verdict> run() {
    return store
        .read(handle -> judge(handle, false))
        .compose(found ->
            found.isPresent()
                ? Future.succeededFuture(found.get())
                : store.write(handle ->
                    judge(handle, true).orElseGet(() -> new Verdict.Sound(lastLine, lastHash))));
  }

  private Optional<Verdict> judge(Handle handle, boolean toTheEnd) {
    try {
      walk(handle);
      if (toTheEnd) {
        compareHead(handle);
        compareBalances(handle);
        compareHolds(handle, open.keySet());
        countHolds(handle);
      }
      return Optional.empty();
    } catch (Found found) {
      return Optional.of(found.verdict);
    }
  }

  private void walk(Handle handle) throws Found {
    List<Row> rows;
    do {
      rows = page(handle);
      List<String> settled = new ArrayList<>();
      for (Row row : rows) {
        examine(row);
        Optional<String> hold = row.holdId();
        if (hold.isPresent() && tell(row, hold.get()).isOver()) {
          settled.add(hold.get());
        }
      }
      compareHolds(handle, settled);
      settled.forEach(open::remove);
    } while (rows.size() == PAGE);
  }

  private List<Row> page(Handle handle) throws Found {
    try {
      return Book.rows(handle, lastLine, PAGE);
    } catch (IllegalArgumentException nonsense) {
      // A value that no code of ours can have written.
      throw broken(
          lastLine + 1,
          "a row at or after " + (lastLine + 1) + " cannot be read: " + nonsense.getMessage());
    }
  }

  private void examine(Row row) throws Found {
    long expected = lastLine + 1;
    if (row.line() != expected) {
      throw broken(expected, "row " + expected + " is missing");
    }
    if (!row.previousHash().equals(lastHash)) {
      throw broken(expected, "row " + expected + " does not follow the row before it");
    }
    if (!row.computeHash().equals(row.hash())) {
      throw broken(expected, "row " + expected + " was changed");
    }
    move(row);
    lastLine = expected;
    lastHash = row.hash();
  }

  private void move(Row row) throws Found {
    Tenge debitAfter;
    Tenge creditAfter;
    try {
      debitAfter = balances.getOrDefault(row.debit(), Tenge.ZERO).minus(row.amount());
      creditAfter = balances.getOrDefault(row.credit(), Tenge.ZERO).plus(row.amount());
    } catch (ArithmeticException outOfRange) {
      throw broken(row.line(), "row " + row.line() + " moves more than any wallet can hold");
    }
    if (!debitAfter.equals(row.debitAfter()) || !creditAfter.equals(row.creditAfter())) {
      throw broken(
          row.line(), "row " + row.line() + " states balances that the rows before do not give");
    }
    balances.put(row.debit(), debitAfter);
    balances.put(row.credit(), creditAfter);
  }

  /// Adds a row to the story of its hold.
  private Story tell(Row row, String id) throws Found {
    Story told =
        switch (row.kind()) {
          case TRANSFER -> throw broken(row.line(), "row " + row.line() + " names a hold");
          case HOLD -> {
            holds++;
            yield new Story(row.debit(), row.amount(), Tenge.ZERO, Tenge.ZERO, false);
          }
          case EXTENSION -> {
            Story past = past(row, id);
            yield new Story(
                past.wallet, past.held.plus(row.amount()), past.captured, past.released, false);
          }
          case CAPTURE -> {
            Story past = past(row, id);
            yield new Story(
                past.wallet, past.held, past.captured.plus(row.amount()), past.released, false);
          }
          case RELEASE -> {
            Story past = past(row, id);
            yield new Story(
                past.wallet,
                past.held,
                past.captured,
                past.released.plus(row.amount()),
                row.reason().equals(Ledger.EXPIRED));
          }
        };
    open.put(id, told);
    return told;
  }

  private Story past(Row row, String id) throws Found {
    Story past = open.get(id);
    if (past == null) {
      throw broken(row.line(), "row " + row.line() + " belongs to no open hold");
    }
    return past;
  }

  private void compareHolds(Handle handle, Collection<String> ids) throws Found {
    List<String> remaining = List.copyOf(ids);
    for (int from = 0; from < remaining.size(); from += PAGE) {
      List<String> some = remaining.subList(from, Math.min(from + PAGE, remaining.size()));
      Map<String, HeldMoney> stated = new HashMap<>();
      Book.holds(handle, some).forEach(hold -> stated.put(hold.id(), hold));
      for (String id : some) {
        HeldMoney hold = stated.get(id);
        Story told = open.get(id);
        if (hold == null || told == null || !told.agrees(hold)) {
          throw broken(0, "hold " + id + " is not as its rows tell");
        }
      }
    }
  }

  private void compareHead(Handle handle) throws Found {
    Book.Head head = Book.head(handle);
    if (head.line() > lastLine) {
      throw broken(lastLine + 1, "the book had " + head.line() + " rows, the last are missing");
    }
    if (head.line() < lastLine || !head.hash().equals(lastHash)) {
      throw broken(lastLine, "the book ends at row " + head.line() + " by its own account");
    }
  }

  private void compareBalances(Handle handle) throws Found {
    List<Wallet> wallets = Book.wallets(handle);
    BigInteger sum =
        wallets.stream()
            .map(wallet -> BigInteger.valueOf(wallet.balance().tiyn()))
            .reduce(BigInteger.ZERO, BigInteger::add);
    if (sum.signum() != 0) {
      BigInteger most = BigInteger.valueOf(Long.MAX_VALUE);
      throw new Found(
          new Verdict.Unbalanced(new Tenge(sum.min(most).max(most.negate()).longValueExact())));
    }
    for (Wallet wallet : wallets) {
      Tenge told = balances.getOrDefault(wallet.id(), Tenge.ZERO);
      if (!wallet.balance().equals(told)) {
        throw broken(
            0, "wallet " + wallet.id() + " has " + wallet.balance() + ", its rows give " + told);
      }
    }
  }

  private void countHolds(Handle handle) throws Found {
    long stated = Book.countHolds(handle);
    if (stated != holds) {
      throw broken(0, "there are " + stated + " holds and rows of " + holds);
    }
  }

  private static Found broken(long row, String why) {
    return new Found(new Verdict.Broken(row, why));
  }
}
