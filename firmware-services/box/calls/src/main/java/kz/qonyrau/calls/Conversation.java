package kz.qonyrau.calls;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import kz.qonyrau.calls.CallProgress.Stage;
import kz.qonyrau.speech.Interpretation;
import kz.qonyrau.speech.Interpreted;
import kz.qonyrau.speech.RecognitionUnavailableException;
import kz.qonyrau.speech.Recognizer;
import kz.qonyrau.speech.activity.SpeechEvent;
import kz.qonyrau.speech.answering.Answer;
import kz.qonyrau.speech.answering.AnswerDetector;
import kz.qonyrau.speech.answering.Finding;
import kz.qonyrau.telephony.LiveCall;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is said on an answered call: the prompt, the question behind it if there is one, and who
/// turns out to have answered. Wires [Turn] and [AnswerDetector] to the line, the recognisers and
/// the clock.
///
/// Everything but the audio happens on the context of the verticle.
final class Conversation {

  private static final Logger log = LoggerFactory.getLogger(Conversation.class);

  /// Whoever has answered until then is known; nothing changes the verdict any more, and listening
  /// with the whole vocabulary costs the box.
  private static final Duration WHO_IS_KNOWN = Duration.ofSeconds(20);

  /// A machine that does not begin to record in that time gets no message.
  private static final Duration LONGEST_GREETING = Duration.ofSeconds(40);

  private final Vertx vertx;
  private final Context context;
  private final CallOrder order;
  private final LiveCall call;
  private final Calls calls;
  private final InstantSource clock;
  private final long begunNanos = System.nanoTime();
  private final Promise<Void> over = Promise.promise();
  private final Promise<Void> promptPlayed = Promise.promise();
  private final StringBuilder digits = new StringBuilder();
  private final StringBuilder said = new StringBuilder();

  private @Nullable Turn turn;
  private @Nullable Ear ear;
  private @Nullable AnswerDetector detector;
  private Optional<TurnResult> result = Optional.empty();
  private Optional<Finding.Verdict> verdict = Optional.empty();
  private boolean machine;
  private boolean waitsForBeep;
  private int playing;
  private long timer = -1;
  private long whoTimer = -1;
  private boolean closed;

  Conversation(
      Vertx vertx,
      Context context,
      CallOrder order,
      LiveCall call,
      Calls calls,
      InstantSource clock) {
    this.vertx = vertx;
    this.context = context;
    this.order = order;
    this.call = call;
    this.calls = calls;
    this.clock = clock;
  }

  /// Begins with the prompt: whoever answers hears its beginning (AC-CAL-08).
  void begin(Recognizer recognizer) {
    Optional<Question> question = order.question();
    Turn asking = question.map(one -> new Turn(one, order.prompt())).orElse(null);
    turn = asking;
    List<TurnCommand> first =
        asking == null ? List.of(new TurnCommand.Say(order.prompt())) : asking.begin();
    call.onDigit(digit -> context.runOnContext(_ -> press(digit)));
    // Nothing waits for the recognisers, so the prompt is on its way before they listen.
    first.forEach(this::obey);
    ear = question.filter(Question::listens).map(one -> listen(recognizer, one)).orElse(null);
    detector = order.machines() == MachineRule.CARRY_ON ? null : detect(recognizer);
    Ear listening = ear;
    AnswerDetector judging = detector;
    if (listening != null) {
      listening.plays(order.prompt());
    }
    if (judging != null) {
      judging.plays(order.prompt().pcm());
    }
    if (listening != null || judging != null) {
      call.onAudio(frame -> {
        if (listening != null) {
          listening.hear(frame);
        }
        if (judging != null) {
          judging.feed(frame);
        }
      });
    }
    if (asking != null && listening == null) {
      asking.on(new TurnEvent.Deaf(elapsed())).forEach(this::obey);
    }
  }

  /// Completes when there is nothing more to say.
  Future<Void> over() {
    return over.future();
  }

  /// Completes when the prompt was played to its end the first time, or cut off for good.
  Future<Void> promptPlayed() {
    return promptPlayed.future();
  }

  /// Nothing is said or asked any more. To be called once the call is over.
  void close() {
    closed = true;
    vertx.cancelTimer(timer);
    vertx.cancelTimer(whoTimer);
    AnswerDetector judging = detector;
    if (judging != null) {
      judging.close();
    }
    if (turn != null && result.isEmpty()) {
      result = Optional.of(new TurnResult.CutOff());
    }
  }

  /// How the question went; empty if there was none.
  Optional<TurnResult> result() {
    return result;
  }

  /// Who answered, as far as it was asked and is known.
  Optional<Finding.Verdict> verdict() {
    return verdict;
  }

  String digits() {
    return digits.toString();
  }

