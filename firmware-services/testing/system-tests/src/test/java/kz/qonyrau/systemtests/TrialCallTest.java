package kz.qonyrau.systemtests;

import static kz.qonyrau.systemtests.Chromium.button;
import static kz.qonyrau.systemtests.Chromium.main;
import static kz.qonyrau.systemtests.Chromium.open;
import static kz.qonyrau.systemtests.Chromium.photograph;
import static kz.qonyrau.systemtests.Chromium.signedIn;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import kz.qonyrau.rehearsal.Api;
import kz.qonyrau.rehearsal.Campaigning;
import kz.qonyrau.rehearsal.Campaigning.Wish;
import kz.qonyrau.rehearsal.Stage;
import kz.qonyrau.rehearsal.StageSettings;
import kz.qonyrau.rehearsal.Subscribers;
import kz.qonyrau.rehearsal.Wait;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/// The owner has himself called with a code, by the page of a campaign: a real call with a voice
/// that speaks, held, charged and in the log.
@Timeout(value = 4, unit = TimeUnit.MINUTES)
@Tag("AC-CMP-08")
class TrialCallTest {

  private static final Duration IN_TIME = Duration.ofSeconds(60);

  private final StageDirectory directory = StageDirectory.create();
  private final Stage stage =
      Stage.on(
          StageDirectory.root(), StageDirectory.bundles(), directory.path(), StageSettings.USUAL);

  @AfterEach
  void close() {
    stage.close();
    directory.close();
  }

  @Test
  void theOwnerIsCalledWithACodeAndPaysForTheCall() {
    stage.start(_ -> {});
    Api owner = stage.box();
    Campaigning business = new Campaigning(owner);
    List<String> numbers = Subscribers.many(Subscribers.SILENT, 2);
    String campaign =
        business.campaign(Wish.greeting("draft", business.list("list", numbers.subList(0, 1))));
    long before = available(owner);

    try (Chromium chromium = new Chromium();
        BrowserContext window = chromium.context(1280, 1400)) {
      Page page = signedIn(window, stage.boxPort(), "owner", stage.firstPassword("box", "owner"));
      open(page, "/campaigns/" + campaign);
      main(page).getByLabel("Ваш номер").fill(numbers.getLast());
      button(page, "Позвонить с кодом").click();
      PlaywrightAssertions.assertThat(main(page).getByLabel("Код из звонка")).isVisible();
      photograph(page, "trial-code");
      Wait.until(
          IN_TIME, "the call is over", () -> code(owner).path("state").asString().equals("ENDED"));
      main(page).getByLabel("Код из звонка").fill("12 34 5");
      PlaywrightAssertions.assertThat(button(page, "Подтвердить")).isDisabled();
      photograph(page, "trial-code-over");
      chromium.assertThatNothingWasWrong();
    }

    JsonNode call = code(owner);
    assertThat(call.path("number").asString()).isEqualTo(numbers.getLast());
    assertThat(call.path("outcome").asString()).isEqualTo("ANSWERED");
    // Six digits twice, one after the other.
    assertThat(call.path("answeredSeconds").asDouble()).isBetween(6.0, 29.0);
    long cost = call.path("costTiyn").asLong();
    assertThat(cost).isPositive();
    Wait.until(IN_TIME, "it is charged", () -> before - available(owner) == cost);
    JsonNode draft = owner.get("/campaigns/" + campaign);
    assertThat(draft.path("state").asString()).isEqualTo("DRAFT");
    assertThat(draft.path("costTiyn").asLong()).isZero();
  }

  private static JsonNode code(Api owner) {
    return owner.get("/calls").path("items").path(0);
  }

  private static long available(Api owner) {
    JsonNode balance = owner.get("/ledger/balance");
    return balance.path("availableTiyn").asLong();
  }
}
