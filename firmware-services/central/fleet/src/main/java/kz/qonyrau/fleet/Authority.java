package kz.qonyrau.fleet;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.wire.ClaimTicket;
import kz.qonyrau.wire.DocumentSigner;
import kz.qonyrau.wire.DocumentVerifier;
import kz.qonyrau.wire.MalformedMessageException;
import kz.qonyrau.wire.OpeningKey;
import kz.qonyrau.wire.Pem;
import kz.qonyrau.wire.TlsIdentity;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;

/// The provider's certificate authority and his key for documents. Both are made at the first start
/// and kept in files that only this program's user may read; whoever has them can pose as the
/// provider.
public final class Authority {

  /// The common name by which the broker knows central itself.
  public static final String CENTRAL = "central";

  /// How the MQTT client id of one of several nodes of central begins; its name follows.
  public static final String NODE_PREFIX = CENTRAL + "-";

  private static final String CURVE = "secp256r1";
  private static final String SIGNED_WITH = "SHA256withECDSA";
  private static final Duration OWN_LIFE = Duration.ofDays(7300);
  // Made anew at each start, so it need not outlive a very long run.
  private static final Duration SERVER_LIFE = Duration.ofDays(1825);
  // Clocks of boxes may be a little behind.
  private static final Duration HEAD_START = Duration.ofHours(24);
  private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|.*:.*");

  private final PrivateKey key;
  private final X509Certificate certificate;
  private final DocumentSigner documentSigner;
  private final DocumentVerifier documentVerifier;
  private final OpeningKey caseKey;
  private final InstantSource clock;
  private final SecureRandom random;

  private Authority(
      PrivateKey key,
      X509Certificate certificate,
      DocumentSigner documentSigner,
      DocumentVerifier documentVerifier,
      OpeningKey caseKey,
      InstantSource clock,
      SecureRandom random) {
    this.key = key;
    this.certificate = certificate;
    this.documentSigner = documentSigner;
    this.documentVerifier = documentVerifier;
    this.caseKey = caseKey;
    this.clock = clock;
    this.random = random;
  }

  /// Reads the keys in `directory`, or makes them if there are none. Programs that share the
  /// directory take turns, so that the first one makes the keys and the others read them.
  ///
  /// @throws IllegalStateException if there is a part of them only: then someone must restore the
  ///   rest, because new keys would lock every enrolled box out
  public static Authority open(Path directory, InstantSource clock, SecureRandom random) {
    PrivateFiles.makeDirectory(directory);
    return PrivateFiles.alone(directory, () -> readOrMake(directory, clock, random));
  }

  private static Authority readOrMake(Path directory, InstantSource clock, SecureRandom random) {
    Path keyFile = directory.resolve("authority.key");
    Path certificateFile = directory.resolve("authority.crt");
    Path documentKeyFile = directory.resolve("documents.key");
    Path documentPublicFile = directory.resolve("documents.pub");
    Path caseKeyFile = directory.resolve("cases.key");
    List<Path> files =
        List.of(keyFile, certificateFile, documentKeyFile, caseKeyFile, documentPublicFile);
    // The last one written marks the set as whole.
    Path complete = documentPublicFile;
    if (!Files.exists(complete)) {
      if (Files.exists(directory.resolve("in-use"))) {
        throw new IllegalStateException(
            "the provider's keys in " + directory + " are incomplete: restore them from a backup");
      }
      make(files, clock, random);
    }
    for (Path file : files) {
      if (!Files.exists(file)) {
        throw new IllegalStateException(
            "the provider's key file " + file + " is missing: restore it from a backup");
      }
    }
    PrivateFiles.write(directory.resolve("in-use"), new byte[0]);
    return new Authority(
        Pem.privateKey(PrivateFiles.read(keyFile), "EC"),
        Pem.certificate(PrivateFiles.read(certificateFile)),
        new DocumentSigner(Pem.privateKey(PrivateFiles.read(documentKeyFile), "Ed25519")),
        DocumentVerifier.parse(PrivateFiles.read(documentPublicFile).strip()),
        OpeningKey.parse(PrivateFiles.read(caseKeyFile).strip()),
        clock,
        random);
  }

