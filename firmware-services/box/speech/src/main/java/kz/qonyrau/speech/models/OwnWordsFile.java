package kz.qonyrau.speech.models;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The own words of a model, in its `lm/own-words.json`: an object with `words`, each an object
/// with `word`, `saidAs` and `weight`, and `phrases`.
final class OwnWordsFile {

  static final String NAME = "own-words.json";

  private OwnWordsFile() {}

  static void write(OwnWords own, Path model) throws IOException {
    JsonArray words = new JsonArray();
    for (OwnWord each : own.words()) {
      words.add(
          new JsonObject()
              .put("word", each.word())
              .put("saidAs", new JsonArray(each.saidAs()))
              .put("weight", each.weight()));
    }
    Files.writeString(
        model.resolve(ModelSources.DIRECTORY).resolve(NAME),
        new JsonObject()
            .put("words", words)
            .put("phrases", new JsonArray(own.phrases()))
            .encodePrettily());
  }

  /// The own words of a model; none if it has no such file.
  ///
  /// @throws ModelRefusedException if there is one that cannot be read
  static OwnWords read(Path model) {
    Path file = model.resolve(ModelSources.DIRECTORY).resolve(NAME);
    if (!Files.exists(file)) {
      return new OwnWords(List.of(), List.of());
    }
    SourceText text = SourceText.read(file);
    try {
      JsonObject all = new JsonObject(String.join("\n", text.lines()));
      List<OwnWord> words = new ArrayList<>();
      JsonArray listed = all.getJsonArray("words", new JsonArray());
      for (int i = 0; i < listed.size(); i++) {
        JsonObject each = listed.getJsonObject(i);
        words.add(
            new OwnWord(
                each.getString("word", ""),
                strings(each.getJsonArray("saidAs", new JsonArray())),
                each.getDouble("weight", 1.0)));
      }
      return new OwnWords(words, strings(all.getJsonArray("phrases", new JsonArray())));
    } catch (DecodeException
        | ClassCastException
        | NullPointerException
        | IllegalArgumentException e) {
      throw text.wrong("is damaged: " + e.getMessage());
    }
  }

  private static List<String> strings(JsonArray array) {
    List<String> strings = new ArrayList<>();
    for (int i = 0; i < array.size(); i++) {
      strings.add(array.getString(i));
    }
    return strings;
  }
}
