package kz.qonyrau.speech.piper;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import kz.qonyrau.speech.Timbre;
import kz.qonyrau.speech.VoiceProfile;

/// A Piper voice on the shelf.
///
/// @param name as its makers call it, such as `ru_RU-irina-medium`
/// @param number how many voices were put onto the shelf before it; of two with the same name, the
///   higher one is there
/// @param language what it speaks
/// @param timbre what kind of voice it is, by what the technician says
/// @param sha256 of the archive that was uploaded
/// @param bytes on the disk
/// @param samplesPerSecond what it gives
/// @param speakers how many voices it has; the first one speaks
/// @param spoken how long its test sentence was
/// @param took how long it took to speak that
/// @param installedAt when it was put onto the shelf
public record ShelvedVoice(
    String name,
    int number,
    Locale language,
    Timbre timbre,
    String sha256,
    long bytes,
    int samplesPerSecond,
    int speakers,
    Duration spoken,
    Duration took,
    Instant installedAt) {

  static final String ENGINE = "Piper";
  private static final String PREFIX = "piper-";

  public ShelvedVoice {
    // As its card says it.
    spoken = spoken.truncatedTo(ChronoUnit.MILLIS);
    took = took.truncatedTo(ChronoUnit.MILLIS);
    installedAt = installedAt.truncatedTo(ChronoUnit.MILLIS);
  }

  /// How campaigns name it: the same for all voices with this name.
  public String id() {
    return PREFIX + name;
  }

  /// The name of its directory.
  String directory() {
    return name + "." + number;
  }

  VoiceProfile profile() {
    return new VoiceProfile(id(), language, timbre, name, ENGINE);
  }

  JsonObject json() {
    return new JsonObject()
        .put("format", 1)
        .put("name", name)
        .put("number", number)
        .put("language", language.getLanguage())
        .put("timbre", timbre.name())
        .put("sha256", sha256)
        .put("bytes", bytes)
        .put("samplesPerSecond", samplesPerSecond)
        .put("speakers", speakers)
        .put("spokenMs", spoken.toMillis())
        .put("tookMs", took.toMillis())
        .put("installedAtMs", installedAt.toEpochMilli());
  }

  /// @throws RuntimeException if it is no such card
  static ShelvedVoice of(JsonObject card) {
    if (card.getInteger("format") != 1) {
      throw new IllegalArgumentException("unknown format");
    }
    return new ShelvedVoice(
        text(card, "name"),
        card.getInteger("number"),
        Locale.of(text(card, "language")),
        Timbre.valueOf(text(card, "timbre")),
        text(card, "sha256"),
        card.getLong("bytes"),
        card.getInteger("samplesPerSecond"),
        card.getInteger("speakers"),
        Duration.ofMillis(card.getLong("spokenMs")),
        Duration.ofMillis(card.getLong("tookMs")),
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
