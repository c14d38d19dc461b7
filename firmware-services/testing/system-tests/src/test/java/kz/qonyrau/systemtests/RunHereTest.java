package kz.qonyrau.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `appliance-image/run-here` as a person at a terminal uses it.
@Timeout(value = 6, unit = TimeUnit.MINUTES)
class RunHereTest {

  private static final Logger log = LoggerFactory.getLogger(RunHereTest.class);
  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration UP = Duration.ofSeconds(90);
  private static final Duration DEMONSTRATION = Duration.ofMinutes(4);
  private static final Duration DOWN = Duration.ofSeconds(30);
  private static final int INTERRUPTED = 130;

  private final List<StageDirectory> directories = new ArrayList<>();
  private final List<Terminal> terminals = new ArrayList<>();

  @AfterEach
  void close() {
    terminals.forEach(Terminal::close);
    directories.forEach(StageDirectory::close);
  }

  @Tag("SH-BAL-06")
  @Tag("PLT-07")
  @Test
  void twoDemonstrationsSideBySideAgreeWithTheirDatabases() throws Exception {
    Path left = directory();
    Path right = directory();
    List<Terminal> both = List.of(demonstration(left), demonstration(right));

    for (Terminal terminal : both) {
      assertThat(terminal.awaitEnd(DEMONSTRATION)).as(terminal.shown()).isZero();
    }

    assertThatItIsInTheDatabases(report(both.getFirst()), left);
    assertThatItIsInTheDatabases(report(both.getLast()), right);
    assertThat(both.getFirst().processesNaming(left)).isEmpty();
    assertThat(both.getLast().processesNaming(right)).isEmpty();
  }

  @Test
  void ctrlCEndsEverythingThatWasStarted() {
    Path data = directory();
    Terminal terminal = runHere("--no-build", "--free-ports", "--data", data.toString());
    terminal.awaitShown("Ctrl-C stops everything", UP);
    // The starter, three programs, and an Asterisk each for box and carrier.
    assertThat(terminal.processesNaming(data)).hasSizeGreaterThanOrEqualTo(6);

    Duration took = assertThatCtrlCEndsEverything(terminal, data);
    log.atInfo().addKeyValue("millis", took.toMillis()).log("everything was down");
  }

  @Test
  void ctrlCWhileItIsStillStartingLeavesNothingBehindEither() {
    Path data = directory();
    Terminal terminal = runHere("--no-build", "--free-ports", "--data", data.toString());
    terminal.awaitShown("rehearsal carrier", UP);

    var _ = assertThatCtrlCEndsEverything(terminal, data);
  }

  @Test
  void aSecondOneWithTheSameDataSaysWhatToDo() {
    Path data = directory();
    Terminal first = runHere("--no-build", "--free-ports", "--data", data.toString());
    first.awaitShown("licensing server", UP);

    Terminal second = runHere("--no-build", "--free-ports", "--data", data.toString());

    assertThat(second.awaitEnd(UP)).isEqualTo(1);
    assertThat(second.shown()).contains("another one runs with the data in " + data, "--data");
    var _ = assertThatCtrlCEndsEverything(first, data);
  }

  @Test
  void goesOnWithItsDataOnOtherPorts() {
    Path data = directory();
    Terminal first = runHere("--no-build", "--free-ports", "--data", data.toString());
    first.awaitShown("Ctrl-C stops everything", UP);
    var _ = assertThatCtrlCEndsEverything(first, data);

    // Beside the blocks from which free ports are taken, and below those that Linux gives out.
    Terminal second =
        runHere(
            "--no-build",
            "--data",
            data.toString(),
            "--box-port",
            "30998",
            "--central-port",
            "30999",
            "--port-base",
            "31000");
    second.awaitShown("Ctrl-C stops everything", UP);
    assertThat(second.shown()).contains("http://127.0.0.1:30998", "http://127.0.0.1:30999");
    var _ = assertThatCtrlCEndsEverything(second, data);
  }

