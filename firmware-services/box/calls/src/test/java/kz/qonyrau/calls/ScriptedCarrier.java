package kz.qonyrau.calls;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import kz.qonyrau.telephony.CallEndedException;
import kz.qonyrau.telephony.CallPlacer;
import kz.qonyrau.telephony.DialOutcome;
import kz.qonyrau.telephony.DialRequest;
import kz.qonyrau.telephony.Dialled;
import kz.qonyrau.telephony.Ended;
import kz.qonyrau.telephony.HangupCause;
import kz.qonyrau.telephony.LiveCall;
import kz.qonyrau.telephony.RingingCall;
import kz.qonyrau.telephony.TrunkId;
import kz.qonyrau.telephony.Way;
import kz.qonyrau.vocabulary.CallId;
import kz.qonyrau.vocabulary.Msisdn;
import org.jspecify.annotations.Nullable;

/// A carrier that does what the test says, and remembers whom it rang.
final class ScriptedCarrier implements CallPlacer {

  private static final HangupCause GIVEN_UP = new HangupCause(16, OptionalInt.empty());

  /// By which everybody is called.
  static final Way WAY = new Way(new TrunkId("t00000001"), "Carrier", new Msisdn("+77172000000"));

  private final Vertx vertx;
  private final InstantSource clock;
  private final List<DialRequest> rung = Collections.synchronizedList(new ArrayList<>());
  private volatile Function<DialRequest, Future<DialOutcome>> script;
  private volatile Optional<ScriptedRinging> ringing = Optional.empty();

  ScriptedCarrier(Vertx vertx, InstantSource clock) {
    this.vertx = vertx;
    this.clock = clock;
    this.script =
        request -> Future.succeededFuture(answer(request, new ScriptedCall(request.call())));
  }

  /// What every dialled call comes to from now on.
  void comesTo(DialOutcome outcome) {
    script = _ -> Future.succeededFuture(outcome);
  }

  /// Somebody answers, and behaves like `call`.
  void answersWith(ScriptedCall call) {
    script = request -> Future.succeededFuture(answer(request, call));
  }

  void breaks(RuntimeException failure) {
    script = _ -> Future.failedFuture(failure);
  }

  List<DialRequest> rung() {
    return List.copyOf(rung);
  }

  private DialOutcome answer(DialRequest request, ScriptedCall call) {
    call.id = request.call();
    return new DialOutcome.Answered(call, clock.instant());
  }

  @Override
  public Future<Dialled> dial(DialRequest request, Optional<Consumer<RingingCall>> early) {
    rung.add(request);
    return outcome(request, early).map(outcome -> new Dialled(outcome, Optional.of(WAY)));
  }

  private Future<DialOutcome> outcome(DialRequest request, Optional<Consumer<RingingCall>> early) {
    if (ringing.isEmpty() || early.isEmpty()) {
      return script.apply(request);
    }
    ScriptedRinging sounding = ringing.get();
    sounding.id = request.call();
    early.get().accept(sounding);
    return sounding.gaveUp.future().map(_ -> new DialOutcome.NoAnswer(GIVEN_UP));
  }

  /// Nobody picks up; there is something to hear, and whoever wants to hear it must give up.
  ScriptedRinging ringsAudibly() {
    ScriptedRinging sounding = new ScriptedRinging();
    ringing = Optional.of(sounding);
    return sounding;
  }

  ScriptedCall call() {
    return new ScriptedCall(CallId.random());
  }

  /// What comes before there is a sink for it is kept for the sink.
  private static final class Kept<T> {

    private final List<T> early = new ArrayList<>();
    private @Nullable Consumer<T> sink;

    synchronized void accept(T item) {
      if (sink == null) {
        early.add(item);
      } else {
        sink.accept(item);
      }
    }

    synchronized void goTo(Consumer<T> to) {
      early.forEach(to);
      early.clear();
      sink = to;
    }
  }

  /// A call that nobody picks up.
  static final class ScriptedRinging implements RingingCall {

    private final Kept<byte[]> ear = new Kept<>();
    private final Promise<Void> gaveUp = Promise.promise();
    private volatile CallId id = CallId.random();

    /// The network lets this be heard.
    void lets(byte[] pcm) {
      ear.accept(pcm);
    }

    /// The network ends it by itself.
    void ends() {
      gaveUp.tryComplete();
    }

    @Override
    public CallId id() {
      return id;
    }

    @Override
    public void onAudio(Consumer<byte[]> sink) {
      ear.goTo(sink);
    }

    @Override
    public void giveUp() {
      gaveUp.tryComplete();
    }
  }

  /// One answered call.
  final class ScriptedCall implements LiveCall {

    private final Promise<Ended> ended = Promise.promise();
    private volatile CallId id;
    private volatile Duration promptTakes = Duration.ofMillis(20);
    private final Kept<byte[]> ear = new Kept<>();
    private final Kept<Character> keys = new Kept<>();
    private final AtomicInteger played = new AtomicInteger();
    private final AtomicInteger stopped = new AtomicInteger();

    ScriptedCall(CallId id) {
      this.id = id;
    }

    ScriptedCall promptTakes(Duration duration) {
      promptTakes = duration;
      return this;
    }

    /// The callee speaks.
    void says(byte[] pcm) {
      ear.accept(pcm);
    }

    void presses(char key) {
      keys.accept(key);
    }

    int timesStopped() {
      return stopped.get();
    }

    int bytesPlayed() {
      return played.get();
    }

    void breaksOff() {
      ended.tryComplete(new Ended(clock.instant(), HangupCause.UNKNOWN, true));
    }

    @Override
    public CallId id() {
      return id;
    }

    @Override
    public Future<Void> play(byte[] pcm) {
      played.addAndGet(pcm.length);
      Promise<Void> done = Promise.promise();
      vertx.setTimer(Math.max(1, promptTakes.toMillis()), _ -> done.tryComplete());
      ended.future().onComplete(_ -> done.tryFail(new CallEndedException(id)));
      return done.future();
    }

    @Override
    public void stopPlaying() {
      stopped.incrementAndGet();
    }

    @Override
    public void onAudio(Consumer<byte[]> sink) {
      ear.goTo(sink);
    }

    @Override
    public void onDigit(Consumer<Character> sink) {
      keys.goTo(sink);
    }

    @Override
    public void hangUp() {
      ended.tryComplete(new Ended(clock.instant(), HangupCause.NORMAL_CLEARING, false));
    }

    @Override
    public Future<Ended> ended() {
      return ended.future();
    }
  }
}
