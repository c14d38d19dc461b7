package kz.qonyrau.office;

import static kz.qonyrau.testsupport.Eventually.answer;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import kz.qonyrau.testsupport.NoErrorsLogged;
import kz.qonyrau.vocabulary.Msisdn;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is open to everybody, and to whom there is nothing to hide but what is not his.
@Timeout(value = 120, unit = TimeUnit.SECONDS)
@ExtendWith(NoErrorsLogged.class)
@Tag("AC-WHO-01")
class AskRoutesTest {

  private static final String OURS = "+77172694000";

  @TempDir private Path directory;
  private StagedOffice office;

  @BeforeEach
  void open() throws Exception {
    office = new StagedOffice(directory);
    var _ = answer(office.fleet.numbers().add(List.of(new Msisdn(OURS)), "fleet"));
  }

  @AfterEach
  void close() throws Exception {
    office.close();
  }

  private StagedOffice.Reply ask(String json) {
    return office.anybody("POST", "/ask", json);
  }

  private static String form(String number, String at, String more) {
    return "{\"number\":\"%s\",\"contactAt\":\"%s\",\"reason\":\"CONTACT_MISSING\"%s}"
        .formatted(number, at, more);
  }

  @Test
  void whileNoBoxTakesCallsTheyAreSentToStaff() {
    StagedOffice.Reply reply = ask(form("+77000000002", "2026-11-24T03:00:00Z", ""));

    assertThat(reply.statusCode()).isEqualTo(409);
    assertThat(reply.body()).contains("NO_LINE");
  }

  @ParameterizedTest
  @CsvSource({
    "+77000000002, 2026-11-24T04:00:01Z, IN_THE_FUTURE",
    "+77000000002, 2025-11-23T00:00:00Z, TOO_LONG_AGO"
  })
  void timesThatNobodyWasCalledAtAreRefused(String number, String at, String code) {
    StagedOffice.Reply reply = ask(form(number, at, ""));

    assertThat(reply.statusCode()).isEqualTo(422);
    assertThat(reply.body()).contains(code);
  }

  @Test
  void aNumberThatIsNotOursIsRefusedAtOnce() {
    StagedOffice.Reply reply =
        ask(form("+77000000002", "2026-11-24T03:00:00Z", ",\"shownNumber\":\"+77001112233\""));

    assertThat(reply.statusCode()).isEqualTo(422);
    assertThat(reply.body()).contains("NUMBER_NOT_OURS");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "{\"number\":77000000002,\"contactAt\":\"2026-11-24T03:00:00Z\",\"reason\":\"CONTACT_MISSING\"}",
        "{\"number\":\"+4930123456\",\"contactAt\":\"2026-11-24T03:00:00Z\",\"reason\":\"CONTACT_MISSING\"}",
        "{\"number\":\"+77000000002\",\"contactAt\":\"yesterday\",\"reason\":\"CONTACT_MISSING\"}",
        "{\"number\":\"+77000000002\",\"contactAt\":\"2026-11-24T03:00:00Z\",\"reason\":\"CURIOUS\"}",
        "{\"number\":\"+77000000002\",\"contactAt\":\"2026-11-24T03:00:00Z\",\"reason\":\"CONTACT_MISSING\",\"admin\":true}"
      })
  void whatIsNoRequestIsRefused(String json) {
    assertThat(ask(json).statusCode()).isBetween(400, 499);
    assertThat(answer(office.inquiries.page(0, 1)).total()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"reason\":\"COMPLAINS\"",
        "\"reason\":\"COMPLAINS\",\"text\":\"Хватит\"",
        "\"reason\":\"COMPLAINS\",\"shownNumber\":\"+77172694000\"",
        "\"reason\":\"NOT_REACHABLE\",\"text\":\"Хватит\""
      })
  @Tag("AC-SPM-01")
  void whoComplainsSaysOfWhat(String how) {
    StagedOffice.Reply reply =
        ask("{\"number\":\"+77000000002\",\"contactAt\":\"2026-11-24T03:00:00Z\"," + how + "}");

    assertThat(reply.statusCode()).isEqualTo(422);
    assertThat(reply.body()).contains("WHAT_HAPPENED");
  }

  @Test
  void aTextOfAnySizeIsRefused() {
    String json =
        "{\"number\":\"+77000000002\",\"contactAt\":\"2026-11-24T03:00:00Z\",\"reason\":\"COMPLAINS\","
            + "\"shownNumber\":\"+77172694000\",\"text\":\"%s\"}";

    assertThat(ask(json.formatted("x".repeat(501))).statusCode()).isBetween(400, 422);
    assertThat(ask(json.formatted("x".repeat(1_100_000))).statusCode()).isEqualTo(413);
    assertThat(ask(json.formatted("a\\u0000b")).statusCode()).isBetween(400, 422);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "' OR 1=1 --", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"})
  void aTokenThatIsGuessedTellsNothing(String token) {
    String path = "/ask/" + java.net.URLEncoder.encode(token, StandardCharsets.UTF_8);

    assertThat(office.anybody("GET", path, "").statusCode()).isBetween(400, 404);
    assertThat(office.anybody("DELETE", path, "").statusCode()).isBetween(400, 404);
  }

  @Test
  @Tag("AC-WHO-05")
  void whoAsksWithoutEndIsToldToWait() {
    for (int i = 0; i < 60; i++) {
      assertThat(ask(form("+7700%07d".formatted(i), "2026-11-24T03:00:00Z", "")).statusCode())
          .isEqualTo(409);
    }

    StagedOffice.Reply reply = ask(form("+77000000999", "2026-11-24T03:00:00Z", ""));

    assertThat(reply.statusCode()).isEqualTo(429);
    assertThat(reply.body()).contains("TOO_FAST");
    office.clock.advance(Duration.ofHours(1));
    assertThat(ask(form("+77000000999", "2026-11-24T03:00:00Z", "")).statusCode()).isEqualTo(409);
  }

  @Test
  void staffEnterWhatWasAskedByACallToThemAndItIsAudited() {
    StagedOffice.Reply reply =
        office.ask(
            "COMPLAINTS", "POST", "/inquiries", form("+77000000002", "2026-11-24T03:00:00Z", ""));

    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(201);
    // There is no box that could have called.
    assertThat(reply.body()).contains("\"state\":\"NOBODY\"").doesNotContain("77000000002");
    StagedOffice.Reply list = office.ask("COMPLAINTS", "GET", "/inquiries", "");
    assertThat(list.body()).contains("\"total\":1", "CONTACT_MISSING").doesNotContain("7000000");
    assertThat(office.ask("AUDITOR", "GET", "/audit", "").body())
        .contains("INQUIRY_ENTERED", "proven by a call to us")
        .doesNotContain("77000000002");
    assertThat(office.ask("FLEET", "GET", "/inquiries", "").statusCode()).isEqualTo(403);
    assertThat(office.anybody("GET", "/inquiries", "").statusCode()).isEqualTo(401);
  }
}
