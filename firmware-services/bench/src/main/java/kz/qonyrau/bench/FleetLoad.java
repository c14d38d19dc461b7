package kz.qonyrau.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import kz.qonyrau.bench.Bench.Place;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What a fleet of simulated boxes costs the licensing server: memory by the number of connected
/// boxes, processor time by heartbeat and by usage record, records a second (PLT-07, PLT-08).
/// Beside it, the same broker without central, whose connections only connect and ping.
final class FleetLoad {

  private static final int BOXES = Integer.getInteger("boxes", 1_000);
  private static final int SECONDS = Integer.getInteger("seconds", 60);
  private static final int RATE = Integer.getInteger("rate", 2_000);
  private static final int CONNECTS = Integer.getInteger("connects", 50);
  private static final List<Integer> SIZES =
      Stream.of(System.getProperty("sizes", "100,500,1000,2000,5000,10000").split(",", -1))
          .map(Integer::valueOf)
          .filter(size -> size <= BOXES)
          .toList();
  private static final Duration PATIENCE = Duration.ofMinutes(30);

  private final Map<String, Double> details = new LinkedHashMap<>();

  /// What was seen while so many boxes were connected.
  private record Sight(int boxes, double residentKib, double cpuPerSecond) {}

  Figure run(Place place) {
    try (CentralAlone central = new CentralAlone(place.root(), place.data().resolve("central"))) {
      central.start();
      details.put("emptyCentralMiB", central.program().residentKib() / 1024);
      List<Sight> ours = new ArrayList<>();
      for (int size : SIZES) {
        ours.add(idle(place, central, size));
      }
      load(place, central, SIZES.getLast());
      List<Sight> bare = bare(place, central);
      double value = perBox("central", ours);
      double baseline = perBox("bare", bare);
      return new Figure(
          "fleet",
          value,
          "KiB resident at central per connected box",
          baseline,
          "the same Artemis alone, with connections that only connect and ping",
          value / baseline,
          "value / baseline",
          details);
    }
  }

  private double perBox(String side, List<Sight> sights) {
    for (Sight sight : sights) {
      details.put(side + "MiBAt" + sight.boxes(), sight.residentKib() / 1024);
      details.put(side + "CpuMsPerSecondAt" + sight.boxes(), 1000 * sight.cpuPerSecond());
    }
    Sight least = sights.getFirst();
    Sight most = sights.getLast();
    return (most.residentKib() - least.residentKib()) / (most.boxes() - least.boxes());
  }

  /// Boxes that are connected and send a heartbeat a minute.
  private Sight idle(Place place, CentralAlone central, int boxes) {
    try (Program fleet =
        fleet(place, central, boxes, "--rate", "0", "--duration", Integer.toString(SECONDS + 15))) {
      JsonNode ready = fleet.next(PATIENCE);
      requireConnected(ready, boxes);
      if (ready.path("enrolled").asInt() > 0) {
        details.put(
            "enrolmentsPerSecondTo" + boxes,
            ready.path("enrolled").asInt() / ready.path("enrolSeconds").asDouble());
      }
      details.put(
          "connectionsPerSecondAt" + boxes, boxes / ready.path("connectSeconds").asDouble());
      Sight sight = look(central.program(), boxes);
      details.put("boxListMsAt" + boxes, central.boxListMs());
      details.put("simulatorKibPerBoxAt" + boxes, fleet.residentKib() / boxes);
      JsonNode report = fleet.next(PATIENCE);
      requireAgreed(report);
      return sight;
    }
  }

  private static Sight look(Program broker, int boxes) {
    CpuMeter meter = new CpuMeter(Map.of("broker", broker.pid()));
    long begun = System.nanoTime();
    long end = begun + Duration.ofSeconds(SECONDS).toNanos();
    while (System.nanoTime() < end) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
    double cpu = meter.seconds().getOrDefault("broker", 0.0) / ((System.nanoTime() - begun) / 1e9);
    return new Sight(boxes, broker.residentKib(), cpu);
  }

