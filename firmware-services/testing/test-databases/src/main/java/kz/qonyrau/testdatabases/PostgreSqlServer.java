package kz.qonyrau.testdatabases;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Debian's PostgreSQL with a cluster of its own, on a port of the loopback interface, in a
/// directory below `/tmp` that is gone when this process is, however it ends. Texts are in UTF-8
/// and in the order of their code points.
///
/// PostgreSQL refuses to be root: then it runs as `postgres`, whom Debian's package brings.
public final class PostgreSqlServer implements AutoCloseable {

  private static final Path PACKAGES = Path.of("/usr/lib/postgresql");

  private static final int MOST_STARTS = 5;

  /// Waits for the end of its input, which is that of the process that holds the other end.
  private static final String WATCH =
      "trap '' INT HUP TERM; read -r _; \"$1\" -D \"$2/cluster\" -m immediate -w stop; rm -rf \"$2\"";

  private static final List<String> FAST = List.of("fsync=off", "full_page_writes=off");

  private static @Nullable PostgreSqlServer shared;

  private final Path programs;
  private final Path directory;
  private final Process watch;
  private final List<String> settings;
  private int port;
  private @Nullable Connection administrator;

  private PostgreSqlServer(List<String> settings) {
    this.settings = settings;
    programs = programs();
    try {
      directory = Files.createTempDirectory(Path.of("/tmp"), "qpg");
      run(List.of("chown", owner(), directory.toString()));
      watch =
          quietly(words("sh", "-c", WATCH, "sh", programs.resolve("pg_ctl"), directory)).start();
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot make a PostgreSQL below /tmp", failure);
    }
  }

  /// The server of this process for tests that look at what is stored. It does not force anything
  /// to the disk, which a test whose machine stays up cannot tell. Started when first asked for.
  public static synchronized PostgreSqlServer shared() {
    PostgreSqlServer present = shared;
    if (present == null) {
      present = started(FAST);
      shared = present;
    }
    return present;
  }

  /// A server for tests in which something dies: as durable as PostgreSQL is without being told.
  public static PostgreSqlServer durable() {
    return started(List.of());
  }

  private static PostgreSqlServer started(List<String> settings) {
    PostgreSqlServer server = new PostgreSqlServer(settings);
    try {
      server.initialise();
      server.start();
      return server;
    } catch (RuntimeException | Error failure) {
      server.close();
      throw failure;
    }
  }

  private void initialise() {
    run(
        words(
            programs.resolve("initdb"),
            "-D",
            directory.resolve("cluster"),
            "--auth=trust",
            "--username=qonyrau",
            "--no-locale",
            "--encoding=UTF8",
            "--no-sync"));
  }

  /// Another process may take the port between the question and the start.
  private void start() {
    for (int attempt = 1; ; attempt++) {
      port = freePort();
      try {
        control("start");
        return;
      } catch (IllegalStateException failure) {
        if (attempt == MOST_STARTS) {
          throw failure;
        }
      }
    }
  }

  private void control(String what, String... options) {
    StringBuilder server = new StringBuilder();
    server.append("-p ").append(port).append(" -k ").append(directory);
    server.append(" -c listen_addresses=127.0.0.1 -c shared_buffers=32MB -c max_connections=200");
    settings.forEach(setting -> server.append(" -c ").append(setting));
    List<String> command =
        words(programs.resolve("pg_ctl"), "-D", directory.resolve("cluster"), "-w");
    command.addAll(List.of("-l", directory.resolve("log").toString(), "-o", server.toString()));
    command.addAll(List.of(options));
    command.add(what);
    run(command);
  }

  /// Ends every server process at once, as a crash would, and starts again on the same port.
  /// Returns when the server has recovered and answers.
  public synchronized void crashAndRestart() {
    forgetAdministrator();
    control("restart", "-m", "immediate");
  }

  /// The JDBC URL of a new database with nothing in it.
  public String newDatabase() {
    return create("template0");
  }

  /// The JDBC URL of a new database that has what that at `url` has. Nobody may be connected to it.
  public String copyOf(String url) {
    return create(name(url));
  }

  /// The JDBC URL of a new database with nothing in it whose texts are in the order of a language.
  ///
  /// @param language of two letters, as ICU names it
  public String newDatabaseInOrderOf(String language) {
    return create("template0 LOCALE_PROVIDER icu ICU_LOCALE '" + language + "'");
  }

  private String create(String template) {
    String name = "q" + UUID.randomUUID().toString().replace("-", "");
    administer("CREATE DATABASE " + name + " TEMPLATE " + template);
    return url(name);
  }

  private String url(String name) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + name + "?user=qonyrau";
  }

  /// Forgets the database at `url`, whoever is connected to it.
  public void drop(String url) {
    administer("DROP DATABASE " + name(url) + " WITH (FORCE)");
  }

  private static String name(String url) {
    return url.substring(url.lastIndexOf('/') + 1, url.indexOf('?'));
  }

  private synchronized void administer(String statement) {
    try {
      Connection present = administrator;
      if (present == null) {
        present = DriverManager.getConnection(url("postgres"));
        administrator = present;
      }
      try (Statement made = present.createStatement()) {
        made.execute(statement);
      }
    } catch (SQLException failure) {
      throw new IllegalStateException("PostgreSQL refused: " + statement, failure);
    }
  }

  private void forgetAdministrator() {
    Connection present = administrator;
    administrator = null;
    if (present != null) {
      try {
        present.close();
      } catch (SQLException _) {
        // It goes with the server.
      }
    }
  }

  /// Ends the server at once and deletes its files.
  @Override
  public synchronized void close() {
    forgetAdministrator();
    try {
      watch.getOutputStream().close();
      if (!watch.waitFor(30, TimeUnit.SECONDS)) {
        throw new IllegalStateException("PostgreSQL in " + directory + " did not end");
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static Path programs() {
    try (Stream<Path> versions = Files.list(PACKAGES)) {
      return versions
          .map(version -> version.resolve("bin"))
          .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
          .max(Path::compareTo)
          .orElseThrow(() -> new IllegalStateException("no initdb below " + PACKAGES));
    } catch (IOException failure) {
      throw new IllegalStateException(
          "no PostgreSQL below " + PACKAGES + "; appliance-image/test-here installs it", failure);
    }
  }

  private static String owner() {
    return isRoot() ? "postgres" : System.getProperty("user.name");
  }

  private static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }

  private static ProcessBuilder quietly(List<String> command) {
    return new ProcessBuilder(command)
        .directory(Path.of("/").toFile()) // Whoever it runs as may not see ours.
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD);
  }

  private static List<String> words(Object... command) {
    List<String> words = new ArrayList<>();
    if (isRoot()) {
      words.addAll(List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"));
    }
    Stream.of(command).map(String::valueOf).forEach(words::add);
    return words;
  }

  private static void run(List<String> command) {
    try {
      Process process = quietly(command).start();
      if (process.waitFor() != 0) {
        throw new IllegalStateException(command + " ended with " + process.exitValue());
      }
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot run " + command.getFirst(), failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", interrupted);
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException failure) {
      throw new UncheckedIOException("no free port", failure);
    }
  }
}
