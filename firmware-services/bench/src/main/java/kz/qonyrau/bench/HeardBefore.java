package kz.qonyrau.bench;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import kz.qonyrau.speech.Hearing;
import kz.qonyrau.speech.Listening;
import kz.qonyrau.speech.ListeningRequest;
import kz.qonyrau.speech.Recognizer;
import kz.qonyrau.speech.Transcript;
import kz.qonyrau.vocabulary.CallId;

/// What a recogniser made of a sound, to be told again at the pace of the sound: so that a trial is
/// the same on a fast and on a slow machine.
final class HeardBefore implements Recognizer {

  /// A partial result reaches a call this much after the audio that it knows; a piece of 0.1 s to
  /// 0.2 s is decoded at once.
  private static final Duration LATE = Duration.ofMillis(100);

  /// The model's endpoint: quiet after the last word of an utterance.
  private static final Duration ENDPOINT = Duration.ofMillis(750);

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private record Timed(Duration at, Hearing hearing) {}

  private final Map<Locale, List<Timed>> hearings;

  /// How far the call has come; more than was fed, where the detector keeps something back.
  private Duration now = Duration.ZERO;

  private HeardBefore(Map<Locale, List<Timed>> hearings) {
    this.hearings = hearings;
  }

  /// Listens to a whole sound in each of the languages.
  static HeardBefore of(Recognizer recognizer, List<Locale> languages, byte[] pcm)
      throws Exception {
    Map<Locale, List<Timed>> hearings = new LinkedHashMap<>();
    for (Locale language : languages) {
      hearings.put(language, heard(recognizer, language, pcm));
    }
    return new HeardBefore(hearings);
  }

  private static List<Timed> heard(Recognizer recognizer, Locale language, byte[] pcm)
      throws Exception {
    List<Hearing> heard = Collections.synchronizedList(new ArrayList<>());
    Listening listening =
        recognizer.listen(
            new ListeningRequest(CallId.random(), language, Optional.empty()), heard::add);
    listening.feed(pcm);
    var _ = listening.finish().await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    List<Timed> timed = new ArrayList<>();
    Duration last = Duration.ZERO;
    for (Hearing hearing : List.copyOf(heard)) {
      Duration at =
          switch (hearing) {
            case Hearing.Partial partial -> partial.at();
            case Hearing.Utterance utterance -> utterance.to().plus(ENDPOINT);
            case Hearing.Deaf deaf -> deaf.at();
          };
      last = at.compareTo(last) > 0 ? at : last;
      timed.add(new Timed(last.plus(LATE), hearing));
    }
    return List.copyOf(timed);
  }

  /// The call has come so far; to be said before the audio until there is fed.
  void reached(Duration time) {
    now = time;
  }

  /// What was understood in each language, with how sure it was of it.
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    hearings.forEach((language, told) ->
        told.stream()
            .map(Timed::hearing)
            .filter(Hearing.Utterance.class::isInstance)
            .map(Hearing.Utterance.class::cast)
            .forEach(one ->
                text.append(
                    String.format(
                        Locale.ROOT, " %s(%s, %.2f)", language, one.text(), one.confidence()))));
    return text.toString();
  }

  @Override
  public Listening listen(ListeningRequest request, Consumer<Hearing> sink) {
    Deque<Timed> waiting = new ArrayDeque<>(hearings.getOrDefault(request.language(), List.of()));
    return new Listening() {

      private long samples;

      @Override
      public void feed(byte[] pcm) {
        samples += pcm.length / 2;
        while (!waiting.isEmpty() && waiting.getFirst().at().compareTo(now) <= 0) {
          sink.accept(waiting.removeFirst().hearing());
        }
      }

      @Override
      public Future<Void> settle() {
        return Future.succeededFuture();
      }

      @Override
      public Future<Transcript> finish() {
        return Future.succeededFuture(
            new Transcript(
                request.call(),
                request.language(),
                List.of(),
                Duration.ofMillis(samples / 8),
                Duration.ZERO,
                Transcript.Ending.FINISHED));
      }
    };
  }
}
