package kz.qonyrau.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import kz.qonyrau.vocabulary.FieldHash;
import kz.qonyrau.vocabulary.Tenge;

/// One row of the book, sealed by the hash of all its fields and of the row before it.
record Row(
    long line,
    TransferKind kind,
    String id,
    Optional<String> holdId,
    WalletId debit,
    WalletId credit,
    Tenge amount,
    Tenge debitAfter,
    Tenge creditAfter,
    String reason,
    Instant at,
    String previousHash,
    String hash) {

  /// What the first row has for the hash of the row before it.
  static final String BEFORE_THE_FIRST = FieldHash.beforeTheFirst("qonyrau/ledger/book/1");

  static final String COLUMNS =
      """
      line, kind, id, hold_id, debit_wallet, credit_wallet, amount_tiyn, debit_after_tiyn,
      credit_after_tiyn, reason, posted_at_ms, previous_hash, hash
      """;

  static Row from(ResultSet row) throws SQLException {
    return new Row(
        row.getLong("line"),
        TransferKind.valueOf(row.getString("kind")),
        row.getString("id"),
        Optional.ofNullable(row.getString("hold_id")),
        new WalletId(row.getString("debit_wallet")),
        new WalletId(row.getString("credit_wallet")),
        new Tenge(row.getLong("amount_tiyn")),
        new Tenge(row.getLong("debit_after_tiyn")),
        new Tenge(row.getLong("credit_after_tiyn")),
        row.getString("reason"),
        Instant.ofEpochMilli(row.getLong("posted_at_ms")),
        row.getString("previous_hash"),
        row.getString("hash"));
  }

  /// The same row with the hash that belongs to it.
  Row sealed() {
    return new Row(
        line,
        kind,
        id,
        holdId,
        debit,
        credit,
        amount,
        debitAfter,
        creditAfter,
        reason,
        at,
        previousHash,
        computeHash());
  }

  String computeHash() {
    return FieldHash.of("qonyrau/ledger/transfer/1")
        .add(line)
        .add(kind.name())
        .add(id)
        .add(holdId.orElse(""))
        .add(debit.value())
        .add(credit.value())
        .add(amount.tiyn())
        .add(debitAfter.tiyn())
        .add(creditAfter.tiyn())
        .add(reason)
        .add(at.toEpochMilli())
        .add(previousHash)
        .hex();
  }
}
