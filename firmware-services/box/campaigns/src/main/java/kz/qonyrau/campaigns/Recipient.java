package kz.qonyrau.campaigns;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import kz.qonyrau.vocabulary.CallId;
import kz.qonyrau.vocabulary.CallOutcome;
import kz.qonyrau.vocabulary.Msisdn;

/// A contact that a started campaign was to reach, and what became of it.
///
/// @param number his first one, which he is known by
/// @param others where else this campaign may call him, in the order of the list
/// @param dials the number that his next call goes to, or his last one went to
/// @param outcome of the last call; it is final if the state is DONE
/// @param exclusion why he is not called, if he is not
/// @param due when he is called again, at the earliest
/// @param rests until when another campaign's call leaves his number alone, if he waits for a call
///   and it does
/// @param calls to him in this campaign, oldest first
public record Recipient(
    Msisdn number,
    List<Msisdn> others,
    Msisdn dials,
    State state,
    Optional<CallOutcome> outcome,
    Optional<Exclusion> exclusion,
    Optional<Instant> due,
    Optional<Instant> rests,
    List<Try> calls) {

  public Recipient {
    others = List.copyOf(others);
    calls = List.copyOf(calls);
  }

  /// Where a recipient stands. Everyone is in one of them at any moment.
  public enum State {
    /// Waits for his first call, or for a repeat that is due.
    PENDING,
    /// Is being called.
    ACTIVE,
    /// Was called and waits to be called again.
    WAITING,
    /// Has been called as often as the rules for all campaigns allow, and waits.
    CAPPED,
    /// Has his final result.
    DONE,
    /// Was left out; [#exclusion] says why.
    EXCLUDED,
    /// The campaign was over before his first call.
    NOT_CALLED
  }

  /// One call to him.
  ///
  /// @param number that was dialled
  /// @param outcome empty while it is under way
  /// @param byMachine whether a machine, or the network, answered in his place
  public record Try(
      CallId call,
      Msisdn number,
      Instant startedAt,
      Optional<CallOutcome> outcome,
      boolean byMachine) {}
}
