package kz.qonyrau.campaigns;

import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import kz.qonyrau.vocabulary.ContactListId;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A campaign's order as the table keeps it. Only this module reads it.
final class OrderJson {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /// What the last answer is called where an old order has more phrases than a question answers.
  private static final String OTHERS = "…";

  private OrderJson() {}

  static String write(CampaignOrder order) {
    ObjectNode root = JSON.createObjectNode();
    root.put("name", order.name());
    root.put("category", order.category().name());
    root.put("senderName", order.senderName());
    root.put("senderContact", order.senderContact());
    ArrayNode lists = root.putArray("lists");
    order.lists().forEach(list -> lists.add(list.value()));
    ObjectNode prompt = root.putObject("prompt");
    switch (order.prompt()) {
      case Prompt.UploadedAudio(String id, Path path) ->
          prompt.put("audio", id).put("path", path.toString());
      case Prompt.SpokenText(String text, Locale language, Optional<String> voice) -> {
        prompt.put("text", text).put("language", language.toLanguageTag());
        voice.ifPresent(id -> prompt.put("voice", id));
      }
    }
    ArrayNode windows = root.putArray("windows");
    for (Window window : order.schedule().windows()) {
      ObjectNode one =
          windows
              .addObject()
              .put("dateFrom", window.dateFrom().toString())
              .put("dateTo", window.dateTo().toString())
              .put("start", window.start().toString())
              .put("end", window.end().toString());
      ArrayNode weekdays = one.putArray("weekdays");
      window.weekdays().stream().sorted().forEach(day -> weekdays.add(day.name()));
    }
    root.put("onDaysOff", order.schedule().onDaysOff());
    root.put("channels", order.channels());
    root.put("callsPerMinute", order.callsPerMinute());
    root.put("priority", order.priority().name());
    root.put("ringingMs", order.ringing().toMillis());
    order.recordingBasis().ifPresent(basis -> root.put("recordingBasis", basis));
    order.asking().ifPresent(asking -> write(asking, root.putObject("asking")));
    root.put("machines", order.machines().name());
    write(order.retries(), root.putObject("retries"));
    return JSON.writeValueAsString(root);
  }

  /// The same for people elsewhere, without where things lie on this box. Nothing reads it back.
  static String toTakeAway(CampaignOrder order) {
    ObjectNode root = (ObjectNode) JSON.readTree(write(order));
    if (root.get("prompt") instanceof ObjectNode prompt) {
      var _ = prompt.remove("path");
    }
    return JSON.writeValueAsString(root);
  }

  static CampaignOrder read(String json) {
    JsonNode root = JSON.readTree(json);
    Prompt what = prompt(root.get("prompt"));
    List<Window> windows = new ArrayList<>();
    for (JsonNode window : root.get("windows").values()) {
      windows.add(
          new Window(
              LocalDate.parse(window.get("dateFrom").asString()),
              LocalDate.parse(window.get("dateTo").asString()),
              weekdays(window.get("weekdays")),
              LocalTime.parse(window.get("start").asString()),
              LocalTime.parse(window.get("end").asString())));
    }
    return new CampaignOrder(
        root.get("name").asString(),
        Category.valueOf(root.get("category").asString()),
        root.get("senderName").asString(),
        root.get("senderContact").asString(),
        texts(root.get("lists")).stream().map(ContactListId::new).toList(),
        what,
        new Schedule(windows, root.path("onDaysOff").asBoolean(false)),
        root.get("channels").asInt(),
        root.get("callsPerMinute").asInt(),
        Priority.valueOf(root.path("priority").asString(Priority.NORMAL.name())),
        Duration.ofMillis(root.get("ringingMs").asLong()),
        text(root, "recordingBasis"),
        asking(root, what),
        root.has("machines")
            ? MachineRule.valueOf(root.get("machines").asString())
            : MachineRule.CARRY_ON,
        retries(root));
  }

  private static void write(RetryPolicy policy, ObjectNode root) {
    root.put("mostAttempts", policy.mostAttempts());
    ObjectNode reasons = root.putObject("reasons");
    policy
        .retries()
        .forEach((reason, retry) ->
            reasons
                .putObject(reason.name())
                .put("times", retry.times())
                .put("pauseMs", retry.pause().toMillis())
                .put("growing", retry.growing())
                .put("next", retry.next().name()));
  }

  /// Orders of before there were retries call everybody once, and those of before contacts had
  /// other numbers call the same one again.
  private static RetryPolicy retries(JsonNode root) {
    if (!root.has("retries")) {
      return RetryPolicy.NONE;
    }
    JsonNode policy = root.get("retries");
    Map<RetryReason, Retry> retries = new EnumMap<>(RetryReason.class);
    for (Map.Entry<String, JsonNode> one : policy.get("reasons").properties()) {
      retries.put(
          RetryReason.valueOf(one.getKey()),
          new Retry(
              one.getValue().get("times").asInt(),
              Duration.ofMillis(one.getValue().get("pauseMs").asLong()),
              one.getValue().get("growing").asBoolean(),
              NextNumber.valueOf(one.getValue().path("next").asString(NextNumber.SAME.name()))));
    }
    return new RetryPolicy(policy.get("mostAttempts").asInt(), retries);
  }

