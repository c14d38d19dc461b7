package kz.qonyrau.systemtests;

import static kz.qonyrau.systemtests.Chromium.main;
import static kz.qonyrau.systemtests.Chromium.open;
import static kz.qonyrau.systemtests.Chromium.patient;
import static kz.qonyrau.systemtests.Chromium.photograph;
import static kz.qonyrau.systemtests.Chromium.signedIn;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import kz.qonyrau.carrier.Carrier;
import kz.qonyrau.carrier.SubscriberCall;
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
import tools.jackson.databind.node.MissingNode;

/// People who call back, with box, central and carrier as processes and a voice that speaks.
@Timeout(value = 6, unit = TimeUnit.MINUTES)
@Tag("AC-WHO-04")
class CallBackTest {

  private static final Duration CAMPAIGN = Duration.ofMinutes(2);

  /// AC-SPM-02.
  private static final Duration IN_TIME = Duration.ofSeconds(60);

  private static final int SAMPLES_PER_SECOND = 8_000;

  private final StageDirectory directory = StageDirectory.create();
  private final Stage stage =
      Stage.on(
          StageDirectory.root(), StageDirectory.bundles(), directory.path(), StageSettings.USUAL);
  private final List<String> numbers = Subscribers.many(Subscribers.SILENT, 4);

  @AfterEach
  void close() {
    stage.close();
    directory.close();
  }

  private Path callsBack(String number, Optional<String> key)
      throws IOException, InterruptedException {
    return Carrier.call(
        StageDirectory.bundles().asterisk(),
        stage.carrierDirectory(),
        new SubscriberCall(
            Optional.of(number.substring(1)), "77172000001", stage.boxSipPort(), key));
  }

  private static String campaign(Api owner, String name, List<String> numbers) {
    Campaigning business = new Campaigning(owner);
    Wish wish =
        new Wish(
            name,
            business.list(name, numbers),
            "Здравствуйте! Это проверка связи.",
            3,
            600,
            true,
            false,
            3);
    String campaign = business.campaign(wish);
    business.start(campaign);
    var _ = business.awaitEnd(campaign, CAMPAIGN);
    return campaign;
  }

  /// The last call of a number, when it is over.
  private static JsonNode over(Api owner, String number) {
    Wait.until(
        IN_TIME,
        "the call of " + number.substring(9) + " is over",
        () -> last(owner, number).has("told"));
    return last(owner, number);
  }

  private static JsonNode last(Api owner, String number) {
    return owner
        .get("/call-backs")
        .path("items")
        .valueStream()
        .filter(one -> one.path("number").asString("").equals(number))
        .findFirst()
        .orElseGet(MissingNode::getInstance);
  }

  /// For how long it was not silent.
  private static double spokenSeconds(Path heard) throws IOException {
    ShortBuffer samples =
        ByteBuffer.wrap(Files.readAllBytes(heard)).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
    int frame = SAMPLES_PER_SECOND / 10;
    int loud = 0;
    for (int at = 0; at + frame <= samples.limit(); at += frame) {
      int peak = 0;
      for (int i = 0; i < frame; i++) {
        peak = Math.max(peak, Math.abs(samples.get(at + i)));
      }
      loud += peak > 1_000 ? 1 : 0;
    }
    return loud / 10.0;
  }

