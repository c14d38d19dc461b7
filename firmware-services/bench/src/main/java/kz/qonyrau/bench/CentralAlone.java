package kz.qonyrau.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import kz.qonyrau.rehearsal.Api;
import kz.qonyrau.testsupport.Ports;
import kz.qonyrau.wire.ClaimTicket;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// The licensing server in a process of its own, without a stage around it. It can be stopped and
/// started again on the same data and ports.
final class CentralAlone implements AutoCloseable {

  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final Path root;
  private final Path data;
  private final int console = Ports.free();
  private final int door = Ports.free();
  private final int broker = Ports.free();
  private @Nullable Program program;

  CentralAlone(Path root, Path data) {
    this.root = root;
    this.data = data;
    try {
      Files.createDirectories(data);
      Files.writeString(
          data.resolve("central.conf"),
          """
          licensing {
            console { port = %d, first-password-may-stay = true }
            enrolment {
              port = %d
              requests-per-minute-and-address = 100000
              requests-per-minute = 1000000
            }
            broker { port = %d, disk-used-percent-max = 100 }
          }
          """
              .formatted(console, door, broker));
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot use " + data, failure);
    }
  }

  void start() {
    Program started =
        Program.start(
            data.resolve("log"),
            "central",
            Program.classPath(root, "central/licensing-server", "licensing-server"),
            "-Xmx" + System.getProperty("central-heap", "4g"),
            "kz.qonyrau.licensing.Main",
            "--config",
            data.resolve("central.conf").toString(),
            "--data",
            data.toString());
    program = started;
    var _ = started.next(PATIENCE);
  }

  Program program() {
    if (program == null) {
      throw new IllegalStateException("central was not started");
    }
    return program;
  }

  void stop() {
    if (program != null) {
      program.close();
      program = null;
    }
  }

  URI door() {
    return URI.create("https://localhost:" + door);
  }

  String console() {
    return "http://127.0.0.1:" + console;
  }

  Path firstPasswords() {
    return data.resolve("first-passwords");
  }

  /// The provider's keys.
  Path keys() {
    return data.resolve("keys");
  }

  private Api api() {
    Api api = new Api(console);
    api.signIn("fleet", password("fleet"));
    return api;
  }

  /// How long central takes to list all boxes, in milliseconds.
  double boxListMs() {
    Api api = api();
    long begun = System.nanoTime();
    var _ = api.get("/boxes");
    return (System.nanoTime() - begun) / 1e6;
  }

  ClaimTicket ticket() {
    return ClaimTicket.parse(
        api()
            .post(
                "/claims",
                JSON.createObjectNode().put("organisation", "Bench LLP").put("site", "Loopback"))
            .path("ticket")
            .asString());
  }

  private String password(String login) {
    try (Stream<String> lines = Files.lines(firstPasswords())) {
      return lines
          .map(line -> line.split(" ", -1))
          .filter(words -> words[0].equals(login))
          .map(words -> words[2])
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("central has no " + login));
    } catch (IOException failure) {
      throw new UncheckedIOException("central has no first passwords", failure);
    }
  }

  /// Bytes of central's tables and indexes on the disk, without the log of Derby; right after
  /// [#stop] only.
  long tableBytes() {
    return bytes(data.resolve("database/seg0"));
  }

  static long bytes(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot look into " + directory, failure);
    }
  }

  @Override
  public void close() {
    stop();
  }
}
