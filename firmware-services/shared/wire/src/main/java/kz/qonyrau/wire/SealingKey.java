package kz.qonyrau.wire;

import java.util.Base64;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.hpke.HPKE;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.jspecify.annotations.Nullable;

/// Seals what one other party alone may read: a telephone number of a case, on its way between a
/// box and central (PLT-24). HPKE of RFC 9180 in base mode with X25519, HKDF-SHA256 and
/// AES-256-GCM; who sealed it is for the envelope's signature to say. May be used by any number of
/// threads.
public final class SealingKey {

  static final int KEY_BYTES = 32;

  private final AsymmetricKeyParameter key;
  private final String text;

  private SealingKey(AsymmetricKeyParameter key, String text) {
    this.key = key;
    this.text = text;
  }

  /// Reads a key as [#text] writes it.
  ///
  /// @throws MalformedMessageException if it is none
  public static SealingKey parse(String text) {
    byte[] bytes = bytes("key", text);
    if (bytes.length != KEY_BYTES) {
      throw new MalformedMessageException("key", "is not an X25519 public key in Base64");
    }
    return new SealingKey(suite().deserializePublicKey(bytes), text);
  }

  /// The 32 bytes of the public key in Base64, 44 characters.
  public String text() {
    return text;
  }

  /// Seals `plain` for this key's owner, in Base64.
  ///
  /// @param context what it is sealed for; it opens for that alone
  public String seal(byte[] plain, String context) {
    try {
      byte[][] sealed =
          suite().seal(key, Sealing.info(context), Sealing.NOTHING, plain, null, null, null);
      byte[] whole = new byte[sealed[1].length + sealed[0].length];
      System.arraycopy(sealed[1], 0, whole, 0, sealed[1].length);
      System.arraycopy(sealed[0], 0, whole, sealed[1].length, sealed[0].length);
      return Base64.getEncoder().encodeToString(whole);
    } catch (InvalidCipherTextException e) {
      throw new IllegalStateException("sealing failed", e);
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SealingKey that && that.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }

  private static HPKE suite() {
    return Sealing.suite();
  }

  static byte[] bytes(String field, String text) {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException _) {
      throw new MalformedMessageException(field, "is not Base64");
    }
  }
}
