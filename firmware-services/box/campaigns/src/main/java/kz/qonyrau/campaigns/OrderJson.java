package kz.qonyrau.campaigns;

import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
    root.put("channels", order.channels());
    root.put("callsPerMinute", order.callsPerMinute());
    root.put("ringingMs", order.ringing().toMillis());
    order.recordingBasis().ifPresent(basis -> root.put("recordingBasis", basis));
    order
        .listen()
        .ifPresent(listen -> {
          ObjectNode one = root.putObject("listen").put("longestMs", listen.longest().toMillis());
          ArrayNode phrases = one.putArray("phrases");
          listen.phrases().forEach(phrases::add);
        });
    return JSON.writeValueAsString(root);
  }

  static CampaignOrder read(String json) {
    JsonNode root = JSON.readTree(json);
    JsonNode prompt = root.get("prompt");
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
        prompt.has("audio")
            ? new Prompt.UploadedAudio(
                prompt.get("audio").asString(), Path.of(prompt.get("path").asString()))
            : new Prompt.SpokenText(
                prompt.get("text").asString(),
                Locale.forLanguageTag(prompt.get("language").asString()),
                prompt.has("voice")
                    ? Optional.of(prompt.get("voice").asString())
                    : Optional.empty()),
        new Schedule(windows),
        root.get("channels").asInt(),
        root.get("callsPerMinute").asInt(),
        Duration.ofMillis(root.get("ringingMs").asLong()),
        root.has("recordingBasis")
            ? Optional.of(root.get("recordingBasis").asString())
            : Optional.empty(),
        root.has("listen")
            ? Optional.of(
                new Listen(
                    Duration.ofMillis(root.get("listen").get("longestMs").asLong()),
                    texts(root.get("listen").get("phrases"))))
            : Optional.empty());
  }

  private static Set<DayOfWeek> weekdays(JsonNode names) {
    return texts(names).stream().map(DayOfWeek::valueOf).collect(Collectors.toSet());
  }

  private static List<String> texts(JsonNode array) {
    return array.values().stream().map(JsonNode::asString).toList();
  }
}
