package kz.qonyrau.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import kz.qonyrau.vocabulary.Tenge;
import org.jdbi.v3.core.Handle;

/// The tables of the ledger. Every method runs inside the caller's transaction.
final class Book {

  /// Where the chain ends.
  record Head(long line, String hash) {}

  private Book() {}

  static Optional<Wallet> wallet(Handle handle, WalletId id) {
    return handle
        .createQuery("SELECT id, balance_tiyn, may_overdraw FROM ledger.wallet WHERE id = :id")
        .bind("id", id.value())
        .map((row, _) -> wallet(row))
        .findOne();
  }

  /// These wallets, in one statement.
  static List<Wallet> wallets(Handle handle, Collection<WalletId> ids) {
    if (ids.isEmpty()) {
      return List.of();
    }
    return handle
        .createQuery("SELECT id, balance_tiyn, may_overdraw FROM ledger.wallet WHERE id IN (<ids>)")
        .bindList("ids", ids.stream().map(WalletId::value).toList())
        .map((row, _) -> wallet(row))
        .list();
  }

  static List<Wallet> wallets(Handle handle) {
    return handle
        .createQuery("SELECT id, balance_tiyn, may_overdraw FROM ledger.wallet ORDER BY id")
        .map((row, _) -> wallet(row))
        .list();
  }

  private static Wallet wallet(ResultSet row) throws SQLException {
    return new Wallet(
        new WalletId(row.getString("id")),
        new Tenge(row.getLong("balance_tiyn")),
        row.getBoolean("may_overdraw"));
  }

  static void open(Handle handle, WalletId id, boolean mayOverdraw, Instant at) {
    handle
        .createUpdate(
            """
            INSERT INTO ledger.wallet (id, balance_tiyn, may_overdraw, opened_at_ms)
            VALUES (:id, 0, :mayOverdraw, :at)
            """)
        .bind("id", id.value())
        .bind("mayOverdraw", mayOverdraw)
        .bind("at", at.toEpochMilli())
        .execute();
  }

  static Optional<Row> find(Handle handle, TransferKind kind, String id) {
    return handle
        .createQuery(
            "SELECT " + Row.COLUMNS + " FROM ledger.transfer WHERE kind = :kind AND id = :id")
        .bind("kind", kind.name())
        .bind("id", id)
        .map((row, _) -> Row.from(row))
        .findOne();
  }

  /// Moves the money and writes the row. The caller has made sure that it may.
  ///
  /// @throws ArithmeticException if a balance would leave the range of a `long`
  /// @throws IllegalStateException if the tables changed under the writer
  static Row append(
      Handle handle,
      TransferKind kind,
      String id,
      Optional<String> holdId,
      Wallet debit,
      Wallet credit,
      Tenge amount,
      String reason,
      Instant at) {
    Tenge debitAfter = debit.balance().minus(amount);
    Tenge creditAfter = credit.balance().plus(amount);
    Head head = head(handle);
    Row row =
        new Row(
                Math.addExact(head.line(), 1),
                kind,
                id,
                holdId,
                debit.id(),
                credit.id(),
                amount,
                debitAfter,
                creditAfter,
                reason,
                Instant.ofEpochMilli(at.toEpochMilli()),
                head.hash(),
                "")
            .sealed();
    setBalance(handle, debit, debitAfter);
    setBalance(handle, credit, creditAfter);
    insert(handle, row);
    moveHead(handle, head, row);
    return row;
  }

  private static void setBalance(Handle handle, Wallet wallet, Tenge balance) {
    requireOne(
        handle
            .createUpdate(
                """
                UPDATE ledger.wallet SET balance_tiyn = :after
                WHERE id = :id AND balance_tiyn = :before
                """)
            .bind("after", balance.tiyn())
            .bind("id", wallet.id().value())
            .bind("before", wallet.balance().tiyn())
            .execute(),
        "wallet " + wallet.id());
  }

  private static void insert(Handle handle, Row row) {
    handle
        .createUpdate(
            """
            INSERT INTO ledger.transfer (
                line, kind, id, hold_id, debit_wallet, credit_wallet, amount_tiyn,
                debit_after_tiyn, credit_after_tiyn, reason, posted_at_ms, previous_hash, hash)
            VALUES (
                :line, :kind, :id, :holdId, :debit, :credit, :amount,
                :debitAfter, :creditAfter, :reason, :at, :previousHash, :hash)
            """)
        .bind("line", row.line())
        .bind("kind", row.kind().name())
        .bind("id", row.id())
        .bindByType("holdId", row.holdId().orElse(null), String.class)
        .bind("debit", row.debit().value())
        .bind("credit", row.credit().value())
        .bind("amount", row.amount().tiyn())
        .bind("debitAfter", row.debitAfter().tiyn())
        .bind("creditAfter", row.creditAfter().tiyn())
        .bind("reason", row.reason())
        .bind("at", row.at().toEpochMilli())
        .bind("previousHash", row.previousHash())
        .bind("hash", row.hash())
        .execute();
  }

  static Head head(Handle handle) {
    return handle
        .createQuery("SELECT last_line, head_hash FROM ledger.book")
        .map((row, _) -> new Head(row.getLong("last_line"), row.getString("head_hash")))
        .findOne()
        .orElseGet(() -> new Head(0, Row.BEFORE_THE_FIRST));
  }

