package kz.qonyrau.uplink;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import kz.qonyrau.wire.ClaimTicket;
import kz.qonyrau.wire.EnrolmentReply;
import kz.qonyrau.wire.MalformedMessageException;
import kz.qonyrau.wire.Pem;
import kz.qonyrau.wire.RenewalRequest;
import kz.qonyrau.wire.TlsIdentity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Gets the box a new key and certificate when a third of the old one's life is left, or after it
/// is over: the device key proves who asks, so a box that was away for too long comes back by
/// itself (PLT-08).
///
/// The connection that is up goes on; the next one is made with the new certificate. A crash at any
/// moment leaves the old certificate in use or the new one. Not safe for use by two threads at
/// once.
final class Renewal {

  private static final Logger log = LoggerFactory.getLogger(Renewal.class);
  private static final int SHARE_LEFT = 3;
  private static final Duration ASK_AGAIN = Duration.ofHours(1);

  private final IdentityFiles files;
  private final Door door;
  private long nextNanos = System.nanoTime();

  Renewal(IdentityFiles files, Door door) {
    this.files = files;
    this.door = door;
  }

  /// Whether the certificate should be replaced.
  @SuppressWarnings("JavaUtilDate") // The certificate knows no other.
  static boolean isDue(X509Certificate certificate, Instant now) {
    Instant begins = certificate.getNotBefore().toInstant();
    Instant ends = certificate.getNotAfter().toInstant();
    return now.isAfter(ends.minus(Duration.between(begins, ends).dividedBy(SHARE_LEFT)));
  }

  /// Asks for a new certificate if it is time, at most once an hour. Blocks for at most some 30 s.
  ///
  /// @return who the box is with it; empty if nothing has changed
  Optional<BoxIdentity> renewIfDue(BoxIdentity box, Instant now) {
    X509Certificate inUse = box.tls().chain().getFirst();
    if (!isDue(inUse, now) || System.nanoTime() - nextNanos < 0) {
      return Optional.empty();
    }
    nextNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ASK_AGAIN.toMillis());
    CertificateRequest request = files.next(inUse.getPublicKey());
    byte[] question =
        RenewalRequest.prove(box.id(), request.csr(), now, files.deviceSigner()).bytes();
    String fingerprint = ClaimTicket.fingerprintOf(box.authority().getPublicKey());
    return switch (door.ask("/renew", question, fingerprint)) {
      case Door.Said.Admitted(EnrolmentReply reply) -> accept(box, request, reply);
      case Door.Said.Refused(var refusal) ->
          failed(refusal.code() + " " + refusal.field().orElse("") + ": " + refusal.detail());
      case Door.Said.WrongProvider _ -> failed("whoever answers is not the provider");
      case Door.Said.Unreachable(String why) -> failed(why);
    };
  }

  private Optional<BoxIdentity> accept(
      BoxIdentity box, CertificateRequest request, EnrolmentReply reply) {
    try {
      X509Certificate fresh = Pem.certificate(reply.certificate());
      request.requireAnswer(fresh, box.authority(), box.id());
      files.renewed(request, fresh);
      log.atInfo()
          .addKeyValue("until", fresh.getNotAfter().toInstant())
          .log("the box has a new certificate");
      return Optional.of(
          new BoxIdentity(
              box.id(),
              box.organisation(),
              new TlsIdentity(request.privateKey(), List.of(fresh, box.authority())),
              box.authority(),
              box.signer(),
              box.opening(),
              box.provider(),
              box.brokerHost(),
              box.brokerPort()));
    } catch (MalformedMessageException malformed) {
      return failed("an answer that cannot be believed: " + malformed.getMessage());
    }
  }

  private static Optional<BoxIdentity> failed(String why) {
    log.atWarn()
        .addKeyValue("why", why)
        .addKeyValue("againInMinutes", ASK_AGAIN.toMinutes())
        .log("no new certificate yet; the old one is used for as long as it is good");
    return Optional.empty();
  }
}
