package kz.qonyrau.console;

import java.time.Instant;
import java.util.Optional;
import kz.qonyrau.vocabulary.CallId;

/// The owner's consent that a technician may hear one recording once, and read its transcript once
/// (SH-RET-07).
///
/// @param id a UUID
/// @param reason the case, in the owner's words
/// @param givenBy the owner's login
/// @param until from when on it is no good
/// @param withdrawnAt when the owner took it back
/// @param heard who heard the recording, and when
/// @param read who read the transcript, and when
record Ticket(
    String id,
    CallId call,
    String reason,
    String givenBy,
    Instant givenAt,
    Instant until,
    Optional<Instant> withdrawnAt,
    Optional<Use> heard,
    Optional<Use> read) {

  /// A ticket is good for one use of each.
  enum Part {
    RECORDING,
    TRANSCRIPT
  }

  /// @param by the technician's login
  record Use(String by, Instant at) {}

  Optional<Use> use(Part part) {
    return switch (part) {
      case RECORDING -> heard;
      case TRANSCRIPT -> read;
    };
  }
}
