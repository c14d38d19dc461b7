package kz.qonyrau.calls;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import kz.qonyrau.calls.TurnCommand.Done;
import kz.qonyrau.calls.TurnCommand.Hush;
import kz.qonyrau.calls.TurnCommand.Say;
import kz.qonyrau.calls.TurnCommand.Settle;
import kz.qonyrau.calls.TurnCommand.Wake;
import kz.qonyrau.calls.TurnResult.Answered;
import kz.qonyrau.calls.TurnResult.By;
import kz.qonyrau.speech.Spoken;
import org.jspecify.annotations.Nullable;

/// Asks a question and takes the answer: who speaks when, and what counts. Pure: events go in,
/// commands come out.
///
/// A key counts at any time. Speech that falls into the prompt cuts it off once there is both a
/// voice and a word that is expected in it, so that neither a cough nor noise nor the echo of the
/// prompt does; what turns out to be no answer then is asked again. What begins in the first two
/// seconds of a call is a greeting and never an answer: people who lift a receiver say "yes?".
/// Words without a voice count only once the prompt is over, since a recogniser also hears them in
/// its echo.
final class Turn {

  /// What begins before that, from the answer of the call on, is a greeting.
  static final Duration GREETING = Duration.ofSeconds(2);

  /// How long somebody may go on talking beyond the time to wait for an answer.
  static final Duration LONGEST_ANSWER = Duration.ofSeconds(30);

  /// How long the recognisers may take to make up their minds.
  static final Duration SETTLING = Duration.ofSeconds(2);

  /// After a sound that was no word, there is at least as much time left to say one.
  static final Duration AFTER_NOISE = Duration.ofSeconds(1);

  private enum State {
    ASKING,
    WAITING,
    ENDING,
    DONE
  }

  private final Question question;
  private final Sound prompt;
  private final List<TurnCommand> commands = new ArrayList<>();

  private State state = State.ASKING;
  private Duration deadline = Duration.ZERO;
  private Duration longest = Duration.ZERO;
  private Duration speechFrom = Duration.ZERO;
  private Duration voiceUntil = Duration.ZERO;
  private Duration listensSince = Duration.ZERO;
  private boolean speaking;
  private boolean glimpsed;
  private Optional<Duration> settlesBy = Optional.empty();
  private boolean deaf;
  private int silences;
  private int misunderstandings;
  private Optional<Locale> spoken;
  private @Nullable TurnResult result;

  Turn(Question question, Sound prompt) {
    this.question = question;
    this.prompt = prompt;
    this.spoken = question.languages().stream().findFirst();
  }

  /// Begins with the prompt.
  List<TurnCommand> begin() {
    commands.add(new Say(prompt));
    return taken();
  }

  /// Takes one event; without effect once it is done.
  List<TurnCommand> on(TurnEvent event) {
    if (state != State.DONE) {
      switch (event) {
        case TurnEvent.Played(Duration at) -> played(at);
        case TurnEvent.Key(char key, Duration _) -> key(key);
        case TurnEvent.SpeechBegan(Duration from, Duration at) -> {
          speaking = true;
          speechFrom = from;
          cutOffIfSure(at);
        }
        case TurnEvent.Glimpse(Duration at) -> {
          glimpsed = true;
          cutOffIfSure(at);
        }
        case TurnEvent.SpeechEnded(Duration at) -> speechEnded(at);
        case TurnEvent.Heard(var best, Duration from, Duration _) -> heard(best, from);
        case TurnEvent.Settled(Duration at) -> settled(at);
        case TurnEvent.Deaf _ -> deafened();
        case TurnEvent.Passed(Duration at) -> passed(at);
      }
    }
    return taken();
  }

  /// Whether an answer was given, to which perhaps the reply is still being said.
  boolean isAnswered() {
    return result instanceof Answered;
  }

  private List<TurnCommand> taken() {
    List<TurnCommand> all = List.copyOf(commands);
    commands.clear();
    return all;
  }

  private void played(Duration at) {
    if (state == State.ENDING) {
      done();
    } else if (state == State.ASKING) {
      listen(at);
    }
  }

  private void listen(Duration at) {
    state = State.WAITING;
    listensSince = at;
    if (deaf && !question.takesKeys()) {
      end(new TurnResult.Unheard(), Optional.empty());
      return;
    }
    longest = at.plus(question.patience()).plus(LONGEST_ANSWER);
    wake(at.plus(question.patience()));
  }

