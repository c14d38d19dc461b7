package kz.qonyrau.office;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import kz.qonyrau.testsupport.NoErrorsLogged;
import kz.qonyrau.web.AccessTable;
import kz.qonyrau.web.Door;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 120, unit = TimeUnit.SECONDS)
@ExtendWith(NoErrorsLogged.class)
class OfficeTest {

  private static final List<String> ROLES = List.of("FLEET", "BILLING", "COMPLAINTS", "AUDITOR");

  @TempDir private static Path directory;
  private static StagedOffice office;

  @BeforeAll
  static void open() throws Exception {
    office = new StagedOffice(directory);
  }

  @AfterAll
  static void close() throws Exception {
    office.close();
  }

  /// Every operation of the contract by every role: refused where the table says so, and anything
  /// but refused where it does not.
  @TestFactory
  @Tag("PLT-18")
  Stream<DynamicTest> letsEachRoleDoWhatTheTableSaysAndNothingElse() {
    AccessTable table = Office.access();
    return Door.operations(office.vertx(), "openapi/central.yaml").stream()
        .filter(operation -> !List.of("signIn", "signOut", "live").contains(operation.id()))
        .flatMap(operation ->
            ROLES.stream()
                .map(role ->
                    DynamicTest.dynamicTest(
                        operation.id() + " by " + role,
                        () -> {
                          String path =
                              operation
                                  .path()
                                  .replaceAll("\\{[a-zA-Z]+}", UUID.randomUUID().toString());
                          int status = ask(role, operation.method(), path, "").statusCode();
                          if (table.allows(operation.id(), role)) {
                            assertThat(status).isNotIn(401, 403).isLessThan(500);
                          } else {
                            assertThat(status).isEqualTo(403);
                          }
                        })));
  }

  @Test
  void makesTicketsWithoutMoneyAndShowsThemOnce() {
    String order = "{\"organisation\":\"ACME\",\"site\":\"Almaty\"%s}";

    StagedOffice.Reply made = ask("FLEET", "POST", "/claims", order.formatted(""));
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    assertThat(made.body()).contains("\"ticket\":\"QN1-", "\"state\":\"OPEN\"");
    assertThat(ask("AUDITOR", "GET", "/claims", "").body()).contains("ACME").doesNotContain("QN1-");
    assertThat(ask("FLEET", "POST", "/claims", order.formatted(",\"creditTiyn\":1")).statusCode())
        .isEqualTo(400);
  }

  @Test
  @Tag("PLT-18")
  void whatIsDoneStandsInTheAuditLogOfWhoMaySeeIt() {
    String box = "/boxes/" + UUID.randomUUID();
    assertThat(topUp("/accounts/" + UUID.randomUUID(), "invoice 7", 4200).statusCode())
        .isEqualTo(404);
    assertThat(ask("FLEET", "POST", box + "/revocation", "{\"reason\":\"stolen\"}").statusCode())
        .isEqualTo(404);

    assertThat(ask("BILLING", "GET", "/audit?area=MONEY", "").body())
        .contains("CREDIT_GRANTED", "amountTiyn=4200", "invoice 7", "\"ending\":\"NOT_FOUND\"")
        .doesNotContain("CERTIFICATE_REVOKED");
    assertThat(ask("FLEET", "GET", "/audit?size=200", "").body())
        .contains("CERTIFICATE_REVOKED", "stolen")
        .doesNotContain("CREDIT_GRANTED");
    assertThat(ask("AUDITOR", "GET", "/audit?size=200", "").body())
        .contains("CERTIFICATE_REVOKED", "CREDIT_GRANTED", "SIGNED_IN");
    assertThat(ask("AUDITOR", "GET", "/audit/verification", "").body()).contains("\"sound\":true");
    assertThat(ask("AUDITOR", "GET", "/audit.csv?area=MONEY", "").body()).contains("invoice 7");
  }

  @ParameterizedTest
  @ValueSource(strings = {"    ", "\\u0000\\u0007\\u001b", "one\\nline", "a\\tb c"})
  void aReasonIsOneLineThatCanBeRead(String reason) {
    StagedOffice.Reply reply =
        ask(
            "FLEET",
            "POST",
            "/boxes/" + UUID.randomUUID() + "/revocation",
            "{\"reason\":\"" + reason + "\"}");

    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(400);
    assertThat(reply.body()).contains("reason");
  }