  private static void moveHead(Handle handle, Head head, Row row) {
    if (row.line() == 1) {
      handle
          .createUpdate(
              "INSERT INTO ledger.book (only_one, last_line, head_hash) VALUES (1, 1, :hash)")
          .bind("hash", row.hash())
          .execute();
      return;
    }
    requireOne(
        handle
            .createUpdate(
                """
                UPDATE ledger.book SET last_line = :line, head_hash = :hash
                WHERE last_line = :before
                """)
            .bind("line", row.line())
            .bind("hash", row.hash())
            .bind("before", head.line())
            .execute(),
        "the head of the book");
  }

  static Optional<HeldMoney> hold(Handle handle, String id) {
    return handle
        .createQuery("SELECT " + HOLD_COLUMNS + " FROM ledger.hold WHERE id = :id")
        .bind("id", id)
        .map((row, _) -> hold(row))
        .findOne();
  }

  static List<HeldMoney> openHolds(Handle handle) {
    return handle
        .createQuery(
            "SELECT " + HOLD_COLUMNS + " FROM ledger.hold WHERE state = 'HELD' ORDER BY line")
        .map((row, _) -> hold(row))
        .list();
  }

  static List<HeldMoney> holds(Handle handle, List<String> ids) {
    return handle
        .createQuery("SELECT " + HOLD_COLUMNS + " FROM ledger.hold WHERE id IN (<ids>)")
        .bindList("ids", ids)
        .map((row, _) -> hold(row))
        .list();
  }

  private static final String HOLD_COLUMNS =
      "id, wallet, held_tiyn, captured_tiyn, released_tiyn, state, held_at_ms";

  private static HeldMoney hold(ResultSet row) throws SQLException {
    return new HeldMoney(
        row.getString("id"),
        new WalletId(row.getString("wallet")),
        new Tenge(row.getLong("held_tiyn")),
        new Tenge(row.getLong("captured_tiyn")),
        new Tenge(row.getLong("released_tiyn")),
        HoldState.valueOf(row.getString("state")),
        Instant.ofEpochMilli(row.getLong("held_at_ms")));
  }

  static long countHolds(Handle handle) {
    return handle.createQuery("SELECT COUNT(*) FROM ledger.hold").mapTo(Long.class).one();
  }

  static void insertHold(Handle handle, Row row) {
    handle
        .createUpdate(
            """
            INSERT INTO ledger.hold (
                id, line, wallet, held_tiyn, captured_tiyn, released_tiyn, state, held_at_ms,
                grown_at_ms)
            VALUES (:id, :line, :wallet, :held, 0, 0, 'HELD', :at, :at)
            """)
        .bind("id", row.id())
        .bind("line", row.line())
        .bind("wallet", row.debit().value())
        .bind("held", row.amount().tiyn())
        .bind("at", row.at().toEpochMilli())
        .execute();
  }

  /// The open holds that have not grown since, oldest first.
  static List<HeldMoney> holdsNotGrownSince(Handle handle, Instant before) {
    return handle
        .createQuery(
            "SELECT "
                + HOLD_COLUMNS
                + " FROM ledger.hold WHERE state = 'HELD' AND grown_at_ms < :before ORDER BY line")
        .bind("before", before.toEpochMilli())
        .map((row, _) -> hold(row))
        .list();
  }

  static void growHold(Handle handle, HeldMoney hold, Tenge held, Instant at) {
    requireOne(
        handle
            .createUpdate(
                """
                UPDATE ledger.hold SET held_tiyn = :held, grown_at_ms = :at
                WHERE id = :id AND state = 'HELD'
                """)
            .bind("held", held.tiyn())
            .bind("at", at.toEpochMilli())
            .bind("id", hold.id())
            .execute(),
        "hold " + hold.id());
  }

  static void settleHold(Handle handle, HeldMoney hold, Tenge captured, HoldState state) {
    requireOne(
        handle
            .createUpdate(
                """
                UPDATE ledger.hold
                SET captured_tiyn = :captured, released_tiyn = held_tiyn - :captured, state = :state
                WHERE id = :id AND state = 'HELD'
                """)
            .bind("captured", captured.tiyn())
            .bind("state", state.name())
            .bind("id", hold.id())
            .execute(),
        "hold " + hold.id());
  }

  /// Rows after `afterLine` in order.
  static List<Row> rows(Handle handle, long afterLine, int limit) {
    return handle
        .createQuery(
            "SELECT "
                + Row.COLUMNS
                + " FROM ledger.transfer WHERE line > :after ORDER BY line"
                + " FETCH FIRST :limit ROWS ONLY")
        .bind("after", afterLine)
        .bind("limit", limit)
        .map((row, _) -> Row.from(row))
        .list();
  }

  static Optional<Instant> postedAt(Handle handle, long line) {
    return handle
        .createQuery("SELECT posted_at_ms FROM ledger.transfer WHERE line = :line")
        .bind("line", line)
        .mapTo(Long.class)
        .findOne()
        .map(Instant::ofEpochMilli);
  }

  /// These rows, in no particular order.
  static List<Row> rowsOf(Handle handle, List<Long> lines) {
    return handle
        .createQuery("SELECT " + Row.COLUMNS + " FROM ledger.transfer WHERE line IN (<lines>)")
        .bindList("lines", lines)
        .map((row, _) -> Row.from(row))
        .list();
  }

  private static void requireOne(int rows, String what) {
    if (rows != 1) {
      throw new IllegalStateException(
          what + " is not as the ledger left it; " + rows + " rows matched instead of one");
    }
  }
}
