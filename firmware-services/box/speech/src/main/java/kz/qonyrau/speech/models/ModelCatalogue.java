package kz.qonyrau.speech.models;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// The models that there are: the starters, whose files came with the box and are only read, and
/// those on the shelf. Safe to use from any thread.
final class ModelCatalogue {

  private final ShelfFiles files;
  private final Map<String, Path> starters = new TreeMap<>();
  private final Map<String, ShelvedModel> starterCards = new TreeMap<>();

  // Guarded by this.
  private final Map<String, ShelvedModel> models = new LinkedHashMap<>();

  /// Reads the cards of the shelf and the starters' word lists.
  ///
  /// @throws kz.qonyrau.speech.vosk.ModelUnusableException if a starter is not a model that this
  ///   box can use
  ModelCatalogue(ShelfFiles files, Map<Locale, Path> starters) throws IOException {
    this.files = files;
    starters.forEach((locale, model) -> {
      Path path = model.toAbsolutePath().normalize();
      this.starters.put(locale.getLanguage(), path);
      this.starterCards.put(locale.getLanguage(), starterCard(locale, path));
    });
    files.cards().stream()
        .sorted((one, other) -> Integer.compare(number(one.id()), number(other.id())))
        .forEach(card -> models.put(card.id(), card));
  }

  private static int number(String id) {
    return Integer.parseInt(id.substring(id.indexOf('-') + 1));
  }

  private static ShelvedModel starterCard(Locale locale, Path path) {
    try {
      return ShelvedModel.found(
          starter(locale.getLanguage()),
          locale,
          path.getFileName().toString(),
          Optional.empty(),
          "",
          path,
          Instant.EPOCH);
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot read the starter model " + path, failure);
    }
  }

  /// The id that a language's starter has, if there is one.
  static String starter(String language) {
    return language + "-starter";
  }

  boolean hasStarter(String language) {
    return starters.containsKey(language);
  }

  /// The codes of the languages that there is a model for.
  synchronized Set<String> languages() {
    Set<String> codes = new TreeSet<>(starters.keySet());
    models.values().forEach(model -> codes.add(model.language().getLanguage()));
    return codes;
  }

  /// The models of a language, the starter first, then in the order in which they came.
  synchronized List<ShelvedModel> of(String language) {
    List<ShelvedModel> some = new ArrayList<>();
    Optional.ofNullable(starterCards.get(language)).ifPresent(some::add);
    models.values().stream()
        .filter(model -> model.language().getLanguage().equals(language))
        .forEach(some::add);
    return some;
  }

  /// @throws ModelRefusedException if there is no such model
  synchronized ShelvedModel require(String id) {
    ShelvedModel model = models.get(id);
    if (model == null) {
      model =
          starterCards.values().stream()
              .filter(card -> card.id().equals(id))
              .findFirst()
              .orElseThrow(() ->
                  new ModelRefusedException(
                      ModelFault.UNKNOWN_MODEL,
                      "there is no speech model '" + SourceText.shortened(id) + "'"));
    }
    return model;
  }

  /// Where a model's files are.
  Path path(ShelvedModel model) {
    Path starter = model.isStarter() ? starters.get(model.language().getLanguage()) : null;
    return starter == null ? files.model(model.id()) : starter;
  }

  synchronized void add(ShelvedModel card) {
    models.put(card.id(), card);
  }

  synchronized void forgetIfGone(String id) {
    if (!Files.exists(files.model(id))) {
      models.remove(id);
    }
  }
}
