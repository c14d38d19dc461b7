package kz.qonyrau.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import kz.qonyrau.campaigns.Attempt;
import kz.qonyrau.campaigns.GateState;
import kz.qonyrau.campaigns.IdleReason;
import kz.qonyrau.campaigns.Prompt;
import kz.qonyrau.campaigns.TrialCalls;
import kz.qonyrau.testsupport.Eventually;
import kz.qonyrau.testsupport.NoErrorsLogged;
import kz.qonyrau.vocabulary.CampaignId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// One's own number and trial calls to it, by way of the door.
@Tag("AC-CMP-08")
@Timeout(120)
@ExtendWith(NoErrorsLogged.class)
class TrialRoutesTest {

  private static final String OWN = "+77012345678";
  private static final List<String> DIGITS =
      List.of("ноль", "один", "два", "три", "четыре", "пять", "шесть", "семь", "восемь", "девять");

  private TestConsole at;

  @BeforeEach
  void open() {
    at = new TestConsole();
    at.credit("10000.00");
  }

  @AfterEach
  void close() {
    at.close();
  }

  private HttpResponse<String> set(Role role, String number) {
    ObjectNode form =
        TestConsole.JSON.createObjectNode().put("number", number).put("language", "ru");
    return at.send(role, "PUT", "/own-number", form.toString());
  }

  private HttpResponse<String> type(Role role, String code) {
    return at.send(role, "POST", "/own-number/proof", "{\"code\":\"%s\"}".formatted(code));
  }

  private JsonNode own(Role role) {
    return at.read(role, "/own-number");
  }

  /// What whoever answered the last call heard.
  private String heard() {
    Prompt prompt = at.desk.attempts.getLast().prompt();
    String text = ((Prompt.SpokenText) prompt).text();
    StringBuilder code = new StringBuilder();
    for (String word : text.split("[^\\p{L}]+", -1)) {
      int digit = DIGITS.indexOf(word);
      if (digit >= 0) {
        code.append(digit);
      }
    }
    assertThat(code).hasSize(12);
    assertThat(code.substring(0, 6)).isEqualTo(code.substring(6));
    return code.substring(6);
  }

  private static String other(String code) {
    return (code.charAt(0) == '0' ? "1" : "0") + code.substring(1);
  }

  private void settled() {
    Eventually.await(Duration.ofSeconds(10), "calls end", () -> at.book.live().isEmpty());
    Eventually.await(
        Duration.ofSeconds(10),
        "nothing is under way",
        () ->
            at.desk.attempts.stream()
                .allMatch(attempt -> at.trials.underWay(attempt.callee()).isEmpty()));
  }

  private void prove(Role role, String number) {
    HttpResponse<String> called = set(role, number);
    assertThat(called.statusCode()).as(called.body()).isEqualTo(202);
    settled();
    HttpResponse<String> proven = type(role, heard());
    assertThat(proven.statusCode()).as(proven.body()).isEqualTo(200);
  }

  private String draft() {
    HttpResponse<String> made =
        at.send(
            Role.OWNER,
            "POST",
            "/campaigns",
            BoxConsoleTest.order(UUID.randomUUID().toString(), "20:00"));
    return TestConsole.JSON.readTree(made.body()).path("id").asString();
  }

  private HttpResponse<String> call(Role role, String campaign) {
    return at.send(role, "POST", "/campaigns/" + campaign + "/trial-call", "");
  }

  private static String code(HttpResponse<String> refused) {
    return TestConsole.JSON.readTree(refused.body()).path("code").asString();
  }

  private static String field(HttpResponse<String> refused) {
    return TestConsole.JSON
        .readTree(refused.body())
        .path("errors")
        .path(0)
        .path("field")
        .asString();
  }

  private static String callId(HttpResponse<String> placed) {
    assertThat(placed.statusCode()).as(placed.body()).isEqualTo(202);
    return TestConsole.JSON.readTree(placed.body()).path("callId").asString();
  }

