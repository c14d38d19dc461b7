package kz.qonyrau.speech.vosk;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import kz.qonyrau.speech.Hearing;
import kz.qonyrau.speech.Listening;
import kz.qonyrau.speech.ListeningRequest;
import kz.qonyrau.speech.Transcript;
import kz.qonyrau.speech.Word;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vosk.Recognizer;

/// One listening. Audio waits in a bounded queue; at most one thread of the pool at a time takes it
/// from there, so a listening is heard in order without a thread of its own.
final class VoskListening implements Listening {

  private static final Logger LOG = LoggerFactory.getLogger(VoskListening.class);

  private static final int BYTES_PER_SECOND = 2 * kz.qonyrau.speech.Recognizer.SAMPLES_PER_SECOND;

  /// Heard at once: below, waking a thread costs more than decoding; above, partial results lag.
  private static final int PIECE_BYTES = BYTES_PER_SECOND / 10;

  /// After this many pieces the thread goes to the next listening that waits.
  private static final int PIECES_PER_TURN = 20;

  private final ListeningRequest request;
  private final VoskModel model;
  private final Optional<PhraseList> phrases;
  private final VoskSettings settings;
  private final Consumer<Hearing> sink;
  private final Executor pool;
  private final Consumer<VoskListening> onEnd;
  private final Promise<Transcript> transcript = Promise.promise();

  // Guarded by this.
  private final Deque<byte[]> waiting = new ArrayDeque<>();
  private long waitingBytes;
  private long takenBytes;
  private long lostBytes;
  private final Deque<Gap> newGaps = new ArrayDeque<>();
  private boolean scheduled;
  private boolean ending;
  private boolean cutShort;
  private int idleSweeps;

  // Touched by one thread of the pool at a time.
  private @Nullable Recognizer recognizer;
  private final List<Hearing.Utterance> utterances = new ArrayList<>();
  private final Deque<Gap> gaps = new ArrayDeque<>();
  private long lostBytesBeforeGaps;
  private String lastPartial = "";
  private long decodingNanos;

  /// Audio that is missing after the first `atBytes` that were heard.
  private record Gap(long atBytes, long lostBytes) {}

  VoskListening(
      ListeningRequest request,
      VoskModel model,
      Optional<PhraseList> phrases,
      VoskSettings settings,
      Consumer<Hearing> sink,
      Executor pool,
      Consumer<VoskListening> onEnd) {
    this.request = request;
    this.model = model;
    this.phrases = phrases;
    this.settings = settings;
    this.sink = sink;
    this.pool = pool;
    this.onEnd = onEnd;
  }

  @Override
  public void feed(byte[] pcm) {
    if (pcm.length % 2 != 0) {
      throw new IllegalArgumentException("not whole 16-bit samples: " + pcm.length + " bytes");
    }
    synchronized (this) {
      if (ending || pcm.length == 0) {
        return;
      }
      idleSweeps = 0;
      for (int from = 0; from < pcm.length; from += PIECE_BYTES) {
        enqueue(Arrays.copyOfRange(pcm, from, Math.min(pcm.length, from + PIECE_BYTES)));
      }
      if (takenBytes + waitingBytes + lostBytes > bytes(settings.longest())) {
        ending = true;
        cutShort = true;
      }
      if (waitingBytes >= PIECE_BYTES || ending) {
        schedule();
      }
    }
  }

  @Override
  public Future<Transcript> finish() {
    end(false);
    return transcript.future();
  }

  /// Ends it as if a time limit had passed.
  void endNow() {
    end(true);
  }

  /// Called twice per idle time: three calls without audio in between end the listening.
  synchronized void endIfIdle() {
    idleSweeps++;
    if (idleSweeps > 2) {
      end(true);
    }
  }

  private synchronized void end(boolean early) {
    if (!ending) {
      ending = true;
      cutShort = early;
      schedule();
    }
  }

  private void enqueue(byte[] piece) {
    waiting.addLast(piece);
    waitingBytes += piece.length;
    while (waitingBytes > bytes(settings.queue())) {
      long dropped = waiting.removeFirst().length;
      waitingBytes -= dropped;
      lostBytes += dropped;
      Gap last = newGaps.peekLast();
      if (last != null && last.atBytes() == takenBytes) {
        newGaps.removeLast();
        dropped += last.lostBytes();
      }
      newGaps.addLast(new Gap(takenBytes, dropped));
    }
  }

  private synchronized void schedule() {
    if (!scheduled) {
      scheduled = true;
      try {
        pool.execute(this::turn);
      } catch (RejectedExecutionException e) {
        fail(e);
      }
    }
  }

  private void turn() {
    try {
      for (int piece = 0; piece < PIECES_PER_TURN; piece++) {
        byte[] next = take();
        if (next == null) {
          return;
        }
        if (next.length == 0) {
          conclude();
          return;
        }
        hear(next);
      }
      synchronized (this) {
        scheduled = false;
        schedule();
      }
    } catch (Throwable e) { // Whatever a sink throws: memory outside of Java has to be freed.
      fail(e);
    }
  }

  /// The next piece; empty at the end; null if there is too little to go on with now.
  private synchronized byte @Nullable [] take() {
    gaps.addAll(newGaps);
    newGaps.clear();
    if (!ending && waitingBytes < PIECE_BYTES) {
      scheduled = false;
      return null;
    }
    byte[] piece = new byte[(int) Math.min(waitingBytes, 2L * PIECE_BYTES)];
    int filled = 0;
    for (byte[] first = waiting.peekFirst();
        first != null && filled + first.length <= piece.length;
        first = waiting.peekFirst()) {
      System.arraycopy(first, 0, piece, filled, first.length);
      filled += first.length;
      waiting.removeFirst();
    }
    waitingBytes -= filled;
    takenBytes += filled;
    return filled == piece.length ? piece : Arrays.copyOf(piece, filled);
  }

