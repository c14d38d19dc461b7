package kz.qonyrau.wire;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/// Checks Ed25519 signatures of one signer. May be used by any number of threads.
public final class DocumentVerifier {

  private static final int SIGNATURE_BYTES = 64;

  private final PublicKey key;

  public DocumentVerifier(PublicKey key) {
    this.key = key;
  }

  /// Reads a public key as [#text] writes it.
  ///
  /// @throws MalformedMessageException if the text is not an Ed25519 public key
  public static DocumentVerifier parse(String text) {
    try {
      byte[] encoded = Base64.getDecoder().decode(text);
      return new DocumentVerifier(
          KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded)));
    } catch (IllegalArgumentException | GeneralSecurityException _) {
      throw new MalformedMessageException("key", "is not an Ed25519 public key in Base64");
    }
  }

  /// The public key: SubjectPublicKeyInfo in Base64, 60 characters.
  public String text() {
    return Base64.getEncoder().encodeToString(key.getEncoded());
  }

  /// Whether `signature` (Base64) is this signer's over exactly these bytes. Whatever is wrong with
  /// the signature, the answer is no.
  public boolean accepts(byte[] bytes, String signature) {
    byte[] decoded;
    try {
      decoded = Base64.getDecoder().decode(signature);
    } catch (IllegalArgumentException _) {
      return false;
    }
    if (decoded.length != SIGNATURE_BYTES) {
      return false;
    }
    try {
      Signature check = Signature.getInstance("Ed25519");
      check.initVerify(key);
      check.update(bytes);
      return check.verify(decoded);
    } catch (SignatureException _) {
      return false;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java runtime has no Ed25519", e);
    }
  }
}
