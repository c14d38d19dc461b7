package kz.qonyrau.telephony;

import io.vertx.core.Future;
import java.util.Optional;
import java.util.function.Consumer;

/// Places outbound calls on one trunk.
///
/// May be called from any thread. Whoever paces calls keeps below the trunk's channel limit (see
/// [TrunkState#channelLimit]); one call too many is answered with [DialOutcome.PlatformFault] and
/// rings nowhere.
@FunctionalInterface
public interface CallPlacer {

  /// Rings the callee until someone picks up, the network refuses, or the ringing time has passed.
  ///
  /// The future completes within the ringing time plus 5 s and never fails: what the network says
  /// is one of the outcomes, and what breaks on our side is [DialOutcome.PlatformFault]. After a
  /// platform fault the phone may have rung, so the attempt counts.
  ///
  /// @param early told, on an event loop and at most once, when the network lets us hear something
  ///   before anybody picks up; empty if nobody wants to hear it
  Future<DialOutcome> dial(DialRequest request, Optional<Consumer<RingingCall>> early);

  /// The same, without listening to what comes before the answer.
  default Future<DialOutcome> dial(DialRequest request) {
    return dial(request, Optional.empty());
  }
}
