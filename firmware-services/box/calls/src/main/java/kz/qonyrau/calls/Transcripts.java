package kz.qonyrau.calls;

import java.util.List;
import kz.qonyrau.calls.PlacedCall.SpokenLine;
import kz.qonyrau.calls.PlacedCall.SpokenWord;
import kz.qonyrau.speech.Transcript;

/// Turns what was recognised into lines of the call log.
final class Transcripts {

  private Transcripts() {}

  static List<SpokenLine> lines(Transcript transcript) {
    return transcript.utterances().stream()
        .filter(utterance -> !utterance.text().isEmpty())
        .map(utterance ->
            new SpokenLine(
                utterance.text(),
                utterance.from(),
                utterance.to(),
                utterance.confidence(),
                utterance.words().stream()
                    .map(word ->
                        new SpokenWord(word.text(), word.from(), word.to(), word.confidence()))
                    .toList()))
        .toList();
  }
}
