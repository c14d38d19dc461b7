package kz.qonyrau.speech;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/// A program of the operating system that turns bytes into bytes, run with limits on time and
/// output. What people wrote or uploaded reaches it by standard input only, never as an argument.
public final class ExternalProgram {

  private static final int LONGEST_COMPLAINT = 2000;

  /// What a program gave.
  ///
  /// @param exit its exit status; 0 is success
  /// @param bytes its standard output
  /// @param complaint the beginning of its standard error
  /// @param tooMuch whether it was stopped because it gave more than it may
  @SuppressWarnings("ArrayRecordComponent") // Nobody compares two of these.
  public record Output(int exit, byte[] bytes, String complaint, boolean tooMuch) {

    /// Whether it ended by itself, with status 0.
    public boolean succeeded() {
      return exit == 0 && !tooMuch;
    }
  }

  private ExternalProgram() {}

  /// Runs `command` with `input` as its standard input. Blocks until it has ended.
  ///
  /// @param limitBytes how much it may give before it is ended
  /// @param limit how long it may take
  /// @throws IOException if it cannot be started
  /// @throws TimeoutException if it took too long and was ended
  public static Output run(List<String> command, byte[] input, int limitBytes, Duration limit)
      throws IOException, InterruptedException, TimeoutException {
    Process process = builder(command).start();
    Thread.ofVirtual().start(() -> write(input, process.getOutputStream()));
    return collect(process, command, limitBytes, limit);
  }

  /// Runs `command` with the file as its standard input; otherwise the same.
  public static Output run(List<String> command, Path input, int limitBytes, Duration limit)
      throws IOException, InterruptedException, TimeoutException {
    Process process = builder(command).redirectInput(input.toFile()).start();
    return collect(process, command, limitBytes, limit);
  }

  private static ProcessBuilder builder(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    String path = builder.environment().getOrDefault("PATH", "/usr/bin:/bin");
    builder.environment().clear();
    builder.environment().put("PATH", path);
    builder.environment().put("LC_ALL", "C.UTF-8");
    return builder;
  }

  private static Output collect(
      Process process, List<String> command, int limitBytes, Duration limit)
      throws IOException, InterruptedException, TimeoutException {
    long deadline = System.nanoTime() + limit.toNanos();
    var _ =
        process
            .onExit()
            .orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS)
            .whenComplete((_, late) -> {
              if (late != null) {
                process.destroyForcibly();
              }
            });
    AtomicReference<String> complaint = new AtomicReference<>("");
    Thread complaints =
        Thread.ofVirtual().start(() -> complaint.set(beginning(process.getErrorStream())));
    try (InputStream out = process.getInputStream()) {
      byte[] bytes = out.readNBytes(limitBytes);
      boolean tooMuch = bytes.length == limitBytes && out.read() >= 0;
      if (tooMuch) {
        process.destroyForcibly();
      }
      int exit = process.waitFor();
      complaints.join(Duration.ofSeconds(1));
      if (!tooMuch && exit != 0 && System.nanoTime() >= deadline) {
        throw new TimeoutException(command.getFirst() + " took longer than " + limit);
      }
      return new Output(exit, bytes, complaint.get(), tooMuch);
    } catch (IOException e) {
      if (System.nanoTime() >= deadline) {
        // Ending a program closes its streams under whoever reads them.
        throw new TimeoutException(command.getFirst() + " took longer than " + limit);
      }
      throw e;
    } finally {
      process.destroyForcibly();
    }
  }

  private static void write(byte[] input, OutputStream to) {
    try (to) {
      to.write(input);
    } catch (IOException _) {
      // The program went away; its exit status tells.
    }
  }

  private static String beginning(InputStream in) {
    try (in) {
      byte[] start = in.readNBytes(LONGEST_COMPLAINT);
      in.transferTo(OutputStream.nullOutputStream());
      return new String(start, StandardCharsets.UTF_8).strip();
    } catch (IOException _) {
      return ""; // It was ended, and its streams with it.
    }
  }
}
