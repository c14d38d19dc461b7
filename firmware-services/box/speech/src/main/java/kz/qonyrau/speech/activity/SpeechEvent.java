package kz.qonyrau.speech.activity;

import java.time.Duration;
import kz.qonyrau.speech.Recognizer;

/// What [SpeechActivity] says about one side of a call. Times count samples from the first that was
/// fed; `knownAt` is how much had been fed when it was known.
public sealed interface SpeechEvent {

  /// How much audio had to be heard to know it.
  long knownAt();

  /// Somebody speaks.
  ///
  /// @param from where it began, some frames before it was known
  record Began(long from, long knownAt) implements SpeechEvent {

    public Began {
      requireOrder(0, from);
      requireOrder(from, knownAt);
    }
  }

  /// It has been quiet for as long as [ActivitySettings#quiet] says.
  ///
  /// @param from as in the [Began] before
  /// @param to where the last sound of it ended
  record Ended(long from, long to, long knownAt) implements SpeechEvent {

    public Ended {
      requireOrder(0, from);
      requireOrder(from, to);
      requireOrder(to, knownAt);
    }
  }

  private static void requireOrder(long first, long second) {
    if (second < first) {
      throw new IllegalArgumentException(
          "samples are counted upwards from 0: " + second + " comes after " + first);
    }
  }

  /// How long so many samples last, in whole milliseconds.
  static Duration time(long samples) {
    return Duration.ofMillis(samples * 1000 / Recognizer.SAMPLES_PER_SECOND);
  }
}
