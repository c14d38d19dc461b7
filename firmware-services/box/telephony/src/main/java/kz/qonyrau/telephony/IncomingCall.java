package kz.qonyrau.telephony;

import io.vertx.core.Future;
import java.util.Optional;
import kz.qonyrau.vocabulary.CallId;

/// A call that somebody makes to one of the box's numbers, as long as nobody has picked up.
///
/// Every method may be called from any thread and returns at once.
public interface IncomingCall {

  /// It rings for so many seconds, and is then refused if nobody has picked up.
  int LONGEST_RINGING_SECONDS = 20;

  CallId id();

  /// By which trunk it comes; where several lead to one address, the first of them.
  TrunkId trunk();

  /// Who calls, as the carrier writes it: up to 20 digits, with or without a plus sign. Empty if he
  /// does not show his number. A carrier that checks nothing passes on any number that a caller
  /// claims to have.
  Optional<String> caller();

  /// Which number was called, as the carrier writes it: up to 20 digits, with or without a plus
  /// sign. Empty if it is none.
  Optional<String> called();

  /// Picks up. The caller hears silence until something is played.
  ///
  /// Fails with [CallEndedException] if the caller has given up, or the audio cannot be connected
  /// within 3 s; the call is over then.
  Future<LiveCall> answer();

  /// Tells the caller that the line is busy.
  void refuse();

  /// Completes when the call is over, whether it was answered or not; never fails.
  Future<Ended> ended();
}
