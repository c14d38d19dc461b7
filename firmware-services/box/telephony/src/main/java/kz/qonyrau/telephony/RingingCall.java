package kz.qonyrau.telephony;

import java.util.function.Consumer;
import kz.qonyrau.vocabulary.CallId;

/// A call that nobody has picked up yet, and whose network lets us hear something already: a ring
/// tone, music, or an announcement that says why nobody will (early media, RFC 3960).
///
/// Both methods may be called from any thread and return at once. Once somebody has picked up, or
/// the call is over, they do nothing.
public interface RingingCall {

  CallId id();

  /// Hands over what the network lets us hear, in frames of 320 bytes (20 ms, signed 16-bit
  /// little-endian, 8 kHz, mono), on an event loop: the sink must never block. After the answer
  /// nothing comes any more.
  ///
  /// What was heard before the sink was set comes first. A second sink takes the place of the
  /// first.
  void onAudio(Consumer<byte[]> sink);

  /// Stops calling. What became of the call is said where it was dialled.
  void giveUp();
}
