package kz.qonyrau.telephony.asterisk;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import kz.qonyrau.telephony.CallEndedException;
import kz.qonyrau.telephony.Ended;
import kz.qonyrau.telephony.HangupCause;
import kz.qonyrau.telephony.IncomingCall;
import kz.qonyrau.telephony.LiveCall;
import kz.qonyrau.telephony.TrunkId;
import kz.qonyrau.vocabulary.CallId;

/// One call that came in by a trunk, from its first ring to its end.
final class ReceivedCall extends AsteriskCall {

  /// What a call needs of the adapter.
  interface Exchange {
    /// Has Asterisk answer the call, and bring its audio.
    void answer(ReceivedCall call);

    /// Tells the caller that the line is busy.
    void refuse(ReceivedCall call);

    /// Ends the call's channel, if there is one.
    void hangUp(ReceivedCall call);

    /// Nothing more will happen to the call.
    void over(ReceivedCall call);
  }

  private static final long SLACK_MILLISECONDS = 4_000;

  private final Exchange exchange;
  private final Promise<LiveCall> answered = Promise.promise();
  private final IncomingCall ringing;
  private boolean asked;

  /// @param caller digits, perhaps behind a plus sign
  /// @param called digits, perhaps behind a plus sign
  ReceivedCall(
      Vertx vertx,
      Context context,
      InstantSource clock,
      Exchange exchange,
      String channel,
      TrunkId trunk,
      Optional<String> caller,
      Optional<String> called) {
    super(vertx, context, clock, CallId.random(), channel);
    this.exchange = exchange;
    this.ringing = new Ringing(trunk, caller, called);
    within(
        IncomingCall.LONGEST_RINGING_SECONDS * 1000L + SLACK_MILLISECONDS,
        "asterisk did not report the call's end");
  }

  /// The call as those see it who may pick up.
  IncomingCall ringing() {
    return ringing;
  }

  /// Takes the call's audio; false if it is not waited for.
  boolean connect(MediaSocket socket) {
    if (isOver() || hasAudio() || !asked) {
      return false;
    }
    take(socket);
    answered.complete(this);
    return true;
  }

  /// @param at when it was; the box may come to know later
  void hungUp(HangupCause cause, Instant at) {
    if (isOver()) {
      return;
    }
    if (asked && !hasAudio() && hasLostMedia()) {
      fail("the audio of an answered call could not be connected");
    } else {
      notAnswered();
      end(new Ended(at, cause, hasLostMedia()));
    }
  }

  private void answer() {
    if (!isOver() && !asked) {
      asked = true;
      waitForAudio();
      exchange.answer(this);
    }
  }

  private void refuse() {
    if (!isOver() && !asked) {
      waitForTheEnd();
      exchange.refuse(this);
    }
  }

  private void notAnswered() {
    answered.tryFail(new CallEndedException(id()));
  }

  @Override
  void failed(String why) {
    notAnswered();
  }

  @Override
  void putAway() {
    exchange.hangUp(this);
  }

  @Override
  void isGone() {
    exchange.over(this);
  }

  /// The call as long as nobody has picked up.
  private final class Ringing implements IncomingCall {

    private final TrunkId trunk;
    private final Optional<String> caller;
    private final Optional<String> called;

    Ringing(TrunkId trunk, Optional<String> caller, Optional<String> called) {
      this.trunk = trunk;
      this.caller = caller;
      this.called = called;
    }

    @Override
    public CallId id() {
      return ReceivedCall.this.id();
    }

    @Override
    public TrunkId trunk() {
      return trunk;
    }

    @Override
    public Optional<String> caller() {
      return caller;
    }

    @Override
    public Optional<String> called() {
      return called;
    }

    @Override
    public Future<LiveCall> answer() {
      onLoop(ReceivedCall.this::answer);
      return answered.future();
    }

    @Override
    public void refuse() {
      onLoop(ReceivedCall.this::refuse);
    }

    @Override
    public Future<Ended> ended() {
      return ReceivedCall.this.ended();
    }
  }
}
