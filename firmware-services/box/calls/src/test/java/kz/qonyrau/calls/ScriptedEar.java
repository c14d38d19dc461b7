package kz.qonyrau.calls;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import kz.qonyrau.speech.Hearing;
import kz.qonyrau.speech.Listening;
import kz.qonyrau.speech.ListeningRequest;
import kz.qonyrau.speech.RecognitionUnavailableException;
import kz.qonyrau.speech.Recognizer;
import kz.qonyrau.speech.Transcript;
import kz.qonyrau.speech.Transcript.Ending;

/// Hears what the test says, in all languages and for all who listen.
final class ScriptedEar implements Recognizer {

  private final Vertx vertx;

  private final AtomicReference<Optional<Runnable>> onAudio =
      new AtomicReference<>(Optional.empty());

  private final Map<Locale, List<Consumer<Hearing>>> sinks = new ConcurrentHashMap<>();
  private final List<Hearing.Utterance> heard = new CopyOnWriteArrayList<>();
  private volatile Ending ending = Ending.FINISHED;
  private volatile boolean full;

  /// @param vertx on which what comes after audio is done
  ScriptedEar(Vertx vertx) {
    this.vertx = vertx;
  }

  /// The box cannot keep up with what it listens to already.
  void refuses() {
    full = true;
  }

  /// Once somebody who listens has been fed twice.
  void onAudio(Runnable then) {
    onAudio.set(Optional.of(then));
  }

  void hears(Hearing hearing) {
    sinks.keySet().forEach(language -> hears(language, hearing));
  }

  void hears(Locale language, Hearing hearing) {
    if (hearing instanceof Hearing.Deaf) {
      ending = Ending.OVERLOAD;
    }
    if (hearing instanceof Hearing.Utterance utterance) {
      heard.add(utterance);
    }
    sinks.getOrDefault(language, List.of()).forEach(sink -> sink.accept(hearing));
  }

  @Override
  public Listening listen(ListeningRequest request, Consumer<Hearing> sink) {
    if (full) {
      throw new RecognitionUnavailableException("cannot keep up");
    }
    sinks.computeIfAbsent(request.language(), _ -> new CopyOnWriteArrayList<>()).add(sink);
    return new Listening() {
      private int pieces;

      @Override
      public void feed(byte[] pcm) {
        if (++pieces == 2) {
          onAudio
              .getAndSet(Optional.empty())
              .ifPresent(then -> vertx.runOnContext(_ -> then.run()));
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
                heard,
                Duration.ofSeconds(1),
                Duration.ZERO,
                ending));
      }
    };
  }
}
