package kz.qonyrau.rehearsal;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import kz.qonyrau.rehearsal.Campaigning.Wish;
import tools.jackson.databind.JsonNode;

/// The demonstration campaign: one subscriber of each kind that the rehearsal carrier plays,
/// called, recorded, understood, charged and reported, and then counted from both sides.
final class Demonstration {

  private static final Duration CAMPAIGN_LIMIT = Duration.ofMinutes(4);
  private static final Duration REPORT_LIMIT = Duration.ofSeconds(30);
  private static final int PAGE = 200;

  private static final String TEXT =
      "Здравствуйте! Это репетиция. Скажите, пожалуйста, слышно ли вам: да или нет?";

  private final Stage stage;
  private final PrintStream people;

  Demonstration(Stage stage, PrintStream people) {
    this.stage = stage;
    this.people = people;
  }

  DemonstrationReport run() {
    Api box = stage.box();
    Api central = stage.central("fleet");
    long before = box.get("/dashboard").path("balance").path("availableTiyn").asLong();
    long lastRow = newestRow(box);
    Mirror mirrorBefore = mirror(central);

    Campaigning business = new Campaigning(box);
    AskedQuestion question = new AskedQuestion(box.get("/system"));
    List<String> numbers = Subscribers.oneOfEachKind(question.isAskedIn("kk"));
    people.println("        a list of " + numbers.size() + " numbers …");
    String list = business.list("Demonstration", numbers);
    String campaign =
        business.campaign(
            new Wish("Demonstration", list, TEXT, 10, 600, true, true, 6),
            Optional.of(question.json()));
    business.start(campaign);
    people.println("        calling …");
    JsonNode end = business.awaitEnd(campaign, CAMPAIGN_LIMIT);
    people.println("        " + end.path("progress").path("outcomes"));

    long all = end.path("progress").path("done").asLong();
    people.println("        central is told …");
    Wait.until(
        REPORT_LIMIT,
        "central has stored " + all + " reports and the outbox is empty",
        () ->
            mirror(central).messages() - mirrorBefore.messages() >= all
                && box.get("/dashboard").path("uplink").path("outboxDepth").asLong(-1) == 0);
    return count(box, central, campaign, question, end, before, lastRow, mirrorBefore);
  }

  private DemonstrationReport count(
      Api box,
      Api central,
      String campaign,
      AskedQuestion question,
      JsonNode end,
      long before,
      long lastRow,
      Mirror mirrorBefore) {
    Map<String, Long> attempts = new HashMap<>();
    long recordings = 0;
    List<String> recordingsFailed = new ArrayList<>();
    long transcripts = 0;
    long cost = 0;
    List<JsonNode> cards =
        calls(box, campaign).stream()
            .map(row -> box.get("/calls/" + row.path("id").asString()))
            .toList();
    for (JsonNode call : cards) {
      attempts.merge(call.path("outcome").asString(), 1L, Long::sum);
      cost += call.path("costTiyn").asLong();
      JsonNode recording = call.path("recording");
      switch (recording.path("state").asString("")) {
        case "KEPT" -> recordings++;
        case "FAILED" -> recordingsFailed.add(recording.path("failure").asString(""));
        default -> {}
      }
      transcripts += call.path("transcript").isEmpty() ? 0 : 1;
    }
    Map<String, Long> kinds = new HashMap<>();
    for (JsonNode movement : movements(box, lastRow)) {
      kinds.merge(movement.path("kind").asString(), 1L, Long::sum);
    }
    long captures = kinds.getOrDefault("CAPTURE", 0L);
    JsonNode balance = box.get("/ledger/balance");
    Mirror mirrorAfter = mirror(central);
    long sent =
        attempts.values().stream().mapToLong(Long::longValue).sum()
            - box.get("/dashboard").path("uplink").path("outboxDepth").asLong();
    return new DemonstrationReport(
        end.path("progress").path("recipients").asLong(),
        attempts,
        recordings,
        recordingsFailed,
        transcripts,
        kinds.getOrDefault("HOLD", 0L),
        captures,
        Math.max(0, kinds.getOrDefault("HOLD", 0L) - captures),
        before,
        balance.path("availableTiyn").asLong(),
        balance.path("heldTiyn").asLong(),
        cost,
        sent,
        mirrorAfter.messages() - mirrorBefore.messages(),
        mirrorAfter.tiyn() - mirrorBefore.tiyn(),
        question.compare(stage.carrierRecord(), cards),
        box.get("/ledger/verification").path("sound").asBoolean());
  }

  private static List<JsonNode> calls(Api box, String campaign) {
    long total = box.get("/calls?size=1&campaignId=" + campaign).path("total").asLong();
    return IntStream.rangeClosed(0, (int) (total / PAGE))
        .mapToObj(
            page -> box.get("/calls?size=" + PAGE + "&page=" + page + "&campaignId=" + campaign))
        .flatMap(page -> page.path("items").valueStream())
        .toList();
  }

  /// The movements of the wallet after a row, newest first.
  private static List<JsonNode> movements(Api box, long after) {
    List<JsonNode> found = new ArrayList<>();
    String before = "";
    while (true) {
      JsonNode page =
          box.get("/ledger/statement?reservations=true&size=" + PAGE + before).path("items");
      for (JsonNode movement : page) {
        if (movement.path("row").asLong() <= after) {
          return found;
        }
        found.add(movement);
      }
      if (page.size() < PAGE) {
        return found;
      }
      before = "&before=" + page.get(page.size() - 1).path("row").asLong();
    }
  }

  private static long newestRow(Api box) {
    JsonNode page = box.get("/ledger/statement?reservations=true&size=1").path("items");
    return page.isEmpty() ? 0 : page.get(0).path("row").asLong();
  }

  private static Mirror mirror(Api central) {
    JsonNode boxes = central.get("/boxes");
    long messages = 0;
    long tiyn = 0;
    for (JsonNode box : boxes) {
      messages += box.path("usageMessages").asLong();
      tiyn += box.path("money").path("usedTiyn").asLong();
    }
    return new Mirror(messages, tiyn);
  }

  private record Mirror(long messages, long tiyn) {}
}
