package kz.qonyrau.speech;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/// What an [Interpreter] has to say.
public sealed interface Interpretation {

  /// What the present segment sounds like in one of the languages. It may still change entirely.
  record Glimpse(Locale language, String text) implements Interpretation {}

  /// Something was said and has ended.
  ///
  /// @param best in the language that fits best; empty if it was not understood in any, or not
  ///   surely enough (AC-STT-02)
  /// @param from where its first word begins, from the first sample that was fed
  /// @param to where its last word ends
  record Segment(Optional<Spoken> best, Duration from, Duration to) implements Interpretation {}

  /// Nobody listens any more, in any language.
  record Deaf() implements Interpretation {}
}
