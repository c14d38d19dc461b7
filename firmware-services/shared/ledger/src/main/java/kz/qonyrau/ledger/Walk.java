package kz.qonyrau.ledger;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import kz.qonyrau.store.Store;

/// Reads the movements of a period in the order of the book, a piece at a time, so that a million
/// of them need no more memory than a thousand and hold nobody up. For one reader.
public final class Walk {

  private static final int PIECE = 1000;

  private final Store store;
  private final WalletId wallet;
  private final Set<MovementKind> kinds;
  private final Span span;
  private final long last;
  private long read;
  private Standing standing;

  Walk(
      Store store,
      WalletId wallet,
      Set<MovementKind> kinds,
      Span span,
      long first,
      long last,
      Standing before) {
    this.store = store;
    this.wallet = wallet;
    this.kinds = kinds;
    this.span = span;
    this.last = last;
    this.read = first - 1;
    this.standing = before;
  }

  /// Whether there may be more.
  public boolean goesOn() {
    return read < last;
  }

  /// The next piece, which may be empty although more follow. Ask when the one before is there.
  public Future<List<Movement>> next() {
    return store
        .read(handle -> Book.rows(handle, read, (int) Math.min(PIECE, last - read)))
        .map(this::movements);
  }

  private List<Movement> movements(List<Row> rows) {
    List<Movement> found = new ArrayList<>();
    for (Row row : rows) {
      standing = standing.after(wallet, row);
      if (span.contains(row.at())) {
        Account.movement(wallet, kinds, row, standing).forEach(found::add);
      }
    }
    // A book with a missing row ends the walk instead of repeating it.
    read = rows.isEmpty() ? last : rows.getLast().line();
    return found;
  }
}
