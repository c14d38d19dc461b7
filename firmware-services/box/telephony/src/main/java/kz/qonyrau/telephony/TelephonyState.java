package kz.qonyrau.telephony;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// How Asterisk and its trunks are.
///
/// @param asterisk what the supervised process is doing
/// @param since since when it has been doing that
/// @param restarts how often the process had to be started again since the box came up
/// @param asteriskPid its process id, unless it is not running
/// @param fault what is wrong with the process and what to do about it, for people; empty if
///   nothing
/// @param trunk all trunks as if they were one
/// @param trunks each of them, in the order in which they are asked
/// @param counters calls since the box came up
public record TelephonyState(
    AsteriskPhase asterisk,
    Instant since,
    int restarts,
    OptionalLong asteriskPid,
    Optional<String> fault,
    TrunkState trunk,
    List<TrunkStanding> trunks,
    CallCounters counters) {

  public TelephonyState {
    trunks = List.copyOf(trunks);
  }
}
