package kz.qonyrau.speech.activity;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;

/// What the box plays to the other side, on the clock of what it hears: the reference for echo.
final class Played {

  /// @param pcm little-endian samples
  @SuppressWarnings("ArrayRecordComponent") // Nobody compares two of these.
  private record Piece(long from, byte[] pcm, int samples) {

    long to() {
      return from + samples;
    }
  }

  private final Deque<Piece> pieces = new ArrayDeque<>();

  /// Plays `pcm` from `now` on, or behind what is being played still.
  void play(byte[] pcm, long now) {
    Frames.requireWholeSamples(pcm);
    pieces.removeIf(piece -> piece.to() < now - 2L * Echo.LONGEST_DELAY);
    Piece last = pieces.peekLast();
    long from = last == null ? now : Math.max(now, last.to());
    pieces.addLast(new Piece(from, pcm, pcm.length / 2));
  }

  /// Plays nothing any more from `now` on.
  void stop(long now) {
    while (!pieces.isEmpty() && pieces.getLast().to() > now) {
      Piece cut = pieces.removeLast();
      if (cut.from() < now) {
        pieces.addLast(new Piece(cut.from(), cut.pcm(), (int) (now - cut.from())));
      }
    }
  }

  /// Whether anything was played between the two.
  boolean anythingBetween(long from, long to) {
    for (Piece piece : pieces) {
      if (piece.from() < to && piece.to() > from) {
        return true;
      }
    }
    return false;
  }

  /// Copies what was played from `from` on; zero where nothing was. What ended before `from` is
  /// forgotten, so `from` must not go back.
  void copy(long from, double[] into, int count) {
    Arrays.fill(into, 0, count, 0);
    for (Iterator<Piece> all = pieces.iterator(); all.hasNext(); ) {
      Piece piece = all.next();
      if (piece.to() <= from) {
        all.remove();
        continue;
      }
      long first = Math.max(from, piece.from());
      long end = Math.min(from + count, piece.to());
      for (long at = first; at < end; at++) {
        into[(int) (at - from)] = Frames.sample(piece.pcm(), (int) (at - piece.from()) * 2);
      }
    }
  }
}