  @Test
  void aNumberIsProvenByWhatItHeard() {
    assertThat(own(Role.OWNER).toString()).isEqualTo("{\"codesLeft\":5,\"trialsLeft\":10}");

    HttpResponse<String> called = set(Role.OWNER, "8 (701) 234-56-78");
    assertThat(called.statusCode()).as(called.body()).isEqualTo(202);
    JsonNode waiting = TestConsole.JSON.readTree(called.body());
    assertThat(waiting.path("pending").path("number").asString()).isEqualTo(OWN);
    assertThat(Instant.parse(waiting.path("pending").path("until").asString()))
        .isEqualTo(at.clock.instant().plus(Duration.ofMinutes(10)));
    assertThat(waiting.path("codesLeft").asInt()).isEqualTo(4);
    assertThat(waiting.has("number")).isFalse();
    Attempt attempt = at.desk.attempts.getLast();
    assertThat(attempt.callee().e164()).isEqualTo(OWN);
    assertThat(attempt.campaign()).isEqualTo(TrialCalls.CODES);
    assertThat(attempt.prompt()).isInstanceOf(Prompt.SpokenText.class);
    assertThat(called.body()).doesNotContain(heard());
    String call = waiting.path("calling").asString();
    settled();
    assertThat(at.read(Role.OWNER, "/trial-calls/" + call).path("state").asString())
        .isEqualTo("ENDED");
    assertThat(own(Role.OWNER).has("calling")).isFalse();

    JsonNode proven = TestConsole.JSON.readTree(type(Role.OWNER, heard()).body());
    assertThat(proven.path("number").asString()).isEqualTo(OWN);
    assertThat(proven.has("pending")).isFalse();

    // A code proves once.
    HttpResponse<String> again = type(Role.OWNER, heard());
    assertThat(again.statusCode()).isEqualTo(409);
    assertThat(code(again)).isEqualTo("NO_CODE_PENDING");
  }

  @ParameterizedTest
  @CsvSource({
    "ru, Ваш код:, Повторяю:",
    "kk, кодыңыз:, Қайталаймын:",
    "en, Your code is:, Once more:"
  })
  void aCodeIsSaidTwiceInTheLanguageThatWasChosen(String language, String first, String second) {
    HttpResponse<String> called =
        at.send(
            Role.OWNER,
            "PUT",
            "/own-number",
            "{\"number\":\"%s\",\"language\":\"%s\"}".formatted(OWN, language));
    assertThat(called.statusCode()).as(called.body()).isEqualTo(202);

    Prompt.SpokenText said = (Prompt.SpokenText) at.desk.attempts.getLast().prompt();
    assertThat(said.language()).isEqualTo(Locale.of(language));
    assertThat(said.text()).contains(first, second).doesNotContainPattern("[0-9]");
    assertThat(said.text().split(",", -1)).hasSize(11);
  }

  @Test
  void aCodeIsKeptNowhereAndTheNumberInNoLogOfWhatPeopleDo() {
    prove(Role.OWNER, OWN);
    var _ = set(Role.OWNER, OWN);

    List<String> rows = at.rows("SELECT code_hash FROM console.own_number");
    assertThat(rows).singleElement().asString().startsWith("$argon2id$").doesNotContain(heard());
    String audit = at.read(Role.OWNER, "/audit").toString();
    assertThat(audit)
        .contains("OWN_NUMBER_CHANGED", "called", "proven")
        .doesNotContain(heard())
        .doesNotContain("7012345678");
  }

  @Test
  void refusesFormsThatAreNone() {
    for (String json :
        List.of(
            "{}",
            "[]",
            "{\"number\":\"+77012345678\"}",
            "{\"number\":\"+77012345678\",\"language\":\"de\"}",
            "{\"number\":\"+77012345678\",\"language\":\"RU\"}",
            "{\"number\":77012345678,\"language\":\"ru\"}",
            "{\"number\":null,\"language\":\"ru\"}",
            "{\"number\":[\"+77012345678\"],\"language\":\"ru\"}",
            "{\"number\":\"\",\"language\":\"ru\"}",
            "{\"number\":\"+77012345678\",\"language\":\"ru\",\"login\":\"operator\"}")) {
      assertThat(at.send(Role.OWNER, "PUT", "/own-number", json).statusCode())
          .as(json)
          .isEqualTo(400);
    }
    assertThat(at.desk.attempts).isEmpty();
    assertThat(own(Role.OWNER).path("codesLeft").asInt()).isEqualTo(5);
  }

