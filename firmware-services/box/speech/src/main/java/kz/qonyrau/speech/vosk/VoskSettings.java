package kz.qonyrau.speech.vosk;

import java.time.Duration;

/// The limits of a [VoskRecognizer].
///
/// @param threads how many listenings are worked on at the same moment, 1 to 64; as many as cores
/// @param listenings how many may be under way at once
/// @param queue how much audio waits at most for each; when there is more, the oldest is dropped
/// @param idle a listening that gets no audio for this long, or half as long again, is ended
/// @param longest how much audio one listening takes before it is ended
public record VoskSettings(
    int threads, int listenings, Duration queue, Duration idle, Duration longest) {

  public VoskSettings {
    if (threads < 1 || threads > 64 || listenings < 1) {
      throw new IllegalArgumentException(
          "1 to 64 threads and at least 1 listening, not " + threads + ", " + listenings);
    }
    if (queue.toMillis() < 200 || queue.toMinutes() > 60) {
      throw new IllegalArgumentException("a queue holds 0.2 s to 1 h of audio, not " + queue);
    }
    if (idle.toMillis() < 10 || longest.toMillis() < 10 || longest.toHours() > 24) {
      throw new IllegalArgumentException(
          "idle and longest are at least 10 ms, longest at most a day, not "
              + idle
              + ", "
              + longest);
    }
  }

  /// One thread per core, 200 listenings, 10 s of queue, 1 minute idle, 2 hours at most.
  public static VoskSettings usual() {
    return new VoskSettings(
        Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 64),
        200,
        Duration.ofSeconds(10),
        Duration.ofMinutes(1),
        Duration.ofHours(2));
  }
}
