package kz.qonyrau.bench;

import io.vertx.core.Future;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import kz.qonyrau.bench.Bench.Place;
import kz.qonyrau.campaigns.Attempt;
import kz.qonyrau.campaigns.AttemptResult;
import kz.qonyrau.campaigns.CallDesk;
import kz.qonyrau.campaigns.CampaignOrder;
import kz.qonyrau.campaigns.CampaignResult;
import kz.qonyrau.campaigns.Campaigns;
import kz.qonyrau.campaigns.Category;
import kz.qonyrau.campaigns.ContactLists;
import kz.qonyrau.campaigns.Dialer;
import kz.qonyrau.campaigns.DialerSettings;
import kz.qonyrau.campaigns.GateState;
import kz.qonyrau.campaigns.HouseRules;
import kz.qonyrau.campaigns.MachineRule;
import kz.qonyrau.campaigns.Priority;
import kz.qonyrau.campaigns.Prompt;
import kz.qonyrau.campaigns.RetryPolicy;
import kz.qonyrau.campaigns.Schedule;
import kz.qonyrau.campaigns.Understanding;
import kz.qonyrau.campaigns.Window;
import kz.qonyrau.rehearsal.Wait;
import kz.qonyrau.store.Store;
import kz.qonyrau.store.StoreSettings;
import kz.qonyrau.vocabulary.AstanaTime;
import kz.qonyrau.vocabulary.CallId;
import kz.qonyrau.vocabulary.CallOutcome;
import kz.qonyrau.vocabulary.CampaignId;
import kz.qonyrau.vocabulary.ContactListId;

/// What choosing and writing down the next attempt costs in a campaign of a million contacts, at
/// 5000 calls a minute, beside the same in a short one; how long it takes from the start to the
/// first dialling, which does not wait until everybody is written down, and what the dialer keeps
/// in memory. Calls are over as soon as they begin, so nothing but the dialer and its database
/// works.
final class PacerRate {

  private static final int SHORT = Integer.getInteger("short", 10_000);
  private static final int LONG = Integer.getInteger("long", 1_000_000);
  private static final Duration WARM_UP = Duration.ofSeconds(Integer.getInteger("warm-up", 15));
  private static final Duration MEASURED = Duration.ofSeconds(Integer.getInteger("seconds", 30));
  private static final int CALLS_PER_MINUTE = 5_000;

  private record Course(
      double importSeconds,
      double firstDialSeconds,
      double writtenSeconds,
      double perSecond,
      double cpuMs,
      double mib) {}

  Figure run(Place place) throws Exception {
    Course few = course(place.data().resolve("short"), SHORT);
    Course many = course(place.data().resolve("long"), LONG);
    Map<String, Double> details = new LinkedHashMap<>();
    details.put("contacts", (double) LONG);
    details.put("importSeconds", many.importSeconds);
    details.put("startToFirstDialSeconds", many.firstDialSeconds);
    details.put("startToAllWrittenDownSeconds", many.writtenSeconds);
    details.put("attemptsPerSecond", many.perSecond);
    details.put("heapMiB", many.mib);
    details.put("baselineContacts", (double) SHORT);
    details.put("baselineStartToFirstDialSeconds", few.firstDialSeconds);
    details.put("baselineAttemptsPerSecond", few.perSecond);
    details.put("baselineHeapMiB", few.mib);
    return new Figure(
        "pacer",
        many.cpuMs,
        "ms of processor time for an attempt, from the choice to its result, long campaign",
        few.cpuMs,
        "the same in a short campaign",
        many.cpuMs / few.cpuMs,
        "value / baseline",
        details);
  }

