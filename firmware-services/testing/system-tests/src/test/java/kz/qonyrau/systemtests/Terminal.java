package kz.qonyrau.systemtests;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kz.qonyrau.rehearsal.Wait;

/// A program on a pseudo-terminal, with a keyboard: what it prints is read, and Ctrl-C reaches it
/// as it would from a person, through the terminal, together with everything that it started.
final class Terminal implements AutoCloseable {

  private static final int CTRL_C = 3;

  private final Process process;
  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

  private Terminal(Process process) {
    this.process = process;
  }

  /// Starts a program. Its standard error and output both go to the terminal.
  static Terminal running(String... command) {
    String line =
        Stream.of(command)
            .map(word -> "'" + word.replace("'", "'\\''") + "'")
            .collect(Collectors.joining(" "));
    try {
      Process process =
          // Whoever runs the tests in the background had Ctrl-C ignored, and children inherit that.
          new ProcessBuilder(
                  "env", "--default-signal=INT", "script", "-qfec", "exec " + line, "/dev/null")
              .redirectErrorStream(true)
              .start();
      Terminal terminal = new Terminal(process);
      Thread.ofPlatform().daemon().name("terminal").start(terminal::read);
      return terminal;
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot open a pseudo-terminal", failure);
    }
  }

  private void read() {
    try (InputStream output = process.getInputStream()) {
      output.transferTo(shown);
    } catch (IOException _) {
      // The terminal is gone; whoever waits for the end learns the rest.
    }
  }

  String shown() {
    return shown.toString(StandardCharsets.UTF_8);
  }

  void awaitShown(String text, Duration limit) {
    try {
      Wait.until(
          limit,
          "the terminal shows '" + text + "'",
          () -> shown().contains(text) || !process.isAlive());
    } catch (IllegalStateException late) {
      throw new IllegalStateException(late.getMessage() + ", but only:\n" + shown(), late);
    }
    if (!shown().contains(text)) {
      throw new IllegalStateException("it ended without '" + text + "':\n" + shown());
    }
  }

  void pressCtrlC() {
    try {
      OutputStream keyboard = process.getOutputStream();
      keyboard.write(CTRL_C);
      keyboard.flush();
    } catch (IOException failure) {
      throw new UncheckedIOException("the terminal takes no keys", failure);
    }
  }

  /// Waits for the end and returns the exit status, 128 and the signal's number after a signal.
  int awaitEnd(Duration limit) {
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException(
            "still running after " + limit.toSeconds() + " s:\n" + shown());
      }
      return process.exitValue();
    } catch (InterruptedException failure) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", failure);
    }
  }

  /// The command lines of all processes of this machine that name a directory, this test's own and
  /// the terminal's left out.
  List<String> processesNaming(Path directory) {
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      return processes
          .filter(entry -> entry.getFileName().toString().matches("\\d+"))
          .filter(entry ->
              Long.parseLong(entry.getFileName().toString()) != ProcessHandle.current().pid())
          .map(Terminal::commandLine)
          .filter(line -> line.contains(directory.toString()))
          .toList();
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot list the processes", failure);
    }
  }

  private static String commandLine(Path process) {
    try {
      return Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1)
          .replace('\0', ' ');
    } catch (IOException _) {
      // It ended since the directory was listed.
      return "";
    }
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }
}
