package kz.qonyrau.ledger;

import io.vertx.core.Future;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import kz.qonyrau.store.Store;
import kz.qonyrau.vocabulary.Tenge;
import org.jdbi.v3.core.Handle;

/// All that one customer owns, what is free and what is held together, and every movement of it
/// (SH-BAL-03).
///
/// Rows are never changed, so whatever is asked up to one row agrees with everything else that is
/// asked up to the same row, though others are written meanwhile. A row belongs to the period of
/// its own time, also where the clock was set back between two rows.
public final class Account {

  private static final int MOST_AT_ONCE = 1000;

  private final Store store;
  private final WalletId wallet;

  Account(Store store, WalletId wallet) {
    this.store = store;
    this.wallet = wallet;
  }

  /// The four sums of a period.
  public Future<Turnover> turnover(Span span, long upTo) {
    return store.read(handle -> {
      Tally within = tally(handle, MovementKind.MONEY, span, upTo);
      Tally later =
          tally(handle, MovementKind.MONEY, new Span(span.until(), Span.ALWAYS.until()), upTo);
      // Backwards from the end: what statements are asked for is mostly not long ago.
      Tenge closing =
          Standing.after(handle, wallet, upTo).total().plus(later.expenses()).minus(later.income());
      Tenge opening = closing.plus(within.expenses()).minus(within.income());
      return new Turnover(opening, within.income(), within.expenses(), closing);
    });
  }

  /// How many rows of these kinds there are in a period, and what they come to.
  public Future<Tally> tally(Set<MovementKind> kinds, Span span, long upTo) {
    return store.read(handle -> tally(handle, kinds, span, upTo));
  }

  /// As [#tally(Set, Span, long)], inside the caller's transaction.
  public Tally tally(Handle handle, Set<MovementKind> kinds, Span span, long upTo) {
    Tally sum = Tally.NONE;
    for (MovementKind kind : kinds) {
      Strand.Sum part = Strand.of(wallet, kind).sum(handle, span, upTo);
      sum = sum.plus(Tally.of(kind, part.rows(), part.amount()));
    }
    return sum;
  }

  /// Movements of these kinds in a period, newest first. What it costs does not depend on how far
  /// back the page lies.
  ///
  /// @param before the last row of the page before; empty for the first page
  /// @param limit 1 to 1000
  public Future<List<Movement>> page(
      Set<MovementKind> kinds, Span span, long upTo, OptionalLong before, int limit) {
    requireFew(limit);
    return store.read(handle -> {
      Optional<Row> last =
          before.isEmpty()
              ? Optional.empty()
              : Book.rows(handle, before.getAsLong() - 1, 1).stream().findFirst();
      List<Long> lines =
          kinds.stream()
              .map(kind -> Strand.of(wallet, kind))
              .flatMap(strand -> strand.page(handle, span, upTo, last, limit).stream())
              .sorted(Strand.Place.NEWEST_FIRST)
              .limit(limit)
              .map(Strand.Place::line)
              .toList();
      return movements(handle, kinds, rows(handle, lines));
    });
  }

  private static List<Row> rows(Handle handle, List<Long> lines) {
    return lines.isEmpty() ? List.of() : Book.rowsOf(handle, lines);
  }

  private List<Movement> movements(Handle handle, Set<MovementKind> kinds, Collection<Row> rows) {
    if (rows.isEmpty()) {
      return List.of();
    }
    Map<Long, Standing> after = Standing.afterEach(handle, wallet, rows);
    return rows.stream()
        .sorted(Comparator.comparing(Row::at).thenComparingLong(Row::line).reversed())
        .flatMap(
            row -> movement(wallet, kinds, row, after.getOrDefault(row.line(), Standing.NOTHING)))
        .toList();
  }

  /// The row as the owner of the wallet sees it, if it is of one of these kinds.
  static Stream<Movement> movement(
      WalletId wallet, Set<MovementKind> kinds, Row row, Standing after) {
    return kinds.stream()
        .map(kind -> Strand.of(wallet, kind))
        .filter(strand -> strand.has(row))
        .map(strand ->
            new Movement(
                row.line(),
                row.at(),
                strand.kind(),
                row.id(),
                strand.signed(row.amount()),
                after.total(),
                after.available(),
                row.reason()));
  }

  /// Movements whose id begins in one of these ways, newest first; empty if there are more of them
  /// than `most`, because then the beginning says too little.
  ///
  /// @param most 1 to 1000
  public Future<Optional<List<Movement>>> named(
      Set<MovementKind> kinds, Collection<String> beginnings, long upTo, int most) {
    requireFew(most);
    return store.read(handle -> {
      Set<Row> all = new LinkedHashSet<>();
      for (MovementKind kind : kinds) {
        Strand strand = Strand.of(wallet, kind);
        for (String beginning : beginnings) {
          all.addAll(strand.named(handle, beginning, upTo, most + 1));
        }
        if (all.size() > most) {
          return Optional.empty();
        }
      }
      return Optional.of(movements(handle, kinds, all));
    });
  }

  /// The movements in these rows of the book, newest first; other rows are left out.
  ///
  /// @param rows at most 1000
  public Future<List<Movement>> ofRows(List<Long> rows) {
    if (rows.isEmpty()) {
      return Future.succeededFuture(List.of());
    }
    requireFew(rows.size());
    return store.read(
        handle -> movements(handle, EnumSet.allOf(MovementKind.class), Book.rowsOf(handle, rows)));
  }

  /// Begins to read the movements of a period from the oldest on.
  public Future<Walk> walk(Set<MovementKind> kinds, Span span, long upTo) {
    return store.read(handle -> {
      List<Strand.Sum> parts =
          kinds.stream()
              .map(kind -> Strand.of(wallet, kind).sum(handle, span, upTo))
              .filter(part -> part.rows() > 0)
              .toList();
      long first = parts.stream().mapToLong(Strand.Sum::first).min().orElse(1);
      long last = parts.stream().mapToLong(Strand.Sum::last).max().orElse(0);
      return new Walk(
          store, wallet, kinds, span, first, last, Standing.after(handle, wallet, first - 1));
    });
  }

  private static void requireFew(int count) {
    if (count < 1 || count > MOST_AT_ONCE) {
      throw new IllegalArgumentException("1 to " + MOST_AT_ONCE + " rows at once, not " + count);
    }
  }
}
