package kz.qonyrau.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import kz.qonyrau.rehearsal.Api;
import kz.qonyrau.rehearsal.Campaigning;
import kz.qonyrau.rehearsal.Campaigning.Wish;
import kz.qonyrau.rehearsal.Stage;
import kz.qonyrau.rehearsal.StageSettings;
import kz.qonyrau.rehearsal.Subscribers;
import kz.qonyrau.rehearsal.Wait;
import kz.qonyrau.testsupport.SmallDisk;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/// The whole product as processes, and what becomes of a campaign when one of them dies.
///
/// Carriers are the witnesses: they write down whose telephone rang.
@Timeout(value = 6, unit = TimeUnit.MINUTES)
class BadDaysTest {

  private static final Logger log = LoggerFactory.getLogger(BadDaysTest.class);
  private static final Duration CAMPAIGN = Duration.ofMinutes(3);
  private static final String TEXT = "Здравствуйте! Это проверка связи, ничего делать не нужно.";
  private static final String LONG_TEXT = "Это длинное сообщение для проверки связи. ".repeat(6);

  private final StageDirectory directory = StageDirectory.create();
  private final Stage stage =
      Stage.on(
          StageDirectory.root(),
          StageDirectory.bundles(),
          directory.path(),
          StageSettings.USUAL.withCredit(10_000_000).withChannels(30));
  private final Aftermath aftermath = new Aftermath(stage);

  @AfterEach
  void close() {
    stage.close();
    directory.close();
  }

  @Tag("PLT-06")
  @Test
  void asteriskIsKilledInMidCampaign() {
    stage.start(_ -> {});
    Campaigning business = new Campaigning(stage.box());
    String campaign = campaign(business, "asterisk", Subscribers.many(Subscribers.SILENT, 40), 10);
    business.start(campaign);
    awaitAnswered(stage.box(), 5);

    long victim = stage.asteriskPid();
    Instant killed = Instant.now();
    signal("KILL", victim);
    Wait.until(
        Duration.ofSeconds(20),
        "another Asterisk is ready",
        () ->
            stage.asteriskPid() != victim
                && asterisk(stage.box()).equals("READY")
                && stage.box().get("/system").path("telephony").path("restarts").asInt() > 0);
    Duration back = Duration.between(killed, Instant.now());

    JsonNode end = business.awaitEnd(campaign, CAMPAIGN);
    log.atInfo().addKeyValue("millis", back.toMillis()).log("Asterisk was back");
    assertThat(back).isLessThan(Duration.ofSeconds(5));
    assertThat(Aftermath.outcomes(end)).containsKey("PLATFORM_FAULT");
    aftermath.assertEverybodyOnceAndEveryTengeAccountedFor(end, 40);
  }

  @Test
  void asteriskHangs() {
    stage.start(_ -> {});
    Campaigning business = new Campaigning(stage.box());
    String campaign = campaign(business, "hang", Subscribers.many(Subscribers.SILENT, 30), 10);
    business.start(campaign);
    awaitAnswered(stage.box(), 5);

    Instant stopped = Instant.now();
    signal("STOP", stage.asteriskPid());
    Wait.until(
        Duration.ofSeconds(20),
        "the box notices that Asterisk hangs",
        () -> !asterisk(stage.box()).equals("READY"));
    Duration noticed = Duration.between(stopped, Instant.now());

    JsonNode end = business.awaitEnd(campaign, CAMPAIGN);
    log.atInfo().addKeyValue("millis", noticed.toMillis()).log("the hang was noticed");
    assertThat(noticed).isLessThan(Duration.ofSeconds(5));
    aftermath.assertEverybodyOnceAndEveryTengeAccountedFor(end, 30);
  }

