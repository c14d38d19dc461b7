package kz.qonyrau.rehearsal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kz.qonyrau.rehearsal.Options.StagePorts;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The whole product on one machine's loopback: licensing server, rehearsal carrier, and one box,
/// each in a process of its own.
///
/// The parts can be ended and started again one by one, as bad days do.
public final class Stage implements AutoCloseable {

  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String VERSION = "0.1.0";

  /// What a box may spend at the beginning of a rehearsal: 5000 KZT.
  private static final long FIRST_CREDIT_TIYN = 500_000;

  private final Path root;
  private final Bundles bundles;
  private final Path data;
  private final StagePorts ports;
  private final StageSettings settings;

  /// What was started, by its name. Guarded by itself, as is whether anything may be started at
  /// all: Ctrl-C may come while a part is being started, and that part must not outlive the stage.
  private final Map<String, Child> parts = new HashMap<>();

  private boolean closed;

  private Stage(Path root, Bundles bundles, Path data, StagePorts ports, StageSettings settings) {
    this.root = root;
    this.bundles = bundles;
    this.data = data;
    this.ports = ports;
    this.settings = settings;
  }

  /// A stage on the ports and in the directory of the options; nothing is started yet.
  ///
  /// @throws IllegalStateException if ports are taken
  static Stage of(Options options, StageSettings settings) {
    StagePorts ports = options.ports().map(StagePorts::claim).orElseGet(StagePorts::free);
    return new Stage(options.root(), options.bundles(), options.data(), ports, settings);
  }

  /// A stage on ports of its own; nothing is started yet. Closing it gives them back.
  ///
  /// @param root the top of the repository, where the programs were built
  /// @param data an empty directory, or one of an earlier stage; its path must be short, since
  ///   Asterisk's control socket lies below it
  public static Stage on(Path root, Bundles bundles, Path data, StageSettings settings) {
    return new Stage(root, bundles, data, StagePorts.free(), settings);
  }

  /// Starts everything in order and waits until the box is enrolled and may call.
  ///
  /// @param progress told in a few words what is being done
  /// @throws IllegalStateException if a part does not come up; the message holds the end of its log
  public void start(Consumer<String> progress) {
    progress.accept("licensing server");
    startCentral();
    progress.accept("rehearsal carrier");
    startCarrier();
    progress.accept("box");
    startBox();
    progress.accept("box enrols at central");
    awaitLicensed();
  }

  public void startCentral() {
    Path home = directory("central");
    Path tariff = home.resolve("tariff.json");
    if (!Files.exists(tariff)) {
      var _ = write(tariff, settings.tariff());
    }
    Path config =
        write(
            home.resolve("central.conf"),
            """
            licensing {
              console { port = %d, pages = "%s", first-password-may-stay = true }
              enrolment.port = %d
              broker.port = %d
              fleet.first-license { channels = 1000, calls-per-minute = 5000 }
              billing.first-price-list = "%s"
            }
            """
                .formatted(
                    ports.central(),
                    root.resolve("ui/dist/central"),
                    ports.enrolment(),
                    ports.broker(),
                    tariff));
    start(
        "central",
        java(
            "central/licensing-server",
            "licensing-server",
            "kz.qonyrau.licensing.Main",
            "-Xmx512m",
            "--config",
            config.toString(),
            "--data",
            home.toString()));
  }

  public void startCarrier() {
    startCarrier("carrier", ports.carrierSip(), ports.carrierRtp(), 1400);
  }

  /// Starts another carrier, `carrier-2`, on [#secondCarrierSipPort], with room for fifty calls.
  /// Whoever wants the box to use it adds a trunk.
  public void startSecondCarrier() {
    startCarrier("carrier-2", ports.secondCarrierSip(), ports.secondCarrierRtp(), 100);
  }

  private void startCarrier(String part, int sip, int rtp, int rtpPorts) {
    start(
        part,
        java(
            "simulators/carrier",
            "carrier",
            "kz.qonyrau.carrier.Carrier",
            "-Xmx64m",
            "--bundle",
            bundles.asterisk().toString(),
            "--dir",
            directory(part).toString(),
            "--sip-port",
            Integer.toString(sip),
            "--rtp-from",
            Integer.toString(rtp),
            "--rtp-to",
            Integer.toString(rtp + rtpPorts - 1)));
  }

