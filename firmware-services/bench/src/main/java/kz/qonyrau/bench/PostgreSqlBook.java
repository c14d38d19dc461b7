package kz.qonyrau.bench;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/// The baseline of the ledger's benchmark: holds and captures as one would write them for a
/// PostgreSQL that does nothing else, each a transaction of its own on one of as many connections
/// as there are callers, with the durability that it has by default. There is no chain of hashes,
/// which would make them wait for one another even longer.
final class PostgreSqlBook {

  private static final String TABLES =
      """
      CREATE TABLE wallet (id TEXT PRIMARY KEY, balance BIGINT NOT NULL);
      CREATE TABLE transfer (
        line BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, kind TEXT NOT NULL, id TEXT NOT NULL,
        debit TEXT NOT NULL REFERENCES wallet, credit TEXT NOT NULL REFERENCES wallet,
        amount BIGINT NOT NULL CHECK (amount > 0), at TIMESTAMPTZ NOT NULL DEFAULT now(),
        UNIQUE (kind, id));
      CREATE INDEX transfer_by_debit ON transfer (debit, line);
      CREATE INDEX transfer_by_credit ON transfer (credit, line);
      CREATE TABLE hold (
        id TEXT PRIMARY KEY, wallet TEXT NOT NULL REFERENCES wallet, held BIGINT NOT NULL,
        captured BIGINT NOT NULL, state TEXT NOT NULL);
      CREATE INDEX hold_by_state ON hold (state);
      INSERT INTO wallet SELECT 'customer' || n, 90000000000000 FROM generate_series(0, 63) n;
      INSERT INTO wallet SELECT 'held' || n, 0 FROM generate_series(0, 63) n;
      INSERT INTO wallet SELECT 'provider' || n, 0 FROM generate_series(0, 63) n;
      """;

  private static final int MOST_CUSTOMERS = 64;
  private static final AtomicLong IDS = new AtomicLong();

  private final BlockingQueue<Connection> connections;
  private final int customers;

  private PostgreSqlBook(BlockingQueue<Connection> connections, int customers) {
    this.connections = connections;
    this.customers = customers;
  }

  /// What was measured.
  ///
  /// @param together all callers spend of one wallet, as on a box
  /// @param apart as many wallets of customers, held money and providers as there are callers
  record Measured(Pairs together, Pairs apart) {}

  /// Makes a cluster of its own, measures, and ends it.
  static Measured measure(Path data, int callers, Duration warmUp, Duration measured)
      throws Exception {
    Path programs = programs();
    int port = freePort();
    Files.createDirectories(data);
    run(List.of("chown", "-R", owner(), data.toString()));
    run(
        as(
            programs.resolve("initdb"),
            "-D",
            data.resolve("cluster"),
            "-A",
            "trust",
            "-U",
            "bench"));
    Path control = programs.resolve("pg_ctl");
    Path cluster = data.resolve("cluster");
    String options = "-p %d -k %s -c listen_addresses=127.0.0.1".formatted(port, data);
    run(as(control, "-D", cluster, "-w", "-l", data.resolve("log"), "-o", options, "start"));
    try {
      BlockingQueue<Connection> connections = new ArrayBlockingQueue<>(callers);
      connections.add(connected("jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=bench"));
      try (Statement statement = connections.element().createStatement()) {
        statement.execute(TABLES);
        connections.element().commit();
      }
      while (connections.remainingCapacity() > 0) {
        connections.add(connected("jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=bench"));
      }
      PostgreSqlBook apart = new PostgreSqlBook(connections, MOST_CUSTOMERS);
      if (Pairs.measure(callers, warmUp, apart::pair).perSecond() <= 0) {
        throw new IllegalStateException("PostgreSQL made no pair");
      }
      PostgreSqlBook together = new PostgreSqlBook(connections, 1);
      return new Measured(
          Pairs.measure(callers, measured, together::pair),
          Pairs.measure(callers, measured, apart::pair));
    } finally {
      run(as(control, "-D", cluster, "-w", "-m", "fast", "stop"));
    }
  }

