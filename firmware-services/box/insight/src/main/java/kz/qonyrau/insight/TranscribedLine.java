package kz.qonyrau.insight;

import java.time.Duration;
import java.util.List;
import kz.qonyrau.speech.Word;

/// Something that one side said. Times count from the beginning of the recording.
///
/// @param text the words, in lower case
/// @param confidence from 0 to 1, the mean over the words
/// @param words with times; empty if an utterance was longer than anybody speaks
public record TranscribedLine(
    Side side, String text, Duration from, Duration to, double confidence, List<Word> words) {

  public TranscribedLine {
    words = List.copyOf(words);
  }
}