  @Test
  @Tag("AC-WHO-05")
  @Tag("AC-CON-04")
  @Tag("AC-SPM-01")
  @Tag("EX-AC-18")
  @Tag("SH-RET-04")
  void whoCallsBackHearsWhoCalledAndIsLeftAloneIfHeWishes()
      throws IOException, InterruptedException, SQLException {
    stage.start(_ -> {});
    Api owner = stage.box();
    String first = campaign(owner, "first", numbers.subList(0, 3));
    String silent = numbers.get(0);
    String annoyed = numbers.get(1);
    String complaining = numbers.get(2);

    // Hears it to its end.
    Path heard = callsBack(silent, Optional.empty());
    JsonNode told = over(owner, silent);
    assertThat(told.path("told").asString()).isEqualTo("CALLED");
    assertThat(told.path("contact").path("campaign").path("id").asString()).isEqualTo(first);
    assertThat(told.has("wish")).isFalse();
    assertThat(told.path("heardSeconds").asDouble()).isGreaterThan(10);
    assertThat(spokenSeconds(heard)).isGreaterThan(8);

    // Press 1, press 2.
    var _ = callsBack(annoyed, Optional.of("1"));
    var _ = callsBack(complaining, Optional.of("2"));
    assertThat(over(owner, annoyed).path("wish").asString()).isEqualTo("LEAVE_ALONE");
    JsonNode complaint = over(owner, complaining);
    assertThat(complaint.path("wish").asString()).isEqualTo("COMPLAIN");
    String id = complaint.path("id").asString();
    assertThat(owner.get("/complaints/" + id).path("number").asString()).isEqualTo(complaining);
    assertThat(owner.get("/complaints/" + id).path("campaign").path("id").asString())
        .isEqualTo(first);
    Api officer = stage.central("complaints");
    Wait.until(
        IN_TIME,
        "central knows of the complaint",
        () ->
            officer
                .get("/complaints?show=open")
                .path("items")
                .valueStream()
                .anyMatch(item -> item.path("id").asString().equals(id)));

    // Neither is called again, and a stranger was not called at all.
    String second = campaign(owner, "second", List.of(annoyed, complaining, numbers.get(3)));
    assertThat(
            owner
                .get("/campaigns/" + second + "/recipients?state=EXCLUDED")
                .path("items")
                .valueStream()
                .map(one -> one.path("number").asString()))
        .containsExactlyInAnyOrder(annoyed, complaining);
    var _ = callsBack("+77019999999", Optional.of("1"));
    assertThat(over(owner, "+77019999999").path("told").asString()).isEqualTo("NOT_CALLED");
    assertThat(over(owner, "+77019999999").has("wish")).isFalse();

    try (Chromium chromium = new Chromium();
        BrowserContext window = chromium.context(1280, 900)) {
      Page page = signedIn(window, stage.boxPort(), "owner", stage.firstPassword("box", "owner"));
      open(page, "/calls/back");
      PlaywrightAssertions.assertThat(main(page).getByRole(AriaRole.ROW)).hasCount(5);
      photograph(page, "call-backs");
      var _ = callsBack(numbers.get(3), Optional.empty());
      PlaywrightAssertions.assertThat(main(page)).containsText("слушает сейчас", patient());
      chromium.assertThatNothingWasWrong();
    }
    var _ = over(owner, numbers.get(3));
    assertThatNobodyCanTellAfterwards(owner, annoyed, complaining);
  }

  /// When its time is over nobody can find out any more from a box who was called, save of those
  /// who asked not to be (SH-RET-04).
  private void assertThatNobodyCanTellAfterwards(Api owner, String annoyed, String complaining)
      throws IOException, SQLException {
    owner
        .get("/lists")
        .valueStream()
        .map(list -> list.path("id").asString())
        .forEach(list -> owner.delete("/lists/" + list));
    stage.kill("box");
    Path home = directory.path().resolve("box");
    List<String> all = new ArrayList<>(numbers);
    all.add("+77019999999");
    Relinking somebody = new Relinking(home, all);
    Map<String, Set<String>> before = somebody.found();
    assertThat(before.values().stream().flatMap(Set::stream).distinct())
        .as("whoever looks earlier finds everybody")
        .containsExactlyInAnyOrderElementsOf(all);

    YearsLater.Forgotten forgotten = YearsLater.on(home);
    assertThat(forgotten.calls()).isPositive();
    assertThat(forgotten.people()).isPositive();
    assertThat(forgotten.callBacks()).isPositive();
    assertThat(forgotten.recordings()).isPositive();

    Map<String, Set<String>> after = somebody.found();
    assertThat(after.values().stream().flatMap(Set::stream).distinct())
        .as("found in " + after)
        .containsExactlyInAnyOrder(annoyed, complaining);
    assertThat(after.keySet())
        .as("that they asked is not forgotten")
        .allMatch(place ->
            place.startsWith("\"CAMPAIGN\".\"SUPPRESSION") || place.startsWith("\"COMPLAINT\""));
  }

  @Test
  void aBoxThatDiesWhileSomebodyListensKnowsOfHimAndAnswersAgain()
      throws IOException, InterruptedException {
    stage.start(_ -> {});
    Api owner = stage.box();
    var _ = campaign(owner, "only", numbers.subList(0, 1));
    String caller = numbers.getFirst();
    var _ = callsBack(caller, Optional.empty());
    Wait.until(IN_TIME, "he listens", () -> last(owner, caller).isObject());

    stage.kill("box");
    stage.startBox();
    Api again = stage.box();

    assertThat(over(again, caller).path("told").asString()).isEqualTo("NOTHING");
    Wait.until(
        IN_TIME,
        "asterisk takes calls",
        () -> again.get("/system").path("telephony").path("asterisk").asString().equals("READY"));
    var _ = callsBack(caller, Optional.of("1"));
    Wait.until(
        IN_TIME,
        "he is answered again",
        () ->
            last(again, caller).path("told").isString()
                && last(again, caller).path("wish").asString("").equals("LEAVE_ALONE"));
  }
}
