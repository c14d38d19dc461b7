package kz.qonyrau.promotions;

import java.time.Instant;
import java.util.Optional;
import kz.qonyrau.wire.PromotedRecording;

/// What this box knows of one consent to publish one recording.
///
/// @param told what central last said of it
/// @param named whether central's newest word names it; of one that it does not name, nothing is
///   published any more
/// @param request the withdrawal, if it was asked for at this box
public record PublishedRecording(PromotedRecording told, boolean named, Optional<Request> request) {

  /// The owner does not consent any more.
  ///
  /// @param by the login of who said so
  public record Request(Instant at, String by) {}

  /// How it stands.
  public enum State {
    /// It may be published.
    STANDING,
    /// It was withdrawn here, and central has not said yet that it knows.
    ASKED,
    /// Central is to remove it.
    TO_REMOVE,
    /// Nothing is published any more.
    ENDED
  }

  /// How it stands.
  public State state() {
    if (!named || !told.isOpen()) {
      return State.ENDED;
    }
    if (told.withdrawal().isPresent()) {
      return State.TO_REMOVE;
    }
    return request.isPresent() ? State.ASKED : State.STANDING;
  }
}
