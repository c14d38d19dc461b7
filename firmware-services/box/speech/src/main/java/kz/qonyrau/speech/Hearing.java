package kz.qonyrau.speech;

import java.time.Duration;
import java.util.List;

/// What a recogniser made of the audio so far. Times count from the first sample that was fed.
public sealed interface Hearing {

  /// What the current utterance sounds like until now. It may still change entirely, and is not
  /// checked against the phrase list.
  ///
  /// @param at how much audio had been heard
  record Partial(String text, Duration at) implements Hearing {}

  /// The box cannot keep up and has stopped listening. It is the last thing that is heard; keys
  /// still are.
  ///
  /// @param at how much audio had come in
  record Deaf(Duration at) implements Hearing {}

  /// Something was said and has ended.
  ///
  /// @param text the words, in lower case, separated by one space; with a phrase list, the phrase
  ///   as it stands in the list. Empty if something was said that was not understood (AC-STT-02)
  /// @param from where the first word begins
  /// @param to where the last word ends
  /// @param confidence from 0 to 1, the mean over the words; 0 if not understood
  /// @param words the words with their times; empty if not understood
  record Utterance(String text, Duration from, Duration to, double confidence, List<Word> words)
      implements Hearing {

    public Utterance {
      if (!(confidence >= 0 && confidence <= 1)) {
        throw new IllegalArgumentException("not a confidence from 0 to 1: " + confidence);
      }
      if (to.compareTo(from) < 0) {
        throw new IllegalArgumentException("an utterance ends at " + to + ", before " + from);
      }
      words = List.copyOf(words);
    }

    /// Whether there is a text to act on. If not, the scenario takes its "not understood" branch.
    public boolean isUnderstood() {
      return !text.isEmpty();
    }
  }
}
