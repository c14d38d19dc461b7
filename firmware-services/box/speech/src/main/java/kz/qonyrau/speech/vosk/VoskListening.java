package kz.qonyrau.speech.vosk;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import kz.qonyrau.speech.Hearing;
import kz.qonyrau.speech.Listening;
import kz.qonyrau.speech.ListeningRequest;
import kz.qonyrau.speech.RecognitionUnavailableException;
import kz.qonyrau.speech.Recognizer;
import kz.qonyrau.speech.Transcript;
import kz.qonyrau.speech.Transcript.Ending;
import kz.qonyrau.speech.Word;
import kz.qonyrau.speech.vosk.worker.Frame;
import kz.qonyrau.speech.vosk.worker.Frame.What;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One listening, as the box knows it; a worker decodes it.
///
/// Audio waits here in a bounded queue, and a worker is given no more than it can decode soon. What
/// it was given since the last boundary between utterances is kept: should the worker die, another
/// one hears it again, so that nothing of the conversation is lost. If workers die of the same
/// utterance twice, it is the cause, and only that utterance is given up.
///
/// Positions count bytes of the audio that was not dropped, from the first one on.
final class VoskListening implements Listening {

  private static final Logger LOG = LoggerFactory.getLogger(VoskListening.class);

  private static final int BYTES_PER_SECOND = 2 * Recognizer.SAMPLES_PER_SECOND;

  /// Decoded at once: below, waking a thread costs more than decoding; above, partial results lag.
  private static final int PIECE_BYTES = BYTES_PER_SECOND / 10;

  /// How much a worker has at most that it has not decoded yet.
  private static final int WITH_WORKER_BYTES = BYTES_PER_SECOND;

  /// More than the longest utterance that the native library lets pass without a boundary.
  private static final int KEPT_BYTES = 60 * BYTES_PER_SECOND;

  private static final int DEADLY = 2;

  private final int id;
  private final ListeningRequest request;
  private final Optional<String> grammar;
  private final Optional<PhraseList> phrases;
  private final VoskSettings settings;
  private final Consumer<Hearing> sink;
  private final Consumer<VoskListening> onEnd;
  private final Promise<Transcript> transcript = Promise.promise();

  /// Held while the sink is told something, so that it is told one thing at a time. Never taken by
  /// who holds this object's own lock.
  private final Object delivery = new Object();

  // All guarded by this.
  private final Deque<byte[]> waiting = new ArrayDeque<>();
  private long waitingBytes;

  /// How much of what waits has been with a worker before.
  private long againBytes;

  private final Deque<byte[]> kept = new ArrayDeque<>();
  private long boundary;
  private long sent;
  private long decoded;

  /// Where the present worker began to listen; it counts from there.
  private long opened;

  private final Deque<Gap> gaps = new ArrayDeque<>();
  private long lost;
  private long lostBeforeGaps;
  private final List<Hearing.Utterance> utterances = new ArrayList<>();
  private String lastPartial = "";
  private long decodingNanos;
  private int deaths;
  private @Nullable VoskWorker worker;
  private boolean finishSent;
  private boolean ending;
  private boolean over;
  private Ending how = Ending.FINISHED;
  private long endingNanos;
  private long fedNanos = System.nanoTime();

  /// What was asked to be settled and is not yet, in order.
  private final Deque<Settling> settlings = new ArrayDeque<>();

  /// All audio before a position is to be made up one's mind about.
  private static final class Settling {

    private final Promise<Void> settled = Promise.promise();
    private long at;
    private boolean sent;

    Settling(long at) {
      this.at = at;
    }
  }

  /// Audio that is missing at a position.
  private record Gap(long at, long bytes) {}

  /// @param id a number that no other listening of this process has
  /// @param grammar what the native library is limited to
  /// @param phrases what an utterance is compared with
  VoskListening(
      int id,
      ListeningRequest request,
      Optional<String> grammar,
      Optional<PhraseList> phrases,
      VoskSettings settings,
      Consumer<Hearing> sink,
      Consumer<VoskListening> onEnd) {
    this.id = id;
    this.request = request;
    this.grammar = grammar;
    this.phrases = phrases;
    this.settings = settings;
    this.sink = sink;
    this.onEnd = onEnd;
  }

