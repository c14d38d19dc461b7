package kz.qonyrau.wire;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import kz.qonyrau.vocabulary.CallId;
import kz.qonyrau.vocabulary.CallOutcome;
import kz.qonyrau.vocabulary.CampaignId;
import kz.qonyrau.vocabulary.Tenge;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What one finished attempt used and cost: counts, durations, amounts, codes and ids, and no field
/// that could hold a telephone number, a text or a name (PLT-24). `calls` writes it into the outbox
/// with the capture, central mirrors it.
///
/// @param itemId names the billed fact for good, whatever message carries it: a lower-case word, a
///   slash and a UUID, for example `call/` + call id
/// @param call the attempt
/// @param campaign its campaign
/// @param outcome how it ended
/// @param startedAt when dialling began
/// @param answered how long the two were connected, at most a day; zero unless answered
/// @param lines what was priced, at most 50
/// @param amount the sum of the lines, below 10 million KZT
public record UsageReport(
    String itemId,
    CallId call,
    CampaignId campaign,
    CallOutcome outcome,
    Instant startedAt,
    Duration answered,
    List<RatedLine> lines,
    Tenge amount) {

  private static final Pattern ITEM =
      Pattern.compile("[a-z]{2,12}/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
  private static final Duration LONGEST = Duration.ofDays(1);
  private static final int MOST_LINES = 50;

  /// @throws MalformedMessageException if a component is out of range or they contradict each other
  public UsageReport {
    lines = List.copyOf(lines);
    startedAt = startedAt.truncatedTo(ChronoUnit.MILLIS);
    answered = answered.truncatedTo(ChronoUnit.MILLIS);
    require("itemId", ITEM.matcher(itemId).matches(), "is not a word, / and a UUID");
    require(
        "answeredMs",
        !answered.isNegative() && answered.compareTo(LONGEST) <= 0,
        "is not within a day");
    require(
        "answeredMs",
        answered.isZero() || outcome == CallOutcome.ANSWERED,
        "is not zero although nobody answered");
    require("lines", lines.size() <= MOST_LINES, "has more than " + MOST_LINES + " elements");
    long sum = lines.stream().mapToLong(line -> line.amount().tiyn()).sum();
    require("amountTiyn", sum == amount.tiyn(), "is not the sum of the lines");
    require("amountTiyn", sum <= RatedLine.MOST, "is above " + RatedLine.MOST);
  }

  /// The item id of a call.
  public static String itemIdOf(CallId call) {
    return "call/" + call;
  }

  /// The message id of a report, derived from what is reported, so that a repeated step cannot
  /// report twice.
  public static String messageIdOf(String itemId) {
    return UUID.nameUUIDFromBytes(("usage/" + itemId).getBytes(StandardCharsets.UTF_8)).toString();
  }

  /// Reads the body of a `usage/1` envelope.
  ///
  /// @throws MalformedMessageException if anything is wrong with it
  public static UsageReport parse(String body) {
    Fields fields = Json.object("usage", body);
    UsageReport report =
        new UsageReport(
            fields.text("itemId", ITEM, "a word, / and a UUID"),
            fields.word("callId", CallId::new, "a call id"),
            fields.word("campaignId", CampaignId::new, "a campaign id"),
            fields.word("outcome", CallOutcome::valueOf, "an outcome"),
            fields.instant("startedAt"),
            fields.millis("answeredMs", LONGEST),
            fields.objects("lines", MOST_LINES, RatedLine::read),
            fields.money("amountTiyn", 0, RatedLine.MOST));
    fields.end();
    return report;
  }

  /// The body of a `usage/1` envelope, for the outbox.
  public byte[] body() {
    ObjectNode node = Json.object();
    node.put("itemId", itemId);
    node.put("callId", call.value());
    node.put("campaignId", campaign.value());
    node.put("outcome", outcome.name());
    node.put("startedAt", startedAt.toString());
    node.put("answeredMs", answered.toMillis());
    ArrayNode array = node.putArray("lines");
    lines.forEach(line -> array.add(line.write()));
    node.put("amountTiyn", amount.tiyn());
    return Json.write(node).getBytes(StandardCharsets.UTF_8);
  }

  private static void require(String field, boolean holds, String otherwise) {
    if (!holds) {
      throw new MalformedMessageException("usage." + field, otherwise);
    }
  }
}
