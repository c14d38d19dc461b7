package kz.qonyrau.campaigns;

import java.time.Instant;
import java.time.LocalDate;

/// Where the numbers of a list come from, and who answers for it (AC-CON-02).
///
/// @param origin 3 to 500 characters
/// @param forCalls whether the owners' permission covers calls; `forMessages` the same for SMS
/// @param statedBy who stated that the numbers were collected lawfully, 1 to 100 characters
public record Attestation(
    String origin,
    LocalDate collectedFrom,
    LocalDate collectedTo,
    boolean forCalls,
    boolean forMessages,
    String statedBy,
    Instant statedAt) {

  /// @throws IllegalArgumentException if a text is too short or too long, the period is reversed,
  ///   or no channel is covered
  public Attestation {
    if (origin.strip().length() < 3 || origin.length() > 500) {
      throw new IllegalArgumentException("the origin needs 3 to 500 characters");
    }
    if (collectedTo.isBefore(collectedFrom)) {
      throw new IllegalArgumentException("the period of collection ends before it begins");
    }
    if (!forCalls && !forMessages) {
      throw new IllegalArgumentException("at least one channel must be covered");
    }
    if (statedBy.isBlank() || statedBy.length() > 100) {
      throw new IllegalArgumentException("who states it needs 1 to 100 characters");
    }
  }
}
