package kz.qonyrau.speech.vosk;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import kz.qonyrau.speech.RecognitionState;
import kz.qonyrau.speech.RecognitionState.Condition;
import kz.qonyrau.speech.vosk.worker.Frame;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One language: its model, the worker that has it in memory, and everything that is being listened
/// to in it. When the worker dies, another one takes over what was under way.
final class VoskLanguage implements VoskWorker.Watcher {

  private static final Logger LOG = LoggerFactory.getLogger(VoskLanguage.class);

  /// A worker that lived this long was no failed start.
  private static final Duration WELL = Duration.ofSeconds(10);

  private static final Duration CLOSING = Duration.ofSeconds(5);
  private static final Duration CATCHING_UP = Duration.ofSeconds(3);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  /// After this many failed starts in a row nobody should wait for the next one.
  private static final int HOPELESS = 3;

  private final String language;
  private final ModelDirectory model;
  private final VoskSettings settings;
  private final Path scratch;
  private final ScheduledExecutorService clock;
  private final AtomicInteger workersStarted;
  private final Promise<Void> firstReady = Promise.promise();

  // All guarded by this.
  private final Map<Integer, VoskListening> live = new HashMap<>();
  private final List<VoskWorker> workers = new ArrayList<>();
  private @Nullable VoskWorker current;
  private int failedStarts;
  private int deaths;
  private String lastDeath = "";
  private boolean closed;
  private boolean retiring;
  private long busyNanos;
  private long busyAtNanos;
  private double busy;

  /// @param scratch a directory for the workers of all languages
  /// @param workersStarted how many this language has had, with other models, too
  VoskLanguage(
      String language,
      ModelDirectory model,
      VoskSettings settings,
      Path scratch,
      ScheduledExecutorService clock,
      AtomicInteger workersStarted) {
    this.language = language;
    this.model = model;
    this.settings = settings;
    this.scratch = scratch;
    this.clock = clock;
    this.workersStarted = workersStarted;
  }

  /// ISO 639.
  String code() {
    return language;
  }

  ModelDirectory model() {
    return model;
  }

  /// Starts the first worker.
  ///
  /// @return completes once it has loaded the model; fails with [ModelUnusableException] if it
  ///   ended before, or could not be started. Others will be tried all the same, until [#close]
  Future<Void> start() {
    startWorker();
    return firstReady.future();
  }

  /// Why nothing can be listened to in this language now; empty if it can.
  synchronized String refusal() {
    if (failedStarts >= HOPELESS) {
      return "recognition of '" + language + "' does not start: " + lastDeath;
    }
    return "";
  }

  /// Takes a listening; false if this language is retiring and takes no more.
  synchronized boolean add(VoskListening listening) {
    if (retiring) {
      return false;
    }
    live.put(listening.id(), listening);
    VoskWorker to = current;
    if (to != null) {
      listening.attach(to);
    }
    return true;
  }

  /// Takes no more listenings; those that are under way go on to their ends. [#check] then ends the
  /// workers.
  synchronized void retire() {
    retiring = true;
  }

  /// Whether it was retired and nothing is left of it.
  synchronized boolean isGone() {
    return retiring && live.isEmpty() && workers.isEmpty();
  }

  synchronized void remove(VoskListening listening) {
    live.remove(listening.id());
  }

  synchronized List<VoskListening> live() {
    return List.copyOf(live.values());
  }

  /// Looks after the workers; to be called a few times per [VoskSettings#hang].
  void check() {
    for (VoskWorker worker : workers()) {
      worker.check();
    }
    synchronized (this) {
      if (retiring && live.isEmpty()) {
        closed = true;
        current = null;
      }
      measure();
      VoskWorker grown = current;
      if (grown != null && grown.growthKib() > settings.growth() / 1024) {
        LOG.atWarn()
            .addKeyValue("language", language)
            .addKeyValue("grownByMib", grown.growthKib() / 1024)
            .log("the recognition worker has grown and is replaced; nothing is interrupted");
        current = null;
        clock.execute(this::startWorker);
      }
      for (VoskWorker worker : workers) {
        if (!worker.equals(current)
            && live.values().stream().noneMatch(listening -> listening.isWith(worker))) {
          worker.close();
        }
      }
    }
  }

  private void measure() {
    VoskWorker worker = current;
    long now = System.nanoTime();
    long nanos = worker == null ? 0 : worker.vitals().busyNanos();
    long elapsed = now - busyAtNanos;
    if (nanos > busyNanos && elapsed > 0) {
      busy = Math.clamp((double) (nanos - busyNanos) / elapsed / settings.threads(), 0, 1);
    } else {
      busy = 0;
    }
    busyNanos = nanos;
    busyAtNanos = now;
  }

  private synchronized List<VoskWorker> workers() {
    return List.copyOf(workers);
  }

