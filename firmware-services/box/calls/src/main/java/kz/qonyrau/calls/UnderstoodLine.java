package kz.qonyrau.calls;

import kz.qonyrau.vocabulary.CallId;

/// Something that a subscriber said during a call.
///
/// @param number counted from 0 within the call
/// @param line without its words one by one
public record UnderstoodLine(CallId call, int number, PlacedCall.SpokenLine line) {}
