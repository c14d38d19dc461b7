package kz.qonyrau.speech.vosk;

import io.vertx.core.Future;
import io.vertx.core.Promise;
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
import kz.qonyrau.speech.Transcript;
import kz.qonyrau.speech.Transcript.Ending;
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
/// Positions are those of [HeldAudio].
final class VoskListening implements Listening {

  private static final Logger LOG = LoggerFactory.getLogger(VoskListening.class);

  private static final int DEADLY = 2;

  private final int id;
  private final ListeningRequest request;
  private final Optional<String> grammar;
  private final WorkersWords words;
  private final VoskSettings settings;
  private final Consumer<Hearing> sink;
  private final Consumer<VoskListening> onEnd;
  private final Promise<Transcript> transcript = Promise.promise();

  /// Held while the sink is told something, so that it is told one thing at a time. Never taken by
  /// who holds this object's own lock.
  private final Object delivery = new Object();

  // All guarded by this.
  private final HeldAudio audio = new HeldAudio();
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
    this.words = new WorkersWords(phrases);
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
      int piece = HeldAudio.PIECE_BYTES;
      for (int from = 0; from < pcm.length; from += piece) {
        enqueue(Arrays.copyOfRange(pcm, from, Math.min(pcm.length, from + piece)));
        if (audio.fed() > HeldAudio.bytes(settings.longest())) {
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
        Settling settling = new Settling(audio.end());
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
    return over ? Duration.ZERO : HeldAudio.duration(audio.behind());
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
      audio.giveUpRest();
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
    long dropped = audio.add(piece, HeldAudio.bytes(settings.queue()));
    if (dropped > 0) {
      moveSettlings(audio.sent(), dropped);
    }
  }

  /// So much audio behind a position has gone.
  private void moveSettlings(long behind, long bytes) {
    for (Settling settling : settlings) {
      settling.at = Math.max(Math.min(settling.at, behind), settling.at - bytes);
    }
  }

  /// Gives the worker as much as it should have.
  private synchronized void pump() {
    VoskWorker to = worker;
    if (to == null || over) {
      return;
    }
    Settling next = sendSettlings(to);
    while (audio.hasPiece(ending || next != null)) {
      byte[] piece = audio.take(next == null ? Long.MAX_VALUE : next.at - audio.sent());
      to.send(new Frame.Audio(id, piece));
      next = sendSettlings(to);
    }
    if (ending && audio.nothingWaits() && !finishSent) {
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
        if (settling.at > audio.sent()) {
          return settling;
        }
        settling.sent = true;
        to.send(new Frame.Settle(id));
      }
    }
    return null;
  }

  /// Moves to a worker, from the last boundary on.
  synchronized void attach(VoskWorker to) {
    if (over || worker != null) {
      return;
    }
    worker = to;
    audio.open();
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
        audio.takeBack();
      }
    }
    if (given != null) {
      var _ = tell(given);
    }
  }

  private Hearing.Utterance giveUpUtterance() {
    Duration from = audio.inCallTime(audio.boundary());
    Duration to = audio.inCallTime(audio.sent());
    moveSettlings(audio.boundary(), audio.giveUp());
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
      audio.decoded(heard.bytes());
      decodingNanos += heard.nanos();
      try {
        news = understand(heard);
      } catch (WorkersWords.Unreadable failure) {
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

  private @Nullable Hearing understand(Frame.Heard heard) throws WorkersWords.Unreadable {
    if (heard.what() == What.PARTIAL) {
      String text = words.partial(heard.json());
      if (text.isEmpty() || text.equals(lastPartial)) {
        return null;
      }
      lastPartial = text;
      return new Hearing.Partial(text, audio.now());
    }
    lastPartial = "";
    Optional<Hearing.Utterance> utterance =
        words.utterance(heard.json(), audio.now(), audio::workersTime);
    utterance.ifPresent(utterances::add);
    deaths = 0;
    audio.passBoundary();
    return utterance.orElse(null);
  }

  private Transcript everything() {
    return new Transcript(
        request.call(), request.language(), utterances, audio.heard(), audio.lost(), how);
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
    audio.clear();
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
}
