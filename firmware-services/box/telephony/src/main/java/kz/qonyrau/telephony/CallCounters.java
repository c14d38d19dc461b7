package kz.qonyrau.telephony;

/// Calls since the box came up. Each call that was originated and is not being dialled any more is
/// either answered or failed.
///
/// @param originated handed to Asterisk
/// @param answered picked up, with audio connected
/// @param failed anything else
public record CallCounters(long originated, long answered, long failed) {}
