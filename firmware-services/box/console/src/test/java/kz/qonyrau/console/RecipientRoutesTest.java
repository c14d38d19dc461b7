package kz.qonyrau.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import kz.qonyrau.testsupport.NoErrorsLogged;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The contacts of a campaign, over the API.
@Tag("AC-CMP-09")
@Timeout(value = 120, unit = TimeUnit.SECONDS)
@ExtendWith(NoErrorsLogged.class)
class RecipientRoutesTest {

  private static TestConsole at;
  private static String draft;

  @BeforeAll
  static void open() {
    at = new TestConsole();
    String order = BoxConsoleTest.order(UUID.randomUUID().toString(), "20:00");
    draft =
        TestConsole.JSON
            .readTree(at.send(Role.OWNER, "POST", "/campaigns", order).body())
            .path("id")
            .asString();
  }

  @AfterAll
  static void close() {
    at.close();
  }

  private static HttpResponse<String> ask(Role role, String campaign, String query) {
    return at.send(role, "GET", "/campaigns/" + campaign + "/recipients" + query, "");
  }

  @Test
  void aDraftHasNone() {
    HttpResponse<String> answer = ask(Role.OPERATOR, draft, "?state=NOT_CALLED&search=7701");

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"total\":0,\"items\":[]}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "?state=NONE",
        "?state=pending",
        "?page=-1",
        "?page=99999999999999999999",
        "?size=0",
        "?size=201",
        "?size=many",
        "?search=123456789012345678901"
      })
  void refusesWhatIsNoQuestion(String query) {
    assertThat(ask(Role.OWNER, draft, query).statusCode()).isEqualTo(400);
  }

  @Test
  void aStrangeCampaignIsNotFound() {
    assertThat(ask(Role.OWNER, UUID.randomUUID().toString(), "").statusCode()).isEqualTo(404);
    assertThat(ask(Role.OWNER, "1", "").statusCode()).isIn(400, 404);
  }

  /// They see no telephone numbers.
  @Test
  void techniciansAreRefused() {
    assertThat(ask(Role.TECHNICIAN, draft, "").statusCode()).isEqualTo(403);
  }
}