  int id() {
    return id;
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
      fedNanos = System.nanoTime();
      for (int from = 0; from < pcm.length; from += PIECE_BYTES) {
        enqueue(Arrays.copyOfRange(pcm, from, Math.min(pcm.length, from + PIECE_BYTES)));
        if (sent + waitingBytes + lost > bytes(settings.longest())) {
          end(Ending.TIME_LIMIT);
          return;
        }
      }
      pump();
    }
  }

  @Override
  public Future<Void> settle() {
    synchronized (this) {
      if (!over) {
        Settling settling = new Settling(sent + waitingBytes);
        settlings.addLast(settling);
        pump();
        return settling.settled.future();
      }
    }
    return Future.succeededFuture();
  }

  /// Those that ask for it are told outside of all locks.
  private synchronized List<Settling> settleAll() {
    List<Settling> all = List.copyOf(settlings);
    settlings.clear();
    return all;
  }

  private static void tellSettled(List<Settling> settled) {
    settled.forEach(one -> one.settled.tryComplete());
  }

  @Override
  public Future<Transcript> finish() {
    end(Ending.FINISHED);
    return transcript.future();
  }

  /// Ends it as if a time limit had passed.
  void endNow() {
    end(Ending.TIME_LIMIT);
  }

  private synchronized void end(Ending as) {
    if (!ending) {
      ending = true;
      how = as;
      endingNanos = System.nanoTime();
      pump();
    }
  }

  /// Ends what gets no audio for too long, and gives up what does not come to its end. To be called
  /// now and then.
  void sweep() {
    boolean givenUp;
    synchronized (this) {
      long now = System.nanoTime();
      if (now - fedNanos > settings.idle().toNanos()) {
        end(Ending.TIME_LIMIT);
      }
      givenUp = ending && !over && now - endingNanos > settings.patience().toNanos();
    }
    if (givenUp) {
      stop(Ending.RECOGNITION_LOST);
    }
  }

  /// Audio that was fed and not decoded yet.
  synchronized Duration behind() {
    return over ? Duration.ZERO : duration(waitingBytes + sent - decoded);
  }

  synchronized boolean isWith(VoskWorker some) {
    return some.equals(worker);
  }

  /// Ends it at once, without decoding what waits, and tells the listener that nothing more will be
  /// understood. Without effect if it is over, or about to be.
  ///
  /// @param first done before anybody is told
  /// @return whether it was ended by this
  boolean shed(Runnable first) {
    synchronized (this) {
      if (ending || over) {
        return false;
      }
      ending = true;
    }
    first.run();
    stop(Ending.OVERLOAD);
    return true;
  }

  private void stop(Ending as) {
    Transcript all;
    synchronized (this) {
      if (over) {
        return;
      }
      over = true;
      how = as;
      lost += waitingBytes + sent - decoded;
      leave();
      all = everything();
    }
    if (as == Ending.OVERLOAD) {
      try {
        deliver(new Hearing.Deaf(all.heard().plus(all.lost())));
      } catch (Throwable refused) { // Whatever a sink throws.
        LOG.atWarn().addKeyValue("call", request.call()).setCause(refused).log("nobody was told");
      }
    }
    conclude(all);
  }

  private synchronized void enqueue(byte[] piece) {
    waiting.addLast(piece);
    waitingBytes += piece.length;
    while (waitingBytes - againBytes > bytes(settings.queue())) {
      byte[] dropped = waiting.removeFirst();
      waitingBytes -= dropped.length;
      againBytes = Math.max(0, againBytes - dropped.length);
      lost += dropped.length;
      moveSettlings(sent, dropped.length);
      addGap(new Gap(sent, dropped.length));
    }
  }

  /// So much audio behind a position has gone.
  private void moveSettlings(long behind, long bytes) {
    for (Settling settling : settlings) {
      settling.at = Math.max(Math.min(settling.at, behind), settling.at - bytes);
    }
  }

  private void addGap(Gap gap) {
    Gap last = gaps.peekLast();
    if (last != null && last.at() == gap.at()) {
      gaps.removeLast();
      gaps.addLast(new Gap(gap.at(), last.bytes() + gap.bytes()));
    } else {
      gaps.addLast(gap);
    }
  }

  /// Gives the worker as much as it should have.
  private synchronized void pump() {
    VoskWorker to = worker;
    if (to == null || over) {
      return;
    }
    Settling next = sendSettlings(to);
    while (sent - decoded < WITH_WORKER_BYTES
        && (waitingBytes >= PIECE_BYTES || ((ending || next != null) && waitingBytes > 0))) {
      byte[] piece = take(next == null ? Long.MAX_VALUE : next.at - sent);
      kept.addLast(piece);
      sent += piece.length;
      to.send(new Frame.Audio(id, piece));
      next = sendSettlings(to);
    }
    while (sent - boundary > KEPT_BYTES) {
      boundary += kept.removeFirst().length;
    }
    if (ending && waiting.isEmpty() && !finishSent) {
      finishSent = true;
      to.send(new Frame.Finish(id));
    }
  }

  /// Passes on what has to be settled where the worker is now.
  ///
  /// @return what is to be settled next
  private @Nullable Settling sendSettlings(VoskWorker to) {
    for (Settling settling : settlings) {
      if (!settling.sent) {
        if (settling.at > sent) {
          return settling;
        }
        settling.sent = true;
        to.send(new Frame.Settle(id));
      }
    }
    return null;
  }

  /// The next audio that waits, as a copy: no more than `most` bytes, which is where a piece ends.
  private byte[] take(long most) {
    byte[] piece = new byte[(int) Math.min(Math.min(waitingBytes, 2L * PIECE_BYTES), most)];
    int filled = 0;
    for (byte[] first = waiting.peekFirst();
        first != null && filled + first.length <= piece.length;
        first = waiting.peekFirst()) {
      System.arraycopy(first, 0, piece, filled, first.length);
      filled += first.length;
      waiting.removeFirst();
    }
    waitingBytes -= filled;
    againBytes = Math.max(0, againBytes - filled);
    return filled == piece.length ? piece : Arrays.copyOf(piece, filled);
  }

  /// Moves to a worker, from the last boundary on.
  synchronized void attach(VoskWorker to) {
    if (over || worker != null) {
      return;
    }
    worker = to;
    opened = boundary;
    to.send(new Frame.Open(id, grammar));
    pump();
  }

  /// Takes note that the worker is gone.
  ///
  /// @param suspect whether native code was busy with this listening at that moment
  void detach(boolean suspect) {
    Hearing.Utterance given = null;
    synchronized (this) {
      if (over) {
        return;
      }
      worker = null;
      finishSent = false;
      settlings.forEach(settling -> settling.sent = false);
      deaths += suspect ? 1 : 0;
      lastPartial = "";
      if (deaths >= DEADLY) {
        deaths = 0;
        given = giveUpUtterance();
        utterances.add(given);
      } else {
        takeBack();
      }
    }
    if (given != null) {
      var _ = tell(given);
    }
  }

  private void takeBack() {
    long bytes = sent - boundary;
    while (!kept.isEmpty()) {
      waiting.addFirst(kept.removeLast());
    }
    waitingBytes += bytes;
    againBytes += bytes;
    sent = boundary;
    decoded = boundary;
  }

  private Hearing.Utterance giveUpUtterance() {
    Duration from = inCallTime(boundary);
    Duration to = inCallTime(sent);
    long bytes = sent - boundary;
    long before = bytes;
    while (!gaps.isEmpty() && gaps.getLast().at() >= boundary) {
      before += gaps.removeLast().bytes();
    }
    gaps.addLast(new Gap(boundary, before));
    lost += bytes;
    kept.clear();
    moveSettlings(boundary, bytes);
    sent = boundary;
    decoded = boundary;
    LOG.atError()
        .addKeyValue("call", request.call())
        .addKeyValue("from", from)
        .addKeyValue("to", to)
        .log("recognition died twice of the same utterance, which is given up");
    return new Hearing.Utterance("", from, to, 0, List.of());
  }

  /// What the worker made of a piece. Called on the worker's reading thread.
  void said(VoskWorker by, Frame frame) {
    switch (frame) {
      case Frame.Heard heard -> heard(by, heard);
      case Frame.Failed(int _, String why) ->
          fail(new RecognitionUnavailableException("Vosk refuses to listen: " + why));
      default -> throw new IllegalArgumentException("no frame about a listening: " + frame);
    }
  }

  private void heard(VoskWorker by, Frame.Heard heard) {
    Hearing news;
    Transcript all = null;
    List<Settling> settled = List.of();
    synchronized (this) {
      if (over || !by.equals(worker)) {
        return;
      }
      decoded = opened + heard.bytes();
      decodingNanos += heard.nanos();
      try {
        news = understand(heard);
      } catch (DecodeException | ClassCastException | IllegalArgumentException failure) {
        throw new IllegalStateException("the worker says what cannot be understood", failure);
      }
      if (heard.what() == What.SETTLED && !settlings.isEmpty()) {
        settled = List.of(settlings.removeFirst());
      }
      if (heard.what() == What.END) {
        over = true;
        leave();
        all = everything();
      } else {
        pump();
      }
    }
    if (news != null && !tell(news)) {
      return;
    }
    tellSettled(settled);
    if (all != null) {
      conclude(all);
    }
  }

  private @Nullable Hearing understand(Frame.Heard heard) {
    JsonObject json = heard.json().isEmpty() ? new JsonObject() : new JsonObject(heard.json());
    if (heard.what() == What.PARTIAL) {
      String text = json.getString("partial", "");
      if (text.isEmpty() || text.equals(lastPartial)) {
        return null;
      }
      lastPartial = text;
      return new Hearing.Partial(text.replace(Vocabulary.UNKNOWN, "…"), inCallTime(decoded));
    }
    lastPartial = "";
    String text = json.getString("text", "");
    Hearing.Utterance utterance = null;
    if (!text.isEmpty()) {
      utterance = understood(text, words(json.getJsonArray("result", new JsonArray())));
      utterances.add(utterance);
    }
    passBoundary();
    return utterance;
  }

  private void passBoundary() {
    deaths = 0;
    while (boundary < decoded) {
      boundary += kept.removeFirst().length;
    }
    while (!gaps.isEmpty() && gaps.getFirst().at() < boundary) {
      lostBeforeGaps += gaps.removeFirst().bytes();
    }
  }

  private List<Word> words(JsonArray result) {
    List<Word> words = new ArrayList<>();
    for (int i = 0; i < result.size(); i++) {
      JsonObject word = result.getJsonObject(i);
      Duration from = wordTime(word.getDouble("start", 0.0));
      Duration to = wordTime(word.getDouble("end", 0.0));
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
    Duration from = words.isEmpty() ? inCallTime(decoded) : words.getFirst().from();
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

  private Transcript everything() {
    return new Transcript(
        request.call(), request.language(), utterances, duration(decoded), duration(lost), how);
  }

  /// Tells the listener. One that throws ends the listening.
  private boolean tell(Hearing news) {
    try {
      deliver(news);
      return true;
    } catch (Throwable refused) { // Whatever a sink throws: the worker has to be freed of this.
      fail(refused);
      return false;
    }
  }

  private void deliver(Hearing news) {
    synchronized (delivery) {
      sink.accept(news);
    }
  }

  private void fail(Throwable why) {
    synchronized (this) {
      if (over && transcript.future().isComplete()) {
        return;
      }
      ending = true;
      over = true;
      leave();
    }
    onEnd.accept(this);
    tellSettled(settleAll());
    transcript.tryFail(why);
  }

  /// Frees what the worker and this object hold.
  private void leave() {
    VoskWorker from = worker;
    worker = null;
    if (from != null) {
      from.send(new Frame.Drop(id));
    }
    waiting.clear();
    waitingBytes = 0;
    kept.clear();
  }

  private void conclude(Transcript all) {
    LOG.atInfo()
        .addKeyValue("call", request.call())
        .addKeyValue("heard", all.heard())
        .addKeyValue("lost", all.lost())
        .addKeyValue("ending", all.ending())
        .addKeyValue("utterances", all.utterances().size())
        .addKeyValue("realTimeFactor", realTimeFactor(all.heard()))
        .log("listening ended");
    onEnd.accept(this);
    tellSettled(settleAll());
    transcript.tryComplete(all);
  }

  private synchronized double realTimeFactor(Duration heard) {
    return heard.isZero() ? 0 : Math.round(1e4 * decodingNanos / heard.toNanos()) / 1e4;
  }

  private Duration wordTime(double seconds) {
    return inCallTime(opened + Math.round(seconds * BYTES_PER_SECOND));
  }

  /// A position as time in the call: what was dropped before is counted in.
  private Duration inCallTime(long position) {
    long missing = lostBeforeGaps;
    for (Gap gap : gaps) {
      if (gap.at() > position) {
        break;
      }
      missing += gap.bytes();
    }
    return duration(position + missing);
  }

  private static Duration duration(long bytes) {
    return Duration.ofNanos(bytes * 1_000_000_000 / BYTES_PER_SECOND);
  }

  private static long bytes(Duration audio) {
    return audio.toMillis() * BYTES_PER_SECOND / 1000;
  }
}
