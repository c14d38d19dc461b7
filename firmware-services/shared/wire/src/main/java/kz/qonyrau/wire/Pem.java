package kz.qonyrau.wire;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/// Keys and certificates as text, the way they travel and are kept.
public final class Pem {

  public static final String CERTIFICATE = "CERTIFICATE";
  public static final String CERTIFICATE_REQUEST = "CERTIFICATE REQUEST";
  public static final String PRIVATE_KEY = "PRIVATE KEY";

  private Pem() {}

  /// Wraps encoded bytes.
  public static String encode(String label, byte[] der) {
    return "-----BEGIN "
        + label
        + "-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
        + "\n-----END "
        + label
        + "-----\n";
  }

  /// Unwraps the only block of a text.
  ///
  /// @throws MalformedMessageException if it is not exactly one block with that label
  public static byte[] decode(String label, String text) {
    String trimmed = text.strip();
    String begin = "-----BEGIN " + label + "-----";
    String end = "-----END " + label + "-----";
    if (!trimmed.startsWith(begin)
        || !trimmed.endsWith(end)
        || trimmed.length() < begin.length() + end.length()) {
      throw new MalformedMessageException("pem", "is not one block of " + label);
    }
    String inside =
        trimmed
            .substring(begin.length(), trimmed.length() - end.length())
            .replaceAll("[\\r\\n \\t]", "");
    try {
      return Base64.getDecoder().decode(inside);
    } catch (IllegalArgumentException _) {
      throw new MalformedMessageException("pem", "is not Base64 inside");
    }
  }

  public static String certificate(X509Certificate certificate) {
    try {
      return encode(CERTIFICATE, certificate.getEncoded());
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a certificate that cannot be written", e);
    }
  }

  /// Reads a certificate.
  ///
  /// @throws MalformedMessageException if it is not one X.509 certificate
  public static X509Certificate certificate(String text) {
    byte[] der = decode(CERTIFICATE, text);
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(der));
    } catch (CertificateException _) {
      throw new MalformedMessageException("pem", "is not a certificate");
    }
  }

  public static String privateKey(PrivateKey key) {
    return encode(PRIVATE_KEY, key.getEncoded());
  }

  /// Reads a private key.
  ///
  /// @param algorithm `EC` or `Ed25519`
  /// @throws MalformedMessageException if it is not a private key of that kind
  public static PrivateKey privateKey(String text, String algorithm) {
    try {
      return KeyFactory.getInstance(algorithm)
          .generatePrivate(new PKCS8EncodedKeySpec(decode(PRIVATE_KEY, text)));
    } catch (GeneralSecurityException _) {
      throw new MalformedMessageException("pem", "is not a private key of " + algorithm);
    }
  }

  /// The bytes of a text that is kept in a file.
  public static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