  @Test
  void knowsNoBoxThatIsNotThere() {
    String box = "/boxes/" + UUID.randomUUID();
    assertThat(ask("AUDITOR", "GET", box, "").statusCode()).isEqualTo(404);
    assertThat(ask("AUDITOR", "GET", box + "/usage", "").statusCode()).isEqualTo(404);
    assertThat(ask("AUDITOR", "GET", box + "/timeline", "").statusCode()).isEqualTo(404);
    assertThat(ask("AUDITOR", "GET", box + "/statements", "").statusCode()).isEqualTo(404);
    assertThat(
            ask("FLEET", "POST", box + "/commands", "{\"order\":\"RESTART\",\"reason\":\"hangs\"}")
                .statusCode())
        .isEqualTo(404);
    assertThat(ask("FLEET", "POST", box + "/revocation", "{\"reason\":\"stolen\"}").statusCode())
        .isEqualTo(404);
  }

  private static StagedOffice.Reply topUp(String account, String reference, long tiyn) {
    return ask(
        "BILLING",
        "POST",
        account + "/top-ups",
        "{\"wallet\":\"AUTOCALL\",\"amountTiyn\":%d,\"key\":\"%s\",\"reference\":\"%s\"}"
            .formatted(tiyn, UUID.randomUUID(), reference));
  }

  @Test
  @Tag("SH-BAL-17")
  @Tag("SH-TAR-02")
  @Tag("SH-TAR-06")
  void twoPeoplePublishAListAndThePaymentAfterItPinsTheCustomer() {
    var _ = ask("FLEET", "POST", "/claims", "{\"organisation\":\"Qala\",\"site\":\"Oral\"}");
    String account = "/accounts/" + office.accountOf("Qala");
    assertThat(topUp(account, "invoice 1", 600_000).body())
        .contains("\"freeTiyn\":600000", "\"pinned\":{\"version\":\"v1\"");
    StagedOffice.Reply proposed =
        ask(
            "BILLING",
            "POST",
            "/proposals",
            "{\"kind\":\"PUBLICATION\",\"reason\":\"autumn\",\"list\":\"%s\"}"
                .formatted(
                    StagedOffice.list("v2", "15.00").replace("\"", "\\\"").replace("\n", " ")));
    assertThat(proposed.statusCode()).as(proposed.body()).isEqualTo(201);
    String decision =
        "/proposals/"
            + proposed.body().replaceFirst(".*\"id\":\"([0-9a-f-]{36})\".*", "$1")
            + "/decision";

    StagedOffice.Reply alone = ask("BILLING", "POST", decision, "{\"decision\":\"APPROVED\"}");
    assertThat(alone.statusCode()).isEqualTo(403);
    assertThat(alone.body()).contains("WRONG_PERSON");
    assertThat(ask("APPROVER", "POST", decision, "{\"decision\":\"APPROVED\"}").body())
        .contains("\"state\":\"APPROVED\"", "\"decidedBy\":\"approver\"");

    assertThat(ask("AUDITOR", "GET", account, "").body())
        .contains("\"pinned\":{\"version\":\"v1\"", "\"published\":{\"version\":\"v2\"");
    assertThat(topUp(account, "invoice 2", 1).body()).contains("\"pinned\":{\"version\":\"v2\"");
    assertThat(ask("AUDITOR", "GET", "/tariffs", "").body()).contains("\"v1\"", "\"v2\"");
    assertThat(ask("AUDITOR", "GET", "/audit?area=MONEY", "").body())
        .contains("MEASURE_PROPOSED", "MEASURE_DECIDED", "\"ending\":\"WRONG_PERSON\"");
  }

  private static String customer(String name) {
    return "/accounts/" + office.customer(name);
  }

  private static StagedOffice.Reply register(String account, String key) {
    return ask(
        "BILLING",
        "PUT",
        account + "/registration",
        "{\"orgKey\":\"%s\",\"legalName\":\"Dala LLP\"}".formatted(key));
  }

  private static void twoPeople(String order) {
    StagedOffice.Reply proposed = ask("BILLING", "POST", "/proposals", order);
    assertThat(proposed.statusCode()).as(proposed.body()).isEqualTo(201);
    StagedOffice.Reply decided =
        ask(
            "APPROVER",
            "POST",
            "/proposals/"
                + proposed.body().replaceFirst(".*\"id\":\"([0-9a-f-]{36})\".*", "$1")
                + "/decision",
            "{\"decision\":\"APPROVED\"}");
    assertThat(decided.body()).contains("\"state\":\"APPROVED\"");
  }

