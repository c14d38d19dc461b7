package kz.qonyrau.speech.models;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import kz.qonyrau.speech.vosk.ModelDirectory;
import kz.qonyrau.speech.vosk.OnPeople;

/// A model on the shelf.
///
/// @param id how it is named in requests; `ru-starter` for the one that came with the box, `ru-12`
///   for the twelfth that was made or uploaded here
/// @param language what it hears
/// @param name what the technician calls it; 1 to 80 printable characters
/// @param base the model that it was made of, if own words were added to one
/// @param sha256 of the archive that was uploaded; empty for others
/// @param bytes on the disk
/// @param words how many it knows
/// @param samplesPerSecond what it hears: 8000 or 16000
/// @param takesPhrases whether its graph can be limited to a list of phrases while it runs
/// @param rejects whether it can say that it heard something else than was listed; one that cannot
///   takes foreign words for listed ones
/// @param takesWords whether own words can be added to it
/// @param onPeople how well it is known to understand people
/// @param installedAt when it was put onto the shelf; the epoch for the starter
public record ShelvedModel(
    String id,
    Locale language,
    String name,
    Optional<String> base,
    String sha256,
    long bytes,
    int words,
    int samplesPerSecond,
    boolean takesPhrases,
    boolean rejects,
    boolean takesWords,
    OnPeople onPeople,
    Instant installedAt) {

  /// Checks a model's directory and describes it.
  ///
  /// @throws kz.qonyrau.speech.vosk.ModelUnusableException if it is not a model that this box can
  ///   use
  static ShelvedModel found(
      String id,
      Locale language,
      String name,
      Optional<String> base,
      String sha256,
      Path model,
      Instant at)
      throws IOException {
    ModelDirectory checked = ModelDirectory.check(model);
    return new ShelvedModel(
        id,
        language,
        name,
        base,
        sha256,
        Trees.bytes(model),
        checked.vocabulary().size(),
        checked.samplesPerSecond(),
        checked.takesPhrases(),
        checked.vocabulary().rejects(),
        ModelExtension.whyNot(model).isEmpty(),
        checked.onPeople(),
        at);
  }

  /// Whether it came with the box, and cannot be removed.
  public boolean isStarter() {
    return id.endsWith("-starter");
  }

  JsonObject json() {
    JsonObject card =
        new JsonObject()
            .put("format", 1)
            .put("id", id)
            .put("language", language.getLanguage())
            .put("name", name)
            .put("sha256", sha256)
            .put("bytes", bytes)
            .put("words", words)
            .put("samplesPerSecond", samplesPerSecond)
            .put("takesPhrases", takesPhrases)
            .put("rejects", rejects)
            .put("takesWords", takesWords)
            .put("onPeople", onPeople.name())
            .put("installedAtMs", installedAt.toEpochMilli());
    base.ifPresent(id -> card.put("base", id));
    return card;
  }

  /// @throws RuntimeException if it is no such card
  static ShelvedModel of(JsonObject card) {
    if (card.getInteger("format") != 1) {
      throw new IllegalArgumentException("unknown format");
    }
    return new ShelvedModel(
        text(card, "id"),
        Locale.of(text(card, "language")),
        text(card, "name"),
        Optional.ofNullable(card.getString("base")),
        text(card, "sha256"),
        card.getLong("bytes"),
        card.getInteger("words"),
        card.getInteger("samplesPerSecond"),
        card.getBoolean("takesPhrases"),
        card.getBoolean("rejects"),
        card.getBoolean("takesWords"),
        OnPeople.valueOf(card.getString("onPeople", OnPeople.FAIR.name())),
        Instant.ofEpochMilli(card.getLong("installedAtMs")));
  }

  private static String text(JsonObject card, String key) {
    String text = card.getString(key);
    if (text == null) {
      throw new IllegalArgumentException("lacks " + key);
    }
    return text;
  }
}
