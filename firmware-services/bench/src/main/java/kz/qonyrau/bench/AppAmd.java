package kz.qonyrau.bench;

/// The rule of Asterisk's `app_amd` with its defaults, restated: words and pauses by energy alone.
///
/// Initial silence above 2500 ms, a greeting above 1500 ms, or three words: machine. 800 ms of
/// silence after a greeting: human. 5000 ms without either: not sure. A word has at least 100 ms of
/// sound and 50 ms of silence before it; sound has a mean amplitude above 256.
final class AppAmd {

  enum Status {
    HUMAN,
    MACHINE,
    NOT_SURE
  }

  /// @param atMillis after the answer
  record Result(Status status, int atMillis) {}

  private static final int FRAME = 20;

  private AppAmd() {}

  static Result judge(byte[] pcm, int fromSample) {
    int total = 0;
    int silence = 0;
    int voice = 0;
    int greeting = 0;
    int words = 0;
    boolean inWord = false;
    boolean spoken = false;
    for (int at = 2 * fromSample; at + 320 <= pcm.length; at += 320) {
      total += FRAME;
      if (total > 5000) {
        return new Result(Status.NOT_SURE, total);
      }
      if (isLoud(pcm, at)) {
        voice += FRAME;
        if (spoken || voice >= 100) {
          greeting += spoken ? FRAME : voice;
          spoken = true;
        }
        if (!inWord && voice >= 100) {
          inWord = true;
          words++;
        }
        silence = 0;
        if (words >= 3 || greeting > 1500) {
          return new Result(Status.MACHINE, total);
        }
      } else {
        silence += FRAME;
        if (silence >= 50) {
          inWord = false;
          voice = 0;
        }
        if (!spoken && silence >= 2500) {
          return new Result(Status.MACHINE, total);
        }
        if (spoken && silence >= 800) {
          return new Result(Status.HUMAN, total);
        }
      }
    }
    return new Result(Status.NOT_SURE, total);
  }

  private static boolean isLoud(byte[] pcm, int at) {
    long sum = 0;
    for (int i = at; i < at + 320; i += 2) {
      sum += Math.abs((short) ((pcm[i] & 0xff) | (pcm[i + 1] << 8)));
    }
    return sum / 160 > 256;
  }
}
