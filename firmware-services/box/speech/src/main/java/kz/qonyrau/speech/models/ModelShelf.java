package kz.qonyrau.speech.models;

import io.vertx.core.Future;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import kz.qonyrau.speech.vosk.ModelUnusableException;
import kz.qonyrau.speech.vosk.VoskRecognizer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The speech models of a box: for each language the starter that came with it, those that a
/// technician uploaded or a customer's words were added to, the one in force and the one before.
///
/// What takes long is done on threads of the shelf: one makes models, another tries them out and
/// puts them in force, so that a step back need not wait for an upload, and a third finds out how
/// words are said. Every change is on the disk as a whole or not at all, whenever the power goes.
/// Safe to use from any thread; callers never wait.
public final class ModelShelf implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ModelShelf.class);
  private static final Duration LOADING = Duration.ofMinutes(3);

  /// What a shelf needs that tests replace.
  ///
  /// @param loading how long a model may take to be put in force
  record Means(StagedDirectories.Plug plug, ModelBundle bundles, Trials trials, Duration loading) {}

  /// Tries models out.
  interface Trials {
    TrialResult run(Path model, Locale language, byte[] pcm) throws InterruptedException;
  }

  private final InstantSource clock;
  private final Means means;
  private final ShelfFiles files;
  private final ModelCatalogue catalogue;
  private final ModelsInForce inForce;
  private final ShelfThread making = new ShelfThread("models-making");
  private final ShelfThread choosing = new ShelfThread("models-choosing");
  private final ShelfThread saying = new ShelfThread("models-saying");

  // What models are being made of; guarded by this.
  private final Set<String> bases = new HashSet<>();

  private ModelShelf(Path directory, Map<Locale, Path> starters, InstantSource clock, Means means)
      throws IOException {
    this.clock = clock;
    this.means = means;
    this.files = ShelfFiles.open(directory, means.plug());
    this.catalogue = new ModelCatalogue(files, starters);
    this.inForce = new ModelsInForce(catalogue, files, means.trials(), means.loading());
  }

  /// Opens the shelf, and removes what a crash left behind. Reads the starters' word lists.
  ///
  /// @param directory for the shelf alone; made if it is missing
  /// @param starters the models that came with the box; read only
  /// @param clock for the day on which a model came
  /// @throws ModelUnusableException if a starter is not a model that this box can use
  /// @throws UncheckedIOException if the directory cannot be used
  public static ModelShelf open(Path directory, Map<Locale, Path> starters, InstantSource clock) {
    return open(directory, starters, clock, usual(directory, LOADING));
  }

  /// The means of the product.
  static Means usual(Path directory, Duration loading) {
    return new Means(
        _ -> {},
        ModelBundle.usual(),
        new ModelTrial(directory.resolve(ShelfFiles.TRIAL), loading)::run,
        loading);
  }

  static ModelShelf open(
      Path directory, Map<Locale, Path> starters, InstantSource clock, Means means) {
    try {
      return new ModelShelf(directory, starters, clock, means);
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot use the shelf of models " + directory, failure);
    }
  }

  /// Puts in force what was chosen, in every language: the model in force, or else the one before,
  /// or else the starter. To be called once, when the box starts.
  ///
  /// @param recognizer where the models are put in force
  /// @return completes when every language has a model or nothing is left to try; how it went is in
  ///   [#languages]
  public Future<Void> start(VoskRecognizer recognizer) {
    return start(Ears.of(recognizer));
  }

  Future<Void> start(Ears listener) {
    return choosing.order(() -> inForce.start(listener));
  }

  /// How the models stand, by language.
  public List<ShelvedLanguage> languages() {
    return inForce.languages().stream().map(inForce::language).toList();
  }

  /// The directories of the models that calls are listened to with, by language; without those that
  /// have none yet.
  public Map<Locale, Path> running() {
    return inForce.running();
  }

  /// The words in these phrases that the model which calls are listened to with does not know, in
  /// order, each once; own words can be added for them.
  ///
  /// @throws IllegalArgumentException if a phrase is malformed
  /// @throws kz.qonyrau.speech.RecognitionUnavailableException if there is no model for the
  ///   language
  public List<String> unknownWords(Locale language, List<String> phrases) {
    return inForce.unknownWords(language, phrases);
  }

  /// Unpacks an uploaded archive onto the shelf. It is not put in force by that.
  ///
  /// @param language what the model hears, by what the technician says; an ISO 639 code of two or
  ///   three letters
  /// @param name what to call it; 1 to 80 printable characters
  /// @param zip stays where it is, and must stay as it is until the installation has ended
  /// @param sha256 what the archive's SHA-256 must be, if that is known: 64 hexadecimal digits
  /// @param progress told how far it is, often, on a thread of the shelf; must not block
  /// @throws IllegalArgumentException if an argument is none of these
  public Installation<ShelvedModel> install(
      Locale language,
      String name,
      Path zip,
      Optional<String> sha256,
      Consumer<Progress> progress) {
    requireLanguage(language);
    requireName(name);
    if (sha256.isPresent() && !sha256.get().matches("[0-9a-fA-F]{64}")) {
      throw new IllegalArgumentException(
          "sha256: 64 hexadecimal digits, not '" + SourceText.shortened(sha256.get()) + "'");
    }
    Installation<ShelvedModel> installation = new Installation<>();
    making.ask(
        () ->
            make(
                installation,
                language,
                name,
                Optional.empty(),
                target -> {
                  Trees.makePrivate(target);
                  return means
                      .bundles()
                      .unpack(
                          zip,
                          sha256,
                          target,
                          (stage, done, all) -> {
                            installation.requireWanted();
                            progress.accept(new Progress(stage, done, all));
                          });
                },
                progress),
        installation.promise());
    return installation;
  }

  /// Makes a new model that knows own words, out of one that has its sources. It is not put in
  /// force by that, and the words replace those that `base` may have.
  ///
  /// @param name what to call it; 1 to 80 printable characters
  /// @param progress as for [#install]
  /// @throws IllegalArgumentException if the name is none
  /// @throws ModelRefusedException if there is no such base, or words cannot be added to it
  public Installation<ShelvedModel> addWords(
      String base, OwnWords words, String name, Consumer<Progress> progress) {
    requireName(name);
    ShelvedModel model = catalogue.require(base);
    requireTakesWords(model);
    Installation<ShelvedModel> installation = new Installation<>();
    making.ask(
        () -> {
          hold(base);
          try {
            return make(
                installation,
                model.language(),
                name,
                Optional.of(base),
                target -> {
                  installation.requireWanted();
                  progress.accept(new Progress(Progress.Stage.BUILDING, 0, 0));
                  new ModelExtension(OpenFst.find()).extend(catalogue.path(model), words, target);
                  return "";
                },
                progress);
          } finally {
            release(base);
          }
        },
        installation.promise());
    return installation;
  }

  /// Fills a directory with a model, and returns the SHA-256 of what it came from.
  private interface Filling {
    String fill(Path target) throws IOException, InterruptedException;
  }

  private ShelvedModel make(
      Installation<ShelvedModel> installation,
      Locale language,
      String name,
      Optional<String> base,
      Filling filling,
      Consumer<Progress> progress)
      throws IOException, InterruptedException {
    installation.requireWanted();
    String id = language.getLanguage() + "-" + inForce.nextNumber();
    boolean shelved = false;
    try {
      files.begin(id);
      Path target = files.incoming(id);
      String sum = filling.fill(target);
      installation.requireWanted();
      progress.accept(new Progress(Progress.Stage.VERIFYING, 0, 0));
      ShelvedModel card =
          ShelvedModel.found(id, language, name, base, sum, target, clock.instant());
      installation.requireWanted();
      files.shelve(card);
      shelved = true;
      catalogue.add(card);
      LOG.atInfo()
          .addKeyValue("model", id)
          .addKeyValue("name", name)
          .addKeyValue("words", card.words())
          .addKeyValue("mib", card.bytes() >> 20)
          .log("speech model is on the shelf");
      return card;
    } catch (ModelUnusableException unusable) {
      throw new ModelRefusedException(
          ModelFault.NOT_A_MODEL, String.valueOf(unusable.getMessage()), unusable);
    } catch (IOException failure) {
      throw diskFull(failure);
    } finally {
      if (!shelved) {
        files.abandon(id);
      }
    }
  }

  private static IOException diskFull(IOException failure) {
    if (String.valueOf(failure.getMessage()).contains("No space left")) {
      throw new ModelRefusedException(
          ModelFault.NO_ROOM, "the disk is full; remove models that are not needed", failure);
    }
    return failure;
  }

  /// What there is to be said of a model.
  ///
  /// @throws ModelRefusedException if there is no such model
  public ShelvedModel model(String id) {
    return catalogue.require(id);
  }

  /// The own words of a model, to be shown and changed; none if it has none.
  ///
  /// @throws ModelRefusedException if there is no such model, or its list is damaged
  public OwnWords ownWords(String id) {
    return OwnWordsFile.read(catalogue.path(catalogue.require(id)));
  }

  /// How words would be said if they were added to a model, without adding them.
  ///
  /// @return one for each word, in their order; fails with [ModelRefusedException] if the model's
  ///   sources or espeak-ng cannot be used
  /// @throws ModelRefusedException if there is no such model, or words cannot be added to it
  public Future<List<SaidWord>> pronounce(String id, List<OwnWord> words) {
    ShelvedModel model = catalogue.require(id);
    requireTakesWords(model);
    List<OwnWord> asked = List.copyOf(words);
    return saying.ask(
        () -> new Pronouncer(ModelSources.readPhonemes(catalogue.path(model))).preview(asked));
  }

  private void requireTakesWords(ShelvedModel model) {
    ModelExtension.whyNot(catalogue.path(model))
        .ifPresent(why -> {
          throw new ModelRefusedException(
              ModelFault.BAD_SOURCES, "words cannot be added to " + model.id() + ": " + why);
        });
  }

  /// Tries a model out: a worker of its own loads it and decodes an utterance.
  ///
  /// @param pcm signed 16-bit little-endian samples, 8 kHz, one channel, up to two minutes; an
  ///   utterance in which nobody speaks if there is none
  /// @return the result; fails with [ModelRefusedException] if there is no such model
  /// @throws IllegalArgumentException if it is no such audio
  public Future<TrialResult> tryOut(String id, Optional<byte[]> pcm) {
    byte[] audio = pcm.orElseGet(ModelTrial::builtIn);
    ModelTrial.require(audio);
    return choosing.ask(() -> inForce.trial(catalogue.require(id), audio));
  }

  /// Puts a model in force, once a worker of its own has loaded it and decoded a test utterance.
  /// What is being listened to goes on undisturbed.
  ///
  /// @return completes when new calls are listened to with it; fails with [ModelRefusedException]
  ///   if there is no such model or it failed its trial. What was in force then still is
  public Future<Void> putInForce(String id) {
    return choosing.order(() -> inForce.put(id));
  }

  /// Puts in force what was in force before, as [#putInForce]; doing it again undoes it.
  ///
  /// @return fails with [ModelRefusedException] if there was nothing before
  public Future<Void> stepBack(Locale language) {
    return choosing.order(() -> inForce.stepBack(language));
  }

  /// Removes a model from the shelf and the disk.
  ///
  /// @return fails with [ModelRefusedException] if there is no such model, or it is the starter, is
  ///   in force, or is still needed by calls or by a model that is being made
  public Future<Void> remove(String id) {
    return choosing.order(() -> {
      ShelvedModel model = catalogue.require(id);
      requireUnused(model);
      inForce.forget(model);
      try {
        files.remove(id);
      } finally {
        catalogue.forgetIfGone(id);
      }
    });
  }

  private synchronized void requireUnused(ShelvedModel model) {
    String why =
        model.isStarter()
            ? "came with the box and stays as the last resort"
            : bases.contains(model.id())
                ? "is what another model is being made of; wait for that"
                : inForce.whyNeeded(model);
    if (!why.isEmpty()) {
      throw new ModelRefusedException(ModelFault.IN_USE, "the model " + model.id() + " " + why);
    }
  }

  private synchronized void hold(String id) {
    var _ = catalogue.require(id);
    bases.add(id);
  }

  private synchronized void release(String id) {
    bases.remove(id);
  }

  private static void requireLanguage(Locale language) {
    if (!language.getLanguage().matches("[a-z]{2,3}")) {
      throw new IllegalArgumentException(
          "language: an ISO 639 code, not '" + SourceText.shortened(language.toString()) + "'");
    }
  }

  private static void requireName(String name) {
    if (name.isBlank() || name.length() > 80 || name.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "name: 1 to 80 printable characters, not '" + SourceText.shortened(name) + "'");
    }
  }

  /// Calls off what is being made and tried out. Models that are in force stay so in the
  /// recogniser.
  @Override
  public void close() {
    making.close();
    choosing.close();
    saying.close();
  }
}