  public void startBox() {
    Path home = directory("box");
    Path ticket = home.resolve("claim-ticket");
    if (!Files.exists(ticket)) {
      var _ = write(ticket, claimTicket());
    }
    Path tariff = home.resolve("tariff.json");
    if (!Files.exists(tariff)) {
      var _ = write(tariff, settings.tariff());
    }
    Path config =
        write(
            home.resolve("box.conf"),
            """
            data = "%s"
            name = "%s"
            http { port = %d, pages = "%s", first-password-may-stay = true }
            # A rehearsal shares its disk with everything else on the machine.
            storage { warning-percent = 99, full-percent = 100 }
            telephony {
              bundle = "%s"
              ami-port = %d
              sip-port = %d
              rtp-from = %d
              rtp-to = %d
              media-port = %d
              channel-limit = %d
              trunk { host = 127.0.0.1, port = %d }
            }
            speech { models { %s }, voices = "%s" }
            calls { paid-ahead = %d ms, closing = %d ms }
            tariff = "%s"
            uplink {
              enrolment = "https://127.0.0.1:%d"
              claim-ticket-file = "%s"
              heartbeat = 5 s
              %s
            }
            """
                .formatted(
                    home,
                    settings.boxName(),
                    ports.box(),
                    root.resolve("ui/dist/box"),
                    bundles.asterisk(),
                    ports.ami(),
                    ports.boxSip(),
                    ports.boxRtp(),
                    ports.boxRtp() + 1399,
                    ports.media(),
                    settings.channels(),
                    ports.carrierSip(),
                    models(),
                    bundles.voices(),
                    settings.paidAhead().toMillis(),
                    settings.closing().toMillis(),
                    tariff,
                    ports.enrolment(),
                    ticket,
                    moved(home)));
    start(
        "box",
        java(
            "box/appliance",
            "appliance",
            "kz.qonyrau.appliance.Main",
            "-Xmx1g",
            "--config",
            config.toString()));
  }

  /// The starter models that are in the source tree, as settings.
  private String models() {
    Path models = root.resolve("firmware-services/box/speech/models");
    return Stream.of("ru", "kk", "en")
        .filter(language -> Files.isDirectory(models.resolve(language + "-starter-8k")))
        .map(language -> language + " = \"" + models.resolve(language + "-starter-8k") + "\"")
        .collect(Collectors.joining(", "));
  }

  /// What the carrier wrote down of its calls, a line of JSON each, oldest first.
  public List<String> carrierRecord() {
    Path file = data.resolve("carrier/calls.log");
    try {
      return Files.exists(file) ? Files.readAllLines(file) : List.of();
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot read " + file, failure);
    }
  }

  /// Where the broker is, if it is elsewhere than when the box was enrolled: a box goes on looking
  /// for central where it was told to, but its settings come first.
  private String moved(Path home) {
    Path file = home.resolve("enrolled-with-broker-port");
    String now = Integer.toString(ports.broker());
    try {
      if (!Files.exists(file)) {
        Files.writeString(file, now);
      }
      return Files.readString(file).equals(now) ? "" : "broker = \"127.0.0.1:" + now + "\"";
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot use " + file, failure);
    }
  }

  /// Waits until the box has its license, its first money and its line to central. Billing credits
  /// a payment as soon as the customer is known; under the same key, so only once.
  public void awaitLicensed() {
    topUp();
    Api api = box();
    AtomicReference<String> seen = new AtomicReference<>("nothing was seen");
    try {
      Wait.until(
          PATIENCE,
          "the box is licensed and online, and its trunk answers",
          () -> {
            JsonNode dashboard = api.get("/dashboard");
            String license = dashboard.path("license").path("state").asString("");
            String uplink = dashboard.path("uplink").path("state").asString("");
            boolean trunk = dashboard.path("telephony").path("trunkReachable").asBoolean(false);
            long credit = dashboard.path("balance").path("availableTiyn").asLong(0);
            seen.set(
                "license %s, uplink %s, trunk reachable: %s, credit %d tiyn"
                    .formatted(license, uplink, trunk, credit));
            return license.equals("VALID") && uplink.equals("ONLINE") && trunk && credit > 0;
          });
    } catch (IllegalStateException late) {
      throw new IllegalStateException(late.getMessage() + "; " + seen.get(), late);
    }
  }

  /// The box's API, signed in as the owner.
  public Api box() {
    return box("owner");
  }

  /// The box's API, signed in as one of its first people: `owner` or `technician`.
  public Api box(String login) {
    Api api = new Api(ports.box());
    api.signIn(login, firstPassword("box", login));
    return api;
  }

  /// Central's API, signed in as one of its first people: `fleet`, `billing` or `auditor`.
  public Api central(String login) {
    Api api = new Api(ports.central());
    api.signIn(login, firstPassword("central", login));
    return api;
  }

  public int boxPort() {
    return ports.box();
  }

  public int centralPort() {
    return ports.central();
  }

