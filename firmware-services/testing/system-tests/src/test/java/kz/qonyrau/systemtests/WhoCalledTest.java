package kz.qonyrau.systemtests;

import static kz.qonyrau.systemtests.Chromium.having;
import static kz.qonyrau.systemtests.Chromium.main;
import static kz.qonyrau.systemtests.Chromium.open;
import static kz.qonyrau.systemtests.Chromium.patient;
import static kz.qonyrau.systemtests.Chromium.photograph;
import static kz.qonyrau.systemtests.Chromium.signedIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import kz.qonyrau.carrier.Carrier;
import kz.qonyrau.carrier.SubscriberCall;
import kz.qonyrau.rehearsal.Api;
import kz.qonyrau.rehearsal.Campaigning;
import kz.qonyrau.rehearsal.Campaigning.Wish;
import kz.qonyrau.rehearsal.Stage;
import kz.qonyrau.rehearsal.StageSettings;
import kz.qonyrau.rehearsal.Subscribers;
import kz.qonyrau.rehearsal.Wait;
import kz.qonyrau.testsupport.PrivacyScan;
import kz.qonyrau.vocabulary.AstanaTime;
import kz.qonyrau.vocabulary.Msisdn;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Subscribers who ask who called them, with box, central and carrier as processes: the page, the
/// call that proves the number, what the box answers, and where no number is found afterwards.
@Timeout(value = 8, unit = TimeUnit.MINUTES)
@Tag("EX-AC-18")
class WhoCalledTest {

  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration CAMPAIGN = Duration.ofMinutes(2);

  /// AC-SPM-02.
  private static final Duration IN_TIME = Duration.ofSeconds(60);

  private static final String STRANGER = "+77019999999";

  private final StageDirectory directory = StageDirectory.create();
  private final Stage stage =
      Stage.on(
          StageDirectory.root(), StageDirectory.bundles(), directory.path(), StageSettings.USUAL);
  private final List<String> numbers = Subscribers.many(Subscribers.SILENT, 3);
  private String shown = "";

  /// The box shows a number of the pool, and has called two of three.
  @BeforeEach
  void start() {
    stage.start(_ -> {});
    Api technician = new Api(stage.boxPort());
    technician.signIn("technician", stage.firstPassword("box", "technician"));
    shown = technician.get("/trunks").path("trunks").path(0).path("callerNumber").asString();
    Api fleet = stage.central("fleet");
    ObjectNode pool = JSON.createObjectNode();
    pool.putArray("numbers").add(shown);
    var _ = fleet.post("/numbers", pool);
    var _ =
        fleet.put(
            "/numbers/" + shown.substring(1) + "/assignment",
            JSON.createObjectNode()
                .put("boxId", fleet.get("/boxes").path(0).path("id").asString())
                .put("note", "contract 17"));
    Wait.until(
        IN_TIME,
        "the box may show the number",
        () ->
            technician.get("/trunks").path("pool").size() == 1
                && technician
                    .get("/trunks")
                    .path("trunks")
                    .path(0)
                    .path("condition")
                    .asString("")
                    .equals("UP"));
    var _ = campaign("first", numbers.subList(0, 2));
  }

  @AfterEach
  void close() {
    stage.close();
    directory.close();
  }

  private String campaign(String name, List<String> people) {
    Campaigning business = new Campaigning(stage.box());
    String campaign = business.campaign(Wish.greeting(name, business.list(name, people)));
    business.start(campaign);
    var _ = business.awaitEnd(campaign, CAMPAIGN);
    return campaign;
  }

  // ---- what a subscriber does

  private Page page(BrowserContext telephone) {
    Page page = telephone.newPage();
    page.navigate("http://127.0.0.1:" + stage.centralPort() + "/ask/");
    return page;
  }

