package kz.qonyrau.rehearsal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// One program in a process of its own: started, awaited, stopped.
///
/// The program says on its standard output, in one line of JSON with `"ready": true`, that it is up
/// and where. Everything else that it prints goes into its log file.
///
/// It gets a session of its own, so that Ctrl-C reaches the stage alone, which then ends its parts
/// in order; a part that the terminal had ended already would look like one that broke.
public final class Child implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Child.class);
  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration PATIENCE_AT_STOP = Duration.ofSeconds(20);

  private final String name;
  private final Process process;
  private final Path logFile;
  private final CompletableFuture<JsonNode> ready = new CompletableFuture<>();

  private Child(String name, Process process, Path logFile) {
    this.name = name;
    this.process = process;
    this.logFile = logFile;
  }

  /// Starts a program.
  ///
  /// @param name for messages and the log
  /// @param command the program and its arguments
  /// @param logFile appended to
  /// @throws UncheckedIOException if there is no such program
  public static Child start(String name, List<String> command, Path logFile) {
    try {
      Files.createDirectories(logFile.getParent());
      Process process =
          new ProcessBuilder(inItsOwnSession(command))
              .redirectError(ProcessBuilder.Redirect.appendTo(logFile.toFile()))
              .start();
      Child child = new Child(name, process, logFile);
      Thread.ofPlatform().daemon().name(name + "-output").start(child::readOutput);
      return child;
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot start " + name + ": " + command.getFirst(), failure);
    }
  }

  /// The same process: `setsid` replaces itself by the program.
  private static List<String> inItsOwnSession(List<String> command) {
    return Stream.concat(Stream.of("setsid"), command.stream()).toList();
  }

  /// Waits for the ready line.
  ///
  /// @throws IllegalStateException if the program ends first or takes longer; the message holds the
  ///   end of its log
  public JsonNode awaitReady(Duration limit) {
    try {
      return ready.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException _) {
      throw new IllegalStateException(
          name + " was not ready within " + limit.toSeconds() + " s. " + endOfLog());
    } catch (ExecutionException failure) {
      throw new IllegalStateException(
          Objects.requireNonNullElse(failure.getCause(), failure).getMessage() + " " + endOfLog());
    } catch (InterruptedException failure) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for " + name, failure);
    }
  }

  /// The number that the system gave the process.
  public long pid() {
    return process.pid();
  }

  /// Whether it has not ended yet.
  public boolean isAlive() {
    return process.isAlive();
  }

  /// Ends the program at once, as a power cut would.
  public void kill() {
    process.destroyForcibly();
    if (!awaitEnd(PATIENCE_AT_STOP)) {
      throw new IllegalStateException(name + " cannot be killed, process " + process.pid());
    }
  }

  /// Asks the program to end, and makes it if it does not.
  @Override
  public void close() {
    process.destroy();
    if (!awaitEnd(PATIENCE_AT_STOP)) {
      log.atWarn().addKeyValue("program", name).log("did not stop when asked, killing it");
      kill();
    }
  }

  private boolean awaitEnd(Duration limit) {
    try {
      return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void readOutput() {
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        var file =
            Files.newBufferedWriter(
                logFile, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        file.write(line);
        file.newLine();
        file.flush();
        if (!ready.isDone() && line.startsWith("{")) {
          readReadyLine(line);
        }
      }
    } catch (IOException failure) {
      log.atWarn().addKeyValue("program", name).setCause(failure).log("lost its output");
    }
    ready.completeExceptionally(new IllegalStateException(name + " ended before it was ready."));
  }

  private void readReadyLine(String line) {
    try {
      JsonNode node = JSON.readTree(line);
      if (node.path("ready").asBoolean(false)) {
        ready.complete(node);
      }
    } catch (JacksonException _) {
      // Some other line that begins with a brace; it stands in the log file.
    }
  }

  private String endOfLog() {
    try {
      List<String> lines = Files.readAllLines(logFile);
      int from = Math.max(0, lines.size() - 15);
      return "The end of "
          + logFile
          + ":\n  "
          + String.join("\n  ", lines.subList(from, lines.size()));
    } catch (IOException _) {
      return "Its log is " + logFile + ".";
    }
  }
}
