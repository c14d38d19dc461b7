package kz.qonyrau.systemtests.nodes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import kz.qonyrau.rehearsal.Child;
import kz.qonyrau.testdatabases.PostgreSqlServer;
import kz.qonyrau.testsupport.Ports;
import kz.qonyrau.wire.Pem;
import kz.qonyrau.wire.TlsIdentity;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A broker and nodes of central, each in a process of its own, which can be killed and started
/// again one by one; and the database that they share.
final class SeveralPrograms implements AutoCloseable {

  private static final Duration START = Duration.ofSeconds(60);

  private final Path directory;
  private final PostgreSqlServer server = PostgreSqlServer.durable();
  private final String database = server.newDatabase();
  private final int brokerPort = Ports.free();
  private final Map<String, Integer> doors = new HashMap<>();
  private final Map<String, JsonNode> ready = new HashMap<>();
  private final Map<String, Child> running = new HashMap<>();
  private @Nullable HttpClient client;

  SeveralPrograms(Path directory) {
    this.directory = directory;
  }

  void startBroker() {
    start(
        "broker",
        """
        role = broker
        broker { port = %d, disk-used-percent-max = 100 }
        """
            .formatted(brokerPort));
  }

  /// Starts a node, the first time or again.
  void startNode(String name) {
    start(
        name,
        """
        role = node
        node = %s
        broker.at = "localhost:%d"
        enrolment { port = %d, requests-per-minute-and-address = 1000 }
        console { port = 0, first-password-may-stay = true }
        """
            .formatted(name, brokerPort, doors.computeIfAbsent(name, _ -> Ports.free())));
  }

  private void start(String name, String settings) {
    Path data = directory.resolve(name);
    Path config = directory.resolve(name + ".conf");
    try {
      Files.writeString(
          config,
          "licensing {\n%skeys = \"%s\"\nstore.url = \"%s\"\n}\n"
              .formatted(settings, directory.resolve("keys"), database));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    Child child =
        Child.start(
            name,
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-Duser.timezone=UTC",
                "-cp",
                System.getProperty("java.class.path"),
                "kz.qonyrau.licensing.Main",
                "--config",
                config.toString(),
                "--data",
                data.toString()),
            directory.resolve(name + ".log"));
    running.put(name, child);
    ready.put(name, child.awaitReady(START));
  }

  /// Ends a program as a power cut would.
  void kill(String name) {
    Objects.requireNonNull(running.remove(name)).kill();
  }

  void crashDatabase() {
    server.crashAndRestart();
  }

  String database() {
    return database;
  }

  /// Where a node's pages and API are, while it runs.
  URI console(String node) {
    return URI.create(
        "http://127.0.0.1:" + Objects.requireNonNull(ready.get(node)).path("http").asInt());
  }

  /// Where a node admits boxes.
  URI door(String node) {
    return URI.create("https://localhost:" + Objects.requireNonNull(doors.get(node)));
  }

  /// What a node made up for the first people to sign in with, if it was the first of all nodes.
  Path firstPasswords(String node) {
    return directory.resolve(node).resolve("first-passwords");
  }

  /// How many messages all boxes have had booked, or -1 while the database does not answer.
  long booked() {
    try (Connection connection = DriverManager.getConnection(database);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT SUM(usage_messages) FROM fleet.box")) {
      return row.next() ? row.getLong(1) : 0;
    } catch (SQLException _) {
      return -1;
    }
  }

  /// How many messages a node has taken since it was started.
  long taken(String node) {
    try {
      HttpResponse<String> answer =
          client()
              .send(
                  HttpRequest.newBuilder(door(node).resolve("/healthz")).build(),
                  HttpResponse.BodyHandlers.ofString());
      return new JsonMapper().readTree(answer.body()).path("messages").asLong();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException failure) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", failure);
    }
  }

  /// Believes the provider's authority alone.
  private HttpClient client() {
    HttpClient made = client;
    if (made == null) {
      made = HttpClient.newBuilder().sslContext(trusting()).build();
      client = made;
    }
    return made;
  }

  private SSLContext trusting() {
    try {
      X509Certificate authority =
          Pem.certificate(Files.readString(directory.resolve("keys/authority.crt")));
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(TlsIdentity.trustStore(authority));
      SSLContext context = SSLContext.getInstance("TLSv1.3");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException failure) {
      throw new AssertionError("cannot trust the provider", failure);
    }
  }

  @Override
  public void close() {
    running.values().forEach(Child::kill);
    server.close();
  }
}
