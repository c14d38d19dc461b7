package kz.qonyrau.billing;

import java.time.Instant;
import java.util.Optional;

/// What became of a top-up. Only [Credited] has changed anything.
public sealed interface TopUpResult {

  /// Credited now.
  ///
  /// @param pin what the customer is rated by from now on, if the top-up moved it
  record Credited(Instant at, Optional<Pinned> pin) implements TopUpResult {}

  /// The same payment was credited before; whoever retries may take this as success.
  record AlreadyCredited(Instant at) implements TopUpResult {}

  /// The key was used for another payment.
  record KeyTaken() implements TopUpResult {}
}
