package kz.qonyrau.wire;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import kz.qonyrau.vocabulary.BoxId;

/// Judges whether a license lets a box work (PLT-09). Pure: document and time in, standing out.
///
/// Grace is counted from the expiry and does not ask whether central can be reached: a provider who
/// cannot renew in time would otherwise stop his customers. It ends with the last instant of
/// `expires + graceHours`; one second later billable modules stop (EX-PLT-3).
public final class LicensePolicy {

  private final BoxId box;
  private final DocumentVerifier provider;

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
    if (!held.get().isSignedBy(provider)) {
      return new LicenseStanding.BadSignature();
    }
    LicenseDocument license;
    try {
      license = LicenseDocument.parse(held.get());
    } catch (MalformedMessageException _) {
      return new LicenseStanding.BadSignature();
    }
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
}
