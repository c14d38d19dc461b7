package kz.qonyrau.speech.answering;

import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import kz.qonyrau.speech.activity.SpeechEvent;

/// Lets speech through and keeps the rest back: what is heard from shortly before somebody begins
/// to speak until a while after they have ended.
final class SpeechOnly {

  /// Bytes of 16-bit samples at 8 kHz in a second.
  private static final int SECOND = 16_000;

  /// Speech is noticed some 0.2 s late, and begins softly.
  private static final int BEFORE = SECOND * 8 / 10;

  /// A recogniser needs the quiet behind a sentence to make up its mind.
  private static final int AFTER = SECOND;

  private final Deque<byte[]> kept = new ArrayDeque<>();
  private int keptBytes;
  private boolean speaking;
  private int left;

  /// Somebody begins to speak, or has ended, in audio that comes next to [#of].
  void on(SpeechEvent event) {
    speaking = event instanceof SpeechEvent.Began;
    left = AFTER;
  }

  /// What a recogniser should hear now that this came.
  ///
  /// @param pcm signed 16-bit samples, 8 kHz
  /// @return nothing, the same, or the same with what was kept back before it
  byte[] of(byte[] pcm) {
    kept.add(pcm.clone());
    keptBytes += pcm.length;
    if (!speaking && left <= 0) {
      while (keptBytes - kept.element().length >= BEFORE) {
        keptBytes -= kept.remove().length;
      }
      if (kept.size() == 1 && keptBytes > BEFORE) {
        byte[] piece = kept.remove();
        kept.add(Arrays.copyOfRange(piece, piece.length - BEFORE, piece.length));
        keptBytes = BEFORE;
      }
      return new byte[0];
    }
    left -= speaking ? 0 : pcm.length;
    ByteArrayOutputStream through = new ByteArrayOutputStream(keptBytes);
    kept.forEach(through::writeBytes);
    kept.clear();
    keptBytes = 0;
    return through.toByteArray();
  }
}