  private static void make(List<Path> files, InstantSource clock, SecureRandom random) {
    KeyPair own = newKeyPair();
    X500Name name = new X500Name("CN=Qonyrau provider " + Long.toHexString(random.nextLong()));
    Instant now = clock.instant();
    X509Certificate certificate =
        certify(
            own.getPrivate(),
            name,
            name,
            own.getPublic(),
            now,
            OWN_LIFE,
            random,
            builder -> {
              builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
              builder.addExtension(
                  Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            });
    KeyPair documents = DocumentSigner.newKeyPair();
    PrivateFiles.write(files.get(0), Pem.bytes(Pem.privateKey(own.getPrivate())));
    PrivateFiles.write(files.get(1), Pem.bytes(Pem.certificate(certificate)));
    PrivateFiles.write(files.get(2), Pem.bytes(Pem.privateKey(documents.getPrivate())));
    PrivateFiles.write(files.get(3), Pem.bytes(OpeningKey.random().text() + "\n"));
    PrivateFiles.write(
        files.get(4), Pem.bytes(new DocumentVerifier(documents.getPublic()).text() + "\n"));
  }

  /// The CA's own certificate, which boxes pin.
  public X509Certificate certificate() {
    return certificate;
  }

  /// Signs documents and messages to the boxes.
  public DocumentSigner documentSigner() {
    return documentSigner;
  }

  /// By what boxes check documents and messages.
  public DocumentVerifier documentVerifier() {
    return documentVerifier;
  }

  /// Opens what boxes report of complaints.
  public OpeningKey caseKey() {
    return caseKey;
  }

  /// A new ticket, by which a box will know this authority.
  ClaimTicket newTicket() {
    return ClaimTicket.random(random, certificate.getPublicKey());
  }

  /// A new identity for a server of central, good for these names and for the loopback interface.
  ///
  /// @param hosts names or addresses under which it is reached
  public TlsIdentity serverIdentity(Set<String> hosts) {
    Set<String> names = new TreeSet<>(hosts);
    names.addAll(Set.of("localhost", "127.0.0.1", "::1"));
    GeneralName[] alternatives =
        names.stream()
            .map(host ->
                new GeneralName(
                    ADDRESS.matcher(host).matches() ? GeneralName.iPAddress : GeneralName.dNSName,
                    host))
            .toArray(GeneralName[]::new);
    return identity(CENTRAL, KeyPurposeId.id_kp_serverAuth, alternatives);
  }

  /// A new identity for central as a client of the broker.
  public TlsIdentity centralIdentity() {
    return identity(CENTRAL, KeyPurposeId.id_kp_clientAuth, new GeneralName[0]);
  }

  private TlsIdentity identity(
      String commonName, KeyPurposeId purpose, GeneralName[] alternatives) {
    KeyPair pair = newKeyPair();
    X509Certificate own =
        certify(
            key,
            issuer(),
            new X500Name("CN=" + commonName),
            pair.getPublic(),
            clock.instant(),
            SERVER_LIFE,
            random,
            builder -> {
              endEntity(builder, purpose);
              if (alternatives.length > 0) {
                builder.addExtension(
                    Extension.subjectAlternativeName, false, new GeneralNames(alternatives));
              }
            });
    return new TlsIdentity(pair.getPrivate(), List.of(own, certificate));
  }

  /// Certifies a box's key. The name that the request asks for is ignored.
  ///
  /// @param csr PKCS#10 in PEM
  /// @throws MalformedMessageException naming `csr` if it cannot be read, its key is not on P-256,
  ///   or it is not signed by that key
  X509Certificate admit(String csr, BoxId box, Duration life) {
    PublicKey subject = keyOf(csr);
    return certify(
        key,
        issuer(),
        new X500Name("CN=" + box),
        subject,
        clock.instant(),
        life,
        random,
        builder -> endEntity(builder, KeyPurposeId.id_kp_clientAuth));
  }

  @SuppressWarnings("JavaUtilDate") // The certificate knows no other.
  static Instant expiryOf(X509Certificate certificate) {
    return certificate.getNotAfter().toInstant();
  }

  /// The key that a certificate request asks for.
  ///
  /// @throws MalformedMessageException as [#admit] does
  PublicKey keyOf(String csr) {
    try {
      var request = new JcaPKCS10CertificationRequest(Pem.decode(Pem.CERTIFICATE_REQUEST, csr));
      PublicKey subject = request.getPublicKey();
      ECPublicKey own = (ECPublicKey) certificate.getPublicKey();
      if (!(subject instanceof ECPublicKey ec)
          || !ec.getParams().getCurve().equals(own.getParams().getCurve())) {
        throw new MalformedMessageException("csr", "its key is not on the curve P-256");
      }
      if (!request.isSignatureValid(new JcaContentVerifierProviderBuilder().build(subject))) {
        throw new MalformedMessageException("csr", "is not signed by its own key");
      }
      return subject;
    } catch (MalformedMessageException e) {
      throw e.field().equals("csr") ? e : new MalformedMessageException("csr", e.why());
    } catch (IOException
        | GeneralSecurityException
        | OperatorCreationException
        | PKCSException
        | RuntimeException _) {
      // The parser answers garbage with many kinds of exceptions, unchecked ones among them.
      throw new MalformedMessageException("csr", "is not a certificate request");
    }
  }

  private X500Name issuer() {
    return X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
  }

  private static void endEntity(JcaX509v3CertificateBuilder builder, KeyPurposeId purpose)
      throws IOException {
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
    builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
    builder.addExtension(Extension.extendedKeyUsage, true, new ExtendedKeyUsage(purpose));
  }

  @SuppressWarnings("JavaUtilDate") // The builder knows no other.
  private static X509Certificate certify(
      PrivateKey issuerKey,
      X500Name issuer,
      X500Name subject,
      PublicKey subjectKey,
      Instant now,
      Duration life,
      SecureRandom random,
      Extensions extensions) {
    try {
      var builder =
          new JcaX509v3CertificateBuilder(
              issuer,
              new BigInteger(127, random).setBit(126),
              Date.from(now.minus(HEAD_START).truncatedTo(ChronoUnit.SECONDS)),
              Date.from(now.plus(life).truncatedTo(ChronoUnit.SECONDS)),
              subject,
              subjectKey);
      builder.addExtension(
          Extension.subjectKeyIdentifier,
          false,
          new JcaX509ExtensionUtils().createSubjectKeyIdentifier(subjectKey));
      extensions.addTo(builder);
      return new JcaX509CertificateConverter()
          .getCertificate(builder.build(new JcaContentSignerBuilder(SIGNED_WITH).build(issuerKey)));
    } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
      throw new IllegalStateException("cannot make a certificate", e);
    }
  }

  private interface Extensions {
    void addTo(JcaX509v3CertificateBuilder builder) throws IOException;
  }

  private static KeyPair newKeyPair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec(CURVE));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java runtime has no P-256", e);
    }
  }
}