  @Test
  @Tag("AC-CON-05")
  void callsOnlyWhatListsWouldTake() {
    Map<String, String> refusals =
        Map.of(
            "+1 202 555 0143", "FOREIGN",
            "+7 495 123 45 67", "FOREIGN",
            "8 800 080 00 00", "SERVICE_NUMBER",
            "7.7E+10", "SCIENTIFIC_NOTATION",
            "112", "NOT_A_NUMBER",
            "   ", "EMPTY_NUMBER",
            "+7701234567\u00008", "NOT_A_NUMBER",
            "+77012345678\r\nX: y", "NOT_A_NUMBER",
            "' OR 1=1 --", "NOT_A_NUMBER",
            "+77012345678,+77012345679", "NOT_A_NUMBER");
    refusals.forEach((number, why) -> {
      HttpResponse<String> refused = set(Role.OWNER, number);
      assertThat(refused.statusCode()).as(refused.body()).isEqualTo(422);
      assertThat(field(refused)).isEqualTo("number");
      assertThat(code(refused)).isEqualTo(why);
    });
    assertThat(at.desk.attempts).isEmpty();
    assertThat(own(Role.OWNER).toString()).isEqualTo("{\"codesLeft\":5,\"trialsLeft\":10}");
  }

  @Test
  void refusesCodesThatAreNoneWithoutCountingThem() {
    var _ = set(Role.OWNER, OWN);
    for (String json :
        List.of(
            "{}",
            "{\"code\":123456}",
            "{\"code\":\"12345\"}",
            "{\"code\":\"1234567\"}",
            "{\"code\":\"12 456\"}",
            "{\"code\":\"123456\\n\"}",
            "{\"code\":\"１２３４５６\"}",
            "{\"code\":null}",
            "{\"code\":\"123456\",\"login\":\"operator\"}")) {
      assertThat(at.send(Role.OWNER, "POST", "/own-number/proof", json).statusCode())
          .as(json)
          .isEqualTo(400);
    }
    assertThat(own(Role.OWNER).path("pending").path("triesLeft").asInt()).isEqualTo(5);
  }

  @Test
  void fiveWrongCodesMakeOneVoid() {
    assertThat(code(type(Role.OWNER, "000000"))).isEqualTo("NO_CODE_PENDING");
    var _ = set(Role.OWNER, OWN);
    String right = heard();
    for (int left = 4; left >= 0; left--) {
      HttpResponse<String> wrong = type(Role.OWNER, other(right));
      assertThat(wrong.statusCode()).isEqualTo(422);
      assertThat(field(wrong)).isEqualTo("code");
      assertThat(code(wrong)).isEqualTo("WRONG_CODE");
      assertThat(own(Role.OWNER).path("pending").path("triesLeft").asInt()).isEqualTo(left);
    }

    HttpResponse<String> late = type(Role.OWNER, right);
    assertThat(late.statusCode()).isEqualTo(409);
    assertThat(code(late)).isEqualTo("CODE_VOID");
    assertThat(own(Role.OWNER).has("number")).isFalse();
    settled();
    prove(Role.OWNER, OWN);
  }

