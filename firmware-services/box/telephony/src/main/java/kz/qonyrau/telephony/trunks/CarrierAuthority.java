package kz.qonyrau.telephony.trunks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Who vouches for a carrier's server: certificates of authorities, as a technician pasted them.
///
/// @param pem each certificate as it came out of being read, one after the other; nothing else that
///   was pasted is in it
public record CarrierAuthority(String pem) {

  /// So many characters may be pasted, and are kept, at most.
  public static final int LONGEST = 16_384;

  private static final int MOST_CERTIFICATES = 10;
  private static final Pattern BLOCK =
      Pattern.compile(
          "\\s*-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\\s]{1,16384})-----END CERTIFICATE-----\\s*");
  private static final int SIGNS_CERTIFICATES = 5;

  /// What became of something pasted.
  public sealed interface Reading {

    record Read(CarrierAuthority authority) implements Reading {}

    /// It is kept nowhere.
    ///
    /// @param code what is wrong, in capitals
    /// @param fix what to do about it; repeats nothing of what was pasted
    record Refused(String code, String fix) implements Reading {}
  }

  /// Takes what [#read] has made.
  ///
  /// @throws IllegalArgumentException if it is anything else
  public CarrierAuthority {
    if (pem.length() > LONGEST || !text(certificates(pem)).equals(pem)) {
      throw new IllegalArgumentException("not the certificates of authorities");
    }
  }

  /// Reads what a technician pasted. A private key is refused before anything else is looked at, so
  /// that it is kept nowhere.
  public static Reading read(String pasted, Instant now) {
    if (pasted.toUpperCase(Locale.ROOT).contains("PRIVATE KEY")) {
      return new Reading.Refused(
          "PRIVATE_KEY",
          "This is a private key, and it was not kept. Paste the authority's certificate. If the key"
              + " is a real one, whoever owns it should replace it.");
    }
    if (pasted.length() > LONGEST) {
      return new Reading.Refused(
          "TOO_LONG", "Paste at most " + LONGEST + " characters, this carrier's authority alone.");
    }
    List<X509Certificate> certificates;
    try {
      certificates = certificates(pasted);
    } catch (IllegalArgumentException _) {
      return new Reading.Refused(
          "NOT_CERTIFICATES",
          "Paste certificates in PEM alone, each from -----BEGIN CERTIFICATE----- to"
              + " -----END CERTIFICATE-----, ten at most.");
    }
    for (X509Certificate one : certificates) {
      if (!isAuthority(one)) {
        return new Reading.Refused(
            "NO_AUTHORITY",
            "One of them is not an authority's. Paste the certificate of whoever signed the"
                + " carrier's, not the carrier's own.");
      }
      if (one.getNotAfter().toInstant().isBefore(now)) {
        return new Reading.Refused(
            "EXPIRED", "One of them has expired. Ask the carrier for the one that holds now.");
      }
    }
    String kept = text(certificates);
    return kept.length() > LONGEST
        ? new Reading.Refused("TOO_LONG", "Paste fewer certificates, this carrier's alone.")
        : new Reading.Read(new CarrierAuthority(kept));
  }

  /// The certificates themselves.
  public List<X509Certificate> certificates() {
    return certificates(pem);
  }

  /// Certificates as OpenSSL reads them.
  public static String text(List<X509Certificate> certificates) {
    return certificates.stream().map(CarrierAuthority::text).collect(Collectors.joining());
  }

  private static String text(X509Certificate certificate) {
    try {
      return "-----BEGIN CERTIFICATE-----\n"
          + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded())
          + "\n-----END CERTIFICATE-----\n";
    } catch (CertificateException broken) {
      throw new IllegalArgumentException("not a certificate", broken);
    }
  }

  private static boolean isAuthority(X509Certificate certificate) {
    boolean[] uses = certificate.getKeyUsage();
    return certificate.getBasicConstraints() >= 0
        && (uses == null || (uses.length > SIGNS_CERTIFICATES && uses[SIGNS_CERTIFICATES]));
  }

  private static List<X509Certificate> certificates(String pem) {
    List<X509Certificate> found = new ArrayList<>();
    Matcher block = BLOCK.matcher(pem);
    int end = 0;
    while (end < pem.length()) {
      if (!block.region(end, pem.length()).lookingAt() || found.size() == MOST_CERTIFICATES) {
        throw new IllegalArgumentException("not certificates in PEM");
      }
      found.add(certificate(block.group(1)));
      end = block.end();
    }
    if (found.isEmpty()) {
      throw new IllegalArgumentException("no certificate in PEM");
    }
    return found;
  }

  private static X509Certificate certificate(String base64) {
    byte[] coded = Base64.getDecoder().decode(base64.replaceAll("\\s", "").getBytes(US_ASCII));
    try {
      ByteArrayInputStream bytes = new ByteArrayInputStream(coded);
      X509Certificate found =
          (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(bytes);
      if (found == null || bytes.available() > 0) {
        throw new IllegalArgumentException("more than a certificate");
      }
      return found;
    } catch (CertificateException broken) {
      throw new IllegalArgumentException("not a certificate", broken);
    }
  }
}
