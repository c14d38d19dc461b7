package kz.qonyrau.speech.vosk;

import java.time.Duration;

/// The limits of a [VoskRecognizer].
///
/// @param threads how many listenings of a language are worked on at the same moment, 1 to 64; as
///   many as cores
/// @param listenings how many may be under way at once, 1 or more
/// @param queue how much audio waits at most for each; when there is more, the oldest is dropped
/// @param idle a listening that gets no audio for this long, or a little longer, is ended
/// @param longest how much audio one listening takes before it is ended
/// @param hang a call into native code, or an answer to a ping, that takes longer than this will
///   not come: the worker is killed. 200 ms to 10 min
/// @param behind how far a listening may be behind before the newest one is ended for the others'
///   sake; less than the queue holds, or audio is dropped before. 200 ms to 1 h
/// @param patience how long an ended listening may take to be decoded to its end
/// @param growth by how many bytes a worker may grow before it is replaced; at least 16 MiB
/// @param niceness how much the workers leave to others, 0 to 19 as in `nice`
public record VoskSettings(
    int threads,
    int listenings,
    Duration queue,
    Duration idle,
    Duration longest,
    Duration hang,
    Duration behind,
    Duration patience,
    long growth,
    int niceness) {

  private static final long SMALLEST_GROWTH = 16L << 20;
  private static final int BEHIND_TELEPHONY = 10;

  public VoskSettings {
    if (threads < 1 || threads > 64 || listenings < 1) {
      throw new IllegalArgumentException(
          "1 to 64 threads and at least 1 listening, not " + threads + ", " + listenings);
    }
    requireWithin("queue", queue, Duration.ofMillis(200), Duration.ofHours(1));
    requireWithin("idle", idle, Duration.ofMillis(10), Duration.ofHours(24));
    requireWithin("longest", longest, Duration.ofMillis(10), Duration.ofHours(24));
    requireWithin("hang", hang, Duration.ofMillis(200), Duration.ofMinutes(10));
    requireWithin("behind", behind, Duration.ofMillis(200), Duration.ofHours(1));
    requireWithin("patience", patience, Duration.ofMillis(10), Duration.ofMinutes(10));
    if (growth < SMALLEST_GROWTH) {
      throw new IllegalArgumentException("growth: at least 16 MiB, not " + growth + " bytes");
    }
    if (niceness < 0 || niceness > 19) {
      throw new IllegalArgumentException("niceness: 0 to 19, not " + niceness);
    }
  }

  /// One thread per core, 200 listenings, 10 s of queue, 1 minute idle, 2 hours at most, 10 s
  /// without an answer, 3 s behind, 20 s to come to an end, 512 MiB of growth. The telephony comes
  /// first: what a recogniser hears late it still hears, but a frame that is late is gone.
  public static VoskSettings usual() {
    return new VoskSettings(
        Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 64),
        200,
        Duration.ofSeconds(10),
        Duration.ofMinutes(1),
        Duration.ofHours(2),
        Duration.ofSeconds(10),
        Duration.ofSeconds(3),
        Duration.ofSeconds(20),
        512L << 20,
        BEHIND_TELEPHONY);
  }

  /// For recordings, which wait: one thread of the lowest priority, and room for minutes of audio.
  public static VoskSettings background() {
    return new VoskSettings(
        1,
        4,
        Duration.ofMinutes(10),
        Duration.ofMinutes(10),
        Duration.ofHours(2),
        Duration.ofSeconds(60),
        Duration.ofHours(1),
        Duration.ofMinutes(10),
        512L << 20,
        19);
  }

  private static void requireWithin(String name, Duration value, Duration least, Duration most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new IllegalArgumentException(name + ": " + least + " to " + most + ", not " + value);
    }
  }
}