  private void hear(byte[] piece) throws IOException {
    long start = System.nanoTime();
    Recognizer ears = recognizer();
    boolean utteranceOver = ears.acceptWaveForm(piece, piece.length);
    String json = utteranceOver ? ears.getResult() : ears.getPartialResult();
    decodingNanos += System.nanoTime() - start;
    if (utteranceOver) {
      conclude(new JsonObject(json));
    } else {
      String text = new JsonObject(json).getString("partial", "");
      if (!text.isEmpty() && !text.equals(lastPartial)) {
        lastPartial = text;
        sink.accept(new Hearing.Partial(text.replace(Vocabulary.UNKNOWN, "…"), heardUntilNow()));
      }
    }
  }

  private Recognizer recognizer() throws IOException {
    Recognizer ears = recognizer;
    if (ears == null) {
      float rate = kz.qonyrau.speech.Recognizer.SAMPLES_PER_SECOND;
      ears =
          phrases.isPresent() && model.takesPhrases()
              ? new Recognizer(model.model(), rate, phrases.get().grammar())
              : new Recognizer(model.model(), rate);
      recognizer = ears;
      ears.setWords(true);
    }
    return ears;
  }

  private void conclude(JsonObject result) {
    lastPartial = "";
    String text = result.getString("text", "");
    if (!text.isEmpty()) {
      List<Word> words = words(result.getJsonArray("result", new JsonArray()));
      Hearing.Utterance utterance = understood(text, words);
      utterances.add(utterance);
      sink.accept(utterance);
    }
    forgetGapsBefore(heardBytes());
  }

  private List<Word> words(JsonArray result) {
    List<Word> words = new ArrayList<>();
    for (int i = 0; i < result.size(); i++) {
      JsonObject word = result.getJsonObject(i);
      Duration from = inCallTime(word.getDouble("start", 0.0));
      Duration to = inCallTime(word.getDouble("end", 0.0));
      words.add(
          new Word(
              word.getString("word", ""),
              from,
              to.compareTo(from) < 0 ? from : to,
              Math.clamp(word.getDouble("conf", 0.0), 0.0, 1.0)));
    }
    return words;
  }

  private Hearing.Utterance understood(String text, List<Word> words) {
    Duration from = words.isEmpty() ? heardUntilNow() : words.getFirst().from();
    Duration to = words.isEmpty() ? from : words.getLast().to();
    // A listed word beside [unk] is a guess, and so are listed words that make up no listed phrase.
    Optional<String> meant =
        text.contains(Vocabulary.UNKNOWN)
            ? Optional.empty()
            : phrases.isPresent() ? phrases.get().match(text) : Optional.of(text);
    double confidence = words.stream().mapToDouble(Word::confidence).average().orElse(0);
    return meant
        .map(phrase -> new Hearing.Utterance(phrase, from, to, confidence, words))
        .orElseGet(() -> new Hearing.Utterance("", from, to, 0, List.of()));
  }

  private void conclude() {
    Recognizer ears = recognizer;
    if (ears != null) {
      long start = System.nanoTime();
      String json = ears.getFinalResult();
      decodingNanos += System.nanoTime() - start;
      conclude(new JsonObject(json));
    }
    Transcript all;
    synchronized (this) {
      all =
          new Transcript(
              request.call(),
              request.language(),
              utterances,
              duration(takenBytes),
              duration(lostBytes),
              cutShort);
    }
    release();
    LOG.atInfo()
        .addKeyValue("call", request.call())
        .addKeyValue("heard", all.heard())
        .addKeyValue("lost", all.lost())
        .addKeyValue("cutShort", all.cutShort())
        .addKeyValue("utterances", all.utterances().size())
        .addKeyValue("realTimeFactor", realTimeFactor(all.heard()))
        .log("listening ended");
    transcript.complete(all);
  }

  private double realTimeFactor(Duration heard) {
    return heard.isZero() ? 0 : Math.round(1e4 * decodingNanos / heard.toNanos()) / 1e4;
  }

  private void fail(Throwable why) {
    synchronized (this) {
      ending = true;
      waiting.clear();
      waitingBytes = 0;
    }
    release();
    transcript.tryFail(why);
  }

  private void release() {
    Recognizer ears = recognizer;
    recognizer = null;
    if (ears != null) {
      ears.close();
    }
    onEnd.accept(this);
  }

  /// Seconds of audio that the native library has seen, as time in the call: what was dropped
  /// before is counted in.
  private Duration inCallTime(double seconds) {
    long heard = Math.round(seconds * BYTES_PER_SECOND);
    long lost = lostBytesBeforeGaps;
    for (Gap gap : gaps) {
      if (gap.atBytes() > heard) {
        break;
      }
      lost += gap.lostBytes();
    }
    return duration(heard + lost);
  }

  private Duration heardUntilNow() {
    return inCallTime((double) heardBytes() / BYTES_PER_SECOND);
  }

  private synchronized long heardBytes() {
    return takenBytes;
  }

  private void forgetGapsBefore(long bytes) {
    while (!gaps.isEmpty() && gaps.getFirst().atBytes() < bytes) {
      lostBytesBeforeGaps += gaps.removeFirst().lostBytes();
    }
  }

  private static Duration duration(long bytes) {
    return Duration.ofNanos(bytes * 1_000_000_000 / BYTES_PER_SECOND);
  }

  private static long bytes(Duration audio) {
    return audio.toMillis() * BYTES_PER_SECOND / 1000;
  }
}
