package kz.qonyrau.telephony;

import java.time.Instant;

/// How an answered call came to its end.
///
/// @param at when
/// @param cause in the network's words; [HangupCause#UNKNOWN] where nobody could say
/// @param platformFault whether this product broke the call off, for example because Asterisk died
public record Ended(Instant at, HangupCause cause, boolean platformFault) {}
