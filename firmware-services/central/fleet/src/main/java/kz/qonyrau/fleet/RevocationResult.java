package kz.qonyrau.fleet;

import java.time.Instant;

/// What became of an order to refuse a box. Only [Revoked] has changed anything.
public sealed interface RevocationResult {

  record Revoked(Instant at) implements RevocationResult {}

  record AlreadyRevoked(Instant at) implements RevocationResult {}

  record NoSuchBox() implements RevocationResult {}
}
