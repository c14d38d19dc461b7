package kz.qonyrau.callbacks;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import kz.qonyrau.callbacks.CallBack.Wish;
import kz.qonyrau.telephony.LiveCall;
import org.jspecify.annotations.Nullable;

/// Somebody who called back and listens, with the keys that he presses. Used by the one thread that
/// sees his call through.
final class Listener {

  /// For so long he may think about it when everything is said.
  static final Duration THINKING = Duration.ofSeconds(6);

  private static final Duration LONGEST = Duration.ofMinutes(3);
  private static final int MOST_TIMES = 4;

  /// So many digits are a code.
  private static final int CODE = 6;

  private sealed interface Event {

    record Key(char key) implements Event {}

    /// @param time which playing of it, from 1
    record Played(int time) implements Event {}

    record Gone() implements Event {}
  }

  private final LiveCall call;
  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private final long until = System.nanoTime() + LONGEST.toNanos();
  private int times;

  /// What was typed behind the last star; nothing while there was none.
  private @Nullable StringBuilder code;

  Listener(LiveCall call) {
    this.call = call;
    call.onDigit(key -> events.add(new Event.Key(key)));
    call.ended().onComplete(_ -> events.add(new Event.Gone()));
  }

  /// Returns when he has heard it, or has hung up. Keys mean nothing.
  void hear(byte[] pcm) {
    play(pcm);
    while (true) {
      switch (next(until)) {
        case Event.Played(int time) when time == times -> {
          return;
        }
        case Event.Gone _ -> {
          return;
        }
        case null -> {
          return;
        }
        default -> {}
      }
    }
  }

  /// What somebody decides who listens.
  sealed interface Choice {

    /// A key of the menu.
    record Wished(Wish wish) implements Choice {}

    /// A star and six digits, which are these.
    record Typed(String code) implements Choice {}

    /// He hung up, or thought too long.
    record Nothing() implements Choice {}
  }

  /// Tells him what he may choose, until he has: 0 says it again, 1 is to be left alone, 2 is to
  /// complain. A star begins a code, at any time.
  Choice choose(byte[] pcm) {
    return listen(pcm, true);
  }

  /// Tells him something, and waits on only for a code that he has begun to type.
  Choice hearOrType(byte[] pcm) {
    return listen(pcm, false);
  }

  private Choice listen(byte[] pcm, boolean menu) {
    long deadline = until;
    boolean told = false;
    code = null;
    play(pcm);
    while (true) {
      switch (next(deadline)) {
        case Event.Key(char key) when isOfCode(key) -> {
          if (code != null && code.length() == CODE) {
            return new Choice.Typed(code.toString());
          }
          deadline = told ? thinking() : deadline;
        }
        case Event.Key(char key) when menu && key == '0' -> {
          if (times < MOST_TIMES) {
            deadline = until;
            told = false;
            play(pcm);
          }
        }
        case Event.Key(char key) when menu && key == '1' -> {
          return new Choice.Wished(Wish.LEAVE_ALONE);
        }
        case Event.Key(char key) when menu && key == '2' -> {
          return new Choice.Wished(Wish.COMPLAIN);
        }
        case Event.Key _ -> {}
        case Event.Played(int time) -> {
          if (time == times) {
            if (!menu && code == null) {
              return new Choice.Nothing();
            }
            told = true;
            deadline = thinking();
          }
        }
        case Event.Gone _ -> {
          return new Choice.Nothing();
        }
        case null -> {
          return new Choice.Nothing();
        }
      }
    }
  }

  /// A star begins a code anew, and the digits behind it belong to it; any other key ends it.
  private boolean isOfCode(char key) {
    if (key == '*') {
      code = new StringBuilder();
      return true;
    }
    if (code == null) {
      return false;
    }
    if (key < '0' || key > '9') {
      code = null;
      return false;
    }
    code.append(key);
    return true;
  }

  private long thinking() {
    return Math.min(until, System.nanoTime() + THINKING.toNanos());
  }

  private void play(byte[] pcm) {
    call.stopPlaying();
    int time = ++times;
    // If it fails he is gone, which is told as well.
    call.play(pcm).onSuccess(_ -> events.add(new Event.Played(time)));
  }

  /// What happens next; nothing if the time is over.
  private @Nullable Event next(long deadline) {
    try {
      return events.poll(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return null;
    }
  }
}
