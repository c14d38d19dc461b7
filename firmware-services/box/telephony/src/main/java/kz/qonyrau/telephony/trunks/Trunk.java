package kz.qonyrau.telephony.trunks;

import java.time.Instant;
import java.util.Optional;
import kz.qonyrau.telephony.TrunkId;

/// One line to a carrier.
///
/// @param suspension set while the provider has shut this trunk; no technician opens it
/// @param changes grows with each change that people make
public record Trunk(TrunkId id, TrunkTerms terms, Optional<Suspension> suspension, long changes) {

  /// Since when the provider has shut a trunk, and why (SH-SUS-02).
  public record Suspension(Instant since, String why) {}

  /// Whether calls may go there at all.
  public boolean isOpen() {
    return terms.enabled() && suspension.isEmpty();
  }
}
