package kz.qonyrau.speech.vosk;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleFunction;
import kz.qonyrau.speech.Hearing;
import kz.qonyrau.speech.Word;

/// Reads what Vosk says of what it heard, and compares it with what was expected.
///
/// @param phrases what an utterance must be one of; empty if it may be anything
record WorkersWords(Optional<PhraseList> phrases) {

  /// What Vosk says cannot be read: it is not what its interface promises.
  static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1L;

    Unreadable(Throwable cause) {
      super(cause);
    }
  }

  /// What is being said, as far as it is known; empty if that is nothing. Words that are not
  /// expected are dots.
  String partial(String json) throws Unreadable {
    try {
      return object(json).getString("partial", "").replace(Vocabulary.UNKNOWN, "…");
    } catch (DecodeException | ClassCastException failure) {
      throw new Unreadable(failure);
    }
  }

  /// What was said; empty if it was nothing. An utterance without a text was not understood.
  ///
  /// @param now when it became known, in the call
  /// @param time turns Vosk's seconds into time in the call
  Optional<Hearing.Utterance> utterance(String json, Duration now, DoubleFunction<Duration> time)
      throws Unreadable {
    try {
      JsonObject object = object(json);
      String text = object.getString("text", "");
      return text.isEmpty()
          ? Optional.empty()
          : Optional.of(
              understood(text, words(object.getJsonArray("result", new JsonArray()), time), now));
    } catch (DecodeException | ClassCastException | IllegalArgumentException failure) {
      throw new Unreadable(failure);
    }
  }

  private static JsonObject object(String json) {
    return json.isEmpty() ? new JsonObject() : new JsonObject(json);
  }

  private static List<Word> words(JsonArray result, DoubleFunction<Duration> time) {
    List<Word> words = new ArrayList<>();
    for (int i = 0; i < result.size(); i++) {
      JsonObject word = result.getJsonObject(i);
      Duration from = time.apply(word.getDouble("start", 0.0));
      Duration to = time.apply(word.getDouble("end", 0.0));
      words.add(
          new Word(
              word.getString("word", ""),
              from,
              to.compareTo(from) < 0 ? from : to,
              Math.clamp(word.getDouble("conf", 0.0), 0.0, 1.0)));
    }
    return words;
  }

  private Hearing.Utterance understood(String text, List<Word> words, Duration now) {
    Duration from = words.isEmpty() ? now : words.getFirst().from();
    Duration to = words.isEmpty() ? from : words.getLast().to();
    // A listed word beside [unk] is a guess, and so are listed words that make up no listed phrase.
    Optional<String> meant =
        text.contains(Vocabulary.UNKNOWN)
            ? Optional.empty()
            : phrases.isPresent() ? phrases.get().match(text) : Optional.of(text);
    double confidence = words.stream().mapToDouble(Word::confidence).average().orElse(0);
    return meant
        .map(phrase -> new Hearing.Utterance(phrase, from, to, confidence, words))
        .orElseGet(() -> new Hearing.Utterance("", from, to, 0, List.of()));
  }
}
