package kz.qonyrau.fleet;

import kz.qonyrau.wire.EnrolmentReply;
import kz.qonyrau.wire.Refusal;

/// What became of a box's request to be admitted.
public sealed interface EnrolmentResult {

  /// Admitted now, or before by the very same request.
  record Admitted(EnrolmentReply reply) implements EnrolmentResult {}

  /// Refused; nothing has changed.
  record Refused(Refusal refusal) implements EnrolmentResult {}
}
