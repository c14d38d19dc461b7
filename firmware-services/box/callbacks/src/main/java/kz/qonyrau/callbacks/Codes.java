package kz.qonyrau.callbacks;

import io.vertx.core.Future;
import kz.qonyrau.vocabulary.Msisdn;

/// Passes on what somebody types who wants to prove that his number is his (AC-WHO-01).
@FunctionalInterface
public interface Codes {

  /// Sends a code to central. Fails if it cannot go there; whether it is a code of anybody's is not
  /// known here.
  ///
  /// @param caller whose number was shown
  /// @param code six digits
  Future<Void> pass(Msisdn caller, String code);
}
