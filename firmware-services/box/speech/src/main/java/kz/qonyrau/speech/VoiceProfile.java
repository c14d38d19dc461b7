package kz.qonyrau.speech;

import java.util.Locale;

/// A voice as an author chooses it (AC-TTS-01).
///
/// @param id stays the same as long as the voice sounds the same; kept with a campaign
/// @param language what it speaks; only the language of the locale counts
/// @param name what it is called, as its makers do
/// @param engine the program that speaks
public record VoiceProfile(String id, Locale language, Timbre timbre, String name, String engine) {}
