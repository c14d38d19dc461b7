package kz.qonyrau.telephony;

import io.vertx.core.Future;
import java.util.function.Consumer;
import kz.qonyrau.vocabulary.CallId;

/// An answered call, from the moment that its audio is connected.
///
/// Every method may be called from any thread and returns at once. Once the call has ended they do
/// nothing, except that [#play] fails.
public interface LiveCall {

  CallId id();

  /// Plays audio to the callee, after what is already playing.
  ///
  /// The future completes when the last frame was played, or at once when [#stopPlaying] cuts the
  /// audio off. It fails with [CallEndedException] if the call ends first.
  ///
  /// @param pcm signed 16-bit little-endian samples, 8 kHz, mono; not changed afterwards
  /// @throws IllegalArgumentException if half a sample is left over
  Future<Void> play(byte[] pcm);

  /// Throws away whatever is playing or waiting to be played; the callee hears silence within 20
  /// ms.
  void stopPlaying();

  /// Hands over what the callee says, in frames of 320 bytes (20 ms, signed 16-bit little-endian, 8
  /// kHz, mono), on an event loop: the sink must never block.
  ///
  /// What was said before the sink was set comes first, up to the last 30 s. A second sink takes
  /// the place of the first.
  void onAudio(Consumer<byte[]> sink);

  /// Hands over the keys that the callee presses, `0` to `9`, `*`, `#`, `A` to `D`, on an event
  /// loop. Keys pressed before the sink was set come first.
  void onDigit(Consumer<Character> sink);

  /// Ends the call. It has ended when [#ended] says so.
  void hangUp();

  /// Completes when the call is over and its recording is closed; never fails.
  Future<Ended> ended();
}
