package kz.qonyrau.uplink;

import java.net.URI;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import kz.qonyrau.wire.ClaimTicket;
import kz.qonyrau.wire.EnrolmentReply;
import kz.qonyrau.wire.EnrolmentRequest;
import kz.qonyrau.wire.MalformedMessageException;
import kz.qonyrau.wire.Pem;
import kz.qonyrau.wire.TlsIdentity;

/// How this box comes to be who it is. Its keys are made here and never leave; only the certificate
/// request and the public half of the device key do (PLT-08).
///
/// The request is written down before it is sent, so after a crash at any moment the same request
/// is sent again and central gives the same answer.
///
/// Not safe for use by two threads at once.
public final class Enrolment {

  private final IdentityFiles files;
  private final Door door;
  private final String serial;
  private final String version;

  /// Keeps the files in `directory`, which is made if it is missing.
  ///
  /// @param central where central's enrolment door is
  /// @param serial what is printed on the box, 1 to 64 letters, digits and `._-`
  /// @param version of the box's program
  public Enrolment(Path directory, URI central, String serial, String version) {
    this.files = new IdentityFiles(directory);
    this.door = new Door(central);
    this.serial = serial;
    this.version = version;
  }

  /// Who this box is, if it was enrolled before.
  ///
  /// @throws IllegalStateException if the files are there but damaged
  public Optional<BoxIdentity> identity() {
    return files.identity();
  }

  /// How the box gets its next certificates.
  Renewal renewal() {
    return new Renewal(files, door);
  }

  /// Asks central to admit this box. Blocks for at most some 30 s.
  public EnrolmentAnswer claim(ClaimTicket ticket) {
    Optional<BoxIdentity> already = identity();
    if (already.isPresent()) {
      return new EnrolmentAnswer.Enrolled(already.get());
    }
    CertificateRequest request = files.first();
    EnrolmentRequest question =
        EnrolmentRequest.prove(
            ticket.code(), request.csr(), files.deviceKey(), serial, version, files.deviceSigner());
    return switch (door.ask("/enrol", question.bytes(), ticket.fingerprint())) {
      case Door.Said.Admitted(EnrolmentReply reply) -> accept(ticket, request, reply);
      case Door.Said.Refused(var refusal) -> new EnrolmentAnswer.Refused(refusal);
      case Door.Said.WrongProvider _ -> new EnrolmentAnswer.WrongProvider();
      case Door.Said.Unreachable(String why) -> new EnrolmentAnswer.Unreachable(why);
    };
  }

  private EnrolmentAnswer accept(
      ClaimTicket ticket, CertificateRequest request, EnrolmentReply reply) {
    try {
      X509Certificate authority = Pem.certificate(reply.authority());
      X509Certificate own = Pem.certificate(reply.certificate());
      if (!ClaimTicket.fingerprintOf(authority.getPublicKey()).equals(ticket.fingerprint())) {
        return new EnrolmentAnswer.WrongProvider();
      }
      request.requireAnswer(own, authority, reply.boxId());
      BoxIdentity identity =
          files.identity(reply, new TlsIdentity(request.privateKey(), List.of(own, authority)));
      files.enrolled(reply);
      return new EnrolmentAnswer.Enrolled(identity);
    } catch (MalformedMessageException malformed) {
      return new EnrolmentAnswer.Unreachable("an answer that cannot be read: " + malformed.why());
    }
  }
}
