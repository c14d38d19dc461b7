package kz.qonyrau.speech;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import kz.qonyrau.vocabulary.CallId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Listens to one side of a call in several languages at once, and says for each segment in which
/// of them it was said: a caller may answer one question in Russian and the next in Kazakh
/// (AC-STT-01).
///
/// One recogniser per language hears the same audio. A segment ends when the first of them says so,
/// or when [#settle] is called; then all make up their minds. Who understood it with the highest
/// confidence was right; of equals, who was right the last time.
///
/// Safe to use from any thread. Interpretations are told one at a time, on a thread of a
/// recogniser.
public final class Interpreter {

  /// What is understood less surely than that is not understood (P-34).
  public static final double SURE = 0.6;

  /// Closer confidences than that do not tell languages apart.
  private static final double EQUAL = 0.05;

  private static final Logger LOG = LoggerFactory.getLogger(Interpreter.class);

  private final Consumer<Interpretation> sink;

  /// Held while the sink is told something. Never taken by who holds this object's own lock.
  private final Object delivery = new Object();

  // All guarded by this.
  private final Map<Locale, Listening> ears = new LinkedHashMap<>();
  private final List<Spoken> segment = new ArrayList<>();
  private final List<Locale> deaf = new ArrayList<>();
  private final List<Spoken> chosen = new ArrayList<>();
  private boolean settling;
  private Locale last;

  private Interpreter(Locale first, Consumer<Interpretation> sink) {
    this.last = first;
    this.sink = sink;
  }

  /// Starts listening.
  ///
  /// @param expected the languages, the most likely first, each with the phrases of
  ///   [ListeningRequest#phrases]; at least one. A language that cannot be listened to now is left
  ///   out
  /// @param sink must not block, and not throw
  /// @throws RecognitionUnavailableException if none of them can be listened to
  /// @throws IllegalArgumentException as [Recognizer#listen], or if no language is given
  public static Interpreter start(
      Recognizer recognizer,
      CallId call,
      Map<Locale, Optional<List<String>>> expected,
      Consumer<Interpretation> sink) {
    if (expected.isEmpty()) {
      throw new IllegalArgumentException("languages: at least one is listened for");
    }
    Interpreter interpreter = new Interpreter(expected.keySet().iterator().next(), sink);
    interpreter.open(recognizer, call, expected);
    return interpreter;
  }

  private synchronized void open(
      Recognizer recognizer, CallId call, Map<Locale, Optional<List<String>>> expected) {
    List<String> refusals = new ArrayList<>();
    try {
      expected.forEach((language, phrases) -> {
        try {
          ears.put(
              language,
              recognizer.listen(
                  new ListeningRequest(call, language, phrases), heard -> hear(language, heard)));
        } catch (RecognitionUnavailableException nobody) {
          refusals.add(String.valueOf(nobody.getMessage()));
          LOG.atWarn()
              .addKeyValue("call", call)
              .addKeyValue("language", language)
              .addKeyValue("why", nobody.getMessage())
              .log("a language of the call is not listened for");
        }
      });
    } catch (RuntimeException refused) {
      for (Listening ear : ears.values()) {
        var _ = ear.finish();
      }
      throw refused;
    }
    if (ears.isEmpty()) {
      throw new RecognitionUnavailableException(String.join("; ", refusals));
    }
  }

  /// The languages that are listened for.
  public synchronized List<Locale> languages() {
    return List.copyOf(ears.keySet());
  }

  /// Takes the next piece of audio; see [Listening#feed].
  public void feed(byte[] pcm) {
    all().forEach(ear -> ear.feed(pcm));
  }

  /// Ends the present segment without waiting for the recognisers' own pauses; to be called when
  /// whoever speaks has stopped.
  ///
  /// @return completes when the segment was told to the sink, if there was one; never fails
  public Future<Void> settle() {
    synchronized (this) {
      settling = true;
    }
    List<Future<Void>> settled = all().stream().map(Listening::settle).toList();
    return Future.join(settled).<Void>mapEmpty().otherwiseEmpty().onComplete(_ -> conclude());
  }

  private synchronized List<Listening> all() {
    return List.copyOf(ears.values());
  }

  private void hear(Locale language, Hearing hearing) {
    switch (hearing) {
      case Hearing.Partial partial -> tell(new Interpretation.Glimpse(language, partial.text()));
      case Hearing.Utterance utterance -> {
        boolean first;
        synchronized (this) {
          segment.add(new Spoken(language, utterance));
          first = !settling;
        }
        if (first) {
          var _ = settle();
        }
      }
      case Hearing.Deaf _ -> {
        boolean nobody;
        synchronized (this) {
          deaf.add(language);
          nobody = deaf.size() == ears.size();
        }
        if (nobody) {
          tell(new Interpretation.Deaf());
        }
      }
    }
  }

  private void conclude() {
    Optional<Interpretation.Segment> whole;
    synchronized (this) {
      settling = false;
      whole = choose();
      segment.clear();
    }
    whole.ifPresent(this::tell);
  }

  private void tell(Interpretation news) {
    synchronized (delivery) {
      sink.accept(news);
    }
  }

  private Optional<Interpretation.Segment> choose() {
    if (segment.isEmpty()) {
      return Optional.empty();
    }
    Optional<Spoken> best =
        ears.keySet().stream()
            .flatMap(language -> joined(language).stream())
            .filter(spoken -> spoken.utterance().confidence() >= SURE)
            .max(Comparator.comparingDouble(this::fitness));
    best.ifPresent(spoken -> {
      last = spoken.language();
      chosen.add(spoken);
    });
    return Optional.of(
        new Interpretation.Segment(
            best,
            times(Hearing.Utterance::from).min(Duration::compareTo).orElseThrow(),
            times(Hearing.Utterance::to).max(Duration::compareTo).orElseThrow()));
  }

  private double fitness(Spoken spoken) {
    return spoken.utterance().confidence() + (spoken.language().equals(last) ? EQUAL : 0);
  }

  private Stream<Duration> times(Function<Hearing.Utterance, Duration> which) {
    return segment.stream().map(Spoken::utterance).map(which);
  }

  /// All that one language made of the segment; nothing if it did not understand a part of it.
  private Optional<Spoken> joined(Locale language) {
    List<Hearing.Utterance> parts =
        segment.stream()
            .filter(spoken -> spoken.language().equals(language))
            .map(Spoken::utterance)
            .toList();
    if (parts.isEmpty() || !parts.stream().allMatch(Hearing.Utterance::isUnderstood)) {
      return Optional.empty();
    }
    if (parts.size() == 1) {
      return Optional.of(new Spoken(language, parts.getFirst()));
    }
    return Optional.of(
        new Spoken(
            language,
            new Hearing.Utterance(
                String.join(" ", parts.stream().map(Hearing.Utterance::text).toList()),
                parts.getFirst().from(),
                parts.getLast().to(),
                parts.stream().mapToDouble(Hearing.Utterance::confidence).average().orElse(0),
                parts.stream().flatMap(part -> part.words().stream()).toList())));
  }

  /// Ends the listening in all languages.
  ///
  /// @return completes with what was understood and in which languages, and how it went in each of
  ///   them; fails as [Listening#finish] if it does in one
  public Future<Interpreted> finish() {
    return Future.all(all().stream().map(Listening::finish).toList())
        .map(done -> {
          conclude();
          synchronized (this) {
            return new Interpreted(List.copyOf(chosen), done.<Transcript>list());
          }
        });
  }
}
