package kz.qonyrau.wire;

import java.time.Instant;
import java.util.Optional;
import kz.qonyrau.vocabulary.BoxId;

/// What a box may do right now, as [LicensePolicy] judges it. Recordings and data remain readable
/// in every case; only billable modules depend on it.
public sealed interface LicenseStanding {

  /// Whether a new billable attempt may start, of any module that is licensed and not suspended.
  default boolean mayWork() {
    return switch (this) {
      case Valid _, InGrace _ -> true;
      case Expired _, NotYet _, WrongBox _, BadSignature _, None _ -> false;
    };
  }

  /// Whether a new billable attempt of this module may start.
  default boolean allows(String module) {
    return switch (this) {
      case Valid(LicenseDocument license) -> license.allows(module);
      case InGrace(LicenseDocument license, Instant _) -> license.allows(module);
      case Expired _, NotYet _, WrongBox _, BadSignature _, None _ -> false;
    };
  }

  /// Why a module is suspended, if that alone keeps it from working (SH-SUS-01).
  default Optional<Suspension> suspension(String module) {
    return switch (this) {
      case Valid(LicenseDocument license) -> license.suspension(module);
      case InGrace(LicenseDocument license, Instant _) -> license.suspension(module);
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
