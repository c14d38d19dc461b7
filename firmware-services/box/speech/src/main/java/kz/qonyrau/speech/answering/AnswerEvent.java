package kz.qonyrau.speech.answering;

import java.time.Duration;
import java.util.Locale;

/// What happens on a call, as far as it tells who answered. Times count from the first audio that
/// was fed, before the answer if there was any.
public sealed interface AnswerEvent {

  /// When it became known. Events may come a little out of order, as recognition is late; what is
  /// late is taken as if it came now.
  Duration at();

  /// The call was answered.
  record Answered(Duration at) implements AnswerEvent {}

  /// Somebody or something speaks.
  record SpeechBegan(Duration from, Duration at) implements AnswerEvent {}

  record SpeechEnded(Duration from, Duration to, Duration at) implements AnswerEvent {}

  /// Words were recognised.
  ///
  /// @param language by the recogniser of which language; several may hear the same
  /// @param text all of the present utterance, in lower case
  /// @param settled whether it will not change any more
  /// @param confidence from 0 to 1; 0 as long as it is not settled
  record Heard(Locale language, String text, boolean settled, double confidence, Duration at)
      implements AnswerEvent {}

  /// Nothing will be recognised any more, or never was.
  record Deaf(Duration at) implements AnswerEvent {}

  record Signal(ToneEvent tone) implements AnswerEvent {

    @Override
    public Duration at() {
      return tone.knownAt();
    }
  }

  /// A key was pressed at the other end.
  record Key(Duration at) implements AnswerEvent {}

  /// Time went by.
  record Passed(Duration at) implements AnswerEvent {}
}