  /// As many records as boxes and central can do.
  private void load(Place place, CentralAlone central, int boxes) {
    try (Program fleet =
        fleet(
            place,
            central,
            boxes,
            "--rate",
            Integer.toString(RATE),
            "--duration",
            Integer.toString(SECONDS),
            "--patience",
            "1200")) {
      requireConnected(fleet.next(PATIENCE), boxes);
      CpuMeter meter = new CpuMeter(Map.of("central", central.program().pid()));
      Map<String, Double> cpu = new LinkedHashMap<>();
      @Nullable JsonNode report = null;
      while (report == null) {
        cpu = meter.seconds();
        report = fleet.within(Duration.ofSeconds(1));
      }
      requireAgreed(report);
      double records = report.path("acknowledged").asDouble();
      double seconds =
          report.path("reportSeconds").asDouble() + report.path("drainSeconds").asDouble();
      details.put("records", records);
      details.put("recordsPerSecond", records / seconds);
      details.put("centralCpuMsPerRecord", 1000 * cpu.getOrDefault("central", 0.0) / records);
      details.put("recordsOrderedPerSecond", (double) RATE);
      details.put("receiptP50Ms", report.path("receiptMsP50P95P99").path(0).asDouble());
      details.put("receiptP99Ms", report.path("receiptMsP50P95P99").path(2).asDouble());
    }
  }

  /// The same connections at the same broker without central.
  private List<Sight> bare(Place place, CentralAlone central) {
    List<Sight> sights = new ArrayList<>();
    try (Program broker =
        Program.start(
            place.data().resolve("bare.log"),
            "bare broker",
            System.getProperty("java.class.path"),
            "-Xmx" + System.getProperty("central-heap", "4g"),
            "kz.qonyrau.bench.BareBroker",
            central.keys().toString(),
            place.data().resolve("bare").toString())) {
      String address = "localhost:" + broker.next(PATIENCE).path("port").asInt();
      details.put("emptyBareMiB", broker.residentKib() / 1024);
      for (int size : SIZES) {
        try (Program fleet =
            fleet(
                place,
                central,
                size,
                "--bare",
                "--broker",
                address,
                "--rate",
                "0",
                "--duration",
                Integer.toString(SECONDS + 15))) {
          requireConnected(fleet.next(PATIENCE), size);
          sights.add(look(broker, size));
          var _ = fleet.next(PATIENCE);
        }
      }
    }
    return sights;
  }

  private static Program fleet(Place place, CentralAlone central, int boxes, String... more) {
    Path data = place.data();
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--central",
                central.console(),
                "--door",
                central.door().toString(),
                "--login-file",
                central.firstPasswords().toString(),
                "--identities",
                data.resolve("identities").toString(),
                "--boxes",
                Integer.toString(boxes),
                "--connects",
                Integer.toString(CONNECTS)));
    if (!List.of(more).contains("--patience")) {
      arguments.addAll(List.of("--patience", "600"));
    }
    arguments.addAll(List.of(more));
    return Program.start(
        data.resolve("boxes.log"),
        "boxes",
        Program.classPath(place.root(), "simulators/boxes", "boxes"),
        "-Xmx" + System.getProperty("simulator-heap", "6g"),
        "kz.qonyrau.boxes.Boxes",
        arguments.toArray(String[]::new));
  }

  private static void requireConnected(JsonNode ready, int boxes) {
    if (ready.path("connected").asInt() != boxes) {
      throw new IllegalStateException(
          "only %d of %d boxes are connected".formatted(ready.path("connected").asInt(), boxes));
    }
  }

  private static void requireAgreed(JsonNode report) {
    if (!report.path("agrees").asBoolean()) {
      throw new IllegalStateException("central and boxes do not agree: " + report);
    }
  }
}
