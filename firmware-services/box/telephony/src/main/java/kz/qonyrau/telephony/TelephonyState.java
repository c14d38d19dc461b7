package kz.qonyrau.telephony;

import java.time.Instant;
import java.util.OptionalLong;

/// How Asterisk and its trunk are.
///
/// @param asterisk what the supervised process is doing
/// @param since since when it has been doing that
/// @param restarts how often the process had to be started again since the box came up
/// @param asteriskPid its process id, unless it is not running
/// @param trunk the line to the carrier
/// @param counters calls since the box came up
public record TelephonyState(
    AsteriskPhase asterisk,
    Instant since,
    int restarts,
    OptionalLong asteriskPid,
    TrunkState trunk,
    CallCounters counters) {}
