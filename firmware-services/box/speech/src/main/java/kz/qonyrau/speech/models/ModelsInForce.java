package kz.qonyrau.speech.models;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
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
import kz.qonyrau.speech.models.ShelfState.Choice;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Which model of each language was chosen, which one calls are listened to with, and how that is
/// changed so that a power cut leaves the old or the new.
///
/// What may throw [InterruptedException] takes long, and is for one thread; the rest is for any.
final class ModelsInForce {

  private static final List<String> SPOKEN = List.of("ru", "kk", "en");

  private static final Comparator<String> MOST_SPOKEN_FIRST =
      Comparator.comparingInt(
              (String code) -> SPOKEN.contains(code) ? SPOKEN.indexOf(code) : SPOKEN.size())
          .thenComparing(Comparator.naturalOrder());

  private static final Logger LOG = LoggerFactory.getLogger(ModelsInForce.class);

  private final ModelCatalogue catalogue;
  private final ShelfFiles files;
  private final ModelShelf.Trials trials;
  private final Duration loading;

  // All guarded by this.
  private final Map<String, String> running = new TreeMap<>();
  private final Map<String, String> troubles = new TreeMap<>();
  private ShelfState state;
  private @Nullable Ears ears;

  /// @param loading how long a model may take to be put in force
  ModelsInForce(
      ModelCatalogue catalogue, ShelfFiles files, ModelShelf.Trials trials, Duration loading)
      throws IOException {
    this.catalogue = catalogue;
    this.files = files;
    this.trials = trials;
    this.loading = loading;
    ShelfState read = files.readState();
    this.state = read.withNext(Math.max(read.next(), files.highestNumber() + 1));
  }

  /// The number of a new model. None is given twice.
  synchronized int nextNumber() {
    int number = state.next();
    state = state.withNext(number + 1);
    return number;
  }

  /// Puts in force what was chosen, in every language.
  void start(Ears listener) throws InterruptedException {
    synchronized (this) {
      if (ears != null) {
        throw new IllegalStateException("the shelf was started before");
      }
      ears = listener;
    }
    for (String language : languages()) {
      startLanguage(listener, language);
    }
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
    if (catalogue.hasStarter(language)) {
      candidates.add(ModelCatalogue.starter(language));
    }
    return candidates;
  }

  /// Why a model cannot be put in force; empty if it is.
  private String tryToInstall(Ears listener, String language, String id)
      throws InterruptedException {
    try {
      ShelvedModel model = catalogue.require(id);
      if (!model.language().getLanguage().equals(language)) {
        return "is a model for '" + model.language().getLanguage() + "'";
      }
      listener
          .install(Locale.of(language), catalogue.path(model))
          .await(loading.toMillis(), TimeUnit.MILLISECONDS);
      return "";
    } catch (TimeoutException _) { // It cannot come any more: the worker was ended before.
      return "was not loaded within " + loading.toSeconds() + " s";
    } catch (RuntimeException failure) {
      return String.valueOf(failure.getMessage());
    }
  }

  /// The codes of the languages that there is a model for, or was when one was chosen; those that
  /// most callers speak first.
  synchronized Set<String> languages() {
    Set<String> codes = new TreeSet<>(MOST_SPOKEN_FIRST);
    codes.addAll(catalogue.languages());
    codes.addAll(state.choices().keySet());
    return codes;
  }

  /// How the models of a language stand.
  synchronized ShelvedLanguage language(String code) {
    Choice choice = choice(code);
    return new ShelvedLanguage(
        Locale.of(code),
        Optional.of(choice.inForce()).filter(id -> !id.isEmpty()),
        Optional.ofNullable(running.get(code)).filter(id -> !id.isEmpty()),
        choice.previous(),
        troubles.getOrDefault(code, ""),
        catalogue.of(code));
  }

  /// See [ModelShelf#running].
  synchronized Map<Locale, Path> running() {
    Map<Locale, Path> directories = new HashMap<>();
    running.forEach((language, id) -> {
      if (!id.isEmpty()) {
        directories.put(Locale.of(language), catalogue.path(catalogue.require(id)));
      }
    });
    return directories;
  }

  /// See [ModelShelf#unknownWords].
  List<String> unknownWords(Locale language, List<String> phrases) {
    return started().unknownWords(language, phrases);
  }

  /// What was chosen for a language: its starter if nothing was, and nothing if it has none.
  private synchronized Choice choice(String language) {
    Choice choice = state.choices().get(language);
    return choice != null
        ? choice
        : new Choice(
            catalogue.hasStarter(language) ? ModelCatalogue.starter(language) : "",
            Optional.empty());
  }

  /// Has a worker of its own load a model and decode.
  TrialResult trial(ShelvedModel model, byte[] pcm) throws InterruptedException {
    return trials.run(catalogue.path(model), model.language(), pcm);
  }

  /// See [ModelShelf#putInForce].
  void put(String id) throws IOException, InterruptedException {
    ShelvedModel model = catalogue.require(id);
    Choice old = choice(model.language().getLanguage());
    if (!isRunning(id) || !old.inForce().equals(id)) {
      exchange(model, old);
    }
  }

  /// See [ModelShelf#stepBack].
  void stepBack(Locale language) throws IOException, InterruptedException {
    Choice old = choice(language.getLanguage());
    String id =
        old.previous()
            .orElseThrow(() ->
                new ModelRefusedException(
                    ModelFault.UNKNOWN_MODEL,
                    "no other model was in force before for '" + language + "'"));
    exchange(catalogue.require(id), old);
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

  /// Why a model must stay where it is; empty if it need not.
  synchronized String whyNeeded(ShelvedModel model) {
    Ears listener = ears;
    if (choice(model.language().getLanguage()).inForce().equals(model.id())) {
      return "is in force; put another one in force first";
    }
    if (running.containsValue(model.id())
        || (listener != null && listener.uses(catalogue.path(model)))) {
      return "is still being listened with; wait until those calls have ended";
    }
    return "";
  }

  /// Sees to it that no step back leads to a model that is to be removed.
  void forget(ShelvedModel model) throws IOException {
    String language = model.language().getLanguage();
    Choice choice = choice(language);
    if (choice.previous().equals(Optional.of(model.id()))) {
      Optional<String> lastResort =
          Optional.of(ModelCatalogue.starter(language))
              .filter(_ -> catalogue.hasStarter(language))
              .filter(starter -> !starter.equals(choice.inForce()));
      replace(snapshot().with(language, new Choice(choice.inForce(), lastResort)));
    }
  }
}
