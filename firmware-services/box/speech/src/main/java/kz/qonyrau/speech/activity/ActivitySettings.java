package kz.qonyrau.speech.activity;

import java.time.Duration;

/// What counts as speech, and when it counts as over.
///
/// @param shortest how much sound it takes: 40 ms to 2 s. A click or a cough is shorter, or has no
///   pitch
/// @param pitched how much of that must have the pitch of a voice; at most `shortest`
/// @param quiet how long it must be quiet until speech has ended: 60 ms to 10 s. Shorter gaps, as
///   between words, belong to it
public record ActivitySettings(Duration shortest, Duration pitched, Duration quiet) {

  public ActivitySettings {
    requireBetween("shortest", shortest, 40, 2000);
    requireBetween("pitched", pitched, 20, shortest.toMillis());
    requireBetween("quiet", quiet, 60, 10_000);
  }

  /// For whoever must stop talking when the other side begins: known after 0.2 s of speech, over
  /// after 0.7 s of quiet.
  public static ActivitySettings forTurns() {
    return new ActivitySettings(
        Duration.ofMillis(200), Duration.ofMillis(80), Duration.ofMillis(700));
  }

  /// For greetings, whose pauses tell who answered: a short yes is enough, and a gap of 0.16 s is
  /// one.
  public static ActivitySettings forGreetings() {
    return new ActivitySettings(
        Duration.ofMillis(120), Duration.ofMillis(60), Duration.ofMillis(160));
  }

  private static void requireBetween(String name, Duration value, long least, long most) {
    if (value.toMillis() < least || value.toMillis() > most) {
      throw new IllegalArgumentException(
          name + " must be " + least + " to " + most + " ms, not " + value.toMillis());
    }
  }

  int shortestFrames() {
    return frames(shortest);
  }

  int pitchedFrames() {
    return frames(pitched);
  }

  int quietFrames() {
    return frames(quiet);
  }

  private static int frames(Duration time) {
    return (int) ((time.toMillis() + Frames.MILLIS - 1) / Frames.MILLIS);
  }
}
