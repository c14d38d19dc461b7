package kz.qonyrau.recordings;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import kz.qonyrau.recordings.Recording.Codec;
import kz.qonyrau.store.HeldPeriod;
import kz.qonyrau.store.HeldPeriods;
import kz.qonyrau.store.Store;
import kz.qonyrau.vocabulary.AstanaTime;
import kz.qonyrau.vocabulary.CallId;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The recordings of calls: closed after the call, hashed, encrypted, compressed in the background,
/// played, and deleted when their time is over (AC-REC-02, AC-REC-04).
///
/// Asterisk writes both sides of a call into one raw file, the subscriber left and our side right,
/// so they are aligned to the sample. [#finish] turns it into an encrypted WAV file and a row; a
/// single thread turns that into FLAC later, by a program of the lowest priority. Nothing that goes
/// wrong here fails a call (AC-REC-05).
///
/// Call [#recover] once before anything else. Safe to use from any thread; futures complete on
/// threads of this object and belong to no Vert.x context.
public final class Recordings implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Recordings.class);

  /// Of how many recordings transcripts are deleted in one go.
  private static final int TOGETHER = 100;

  private static final int KEPT_MONTHS = 3;

  /// A call is answered within this, or not at all.
  private static final Duration RINGING = Duration.ofMinutes(10);

  /// Held for good, so far as anybody can tell.
  private static final Instant FAR = Instant.parse("9999-01-01T00:00:00Z");

  private static final int LONGEST_REASON = 300;
  private static final String RAW = ".raw";

  private final Store store;
  private final RecordingSettings settings;
  private final InstantSource clock;
  private final HeldPeriods held;
  private final KeptFiles files;

  private final ExecutorService workers =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("recording-", 0).factory());
  private final ExecutorService compressor =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().name("recording-compressor").factory());
  private final CountDownLatch closing = new CountDownLatch(1);

  /// Encryption keeps a core busy; calls need the others.
  private final Semaphore encrypting = new Semaphore(2);

  /// Held while a kept file and its row change together.
  private final ReentrantLock changing = new ReentrantLock();

  private final ConcurrentMap<CallId, Future<RecordingResult>> finishing =
      new ConcurrentHashMap<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicLong compressed = new AtomicLong();
  private final AtomicLong uncompressible = new AtomicLong();

  /// @param store must have the schema RECORDING
  /// @param held of what calls nothing may be deleted
  public Recordings(
      Store store, Vault vault, RecordingSettings settings, InstantSource clock, HeldPeriods held) {
    this.store = store;
    this.held = held;
    this.settings = settings;
    this.clock = clock;
    this.files = new KeptFiles(settings.kept(), settings.scratch(), vault);
  }

  /// Puts in order what the last run left: makes the directories, deletes unfinished files, notes
  /// as failed what was being recorded when the box stopped, and goes on compressing.
  public Future<Recovery> recover() {
    return work(() -> {
      Files.createDirectories(settings.spool());
      int swept = files.sweep();
      List<CallId> interrupted = new ArrayList<>();
      for (Path file : Disk.list(settings.spool())) {
        Optional<CallId> call = call(file);
        if (call.isPresent() && noteInterrupted(call.get(), file)) {
          interrupted.add(call.get());
        }
      }
      for (CallId call : files.uncompressed()) {
        Optional<RecordingBook.Row> row = row(call);
        boolean superseded =
            row.flatMap(r -> r.recording().codec()).equals(Optional.of(Codec.FLAC));
        if (superseded) {
          files.delete(call, Codec.WAV);
        }
      }
      List<CallId> queue = store.read(RecordingBook::uncompressed).await();
      queue.forEach(this::compressSoon);
      return new Recovery(interrupted, swept, queue.size());
    });
  }

  /// @return whether the recording had not been closed
  private boolean noteInterrupted(CallId call, Path raw) throws IOException {
    boolean open = row(call).isEmpty();
    if (open) {
      files.deleteAll(call);
      Instant at = Files.getLastModifiedTime(raw).toInstant();
      RecordingBook.Row row =
          failed(
              new FinishRequest(call, "unknown", "", at, Duration.ZERO),
              "the box stopped while this call was being recorded");
      var _ = store.write(handle -> inserted(handle, row)).await();
    }
    Files.deleteIfExists(raw);
    return open;
  }

  /// Where Asterisk is to write what is said: an absolute path that ends in `.raw`, for interleaved
  /// signed 16-bit little-endian samples at 8 kHz, the subscriber left. Touches no file: without a
  /// call to this and an answer there is no recording (AC-REC-01).
  public Path begin(CallId call) {
    return settings.spool().resolve(call.value() + RAW);
  }

  /// Forgets a recording that was begun and will not be kept, because nobody answered.
  public Future<Void> discard(CallId call) {
    return work(() -> {
      Files.deleteIfExists(begin(call));
      return null;
    });
  }

  /// Closes the recording of a call that was answered and has ended. Takes about the settling time,
  /// longer only if the raw file is late or missing. Repeating it is safe and gives the first
  /// answer.
  ///
  /// The future fails only if the database does; the raw file then stays, and finishing again is
  /// safe.
  public Future<RecordingResult> finish(FinishRequest request) {
    Promise<RecordingResult> promise = Promise.promise();
    Future<RecordingResult> earlier = finishing.putIfAbsent(request.call(), promise.future());
    if (earlier != null) {
      return earlier;
    }
    var _ =
        work(() -> close(request))
            .onComplete(_ -> finishing.remove(request.call()))
            .onComplete(promise);
    return promise.future();
  }

  private RecordingResult close(FinishRequest request) throws IOException, InterruptedException {
    Optional<RecordingBook.Row> earlier = row(request.call());
    if (earlier.isPresent()) {
      Files.deleteIfExists(begin(request.call()));
      return earlier.get().recording().result();
    }
    RecordingBook.Row row = keep(request);
    var _ = store.write(handle -> inserted(handle, row)).await();
    Files.deleteIfExists(begin(request.call()));
    RecordingResult result = row.recording().result();
    switch (result) {
      case RecordingResult.Kept kept -> {
        LOG.atInfo()
            .addKeyValue("call", request.call())
            .addKeyValue("duration", kept.duration())
            .log("recording kept");
        compressSoon(request.call());
      }
      case RecordingResult.Failed(String why) ->
          LOG.atWarn()
              .addKeyValue("call", request.call())
              .addKeyValue("why", why)
              .log("recording failed");
    }
    return result;
  }

  private RecordingBook.Row keep(FinishRequest request) throws InterruptedException {
    Path raw = begin(request.call());
    try {
      long size = new RawFile(raw).complete(request.answered(), settings, closing);
      encrypting.acquire();
      try {
        return kept(request, files.keep(request.call(), raw, size), size / Sound.FRAME_BYTES);
      } finally {
        encrypting.release();
      }
    } catch (RawFile.IncompleteException e) {
      return failed(request, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      boolean full = String.valueOf(e.getMessage()).contains("No space left");
      return failed(
          request,
          full ? "there was no room left on the disk" : "the disk failed: " + e.getMessage());
    }
  }

  private static RecordingBook.Row kept(
      FinishRequest request, KeptFiles.Written written, long samples) {
    String id = id(request.call());
    RecordingResult result =
        new RecordingResult.Kept(
            id,
            Sound.duration(samples),
            written.sha256(),
            Sound.HEADER_BYTES + samples * Sound.FRAME_BYTES);
    return new RecordingBook.Row(
        recording(request, result, Optional.of(Codec.WAV), written.storedBytes()),
        samples,
        written.path(),
        written.peaks());
  }

  private static RecordingBook.Row failed(FinishRequest request, String why) {
    String reason = why.length() > LONGEST_REASON ? why.substring(0, LONGEST_REASON) : why;
    return new RecordingBook.Row(
        recording(request, new RecordingResult.Failed(reason), Optional.empty(), 0), 0, "", "");
  }

  private static Recording recording(
      FinishRequest request, RecordingResult result, Optional<Codec> codec, long storedBytes) {
    return new Recording(
        id(request.call()),
        request.call(),
        request.campaign(),
        request.contact(),
        request.startedAt(),
        request.answered(),
        result,
        codec,
        storedBytes,
        retainUntil(request.startedAt()));
  }

  /// The end of the day, in Astana, three calendar months after a recording was made.
  static Instant retainUntil(Instant made) {
    return AstanaTime.instantOf(
        AstanaTime.dateOf(made).plusMonths(KEPT_MONTHS).plusDays(1).atStartOfDay());
  }

  private static String id(CallId call) {
    return UUID.nameUUIDFromBytes(("recording/" + call).getBytes(StandardCharsets.UTF_8))
        .toString();
  }

  private static Boolean inserted(Handle handle, RecordingBook.Row row) {
    RecordingBook.insert(handle, row);
    return true;
  }

  /// What is known of the recording of a call; empty if it was never to be recorded, is not closed
  /// yet, or was purged.
  public Future<Optional<Recording>> find(CallId call) {
    return store.read(handle -> RecordingBook.find(handle, call).map(RecordingBook.Row::recording));
  }

  /// Opens the recording of a call for playing or download, as a WAV file. Empty if there is none,
  /// it failed, or its time is over.
  ///
  /// A FLAC recording is decoded first, into a private file without a name: a second or so for an
  /// hour of sound. The future fails with [RecordingUnavailableException] if the file is missing or
  /// was changed.
  public Future<Optional<Playback>> wav(CallId call) {
    return work(
            () -> {
              try {
                return opened(call);
              } catch (NoSuchFileException _) {
                // Compressed between the look into the book and the opening.
                return opened(call);
              }
            })
        .recover(failure ->
            Future.failedFuture(
                failure instanceof IOException
                    ? new RecordingUnavailableException(
                        "the recording of call " + call + " cannot be played", failure)
                    : failure));
  }

  private Optional<Playback> opened(CallId call) throws IOException {
    Optional<RecordingBook.Row> row =
        store
            .read(handle ->
                RecordingBook.find(handle, call).filter(found -> mayBeHeard(handle, found)))
            .await();
    Optional<Codec> codec = row.flatMap(r -> r.recording().codec());
    return row.isPresent() && codec.isPresent()
        ? Optional.of(files.open(call, codec.get(), row.get().samples()))
        : Optional.empty();
  }

  /// The waveform of the recording of a call, known since it was closed, so nothing is decoded.
  /// Empty as for [#wav].
  ///
  /// @param buckets into how many stretches of equal length to cut it, 1 to 1000; a very short
  ///   recording gives fewer
  public Future<Optional<Peaks>> peaks(CallId call, int buckets) {
    if (buckets < 1 || buckets > Outline.FINEST) {
      throw new IllegalArgumentException(
          "a waveform has 1 to " + Outline.FINEST + " stretches, not " + buckets);
    }
    return store.read(handle ->
        RecordingBook.find(handle, call)
            .filter(row -> row.recording().codec().isPresent())
            .filter(row -> mayBeHeard(handle, row))
            .map(row -> Outline.decode(row.peaks(), buckets)));
  }

  /// Until its time is over, and for as long as a legal hold keeps it: what is kept for a claim is
  /// no use if nobody can hear it.
  private boolean mayBeHeard(Handle handle, RecordingBook.Row row) {
    return clock.instant().isBefore(row.recording().retainUntil())
        || standing(held.in(handle)).stream()
            .anyMatch(hold -> hold.covers(row.recording().startedAt()));
  }

  /// The holds that stand. A recording begins when its call is answered: the one of a call that
  /// began just before a period was over is of it, too.
  private static List<HeldPeriod> standing(List<HeldPeriod> holds) {
    return holds.stream().filter(HeldPeriod::stands).map(Recordings::untilAnswered).toList();
  }

  private static HeldPeriod untilAnswered(HeldPeriod hold) {
    Instant until = hold.until().isBefore(FAR) ? hold.until().plus(RINGING) : hold.until();
    return new HeldPeriod(hold.id(), hold.from(), until, hold.liftedAt());
  }

  /// Deletes the recordings whose time is over, what was made of them first, then their files, and
  /// writes the proof. Never touches one before its date (SH-RET-03), nor one that a legal hold
  /// keeps (SH-RET-02). To be run daily.
  ///
  /// @return the proof, or empty if there was nothing to delete
  public Future<Optional<PurgeRecord>> purgeOverdue(DerivedContent derived) {
    return work(() -> {
      changing.lock();
      try {
        Instant now = clock.instant();
        List<RecordingBook.Row> overdue =
            store
                .read(handle -> RecordingBook.overdue(handle, now, standing(held.in(handle))))
                .await();
        int copies = 0;
        List<RecordingBook.Row> gone = new ArrayList<>();
        for (int from = 0; from < overdue.size(); from += TOGETHER) {
          List<RecordingBook.Row> some =
              stillFree(overdue.subList(from, Math.min(overdue.size(), from + TOGETHER)));
          copies +=
              derived.delete(some.stream().map(row -> row.recording().call()).toList()).await();
          some.stream().filter(row -> deleted(row.recording().call())).forEach(gone::add);
        }
        int derivedToo = copies;
        if (gone.isEmpty()) {
          return Optional.<PurgeRecord>empty();
        }
        return store
            .write(handle -> {
              PurgeRecord proof = proof(gone, derivedToo, now, keptBy(handle, gone));
              RecordingBook.purge(handle, gone, proof);
              return Optional.of(proof);
            })
            .await();
      } finally {
        changing.unlock();
      }
    });
  }

  /// A hold that comes while others are deleted keeps what has not gone yet.
  private List<RecordingBook.Row> stillFree(List<RecordingBook.Row> some) {
    List<HeldPeriod> standing = store.read(handle -> standing(held.in(handle))).await();
    return some.stream()
        .filter(
            row -> standing.stream().noneMatch(hold -> hold.covers(row.recording().startedAt())))
        .toList();
  }

  private boolean deleted(CallId call) {
    try {
      files.deleteAll(call);
      return true;
    } catch (IOException e) {
      LOG.atError()
          .addKeyValue("call", call)
          .setCause(e)
          .log("overdue recording not deleted, tried again with the next purge");
      return false;
    }
  }

  /// Which holds, lifted since, kept some of these beyond their time.
  private List<String> keptBy(Handle handle, List<RecordingBook.Row> gone) {
    return held.in(handle).stream()
        .map(Recordings::untilAnswered)
        .filter(hold -> gone.stream().anyMatch(row -> isKept(row.recording(), hold)))
        .map(HeldPeriod::id)
        .sorted()
        .toList();
  }

  private static boolean isKept(Recording recording, HeldPeriod hold) {
    return hold.covers(recording.startedAt())
        && hold.liftedAt().filter(recording.retainUntil()::isBefore).isPresent();
  }

  private static PurgeRecord proof(
      List<RecordingBook.Row> gone, int copies, Instant now, List<String> keptBy) {
    MessageDigest digest = Sound.sha256();
    long bytes = 0;
    Instant oldest = Instant.MAX;
    Instant newest = Instant.MIN;
    for (RecordingBook.Row row : gone) {
      Recording recording = row.recording();
      String sha256 = recording.result() instanceof RecordingResult.Kept kept ? kept.sha256() : "-";
      digest.update((recording.id() + " " + sha256 + "\n").getBytes(StandardCharsets.US_ASCII));
      bytes += recording.storedBytes();
      oldest = recording.startedAt().isBefore(oldest) ? recording.startedAt() : oldest;
      newest = recording.startedAt().isAfter(newest) ? recording.startedAt() : newest;
    }
    return new PurgeRecord(
        UUID.randomUUID().toString(),
        now,
        gone.size(),
        copies,
        bytes,
        oldest,
        newest,
        Sound.hex(digest),
        keptBy);
  }

  /// The proofs of all purges so far, oldest first.
  public Future<List<PurgeRecord>> purges() {
    return store.read(RecordingBook::purges);
  }

  /// How far the background compression has come.
  public CompressionProgress compression() {
    return new CompressionProgress(waiting.get(), compressed.get(), uncompressible.get());
  }

  private void compressSoon(CallId call) {
    waiting.incrementAndGet();
    try {
      compressor.execute(() -> compress(call));
    } catch (RejectedExecutionException _) {
      // Closing: the next start finds it in the book.
      waiting.decrementAndGet();
    }
  }

  private void compress(CallId call) {
    changing.lock();
    try {
      if (closing.getCount() == 0) {
        return; // The next start finds it in the book.
      }
      Optional<RecordingBook.Row> row =
          row(call).filter(r -> r.recording().codec().equals(Optional.of(Codec.WAV)));
      if (row.isPresent() && row.get().recording().result() instanceof RecordingResult.Kept kept) {
        KeptFiles.Written flac = files.compress(call, row.get().samples(), kept.sha256());
        var _ =
            store
                .write(handle -> {
                  RecordingBook.compressed(handle, call, flac.path(), flac.storedBytes());
                  return true;
                })
                .await();
        files.delete(call, Codec.WAV);
        compressed.incrementAndGet();
      }
    } catch (IOException | RuntimeException e) {
      uncompressible.incrementAndGet();
      LOG.atWarn().addKeyValue("call", call).setCause(e).log("recording stays WAV");
    } finally {
      changing.unlock();
      waiting.decrementAndGet();
    }
  }

  private Optional<RecordingBook.Row> row(CallId call) {
    return store.read(handle -> RecordingBook.find(handle, call)).await();
  }

  private static Optional<CallId> call(Path raw) {
    String name = raw.getFileName().toString();
    try {
      return name.endsWith(RAW)
          ? Optional.of(new CallId(name.substring(0, name.length() - RAW.length())))
          : Optional.empty();
    } catch (IllegalArgumentException _) {
      return Optional.empty(); // Not ours.
    }
  }

  private <T> Future<T> work(Callable<T> task) {
    Promise<T> promise = Promise.promise();
    try {
      workers.execute(() -> {
        try {
          promise.complete(task.call());
        } catch (Throwable e) { // Whoever waits for the future must hear of it.
          promise.fail(e);
        }
      });
    } catch (RejectedExecutionException e) {
      promise.fail(e);
    }
    return promise.future();
  }

  /// Finishes what is being closed and the one recording that is being compressed, and takes
  /// nothing new. Waits up to 20 s.
  @Override
  public void close() {
    closing.countDown();
    compressor.shutdown();
    workers.shutdown();
    try {
      boolean quiet =
          workers.awaitTermination(10, TimeUnit.SECONDS)
              && compressor.awaitTermination(10, TimeUnit.SECONDS);
      if (!quiet) {
        LOG.atWarn().log("recordings did not come to rest");
        var _ = compressor.shutdownNow();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
