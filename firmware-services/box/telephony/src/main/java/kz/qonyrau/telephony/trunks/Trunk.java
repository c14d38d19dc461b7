package kz.qonyrau.telephony.trunks;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import kz.qonyrau.telephony.TrunkId;

/// One line to a carrier.
///
/// @param suspension set while the provider has shut this trunk; no technician opens it
/// @param mayShow whether the provider lets this box show the trunk's number (AC-CAL-03); without
///   that no call goes there
/// @param changes grows with each change that people make
public record Trunk(
    TrunkId id, TrunkTerms terms, Optional<Suspension> suspension, boolean mayShow, long changes) {

  /// Since when the provider has shut a trunk, and why (SH-SUS-02).
  ///
  /// @param why in the provider's words, 1 to 500 characters, for the owner and the technician
  public record Suspension(Instant since, String why) {

    private static final int LONGEST_WHY = 500;

    /// @throws IllegalArgumentException if the reason is not of that length
    public Suspension {
      since = since.truncatedTo(ChronoUnit.MILLIS);
      if (why.isBlank() || why.length() > LONGEST_WHY) {
        throw new IllegalArgumentException("a reason has 1 to " + LONGEST_WHY + " characters");
      }
    }
  }

  /// Whether calls may go there at all.
  public boolean isOpen() {
    return terms.enabled() && suspension.isEmpty() && mayShow;
  }
}
