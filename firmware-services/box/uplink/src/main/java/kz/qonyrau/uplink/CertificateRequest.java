package kz.qonyrau.uplink;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import javax.security.auth.x500.X500Principal;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.wire.MalformedMessageException;
import kz.qonyrau.wire.Pem;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/// A key of this box and the request for its certificate. Both are PEM.
record CertificateRequest(String key, String csr) {

  /// A new key on P-256.
  static CertificateRequest make() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair pair = generator.generateKeyPair();
      byte[] csr =
          new JcaPKCS10CertificationRequestBuilder(new X500Principal("CN=box"), pair.getPublic())
              .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()))
              .getEncoded();
      return new CertificateRequest(
          Pem.privateKey(pair.getPrivate()), Pem.encode(Pem.CERTIFICATE_REQUEST, csr));
    } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
      throw new IllegalStateException("cannot make a certificate request", e);
    }
  }

  PrivateKey privateKey() {
    return Pem.privateKey(key, "EC");
  }

  PublicKey publicKey() {
    try {
      return new JcaPKCS10CertificationRequest(Pem.decode(Pem.CERTIFICATE_REQUEST, csr))
          .getPublicKey();
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException("the box's own request is damaged", e);
    }
  }

  /// Checks that a certificate answers this request.
  ///
  /// @throws MalformedMessageException naming `certificate` if another authority signed it, or it
  ///   is for another box or key
  void requireAnswer(X509Certificate certificate, X509Certificate authority, BoxId box) {
    try {
      certificate.verify(authority.getPublicKey());
    } catch (GeneralSecurityException _) {
      throw new MalformedMessageException("certificate", "is not signed by the provider");
    }
    if (!certificate.getSubjectX500Principal().equals(new X500Principal("CN=" + box))
        || !certificate.getPublicKey().equals(publicKey())) {
      throw new MalformedMessageException("certificate", "is not for this box");
    }
  }
}
