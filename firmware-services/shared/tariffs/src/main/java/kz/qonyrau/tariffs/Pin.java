package kz.qonyrau.tariffs;

import java.time.Instant;

/// The version that an account is rated by from a moment on: all of its balance, old money and new
/// (SH-TAR-03, D-05).
///
/// @param version the version's id
/// @param since when the top-up that set it was credited
public record Pin(String version, Instant since) {

  /// The pin that a top-up sets: the version in force when it is credited.
  ///
  /// @throws IllegalArgumentException if nothing was published by then
  public static Pin afterTopUp(Catalogue catalogue, Instant creditedAt) {
    return new Pin(catalogue.inForce(creditedAt).versionId(), creditedAt);
  }
}
