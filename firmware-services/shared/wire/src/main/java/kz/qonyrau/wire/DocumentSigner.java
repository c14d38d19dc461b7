package kz.qonyrau.wire;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Base64;

/// Signs with an Ed25519 key: a box its envelopes, central its envelopes and documents. May be used
/// by any number of threads.
public final class DocumentSigner {

  private final PrivateKey key;

  /// @throws IllegalArgumentException if the key is not an Ed25519 key
  public DocumentSigner(PrivateKey key) {
    if (!key.getAlgorithm().equals("EdDSA") && !key.getAlgorithm().equals("Ed25519")) {
      throw new IllegalArgumentException("not an Ed25519 key: " + key.getAlgorithm());
    }
    this.key = key;
  }

  /// A new key pair, to be kept by whoever asked.
  public static KeyPair newKeyPair() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java runtime has no Ed25519", e);
    }
  }

  /// The signature of `bytes` in Base64, 88 characters.
  public String sign(byte[] bytes) {
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(key);
      signature.update(bytes);
      return Base64.getEncoder().encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("signing failed", e);
    }
  }
}
