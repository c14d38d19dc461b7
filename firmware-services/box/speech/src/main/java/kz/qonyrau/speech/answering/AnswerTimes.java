package kz.qonyrau.speech.answering;

import java.time.Duration;

/// How long things last that tell a human from a machine.
///
/// @param quiet without a sound since the answer: silence
/// @param waiting after something short was said: a human who waits for an answer
/// @param waitingAfterPhrase the same after words that people answer with
/// @param suspectSpeech talk without a pause, with a word that machines use in it: a machine
/// @param longSpeech talk without a pause, whatever it says: a machine. A quarter longer than the
///   longest greeting of a human among the staged calls for tuning
/// @param doubt from the first word on, which takes some time to be noticed; whoever has not been
///   recognised by then is taken for a human, until there is evidence
/// @param recording after a machine fell silent: it records, beep or not
public record AnswerTimes(
    Duration quiet,
    Duration waiting,
    Duration waitingAfterPhrase,
    Duration suspectSpeech,
    Duration longSpeech,
    Duration doubt,
    Duration recording) {

  /// What suits the staged calls for tuning.
  public static AnswerTimes usual() {
    return new AnswerTimes(
        Duration.ofSeconds(4),
        Duration.ofMillis(700),
        Duration.ofMillis(500),
        Duration.ofMillis(2360),
        Duration.ofMillis(3800),
        Duration.ofMillis(2380),
        Duration.ofMillis(2500));
  }

  public AnswerTimes {
    requireBetween("quiet", quiet, 500, 20_000);
    requireBetween("waiting", waiting, 200, 5000);
    requireBetween("waiting after phrase", waitingAfterPhrase, 200, waiting.toMillis());
    requireBetween("suspect speech", suspectSpeech, 1000, 20_000);
    requireBetween("long speech", longSpeech, suspectSpeech.toMillis(), 20_000);
    requireBetween("doubt", doubt, waiting.toMillis(), 20_000);
    requireBetween("recording", recording, 500, 20_000);
  }

  private static void requireBetween(String name, Duration value, long least, long most) {
    if (value.toMillis() < least || value.toMillis() > most) {
      throw new IllegalArgumentException(
          name + " must be " + least + " to " + most + " ms, not " + value.toMillis());
    }
  }
}
