package kz.qonyrau.rehearsal;

import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What a person does on the pages of a box from the list to the last call, over the same API.
public final class Campaigning {

  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration IMPORT_LIMIT = Duration.ofSeconds(60);
  private static final Set<String> OVER = Set.of("COMPLETED", "CANCELLED", "EXPIRED_SCHEDULE");

  private final Api box;

  /// @param box signed in as the owner
  public Campaigning(Api box) {
    this.box = box;
  }

  /// Uploads a list of numbers, imports it as the preview proposes, and states its origin.
  ///
  /// @return the list's id
  public String list(String name, List<String> numbers) {
    StringBuilder csv = new StringBuilder("телефон;имя\r\n");
    int count = 0;
    for (String number : numbers) {
      csv.append(number).append(";Абонент ").append(++count).append("\r\n");
    }
    return list(name, csv.toString().getBytes(StandardCharsets.UTF_8));
  }

  /// The same with a file's bytes.
  public String list(String name, byte[] csv) {
    return list(name, BodyPublishers.ofByteArray(csv));
  }

  /// The same with a file that is sent in pieces.
  public String list(String name, BodyPublisher csv) {
    JsonNode upload = box.upload("/uploads?fileName=list.csv", csv);
    ObjectNode order = JSON.createObjectNode();
    order.put("uploadId", upload.path("id").asString());
    order.put("name", name);
    order.put("encoding", upload.path("encoding").asString());
    order.put("delimiter", upload.path("delimiter").asString());
    order.put("header", upload.path("header").asBoolean());
    ArrayNode columns = order.putArray("columns");
    for (JsonNode column : upload.path("columns")) {
      ObjectNode chosen = columns.addObject();
      chosen.put("index", column.path("index").asInt());
      chosen.put("role", column.path("role").asString());
      if (column.hasNonNull("variable")) {
        chosen.put("variable", column.path("variable").asString());
      }
    }
    LocalDate today = LocalDate.now(ZoneId.of("Asia/Almaty"));
    ObjectNode attestation = order.putObject("attestation");
    attestation.put("origin", "Made up for a rehearsal");
    attestation.put("collectedFrom", today.minusYears(1).toString());
    attestation.put("collectedTo", today.toString());
    attestation.putArray("channels").add("CALLS");
    attestation.put("lawful", true);
    String id = box.post("/lists", order).path("id").asString();
    Wait.until(
        IMPORT_LIMIT,
        "list '" + name + "' is imported",
        () -> !box.get("/lists/" + id).path("state").asString().equals("IMPORTING"));
    JsonNode list = box.get("/lists/" + id);
    if (!list.path("state").asString().equals("READY")) {
      throw new IllegalStateException("list '" + name + "' failed: " + list.path("failure"));
    }
    return id;
  }

  /// A campaign that may call all day, today and tomorrow, and says a text. Not started.
  ///
  /// @return the campaign's id
  public String campaign(Wish wish) {
    if (!wish.listen()) {
      return campaign(wish, Optional.empty());
    }
    ObjectNode question = JSON.createObjectNode();
    question.putArray("languages").add("ru");
    question.put("seconds", wish.listenSeconds());
    question.put("interruptible", false);
    question.putArray("answers");
    return campaign(wish, Optional.of(question));
  }

  /// The same with a question of one's own.
  ///
  /// @param question as the API takes it; whether the wish listens does not count then
  public String campaign(Wish wish, Optional<ObjectNode> question) {
    ObjectNode order = order(wish);
    question.ifPresent(asked -> order.set("question", asked));
    return campaign(order);
  }

  /// The same, which asks nothing and calls some again.
  ///
  /// @param retries as the API takes them
  public String campaignThatCallsAgain(Wish wish, ObjectNode retries) {
    ObjectNode order = order(wish);
    order.set("retries", retries);
    return campaign(order);
  }

  private String campaign(ObjectNode order) {
    return box.post("/campaigns", order).path("id").asString();
  }

  private static ObjectNode order(Wish wish) {
    ObjectNode order = JSON.createObjectNode();
    order.put("name", wish.name());
    order.put("category", "SERVICE");
    order.put("senderName", "Rehearsal");
    order.put("senderContact", "+7 700 000 00 01");
    order.putArray("listIds").add(wish.list());
    ObjectNode prompt = order.putObject("prompt");
    prompt.put("kind", "TEXT");
    prompt.put("text", wish.text());
    prompt.put("language", "ru");
    LocalDate today = LocalDate.now(ZoneId.of("Asia/Almaty"));
    // Whoever rehearses on a holiday wants calls.
    order.put("onDaysOff", true);
    ObjectNode window = order.putArray("windows").addObject();
    window.put("dateFrom", today.toString());
    window.put("dateTo", today.plusDays(1).toString());
    ArrayNode days = window.putArray("weekdays");
    for (DayOfWeek day : DayOfWeek.values()) {
      days.add(day.name());
    }
    window.put("start", "00:00");
    window.put("end", "24:00");
    order.put("channels", wish.channels());
    order.put("callsPerMinute", wish.callsPerMinute());
    order.put("ringingSeconds", 20);
    order.put("record", wish.record());
    if (wish.record()) {
      order.put("recordingBasis", "Made-up subscribers of the rehearsal carrier");
    }
    return order;
  }

  public void start(String campaign) {
    var _ = box.post("/campaigns/" + campaign + "/start");
  }

  public JsonNode look(String campaign) {
    return box.get("/campaigns/" + campaign);
  }

  /// Waits for the last call of a campaign.
  public JsonNode awaitEnd(String campaign, Duration limit) {
    Wait.until(
        limit,
        "campaign " + campaign + " is over",
        () -> {
          JsonNode now = look(campaign);
          return OVER.contains(now.path("state").asString())
              && now.path("progress").path("active").asLong() == 0;
        });
    return look(campaign);
  }

  /// What a campaign is to do.
  ///
  /// @param list the list's id
  /// @param text what is said in Russian
  /// @param listen whether whatever is said in Russian counts as an answer
  /// @param listenSeconds how long an answer is waited for
  public record Wish(
      String name,
      String list,
      String text,
      int channels,
      int callsPerMinute,
      boolean record,
      boolean listen,
      int listenSeconds) {

    /// A short greeting, quickly, that asks nothing and records nothing.
    public static Wish greeting(String name, String list) {
      return new Wish(name, list, "Здравствуйте! Это проверка связи.", 3, 600, false, false, 3);
    }
  }
}
