package kz.qonyrau.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import kz.qonyrau.bench.Bench.Place;
import kz.qonyrau.rehearsal.Api;
import kz.qonyrau.rehearsal.Campaigning;
import kz.qonyrau.rehearsal.Campaigning.Wish;
import kz.qonyrau.rehearsal.Stage;
import kz.qonyrau.rehearsal.StageSettings;
import kz.qonyrau.rehearsal.Subscribers;
import kz.qonyrau.rehearsal.Wait;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Originates per second through hold, dial, answer, prompt and capture, beside the same load
/// driven straight into the same Asterisk by the smallest AMI client that can do it. Subscribers
/// write down how long after their answer they hear something.
///
/// What counts is the processor time per call: with the paces equal, the ratio is what the product
/// adds to bare telephony. Both sides call subscribers of the same kind and play the same sound,
/// the direct one from a file that the product's voice spoke. Both run once before they are
/// measured, so that what a Java program does only when it is new does not count as a call's.
final class CallRate {

  private static final int CALLS = Integer.getInteger("calls", 600);
  private static final int WARM_UP = Integer.getInteger("warm-up", 1000);
  private static final int PER_MINUTE = Integer.getInteger("per-minute", 1200);
  private static final int CHANNELS = 600;

  private static final JsonMapper JSON = new JsonMapper();

  private static final String TEXT = "Здравствуйте. Ваш заказ готов.";

  private static final int WAV_HEADER = 44;
  private static final double WAV_BYTES_PER_SECOND = 16_000;

  /// Who is called by whom: each number once, because a number rests between two campaigns.
  private final Deque<String> numbers =
      new ArrayDeque<>(Subscribers.many(Subscribers.LISTENS, 2 * (WARM_UP + CALLS)));

  private final Map<String, Double> details = new LinkedHashMap<>();

  Figure run(Place place) throws Exception {
    Stage stage =
        Stage.on(
            place.root(),
            place.bundles(),
            place.data(),
            StageSettings.USUAL.asForMonths().withChannels(CHANNELS).withCredit(10_000_000_000L));
    try {
      stage.start(_ -> {});
      Sound sound = Sound.spoken(stage, "prompt", TEXT);
      details.put("warmUpCalls", (double) WARM_UP);
      details.put("soundSeconds", sound.seconds());

      var _ = product(stage, sound, WARM_UP);
      Run ours = product(stage, sound, CALLS);
      var _ = direct(stage, sound, WARM_UP);
      Run theirs = direct(stage, sound, CALLS);

      report("product", ours);
      report("direct", theirs);
      details.put("rateRatio", ours.perSecond() / theirs.perSecond());
      return new Figure(
          "calls",
          ours.perSecond(),
          "originates per second, " + CALLS + " calls",
          theirs.perSecond(),
          "the same calls and sound by a minimal AMI client on the same Asterisk",
          ours.millisPerCall("box", "asterisk") / theirs.millisPerCall("client", "asterisk"),
          "processor time per call once warm, box and its Asterisk / client and the same Asterisk",
          details);
    } finally {
      stage.close();
    }
  }

  private void report(String side, Run run) {
    details.put(side + "Failures", (double) run.failures());
    details.put(side + "TalkSeconds", run.talkSeconds());
    details.put(side + "SoundAfterAnswerMillisP50", (double) run.heardWithin(0.50));
    details.put(side + "SoundAfterAnswerMillisP95", (double) run.heardWithin(0.95));
    run.residentMiB().forEach((process, mib) -> details.put(side + "ResidentMiB." + process, mib));
    run.cpuSeconds()
        .forEach((process, _) ->
            details.put(side + "CpuMillisPerCall." + process, run.millisPerCall(process)));
  }

  /// What some calls took.
  ///
  /// @param perSecond originates per second from the first to the last
  /// @param talkSeconds the mean from the answer to the end
  /// @param cpuSeconds of each process
  /// @param residentMiB of each process at the end
  /// @param heard milliseconds from each subscriber's answer to the first sound, in order of size
  private record Run(
      int calls,
      int failures,
      double perSecond,
      double talkSeconds,
      Map<String, Double> cpuSeconds,
      Map<String, Double> residentMiB,
      List<Integer> heard) {

    /// So long it took for this share of those who heard anything.
    int heardWithin(double share) {
      return heard.get((int) Math.ceil(share * heard.size()) - 1);
    }

    double millisPerCall(String... processes) {
      double seconds = 0;
      for (String process : processes) {
        seconds += cpuSeconds.getOrDefault(process, 0.0);
      }
      return seconds * 1000 / calls;
    }
  }

