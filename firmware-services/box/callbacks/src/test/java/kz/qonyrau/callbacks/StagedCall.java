package kz.qonyrau.callbacks;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import kz.qonyrau.telephony.CallEndedException;
import kz.qonyrau.telephony.Ended;
import kz.qonyrau.telephony.HangupCause;
import kz.qonyrau.telephony.IncomingCall;
import kz.qonyrau.telephony.LiveCall;
import kz.qonyrau.telephony.TrunkId;
import kz.qonyrau.vocabulary.CallId;
import org.jspecify.annotations.Nullable;

/// Somebody who calls the box, and does what a test says. What is played to him is text.
final class StagedCall implements IncomingCall, LiveCall {

  final List<String> heard = new CopyOnWriteArrayList<>();
  volatile boolean answered;
  volatile boolean refused;

  private final CallId id = CallId.random();
  private final InstantSource clock;
  private final Optional<String> caller;
  private final Promise<Ended> ended = Promise.promise();
  private volatile @Nullable Promise<Void> playing;
  private volatile Consumer<Character> keys = _ -> {};

  StagedCall(InstantSource clock, @Nullable String caller) {
    this.clock = clock;
    this.caller = Optional.ofNullable(caller);
  }

  /// What he hears now is said to its end.
  void hearOut() {
    Promise<Void> now = playing;
    if (now != null) {
      now.tryComplete();
    }
  }

  void press(char key) {
    keys.accept(key);
  }

  @Override
  public CallId id() {
    return id;
  }

  @Override
  public TrunkId trunk() {
    return new TrunkId("t00000001");
  }

  @Override
  public Optional<String> caller() {
    return caller;
  }

  @Override
  public Optional<String> called() {
    return Optional.of("77172000001");
  }

  @Override
  public Future<LiveCall> answer() {
    if (ended.future().isComplete()) {
      return Future.failedFuture(new CallEndedException(id));
    }
    answered = true;
    return Future.succeededFuture(this);
  }

  @Override
  public void refuse() {
    if (!answered) {
      refused = true;
      hangUp();
    }
  }

  @Override
  public Future<Void> play(byte[] pcm) {
    if (ended.future().isComplete()) {
      return Future.failedFuture(new CallEndedException(id));
    }
    Promise<Void> next = Promise.promise();
    playing = next;
    heard.add(new String(pcm, StandardCharsets.UTF_8));
    return next.future();
  }

  @Override
  public void stopPlaying() {
    hearOut();
  }

  @Override
  public void onAudio(Consumer<byte[]> sink) {}

  @Override
  public void onDigit(Consumer<Character> sink) {
    keys = sink;
  }

  @Override
  public void hangUp() {
    ended.tryComplete(new Ended(clock.instant(), HangupCause.UNKNOWN, false));
  }

  @Override
  public Future<Ended> ended() {
    return ended.future();
  }
}
