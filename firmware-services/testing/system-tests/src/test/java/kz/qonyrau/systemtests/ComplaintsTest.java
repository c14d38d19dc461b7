package kz.qonyrau.systemtests;

import static java.nio.charset.StandardCharsets.UTF_8;
import static kz.qonyrau.systemtests.Chromium.button;
import static kz.qonyrau.systemtests.Chromium.having;
import static kz.qonyrau.systemtests.Chromium.main;
import static kz.qonyrau.systemtests.Chromium.open;
import static kz.qonyrau.systemtests.Chromium.patient;
import static kz.qonyrau.systemtests.Chromium.photograph;
import static kz.qonyrau.systemtests.Chromium.signedIn;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import kz.qonyrau.rehearsal.Api;
import kz.qonyrau.rehearsal.Campaigning;
import kz.qonyrau.rehearsal.Campaigning.Wish;
import kz.qonyrau.rehearsal.Stage;
import kz.qonyrau.rehearsal.StageSettings;
import kz.qonyrau.rehearsal.Subscribers;
import kz.qonyrau.rehearsal.Wait;
import kz.qonyrau.vocabulary.AstanaTime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Complaints from end to end, with box, central and carrier as processes: a subscriber who
/// complains is not called any more, wherever it was entered and whatever dies in between.
@Timeout(value = 6, unit = TimeUnit.MINUTES)
@Tag("EX-AC-17")
class ComplaintsTest {

  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration CAMPAIGN = Duration.ofMinutes(2);

  /// AC-SPM-02.
  private static final Duration IN_TIME = Duration.ofSeconds(60);

  private static final byte[] FORM = "%PDF-1.4 signed by its owner".getBytes(UTF_8);

  private final StageDirectory directory = StageDirectory.create();
  private final Stage stage =
      Stage.on(
          StageDirectory.root(), StageDirectory.bundles(), directory.path(), StageSettings.USUAL);
  private final List<String> numbers = Subscribers.many(Subscribers.SILENT, 5);

  @AfterEach
  void close() {
    stage.close();
    directory.close();
  }

  private static String wasReachedAt() {
    return Clock.systemUTC()
        .instant()
        .minus(Duration.ofMinutes(5))
        .truncatedTo(ChronoUnit.SECONDS)
        .toString();
  }

  private static ObjectNode complaint(String number) {
    return JSON.createObjectNode()
        .put("number", number)
        .put("channel", "CALL")
        .put("contactAt", wasReachedAt())
        .put("text", "Не звоните мне больше");
  }

  private static JsonNode step(Api officer, String id, String step) {
    return officer.post(
        "/complaints/" + id + "/steps",
        JSON.createObjectNode().put("step", step).put("note", "прослушано"));
  }

  private static String standing(Api box, String id) {
    return box.get("/complaints?show=all&size=200")
        .path("items")
        .valueStream()
        .filter(item -> item.path("id").asString().equals(id))
        .map(item -> item.path("standing").asString())
        .findFirst()
        .orElse("");
  }

  private static void awaitStanding(Api box, String id, String standing) {
    Wait.until(
        IN_TIME, "the box knows that it is " + standing, () -> standing(box, id).equals(standing));
  }

  /// Runs a campaign over numbers, of which none was called before: who was has to be left alone
  /// for a while.
  ///
  /// @return those that were dialled
  private static List<String> called(Api owner, String name, List<String> numbers) {
    Campaigning business = new Campaigning(owner);
    String campaign = business.campaign(Wish.greeting(name, business.list(name, numbers)));
    business.start(campaign);
    var _ = business.awaitEnd(campaign, CAMPAIGN);
    JsonNode excluded = owner.get("/campaigns/" + campaign + "/recipients?state=EXCLUDED");
    assertThat(excluded.path("items").valueStream())
        .allSatisfy(one -> assertThat(one.path("calls").valueStream()).isEmpty());
    List<String> excludedNumbers =
        excluded.path("items").valueStream().map(one -> one.path("number").asString()).toList();
    return numbers.stream().filter(number -> !excludedNumbers.contains(number)).toList();
  }

  /// Page by page, as the officer and the owner live it.
  @Test
  @Tag("AC-SPM-01")
  @Tag("AC-SPM-03")
  @Tag("AC-SPM-04")
  void theOfficerAsksTheOwnerAnswersAndTheOfficerDecides() {
    stage.start(_ -> {});
    try (Chromium chromium = new Chromium();
        BrowserContext officerWindow = chromium.context(1280, 900);
        BrowserContext ownerWindow = chromium.context(1280, 900)) {
      Page officer =
          signedIn(
              officerWindow,
              stage.centralPort(),
              "complaints",
              stage.firstPassword("central", "complaints"));
      Page owner =
          signedIn(ownerWindow, stage.boxPort(), "owner", stage.firstPassword("box", "owner"));
      open(officer, "/complaints");
      PlaywrightAssertions.assertThat(main(officer)).containsText("Открытых жалоб нет");
      open(owner, "/complaints");
      PlaywrightAssertions.assertThat(main(owner)).containsText("Жалоб на рассмотрении нет");

      enter(officer);
      photograph(officer, "complaint-central");
      go(officer, "Взять на рассмотрение");
      go(officer, "Запросить доказательства");

      Locator row = main(owner).getByRole(AriaRole.ROW).filter(having("Ждут ответа"));
      PlaywrightAssertions.assertThat(row).containsText("+7 701 000 00 30", patient());
      photograph(owner, "complaints-box");
      row.getByRole(AriaRole.LINK).first().click();
      main(owner).getByLabel("Что вы хотите сказать").fill("Согласие с сайта\nот 3 марта");
      owner
          .locator("input[type=file]")
          .setInputFiles(new FilePayload("согласие.pdf", "application/pdf", FORM));
      photograph(owner, "complaint-box");
      button(owner, "Отправить ответ").click();
      PlaywrightAssertions.assertThat(main(owner)).containsText("Ответ отправлен", patient());

      PlaywrightAssertions.assertThat(main(officer)).containsText("согласие.pdf", patient());
      photograph(officer, "complaint-central-answered");
      go(officer, "Отклонить");
      PlaywrightAssertions.assertThat(main(owner))
          .containsText("Провайдер отклонил жалобу", patient());
      photograph(owner, "complaint-box-rejected");
      chromium.assertThatNothingWasWrong();
    }
  }

