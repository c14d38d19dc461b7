package kz.qonyrau.speech.vosk;

import io.vertx.core.Future;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import kz.qonyrau.speech.Hearing;
import kz.qonyrau.speech.Listening;
import kz.qonyrau.speech.ListeningRequest;
import kz.qonyrau.speech.RecognitionState;
import kz.qonyrau.speech.RecognitionUnavailableException;
import kz.qonyrau.speech.Recognizer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Recognition by Vosk, in worker processes of its own, one per language: native code that dies or
/// hangs takes a worker with it, and another one hears again what was under way.
///
/// Memory is bounded: so many listenings at once, so much waiting audio for each, and each ends by
/// itself. When the machine cannot keep up, the newest listenings are ended and new ones refused,
/// so that the others go on being understood; whoever listens is told. Safe to use from any thread.
public final class VoskRecognizer implements Recognizer, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(VoskRecognizer.class);

  private final Map<String, VoskLanguage> languages = new ConcurrentSkipListMap<>();

  /// Languages whose new models are being loaded, and those whose models were exchanged, until
  /// their last listenings have ended.
  private final Set<VoskLanguage> others = ConcurrentHashMap.newKeySet();

  /// How many workers each language has had.
  private final Map<String, AtomicInteger> workersStarted = new ConcurrentHashMap<>();

  private final VoskSettings settings;
  private final Path scratch;
  private final ScheduledExecutorService clock;
  private final AtomicInteger ids = new AtomicInteger();
  private final AtomicInteger live = new AtomicInteger();
  private final AtomicLong deafened = new AtomicLong();
  private final AtomicBoolean closed = new AtomicBoolean();

  /// Until when new listenings are refused, as of [System#nanoTime]; null if they are not.
  private volatile @Nullable Long refusedUntil;

  /// Checks the models and starts the workers, which load them while the first audio waits.
  ///
  /// @param models a directory for each language; may be empty, and then nothing is understood
  /// @param scratch a directory for what workers leave on the disk, for nobody else; emptied first
  /// @throws ModelUnusableException if a directory is not a model that this box can use; native
  ///   code has then not seen it
  /// @throws UncheckedIOException if the scratch directory cannot be used
  public VoskRecognizer(Map<Locale, Path> models, VoskSettings settings, Path scratch) {
    this.settings = settings;
    this.scratch = scratch.toAbsolutePath().normalize();
    empty(this.scratch);
    this.clock =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("vosk-clock").factory());
    models.forEach(
        (locale, directory) -> languages.put(locale.getLanguage(), checked(locale, directory)));
    languages
        .values()
        .forEach(language -> {
          var _ = language.start();
        });
    every(shorter(settings.idle(), settings.patience()), () -> all().forEach(VoskListening::sweep));
    every(settings.hang(), this::check);
    every(settings.behind(), this::keepUp);
  }

  private VoskLanguage checked(Locale locale, Path directory) {
    ModelDirectory model = ModelDirectory.check(directory.toAbsolutePath().normalize());
    if (!model.vocabulary().rejects()) {
      LOG.atWarn()
          .addKeyValue("directory", model.path())
          .log("this speech model has no [unk] and takes foreign words for listed ones");
    }
    String code = locale.getLanguage();
    AtomicInteger started = workersStarted.computeIfAbsent(code, _ -> new AtomicInteger());
    return new VoskLanguage(code, model, settings, scratch, clock, started);
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  /// Does something a few times within a limit, and at least once a second.
  private void every(Duration limit, Runnable work) {
    long millis = Math.clamp(limit.toMillis() / 4, 1, 1000);
    var _ =
        clock.scheduleWithFixedDelay(
            () -> {
              try {
                work.run();
              } catch (RuntimeException failure) { // Would end the schedule.
                LOG.atError().setCause(failure).log("looking after recognition failed");
              }
            },
            millis,
            millis,
            TimeUnit.MILLISECONDS);
  }

  /// Exchanges the model of a language, or adds a language. Until a worker has loaded the new
  /// model, everybody is listened to with the old one; what is under way then ends with the old
  /// one, and new listenings get the new one. The old directory must stay until [#uses] says no.
  ///
  /// Checking the directory blocks on the disk for as long as reading it takes: not for an event
  /// loop.
  ///
  /// @return completes when the new model is in force; fails with [ModelUnusableException] if its
  ///   worker ended before it was loaded, and with [RecognitionUnavailableException] if the
  ///   recogniser was closed. The old model then stays in force
  /// @throws ModelUnusableException if the directory is not a model that this box can use; native
  ///   code has then not seen it
  public Future<Void> install(Locale locale, Path directory) {
    VoskLanguage fresh = checked(locale, directory);
    others.add(fresh);
    Future<Void> loaded = fresh.start();
    if (closed.get()) {
      fresh.close();
    }
    return loaded.transform(result -> {
      if (result.failed() || closed.get()) {
        fresh.retire();
        return Future.failedFuture(
            result.failed()
                ? result.cause()
                : new RecognitionUnavailableException("the recogniser is closed"));
      }
      putInForce(fresh);
      return Future.succeededFuture();
    });
  }

  private void putInForce(VoskLanguage fresh) {
    VoskLanguage old = languages.put(fresh.code(), fresh);
    others.remove(fresh);
    if (old != null) {
      others.add(old);
      old.retire();
    }
    LOG.atInfo()
        .addKeyValue("language", fresh.code())
        .addKeyValue("model", fresh.model().path())
        .log("speech model is in force");
  }

  /// Whether a language, or a listening that is still under way, needs this model's directory.
  public boolean uses(Path directory) {
    Path model = directory.toAbsolutePath().normalize();
    return everyLanguage().anyMatch(language -> language.model().path().equals(model));
  }

  private Stream<VoskLanguage> everyLanguage() {
    return Stream.concat(languages.values().stream(), others.stream());
  }

  private void check() {
    everyLanguage().forEach(VoskLanguage::check);
    others.removeIf(VoskLanguage::isGone);
  }

  @Override
  public Listening listen(ListeningRequest request, Consumer<Hearing> sink) {
    Optional<VoskListening> listening = Optional.empty();
    while (listening.isEmpty()) { // Again if the model was exchanged in between.
      listening = tryToListen(request, sink);
    }
    return listening.get();
  }

  private Optional<VoskListening> tryToListen(ListeningRequest request, Consumer<Hearing> sink) {
    VoskLanguage language = language(request.language());
    ModelDirectory model = language.model();
    Optional<PhraseList> phrases =
        request.phrases().map(list -> PhraseList.of(list, model.vocabulary()));
    if (closed.get()) {
      throw new RecognitionUnavailableException("the recogniser is closed");
    }
    String refusal = language.refusal();
    if (!refusal.isEmpty()) {
      throw new RecognitionUnavailableException(refusal);
    }
    if (isOverloaded()) {
      deafened.incrementAndGet();
      throw new RecognitionUnavailableException(
          "the box cannot keep up with what it listens to already");
    }
    if (live.incrementAndGet() > settings.listenings()) {
      live.decrementAndGet();
      throw new RecognitionUnavailableException(
          "already listening " + settings.listenings() + " times, which is the limit");
    }
    VoskListening listening =
        new VoskListening(
            ids.incrementAndGet(),
            request,
            model.takesPhrases() ? phrases.map(PhraseList::grammar) : Optional.empty(),
            phrases,
            settings,
            sink,
            ended -> {
              live.decrementAndGet();
              language.remove(ended);
            });
    if (!language.add(listening)) {
      live.decrementAndGet();
      return Optional.empty();
    }
    if (closed.get()) {
      listening.endNow();
    }
    return Optional.of(listening);
  }

  /// The languages for which there is a model, as ISO 639 codes (AC-STT-05).
  public Set<String> languages() {
    return Set.copyOf(languages.keySet());
  }

  /// How many words all models know together, ё and е not told apart.
  public int words() {
    return languages.values().stream().mapToInt(each -> each.model().vocabulary().size()).sum();
  }

  /// The words in these phrases that the model does not know, in order; to be shown to whoever
  /// writes a scenario, before a call depends on it.
  ///
  /// @throws IllegalArgumentException if a phrase is malformed
  /// @throws RecognitionUnavailableException if there is no model for the language
  public List<String> unknownWords(Locale language, List<String> phrases) {
    return List.copyOf(PhraseList.unknownWords(phrases, language(language).model().vocabulary()));
  }

  /// How many listenings are under way right now.
  public int listeningsUnderWay() {
    return live.get();
  }

  /// How recognition does.
  public RecognitionState state() {
    return new RecognitionState(
        languages.values().stream().map(VoskLanguage::state).toList(),
        isOverloaded(),
        deafened.get());
  }

  /// The process ids of a language's workers, the present one first; empty if there are none.
  public List<Long> workers(Locale language) {
    return language(language).pids();
  }

  private VoskLanguage language(Locale locale) {
    VoskLanguage language = languages.get(locale.getLanguage());
    if (language == null) {
      throw new RecognitionUnavailableException(
          "no speech model is installed for the language '" + locale.getLanguage() + "'");
    }
    return language;
  }

  private List<VoskListening> all() {
    return everyLanguage().flatMap(language -> language.live().stream()).toList();
  }

  private boolean isOverloaded() {
    Long until = refusedUntil;
    return until != null && until - System.nanoTime() > 0;
  }

  /// Ends the newest listening while any is too far behind: one at a time, so that the rest can
  /// catch up before the next one has to go.
  private void keepUp() {
    for (VoskLanguage language : everyLanguage().toList()) {
      if (language.isCatchingUp()) {
        continue;
      }
      List<VoskListening> live = language.live();
      boolean late =
          live.stream().anyMatch(listening -> listening.behind().compareTo(settings.behind()) > 0);
      if (!late) {
        continue;
      }
      refusedUntil = System.nanoTime() + settings.behind().multipliedBy(2).toNanos();
      // One alone is in nobody's way; what it cannot take in time is dropped and counted.
      Optional<VoskListening> newest =
          live.stream()
              .skip(live.size() == 1 ? 1 : 0)
              .sorted(Comparator.comparingInt(VoskListening::id).reversed())
              .filter(listening -> listening.shed(deafened::incrementAndGet))
              .findFirst();
      if (newest.isPresent()) {
        LOG.atWarn()
            .addKeyValue("listenings", live.size())
            .log("recognition cannot keep up; the newest listening was ended");
      }
    }
  }

  /// Ends all listenings with what they have heard, then the workers. Waits up to about 20 s.
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    List<VoskListening> rest = all();
    rest.forEach(VoskListening::endNow);
    long deadline = System.nanoTime() + settings.patience().toNanos();
    rest.forEach(listening -> awaitEnd(listening, deadline));
    clock.shutdownNow();
    everyLanguage().forEach(VoskLanguage::close);
  }

  private static void awaitEnd(VoskListening listening, long deadline) {
    try {
      var _ =
          listening
              .finish()
              .toCompletionStage()
              .toCompletableFuture()
              .get(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (ExecutionException _) {
      // It ended, if badly; whoever listened knows.
    } catch (TimeoutException _) {
      LOG.atWarn().log("a listening did not come to its end before recognition was closed");
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static void empty(Path directory) {
    try {
      Files.createDirectories(directory);
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          if (!file.equals(directory)) {
            Files.delete(file);
          }
        }
      }
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot use " + directory + " for recognition", failure);
    }
  }
}