  private static Course course(Path data, int contacts) throws Exception {
    Clock clock = Clock.systemUTC();
    Files.createDirectories(data);
    try (Store store =
            Store.open(
                new StoreSettings(
                    "jdbc:derby:" + data.resolve("database"),
                    4,
                    Duration.ofSeconds(30),
                    Optional.empty()),
                List.of("CAMPAIGN"));
        ContactLists lists = new ContactLists(store, clock)) {
      long begun = System.nanoTime();
      ContactListId list = BenchList.imported(lists, data, contacts, clock);
      double importSeconds = secondsSince(begun);
      HouseRules rules = HouseRules.open(store, clock).await();
      Campaigns campaigns = new Campaigns(store, clock, rules, new Deaf());
      Desk desk = new Desk(clock);
      try (Dialer dialer =
          new Dialer(
              store,
              clock,
              campaigns,
              rules,
              desk,
              _ -> Future.succeededFuture(true),
              () -> new GateState.Open(1_000, CALLS_PER_MINUTE),
              DialerSettings.USUAL)) {
        var _ = dialer.start().mapEmpty().await();
        CampaignId campaign = CampaignId.random();
        var _ = campaigns.create(campaign, order(list, clock), "bench").await();
        long started = System.nanoTime();
        CampaignResult result = campaigns.start(campaign, "bench", Duration.ofSeconds(5)).await();
        if (!(result instanceof CampaignResult.Done)) {
          throw new IllegalStateException("not started: " + result);
        }
        if (!desk.first.await(10, TimeUnit.MINUTES)) {
          throw new IllegalStateException("nobody was dialled in ten minutes");
        }
        double firstDialSeconds = secondsSince(started);
        Wait.until(
            Duration.ofMinutes(10),
            "everybody is written down",
            () -> written(campaigns, campaign) >= contacts);
        double writtenSeconds = secondsSince(started);
        Thread.sleep(WARM_UP);
        long before = desk.attempts.get();
        long cpu = cpuNanos();
        long from = System.nanoTime();
        Thread.sleep(MEASURED);
        double seconds = secondsSince(from);
        long attempts = desk.attempts.get() - before;
        double cpuMs = (cpuNanos() - cpu) / 1e6 / attempts;
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        double mib = (runtime.totalMemory() - runtime.freeMemory()) / 1024.0 / 1024.0;
        return new Course(
            importSeconds, firstDialSeconds, writtenSeconds, attempts / seconds, cpuMs, mib);
      }
    }
  }

  /// How many recipients are written down by now.
  private static long written(Campaigns campaigns, CampaignId campaign) {
    return campaigns.find(campaign).await().orElseThrow().progress().recipients();
  }

  private static CampaignOrder order(ContactListId list, Clock clock) {
    LocalDate today = AstanaTime.dateOf(clock.instant());
    Window always =
        new Window(
            today.minusDays(1),
            today.plusDays(2),
            EnumSet.allOf(DayOfWeek.class),
            LocalTime.MIDNIGHT,
            LocalTime.MIDNIGHT);
    return new CampaignOrder(
        "bench",
        Category.SERVICE,
        "bench",
        "+77270000000",
        List.of(list),
        new Prompt.SpokenText("Hello", Locale.of("en"), Optional.empty()),
        new Schedule(List.of(always), true),
        1_000,
        CALLS_PER_MINUTE,
        Priority.NORMAL,
        CampaignOrder.SHORTEST_RINGING,
        Optional.empty(),
        Optional.empty(),
        MachineRule.CARRY_ON,
        RetryPolicy.NONE);
  }

  private static double secondsSince(long nanos) {
    return (System.nanoTime() - nanos) / 1e9;
  }

  private static long cpuNanos() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  /// Where every call is over at once, because the line is busy.
  private static final class Desk implements CallDesk {

    private final Clock clock;
    private final AtomicLong attempts = new AtomicLong();
    private final CountDownLatch first = new CountDownLatch(1);

    Desk(Clock clock) {
      this.clock = clock;
    }

    @Override
    public Future<Boolean> makeReady(Prompt prompt) {
      return Future.succeededFuture(true);
    }

    @Override
    public Future<AttemptResult> place(Attempt attempt) {
      var _ = attempts.incrementAndGet() == 1;
      first.countDown();
      return Future.succeededFuture(
          AttemptResult.of(CallOutcome.BUSY, "Q.850 17", clock.instant(), false));
    }

    @Override
    public Future<Optional<AttemptResult>> outcomeAfterRestart(CallId call) {
      return Future.succeededFuture(Optional.empty());
    }
  }

  /// Nobody is asked anything.
  private static final class Deaf implements Understanding {

    @Override
    public Set<Locale> languages() {
      return Set.of();
    }

    @Override
    public List<String> unknownWords(Locale language, String phrase) {
      return List.of();
    }
  }
}
