package kz.qonyrau.fleet;

import java.time.Duration;
import java.util.Set;
import kz.qonyrau.vocabulary.Tenge;
import kz.qonyrau.wire.LicenseLimits;

/// How the fleet is run.
///
/// @param brokerHost the name under which boxes reach the broker; it stands in its certificate
/// @param certificateValidity how long a box's certificate is good
/// @param leaseValidity how long a box may spend what it was granted without hearing from central
/// @param usualLease how much a box should have at once unless an admin says otherwise, above zero
/// @param offlineAfter a box whose heartbeats stop for so long is offline, whatever its connection
///   says
/// @param graceHours the offline grace that licenses carry (P-03)
/// @param firstLicense how long the license is good that a box gets on enrolment
/// @param firstModules its modules
/// @param firstLimits its limits
public record FleetSettings(
    String brokerHost,
    Duration certificateValidity,
    Duration leaseValidity,
    Tenge usualLease,
    Duration offlineAfter,
    int graceHours,
    Duration firstLicense,
    Set<String> firstModules,
    LicenseLimits firstLimits) {

  /// @throws IllegalArgumentException if a time or the usual lease is not positive
  public FleetSettings {
    firstModules = Set.copyOf(firstModules);
    for (Duration time :
        new Duration[] {certificateValidity, leaseValidity, offlineAfter, firstLicense}) {
      if (!time.isPositive()) {
        throw new IllegalArgumentException("not a positive time: " + time);
      }
    }
    if (!usualLease.isPositive()) {
      throw new IllegalArgumentException("not a positive amount: " + usualLease);
    }
  }
}
