package kz.qonyrau.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A program in a process of its own that prints lines of JSON.
final class Program implements AutoCloseable {

  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration PATIENCE_AT_STOP = Duration.ofSeconds(60);

  private final String name;
  private final Process process;
  private final Path log;
  private final BlockingQueue<JsonNode> lines = new LinkedBlockingQueue<>();
  private volatile boolean ending;

  private Program(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
  }

  /// Starts a class of a module that was built.
  ///
  /// @param classPath of the program
  /// @param heap for example `-Xmx2g`
  static Program start(
      Path log, String name, String classPath, String heap, String main, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                heap,
                "-Duser.timezone=UTC",
                "-Dfile.encoding=UTF-8",
                "-Dio.netty.noUnsafe=false",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                classPath,
                main));
    command.addAll(List.of(arguments));
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
      Program program = new Program(name, process, log);
      Thread.ofPlatform().daemon().name(name + "-output").start(program::read);
      // Whatever happens to the benchmark, its programs end with it.
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
      return program;
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot start " + name, failure);
    }
  }

  /// The class path of a module that was packaged with its libraries.
  static String classPath(Path root, String module, String artifact) {
    Path target = root.resolve("firmware-services").resolve(module).resolve("target");
    return target.resolve(artifact + "-0.1.0.jar") + ":" + target.resolve("lib") + "/*";
  }

  private void read() {
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        if (line.startsWith("{")) {
          lines.add(JSON.readTree(line));
        }
      }
    } catch (IOException failure) {
      // Whoever ends a program closes its output, too.
      if (!ending) {
        throw new UncheckedIOException("lost the output of " + name, failure);
      }
    }
  }

  /// The next line of JSON.
  ///
  /// @throws IllegalStateException if none comes in time, or the program has ended; its log says
  ///   why
  JsonNode next(Duration longest) {
    long end = System.nanoTime() + longest.toNanos();
    try {
      while (System.nanoTime() < end) {
        JsonNode line = lines.poll(200, TimeUnit.MILLISECONDS);
        if (line != null) {
          return line;
        }
        if (!process.isAlive() && lines.isEmpty()) {
          throw new IllegalStateException(name + " has ended; see " + log);
        }
      }
    } catch (InterruptedException failure) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", failure);
    }
    throw new IllegalStateException(
        name + " said nothing within " + longest.toSeconds() + " s; see " + log);
  }

  /// The same, or null if none comes in time.
  @Nullable JsonNode within(Duration longest) {
    try {
      return lines.poll(longest.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException failure) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", failure);
    }
  }

  long pid() {
    return process.pid();
  }

  /// Memory that stays when everything that is not needed was thrown away, in KiB: resident set
  /// after a full collection.
  double residentKib() {
    try {
      Process collecting =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                  Long.toString(pid()),
                  "GC.run")
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (collecting.waitFor() != 0) {
        throw new IllegalStateException("jcmd cannot reach " + name);
      }
      return Files.readAllLines(Path.of("/proc", Long.toString(pid()), "status")).stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")))
          .findFirst()
          .orElseThrow();
    } catch (IOException failure) {
      throw new UncheckedIOException(name + " has gone", failure);
    } catch (InterruptedException failure) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", failure);
    }
  }

  /// Ends it in good order.
  @Override
  public void close() {
    ending = true;
    process.destroy();
    try {
      if (!process.waitFor(PATIENCE_AT_STOP.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
