package kz.qonyrau.recordings;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/// The `flac` program of the Debian package of that name, at the lowest priority. Sound goes
/// through pipes: none of it lies on the disk in the clear on the way.
final class Flac {

  private static final Duration LIMIT = Duration.ofMinutes(10);
  private static final List<String> RAW =
      List.of("--force-raw-format", "--endian=little", "--sign=signed");

  private Flac() {}

  /// Compresses interleaved samples.
  static void encode(InputStream samples, OutputStream flac) throws IOException {
    List<String> command = new ArrayList<>(List.of("nice", "-n", "19", "flac", "--silent", "-5"));
    command.addAll(RAW);
    command.addAll(List.of("--channels=2", "--bps=16", "--sample-rate=8000", "--stdout", "-"));
    run(command, samples, flac);
  }

  /// Gives back the samples that [#encode] was given.
  static void decode(InputStream flac, OutputStream samples) throws IOException {
    List<String> command = new ArrayList<>(List.of("flac", "--silent", "--decode"));
    command.addAll(RAW);
    command.addAll(List.of("--stdout", "-"));
    run(command, flac, samples);
  }

  private static void run(List<String> command, InputStream from, OutputStream to)
      throws IOException {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    AtomicReference<IOException> unread = new AtomicReference<>();
    Thread feeder = Thread.ofVirtual().start(() -> feed(process, from, unread));
    var _ =
        process
            .onExit()
            .orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS)
            .whenComplete((_, late) -> {
              if (late != null) {
                process.destroyForcibly();
              }
            });
    try (InputStream out = process.getInputStream()) {
      out.transferTo(to);
      int exit = process.waitFor();
      feeder.join();
      IOException failure = unread.get();
      if (failure != null) {
        throw failure;
      }
      if (exit != 0) {
        throw new IOException("flac ended with " + exit);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while flac was at work", e);
    } finally {
      process.destroyForcibly();
    }
  }

  /// Only a failure to read is ours; if the program stops reading, its exit status says why.
  private static void feed(Process process, InputStream from, AtomicReference<IOException> unread) {
    byte[] piece = new byte[1 << 16];
    try (OutputStream in = process.getOutputStream()) {
      while (true) {
        int length;
        try {
          length = from.read(piece);
        } catch (IOException e) {
          unread.set(e); // Its input ends here, so the program ends by itself.
          return;
        }
        if (length < 0) {
          return;
        }
        in.write(piece, 0, length);
      }
    } catch (IOException _) {
      process.destroy();
    }
  }
}
