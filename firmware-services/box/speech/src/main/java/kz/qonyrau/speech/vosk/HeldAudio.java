package kz.qonyrau.speech.vosk;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import kz.qonyrau.speech.Recognizer;

/// The audio of one listening: what waits for a worker, what a worker has and might have to hear
/// again, and where something is missing.
///
/// Positions count bytes of the audio that was not dropped, from the first one on. Not safe for use
/// by several threads at once: whoever owns it guards it.
final class HeldAudio {

  static final int BYTES_PER_SECOND = 2 * Recognizer.SAMPLES_PER_SECOND;

  /// Decoded at once: below, waking a thread costs more than decoding; above, partial results lag.
  static final int PIECE_BYTES = BYTES_PER_SECOND / 10;

  /// How much a worker has at most that it has not decoded yet.
  private static final int WITH_WORKER_BYTES = BYTES_PER_SECOND;

  /// More than the longest utterance that the native library lets pass without a boundary.
  private static final int KEPT_BYTES = 60 * BYTES_PER_SECOND;

  /// Audio that is missing at a position.
  private record Gap(long at, long bytes) {}

  private final Deque<byte[]> waiting = new ArrayDeque<>();
  private long waitingBytes;

  /// How much of what waits has been with a worker before.
  private long againBytes;

  private final Deque<byte[]> kept = new ArrayDeque<>();
  private long boundary;
  private long sent;
  private long decoded;

  /// Where the present worker began to listen; it counts from there.
  private long opened;

  private final Deque<Gap> gaps = new ArrayDeque<>();
  private long lost;
  private long lostBeforeGaps;

  /// Takes audio that was fed; drops the oldest of what waits if that is more than it may be.
  ///
  /// @param mostWaiting bytes, apart from what waits for the second time
  /// @return how many bytes were dropped, behind [#sent]
  long add(byte[] piece, long mostWaiting) {
    waiting.addLast(piece);
    waitingBytes += piece.length;
    long dropped = 0;
    while (waitingBytes - againBytes > mostWaiting) {
      byte[] oldest = waiting.removeFirst();
      waitingBytes -= oldest.length;
      againBytes = Math.max(0, againBytes - oldest.length);
      dropped += oldest.length;
    }
    if (dropped > 0) {
      lost += dropped;
      addGap(new Gap(sent, dropped));
    }
    return dropped;
  }

  private void addGap(Gap gap) {
    Gap last = gaps.peekLast();
    if (last != null && last.at() == gap.at()) {
      gaps.removeLast();
      gaps.addLast(new Gap(gap.at(), last.bytes() + gap.bytes()));
    } else {
      gaps.addLast(gap);
    }
  }

  /// Where the worker is that it was sent to.
  long sent() {
    return sent;
  }

  /// Where the worker's last boundary between utterances is.
  long boundary() {
    return boundary;
  }

  /// Where all that was fed ends.
  long end() {
    return sent + waitingBytes;
  }

  /// Bytes that were ever fed.
  long fed() {
    return sent + waitingBytes + lost;
  }

  /// Bytes that were fed and not decoded yet.
  long behind() {
    return waitingBytes + sent - decoded;
  }

  /// Whether a worker may be given more.
  ///
  /// @param all whether the last piece need not be a whole one
  boolean hasPiece(boolean all) {
    return sent - decoded < WITH_WORKER_BYTES && waitingBytes >= (all ? 1 : PIECE_BYTES);
  }

  boolean nothingWaits() {
    return waiting.isEmpty();
  }

  /// The next audio for the worker, as a copy: no more than `most` bytes, which is where a piece
  /// ends.
  byte[] take(long most) {
    byte[] piece = new byte[(int) Math.min(Math.min(waitingBytes, 2L * PIECE_BYTES), most)];
    int filled = 0;
    for (byte[] first = waiting.peekFirst();
        first != null && filled + first.length <= piece.length;
        first = waiting.peekFirst()) {
      System.arraycopy(first, 0, piece, filled, first.length);
      filled += first.length;
      waiting.removeFirst();
    }
    waitingBytes -= filled;
    againBytes = Math.max(0, againBytes - filled);
    byte[] taken = filled == piece.length ? piece : Arrays.copyOf(piece, filled);
    kept.addLast(taken);
    sent += taken.length;
    while (sent - boundary > KEPT_BYTES) {
      boundary += kept.removeFirst().length;
    }
    return taken;
  }

  /// A worker begins at the last boundary.
  void open() {
    opened = boundary;
  }

  /// The worker has decoded so many bytes since it began.
  void decoded(long bytes) {
    decoded = opened + bytes;
  }

  /// What was decoded until here need not be heard again.
  void passBoundary() {
    while (boundary < decoded) {
      boundary += kept.removeFirst().length;
    }
    while (!gaps.isEmpty() && gaps.getFirst().at() < boundary) {
      lostBeforeGaps += gaps.removeFirst().bytes();
    }
  }

  /// What came behind the last boundary waits again.
  void takeBack() {
    long bytes = sent - boundary;
    while (!kept.isEmpty()) {
      waiting.addFirst(kept.removeLast());
    }
    waitingBytes += bytes;
    againBytes += bytes;
    sent = boundary;
    decoded = boundary;
  }

  /// What the worker had behind the last boundary is lost.
  ///
  /// @return how many bytes, behind [#boundary]
  long giveUp() {
    long bytes = sent - boundary;
    long missing = bytes;
    while (!gaps.isEmpty() && gaps.getLast().at() >= boundary) {
      missing += gaps.removeLast().bytes();
    }
    gaps.addLast(new Gap(boundary, missing));
    lost += bytes;
    kept.clear();
    sent = boundary;
    decoded = boundary;
    return bytes;
  }

  /// All that was not decoded is lost.
  void giveUpRest() {
    lost += behind();
  }

  /// Lets go of all audio; what was counted stays.
  void clear() {
    waiting.clear();
    waitingBytes = 0;
    kept.clear();
  }

  /// How much was decoded.
  Duration heard() {
    return duration(decoded);
  }

  Duration lost() {
    return duration(lost);
  }

  /// How far decoding has come, as time in the call.
  Duration now() {
    return inCallTime(decoded);
  }

  /// What the present worker calls so many seconds, as time in the call.
  Duration workersTime(double seconds) {
    return inCallTime(opened + Math.round(seconds * BYTES_PER_SECOND));
  }

  /// A position as time in the call: what was dropped before is counted in.
  Duration inCallTime(long position) {
    long missing = lostBeforeGaps;
    for (Gap gap : gaps) {
      if (gap.at() > position) {
        break;
      }
      missing += gap.bytes();
    }
    return duration(position + missing);
  }

  static Duration duration(long bytes) {
    return Duration.ofNanos(bytes * 1_000_000_000 / BYTES_PER_SECOND);
  }

  static long bytes(Duration audio) {
    return audio.toMillis() * BYTES_PER_SECOND / 1000;
  }
}
