package kz.qonyrau.ledger;

import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import kz.qonyrau.vocabulary.Tenge;
import org.jdbi.v3.core.Handle;

/// What a wallet and its held part had after some row of the book, as the book itself states it.
record Standing(Tenge available, Tenge held) {

  static final Standing NOTHING = new Standing(Tenge.ZERO, Tenge.ZERO);

  private static final int CLOSE = 1000;

  Tenge total() {
    return available.plus(held);
  }

  static Standing after(Handle handle, WalletId wallet, long line) {
    return new Standing(stated(handle, wallet, line), stated(handle, wallet.held(), line));
  }

  /// As the row states it; only what it does not touch has to be looked for.
  static Standing after(Handle handle, WalletId wallet, Row row) {
    return new Standing(
        stated(wallet, row).orElseGet(() -> stated(handle, wallet, row.line())),
        stated(wallet.held(), row).orElseGet(() -> stated(handle, wallet.held(), row.line())));
  }

  /// How things stand after one more row.
  Standing after(WalletId wallet, Row row) {
    return new Standing(
        stated(wallet, row).orElse(available), stated(wallet.held(), row).orElse(held));
  }

  private static Optional<Tenge> stated(WalletId wallet, Row row) {
    if (row.debit().equals(wallet)) {
      return Optional.of(row.debitAfter());
    }
    return row.credit().equals(wallet) ? Optional.of(row.creditAfter()) : Optional.empty();
  }

  private static Tenge stated(Handle handle, WalletId wallet, long line) {
    long last =
        Math.max(
            last(handle, "debit_wallet", wallet, line),
            last(handle, "credit_wallet", wallet, line));
    return Book.rows(handle, last - 1, 1).stream()
        .filter(row -> row.line() == last)
        .findFirst()
        .flatMap(row -> stated(wallet, row))
        .orElse(Tenge.ZERO);
  }

  /// The last row that has the wallet on this side; 0 if there is none. Asks only for what stands
  /// in the index.
  private static long last(Handle handle, String side, WalletId wallet, long line) {
    return handle
        .createQuery(
            "SELECT line FROM ledger.transfer WHERE "
                + side
                + " = :wallet AND line <= :line ORDER BY line DESC FETCH FIRST ROW ONLY")
        .bind("wallet", wallet.value())
        .bind("line", line)
        .mapTo(Long.class)
        .findOne()
        .orElse(0L);
  }

  /// How things stood after each of these rows. Rows that lie close together are read through,
  /// others looked up one by one.
  static Map<Long, Standing> afterEach(Handle handle, WalletId wallet, Collection<Row> rows) {
    Map<Long, Standing> after = new HashMap<>();
    Row first = Collections.min(rows, Comparator.comparingLong(Row::line));
    long last = Collections.max(rows, Comparator.comparingLong(Row::line)).line();
    if (last - first.line() > CLOSE) {
      rows.forEach(row -> after.put(row.line(), after(handle, wallet, row)));
      return after;
    }
    Standing standing = after(handle, wallet, first);
    after.put(first.line(), standing);
    if (last > first.line()) {
      for (Row row : Book.rows(handle, first.line(), (int) (last - first.line()))) {
        standing = standing.after(wallet, row);
        after.put(row.line(), standing);
      }
    }
    return after;
  }
}
