package kz.qonyrau.vocabulary;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// A SHA-256 over the fields of a row, for chains in which each row carries the hash of the row
/// before it.
///
/// Every text goes in with its length before it, so that no two rows yield the same bytes, and each
/// hash begins with a purpose of its own, so that none that was made for something else can stand
/// in for it. For use by one thread.
public final class FieldHash {

  private final MessageDigest digest = sha256();

  private FieldHash() {}

  /// Begins the hash of a row.
  ///
  /// @param purpose what is hashed and in which version, for example `qonyrau/ledger/transfer/1`
  public static FieldHash of(String purpose) {
    return new FieldHash().add(purpose);
  }

  /// What the first row of a chain has for the hash of the row before it.
  ///
  /// @return 64 hexadecimal digits
  public static String beforeTheFirst(String purpose) {
    return HexFormat.of().formatHex(sha256().digest(purpose.getBytes(StandardCharsets.UTF_8)));
  }

  /// Adds a text.
  public FieldHash add(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
    digest.update(bytes);
    return this;
  }

  /// Adds a number.
  public FieldHash add(long number) {
    digest.update(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
    return this;
  }

  /// The hash, after which no more can be added.
  ///
  /// @return 64 hexadecimal digits in lower case
  public String hex() {
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
