package kz.qonyrau.telephony;

import java.time.Duration;
import java.util.Optional;

/// The line to the carrier.
///
/// @param reachable whether the carrier answered the last SIP OPTIONS
/// @param roundTrip how long that answer took
/// @param activeCalls calls that are being dialled or talked on
/// @param channelLimit the most that the carrier allows at once (PLT-04)
public record TrunkState(
    boolean reachable, Optional<Duration> roundTrip, int activeCalls, int channelLimit) {}
