package kz.qonyrau.telephony.trunks;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// A certificate for tests, with its key.
record Issued(X509Certificate certificate, KeyPair keys) {

  static Issued authority(String name) {
    return authority(name, Instant.now().plus(Duration.ofDays(1)));
  }

  static Issued authority(String name, Instant until) {
    return issued("CN=" + name, null, null, Instant.now().minus(Duration.ofDays(9)), until);
  }

  /// A server's certificate for an IPv4 address.
  Issued server(String address, Instant from, Instant until) {
    return issued("CN=Carrier", this, address, from, until);
  }

  Issued server(String address) {
    return server(
        address, Instant.now().minus(Duration.ofDays(1)), Instant.now().plus(Duration.ofDays(1)));
  }

  @SuppressWarnings("JavaUtilDate") // The builder knows no other.
  private static Issued issued(
      String subject,
      @org.jspecify.annotations.Nullable Issued by,
      @org.jspecify.annotations.Nullable String address,
      Instant from,
      Instant until) {
    try {
      KeyPair pair = KeyPairGenerator.getInstance("EC").generateKeyPair();
      X500Name name = new X500Name(subject);
      JcaX509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              by == null
                  ? name
                  : X500Name.getInstance(by.certificate.getSubjectX500Principal().getEncoded()),
              BigInteger.valueOf(System.nanoTime()),
              Date.from(from),
              Date.from(until),
              name,
              pair.getPublic());
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(by == null));
      if (address != null) {
        builder.addExtension(
            Extension.subjectAlternativeName,
            false,
            new GeneralNames(new GeneralName(GeneralName.iPAddress, address)));
      }
      KeyPair signer = by == null ? pair : by.keys;
      return new Issued(
          new JcaX509CertificateConverter()
              .getCertificate(
                  builder.build(
                      new JcaContentSignerBuilder("SHA256withECDSA").build(signer.getPrivate()))),
          pair);
    } catch (Exception failure) {
      throw new AssertionError("cannot make a certificate", failure);
    }
  }

  String pem() {
    return CarrierAuthority.text(List.of(certificate));
  }

  String privatePem() {
    return "-----BEGIN PRIVATE KEY-----\n"
        + Base64.getMimeEncoder().encodeToString(keys.getPrivate().getEncoded())
        + "\n-----END PRIVATE KEY-----\n";
  }

  /// What a server that shows this certificate speaks TLS with.
  SSLContext context() {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry(
          "server", keys.getPrivate(), new char[0], new X509Certificate[] {certificate});
      KeyManagerFactory factory =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(store, new char[0]);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(factory.getKeyManagers(), null, null);
      return context;
    } catch (Exception failure) {
      throw new AssertionError("cannot serve a certificate", failure);
    }
  }
}
