package kz.qonyrau.insight;

import java.util.Locale;
import kz.qonyrau.vocabulary.CallId;

/// Something that one side of a recorded conversation said.
///
/// @param language in which both sides were expected to speak
/// @param number counted from 0 within the call and the side
/// @param line without its words one by one
public record LineOfCall(CallId call, Locale language, int number, TranscribedLine line) {}
