package kz.qonyrau.speech.vosk;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import kz.qonyrau.speech.Hearing;
import kz.qonyrau.speech.Listening;
import kz.qonyrau.speech.ListeningRequest;
import kz.qonyrau.speech.RecognitionUnavailableException;
import kz.qonyrau.speech.Recognizer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Recognition by Vosk, on a pool of threads of its own: no native call is made on a caller's
/// thread.
///
/// Memory is bounded: so many listenings at once, so much waiting audio for each, and each ends by
/// itself. Safe to use from any thread.
public final class VoskRecognizer implements Recognizer, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(VoskRecognizer.class);
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Map<String, VoskModel> models;
  private final VoskSettings settings;
  private final ExecutorService pool;
  private final ScheduledExecutorService sweeper;
  private final Set<VoskListening> live = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean closed = new AtomicBoolean();

  /// Takes over the models and closes them at the end.
  ///
  /// @param models by language, at most one for each; may be empty, and then nothing is understood
  public VoskRecognizer(Map<Locale, VoskModel> models, VoskSettings settings) {
    Map<String, VoskModel> byLanguage = new LinkedHashMap<>();
    models.forEach((locale, model) -> byLanguage.put(locale.getLanguage(), model));
    this.models = Map.copyOf(byLanguage);
    this.settings = settings;
    this.pool =
        Executors.newFixedThreadPool(
            settings.threads(), Thread.ofPlatform().daemon().name("vosk-", 0).factory());
    this.sweeper =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("vosk-idle").factory());
    long everyMillis = Math.max(1, settings.idle().toMillis() / 2);
    var _ =
        sweeper.scheduleWithFixedDelay(
            () -> live.forEach(VoskListening::endIfIdle),
            everyMillis,
            everyMillis,
            TimeUnit.MILLISECONDS);
  }

  @Override
  public Listening listen(ListeningRequest request, Consumer<Hearing> sink) {
    VoskModel model = model(request.language());
    Optional<PhraseList> phrases =
        request.phrases().map(list -> PhraseList.of(list, model.vocabulary()));
    if (closed.get()) {
      throw new RecognitionUnavailableException("the recogniser is closed");
    }
    if (live.size() >= settings.listenings()) {
      throw new RecognitionUnavailableException(
          "already listening " + settings.listenings() + " times, which is the limit");
    }
    VoskListening listening =
        new VoskListening(request, model, phrases, settings, sink, pool, live::remove);
    live.add(listening);
    if (closed.get()) {
      listening.endNow();
    }
    return listening;
  }

  /// The languages for which there is a model, as ISO 639 codes (AC-STT-05).
  public Set<String> languages() {
    return models.keySet();
  }

  /// The words in these phrases that the model does not know, in order; to be shown to whoever
  /// writes a scenario, before a call depends on it.
  ///
  /// @throws IllegalArgumentException if a phrase is malformed
  /// @throws RecognitionUnavailableException if there is no model for the language
  public List<String> unknownWords(Locale language, List<String> phrases) {
    return List.copyOf(PhraseList.unknownWords(phrases, model(language).vocabulary()));
  }

  /// How many listenings hold memory right now.
  public int listeningsUnderWay() {
    return live.size();
  }

  private VoskModel model(Locale language) {
    VoskModel model = models.get(language.getLanguage());
    if (model == null) {
      throw new RecognitionUnavailableException(
          "no speech model is installed for the language '" + language.getLanguage() + "'");
    }
    return model;
  }

  /// Ends all listenings with what they have heard, then frees the models. Waits up to 20 s.
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    sweeper.shutdownNow();
    List<VoskListening> rest = List.copyOf(live);
    rest.forEach(VoskListening::endNow);
    boolean quiet = rest.stream().allMatch(VoskRecognizer::ends);
    pool.shutdown();
    try {
      quiet = pool.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS) && quiet;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      quiet = false;
    }
    if (quiet) {
      models.values().forEach(VoskModel::close);
    } else {
      // Freeing a model that a thread still decodes with would kill the process.
      LOG.atWarn().log("recognition did not come to rest; its models stay in memory");
    }
  }

  private static boolean ends(VoskListening listening) {
    try {
      var _ =
          listening
              .finish()
              .toCompletionStage()
              .toCompletableFuture()
              .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      return true;
    } catch (ExecutionException _) {
      return true;
    } catch (TimeoutException _) {
      return false;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