  @Tag("AC-STT-01")
  @Test
  void recognitionIsKilledWhileSubscribersSpeak() {
    stage.start(_ -> {});
    Campaigning business = new Campaigning(stage.box());
    String list = business.list("deaf", Subscribers.many(Subscribers.SAYS_TODAY, 12));
    String campaign = business.campaign(new Wish("deaf", list, TEXT, 4, 60, false, true, 8));
    business.start(campaign);

    // What kills a worker twice is given up, and the box cannot know that it was we: so nobody who
    // spoke when the workers died first speaks when they die again.
    Set<String> spoke = new HashSet<>();
    for (int time = 1; time <= 2; time++) {
      int deaths = time;
      Wait.until(
          CAMPAIGN,
          "somebody is being listened to, and nobody of those of the first time",
          () -> {
            JsonNode live = stage.box().get("/dashboard").path("liveCalls");
            return live.findValuesAsString("state").contains("LISTENING")
                && Collections.disjoint(live.findValuesAsString("id"), spoke);
          });
      spoke.addAll(stage.box().get("/dashboard").path("liveCalls").findValuesAsString("id"));
      stage.recognitionPids().forEach(pid -> signal("KILL", pid));
      Wait.until(
          Duration.ofSeconds(20),
          "another worker listens",
          () -> {
            JsonNode languages = stage.box().get("/system").path("recognition").path("languages");
            return languages
                .valueStream()
                .allMatch(language ->
                    language.path("state").asString().equals("READY")
                        && language.path("restarts").asInt() >= deaths);
          });
    }

    JsonNode end = business.awaitEnd(campaign, CAMPAIGN);
    assertThat(Aftermath.outcomes(end)).isEqualTo(Map.of("ANSWERED", 12L));
    assertThat(stage.box().get("/system").path("recognition").path("deafened").asInt()).isZero();
    for (JsonNode row : stage.box().get("/calls?campaignId=" + campaign).path("items")) {
      JsonNode call = stage.box().get("/calls/" + row.path("id").asString());
      assertThat(call.path("transcript").findValuesAsString("text"))
          .as("what was understood of %s", row.path("id"))
          .isNotEmpty();
      assertThat(call.path("lines").findValuesAsString("service")).contains("STT_TIME");
    }
    aftermath.assertEverybodyOnceAndEveryTengeAccountedFor(end, 12);
  }

  /// Asterisk reports that the trunk answers when it first does, which is at its start.
  @Tag("PLT-04")
  @Test
  void theTrunkAnswersWhileNobodyListens() throws Exception {
    stage.startCentral();
    stage.startCarrier();
    Thread starting = Thread.ofPlatform().start(stage::startBox);
    Path pidFile = directory.path().resolve("box/asterisk/run/asterisk.pid");
    Wait.until(Duration.ofSeconds(60), "Asterisk starts", () -> Files.exists(pidFile));
    long box = stage.pid("box");

    signal("STOP", box);
    Wait.until(
        Duration.ofSeconds(20),
        "Asterisk has heard the carrier",
        () -> console("pjsip show contacts").contains(" Avail "));
    signal("CONT", box);

    starting.join();
    Wait.until(
        Duration.ofSeconds(15),
        "the box knows that its trunk answers",
        () ->
            stage
                .box()
                .get("/dashboard")
                .path("telephony")
                .path("trunkReachable")
                .asBoolean(false));
  }