  private Run product(Stage stage, Sound sound, int count) throws IOException {
    int before = stage.carrierRecord().size();
    Api box = stage.box();
    Campaigning business = new Campaigning(box);
    String list = business.list("load", next(count));
    String campaign =
        business.campaign(
            new Wish("load", list, sound.text(), CHANNELS, PER_MINUTE, false, false, 1));
    CpuMeter meter =
        new CpuMeter(
            Map.of(
                "box", stage.pid("box"),
                "asterisk", stage.asteriskPid(),
                "central", stage.pid("central")));
    business.start(campaign);
    // Nobody looks before the end is near, for looking costs the box time, too.
    LockSupport.parkNanos(TimeUnit.MINUTES.toNanos(count) / PER_MINUTE);
    JsonNode end = business.awaitEnd(campaign, Duration.ofMinutes(5));
    Wait.until(
        Duration.ofMinutes(1),
        "central has every report",
        () -> box.get("/dashboard").path("uplink").path("outboxDepth").asLong(1) == 0);
    Map<String, Double> cpu = meter.seconds();
    int answered = end.path("progress").path("outcomes").path("ANSWERED").asInt();
    return new Run(
        count,
        count - answered,
        rate(box, campaign, count),
        talk(box, campaign),
        cpu,
        Map.of(
            "box", Vitals.of(stage.pid("box")).residentMiB(),
            "asterisk", Vitals.of(stage.asteriskPid()).residentMiB()),
        heard(stage, before));
  }

  /// After how many milliseconds subscribers heard something, by the carrier's record.
  ///
  /// @param from as many of its lines were there before
  private static List<Integer> heard(Stage stage, int from) {
    List<Integer> heard =
        stage.carrierRecord().stream()
            .skip(from)
            .map(JSON::readTree)
            .filter(line -> line.path("event").asString().equals("hears"))
            .map(line -> line.path("millis").asInt())
            .sorted()
            .toList();
    if (heard.isEmpty()) {
      throw new IllegalStateException("no subscriber heard anything");
    }
    return heard;
  }

  /// Calls per second from the first start to the last, as the call log has them.
  private static double rate(Api box, String campaign, int count) {
    String path = "/calls?size=1&campaignId=" + campaign;
    Instant last = startOf(box.get(path));
    Instant first = startOf(box.get(path + "&page=" + (count - 1)));
    return (count - 1) * 1000.0 / Duration.between(first, last).toMillis();
  }

  private static Instant startOf(JsonNode page) {
    return Instant.parse(page.path("items").get(0).path("startedAt").asString());
  }

  private static double talk(Api box, String campaign) {
    double seconds = 0;
    JsonNode calls = box.get("/calls?size=200&campaignId=" + campaign).path("items");
    for (JsonNode call : calls) {
      seconds += call.path("answeredSeconds").asDouble();
    }
    return seconds / calls.size();
  }

  private Run direct(Stage stage, Sound sound, int count) throws IOException {
    int before = stage.carrierRecord().size();
    String trunk = stage.box().get("/trunks").path("trunks").get(0).path("id").asString();
    CpuMeter meter =
        new CpuMeter(
            Map.of("client", ProcessHandle.current().pid(), "asterisk", stage.asteriskPid()));
    MinimalAmi.Result result =
        MinimalAmi.drive(
            stage.data().resolve("box/asterisk"), trunk, next(count), sound.file(), PER_MINUTE);
    return new Run(
        count,
        count - result.heardOut(sound.seconds()),
        result.perSecond(),
        result.meanTalkSeconds(),
        meter.seconds(),
        Map.of("asterisk", Vitals.of(stage.asteriskPid()).residentMiB()),
        heard(stage, before));
  }

  private List<String> next(int count) {
    return Stream.generate(numbers::remove).limit(count).toList();
  }

  /// A text as the product speaks it, kept where Asterisk can play it.
  ///
  /// @param file without its ending, as Asterisk's dialplan names sounds
  private record Sound(String text, Path file, double seconds) {

    static Sound spoken(Stage stage, String name, String text) throws IOException {
      byte[] wav =
          stage
              .box()
              .postForFile(
                  "/voices/preview",
                  JSON.createObjectNode()
                      .put("text", text)
                      .put("language", "ru")
                      .put("context", "CAMPAIGN"));
      Path directory = stage.data().resolve("sounds");
      Files.createDirectories(directory);
      // Asterisk's own user reads them.
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
      Path file = Files.write(directory.resolve(name + ".wav"), wav);
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
      return new Sound(
          text, directory.resolve(name), (wav.length - WAV_HEADER) / WAV_BYTES_PER_SECOND);
    }
  }
}
