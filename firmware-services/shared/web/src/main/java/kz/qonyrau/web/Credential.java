package kz.qonyrau.web;

import java.time.Instant;
import java.util.Optional;

/// What sign-in needs to know of a person; kept by the console that implements [People].
///
/// @param person who it is
/// @param passwordHash as [Passwords#hash] made it
/// @param lockedUntil when the lock of too many wrong passwords ends
public record Credential(Person person, String passwordHash, Optional<Instant> lockedUntil) {

  /// Leaves the hash out.
  @Override
  public String toString() {
    return "Credential of " + person.loggable();
  }
}
