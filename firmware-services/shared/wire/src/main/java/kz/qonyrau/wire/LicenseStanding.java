package kz.qonyrau.wire;

import java.time.Instant;
import java.util.Optional;
import kz.qonyrau.vocabulary.BoxId;

/// What a box may do right now, as [LicensePolicy] judges it. Recordings and data remain readable
/// in every case; only billable modules depend on it.
public sealed interface LicenseStanding {

  /// Whether a new billable attempt may start, of any module that is licensed and not suspended.
  default boolean mayWork() {
    return inForce().isPresent();
  }

  /// Whether a new billable attempt of this module may start.
  default boolean allows(String module) {
    return inForce().filter(license -> license.allows(module)).isPresent();
  }

  /// Why a module is suspended, if that alone keeps it from working (SH-SUS-01).
  default Optional<Suspension> suspension(String module) {
    return inForce().flatMap(license -> license.suspension(module));
  }

  /// The license, while it is in force.
  default Optional<LicenseDocument> inForce() {
    return switch (this) {
      case Valid(LicenseDocument license) -> Optional.of(license);
      case InGrace(LicenseDocument license, Instant _) -> Optional.of(license);
      case Expired _, NotYet _, WrongBox _, BadSignature _, None _ -> Optional.empty();
    };
  }

  /// In force.
  record Valid(LicenseDocument license) implements LicenseStanding {}

  /// Expired, but the box goes on through `until`, so that a broken link to central does not stop
  /// its owner's work.
  record InGrace(LicenseDocument license, Instant until) implements LicenseStanding {}

  /// Over since `since`, grace included.
  record Expired(LicenseDocument license, Instant since) implements LicenseStanding {}

  /// Good from `from` on, which is still to come.
  record NotYet(LicenseDocument license, Instant from) implements LicenseStanding {}

  /// Made out to another box.
  record WrongBox(BoxId named) implements LicenseStanding {}

  /// Not signed by the provider, or not readable.
  record BadSignature() implements LicenseStanding {}

  /// This box has never had a license.
  record None() implements LicenseStanding {}
}
