package kz.qonyrau.speech.models;

import io.vertx.core.Future;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import kz.qonyrau.speech.models.ShelfState.Choice;
import kz.qonyrau.speech.vosk.ModelUnusableException;
import kz.qonyrau.speech.vosk.VoskRecognizer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The speech models of a box: for each language the starter that came with it, those that a
/// technician uploaded or a customer's words were added to, the one in force and the one before.
///
/// What takes long is done on two threads of the shelf: one makes models, the other tries them out
/// and puts them in force, so that a step back need not wait for an upload. Every change is on the
/// disk as a whole or not at all, whenever the power goes. Safe to use from any thread; callers
/// never wait.
public final class ModelShelf implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ModelShelf.class);
  private static final Duration LOADING = Duration.ofMinutes(3);

  /// What a shelf needs that tests replace.
  ///
  /// @param loading how long a model may take to be put in force
  record Means(ShelfFiles.Plug plug, ModelBundle bundles, Trials trials, Duration loading) {}

  /// Tries models out.
  interface Trials {
    TrialResult run(Path model, Locale language, byte[] pcm) throws InterruptedException;
  }

  private final Map<String, Path> starters = new TreeMap<>();
  private final Map<String, ShelvedModel> starterCards = new TreeMap<>();
  private final InstantSource clock;
  private final Means means;
  private final ShelfFiles files;
  private final ShelfThread making = new ShelfThread("models-making");
  private final ShelfThread choosing = new ShelfThread("models-choosing");

  // All guarded by this.
  private final Map<String, ShelvedModel> models = new LinkedHashMap<>();
  private final Map<String, String> running = new TreeMap<>();
  private final Map<String, String> troubles = new TreeMap<>();
  private final Set<String> bases = new HashSet<>();
  private ShelfState state;
  private @Nullable Ears ears;

  private ModelShelf(Path directory, Map<Locale, Path> starters, InstantSource clock, Means means)
      throws IOException {
    this.clock = clock;
    this.means = means;
    this.files = ShelfFiles.open(directory, means.plug());
    starters.forEach((locale, model) -> {
      Path path = model.toAbsolutePath().normalize();
      this.starters.put(locale.getLanguage(), path);
      this.starterCards.put(locale.getLanguage(), starterCard(locale, path));
    });
    files.cards().stream()
        .sorted((one, other) -> Integer.compare(number(one.id()), number(other.id())))
        .forEach(card -> models.put(card.id(), card));
    ShelfState read = files.readState();
    this.state = read.withNext(Math.max(read.next(), files.highestNumber() + 1));
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

  private static int number(String id) {
    return Integer.parseInt(id.substring(id.indexOf('-') + 1));
  }

  private static ShelvedModel starterCard(Locale locale, Path path) {
    try {
      return ShelvedModel.found(
          locale.getLanguage() + "-starter",
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
    return choosing.order(() -> {
      synchronized (this) {
        if (ears != null) {
          throw new IllegalStateException("the shelf was started before");
        }
        ears = listener;
      }
      for (String language : codes()) {
        startLanguage(listener, language);
      }
    });
  }

  private void startLanguage(Ears listener, String language) throws InterruptedException {
    List<String> complaints = new ArrayList<>();
    for (String id : candidates(language)) {
      String complaint = tryToInstall(listener, language, id);
      if (complaint.isEmpty()) {
        note(language, id, String.join("; ", complaints));
        return;
      }
      complaints.add(id + ": " + complaint);
    }
    note(language, "", String.join("; ", complaints));
  }

  private synchronized void note(String language, String id, String trouble) {
    running.put(language, id);
    troubles.put(language, trouble);
    if (!trouble.isEmpty()) {
      LOG.atError()
          .addKeyValue("language", language)
          .addKeyValue("running", id.isEmpty() ? "none" : id)
          .addKeyValue("why", trouble)
          .log("the speech model in force cannot be loaded");
    }
  }

  private synchronized SequencedSet<String> candidates(String language) {
    SequencedSet<String> candidates = new LinkedHashSet<>();
    Choice choice = state.choices().get(language);
    if (choice != null) {
      candidates.add(choice.inForce());
      choice.previous().ifPresent(candidates::add);
    }
    if (starters.containsKey(language)) {
      candidates.add(starter(language));
    }
    return candidates;
  }

  /// Why a model cannot be put in force; empty if it is.
  private String tryToInstall(Ears listener, String language, String id)
      throws InterruptedException {
    try {
      ShelvedModel model = require(id);
      if (!model.language().getLanguage().equals(language)) {
        return "is a model for '" + model.language().getLanguage() + "'";
      }
      listener
          .install(Locale.of(language), path(model))
          .await(means.loading().toMillis(), TimeUnit.MILLISECONDS);
      return "";
    } catch (TimeoutException _) { // It cannot come any more: the worker was ended before.
      return "was not loaded within " + means.loading().toSeconds() + " s";
    } catch (RuntimeException failure) {
      return String.valueOf(failure.getMessage());
    }
  }

  private synchronized Set<String> codes() {
    Set<String> codes = new TreeSet<>(starters.keySet());
    models.values().forEach(model -> codes.add(model.language().getLanguage()));
    codes.addAll(state.choices().keySet());
    return codes;
  }

  private static String starter(String language) {
    return language + "-starter";
  }

  /// How the models stand, by language.
  public synchronized List<ShelvedLanguage> languages() {
    List<ShelvedLanguage> all = new ArrayList<>();
    for (String code : codes()) {
      Choice choice = choice(code);
      List<ShelvedModel> some = new ArrayList<>();
      Optional.ofNullable(starterCards.get(code)).ifPresent(some::add);
      models.values().stream()
          .filter(model -> model.language().getLanguage().equals(code))
          .forEach(some::add);
      all.add(
          new ShelvedLanguage(
              Locale.of(code),
              Optional.of(choice.inForce()).filter(id -> !id.isEmpty()),
              Optional.ofNullable(running.get(code)).filter(id -> !id.isEmpty()),
              choice.previous(),
              troubles.getOrDefault(code, ""),
              some));
    }
    return all;
  }

  /// The directories of the models that calls are listened to with, by language; without those that
  /// have none yet.
  public synchronized Map<Locale, Path> running() {
    Map<Locale, Path> directories = new HashMap<>();
    running.forEach((language, id) -> {
      if (!id.isEmpty()) {
        directories.put(Locale.of(language), path(require(id)));
      }
    });
    return directories;
  }

  /// What was chosen for a language: its starter if nothing was, and nothing if it has none.
  private synchronized Choice choice(String language) {
    Choice choice = state.choices().get(language);
    return choice != null
        ? choice
        : new Choice(starters.containsKey(language) ? starter(language) : "", Optional.empty());
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
  public Installation install(
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
    Installation installation = new Installation();
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
  /// @throws ModelRefusedException if there is no such base
  public Installation addWords(
      String base, OwnWords words, String name, Consumer<Progress> progress) {
    requireName(name);
    ShelvedModel model = require(base);
    Installation installation = new Installation();
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
                  new ModelExtension(OpenFst.find()).extend(path(model), words, target);
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
      Installation installation,
      Locale language,
      String name,
      Optional<String> base,
      Filling filling,
      Consumer<Progress> progress)
      throws IOException, InterruptedException {
    installation.requireWanted();
    String id = nextId(language);
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
      synchronized (this) {
        models.put(id, card);
      }
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

  private synchronized String nextId(Locale language) {
    int number = state.next();
    state = state.withNext(number + 1);
    return language.getLanguage() + "-" + number;
  }

  /// The own words of a model, to be shown and changed; none if it has none.
  ///
  /// @throws ModelRefusedException if there is no such model, or its list is damaged
  public OwnWords ownWords(String id) {
    return OwnWordsFile.read(path(require(id)));
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
    return choosing.ask(() -> trial(require(id), audio));
  }

  private TrialResult trial(ShelvedModel model, byte[] pcm) throws InterruptedException {
    return means.trials().run(path(model), model.language(), pcm);
  }

  /// Puts a model in force, once a worker of its own has loaded it and decoded a test utterance.
  /// What is being listened to goes on undisturbed.
  ///
  /// @return completes when new calls are listened to with it; fails with [ModelRefusedException]
  ///   if there is no such model or it failed its trial. What was in force then still is
  public Future<Void> putInForce(String id) {
    return choosing.order(() -> {
      ShelvedModel model = require(id);
      Choice old = choice(model.language().getLanguage());
      if (!isRunning(id) || !old.inForce().equals(id)) {
        exchange(model, old);
      }
    });
  }

  /// Puts in force what was in force before, as [#putInForce]; doing it again undoes it.
  ///
  /// @return fails with [ModelRefusedException] if there was nothing before
  public Future<Void> stepBack(Locale language) {
    return choosing.order(() -> {
      Choice old = choice(language.getLanguage());
      String id =
          old.previous()
              .orElseThrow(() ->
                  new ModelRefusedException(
                      ModelFault.UNKNOWN_MODEL,
                      "no other model was in force before for '" + language + "'"));
      exchange(require(id), old);
    });
  }

  private synchronized boolean isRunning(String id) {
    return running.containsValue(id);
  }

  private void exchange(ShelvedModel model, Choice old) throws IOException, InterruptedException {
    String language = model.language().getLanguage();
    Ears listener = started();
    if (trial(model, ModelTrial.builtIn()) instanceof TrialResult.Failed(String why)) {
      throw new ModelRefusedException(
          ModelFault.TRIAL_FAILED, "the model " + model.id() + " failed its trial: " + why);
    }
    Optional<String> previous =
        old.inForce().equals(model.id())
            ? old.previous()
            : Optional.of(old.inForce()).filter(id -> !id.isEmpty());
    ShelfState before = snapshot();
    replace(before.with(language, new Choice(model.id(), previous)));
    String complaint = tryToInstall(listener, language, model.id());
    if (!complaint.isEmpty()) {
      Choice chosen = before.choices().get(language);
      replace(chosen == null ? snapshot().without(language) : snapshot().with(language, chosen));
      throw new ModelRefusedException(
          ModelFault.TRIAL_FAILED, "the model " + model.id() + " " + complaint);
    }
    synchronized (this) {
      running.put(language, model.id());
      troubles.remove(language);
    }
  }

  private synchronized Ears started() {
    Ears listener = ears;
    if (listener == null) {
      throw new IllegalStateException("the shelf was not started");
    }
    return listener;
  }

  private synchronized ShelfState snapshot() {
    return state;
  }

  /// Makes a state the present one, on the disk first.
  private synchronized void replace(ShelfState fresh) throws IOException {
    ShelfState whole = fresh.withNext(Math.max(fresh.next(), state.next()));
    files.writeState(whole);
    state = whole;
  }

  /// Removes a model from the shelf and the disk.
  ///
  /// @return fails with [ModelRefusedException] if there is no such model, or it is the starter, is
  ///   in force, or is still needed by calls or by a model that is being made
  public Future<Void> remove(String id) {
    return choosing.order(() -> {
      ShelvedModel model = require(id);
      requireUnused(model);
      String language = model.language().getLanguage();
      Choice choice = choice(language);
      if (choice.previous().equals(Optional.of(id))) {
        Optional<String> lastResort =
            Optional.of(starter(language))
                .filter(starter -> starters.containsKey(language))
                .filter(starter -> !starter.equals(choice.inForce()));
        replace(snapshot().with(language, new Choice(choice.inForce(), lastResort)));
      }
      try {
        files.remove(id);
      } finally {
        forgetIfGone(id);
      }
    });
  }

  private synchronized void forgetIfGone(String id) {
    if (!Files.exists(files.model(id))) {
      models.remove(id);
    }
  }

  private synchronized void requireUnused(ShelvedModel model) {
    String why = "";
    Ears listener = ears;
    if (model.isStarter()) {
      why = "came with the box and stays as the last resort";
    } else if (choice(model.language().getLanguage()).inForce().equals(model.id())) {
      why = "is in force; put another one in force first";
    } else if (bases.contains(model.id())) {
      why = "is what another model is being made of; wait for that";
    } else if (running.containsValue(model.id())
        || (listener != null && listener.uses(path(model)))) {
      why = "is still being listened with; wait until those calls have ended";
    }
    if (!why.isEmpty()) {
      throw new ModelRefusedException(ModelFault.IN_USE, "the model " + model.id() + " " + why);
    }
  }

  private synchronized void hold(String id) {
    var _ = require(id);
    bases.add(id);
  }

  private synchronized void release(String id) {
    bases.remove(id);
  }

  private synchronized ShelvedModel require(String id) {
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

  private Path path(ShelvedModel model) {
    Path starter = model.isStarter() ? starters.get(model.language().getLanguage()) : null;
    return starter == null ? files.model(model.id()) : starter;
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
  }
}
