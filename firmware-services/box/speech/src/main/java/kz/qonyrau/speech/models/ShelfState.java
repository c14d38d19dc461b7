package kz.qonyrau.speech.models;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Which model was chosen for each language. It is all of the shelf that is not said by the models
/// themselves.
///
/// @param next the number of the next model
/// @param choices by the code of the language; a language without one has its starter
record ShelfState(int next, Map<String, Choice> choices) {

  /// @param inForce the id of the chosen model
  /// @param previous the id of the one before
  record Choice(String inForce, Optional<String> previous) {}

  ShelfState {
    choices = Map.copyOf(choices);
  }

  ShelfState with(String language, Choice choice) {
    Map<String, Choice> all = new TreeMap<>(choices);
    all.put(language, choice);
    return new ShelfState(next, all);
  }

  ShelfState without(String language) {
    Map<String, Choice> all = new TreeMap<>(choices);
    all.remove(language);
    return new ShelfState(next, all);
  }

  ShelfState withNext(int number) {
    return new ShelfState(number, choices);
  }

  String encoded() {
    JsonObject languages = new JsonObject();
    new TreeMap<>(choices)
        .forEach((language, choice) -> {
          JsonObject each = new JsonObject().put("inForce", choice.inForce());
          choice.previous().ifPresent(id -> each.put("previous", id));
          languages.put(language, each);
        });
    return new JsonObject()
        .put("format", 1)
        .put("next", next)
        .put("languages", languages)
        .encodePrettily();
  }

  /// @throws RuntimeException if it is no such text
  static ShelfState decoded(String text) {
    JsonObject all = new JsonObject(text);
    if (all.getInteger("format") != 1 || all.getInteger("next") < 1) {
      throw new IllegalArgumentException("unknown format");
    }
    Map<String, Choice> choices = new TreeMap<>();
    JsonObject languages = all.getJsonObject("languages");
    for (String language : languages.fieldNames()) {
      JsonObject each = languages.getJsonObject(language);
      String inForce = each.getString("inForce");
      if (inForce == null) {
        throw new IllegalArgumentException("lacks the model of '" + language + "'");
      }
      choices.put(language, new Choice(inForce, Optional.ofNullable(each.getString("previous"))));
    }
    return new ShelfState(all.getInteger("next"), choices);
  }
}
