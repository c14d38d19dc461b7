package kz.qonyrau.telephony;

import kz.qonyrau.vocabulary.Msisdn;

/// By which trunk a subscriber was called, and what he saw (AC-CAL-03).
///
/// @param trunk the last one that was tried
/// @param name what people called it then
/// @param shown the number that the carrier was told to show
public record Way(TrunkId trunk, String name, Msisdn shown) {}
