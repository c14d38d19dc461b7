package kz.qonyrau.speech;

import java.time.Duration;

/// One recognised word and where it stands in the audio.
///
/// @param text the word in lower case
/// @param from where it begins, counted from the first sample that was fed
/// @param to where it ends
/// @param confidence from 0 to 1
public record Word(String text, Duration from, Duration to, double confidence) {}
