package kz.qonyrau.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kz.qonyrau.bench.Bench.Place;
import kz.qonyrau.rehearsal.Api;
import kz.qonyrau.rehearsal.Campaigning;
import kz.qonyrau.rehearsal.Campaigning.Wish;
import kz.qonyrau.rehearsal.Stage;
import kz.qonyrau.rehearsal.StageSettings;
import kz.qonyrau.rehearsal.Subscribers;
import kz.qonyrau.rehearsal.Wait;

/// What an hour of calls leaves behind: memory, threads and open files of the box and of its
/// Asterisk, channels and holds.
///
/// Campaign after campaign calls people of every kind, answering, busy, silent, unreachable; each
/// is recorded. Five seconds after the last call of a campaign nothing may be left of it. The first
/// campaigns are not measured, since caches fill and threads start by them.
final class Soak {

  private static final Duration LENGTH = Duration.ofMinutes(Integer.getInteger("minutes", 60));
  private static final int CALLS = Integer.getInteger("calls", 600);
  private static final int PER_MINUTE = Integer.getInteger("per-minute", 600);

  /// Calls until the database's cache of 10 000 pages is full; before that it alone makes the heap
  /// grow.
  private static final int WARM_UP = Integer.getInteger("warm-up", 10_000);

  private static final int CHANNELS = 200;
  private static final Duration NOTHING_LEFT = Duration.ofSeconds(5);

  /// Two who stay, one who hangs up, and those whom nobody reaches: busy, no answer, declined,
  /// congestion, no such number, switched off.
  private static final List<String> KINDS =
      List.of(
          Subscribers.SILENT,
          Subscribers.SILENT,
          Subscribers.HANGS_UP_LATER,
          "40",
          "45",
          "50",
          "55",
          "60",
          "65");

  private static final Pattern USED = Pattern.compile("used ([0-9]+)K");

  private final Map<String, Integer> called = new LinkedHashMap<>();
  private int late;
  private int leftovers;

  private record Sample(Vitals box, double heapMiB, Vitals asterisk) {}

  Figure run(Place place) throws Exception {
    Stage stage =
        Stage.on(
            place.root(),
            place.bundles(),
            place.data(),
            StageSettings.USUAL.asForMonths().withChannels(CHANNELS).withCredit(10_000_000_000L));
    try {
      stage.start(_ -> {});
      int rounds = 0;
      long calls = 0;
      for (; calls < WARM_UP; rounds++) {
        calls += round(stage, rounds);
      }
      Sample before = sample(stage);
      long end = System.nanoTime() + LENGTH.toNanos();
      long measured = 0;
      while (System.nanoTime() < end) {
        measured += round(stage, rounds++);
      }
      Sample after = sample(stage);
      return figure(before, after, calls, measured);
    } finally {
      stage.close();
    }
  }

  private Figure figure(Sample before, Sample after, long warmUp, long calls) {
    Map<String, Double> details = new LinkedHashMap<>();
    details.put("minutes", (double) LENGTH.toMinutes());
    details.put("calls", (double) calls);
    details.put("warmUpCalls", (double) warmUp);
    details.put("campaignsNotOverInFiveSeconds", (double) late);
    details.put("campaignsThatLeftSomething", (double) leftovers);
    put(details, "boxResidentMiB", before.box.residentMiB(), after.box.residentMiB());
    put(details, "boxThreads", before.box.threads(), after.box.threads());
    put(details, "boxFiles", before.box.files(), after.box.files());
    put(
        details,
        "asteriskResidentMiB",
        before.asterisk.residentMiB(),
        after.asterisk.residentMiB());
    put(details, "asteriskThreads", before.asterisk.threads(), after.asterisk.threads());
    put(details, "asteriskFiles", before.asterisk.files(), after.asterisk.files());
    return new Figure(
        "soak",
        after.heapMiB,
        "MiB of the box's heap after " + calls + " calls and a collection",
        before.heapMiB,
        "the same after the first " + warmUp + " calls",
        after.heapMiB / before.heapMiB,
        "value / baseline",
        details);
  }

  private static void put(Map<String, Double> details, String name, double before, double after) {
    details.put(name + "Before", before);
    details.put(name + "After", after);
  }

  /// One campaign, and what it leaves behind.
  ///
  /// @return how many calls it made
  private long round(Stage stage, int round) {
    Api box = stage.box();
    Campaigning business = new Campaigning(box);
    String list = business.list("soak " + round, people());
    String campaign =
        business.campaign(
            new Wish(
                "soak " + round,
                list,
                "Здравствуйте. Ваш заказ готов.",
                CHANNELS,
                PER_MINUTE,
                true,
                false,
                1));
    business.start(campaign);
    var _ = business.awaitEnd(campaign, Duration.ofMinutes(15));
    try {
      Wait.until(NOTHING_LEFT, "no call and no hold is left", () -> isNothingLeft(box));
    } catch (IllegalStateException _) {
      // Fails if it was the box that could not say.
      leftovers += isNothingLeft(box) ? 0 : 1;
      late++;
    }
    return CALLS;
  }

  private static boolean isNothingLeft(Api box) {
    return box.get("/system").path("telephony").path("activeCalls").asInt(1) == 0
        && box.get("/ledger/balance").path("heldTiyn").asLong(1) == 0;
  }

  /// People who were not called before: a number rests between two campaigns.
  private List<String> people() {
    List<String> people = new ArrayList<>();
    for (int call = 0; call < CALLS; call++) {
      String kind = KINDS.get(call % KINDS.size());
      int index = called.merge(kind, 1, Integer::sum) - 1;
      people.add(Subscribers.nth(kind, index));
    }
    return people;
  }

  private static Sample sample(Stage stage) throws IOException, InterruptedException {
    long box = stage.pid("box");
    var _ = jcmd(box, "GC.run");
    String info = jcmd(box, "GC.heap_info");
    // The generations come first; what classes take is no heap.
    int classes = info.indexOf("Metaspace");
    Matcher used = USED.matcher(classes < 0 ? info : info.substring(0, classes));
    double heap = 0;
    while (used.find()) {
      heap += Long.parseLong(used.group(1)) / 1024.0;
    }
    return new Sample(Vitals.of(box), heap, Vitals.of(stage.asteriskPid()));
  }

  private static String jcmd(long pid, String command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(pid),
                command)
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new IOException("jcmd " + command + " failed: " + said);
    }
    return said;
  }
}
