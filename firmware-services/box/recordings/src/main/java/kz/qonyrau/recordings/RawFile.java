package kz.qonyrau.recordings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// What Asterisk writes while a call is recorded: interleaved samples without a head, complete some
/// moments after the hang-up.
///
/// @param path where
record RawFile(Path path) {

  /// A recording may be a little shorter than its call: it begins with the first frame, and its
  /// clock stands while no frame flows either way.
  private static final Duration SLACK = Duration.ofMillis(1500);

  private static final int SLACK_PERCENT = 2;

  /// Why there is no complete recording; the message is for the report.
  static final class IncompleteException extends Exception {

    private static final long serialVersionUID = 1L;

    IncompleteException(String why) {
      super(why);
    }
  }

  /// Waits until the file no longer grows, and checks that it can be the whole call.
  ///
  /// @param closing opens when the program ends, which cuts the waiting short
  /// @return its size in bytes
  long complete(Duration answered, RecordingSettings settings, CountDownLatch closing)
      throws IOException, InterruptedException, IncompleteException {
    long enough = fewestBytes(answered);
    long deadline = System.nanoTime() + settings.patience().toNanos();
    long before = -1;
    while (true) {
      long size = Files.exists(path) ? Files.size(path) : -1;
      boolean still = size == before;
      boolean last = System.nanoTime() >= deadline || closing.getCount() == 0;
      if (still && (last || (size > 0 && size >= enough))) {
        return checked(size, enough, answered);
      }
      if (last && !still) {
        throw new IncompleteException(
            "the sound was still being written "
                + settings.patience().toMillis()
                + " ms after the call");
      }
      before = size;
      var _ = closing.await(settings.settle().toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private static long checked(long size, long enough, Duration answered)
      throws IncompleteException {
    if (size < 0) {
      throw new IncompleteException("Asterisk wrote no sound for this call");
    }
    if (size == 0) {
      throw new IncompleteException("Asterisk wrote an empty file");
    }
    if (size % Sound.FRAME_BYTES != 0) {
      throw new IncompleteException("the sound ends in the middle of a sample: " + size + " bytes");
    }
    if (size < enough) {
      throw new IncompleteException(
          "only "
              + Sound.duration(size / Sound.FRAME_BYTES).toMillis()
              + " ms of a call of "
              + answered.toMillis()
              + " ms were recorded");
    }
    return size;
  }

  private static long fewestBytes(Duration answered) {
    Duration slack = SLACK.plus(answered.multipliedBy(SLACK_PERCENT).dividedBy(100));
    Duration shortest = answered.minus(slack);
    return shortest.isNegative() ? 0 : Sound.samples(shortest) * Sound.FRAME_BYTES;
  }
}
