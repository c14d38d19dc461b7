package kz.qonyrau.speech.vosk.worker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.TreeSet;

/// Notes which listening each thread has in native code, in a place that outlives the process: a
/// file mapped into memory, which the kernel keeps when the process is killed. What native code was
/// doing when it died can then be read there.
public final class FlightRecorder {

  private final MappedByteBuffer slots;

  private FlightRecorder(MappedByteBuffer slots) {
    this.slots = slots;
  }

  /// Makes the file, with one slot for each thread.
  static FlightRecorder create(Path file, int threads) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE)) {
      return new FlightRecorder(
          channel.map(FileChannel.MapMode.READ_WRITE, 0, (long) threads * Integer.BYTES));
    }
  }

  /// A thread goes into native code for a listening.
  void enter(int thread, int listening) {
    slots.putInt(thread * Integer.BYTES, listening);
  }

  /// It came back.
  void leave(int thread) {
    slots.putInt(thread * Integer.BYTES, 0);
  }

  /// The listenings that were in native code when the process ended; none if it never came so far.
  public static Set<Integer> suspects(Path file) {
    try {
      if (!Files.exists(file)) {
        return Set.of();
      }
      ByteBuffer slots = ByteBuffer.wrap(Files.readAllBytes(file));
      Set<Integer> suspects = new TreeSet<>();
      while (slots.remaining() >= Integer.BYTES) {
        int listening = slots.getInt();
        if (listening > 0) {
          suspects.add(listening);
        }
      }
      return suspects;
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot read " + file, failure);
    }
  }
}