  private void key(char key) {
    if (state == State.ENDING) {
      return;
    }
    Optional<Choice> choice = question.byKey(key);
    if (choice.isPresent()) {
      answered(choice, spoken, By.KEY);
    } else if (question.takesKeys()) {
      misunderstood();
    }
  }

  /// A voice alone may be a cough that has a pitch, a word alone may be heard in noise.
  private void cutOffIfSure(Duration at) {
    if (state == State.ASKING
        && question.interruptible()
        && speaking
        && glimpsed
        && speechFrom.compareTo(GREETING) >= 0) {
      commands.add(new Hush());
      listen(at);
    }
  }

  private void speechEnded(Duration at) {
    speaking = false;
    voiceUntil = at;
    if (state == State.ASKING) {
      commands.add(new Settle());
    } else if (state == State.WAITING) {
      settle(at);
    }
  }

  private void settle(Duration at) {
    settlesBy = Optional.of(at.plus(SETTLING));
    commands.add(new Settle());
    commands.add(new Wake(at.plus(SETTLING)));
  }

  private void heard(Optional<Spoken> best, Duration from) {
    glimpsed = false;
    boolean intoThePrompt = state == State.ASKING || from.compareTo(listensSince) < 0;
    boolean voiced = speaking || voiceUntil.compareTo(from) >= 0;
    boolean counts =
        from.compareTo(GREETING) >= 0
            && (!intoThePrompt || (voiced && question.interruptible()))
            && state != State.ENDING;
    if (!counts) {
      return;
    }
    best.ifPresent(one -> spoken = Optional.of(one.language()));
    Optional<Choice> choice =
        best.flatMap(one -> question.byPhrase(one.language(), one.utterance().text()));
    if (choice.isPresent() || (best.isPresent() && question.choices().isEmpty())) {
      answered(choice, spoken, By.SPEECH);
    } else if (state == State.WAITING) {
      misunderstood();
    }
  }

  /// Whatever was no word by now was no answer either: the time to wait goes on.
  private void settled(Duration at) {
    glimpsed = false;
    if (state == State.WAITING && settlesBy.isPresent()) {
      settlesBy = Optional.empty();
      wake(earlier(longest, later(deadline, at.plus(AFTER_NOISE))));
    }
  }

  private void deafened() {
    deaf = true;
    if (state == State.WAITING && !question.takesKeys()) {
      end(new TurnResult.Unheard(), Optional.empty());
    }
  }

  private void passed(Duration at) {
    if (state != State.WAITING) {
      return;
    }
    if (settlesBy.isPresent()) {
      if (at.compareTo(settlesBy.get()) < 0) {
        commands.add(new Wake(settlesBy.get()));
      } else {
        misunderstood();
      }
    } else if (speaking && at.compareTo(longest) < 0) {
      wake(longest);
    } else if (speaking) {
      settle(at);
    } else if (at.compareTo(deadline) < 0) {
      wake(deadline);
    } else {
      climb(question.silence(), silences++, new TurnResult.Silent());
    }
  }

  private void misunderstood() {
    climb(question.notUnderstood(), misunderstandings++, new TurnResult.NotUnderstood());
  }

  private void climb(Ladder ladder, int rung, TurnResult atTheTop) {
    settlesBy = Optional.empty();
    if (rung < ladder.rungs().size()) {
      say(ladder.rungs().get(rung));
      state = State.ASKING;
    } else {
      end(atTheTop, ladder.goodbye());
    }
  }

  private void answered(Optional<Choice> choice, Optional<Locale> language, By by) {
    Optional<Sound> reply =
        choice.flatMap(one -> language.isPresent() ? language.map(one.replies()::get) : anyOf(one));
    end(new Answered(choice.map(Choice::name), language, by), reply);
  }

  /// Without a language, a question has replies in one at most.
  private static Optional<Sound> anyOf(Choice choice) {
    return choice.replies().values().stream().findFirst();
  }

  private void end(TurnResult how, Optional<Sound> lastWords) {
    result = how;
    if (lastWords.isPresent()) {
      say(lastWords.get());
      state = State.ENDING;
    } else {
      if (state == State.ASKING) {
        commands.add(new Hush());
      }
      done();
    }
  }

  private void say(Sound sound) {
    if (state == State.ASKING) {
      commands.add(new Hush());
    }
    commands.add(new Say(sound));
  }

  private void done() {
    state = State.DONE;
    TurnResult how = result;
    if (how == null) {
      throw new IllegalStateException("a question cannot be over without a result");
    }
    commands.add(new Done(how));
  }

  private void wake(Duration at) {
    deadline = at;
    commands.add(new Wake(at));
  }

  private static Duration earlier(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static Duration later(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }
}