  private void enter(Page officer) {
    main(officer).getByText("Внести жалобу").first().click();
    officer.getByLabel("Номер абонента").fill("8 701 000 00 30");
    officer
        .getByLabel("Когда побеспокоили")
        .fill(AstanaTime.at(Clock.systemUTC().instant()).minusHours(1).toString().substring(0, 16));
    officer.getByLabel("Суть жалобы").fill("Звонят каждый день");
    officer.getByLabel("Название клиента").fill(customerName().substring(0, 4));
    button(officer, customerName()).click();
    photograph(officer, "complaint-entry");
    button(officer, "Внести жалобу").click();
    PlaywrightAssertions.assertThat(main(officer)).containsText("Звонят каждый день");
  }

  private String customerName() {
    return stage.central("complaints").get("/customers").path(0).path("name").asString();
  }

  /// Goes a step further.
  private static void go(Page officer, String step) {
    button(officer, step).first().click();
    Locator dialog = officer.getByRole(AriaRole.DIALOG);
    dialog.getByLabel("Пояснение").fill("прослушано");
    button(dialog, step).click();
    PlaywrightAssertions.assertThat(dialog).not().isVisible();
  }

  @Test
  @Tag("AC-SPM-01")
  @Tag("AC-SPM-02")
  @Tag("AC-SPM-04")
  @Tag("AC-SPM-05")
  @Tag("AC-SPM-08")
  void whoComplainsIsLeftAloneUntilAPersonHasDecided() {
    stage.start(_ -> {});
    Api owner = stage.box();
    Api officer = stage.central("complaints");
    String first = numbers.get(0);
    String second = numbers.get(1);

    // At central, of a number that stands in a list.
    String customer = officer.get("/customers").path(0).path("id").asString();
    Instant entered = Clock.systemUTC().instant();
    String atCentral =
        officer
            .post(
                "/complaints",
                complaint(first).put("source", "SUBSCRIBER").put("organisationId", customer))
            .path("complaint")
            .path("id")
            .asString();
    awaitStanding(owner, atCentral, "PROVISIONAL");
    assertThat(Duration.between(entered, Clock.systemUTC().instant())).isLessThan(IN_TIME);
    assertThat(called(owner, "first", List.of(first, numbers.get(2))))
        .containsExactly(numbers.get(2));

    // At the box, while central is away.
    stage.kill("central");
    String atBox = owner.post("/complaints", complaint(second)).path("id").asString();
    assertThat(called(owner, "second", List.of(first, second, numbers.get(3))))
        .containsExactly(numbers.get(3));
    stage.kill("box");
    stage.startCentral();
    stage.startBox();
    Api officerAgain = stage.central("complaints");
    Api ownerAgain = stage.box();
    Wait.until(
        IN_TIME,
        "central knows what was entered at the box",
        () ->
            officerAgain
                .get("/complaints?show=open")
                .path("items")
                .valueStream()
                .anyMatch(item -> item.path("id").asString().equals(atBox)));

    // The customer proves the first one.
    var _ = step(officerAgain, atCentral, "REVIEW");
    var _ = step(officerAgain, atCentral, "REQUEST_EVIDENCE");
    Wait.until(
        IN_TIME,
        "the box knows that proof is asked for",
        () -> ownerAgain.get("/complaints/" + atCentral).has("evidenceDue"));
    ObjectNode answer = JSON.createObjectNode().put("note", "Согласие с сайта");
    answer
        .putObject("file")
        .put("name", "согласие.pdf")
        .put("type", "application/pdf")
        .put("base64", Base64.getEncoder().encodeToString(FORM));
    String answerId =
        ownerAgain.post("/complaints/" + atCentral + "/answers", answer).path("id").asString();
    Wait.until(
        IN_TIME,
        "the answer has come",
        () ->
            officerAgain
                .get("/complaints/" + atCentral)
                .path("complaint")
                .path("state")
                .asString()
                .equals("EVIDENCE_RECEIVED"));
    JsonNode given = officerAgain.get("/complaints/" + atCentral).path("answers").path(0);
    assertThat(given.path("file").asString()).isEqualTo("согласие.pdf");
    assertThat(given.path("records").path(0).path("statedBy").asString()).isEqualTo("owner");
    assertThat(officerAgain.getFile("/complaints/" + atCentral + "/answers/" + answerId + "/file"))
        .isEqualTo(FORM);
    var _ = step(officerAgain, atCentral, "REJECT");
    awaitStanding(ownerAgain, atCentral, "REJECTED");

    // The second one was spam, and stays blocked in a list that is imported anew.
    var _ = step(officerAgain, atBox, "REVIEW");
    var _ = step(officerAgain, atBox, "CONFIRM");
    awaitStanding(ownerAgain, atBox, "CONFIRMED");
    assertThat(called(ownerAgain, "third", List.of(first, second, numbers.get(4))))
        .containsExactly(first, numbers.get(4));
    assertThat(officerAgain.get("/violations")).isEmpty();
  }
}
