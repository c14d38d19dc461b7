package kz.qonyrau.wire;

import java.util.Arrays;
import java.util.Base64;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.params.X25519PrivateKeyParameters;

/// Opens what was sealed with its [SealingKey]. To be kept like any private key; [#toString] tells
/// nothing. May be used by any number of threads.
public final class OpeningKey {

  private final AsymmetricCipherKeyPair pair;

  private OpeningKey(AsymmetricCipherKeyPair pair) {
    this.pair = pair;
  }

  /// Makes a new key.
  public static OpeningKey random() {
    return new OpeningKey(Sealing.suite().generatePrivateKey());
  }

  /// Reads a key as [#text] writes it.
  ///
  /// @throws MalformedMessageException if it is none; the message does not repeat it
  public static OpeningKey parse(String text) {
    byte[] bytes = SealingKey.bytes("key", text);
    if (bytes.length != SealingKey.KEY_BYTES) {
      throw new MalformedMessageException("key", "is not an X25519 private key in Base64");
    }
    X25519PrivateKeyParameters own = new X25519PrivateKeyParameters(bytes);
    return new OpeningKey(new AsymmetricCipherKeyPair(own.generatePublicKey(), own));
  }

  /// The private key in Base64, 44 characters, for a file that nobody else can read.
  public String text() {
    return Base64.getEncoder()
        .encodeToString(Sealing.suite().serializePrivateKey(pair.getPrivate()));
  }

  /// The key that others seal with.
  public SealingKey sealing() {
    return SealingKey.parse(
        Base64.getEncoder().encodeToString(Sealing.suite().serializePublicKey(pair.getPublic())));
  }

  /// What was sealed.
  ///
  /// @param context what it was sealed for
  /// @throws MalformedMessageException if it was sealed for another key or another context, or was
  ///   changed since
  public byte[] open(String sealed, String context) {
    byte[] whole = SealingKey.bytes("sealed", sealed);
    if (whole.length <= Sealing.ENCAPSULATED_BYTES) {
      throw new MalformedMessageException("sealed", "is too short");
    }
    try {
      return Sealing.suite()
          .open(
              Arrays.copyOf(whole, Sealing.ENCAPSULATED_BYTES),
              pair,
              Sealing.info(context),
              Sealing.NOTHING,
              Arrays.copyOfRange(whole, Sealing.ENCAPSULATED_BYTES, whole.length),
              null,
              null,
              null);
    } catch (InvalidCipherTextException | IllegalArgumentException | IllegalStateException _) {
      throw new MalformedMessageException("sealed", "was not sealed for this key and purpose");
    }
  }

  @Override
  public String toString() {
    return "OpeningKey";
  }
}
