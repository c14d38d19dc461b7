package kz.qonyrau.testsupport.answers;

import java.util.List;
import java.util.Locale;

/// One of espeak-ng's ways to speak.
///
/// @param variant of the language's voice: `m1` to `m7`, `f1` to `f4`
/// @param wordsPerMinute 80 to 300; people speak at 130 to 180
/// @param pitch 0 to 99
public record Voice(String variant, int wordsPerMinute, int pitch) {

  /// For tuning.
  public static final List<Voice> TUNE =
      List.of(
          new Voice("m1", 150, 45),
          new Voice("f1", 160, 55),
          new Voice("m3", 135, 40),
          new Voice("f4", 170, 60));

  /// For testing; no voice is in both.
  public static final List<Voice> TEST =
      List.of(
          new Voice("m2", 140, 50),
          new Voice("f2", 150, 50),
          new Voice("m7", 165, 35),
          new Voice("f3", 175, 65),
          new Voice("m5", 130, 42));

  String name(Locale language) {
    String voice = language.getLanguage().equals("en") ? "en-us" : language.getLanguage();
    return voice + "+" + variant;
  }
}