  @Test
  void triesThatComeAtOnceAreNoMoreThanFive() throws Exception {
    var _ = set(Role.OWNER, OWN);
    String wrong = other(heard());
    List<Callable<String>> tries = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      tries.add(() -> code(type(Role.OWNER, wrong)));
    }
    List<String> answers = new ArrayList<>();
    try (ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var answer : people.invokeAll(tries)) {
        answers.add(answer.get());
      }
    }
    assertThat(answers).filteredOn("WRONG_CODE"::equals).hasSize(5);
    assertThat(answers).filteredOn("CODE_VOID"::equals).hasSize(7);
  }

  @Test
  void aCodeHoldsForTenMinutes() {
    var _ = set(Role.OWNER, OWN);
    at.clock.advance(Duration.ofMinutes(10));
    HttpResponse<String> late = type(Role.OWNER, heard());
    assertThat(late.statusCode()).isEqualTo(409);
    assertThat(code(late)).isEqualTo("CODE_EXPIRED");

    settled();
    assertThat(set(Role.OWNER, OWN).statusCode()).isEqualTo(202);
    at.clock.advance(Duration.ofMinutes(10).minusMillis(1));
    assertThat(type(Role.OWNER, heard()).statusCode()).isEqualTo(200);
  }

  @Test
  void aNewCodeReplacesTheOneBefore() {
    var _ = set(Role.OWNER, OWN);
    String first = heard();
    settled();
    var _ = set(Role.OWNER, OWN);
    if (!heard().equals(first)) {
      assertThat(code(type(Role.OWNER, first))).isEqualTo("WRONG_CODE");
    }
    assertThat(type(Role.OWNER, heard()).statusCode()).isEqualTo(200);
  }

  @Test
  void thereAreFiveCodesADayOfAstana() throws IOException {
    for (int i = 0; i < 5; i++) {
      assertThat(set(Role.OWNER, OWN).statusCode()).isEqualTo(202);
      settled();
    }
    // Neither another number nor forgetting makes more of them.
    assertThat(at.send(Role.OWNER, "DELETE", "/own-number", "").statusCode()).isEqualTo(204);
    HttpResponse<String> refused = set(Role.OWNER, "+77012345679");
    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(code(refused)).isEqualTo("TOO_MANY_CODES");
    // 04:00 UTC is 09:00 in Astana, 15 hours before midnight.
    assertThat(refused.headers().firstValue("Retry-After")).contains("54000");
    JsonNode own = own(Role.OWNER);
    assertThat(own.path("codesLeft").asInt()).isZero();
    assertThat(own.path("codesAgainAt").asString()).isEqualTo("2026-11-24T19:00:00Z");
    assertThat(own.has("pending")).isFalse();
    assertThat(at.desk.attempts).hasSize(5);

    at.clock.advance(Duration.ofHours(15).minusSeconds(1));
    at.signIn();
    assertThat(set(Role.OWNER, OWN).statusCode()).isEqualTo(429);
    at.clock.advance(Duration.ofSeconds(1));
    assertThat(set(Role.OWNER, OWN).statusCode()).isEqualTo(202);
    assertThat(own(Role.OWNER).path("codesLeft").asInt()).isEqualTo(4);
  }

  @Test
  void aProvenNumberStaysUntilAnotherOneIsProvenOrItIsForgotten() {
    prove(Role.OWNER, OWN);
    var _ = set(Role.OWNER, "+77012345679");
    assertThat(own(Role.OWNER).path("number").asString()).isEqualTo(OWN);
    assertThat(own(Role.OWNER).path("pending").path("number").asString()).isEqualTo("+77012345679");
    settled();
    assertThat(at.desk.attempts).hasSize(2);
    assertThat(callId(call(Role.OWNER, draft()))).isNotEmpty();
    assertThat(at.desk.attempts.getLast().callee().e164()).isEqualTo(OWN);
    settled();

    assertThat(at.send(Role.OWNER, "DELETE", "/own-number", "").statusCode()).isEqualTo(204);
    assertThat(own(Role.OWNER).toString()).isEqualTo("{\"codesLeft\":3,\"trialsLeft\":9}");
    assertThat(at.send(Role.OWNER, "DELETE", "/own-number", "").statusCode()).isEqualTo(204);
    assertThat(at.rows("SELECT COALESCE(number, pending_number, '') FROM console.own_number"))
        .containsExactly("");
  }

  @Test
  void nobodyProvesOrCallsTheNumberOfAnother() {
    prove(Role.OWNER, OWN);
    var _ = set(Role.OWNER, "+77012345679");
    settled();
    at.execute("UPDATE console.own_number SET login = 'operator'");

    assertThat(own(Role.OWNER).toString()).doesNotContain("7701");
    assertThat(code(type(Role.OWNER, heard()))).isEqualTo("NO_CODE_PENDING");
    HttpResponse<String> refused = call(Role.OWNER, draft());
    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(code(refused)).isEqualTo("OWN_NUMBER_MISSING");
  }

  /// It spends the business's money.
  @ParameterizedTest
  @EnumSource(names = {"OPERATOR", "TECHNICIAN"})
  void nobodyButTheOwnerTriesACampaignOut(Role role) {
    String campaign = draft();
    for (String method : List.of("GET", "PUT", "DELETE")) {
      assertThat(
              at.send(
                      role,
                      method,
                      "/own-number",
                      method.equals("PUT") ? "{\"number\":\"x\",\"language\":\"ru\"}" : "")
                  .statusCode())
          .isEqualTo(403);
    }
    assertThat(type(role, "123456").statusCode()).isEqualTo(403);
    assertThat(call(role, campaign).statusCode()).isEqualTo(403);
    assertThat(at.get(role, "/trial-calls/" + UUID.randomUUID()).statusCode()).isEqualTo(403);
  }

  @Test
  void aTrialCallIsFollowedFromTheOrderOnAndStandsInTheLog() {
    prove(Role.OWNER, OWN);
    String campaign = draft();
    Promise<Void> ringing = Promise.promise();
    at.line = ringing.future();

    String call = callId(call(Role.OWNER, campaign));
    Eventually.await(
        Duration.ofSeconds(10),
        "it is in the log",
        () ->
            at.read(Role.OWNER, "/trial-calls/" + call).path("state").asString().equals("CALLING"));
    assertThat(own(Role.OWNER).path("calling").asString()).isEqualTo(call);
    assertThat(own(Role.OWNER).path("trialsLeft").asInt()).isEqualTo(9);
    HttpResponse<String> second = call(Role.OWNER, campaign);
    assertThat(second.statusCode()).isEqualTo(409);
    assertThat(code(second)).isEqualTo("NUMBER_IN_CALL");
    assertThat(own(Role.OWNER).path("trialsLeft").asInt()).isEqualTo(9);

    ringing.complete();
    settled();
    assertThat(at.read(Role.OWNER, "/trial-calls/" + call).toString())
        .isEqualTo("{\"callId\":\"%s\",\"state\":\"ENDED\"}".formatted(call));
    JsonNode card = at.read(Role.OWNER, "/calls/" + call);
    assertThat(card.path("campaignId").asString()).isEqualTo(campaign);
    assertThat(card.path("number").asString()).isEqualTo(OWN);
    assertThat(card.path("outcome").asString()).isEqualTo("BUSY");
    JsonNode after = at.read(Role.OWNER, "/campaigns/" + campaign);
    assertThat(after.path("state").asString()).isEqualTo("DRAFT");
    assertThat(after.path("progress").path("recipients").asInt()).isZero();
    assertThat(at.read(Role.OWNER, "/audit").toString())
        .contains("CAMPAIGN_TRIED", "campaign/" + campaign)
        .doesNotContain("7012345678");
  }

  /// Between the check and the hold somebody else may have spent the money.
  @Test
  void aCallThatGotNoMoneyAfterAllSaysSo() {
    prove(Role.OWNER, OWN);
    at.nowHas("0.00");
    String call = callId(call(Role.OWNER, draft()));
    settled();

    assertThat(at.read(Role.OWNER, "/trial-calls/" + call).toString())
        .isEqualTo(
            "{\"callId\":\"%s\",\"state\":\"NOT_CALLED\",\"why\":\"NO_FUNDS\"}".formatted(call));
    assertThat(at.get(Role.OWNER, "/calls/" + call).statusCode()).isEqualTo(404);
    assertThat(at.get(Role.OWNER, "/trial-calls/" + UUID.randomUUID()).statusCode()).isEqualTo(404);
    assertThat(at.get(Role.OWNER, "/trial-calls/x").statusCode()).isIn(400, 404);
    assertThat(at.get(Role.TECHNICIAN, "/trial-calls/" + call).statusCode()).isEqualTo(403);
  }

  @Test
  void thereAreTenTrialCallsAnHour() throws IOException {
    prove(Role.OWNER, OWN);
    String campaign = draft();
    for (int i = 0; i < 10; i++) {
      assertThat(callId(call(Role.OWNER, campaign))).isNotEmpty();
      settled();
      at.clock.advance(Duration.ofMinutes(1));
    }
    HttpResponse<String> refused = call(Role.OWNER, campaign);
    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(code(refused)).isEqualTo("TOO_MANY_TRIALS");
    assertThat(refused.headers().firstValue("Retry-After")).contains("3000");
    assertThat(own(Role.OWNER).path("trialsAgainAt").asString()).isEqualTo("2026-11-24T05:00:00Z");

    at.clock.advance(Duration.ofMinutes(50));
    at.signIn();
    assertThat(callId(call(Role.OWNER, campaign))).isNotEmpty();
    settled();
    assertThat(call(Role.OWNER, campaign).statusCode()).isEqualTo(429);
  }

  @ParameterizedTest
  @EnumSource(
      value = IdleReason.class,
      names = {"LICENSE", "LEASE_EXPIRED", "TELEPHONY_DOWN", "CLOCK_UNTRUSTED", "RETIRING"})
  void whatTheBoxMayNotDoIsSaid(IdleReason reason) {
    prove(Role.OWNER, OWN);
    at.gate = new GateState.Stopped(reason);
    HttpResponse<String> refused = call(Role.OWNER, draft());
    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(code(refused)).isEqualTo(reason.name());
    assertThat(own(Role.OWNER).path("trialsLeft").asInt()).isEqualTo(10);

    HttpResponse<String> noCode = set(Role.OWNER, "+77012345679");
    assertThat(code(noCode)).isEqualTo(reason.name());
    assertThat(own(Role.OWNER).path("codesLeft").asInt()).isEqualTo(4);
    assertThat(own(Role.OWNER).has("pending")).isFalse();
    assertThat(at.desk.attempts).hasSize(1);
  }

  @Test
  void whatIsMissingIsSaidAndCostsNoCode() {
    at.funds = false;
    assertThat(code(set(Role.OWNER, OWN))).isEqualTo("NO_FUNDS");
    at.funds = true;
    at.desk.ready = Future.succeededFuture(false);
    assertThat(code(set(Role.OWNER, OWN))).isEqualTo("VOICE_MISSING");
    at.desk.ready = Future.failedFuture(new IllegalArgumentException("no such letters"));
    assertThat(code(set(Role.OWNER, OWN))).isEqualTo("TRIAL_UNSPEAKABLE");
    at.desk.ready = Future.succeededFuture(true);
    assertThat(own(Role.OWNER).toString()).isEqualTo("{\"codesLeft\":5,\"trialsLeft\":10}");

    // A code that is waited for is not lost by a refusal.
    var _ = set(Role.OWNER, OWN);
    settled();
    at.funds = false;
    assertThat(code(set(Role.OWNER, "+77012345679"))).isEqualTo("NO_FUNDS");
    assertThat(type(Role.OWNER, heard()).statusCode()).isEqualTo(200);
    assertThat(code(call(Role.OWNER, draft()))).isEqualTo("NO_FUNDS");
  }

  @Test
  @Tag("AC-SPM-08")
  void aBlockedNumberIsLeftAlone() {
    prove(Role.OWNER, OWN);
    assertThat(
            at.send(
                    Role.OPERATOR,
                    "POST",
                    "/blocks",
                    "{\"numbers\":[\"%s\"],\"reason\":\"asked us to\"}".formatted(OWN))
                .statusCode())
        .isEqualTo(200);

    HttpResponse<String> refused = call(Role.OWNER, draft());
    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(code(refused)).isEqualTo("NUMBER_LEFT_ALONE");
    HttpResponse<String> noCode = set(Role.OWNER, OWN);
    assertThat(noCode.statusCode()).isEqualTo(422);
    assertThat(field(noCode)).isEqualTo("number");
    assertThat(at.desk.attempts).hasSize(1);
  }

  @Test
  void aCampaignThatIsNotThereIsNotTried() {
    prove(Role.OWNER, OWN);
    assertThat(call(Role.OWNER, UUID.randomUUID().toString()).statusCode()).isEqualTo(404);
    assertThat(call(Role.OWNER, TrialCalls.CODES.value()).statusCode()).isEqualTo(404);
    assertThat(call(Role.OWNER, "x").statusCode()).isIn(400, 404);
  }

  @Test
  void webhooksAreToldOfNoneOfIt() {
    HttpResponse<String> made =
        at.send(
            Role.OWNER,
            "POST",
            "/webhooks",
            "{\"url\":\"http://127.0.0.1:9/\",\"events\":[\"call.finished\"]}");
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    prove(Role.OWNER, OWN);
    String campaign = draft();
    assertThat(callId(call(Role.OWNER, campaign))).isNotEmpty();
    settled();

    var _ = at.call(new CampaignId(campaign), "+77010000001");
    assertThat(at.rows("SELECT body FROM integration.delivery"))
        .singleElement()
        .asString()
        .contains("+77010000001");
  }

  @Test
  void callsWithACodeHaveAName() {
    prove(Role.OWNER, OWN);
    assertThat(at.read(Role.OWNER, "/calls").path("items").path(0).path("campaignName").asString())
        .isEqualTo("Verification codes");
    HttpResponse<String> file =
        at.get(
            Role.OWNER,
            "/reports/calls/file?from=2026-11-24&to=2026-11-24&by=CAMPAIGN&format=CSV&language=ru");
    assertThat(file.statusCode()).as(file.body()).isEqualTo(200);
    assertThat(file.body()).contains("Коды подтверждения");
  }
}
