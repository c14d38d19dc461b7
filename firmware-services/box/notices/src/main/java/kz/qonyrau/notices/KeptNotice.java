package kz.qonyrau.notices;

import java.time.Instant;
import java.util.Optional;
import kz.qonyrau.vocabulary.Tenge;

/// A notice as the box keeps it for its owner (SH-NOT-01).
///
/// @param id a UUID that names it for good
/// @param code what is told; a word that this program may not know
/// @param at when it became true
/// @param amount the money that is spoken of, if any; may be below zero
/// @param until the moment that is spoken of, if any
/// @param subject the name of what is spoken of, if any
/// @param origin who had it to tell
/// @param dismissal empty until the owner has put it aside
public record KeptNotice(
    String id,
    String code,
    Instant at,
    Optional<Tenge> amount,
    Optional<Instant> until,
    Optional<String> subject,
    Origin origin,
    Optional<Dismissal> dismissal) {

  /// Who had something to tell.
  public enum Origin {
    CENTRAL,
    BOX
  }

  /// That somebody put a notice aside.
  ///
  /// @param by his login
  public record Dismissal(Instant at, String by) {}
}
