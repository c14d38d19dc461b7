package kz.qonyrau.integrations;

import java.time.Instant;
import java.util.Optional;

/// How far a webhook was told of an event.
///
/// @param event the event's id
/// @param nextTry empty unless the state is PENDING
/// @param lastAnswer what came of the last try, in plain words; empty before the first
public record Delivery(
    String event,
    String kind,
    State state,
    Instant createdAt,
    int tries,
    Optional<Instant> nextTry,
    String lastAnswer,
    Optional<Instant> lastAt) {

  public enum State {
    /// Is told, perhaps again, at the next try.
    PENDING,
    /// The receiver has it. It is never sent again.
    DONE,
    /// Was tried for days; goes on if the owner says so.
    GIVEN_UP
  }
}
