package kz.qonyrau.telephony.asterisk;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import kz.qonyrau.telephony.DialOutcome;
import kz.qonyrau.telephony.DialRequest;
import kz.qonyrau.telephony.Ended;
import kz.qonyrau.telephony.HangupCause;
import kz.qonyrau.telephony.RingingCall;
import kz.qonyrau.vocabulary.CallId;
import org.jspecify.annotations.Nullable;

/// One call that the box places on one trunk, from the order to dial to its end.
final class PlacedCall extends AsteriskCall {

  /// What a call needs of the adapter.
  interface Exchange {
    /// Ends the call's channel, if there is one.
    void hangUp(PlacedCall call);

    /// Brings what the network lets us hear of the call before the answer.
    void eavesdrop(PlacedCall call);

    /// The first answer: the callee picked up, or not.
    void dialled(PlacedCall call, DialOutcome outcome);

    /// Nothing more will happen to the call.
    void over(PlacedCall call);
  }

  // What dialling may take beyond the ringing itself; the promise to callers is 5 s.
  private static final long SLACK_MILLISECONDS = 4_000;
  // Asterisk answers an order that failed at once before, or just after, it says why.
  private static final long LONGEST_EXPLANATION_MILLISECONDS = 500;
  // Q.850 23, "redirected to new destination"; nobody is called whom the list does not name.
  private static final HangupCause REDIRECTED = new HangupCause(23, OptionalInt.of(302));
  private static final int RINGING = 5;
  private static final int UP = 6;

  private final Exchange exchange;
  private final Optional<Consumer<RingingCall>> early;
  private final Promise<DialOutcome> dialled = Promise.promise();
  private boolean rang;
  private boolean audible;
  private boolean refused;
  private boolean redirected;
  private boolean gaveUp;
  private @Nullable Instant answeredAt;
  private @Nullable MediaSocket earlyMedia;

  PlacedCall(
      Vertx vertx,
      Context context,
      InstantSource clock,
      Exchange exchange,
      DialRequest request,
      String channel,
      Optional<Consumer<RingingCall>> early) {
    super(vertx, context, clock, request.call(), channel);
    this.exchange = exchange;
    this.early = early;
    within(
        request.ringing().toMillis() + SLACK_MILLISECONDS,
        "asterisk did not report the call's end");
  }

  /// Whether anything was heard before the answer.
  boolean wasHeard() {
    return rang || audible;
  }

  /// Whether it was the network that ended the dialling.
  boolean wasEndedByNetwork() {
    return refused && !gaveUp;
  }

  Future<DialOutcome> dialled() {
    return dialled.future();
  }

  // What Asterisk reports, on the event loop.

  /// @param at when it did; the box may come to know later
  void stateChanged(int state, Instant at) {
    if (state == RINGING) {
      rang = true;
    } else if (state == UP && answeredAt == null && !isOver()) {
      answered(at);
    }
  }

  /// The trunk turned the call down; without this, it was we who stopped ringing.
  void networkEndedDialling() {
    refused = true;
  }

  /// The trunk named another number instead. Asterisk may be quick enough to look for that one, in
  /// vain, and then it forgets why it put the call away.
  void redirected() {
    redirected = true;
  }

  void orderFailed() {
    if (answeredAt == null && !isOver()) {
      within(LONGEST_EXPLANATION_MILLISECONDS, "asterisk could not dial");
    }
  }

  /// The network opens the audio before anybody has picked up.
  void becameAudible() {
    if (!audible && answeredAt == null && !isOver()) {
      audible = true;
      early.ifPresent(_ -> exchange.eavesdrop(this));
    }
  }

  /// Takes what the network lets us hear before the answer; false if it is not waited for.
  boolean connectEarly(MediaSocket socket) {
    if (isOver() || answeredAt != null || earlyMedia != null || early.isEmpty()) {
      return false;
    }
    earlyMedia = socket;
    socket.attach(() -> {});
    early.get().accept(new Ringing(socket));
    return true;
  }

  /// Takes the call's audio; false if it is not waited for.
  boolean connect(MediaSocket socket) {
    if (isOver() || hasAudio()) {
      return false;
    }
    if (answeredAt == null) {
      // The dialplan only asks for audio after the answer; its event is on its way.
      answered(now());
    }
    take(socket);
    finishDialling(new DialOutcome.Answered(this, answeredAt == null ? now() : answeredAt));
    return true;
  }

  /// @param told why, by Asterisk
  /// @param at when it was; the box may come to know later
  void hungUp(HangupCause told, Instant at) {
    if (isOver()) {
      return;
    }
    HangupCause cause = redirected && told.equals(HangupCause.UNKNOWN) ? REDIRECTED : told;
    Instant answer = answeredAt;
    if (answer == null) {
      boolean ours = gaveUp || !refused;
      // A ring tone of the network's own is as good as word that the phone rings, to us; where the
      // network gives up, its code must say why.
      finishDialling(HangupCauses.classify(cause, rang || (audible && ours), ours));
      end(new Ended(at, cause, false));
    } else if (!hasAudio() && hasLostMedia()) {
      fail("the audio of an answered call could not be connected");
    } else {
      // Without audio it was the callee who hung up, sooner than the audio came.
      finishDialling(new DialOutcome.Answered(this, answer));
      end(new Ended(at.isBefore(answer) ? answer : at, cause, hasLostMedia()));
    }
  }

  @Override
  void failed(String why) {
    finishDialling(new DialOutcome.PlatformFault(why));
  }

  @Override
  void putAway() {
    exchange.hangUp(this);
  }

  @Override
  void isGone() {
    if (earlyMedia != null) {
      earlyMedia.close();
    }
    exchange.over(this);
  }

  private void giveUp() {
    if (!isOver() && answeredAt == null) {
      gaveUp = true;
      waitForTheEnd();
      putAway();
    }
  }

  private void answered(Instant at) {
    answeredAt = at;
    if (earlyMedia != null) {
      earlyMedia.close();
    }
    waitForAudio();
  }

  private void finishDialling(DialOutcome outcome) {
    if (dialled.tryComplete(outcome)) {
      exchange.dialled(this, outcome);
    }
  }

  /// The call as long as nobody has picked up.
  private final class Ringing implements RingingCall {

    private final MediaSocket socket;

    Ringing(MediaSocket socket) {
      this.socket = socket;
    }

    @Override
    public CallId id() {
      return PlacedCall.this.id();
    }

    @Override
    public void onAudio(Consumer<byte[]> sink) {
      onLoop(() ->
          socket.onAudio(frame -> {
            if (answeredAt == null && !isOver()) {
              sink.accept(frame);
            }
          }));
    }

    @Override
    public void giveUp() {
      onLoop(PlacedCall.this::giveUp);
    }
  }
}
