package kz.qonyrau.wire;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import kz.qonyrau.vocabulary.BoxId;
import org.jspecify.annotations.Nullable;

/// Judges whether a license lets a box work (PLT-09). Pure: document and time in, standing out. It
/// is asked before every call, so the signature of a document is checked once, and the time each
/// time.
///
/// Grace is counted from the expiry and does not ask whether central can be reached: a provider who
/// cannot renew in time would otherwise stop his customers. It ends with the last instant of
/// `expires + graceHours`; one second later billable modules stop (EX-PLT-3).
public final class LicensePolicy {

  private final BoxId box;
  private final DocumentVerifier provider;
  private volatile @Nullable Read last;

  /// What a document says; no license if it is not the provider's.
  private record Read(SignedDocument document, Optional<LicenseDocument> license) {}

  /// @param box whose license it must be
  /// @param provider whose signature it must bear
  public LicensePolicy(BoxId box, DocumentVerifier provider) {
    this.box = box;
    this.provider = provider;
  }

  /// Judges the license that the box holds.
  ///
  /// @param now what the clock says
  /// @param latestKnown the latest time that the box knows to have passed: the last ledger row, the
  ///   last word of central. A clock that was turned back before it is not believed.
  public LicenseStanding at(Instant now, Instant latestKnown, Optional<SignedDocument> held) {
    if (held.isEmpty()) {
      return new LicenseStanding.None();
    }
    Optional<LicenseDocument> read = read(held.get());
    if (read.isEmpty()) {
      return new LicenseStanding.BadSignature();
    }
    LicenseDocument license = read.get();
    if (!license.boxId().equals(box)) {
      return new LicenseStanding.WrongBox(license.boxId());
    }
    Instant time = now.isBefore(latestKnown) ? latestKnown : now;
    Instant end = license.expires().plus(Duration.ofHours(license.graceHours()));
    if (time.isBefore(license.notBefore())) {
      return new LicenseStanding.NotYet(license, license.notBefore());
    }
    if (time.isBefore(license.expires())) {
      return new LicenseStanding.Valid(license);
    }
    return time.isAfter(end)
        ? new LicenseStanding.Expired(license, end)
        : new LicenseStanding.InGrace(license, end);
  }

  private Optional<LicenseDocument> read(SignedDocument document) {
    Read before = last;
    if (before != null && before.document.equals(document)) {
      return before.license;
    }
    Optional<LicenseDocument> license = Optional.empty();
    if (document.isSignedBy(provider)) {
      try {
        license = Optional.of(LicenseDocument.parse(document));
      } catch (MalformedMessageException _) {
        // Signed, and yet no license: it lets nothing work.
      }
    }
    last = new Read(document, license);
    return license;
  }
}
