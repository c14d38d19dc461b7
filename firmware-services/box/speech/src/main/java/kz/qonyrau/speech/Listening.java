package kz.qonyrau.speech;

import io.vertx.core.Future;

/// One side of one call, being listened to. Safe to use from any thread; audio is heard in the
/// order of the calls to [#feed].
///
/// A listening that nobody finishes ends by itself after a time limit, so a forgotten call cannot
/// keep native memory.
public interface Listening {

  /// Takes the next piece of audio. Never blocks: when recognition falls behind by more than the
  /// queue holds, the oldest audio that waits is dropped and [Transcript#lost] says how much. An
  /// empty piece is nothing; audio that comes after the end is ignored.
  ///
  /// @param pcm signed 16-bit little-endian samples, 8 kHz, one channel; copied
  /// @throws IllegalArgumentException if the length is odd, that is, not whole samples
  void feed(byte[] pcm);

  /// Asks the recogniser to make up its mind about what was fed until now, without waiting for the
  /// pause by which it ends an utterance itself: whoever hears that somebody has stopped talking
  /// saves that time. The listening goes on.
  ///
  /// @return completes when the sink has been told all that was said until now, or nothing more can
  ///   be heard; never fails. On a thread of the recogniser: it must not be blocked
  Future<Void> settle();

  /// Ends the listening and gives all that was understood, once the audio that waits has been
  /// heard. Further calls give the same future. It completes on a thread of the recogniser.
  Future<Transcript> finish();
}