  @Test
  void namesThePortsThatAreTakenAndTheOptionsForThem() throws IOException {
    Path data = directory();
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      Terminal terminal =
          runHere(
              "--no-build", "--data", data.toString(), "--box-port", port, "--port-base", "31000");

      assertThat(terminal.awaitEnd(DOWN)).isEqualTo(1);
      assertThat(terminal.shown())
          .contains("listens already", port + " (--box-port)", "--free-ports");
      assertThat(terminal.processesNaming(data)).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "--bogus, unknown option '--bogus'",
    "--data, --data needs a value",
    "--box-port, --box-port needs a value",
  })
  void refusesWhatItDoesNotUnderstand(String option, String message) {
    Terminal terminal = runHere(option);

    assertThat(terminal.awaitEnd(DOWN)).isEqualTo(2);
    assertThat(terminal.shown()).contains(message, "run-here --help");
  }

  @ParameterizedTest
  @CsvSource({
    "--box-port 80, --box-port must be a port from 1024 to 65535",
    "--central-port many, --central-port must be a port",
    "--port-base 63000, --port-base must be a port from 1024 to",
    "--box-port 9000 --central-port 9000, must differ",
    "--box-port 19005, lies in the 3000 ports from 19000",
  })
  void refusesPortsThatCannotBe(String options, String message) {
    Path data = directory();
    Terminal terminal =
        runHere(
            Stream.concat(
                    Stream.of("--no-build", "--data", data.toString()),
                    Stream.of(options.split(" ", -1)))
                .toList());

    assertThat(terminal.awaitEnd(DOWN)).isEqualTo(2);
    assertThat(terminal.shown()).contains(message, "run-here --help");
  }

  private static Duration assertThatCtrlCEndsEverything(Terminal terminal, Path data) {
    long pressed = System.nanoTime();
    terminal.pressCtrlC();
    assertThat(terminal.awaitEnd(DOWN)).as(terminal.shown()).isEqualTo(INTERRUPTED);
    assertThat(terminal.processesNaming(data)).isEmpty();
    return Duration.ofNanos(System.nanoTime() - pressed);
  }

  private void assertThatItIsInTheDatabases(JsonNode report, Path data)
      throws SQLException, IOException {
    Map<String, Long> attempts = new TreeMap<>();
    report
        .path("attempts")
        .propertyStream()
        .forEach(entry -> attempts.put(entry.getKey(), entry.getValue().asLong()));
    long all = attempts.values().stream().mapToLong(Long::longValue).sum();
    long spent =
        report.path("balanceBeforeTiyn").asLong() - report.path("balanceAfterTiyn").asLong();
    long drawn;
    long queued;
    assertThat(report.path("agrees").asBoolean()).as(report.toString()).isTrue();
    assertThat(attempts).as("a telephone for each kind of end").hasSizeGreaterThan(5);
    assertThat(spent).isPositive();
    try (ClosedDatabase box = ClosedDatabase.below(data.resolve("box"))) {
      assertThat(
              box.numbers(
                  "SELECT outcome, COUNT(*) FROM campaign.attempt WHERE state = 'CLOSED'"
                      + " GROUP BY outcome"))
          .isEqualTo(attempts)
          .isEqualTo(
              box.numbers("SELECT outcome, COUNT(*) FROM calls.phone_call GROUP BY outcome"));
      assertThat(
              Map.of(
                  "recipients", box.number("SELECT COUNT(*) FROM campaign.recipient"),
                  "recordings",
                      box.number("SELECT COUNT(*) FROM recording.recording WHERE state = 'KEPT'"),
                  "transcripts", box.number("SELECT COUNT(DISTINCT call_id) FROM calls.utterance"),
                  "holds", box.number("SELECT COUNT(*) FROM ledger.hold"),
                  "captures",
                      box.number("SELECT COUNT(*) FROM ledger.hold WHERE state = 'CAPTURED'"),
                  "releases",
                      box.number("SELECT COUNT(*) FROM ledger.hold WHERE state = 'RELEASED'"),
                  "balanceAfterTiyn",
                      box.number(
                          "SELECT balance_tiyn FROM ledger.wallet WHERE id = 'customer/AUTOCALL'"),
                  "costTiyn", box.number("SELECT SUM(amount_tiyn) FROM calls.phone_call")))
          .allSatisfy(
              (name, value) -> assertThat(report.path(name).asLong()).as(name).isEqualTo(value));
      drawn = box.number("SELECT last_seq FROM outbox.counter");
      queued = box.number("SELECT COUNT(*) FROM outbox.message");
      assertThat(box.number("SELECT SUM(balance_tiyn) FROM ledger.wallet")).isZero();
      assertThat(box.number("SELECT SUM(captured_tiyn) FROM ledger.hold")).isEqualTo(spent);
    }
    try (ClosedDatabase central = ClosedDatabase.below(data.resolve("central"))) {
      assertThat(central.numbers("SELECT outcome, COUNT(*) FROM fleet.usage_item GROUP BY outcome"))
          .isEqualTo(attempts);
      assertThat(central.number("SELECT SUM(usage_messages) FROM fleet.box"))
          .isEqualTo(report.path("usageStored").asLong())
          .isEqualTo(report.path("usageSent").asLong())
          .isEqualTo(all);
      assertThat(all + central.number("SELECT COUNT(*) FROM fleet.book_statement"))
          .as("numbers drawn, of which central has all but those still queued")
          .isBetween(drawn - queued, drawn);
      assertThat(central.number("SELECT SUM(amount_tiyn) FROM fleet.usage_item"))
          .isEqualTo(central.number("SELECT SUM(used_tiyn) FROM fleet.box"))
          .isEqualTo(report.path("centralTiyn").asLong())
          .isEqualTo(spent);
      assertThat(
              central.number("SELECT balance_tiyn FROM ledger.wallet WHERE id = 'provider/usage'"))
          .isEqualTo(spent);
    }
  }

  /// The one line of JSON, which is the last thing that is printed.
  private static JsonNode report(Terminal terminal) {
    String line =
        terminal
            .shown()
            .lines()
            .filter(each -> each.startsWith("{\"recipients\""))
            .reduce((_, last) -> last)
            .orElseThrow(() -> new AssertionError("no report:\n" + terminal.shown()));
    return JSON.readTree(line);
  }

  private Terminal demonstration(Path data) {
    return runHere("--once", "--no-build", "--free-ports", "--data", data.toString());
  }

  private Terminal runHere(String... options) {
    return runHere(List.of(options));
  }

  private Terminal runHere(List<String> options) {
    List<String> command = new ArrayList<>();
    command.add(StageDirectory.root().resolve("appliance-image/run-here").toString());
    command.addAll(options);
    Terminal terminal = Terminal.running(command.toArray(String[]::new));
    terminals.add(terminal);
    return terminal;
  }

  private Path directory() {
    StageDirectory directory = StageDirectory.create();
    directories.add(directory);
    return directory.path();
  }
}
