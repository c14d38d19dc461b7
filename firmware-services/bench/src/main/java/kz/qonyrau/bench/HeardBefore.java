package kz.qonyrau.bench;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
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

  private final List<Timed> hearings;

  private HeardBefore(List<Timed> hearings) {
    this.hearings = hearings;
  }

  /// Listens to a whole sound.
  static HeardBefore of(
      Recognizer recognizer, Locale language, Optional<List<String>> phrases, byte[] pcm)
      throws Exception {
    List<Hearing> heard = Collections.synchronizedList(new ArrayList<>());
    Listening listening =
        recognizer.listen(new ListeningRequest(CallId.random(), language, phrases), heard::add);
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
    return new HeardBefore(List.copyOf(timed));
  }

  @Override
  public Listening listen(ListeningRequest request, Consumer<Hearing> sink) {
    Deque<Timed> waiting = new ArrayDeque<>(hearings);
    return new Listening() {

      private long samples;

      @Override
      public void feed(byte[] pcm) {
        samples += pcm.length / 2;
        Duration now = Duration.ofMillis(samples / 8);
        while (!waiting.isEmpty() && waiting.getFirst().at().compareTo(now) <= 0) {
          sink.accept(waiting.removeFirst().hearing());
        }
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

  /// Everything, for whoever wants to see it.
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (Timed timed : hearings) {
      if (timed.hearing() instanceof Hearing.Utterance utterance) {
        text.append(timed.at().toMillis()).append(": ").append(utterance.text()).append("; ");
      }
    }
    return text.toString();
  }

  String partials() {
    StringBuilder text = new StringBuilder();
    for (Timed timed : hearings) {
      if (timed.hearing() instanceof Hearing.Partial partial) {
        text.append(timed.at().toMillis()).append(": ").append(partial.text()).append("; ");
      }
    }
    return text.toString();
  }
}
