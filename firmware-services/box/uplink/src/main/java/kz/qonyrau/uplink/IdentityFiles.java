package kz.qonyrau.uplink;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import kz.qonyrau.wire.DocumentSigner;
import kz.qonyrau.wire.DocumentVerifier;
import kz.qonyrau.wire.EnrolmentReply;
import kz.qonyrau.wire.MalformedMessageException;
import kz.qonyrau.wire.OpeningKey;
import kz.qonyrau.wire.Pem;
import kz.qonyrau.wire.TlsIdentity;

/// The files in which the box keeps who it is, in one directory that only this program's user may
/// read. Each is whole or not there, and the order in which they are written tells after a crash
/// how far it came.
///
/// | file | what |
/// |---|---|
/// | `device.key`, `device.pub` | signs messages; made once |
/// | `sealing.key` | opens what central seals for this box alone; made once, when it is first needed |
/// | `tls.key`, `request.csr` | the first certificate's key, and the request for it |
/// | `enrolled.json` | central's admission with the first certificate |
/// | `next.key`, `next.csr` | of a new certificate that is being asked for |
/// | `renewed.pem` | the newest key with its certificate, where there was a renewal |
final class IdentityFiles {

  private static final String CERTIFICATE_BEGINS = "-----BEGIN " + Pem.CERTIFICATE + "-----";

  private final Path directory;

  IdentityFiles(Path directory) {
    this.directory = directory;
  }

  /// Who this box is, if it was enrolled before.
  ///
  /// @throws IllegalStateException if the files are there but damaged
  Optional<BoxIdentity> identity() {
    if (!Files.exists(file("enrolled.json"))) {
      return Optional.empty();
    }
    try {
      EnrolmentReply reply =
          EnrolmentReply.parse(
              PrivateFiles.read(file("enrolled.json")).getBytes(StandardCharsets.UTF_8));
      return Optional.of(identity(reply, newest(reply)));
    } catch (MalformedMessageException damaged) {
      throw new IllegalStateException(
          "the box's identity in " + directory + " is damaged: restore it or enrol anew", damaged);
    }
  }

  private TlsIdentity newest(EnrolmentReply reply) {
    X509Certificate authority = Pem.certificate(reply.authority());
    if (!Files.exists(file("renewed.pem"))) {
      return new TlsIdentity(
          Pem.privateKey(PrivateFiles.read(file("tls.key")), "EC"),
          List.of(Pem.certificate(reply.certificate()), authority));
    }
    String both = PrivateFiles.read(file("renewed.pem"));
    int certificate = Math.max(0, both.indexOf(CERTIFICATE_BEGINS));
    return new TlsIdentity(
        Pem.privateKey(both.substring(0, certificate), "EC"),
        List.of(Pem.certificate(both.substring(certificate)), authority));
  }

  /// Who the box is by this admission.
  BoxIdentity identity(EnrolmentReply reply, TlsIdentity tls) {
    return new BoxIdentity(
        reply.boxId(),
        reply.organisation(),
        tls,
        Pem.certificate(reply.authority()),
        deviceSigner(),
        opening(),
        DocumentVerifier.parse(reply.documentKey()),
        reply.brokerHost(),
        reply.brokerPort());
  }

  DocumentSigner deviceSigner() {
    return new DocumentSigner(Pem.privateKey(PrivateFiles.read(file("device.key")), "Ed25519"));
  }

  /// Central learns of the other half by heartbeats, so a box that was enrolled before there was
  /// such a key makes it now.
  private OpeningKey opening() {
    if (!Files.exists(file("sealing.key"))) {
      PrivateFiles.write(file("sealing.key"), Pem.bytes(OpeningKey.random().text() + "\n"));
    }
    return OpeningKey.parse(PrivateFiles.read(file("sealing.key")).strip());
  }

  String deviceKey() {
    return PrivateFiles.read(file("device.pub")).strip();
  }

  /// The request for the first certificate; it and the keys are made once. It is written last and
  /// marks them as whole.
  CertificateRequest first() {
    PrivateFiles.makeDirectory(directory);
    if (!Files.exists(file("request.csr"))) {
      KeyPair device = DocumentSigner.newKeyPair();
      PrivateFiles.write(file("device.key"), Pem.bytes(Pem.privateKey(device.getPrivate())));
      PrivateFiles.write(
          file("device.pub"), Pem.bytes(new DocumentVerifier(device.getPublic()).text() + "\n"));
      write(CertificateRequest.make(), "tls.key", "request.csr");
    }
    return read("tls.key", "request.csr");
  }

  void enrolled(EnrolmentReply reply) {
    PrivateFiles.write(file("enrolled.json"), reply.bytes());
  }

  /// The request for the next certificate, the same until it is answered.
  ///
  /// @param inUse the key of the certificate in use, for which no other one is asked
  CertificateRequest next(PublicKey inUse) {
    if (Files.exists(file("next.csr"))) {
      CertificateRequest request = read("next.key", "next.csr");
      if (!request.publicKey().equals(inUse)) {
        return request;
      }
    }
    forgetNext();
    write(CertificateRequest.make(), "next.key", "next.csr");
    return read("next.key", "next.csr");
  }

  void renewed(CertificateRequest request, X509Certificate certificate) {
    PrivateFiles.write(
        file("renewed.pem"),
        Pem.bytes(request.key().strip() + "\n" + Pem.certificate(certificate)));
    forgetNext();
  }

  private void forgetNext() {
    try {
      Files.deleteIfExists(file("next.csr"));
      Files.deleteIfExists(file("next.key"));
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot delete a request in " + directory, failure);
    }
  }

  private void write(CertificateRequest request, String key, String csr) {
    PrivateFiles.write(file(key), Pem.bytes(request.key()));
    PrivateFiles.write(file(csr), Pem.bytes(request.csr()));
  }

  private CertificateRequest read(String key, String csr) {
    return new CertificateRequest(PrivateFiles.read(file(key)), PrivateFiles.read(file(csr)));
  }

  private Path file(String name) {
    return directory.resolve(name);
  }
}
