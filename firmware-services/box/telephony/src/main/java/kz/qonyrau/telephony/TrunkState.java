package kz.qonyrau.telephony;

import java.time.Duration;
import java.util.Optional;

/// The lines to the carriers, as if they were one.
///
/// @param reachable whether any trunk takes calls
/// @param roundTrip how long the quickest of those carriers took to answer SIP OPTIONS
/// @param activeCalls calls that are being dialled or talked on
/// @param channelLimit the most that these carriers allow at once, together (PLT-04)
public record TrunkState(
    boolean reachable, Optional<Duration> roundTrip, int activeCalls, int channelLimit) {}
