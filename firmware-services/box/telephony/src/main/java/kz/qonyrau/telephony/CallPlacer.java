package kz.qonyrau.telephony;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/// Places outbound calls, each on the trunk that fits best; where one refuses for reasons of its
/// own before anything rang, the next one is asked.
///
/// May be called from any thread. Whoever paces calls keeps below the trunks' channel limit (see
/// [TrunkState#channelLimit]); one call too many is answered with [DialOutcome.PlatformFault] and
/// rings nowhere.
@FunctionalInterface
public interface CallPlacer {

  /// For so long trunks are tried one after the other, until one takes the call.
  Duration LONGEST_SEARCH = Duration.ofSeconds(20);

  /// Rings the callee until someone picks up, the network refuses, or the ringing time has passed.
  ///
  /// The future completes within the ringing time plus [#LONGEST_SEARCH] and 5 s and never fails:
  /// what the network says is one of the outcomes, and what breaks on our side is
  /// [DialOutcome.PlatformFault]. After a platform fault the phone may have rung, so the attempt
  /// counts.
  ///
  /// @param early told, on an event loop and at most once, when the network lets us hear something
  ///   before anybody picks up; empty if nobody wants to hear it
  Future<Dialled> dial(DialRequest request, Optional<Consumer<RingingCall>> early);

  /// The same, without listening to what comes before the answer.
  default Future<Dialled> dial(DialRequest request) {
    return dial(request, Optional.empty());
  }
}
