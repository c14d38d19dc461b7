package kz.qonyrau.speech;

import java.util.Locale;

/// What one recogniser made of a segment, and in which language it was listening (AC-STT-01).
///
/// @param language of the model that heard it
public record Spoken(Locale language, Hearing.Utterance utterance) {}