  private synchronized void startWorker() {
    if (closed || current != null || (retiring && live.isEmpty())) {
      return;
    }
    int number = workersStarted.incrementAndGet();
    try {
      VoskWorker started =
          VoskWorker.start(
              "ears-" + language + "-" + number,
              model,
              settings.threads(),
              settings.niceness(),
              scratch.resolve(language + "-" + number),
              settings.hang(),
              this);
      workers.add(started);
      current = started;
      live.values().forEach(listening -> listening.attach(started));
    } catch (RuntimeException failure) {
      LOG.atError()
          .addKeyValue("language", language)
          .setCause(failure)
          .log("no recognition worker can be started");
      lastDeath = String.valueOf(failure.getMessage());
      firstReady.tryFail(new ModelUnusableException(model.path() + ": " + lastDeath, failure));
      again();
    }
  }

  private void again() {
    failedStarts++;
    Duration pause =
        failedStarts > 10 ? LONGEST_PAUSE : FIRST_PAUSE.multipliedBy(1L << (failedStarts - 1));
    later(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE);
  }

  private void later(Duration pause) {
    try {
      var _ = clock.schedule(this::startWorker, pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException _) {
      // The recogniser was closed in between.
    }
  }

  @Override
  public void ready(VoskWorker worker) {
    LOG.atInfo()
        .addKeyValue("language", language)
        .addKeyValue("pid", worker.pid())
        .addKeyValue("model", model.path())
        .addKeyValue("residentMib", worker.vitals().residentKib() / 1024)
        .addKeyValue("millis", worker.age().toMillis())
        .log("recognition worker is ready");
    firstReady.tryComplete();
  }

  @Override
  public void said(VoskWorker worker, int listening, Frame frame) {
    VoskListening about;
    synchronized (this) {
      about = live.get(listening);
    }
    if (about != null) {
      about.said(worker, frame);
    }
  }

  @Override
  public void lost(VoskWorker worker, String why, Set<Integer> suspects) {
    firstReady.tryFail(
        new ModelUnusableException(
            model.path() + " cannot be loaded: " + (why + " " + worker.lastWords()).strip()));
    List<VoskListening> bereft;
    boolean wanted;
    synchronized (this) {
      workers.remove(worker);
      wanted = worker.equals(current);
      bereft = live.values().stream().filter(listening -> listening.isWith(worker)).toList();
      if (closed || ((retiring || !wanted) && bereft.isEmpty())) {
        return;
      }
      deaths++;
      lastDeath = (why + " " + worker.lastWords()).strip();
    }
    LOG.atError()
        .addKeyValue("language", language)
        .addKeyValue("pid", worker.pid())
        .addKeyValue("why", why)
        .addKeyValue("listenings", bereft.size())
        .addKeyValue("inNativeCode", suspects)
        .addKeyValue("lastWords", worker.lastWords())
        .log("recognition worker is gone; what was under way is heard again by another one");
    bereft.forEach(listening -> listening.detach(suspects.contains(listening.id())));
    synchronized (this) {
      VoskWorker other = current;
      if (!wanted && other != null) {
        bereft.forEach(listening -> listening.attach(other));
      } else if (wanted) {
        current = null;
        if (worker.isReady() || worker.age().compareTo(WELL) > 0) {
          failedStarts = 0;
          later(Duration.ZERO);
        } else {
          again();
        }
      }
    }
  }

  /// Whether a worker has just taken over and may be behind for that reason alone.
  synchronized boolean isCatchingUp() {
    VoskWorker worker = current;
    return worker == null || !worker.isReady() || worker.readyFor().compareTo(CATCHING_UP) < 0;
  }

  synchronized RecognitionState.Language state() {
    VoskWorker worker = current;
    Condition condition =
        worker != null && worker.isReady()
            ? Condition.READY
            : failedStarts >= HOPELESS
                ? Condition.FAILED
                : deaths > 0 ? Condition.RESTARTING : Condition.STARTING;
    Duration behind =
        live.values().stream()
            .map(VoskListening::behind)
            .max(Duration::compareTo)
            .orElse(Duration.ZERO);
    return new RecognitionState.Language(
        language,
        condition,
        live.size(),
        busy,
        behind,
        deaths,
        lastDeath,
        worker == null ? 0 : worker.vitals().residentKib() * 1024);
  }

  /// The process ids of the workers, the present one first.
  synchronized List<Long> pids() {
    return workers.reversed().stream().map(VoskWorker::pid).toList();
  }

  /// Ends the workers. What is still under way will not be heard to its end.
  void close() {
    List<VoskWorker> all;
    synchronized (this) {
      closed = true;
      current = null;
      all = List.copyOf(workers);
    }
    all.forEach(VoskWorker::close);
    for (VoskWorker worker : all) {
      if (!worker.awaitGone(CLOSING)) {
        worker.kill("it does not end", Set.of());
        var _ = worker.awaitGone(CLOSING);
      }
    }
  }
}