  @Test
  @Tag("SH-ACC-01")
  @Tag("EX-ACC-1")
  @Tag("SH-BAL-11")
  void aNumberHasOneAccountAndItsFirstRegistrationBringsTheBonus() {
    twoPeople("{\"kind\":\"WELCOME_BONUS\",\"amountTiyn\":300000,\"reason\":\"autumn\"}");
    String dala = customer("Dala");
    String steppe = customer("Steppe");
    assertThat(register(dala, "990140000008").body()).contains("INVALID_CONTROL_DIGIT", "orgKey");
    assertThat(register(dala, "99").body()).contains("NOT_TWELVE_DIGITS");
    assertThat(register(dala, "990140000007").body())
        .contains(
            "\"orgKey\":\"990140000007\"",
            "\"amountTiyn\":300000",
            "\"state\":\"OPEN\"",
            "WELCOME_BONUS_CREDITED");

    StagedOffice.Reply second = register(steppe, "990140000007");
    assertThat(second.statusCode()).isEqualTo(409);
    assertThat(second.body()).contains("ORG_ALREADY_REGISTERED", "invited");
    assertThat(register(dala, "990140000007").body()).contains("ALREADY_REGISTERED");
    assertThat(ask("AUDITOR", "GET", dala, "").body())
        .contains("\"wallet\":\"ANALYTICS_BONUS\",\"freeTiyn\":300000");

    assertThat(
            ask("BILLING", "POST", dala + "/sources", "{\"at\":\"2030-01-01T00:00:00Z\"}").body())
        .contains("IN_THE_FUTURE");
    assertThat(
            ask("BILLING", "POST", dala + "/sources", "{\"at\":\"2026-11-24T04:00:00Z\"}").body())
        .contains("\"state\":\"KEPT\"", "\"keptBy\":\"SOURCE\"");
    assertThat(ask("BILLING", "POST", dala + "/closing", "{\"reason\":\"his wish\"}").body())
        .contains("\"closedWhy\":\"his wish\"", "ACCOUNT_CLOSED");
    assertThat(ask("BILLING", "POST", dala + "/closing", "{\"reason\":\"again\"}").body())
        .contains("NOT_REGISTERED");
    assertThat(ask("AUDITOR", "GET", "/audit?area=MONEY&size=200", "").body())
        .contains("CUSTOMER_REGISTERED", "SOURCE_NOTED", "ACCOUNT_CLOSED");
  }