  private long pair() throws Exception {
    Connection connection = connections.take();
    try {
      long number = IDS.incrementAndGet();
      String id = "call/" + number;
      long customer = number % customers;
      long begun = System.nanoTime();
      hold(connection, id, customer, 1200);
      long took = System.nanoTime() - begun;
      capture(connection, id, customer, 1200);
      return took;
    } finally {
      connections.put(connection);
    }
  }

  private static void hold(Connection connection, String id, long customer, long amount)
      throws SQLException {
    post(connection, "HOLD", id, "customer" + customer, "held" + customer, amount);
    try (PreparedStatement hold =
        connection.prepareStatement("INSERT INTO hold VALUES (?, ?, ?, 0, 'HELD')")) {
      hold.setString(1, id);
      hold.setString(2, "customer" + customer);
      hold.setLong(3, amount);
      requireOne(hold.executeUpdate());
    }
    connection.commit();
  }

  private static void capture(Connection connection, String id, long customer, long amount)
      throws SQLException {
    try (PreparedStatement hold =
        connection.prepareStatement(
            "UPDATE hold SET captured = ?, state = 'CAPTURED' WHERE id = ? AND state = 'HELD'")) {
      hold.setLong(1, amount);
      hold.setString(2, id);
      requireOne(hold.executeUpdate());
    }
    post(connection, "CAPTURE", id, "held" + customer, "provider" + customer, amount);
    connection.commit();
  }

  /// The row first and the wallets last, in one order, so that their locks are held for as short as
  /// can be and nobody waits in a circle.
  private static void post(
      Connection connection, String kind, String id, String debit, String credit, long amount)
      throws SQLException {
    try (PreparedStatement row =
        connection.prepareStatement(
            "INSERT INTO transfer (kind, id, debit, credit, amount) VALUES (?, ?, ?, ?, ?)")) {
      row.setString(1, kind);
      row.setString(2, id);
      row.setString(3, debit);
      row.setString(4, credit);
      row.setLong(5, amount);
      requireOne(row.executeUpdate());
    }
    // "customer" < "held" < "provider"
    try (PreparedStatement wallet =
        connection.prepareStatement(
            "UPDATE wallet SET balance = balance + ? WHERE id = ? AND balance + ? >= 0")) {
      for (String each : new String[] {debit, credit}) {
        long change = each.equals(debit) ? -amount : amount;
        wallet.setLong(1, change);
        wallet.setString(2, each);
        wallet.setLong(3, change);
        requireOne(wallet.executeUpdate());
      }
    }
  }

  private static void requireOne(int rows) {
    if (rows != 1) {
      throw new IllegalStateException(rows + " rows instead of one");
    }
  }

  private static Connection connected(String url) throws SQLException {
    Connection connection = DriverManager.getConnection(url);
    connection.setAutoCommit(false);
    return connection;
  }

  private static Path programs() throws IOException {
    try (Stream<Path> versions = Files.list(Path.of("/usr/lib/postgresql"))) {
      return versions
          .map(version -> version.resolve("bin"))
          .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
          .max(Path::compareTo)
          .orElseThrow(() -> new IOException("no PostgreSQL below /usr/lib/postgresql"));
    }
  }

  private static String owner() {
    return isRoot() ? "postgres" : System.getProperty("user.name");
  }

  private static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }

  /// PostgreSQL refuses to be root.
  private static List<String> as(Object... command) {
    List<String> words = new ArrayList<>();
    if (isRoot()) {
      words.addAll(List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"));
    }
    Stream.of(command).map(String::valueOf).forEach(words::add);
    return words;
  }

  private static void run(List<String> command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (process.waitFor() != 0) {
      throw new IOException(command + " ended with " + process.exitValue());
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
