package kz.qonyrau.insight;

import io.vertx.core.Future;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import kz.qonyrau.insight.Transcription.State;
import kz.qonyrau.insight.TranscriptionTable.Job;
import kz.qonyrau.speech.Hearing;
import kz.qonyrau.speech.Listening;
import kz.qonyrau.speech.ListeningRequest;
import kz.qonyrau.speech.RecognitionUnavailableException;
import kz.qonyrau.speech.Transcript;
import kz.qonyrau.speech.Transcript.Ending;
import kz.qonyrau.speech.Word;
import kz.qonyrau.store.Store;
import kz.qonyrau.vocabulary.CallId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Transcripts of recorded conversations, both sides apart, made one after the other in the
/// background (AN-PRC-03).
///
/// A conversation is gone through in pieces of a minute at most, cut where both are silent. The
/// lines of a piece and the mark that it is done are one write, so whatever stops the box costs a
/// minute of work and not a line. The recogniser is borrowed while there is work, of the lowest
/// priority, and given back soon after.
///
/// Safe to use from any thread.
public final class Transcriptions implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Transcriptions.class);
  private static final Duration PIECE_LIMIT = Duration.ofMinutes(10);
  private static final Duration STORE_LIMIT = Duration.ofSeconds(30);
  private static final int FED_BYTES = 1600;

  /// How often in a row a piece may fail before its transcript does.
  private static final int MOST_FAILURES = 5;

  private final Store store;
  private final ConversationAudio audio;
  private final Supplier<BorrowedRecognizer> recognizers;
  private final InstantSource clock;
  private final Rests rests;
  private final Semaphore wake = new Semaphore(0);
  private final Thread thread;

  private volatile boolean closed;
  private volatile @Nullable CallId inHand;
  private volatile Consumer<CallId> listener = _ -> {};
  private @Nullable BorrowedRecognizer borrowed;

  /// What cannot be transcribed for the moment, and what failed last, how often in a row. For the
  /// thread alone.
  private final Set<CallId> resting = new HashSet<>();

  private @Nullable CallId failing;
  private int failures;

  /// How long the thread waits for what.
  ///
  /// @param again before something that failed for the moment is tried again
  /// @param idle before a recogniser that has nothing to do is given back
  record Rests(Duration again, Duration idle) {
    static final Rests USUAL = new Rests(Duration.ofSeconds(30), Duration.ofMinutes(1));
  }

  /// Begins at once with what the last run left.
  ///
  /// @param store must have the schema INSIGHT
  /// @param recognizers opens a recogniser when there is work
  public Transcriptions(
      Store store,
      ConversationAudio audio,
      Supplier<BorrowedRecognizer> recognizers,
      InstantSource clock) {
    this(store, audio, recognizers, clock, Rests.USUAL);
  }

  Transcriptions(
      Store store,
      ConversationAudio audio,
      Supplier<BorrowedRecognizer> recognizers,
      InstantSource clock,
      Rests rests) {
    this.store = store;
    this.audio = audio;
    this.recognizers = recognizers;
    this.clock = clock;
    this.rests = rests;
    this.thread = Thread.ofPlatform().daemon().name("transcriber").start(this::work);
  }

  /// Orders the transcript of a call's recording; without effect if there is one or one is waited
  /// for. One that failed is tried again, from where it stopped.
  ///
  /// @param language what both sides are expected to speak
  public Future<Transcription> order(CallId call, Locale language) {
    return store
        .write(handle -> {
          TranscriptionTable.order(handle, call, language, clock.instant());
          return TranscriptionTable.find(handle, call).orElseThrow();
        })
        .map(this::now)
        .onSuccess(_ -> wake.release());
  }

  /// How far the transcript of a call is; empty if none was ordered.
  public Future<Optional<Transcription>> find(CallId call) {
    return store
        .read(handle -> TranscriptionTable.find(handle, call))
        .map(found -> found.map(this::now));
  }

  private Transcription now(Transcription stored) {
    return stored.state() == State.WAITING && stored.call().equals(inHand)
        ? new Transcription(
            stored.call(),
            stored.language(),
            State.RUNNING,
            stored.reason(),
            stored.length(),
            stored.done(),
            stored.lost(),
            stored.busy(),
            stored.orderedAt(),
            stored.endedAt())
        : stored;
  }

  /// What both sides said, as far as the transcript is, in the order in which they began.
  public Future<List<TranscribedLine>> lines(CallId call) {
    return store.read(handle -> TranscriptionTable.lines(handle, call));
  }

  /// What was said in all transcribed conversations, behind a line, by call, side and line: for
  /// whoever reads it all, since a page costs the same wherever it begins.
  ///
  /// @param last the last one of the page before; empty for the first ones
  /// @param size 1 to 1000
  public Future<List<LineOfCall>> after(Optional<LineOfCall> last, int size) {
    if (size < 1 || size > 1000) {
      throw new IllegalArgumentException("1 to 1000 at once, not " + size);
    }
    String call = last.map(line -> line.call().value()).orElse("");
    String side = last.map(line -> line.line().side().name()).orElse("");
    int number = last.map(LineOfCall::number).orElse(-1);
    return store.read(handle -> TranscriptionTable.after(handle, call, side, number, size));
  }

  /// Deletes the transcripts of these calls, finished or not; to be done before their recordings go
  /// (SH-RET-01). Repeating it is safe.
  ///
  /// @return the calls that had one
  public Future<Set<CallId>> delete(List<CallId> calls) {
    return store.write(handle -> TranscriptionTable.delete(handle, calls));
  }

  /// Tells which transcript has come further, on a thread of this object; it must not block.
  public void onProgress(Consumer<CallId> listener) {
    this.listener = listener;
  }

  private void work() {
    while (!closed) {
      try {
        List<Job> waiting = within(store.read(TranscriptionTable::waiting));
        Optional<Job> next =
            waiting.stream().filter(job -> !resting.contains(job.call())).findFirst();
        if (next.isPresent()) {
          transcribe(next.get());
        } else {
          rest(waiting.isEmpty());
          resting.clear();
        }
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        return;
      } catch (Exception failure) { // The store, most likely; the job is still there.
        LOG.atError().setCause(failure).log("transcribing failed and is tried again");
        try {
          rest(false);
        } catch (InterruptedException _) {
          Thread.currentThread().interrupt();
          return;
        }
      }
    }
  }

  /// Waits for an order, or until what could not be done may be tried again. What is borrowed goes
  /// back after a while.
  private void rest(boolean nothingWaits) throws InterruptedException {
    Duration first = nothingWaits ? rests.idle() : rests.again();
    if (!wake.tryAcquire(first.toMillis(), TimeUnit.MILLISECONDS)) {
      giveBack();
      if (nothingWaits && !closed) {
        wake.acquire();
      }
    }
    wake.drainPermits();
  }

  private void giveBack() {
    BorrowedRecognizer back = borrowed;
    borrowed = null;
    if (back != null) {
      back.close().run();
    }
  }

  private void transcribe(Job job) throws Exception {
    inHand = job.call();
    listener.accept(job.call());
    try {
      Optional<ConversationAudio.Open> open = within(audio.open(job.call()));
      if (open.isEmpty()) {
        end(job, State.FAILED, "there is no recording of this call, or its time is over");
        return;
      }
      try (ConversationAudio.Open sound = open.get()) {
        goThrough(job, sound);
      }
    } catch (RecognitionUnavailableException failure) {
      putOff(job, String.valueOf(failure.getMessage()));
    } catch (InterruptedException failure) {
      throw failure;
    } catch (TimeoutException failure) {
      giveBack();
      if (!job.call().equals(failing)) {
        failing = job.call();
        failures = 0;
      }
      if (++failures < MOST_FAILURES) {
        putOff(job, "recognition does not come to an end");
      } else {
        end(job, State.FAILED, "recognition does not come to an end");
      }
    } catch (RuntimeException failure) {
      LOG.atError().addKeyValue("call", job.call()).setCause(failure).log("transcript failed");
      end(job, State.FAILED, "the recording cannot be read: " + failure.getMessage());
    } finally {
      inHand = null;
      listener.accept(job.call());
    }
  }

  private void putOff(Job job, String why) throws TimeoutException {
    LOG.atWarn()
        .addKeyValue("call", job.call())
        .addKeyValue("why", why)
        .log("a transcript waits for recognition");
    resting.add(job.call());
    var _ =
        within(
            store.write(handle -> {
              TranscriptionTable.delay(handle, job.call(), why);
              return true;
            }));
  }

  private void goThrough(Job job, ConversationAudio.Open sound) throws Exception {
    long samples = sound.samples();
    if (job.done() > samples) {
      end(job, State.FAILED, "the recording is shorter than what was transcribed of it");
      return;
    }
    var _ =
        within(
            store.write(handle -> {
              TranscriptionTable.measured(handle, job.call(), samples);
              return true;
            }));
    long done = job.done();
    while (done < samples) {
      if (closed) {
        return;
      }
      int most = (int) Math.min(Piece.LONGEST_SAMPLES, samples - done);
      ByteBuffer bytes = ByteBuffer.allocate(most * Piece.FRAME_BYTES);
      sound.read(done, bytes);
      Piece piece = Piece.first(bytes.array(), done + most == samples);
      long from = done;
      long to = done + piece.samples();
      long began = System.nanoTime();
      List<TranscribedLine> lines = new ArrayList<>();
      Duration lost = Duration.ZERO;
      // One side after the other: one core at most.
      for (Side side : Side.values()) {
        Transcript transcript = listen(job, piece.of(side));
        lost = lost.plus(transcript.lost());
        lines.addAll(lines(side, transcript, from));
      }
      Duration gone = lost;
      Duration busy = Duration.ofNanos(System.nanoTime() - began);
      boolean advanced =
          within(
              store.write(handle ->
                  TranscriptionTable.advance(handle, job.call(), from, to, lines, gone, busy)));
      if (!advanced) {
        return; // Deleted meanwhile, or somebody else was faster: what waits now says which.
      }
      done = to;
      listener.accept(job.call());
    }
    end(job, State.DONE, "");
  }

  private Transcript listen(Job job, byte[] pcm) throws InterruptedException, TimeoutException {
    BorrowedRecognizer recognizer = borrowed;
    if (recognizer == null) {
      recognizer = recognizers.get();
      borrowed = recognizer;
    }
    Listening listening =
        recognizer
            .recognizer()
            .listen(
                new ListeningRequest(job.call(), job.language(), Optional.empty()),
                Transcriptions::nobodyIsTold);
    for (int at = 0; at < pcm.length; at += FED_BYTES) {
      listening.feed(Arrays.copyOfRange(pcm, at, Math.min(pcm.length, at + FED_BYTES)));
    }
    Transcript transcript = listening.finish().await(PIECE_LIMIT.toSeconds(), TimeUnit.SECONDS);
    if (transcript.ending() != Ending.FINISHED) {
      throw new RecognitionUnavailableException(
          "recognition broke off (" + transcript.ending() + ")");
    }
    return transcript;
  }

  private static void nobodyIsTold(Hearing hearing) {
    // All of it is in the transcript.
  }

  private static List<TranscribedLine> lines(Side side, Transcript transcript, long from) {
    Duration offset = Duration.ofMillis(from * 1000 / Piece.SAMPLES_PER_SECOND);
    return transcript.utterances().stream()
        .filter(Hearing.Utterance::isUnderstood)
        .map(utterance ->
            new TranscribedLine(
                side,
                utterance.text(),
                utterance.from().plus(offset),
                utterance.to().plus(offset),
                utterance.confidence(),
                utterance.words().stream().map(word -> later(word, offset)).toList()))
        .toList();
  }

  private static Word later(Word word, Duration offset) {
    return new Word(
        word.text(), word.from().plus(offset), word.to().plus(offset), word.confidence());
  }

  private void end(Job job, State state, String reason) throws Exception {
    var _ =
        within(
            store.write(handle -> {
              TranscriptionTable.end(handle, job.call(), state, reason, clock.instant());
              return true;
            }));
    Optional<Transcription> ended =
        within(store.read(handle -> TranscriptionTable.find(handle, job.call())));
    LOG.atInfo()
        .addKeyValue("call", job.call())
        .addKeyValue("state", state)
        .addKeyValue("why", reason)
        .addKeyValue("length", ended.map(Transcription::length).orElse(Duration.ZERO))
        .addKeyValue(
            "realTimeFactor",
            ended.map(one -> Math.round(1e4 * one.realTimeFactor()) / 1e4).orElse(0.0))
        .log("transcript ended");
  }

  private static <T> T within(Future<T> future) throws TimeoutException {
    return future.await(STORE_LIMIT.toSeconds(), TimeUnit.SECONDS);
  }

  /// Ends with the piece in hand, or without it; the next start goes on from there.
  @Override
  public void close() {
    closed = true;
    wake.release();
    thread.interrupt();
    try {
      thread.join(PIECE_LIMIT);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    giveBack();
  }
}