  @Test
  @Tag("SH-BAL-02")
  void nobodyPaysIntoPromotionalUnits() {
    StagedOffice.Reply answer =
        ask(
            "BILLING",
            "POST",
            customer("Payer") + "/top-ups",
            "{\"wallet\":\"ANALYTICS_BONUS\",\"amountTiyn\":1,\"key\":\"x\",\"reference\":\"y\"}");

    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body()).contains("WALLET_NOT_PAID_INTO");
  }

  @Test
  @Tag("SH-TAR-10")
  @Tag("SH-TAR-15")
  void aBenefitIsGrantedConfirmedPreviewedAndLeft() {
    String account = customer("Benefited");
    String id = account.substring("/accounts/".length());
    String terms =
        "{\\\"benefit\\\":\\\"benefited-1\\\",\\\"prepayment\\\":\\\"100.00\\\","
            + "\\\"firstDay\\\":\\\"2026-11-01\\\",\\\"lastDay\\\":\\\"2026-12-31\\\","
            + "\\\"lines\\\":[{\\\"service\\\":\\\"CALL_TIME\\\",\\\"price\\\":\\\"1.00\\\"}]}";
    twoPeople(
        "{\"kind\":\"BENEFIT_GRANT\",\"organisationId\":\"%s\",\"terms\":\"%s\",\"reason\":\"volume\"}"
            .formatted(id, terms));
    String benefit = account + "/benefits/benefited-1";
    assertThat(
            ask(
                    "BILLING",
                    "POST",
                    benefit + "/confirmation",
                    "{\"conditions\":true,\"recalculation\":false,\"evidence\":\"paper\"}")
                .body())
        .contains("BOTH_NEEDED");
    assertThat(
            ask(
                    "BILLING",
                    "POST",
                    benefit + "/confirmation",
                    "{\"conditions\":true,\"recalculation\":true,\"evidence\":\"paper\"}")
                .body())
        .contains("\"holds\":false", "PREPAYMENT_MISSING", "NO_REFUND");
    assertThat(topUp(account, "invoice", 10_000).body())
        .contains("\"pinned\":{\"version\":\"benefited-1\"");
    assertThat(ask("AUDITOR", "GET", account + "/contract", "").body())
        .contains("\"holds\":true", "\"prepaidTiyn\":10000");
    assertThat(ask("AUDITOR", "GET", benefit + "/exit", "").body())
        .contains("\"adjustmentTiyn\":0", "\"resultingTiyn\":10000", "\"refundableTiyn\":0");
    twoPeople(
        "{\"kind\":\"BENEFIT_EXIT\",\"organisationId\":\"%s\",\"benefitId\":\"benefited-1\",\"reason\":\"his wish\"}"
            .formatted(id));
    assertThat(ask("AUDITOR", "GET", account + "/contract", "").body())
        .contains("\"endKind\":\"EXIT\"", "BENEFIT_ENDED");
    assertThat(ask("AUDITOR", "GET", benefit + "/exit", "").body()).contains("BENEFIT_OVER");
  }

  @Test
  @Tag("SH-PAY-01")
  @Tag("SH-SUS-04")
  void plansAndDemandsNameWhatIsWrong() {
    String account = customer("Planner");
    String plan = "{\"plan\":\"XTRACK\",\"months\":%d}";
    assertThat(ask("BILLING", "POST", account + "/plans", plan.formatted(3)).body())
        .contains("NO_PRICE");
    assertThat(ask("BILLING", "POST", account + "/plans", plan.formatted(2)).body())
        .contains("MONTHS_RANGE", "3 to 36");
    assertThat(ask("BILLING", "POST", account + "/plans", plan.formatted(0)).statusCode())
        .isEqualTo(400);

    String demand =
        "{\"what\":\"CLOSE\",\"ground\":\"VIOLATION\",\"note\":\"stop it\",\"until\":\"%s\"}";
    assertThat(
            ask("BILLING", "POST", account + "/demands", demand.formatted("2026-11-24T04:00:00Z"))
                .body())
        .contains("NOT_LATER", "until");
    StagedOffice.Reply made =
        ask("BILLING", "POST", account + "/demands", demand.formatted("2026-12-01T00:00:00Z"));
    assertThat(made.body()).contains("\"state\":\"OPEN\"", "DEMAND_CLOSE");
    String id = made.body().replaceFirst(".*\"demands\":\\[\\{\"id\":\"([0-9a-f-]{36})\".*", "$1");
    String end = "{\"state\":\"MET\",\"note\":\"he did\"}";
    assertThat(ask("BILLING", "POST", "/demands/" + id + "/decision", end).statusCode())
        .isEqualTo(204);
    assertThat(ask("BILLING", "POST", "/demands/" + id + "/decision", end).statusCode())
        .isEqualTo(404);
  }

  @Test
  void namesWhatIsMissingInAProposal() {
    StagedOffice.Reply answer =
        ask("BILLING", "POST", "/proposals", "{\"kind\":\"PENALTY\",\"reason\":\"clause\"}");

    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body()).contains("FIELD_MISSING", "organisationId");
  }

  @Test
  @Tag("AC-CAL-03")
  void numbersOfThePoolAreThereOnceAndNobodyGetsOneThatIsNotThere() {
    String two = "{\"numbers\":[\"+77172694000\",\"+77172694000\"]}";
    assertThat(ask("FLEET", "POST", "/numbers", two).body()).contains("\"added\":1");
    assertThat(ask("FLEET", "POST", "/numbers", two).body()).contains("\"added\":0", "\"known\":1");
    for (String wrong :
        List.of(
            "{}",
            "{\"numbers\":[]}",
            "{\"numbers\":[\"87172694000\"]}",
            "{\"numbers\":[\"+17172694000\"]}",
            "{\"numbers\":\"+77172694000\"}")) {
      assertThat(ask("FLEET", "POST", "/numbers", wrong).statusCode()).as(wrong).isEqualTo(400);
    }
    String path = "/numbers/77172694000";
    String nobody = UUID.randomUUID().toString();
    for (String box : List.of(nobody, nobody.toUpperCase(Locale.ROOT))) {
      String order = "{\"boxId\":\"" + box + "\",\"note\":\"contract 17\"}";
      assertThat(ask("FLEET", "PUT", path + "/assignment", order).statusCode()).isEqualTo(404);
    }
    String note = "{\"note\":\"contract is over\"}";
    assertThat(ask("FLEET", "DELETE", path + "/assignment", note).body()).contains("NUMBER_FREE");
    assertThat(ask("FLEET", "DELETE", "/numbers/77172694001", "").statusCode()).isEqualTo(404);
    assertThat(ask("AUDITOR", "GET", "/numbers", "").body()).contains("+77172694000");
    assertThat(ask("FLEET", "DELETE", path, "").statusCode()).isEqualTo(204);
    assertThat(ask("AUDITOR", "GET", "/numbers", "").body()).isEqualTo("[]");
  }

  @Test
  void showsAnEmptyFleet() {
    assertThat(ask("AUDITOR", "GET", "/fleet", "").body()).contains("\"boxes\":0");
    assertThat(ask("AUDITOR", "GET", "/boxes?state=ONLINE&search=x", "").body()).isEqualTo("[]");
    assertThat(ask("AUDITOR", "GET", "/usage?hours=24", "").statusCode()).isEqualTo(200);
    assertThat(ask("AUDITOR", "GET", "/usage?hours=0", "").statusCode()).isEqualTo(400);
  }

  private static StagedOffice.Reply ask(String role, String method, String path, String json) {
    return office.ask(role, method, path, json);
  }
}
