package kz.qonyrau.calls;

import java.util.List;
import kz.qonyrau.calls.PlacedCall.SpokenLine;
import kz.qonyrau.calls.PlacedCall.SpokenWord;
import kz.qonyrau.speech.Hearing;
import kz.qonyrau.speech.Interpreted;

/// Turns what was recognised into lines of the call log.
final class Transcripts {

  private Transcripts() {}

  static List<SpokenLine> lines(Interpreted interpreted) {
    return interpreted.segments().stream()
        .map(spoken -> line(spoken.language().getLanguage(), spoken.utterance()))
        .toList();
  }

  private static SpokenLine line(String language, Hearing.Utterance utterance) {
    return new SpokenLine(
        language,
        utterance.text(),
        utterance.from(),
        utterance.to(),
        utterance.confidence(),
        utterance.words().stream()
            .map(word -> new SpokenWord(word.text(), word.from(), word.to(), word.confidence()))
            .toList());
  }
}
