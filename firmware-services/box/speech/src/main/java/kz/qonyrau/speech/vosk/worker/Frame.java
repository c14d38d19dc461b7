package kz.qonyrau.speech.vosk.worker;

import java.util.Optional;

/// One message between the box and a worker.
///
/// A listening is known by a number that the box chooses, from 1 up, never used twice with the same
/// worker.
public sealed interface Frame {

  /// To the worker: listen to one more side of a call.
  ///
  /// @param grammar a JSON array of phrases, already checked; without, the whole vocabulary is open
  record Open(int listening, Optional<String> grammar) implements Frame {}

  /// To the worker: the next piece of audio. Each is decoded as one.
  final class Audio implements Frame {

    private final int listening;
    private final byte[] pcm;

    /// @param pcm whole 16-bit little-endian samples at 8 kHz; not copied
    public Audio(int listening, byte[] pcm) {
      this.listening = listening;
      this.pcm = pcm;
    }

    public int listening() {
      return listening;
    }

    /// Not copied.
    public byte[] pcm() {
      return pcm;
    }
  }

  /// To the worker: make up your mind about what was said so far. Answered by [Heard] with
  /// [What#SETTLED]; the listening goes on behind it.
  record Settle(int listening) implements Frame {}

  /// To the worker: there is no more audio. Answered by [Heard] with [What#END].
  record Finish(int listening) implements Frame {}

  /// To the worker: forget this listening; nothing more is said about it, except what is on its
  /// way.
  record Drop(int listening) implements Frame {}

  /// To the worker: are you there? Answered by [Pong], even while all its threads decode.
  record Ping(int number) implements Frame {}

  /// From the worker, once: the model is loaded.
  ///
  /// @param residentKib memory in use, KiB
  record Ready(long residentKib) implements Frame {}

  /// From the worker: what it made of a piece.
  ///
  /// @param bytes how much audio of this listening has been decoded, all pieces together
  /// @param what how far the listening is
  /// @param json what the native library says; empty if there is nothing to say
  /// @param nanos time spent in native code for this piece
  record Heard(int listening, long bytes, What what, String json, long nanos) implements Frame {}

  /// How far a listening is after a piece.
  enum What {
    /// Somebody may be speaking; the JSON is a partial result.
    PARTIAL(0),
    /// An utterance or a stretch of silence is over; the JSON is its result. The native library
    /// starts afresh with the next piece, so what came before is not needed for it.
    BOUNDARY(1),
    /// The listening is over; the JSON is the last result.
    END(2),
    /// As a boundary, because the box asked for it.
    SETTLED(3);

    private final int code;

    What(int code) {
      this.code = code;
    }

    int code() {
      return code;
    }
  }

  /// From the worker: this listening cannot go on.
  record Failed(int listening, String why) implements Frame {}

  /// From the worker.
  ///
  /// @param number that of the ping
  /// @param longest the listening that has been in native code for the longest; 0 if none is
  /// @param longestMillis for how long
  /// @param busyNanos time spent in native code until now by all threads together, that under way
  ///   included
  /// @param residentKib memory in use, KiB
  record Pong(int number, int longest, long longestMillis, long busyNanos, long residentKib)
      implements Frame {}
}
