package kz.qonyrau.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import kz.qonyrau.vocabulary.Tenge;
import org.jdbi.v3.core.Handle;

/// The rows of one kind that move the money of one wallet. Each lies in one stretch of one index,
/// so that what is asked of it costs as much as there is to answer.
record Strand(MovementKind kind, TransferKind rows, WalletId wallet, boolean incoming) {

  /// What a strand has in a period.
  ///
  /// @param first 0 if there is no row
  record Sum(long rows, Tenge amount, long first, long last) {}

  /// Where a row is in a statement.
  record Place(long line, long atMs) {

    static final Comparator<Place> NEWEST_FIRST =
        Comparator.comparingLong(Place::atMs).thenComparingLong(Place::line).reversed();
  }

  static Strand of(WalletId wallet, MovementKind kind) {
    return switch (kind) {
      case TOP_UP -> new Strand(kind, TransferKind.TRANSFER, wallet, true);
      case TRANSFER -> new Strand(kind, TransferKind.TRANSFER, wallet, false);
      case CAPTURE -> new Strand(kind, TransferKind.CAPTURE, wallet.held(), false);
      case HOLD -> new Strand(kind, TransferKind.HOLD, wallet, false);
      case EXTENSION -> new Strand(kind, TransferKind.EXTENSION, wallet, false);
      case RELEASE -> new Strand(kind, TransferKind.RELEASE, wallet, true);
    };
  }

  boolean has(Row row) {
    return row.kind() == rows && (incoming ? row.credit() : row.debit()).equals(wallet);
  }

  Tenge signed(Tenge amount) {
    return incoming ? amount : amount.negated();
  }

  private String column() {
    return incoming ? "credit_wallet" : "debit_wallet";
  }

  /// Where the rows of a page are, newest first. Only what stands in the index is asked for, so
  /// that no row is touched that is not shown.
  ///
  /// @param before the last row of the page before, if there was one
  List<Place> page(Handle handle, Span span, long upTo, Optional<Row> before, int limit) {
    // The time of the page before bounds what is read; rows of the same millisecond are few.
    return handle
        .createQuery(
            "SELECT line, posted_at_ms FROM ledger.transfer WHERE "
                + column()
                + """
                 = :wallet AND kind = :kind AND posted_at_ms >= :from AND posted_at_ms <= :last
                  AND (posted_at_ms < :last OR line < :before) AND line <= :upTo
                ORDER BY posted_at_ms DESC, line DESC FETCH FIRST :limit ROWS ONLY
                """)
        .bind("wallet", wallet.value())
        .bind("kind", rows.name())
        .bind("from", span.from().toEpochMilli())
        .bind(
            "last",
            before
                .map(row -> row.at().toEpochMilli())
                .filter(at -> at < span.until().toEpochMilli())
                .orElse(span.until().toEpochMilli() - 1))
        .bind("before", before.map(Row::line).orElse(Long.MAX_VALUE))
        .bind("upTo", upTo)
        .bind("limit", limit)
        .map((row, _) -> new Place(row.getLong("line"), row.getLong("posted_at_ms")))
        .list();
  }

  Sum sum(Handle handle, Span span, long upTo) {
    return handle
        .createQuery(
            "SELECT COUNT(*) AS found_rows, COALESCE(SUM(amount_tiyn), 0) AS tiyn,"
                + " COALESCE(MIN(line), 0) AS first_line, COALESCE(MAX(line), 0) AS last_line"
                + " FROM ledger.transfer WHERE "
                + column()
                + """
                 = :wallet AND kind = :kind AND posted_at_ms >= :from AND posted_at_ms < :until
                  AND line <= :upTo
                """)
        .bind("wallet", wallet.value())
        .bind("kind", rows.name())
        .bind("from", span.from().toEpochMilli())
        .bind("until", span.until().toEpochMilli())
        .bind("upTo", upTo)
        .map((row, _) -> sum(row))
        .one();
  }

  private Sum sum(ResultSet row) throws SQLException {
    return new Sum(
        row.getLong("found_rows"),
        signed(new Tenge(row.getLong("tiyn"))),
        row.getLong("first_line"),
        row.getLong("last_line"));
  }

  /// Rows whose id begins so, in no particular order.
  List<Row> named(Handle handle, String beginning, long upTo, int limit) {
    return handle
        .createQuery(
            "SELECT "
                + Row.COLUMNS
                + " FROM ledger.transfer WHERE kind = :kind AND id >= :from AND id < :after"
                + " AND line <= :upTo FETCH FIRST :limit ROWS ONLY")
        .bind("kind", rows.name())
        .bind("from", beginning)
        .bind("after", beginning + Character.MAX_VALUE)
        .bind("upTo", upTo)
        .bind("limit", limit)
        .map((row, _) -> Row.from(row))
        .filter(this::has)
        .list();
  }
}
