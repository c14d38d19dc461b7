package kz.qonyrau.uplink;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// A certificate for tests that look at its dates.
final class SomeCertificate {

  private SomeCertificate() {}

  @SuppressWarnings("JavaUtilDate") // The builder knows no other.
  static X509Certificate of(Duration life) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      KeyPair pair = generator.generateKeyPair();
      Instant begins = Instant.parse("2026-11-01T00:00:00Z");
      X500Name name = new X500Name("CN=x");
      return new JcaX509CertificateConverter()
          .getCertificate(
              new JcaX509v3CertificateBuilder(
                      name,
                      BigInteger.ONE,
                      Date.from(begins),
                      Date.from(begins.plus(life)),
                      name,
                      pair.getPublic())
                  .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate())));
    } catch (Exception failure) {
      throw new AssertionError("cannot make a certificate", failure);
    }
  }
}
