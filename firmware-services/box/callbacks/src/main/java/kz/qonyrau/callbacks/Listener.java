package kz.qonyrau.callbacks;

import java.time.Duration;
import java.util.Optional;
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

  /// Tells him what he may choose, until he has: 0 says it again, 1 is to be left alone, 2 is to
  /// complain. Empty if he hung up or thought too long.
  Optional<Wish> choose(byte[] pcm) {
    long deadline = until;
    play(pcm);
    while (true) {
      switch (next(deadline)) {
        case Event.Key(char key) when key == '0' -> {
          if (times < MOST_TIMES) {
            deadline = until;
            play(pcm);
          }
        }
        case Event.Key(char key) when key == '1' -> {
          return Optional.of(Wish.LEAVE_ALONE);
        }
        case Event.Key(char key) when key == '2' -> {
          return Optional.of(Wish.COMPLAIN);
        }
        case Event.Key _ -> {}
        case Event.Played(int time) -> {
          if (time == times) {
            deadline = Math.min(until, System.nanoTime() + THINKING.toNanos());
          }
        }
        case Event.Gone _ -> {
          return Optional.empty();
        }
        case null -> {
          return Optional.empty();
        }
      }
    }
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