  private static String minutesAgo(int minutes) {
    return LocalDateTime.ofInstant(
            Clock.systemUTC().instant().minus(Duration.ofMinutes(minutes)), AstanaTime.ZONE)
        .format(DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm"));
  }

  private void fillIn(Page page, String number, String seen) {
    page.locator("[name=number]").fill(number);
    page.locator("[name=shown]").fill(seen);
    page.locator("[name=at]").fill(minutesAgo(1));
  }

  /// Asks who called him.
  ///
  /// @return the code that the page shows
  private String asks(Page page, String number) {
    fillIn(page, number, shown);
    page.getByLabel("Мне не сказали, как с ними связаться").check();
    page.locator(".send").click();
    return code(page);
  }

  private static String code(Page page) {
    page.locator("output.code").waitFor();
    return page.locator("output.code").textContent().replaceAll("[^0-9]", "");
  }

  /// As it is read by people of each language, one of them in the dark.
  private static void photographs(Page page, String name) {
    photograph(page, name + "-ru");
    page.locator(".languages [lang=en]").click();
    photograph(page, name + "-en");
    page.locator(".languages [lang=kk]").click();
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
    photograph(page, name + "-kk-dark");
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
    page.locator(".languages [lang=ru]").click();
  }

  private void calls(String number, String code) throws IOException, InterruptedException {
    var _ =
        Carrier.call(
            StageDirectory.bundles().asterisk(),
            stage.carrierDirectory(),
            new SubscriberCall(
                Optional.of(number.substring(1)),
                shown.substring(1),
                stage.boxSipPort(),
                Optional.of("*" + code)));
  }

  private static void assertThatHeLearnsWhoCalled(Page page) {
    PlaywrightAssertions.assertThat(main(page)).containsText("Вам звонили", patient());
    PlaywrightAssertions.assertThat(main(page)).containsText("Rehearsal");
    PlaywrightAssertions.assertThat(main(page)).containsText("+7 700 000 00 01");
    Instant at = Instant.parse(page.locator("main time").first().getAttribute("datetime"));
    assertThat(at).isCloseTo(Clock.systemUTC().instant(), within(3, ChronoUnit.MINUTES));
  }

  // ---- what is to be true

  @Test
  @Tag("AC-WHO-01")
  @Tag("AC-WHO-02")
  @Tag("AC-WHO-03")
  @Tag("AC-WHO-05")
  @Tag("AC-SPM-01")
  @Tag("AC-SPM-02")
  @Tag("PLT-24")
  @Tag("EX-PLT-4")
  void whoWasCalledLearnsByWhomAndNobodyElseDoesAndAComplaintBlocks()
      throws IOException, InterruptedException {
    String called = numbers.get(0);
    String complaining = numbers.get(1);
    try (Chromium chromium = new Chromium();
        BrowserContext first = chromium.context(390, 844);
        BrowserContext second = chromium.context(390, 844);
        BrowserContext third = chromium.context(390, 844);
        BrowserContext desk = chromium.context(1280, 900);
        BrowserContext ownersDesk = chromium.context(1280, 900)) {
      Page page = page(first);
      fillIn(page, called, shown);
      photographs(page, "who-called-form");
      String code = asks(page, called);
      photographs(page, "who-called-code");
      calls(called, code);
      assertThatHeLearnsWhoCalled(page);
      photographs(page, "who-called-answer");

      Page strangers = page(second);
      calls(STRANGER, asks(strangers, STRANGER));
      PlaywrightAssertions.assertThat(main(strangers))
          .containsText("Контактов не найдено", patient());
      PlaywrightAssertions.assertThat(main(strangers)).not().containsText("Rehearsal");
      photographs(strangers, "who-called-nobody");

      Page complains = page(third);
      complains.getByLabel("Пожаловаться на звонок").check();
      fillIn(complains, complaining, shown);
      complains.locator("[name=text]").fill("Звонили ночью");
      complains.locator(".send").click();
      calls(complaining, code(complains));
      PlaywrightAssertions.assertThat(main(complains)).containsText("Жалоба принята", patient());
      photographs(complains, "who-called-complained");
      Wait.until(
          IN_TIME,
          "the box leaves the number alone",
          () ->
              stage
                  .box()
                  .get("/complaints?show=all&size=200")
                  .path("items")
                  .valueStream()
                  .anyMatch(one ->
                      one.path("number").asString().equals(complaining)
                          && one.path("standing").asString().equals("PROVISIONAL")));

      Page owner =
          signedIn(ownersDesk, stage.boxPort(), "owner", stage.firstPassword("box", "owner"));
      open(owner, "/calls/back");
      PlaywrightAssertions.assertThat(main(owner)).containsText("Кто спросил у провайдера");
      photograph(owner, "who-called-owner");
      Page officer =
          signedIn(
              desk,
              stage.centralPort(),
              "complaints",
              stage.firstPassword("central", "complaints"));
      open(officer, "/inquiries");
      PlaywrightAssertions.assertThat(main(officer).getByRole(AriaRole.ROW)).hasCount(4);
      PlaywrightAssertions.assertThat(
              main(officer).getByRole(AriaRole.ROW).filter(having(called.substring(2))))
          .hasCount(0);
      photograph(officer, "who-called-staff");
      chromium.assertThatNothingWasWrong();
    }
    assertThatNowhereStands(List.of(called, STRANGER), stage.data().resolve("central"));
    assertThatNowhereStands(List.of(called, STRANGER, complaining), stage.data().resolve("logs"));
    Path broker = stage.data().resolve("central/broker");
    assertThatNowhereStands(List.of(called, STRANGER, complaining), broker);
    StringBuilder traffic = new StringBuilder();
    for (Path file : files(broker)) {
      traffic.append(text(file));
    }
    // What was looked through is what went over the line.
    assertThat(traffic).contains("/case", "/query");

    String again = campaign("second", List.of(complaining, numbers.get(2)));
    assertThat(
            stage
                .box()
                .get("/campaigns/" + again + "/recipients?state=EXCLUDED")
                .path("items")
                .valueStream()
                .map(one -> one.path("number").asString()))
        .contains(complaining)
        .doesNotContain(numbers.get(2));
  }

  /// In any notation, in none of the files.
  private static void assertThatNowhereStands(List<String> people, Path directory)
      throws IOException {
    PrivacyScan scan = new PrivacyScan();
    people.forEach(number -> scan.watchFor(new Msisdn(number)));
    for (Path file : files(directory)) {
      assertThat(scan.findIn(text(file))).as(file.toString()).isEmpty();
    }
  }

  private static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      // The carrier writes down who called whom, as carriers do.
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !file.getFileName().toString().startsWith("carrier"))
          .toList();
    }
  }

  private static String text(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
  }

  @Test
  @Tag("AC-WHO-01")
  void aNumberThatIsNotOursAndACodeFromAnotherNumberLeadNowhere()
      throws IOException, InterruptedException {
    String called = numbers.get(0);
    try (Chromium chromium = new Chromium();
        BrowserContext telephone = chromium.context(390, 844)) {
      Page page = page(telephone);
      fillIn(page, called, "+77273000000");
      page.getByLabel("Мне не сказали, как с ними связаться").check();
      page.locator(".send").click();
      PlaywrightAssertions.assertThat(page.getByRole(AriaRole.ALERT))
          .containsText("Это не наш номер");

      photograph(page, "who-called-not-ours");
      page.locator("[name=shown]").fill(shown);
      page.locator(".send").click();
      String code = code(page);
      // The neighbour types it, and it is nothing to him.
      calls(numbers.get(1), code);
      assertThat(awaitOver(numbers.get(1)).path("told").asString()).isEqualTo("CALLED");
      awaitEverythingTold();
      page.reload();
      PlaywrightAssertions.assertThat(main(page)).containsText("Ждём ваш звонок");

      calls(called, code);
      assertThatHeLearnsWhoCalled(page);
    }
  }

  /// Central has whatever the box had to tell.
  private void awaitEverythingTold() {
    Api owner = stage.box();
    Wait.until(
        IN_TIME,
        "the box is online and its outbox empty",
        () -> {
          JsonNode uplink = owner.get("/dashboard").path("uplink");
          return uplink.path("state").asString().equals("ONLINE")
              && uplink.path("outboxDepth").asLong(-1) == 0;
        });
  }

  private JsonNode awaitOver(String number) {
    Api owner = stage.box();
    Wait.until(
        IN_TIME,
        "the call of " + number.substring(9) + " is over",
        () -> last(owner, number).filter(one -> one.has("told")).isPresent());
    return last(owner, number).orElseThrow();
  }

  private static Optional<JsonNode> last(Api owner, String number) {
    return owner
        .get("/call-backs")
        .path("items")
        .valueStream()
        .filter(one -> one.path("number").asString("").equals(number))
        .findFirst();
  }

  /// One types his code while central is dead, and the box dies before it could tell; for another
  /// one staff enter it while the box is away. In the end the box dies once more.
  @Test
  @Tag("AC-WHO-01")
  @Tag("AC-WHO-03")
  void whoeverDiesOnTheWayNothingIsLostAndEachIsAnsweredOnce()
      throws IOException, InterruptedException {
    String called = numbers.get(0);
    try (Chromium chromium = new Chromium();
        BrowserContext telephone = chromium.context(390, 844)) {
      Page page = page(telephone);
      String code = asks(page, called);
      stage.kill("central");
      PlaywrightAssertions.assertThat(main(page)).containsText("Нет связи", patient());
      calls(called, code);
      assertThat(awaitOver(called).path("told").asString()).isEqualTo("CALLED");

      stage.kill("box");
      stage.startCentral();
      String entered = enteredByStaff(numbers.get(1));
      stage.kill("central");
      stage.startCentral();
      stage.startBox();

      assertThatHeLearnsWhoCalled(page);
      Api officer = stage.central("complaints");
      Wait.until(
          IN_TIME,
          "the box has answered",
          () -> officer.get("/inquiries/" + entered).path("senders").size() == 1);

      stage.kill("box");
      stage.startBox();
      awaitEverythingTold();
      page.reload();
      assertThatHeLearnsWhoCalled(page);
      assertThat(stage.box().get("/call-backs/inquiries").path("total").asInt()).isEqualTo(2);
      assertThat(officer.get("/inquiries").path("items").valueStream())
          .hasSize(2)
          .allSatisfy(one -> {
            assertThat(one.path("state").asString()).isEqualTo("ANSWERED");
            assertThat(one.path("asked").asInt()).isEqualTo(1);
            assertThat(one.path("answered").asInt()).isEqualTo(1);
          });
    }
  }

  private String enteredByStaff(String number) {
    JsonNode inquiry =
        stage
            .central("complaints")
            .post(
                "/inquiries",
                JSON.createObjectNode()
                    .put("number", number)
                    .put("shownNumber", shown)
                    .put(
                        "contactAt",
                        Clock.systemUTC()
                            .instant()
                            .minus(Duration.ofMinutes(1))
                            .truncatedTo(ChronoUnit.SECONDS)
                            .toString())
                    .put("reason", "NOT_REACHABLE"))
            .path("inquiry");
    assertThat(inquiry.path("state").asString()).isEqualTo("ASKING");
    return inquiry.path("id").asString();
  }
}