  private static Prompt prompt(JsonNode prompt) {
    return prompt.has("audio")
        ? new Prompt.UploadedAudio(
            prompt.get("audio").asString(), Path.of(prompt.get("path").asString()))
        : new Prompt.SpokenText(
            prompt.get("text").asString(),
            Locale.forLanguageTag(prompt.get("language").asString()),
            text(prompt, "voice"));
  }

  private static void write(Asking asking, ObjectNode root) {
    ArrayNode languages = root.putArray("languages");
    asking.languages().forEach(language -> languages.add(language.toLanguageTag()));
    root.put("longestMs", asking.longest().toMillis());
    root.put("interruptible", asking.interruptible());
    ArrayNode answers = root.putArray("answers");
    for (ExpectedAnswer answer : asking.answers()) {
      ObjectNode one = answers.addObject().put("name", answer.name());
      answer.key().ifPresent(key -> one.put("key", key.toString()));
      ObjectNode phrases = one.putObject("phrases");
      answer
          .phrases()
          .forEach(
              (language, some) -> some.forEach(phrases.putArray(language.toLanguageTag())::add));
      ObjectNode replies = one.putObject("replies");
      answer.replies().forEach((language, text) -> replies.put(language.toLanguageTag(), text));
      one.put("withdraws", answer.withdraws());
    }
    write(asking.silence(), root.putObject("silence"));
    write(asking.notUnderstood(), root.putObject("notUnderstood"));
  }

  private static void write(Fallback fallback, ObjectNode root) {
    root.put("repeats", fallback.repeats());
    fallback.hint().ifPresent(text -> root.put("hint", text));
    fallback.goodbye().ifPresent(text -> root.put("goodbye", text));
  }

  private static Optional<Asking> asking(JsonNode root, Prompt prompt) {
    if (root.has("listen")) {
      return Optional.of(listening(root.get("listen"), prompt));
    }
    if (!root.has("asking")) {
      return Optional.empty();
    }
    JsonNode asking = root.get("asking");
    List<ExpectedAnswer> answers = new ArrayList<>();
    for (JsonNode answer : asking.get("answers").values()) {
      Map<Locale, List<String>> phrases = new HashMap<>();
      for (Map.Entry<String, JsonNode> one : answer.get("phrases").properties()) {
        phrases.put(Locale.forLanguageTag(one.getKey()), texts(one.getValue()));
      }
      Map<Locale, String> replies = new HashMap<>();
      for (Map.Entry<String, JsonNode> one : answer.get("replies").properties()) {
        replies.put(Locale.forLanguageTag(one.getKey()), one.getValue().asString());
      }
      answers.add(
          new ExpectedAnswer(
              answer.get("name").asString(),
              text(answer, "key").map(key -> key.charAt(0)),
              phrases,
              replies,
              answer.path("withdraws").asBoolean(false)));
    }
    return Optional.of(
        new Asking(
            texts(asking.get("languages")).stream().map(Locale::forLanguageTag).toList(),
            Duration.ofMillis(asking.get("longestMs").asLong()),
            asking.get("interruptible").asBoolean(),
            answers,
            fallback(asking.get("silence")),
            fallback(asking.get("notUnderstood"))));
  }

  private static Fallback fallback(JsonNode root) {
    return new Fallback(root.get("repeats").asInt(), text(root, "hint"), text(root, "goodbye"));
  }

  /// An order of a time when all that was expected was a list of phrases in one language. Each
  /// becomes an answer of its own; those beyond what a question has count together.
  private static Asking listening(JsonNode listen, Prompt prompt) {
    Locale language =
        prompt instanceof Prompt.SpokenText(var _, Locale own, var _) ? own : Prompt.USUAL_LANGUAGE;
    Map<String, List<String>> byName = new LinkedHashMap<>();
    Set<String> seen = new HashSet<>();
    for (String phrase : texts(listen.get("phrases"))) {
      String plain = phrase.strip();
      if (plain.isEmpty() || !seen.add(Asking.folded(plain))) {
        continue;
      }
      boolean fits =
          byName.size() < Asking.MOST_ANSWERS - 1 && plain.length() <= ExpectedAnswer.LONGEST_NAME;
      byName.computeIfAbsent(fits ? plain : OTHERS, _ -> new ArrayList<>()).add(plain);
    }
    return new Asking(
        List.of(language),
        Duration.ofMillis(listen.get("longestMs").asLong()),
        false,
        byName.entrySet().stream()
            .map(answer ->
                new ExpectedAnswer(
                    answer.getKey(),
                    Optional.empty(),
                    Map.of(language, answer.getValue()),
                    Map.of()))
            .toList(),
        Fallback.NONE,
        Fallback.NONE);
  }

  private static Set<DayOfWeek> weekdays(JsonNode names) {
    return texts(names).stream().map(DayOfWeek::valueOf).collect(Collectors.toSet());
  }

  private static Optional<String> text(JsonNode root, String name) {
    return root.has(name) ? Optional.of(root.get(name).asString()) : Optional.empty();
  }

  private static List<String> texts(JsonNode array) {
    return array.values().stream().map(JsonNode::asString).toList();
  }
}