  /// The first password of a login, as `box` or `central` wrote it down at its first start.
  public String firstPassword(String part, String login) {
    Path file = data.resolve(part).resolve("first-passwords");
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .map(line -> line.split(" ", -1))
          .filter(words -> words[0].equals(login))
          .map(words -> words[2])
          .findFirst()
          .orElseThrow(() -> new IllegalStateException(file + " does not name " + login));
    } catch (IOException failure) {
      throw new UncheckedIOException("no first passwords in " + file, failure);
    }
  }

  public Path data() {
    return data;
  }

  /// Where the carrier has its files.
  public Path carrierDirectory() {
    return directory("carrier");
  }

  /// Where the carrier of [#startSecondCarrier] takes calls.
  public int secondCarrierSipPort() {
    return ports.secondCarrierSip();
  }

  /// Where the box's Asterisk takes calls.
  public int boxSipPort() {
    return ports.boxSip();
  }

  /// The process id of a part: `box`, `central` or `carrier`.
  public long pid(String part) {
    return running(part).pid();
  }

  /// The process id of the box's Asterisk.
  public long asteriskPid() {
    return asteriskPid(data.resolve("box/asterisk"));
  }

  /// The process id of the carrier's Asterisk.
  public long carrierAsteriskPid() {
    return asteriskPid(data.resolve("carrier"));
  }

  private static long asteriskPid(Path instance) {
    Path file = instance.resolve("run/asterisk.pid");
    try {
      return Long.parseLong(Files.readString(file).strip());
    } catch (IOException failure) {
      throw new UncheckedIOException("no Asterisk runs in " + instance, failure);
    }
  }

  /// The process ids of the box's recognition workers, one for each language unless one is being
  /// replaced.
  public List<Long> recognitionPids() {
    return ProcessHandle.of(pid("box")).stream()
        .flatMap(ProcessHandle::descendants)
        .filter(process -> process.info().commandLine().orElse("").contains(".vosk.worker."))
        .map(ProcessHandle::pid)
        .toList();
  }

  /// Ends a part as a power cut would.
  public void kill(String part) {
    running(part).kill();
  }

  /// Ends a part in good order.
  public void stop(String part) {
    running(part).close();
  }

  /// Whether all parts are running.
  boolean isWhole() {
    return List.of("central", "carrier", "box").stream().allMatch(part -> running(part).isAlive());
  }

  /// Ends what runs, the box first. Nothing can be started any more.
  @Override
  public void close() {
    List<Child> running;
    synchronized (parts) {
      closed = true;
      running =
          Stream.of("box", "carrier", "carrier-2", "central")
              .map(parts::get)
              .filter(Objects::nonNull)
              .toList();
    }
    running.forEach(Child::close);
    ports.release();
  }

  private void start(String part, List<String> command) {
    Child started;
    synchronized (parts) {
      if (closed) {
        throw new IllegalStateException(part + " is not started, the stage was closed");
      }
      started = Child.start(part, command, log(part));
      parts.put(part, started);
    }
    var _ = started.awaitReady(PATIENCE);
  }

  private Child running(String part) {
    synchronized (parts) {
      Child child = parts.get(part);
      if (child == null) {
        throw new IllegalStateException(part + " was not started");
      }
      return child;
    }
  }

  private String claimTicket() {
    JsonNode made =
        central("fleet")
            .post(
                "/claims",
                JSON.createObjectNode()
                    .put("organisation", "Rehearsal LLP")
                    .put("site", "Loopback"));
    return made.path("ticket").asString();
  }

  private void topUp() {
    Api billing = central("billing");
    Wait.until(PATIENCE, "the box is enrolled", () -> !billing.get("/boxes").isEmpty());
    JsonNode box = billing.get("/boxes").get(0);
    var _ =
        billing.post(
            "/accounts/" + box.path("organisationId").asString() + "/top-ups",
            JSON.createObjectNode()
                .put("wallet", "AUTOCALL")
                .put("amountTiyn", settings.credit().orElse(FIRST_CREDIT_TIYN))
                .put("key", box.path("id").asString())
                .put("reference", "first payment of the rehearsal"));
  }

  private List<String> java(String module, String artifact, String main, String... arguments) {
    Path target = root.resolve("firmware-services").resolve(module).resolve("target");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Duser.timezone=UTC",
                "-Dfile.encoding=UTF-8",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow"));
    if (settings.brief()) {
      command.add("-XX:TieredStopAtLevel=1");
    }
    List<String> rest = new ArrayList<>();
    for (String argument : arguments) {
      if (argument.startsWith("-X")) {
        command.add(argument);
      } else {
        rest.add(argument);
      }
    }
    command.add("-cp");
    command.add(
        target.resolve(artifact + "-" + VERSION + ".jar") + ":" + target.resolve("lib") + "/*");
    command.add(main);
    command.addAll(rest);
    return command;
  }

  private Path log(String part) {
    return data.resolve("logs").resolve(part + ".log");
  }

  private Path directory(String name) {
    Path directory = data.resolve(name);
    try {
      Files.createDirectories(directory);
      // Asterisk's own user passes through here to its files.
      Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx--x--x"));
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
      return directory;
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot use " + directory, failure);
    }
  }

  private static Path write(Path file, String text) {
    try {
      return Files.writeString(file, text);
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot write " + file, failure);
    }
  }
}