  /// All that was recognised; empty if nobody listened, or it was lost.
  Optional<Interpreted> heard(Duration atMost) {
    Ear listening = ear;
    if (listening == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          listening.finish().timeout(atMost.toMillis(), TimeUnit.MILLISECONDS).await());
    } catch (Throwable failure) { // The call is over and billed; only its words are missing.
      log.atError().addKeyValue("call", order.id()).setCause(failure).log("transcript lost");
      return Optional.empty();
    }
  }

  /// A box that cannot hear right now still delivers its message; what was not recognised is not
  /// billed.
  private @Nullable Ear listen(Recognizer recognizer, Question question) {
    try {
      return new Ear(
          recognizer, order.id(), question, noticed -> context.runOnContext(_ -> notice(noticed)));
    } catch (RecognitionUnavailableException deaf) {
      log.atWarn()
          .addKeyValue("call", order.id())
          .addKeyValue("why", deaf.getMessage())
          .log("nobody can listen; only keys are taken");
    } catch (RuntimeException failure) {
      log.atError().addKeyValue("call", order.id()).setCause(failure).log("nobody can listen");
    }
    calls.update(order.id(), CallProgress::deafened);
    return null;
  }

  private AnswerDetector detect(Recognizer recognizer) {
    AnswerDetector started =
        Detectors.start(recognizer, order, finding -> context.runOnContext(_ -> find(finding)));
    started.answered();
    whoTimer =
        vertx.setTimer(
            WHO_IS_KNOWN.toMillis(),
            _ -> {
              if (!waitsForBeep) {
                started.close();
              }
            });
    return started;
  }

  private Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - begunNanos);
  }

  private void tell(TurnEvent event) {
    Turn asking = turn;
    if (asking != null && !machine && !closed) {
      asking.on(event).forEach(this::obey);
    }
  }

  private void obey(TurnCommand command) {
    switch (command) {
      case TurnCommand.Say(Sound sound) -> play(sound);
      case TurnCommand.Hush _ -> hush();
      case TurnCommand.Settle _ -> {
        Ear listening = ear;
        if (listening != null) {
          listening
              .settle()
              .onComplete(_ -> context.runOnContext(_ -> tell(new TurnEvent.Settled(elapsed()))));
        }
      }
      case TurnCommand.Wake(Duration at) -> {
        stage(Stage.LISTENING);
        wake(at, () -> tell(new TurnEvent.Passed(elapsed())));
      }
      case TurnCommand.Done(TurnResult how) -> {
        result = Optional.of(how);
        over.tryComplete();
      }
    }
  }

  private void wake(Duration at, Runnable then) {
    vertx.cancelTimer(timer);
    timer = vertx.setTimer(Math.max(1, at.minus(elapsed()).toMillis() + 1), _ -> then.run());
  }

  private void play(Sound sound) {
    stage(Stage.PLAYING);
    int number = ++playing;
    call.play(sound.pcm())
        .onSuccess(_ ->
            context.runOnContext(_ -> {
              promptPlayed.tryComplete();
              if (number == playing) {
                ended();
              }
            }));
    Ear listening = ear;
    if (listening != null) {
      listening.plays(sound);
    }
    AnswerDetector judging = detector;
    if (judging != null) {
      judging.plays(sound.pcm());
    }
  }

  /// What was being played has been played.
  private void ended() {
    if (machine || turn == null) {
      over.tryComplete();
    } else {
      tell(new TurnEvent.Played(elapsed()));
    }
  }

  private void hush() {
    playing++;
    call.stopPlaying();
    promptPlayed.tryComplete();
    Ear listening = ear;
    if (listening != null) {
      listening.playsNothing();
    }
    AnswerDetector judging = detector;
    if (judging != null) {
      judging.playsNothing();
    }
  }

  private void press(char digit) {
    digits.append(digit);
    AnswerDetector judging = detector;
    if (judging != null) {
      judging.key();
    }
    tell(new TurnEvent.Key(digit, elapsed()));
  }

  private void notice(Ear.Noticed noticed) {
    switch (noticed) {
      case Ear.Noticed.Sound(SpeechEvent.Began began) ->
          tell(new TurnEvent.SpeechBegan(SpeechEvent.time(began.from()), elapsed()));
      case Ear.Noticed.Sound(SpeechEvent.Ended _) -> tell(new TurnEvent.SpeechEnded(elapsed()));
      case Ear.Noticed.Words(Interpretation.Glimpse(var _, String text)) -> {
        show(said + text);
        if (!text.contains("…")) {
          tell(new TurnEvent.Glimpse(elapsed()));
        }
      }
      case Ear.Noticed.Words(Interpretation.Segment(var best, Duration from, var _)) -> {
        best.ifPresent(spoken -> said.append(spoken.utterance().text()).append(' '));
        show(said.toString().strip());
        tell(new TurnEvent.Heard(best, from, elapsed()));
      }
      case Ear.Noticed.Words(Interpretation.Deaf _) -> {
        calls.update(order.id(), CallProgress::deafened);
        tell(new TurnEvent.Deaf(elapsed()));
      }
    }
  }

  private void find(Finding finding) {
    Turn asking = turn;
    boolean answered = asking != null && asking.isAnswered();
    if (closed || answered || over.future().isComplete()) {
      return;
    }
    switch (finding) {
      case Finding.Verdict who -> {
        verdict = Optional.of(who);
        log.atInfo()
            .addKeyValue("call", order.id())
            .addKeyValue("answer", who.answer())
            .addKeyValue("confidence", who.confidence())
            .addKeyValue("evidence", who.evidence())
            .log("who answered");
        calls.update(order.id(), progress -> progress.answeredBy(AnsweredBy.of(who.answer())));
        act(who.answer());
      }
      case Finding.MessageMayBegin _ -> {
        if (waitsForBeep) {
          waitsForBeep = false;
          vertx.cancelTimer(timer);
          play(order.prompt());
        }
      }
    }
  }

  private void act(Answer answer) {
    switch (answer) {
      case Answer.Human _, Answer.Silence _ -> {}
      case Answer.Machine _ -> {
        if (machine) {
          return;
        }
        machine = true;
        hush();
        if (order.machines() == MachineRule.HANG_UP) {
          over.tryComplete();
        } else {
          waitsForBeep = true;
          wake(elapsed().plus(LONGEST_GREETING), over::tryComplete);
        }
      }
      case Answer.Announcement _, Answer.Fax _ -> {
        machine = true;
        hush();
        over.tryComplete();
      }
    }
  }

  private void stage(Stage stage) {
    calls.update(
        order.id(),
        progress -> progress.stage() == stage ? progress : progress.at(stage, clock.instant()));
  }

  private void show(String words) {
    calls.update(order.id(), progress -> progress.hearing(words));
  }
}
