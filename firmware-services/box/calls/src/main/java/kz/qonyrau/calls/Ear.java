package kz.qonyrau.calls;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import kz.qonyrau.speech.Interpretation;
import kz.qonyrau.speech.Interpreted;
import kz.qonyrau.speech.Interpreter;
import kz.qonyrau.speech.Recognizer;
import kz.qonyrau.speech.activity.ActivitySettings;
import kz.qonyrau.speech.activity.SpeechActivity;
import kz.qonyrau.speech.activity.SpeechEvent;
import kz.qonyrau.vocabulary.CallId;

/// What listens to the callee: when somebody speaks, by the sound, and what they say, by the
/// recognisers. Safe to use from any thread.
final class Ear {

  /// Behind an answer out of a list, somebody who is quiet for so long has given it; the gaps
  /// within words and short phrases are shorter.
  private static final Duration PAUSE_BEHIND_PHRASE = Duration.ofMillis(300);

  /// Who speaks freely thinks in between.
  private static final Duration PAUSE_OF_THOUGHT = Duration.ofMillis(800);

  /// What an ear notices.
  sealed interface Noticed {
    record Sound(SpeechEvent event) implements Noticed {}

    record Words(Interpretation interpretation) implements Noticed {}
  }

  private final Interpreter interpreter;
  private final Consumer<Noticed> sink;

  // Guarded by this.
  private final SpeechActivity activity;

  /// @param sink must not block
  /// @throws kz.qonyrau.speech.RecognitionUnavailableException if nothing can be recognised now
  Ear(Recognizer recognizer, CallId call, Question question, Consumer<Noticed> sink) {
    ActivitySettings usual = ActivitySettings.forTurns();
    this.sink = sink;
    this.activity =
        new SpeechActivity(
            new ActivitySettings(
                usual.shortest(),
                usual.pitched(),
                question.choices().isEmpty() ? PAUSE_OF_THOUGHT : PAUSE_BEHIND_PHRASE));
    this.interpreter =
        Interpreter.start(
            recognizer,
            call,
            question.expected(),
            interpretation -> sink.accept(new Noticed.Words(interpretation)));
  }

  void hear(byte[] pcm) {
    interpreter.feed(pcm);
    List<SpeechEvent> events;
    synchronized (this) {
      events = activity.hear(pcm);
    }
    events.forEach(event -> sink.accept(new Noticed.Sound(event)));
  }

  /// The box begins to play this; its echo is no speech.
  synchronized void plays(Sound sound) {
    activity.plays(sound.pcm());
  }

  synchronized void playsNothing() {
    activity.playsNothing();
  }

  Future<Void> settle() {
    return interpreter.settle();
  }

  Future<Interpreted> finish() {
    return interpreter.finish();
  }
}