  /// At moments that the seed decides, a few times here; `-Dkills=200` by command (testing.md).
  @Tag("PLT-06")
  @Tag("SH-BAL-07")
  @Tag("AC-CMP-07")
  @Test
  void theBoxIsKilledAtRandomMoments() {
    long seed = Long.getLong("seed", 20_261_124L);
    int kills = Integer.getInteger("kills", 4);
    int people = 15 * kills;
    Random random = new Random(seed);
    stage.start(_ -> {});
    Campaigning business = new Campaigning(stage.box());
    String campaign =
        campaign(
            business, "kill, seed " + seed, Subscribers.many(Subscribers.SAYS_TODAY, people), 12);
    business.start(campaign);

    for (int round = 1; round <= kills; round++) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(400 + random.nextInt(2500)));
      stage.kill("box");
      stage.startBox();
      JsonNode verification = stage.box().get("/ledger/verification");
      assertThat(verification.path("sound").asBoolean())
          .as("after kill %d of seed %d: %s", round, seed, verification)
          .isTrue();
    }

    // Most of them are called only now, a dozen at a time.
    JsonNode end =
        new Campaigning(stage.box()).awaitEnd(campaign, CAMPAIGN.plusSeconds(2L * people));
    aftermath.assertEverybodyOnceAndEveryTengeAccountedFor(end, people);
  }

  @Tag("PLT-02")
  @Tag("PLT-07")
  @Test
  void centralIsGoneForTheWholeCampaign() {
    stage.start(_ -> {});
    stage.stop("central");
    Campaigning business = new Campaigning(stage.box());
    String campaign =
        campaign(business, "offline", Subscribers.many(Subscribers.HANGS_UP_LATER, 30), 15);
    business.start(campaign);
    JsonNode end = business.awaitEnd(campaign, CAMPAIGN);
    Api box = stage.box();
    Wait.until(
        Duration.ofSeconds(10),
        "all reports wait in the outbox",
        () -> box.get("/dashboard").path("uplink").path("outboxDepth").asLong() == 30);

    stage.startCentral();

    aftermath.assertEverybodyOnceAndEveryTengeAccountedFor(end, 30);
  }

  @Tag("AC-REC-05")
  @Tag("AC-REC-02")
  @Test
  void theDiskIsFullWhileRecording() throws Exception {
    Path spool = directory.path().resolve("box/recordings/spool");
    try (SmallDisk _ = SmallDisk.mountedOn(spool, 64, "777")) {
      stage.start(_ -> {});
      Campaigning business = new Campaigning(stage.box());
      String list = business.list("full disk", Subscribers.many(Subscribers.HANGS_UP_LATER, 3));
      String campaign =
          business.campaign(new Wish("full disk", list, LONG_TEXT, 3, 60, true, false, 1));
      business.start(campaign);

      JsonNode end = business.awaitEnd(campaign, CAMPAIGN);

      assertThat(Aftermath.outcomes(end)).isEqualTo(Map.of("ANSWERED", 3L));
      for (JsonNode row : stage.box().get("/calls?campaignId=" + campaign).path("items")) {
        JsonNode call = stage.box().get("/calls/" + row.path("id").asString());
        assertThat(call.path("recording").path("state").asString()).isEqualTo("FAILED");
        assertThat(call.path("recording").path("failure").asString()).isNotEmpty();
        assertThat(call.path("lines").findValuesAsString("service")).doesNotContain("REC_TIME");
      }
    }
  }

  private String campaign(Campaigning business, String name, List<String> numbers, int channels) {
    String list = business.list(name, numbers);
    return business.campaign(new Wish(name, list, TEXT, channels, 600, false, false, 3));
  }

  private static String asterisk(Api box) {
    return box.get("/system").path("telephony").path("asterisk").asString();
  }

  private static void awaitAnswered(Api box, int calls) {
    Wait.until(
        Duration.ofSeconds(30),
        calls + " calls are running",
        () -> box.get("/system").path("telephony").path("activeCalls").asInt() >= calls);
  }

  /// What the box's Asterisk says on its own console.
  private String console(String command) {
    Path bundle = StageDirectory.bundles().asterisk();
    try {
      Process process =
          new ProcessBuilder(
                  bundle.resolve("lib/ld-linux-x86-64.so.2").toString(),
                  "--inhibit-cache",
                  "--library-path",
                  bundle.resolve("lib").toString(),
                  bundle.resolve("bin/asterisk").toString(),
                  "-C",
                  stage.data().resolve("box/asterisk/etc/asterisk.conf").toString(),
                  "-rx",
                  command)
              .redirectErrorStream(true)
              .start();
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new IllegalStateException("Asterisk's console cannot be asked", failure);
    }
  }

  private static void signal(String name, long pid) {
    try {
      int status = new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor();
      assertThat(status).as("kill -%s %d", name, pid).isZero();
    } catch (IOException | InterruptedException failure) {
      throw new IllegalStateException("cannot signal " + pid, failure);
    }
  }
}
