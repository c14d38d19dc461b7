package kz.qonyrau.ledger;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
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

  /// What the first row has for the hash of the row before it. Every hash begins with a text of its
  /// own, so that no hash made for another purpose can stand in for one of these.
  static final String BEFORE_THE_FIRST =
      HexFormat.of()
          .formatHex(sha256().digest("qonyrau/ledger/book/1".getBytes(StandardCharsets.UTF_8)));

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
    MessageDigest digest = sha256();
    add(digest, "qonyrau/ledger/transfer/1");
    add(digest, line);
    add(digest, kind.name());
    add(digest, id);
    add(digest, holdId.orElse(""));
    add(digest, debit.value());
    add(digest, credit.value());
    add(digest, amount.tiyn());
    add(digest, debitAfter.tiyn());
    add(digest, creditAfter.tiyn());
    add(digest, reason);
    add(digest, at.toEpochMilli());
    add(digest, previousHash);
    return HexFormat.of().formatHex(digest.digest());
  }

  /// With its length first, so that no two rows yield the same bytes.
  private static void add(MessageDigest digest, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
    digest.update(bytes);
  }

  private static void add(MessageDigest digest, long number) {
    digest.update(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
