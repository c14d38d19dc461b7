package kz.qonyrau.speech;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import kz.qonyrau.vocabulary.CallId;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Which of several recognisers is believed; what they hear is scripted.
@Tag("AC-STT-01")
class InterpreterTest {

  private static final Locale RUSSIAN = Locale.of("ru");
  private static final Locale KAZAKH = Locale.of("kk");
  private static final Locale ENGLISH = Locale.of("en");

  private final Scripted recognizer = new Scripted();
  private final List<Interpretation> told = new ArrayList<>();

  @Test
  void believesWhoUnderstandsItBest() {
    Interpreter interpreter = start(RUSSIAN, KAZAKH);
    recognizer.hears(RUSSIAN, "", 0);
    recognizer.hears(KAZAKH, "иә", 0.9);
    recognizer.settle();

    assertThat(told).hasSize(1);
    assertThat(best()).isEqualTo("kk: иә");
    recognizer.hears(RUSSIAN, "нет", 0.95);
    recognizer.hears(KAZAKH, "жоқ", 0.7);
    recognizer.settle();
    assertThat(best()).isEqualTo("ru: нет");
    assertThat(interpreter.finish().result().segments())
        .extracting(spoken -> spoken.utterance().text())
        .containsExactly("иә", "нет");
  }

  @Test
  void ofEqualsBelievesWhoWasRightTheLastTime() {
    var _ = start(RUSSIAN, KAZAKH);
    both(0.80, 0.82);
    assertThat(best()).isEqualTo("ru: да");

    both(0.70, 0.90);
    assertThat(best()).isEqualTo("kk: иә");

    both(0.82, 0.80);
    assertThat(best()).isEqualTo("kk: иә");
  }

  @Test
  @Tag("AC-STT-02")
  void understandsNothingOfWhichNobodyIsSure() {
    var _ = start(RUSSIAN, KAZAKH);
    both(Interpreter.SURE - 0.1, Interpreter.SURE - 0.2);

    assertThat(told).hasSize(1);
    assertThat(((Interpretation.Segment) told.getFirst()).best()).isEmpty();
  }

  @Test
  @Tag("AC-STT-02")
  void understandsNothingOfWhichAPartIsForeign() {
    var _ = start(RUSSIAN);
    recognizer.hears(RUSSIAN, "да", 0.9);
    recognizer.hears(RUSSIAN, "", 0);
    recognizer.settle();

    assertThat(((Interpretation.Segment) told.getFirst()).best()).isEmpty();
  }

  @Test
  void joinsWhatOneRecogniserCutInTwo() {
    var _ = start(RUSSIAN);
    recognizer.hears(RUSSIAN, "пять", 0.9);
    recognizer.hears(RUSSIAN, "тысяч", 0.7);
    recognizer.settle();

    assertThat(best()).isEqualTo("ru: пять тысяч");
  }

  @Test
  void saysNothingOfSilence() {
    Interpreter interpreter = start(RUSSIAN, KAZAKH);
    assertThat(interpreter.settle().isComplete()).isFalse();
    recognizer.settle();

    assertThat(told).isEmpty();
  }

  @Test
  void goesOnInTheLanguagesThatAreLeft() {
    recognizer.missing.add(KAZAKH);
    Interpreter interpreter = start(RUSSIAN, KAZAKH);

    assertThat(interpreter.languages()).containsExactly(RUSSIAN);
    recognizer.hears(RUSSIAN, "да", 0.9);
    recognizer.settle();
    assertThat(best()).isEqualTo("ru: да");
  }

  @Test
  void isDeafOnlyInAllLanguages() {
    var _ = start(RUSSIAN, KAZAKH);
    recognizer.sink(RUSSIAN).accept(new Hearing.Deaf(Duration.ofSeconds(1)));
    assertThat(told).isEmpty();
    recognizer.sink(KAZAKH).accept(new Hearing.Deaf(Duration.ofSeconds(1)));

    assertThat(told).containsExactly(new Interpretation.Deaf());
  }

  @Test
  void cannotBeginWithoutAnyModel() {
    recognizer.missing.addAll(List.of(RUSSIAN, KAZAKH));

    assertThatThrownBy(() -> start(RUSSIAN, KAZAKH))
        .isInstanceOf(RecognitionUnavailableException.class)
        .hasMessageContaining("no model for ru; no model for kk");
    assertThatThrownBy(this::start)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("languages");
  }

  @Test
  void leavesNobodyListeningIfOneListIsWrong() {
    recognizer.wrong.add(KAZAKH);

    assertThatThrownBy(() -> start(RUSSIAN, KAZAKH, ENGLISH))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(recognizer.finished).containsExactly(RUSSIAN);
  }

  private Interpreter start(Locale... languages) {
    Map<Locale, Optional<List<String>>> expected = new LinkedHashMap<>();
    for (Locale language : languages) {
      expected.put(language, Optional.of(List.of("да")));
    }
    return Interpreter.start(recognizer, CallId.random(), expected, told::add);
  }

  private void both(double russian, double kazakh) {
    recognizer.hears(RUSSIAN, "да", russian);
    recognizer.hears(KAZAKH, "иә", kazakh);
    recognizer.settle();
  }

  private String best() {
    Spoken best = ((Interpretation.Segment) told.getLast()).best().orElseThrow();
    return best.language() + ": " + best.utterance().text();
  }

  /// Settles when the test says so.
  private static final class Scripted implements Recognizer {

    private final Map<Locale, Consumer<Hearing>> sinks = new LinkedHashMap<>();
    private final List<Locale> missing = new ArrayList<>();
    private final List<Locale> wrong = new ArrayList<>();
    private final List<Locale> finished = new ArrayList<>();
    private final List<Promise<Void>> settling = new ArrayList<>();

    Consumer<Hearing> sink(Locale language) {
      return Objects.requireNonNull(sinks.get(language), () -> "nobody listens for " + language);
    }

    void hears(Locale language, String text, double confidence) {
      sink(language)
          .accept(
              new Hearing.Utterance(
                  text, Duration.ofMillis(300), Duration.ofMillis(900), confidence, List.of()));
    }

    void settle() {
      List<Promise<Void>> all = List.copyOf(settling);
      settling.clear();
      all.forEach(Promise::tryComplete);
    }

    @Override
    public Listening listen(ListeningRequest request, Consumer<Hearing> sink) {
      if (missing.contains(request.language())) {
        throw new RecognitionUnavailableException("no model for " + request.language());
      }
      if (wrong.contains(request.language())) {
        throw new IllegalArgumentException("a phrase is empty");
      }
      sinks.put(request.language(), sink);
      return new Listening() {
        @Override
        public void feed(byte[] pcm) {}

        @Override
        public Future<Void> settle() {
          Promise<Void> promise = Promise.promise();
          settling.add(promise);
          return promise.future();
        }

        @Override
        public Future<Transcript> finish() {
          finished.add(request.language());
          return Future.succeededFuture(
              new Transcript(
                  request.call(),
                  request.language(),
                  List.of(),
                  Duration.ofSeconds(1),
                  Duration.ZERO,
                  Transcript.Ending.FINISHED));
        }
      };
    }
  }
}
