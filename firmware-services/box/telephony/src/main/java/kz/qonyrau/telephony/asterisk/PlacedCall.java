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
import kz.qonyrau.telephony.CallEndedException;
import kz.qonyrau.telephony.DialOutcome;
import kz.qonyrau.telephony.DialRequest;
import kz.qonyrau.telephony.Ended;
import kz.qonyrau.telephony.HangupCause;
import kz.qonyrau.telephony.LiveCall;
import kz.qonyrau.telephony.RingingCall;
import kz.qonyrau.vocabulary.CallId;
import org.jspecify.annotations.Nullable;

/// One call on one trunk, from the order to dial to its end. Lives on the adapter's event loop; the
/// methods of [LiveCall] come from anywhere and go there.
final class PlacedCall implements LiveCall {

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
  private static final long LONGEST_CONNECTING_MILLISECONDS = 3_000;
  private static final long LONGEST_FAREWELL_MILLISECONDS = 2_000;
  // Asterisk answers an order that failed at once before, or just after, it says why.
  private static final long LONGEST_EXPLANATION_MILLISECONDS = 500;
  // Q.850 23, "redirected to new destination"; nobody is called whom the list does not name.
  private static final HangupCause REDIRECTED = new HangupCause(23, OptionalInt.of(302));
  private static final int RINGING = 5;
  private static final int UP = 6;

  private final Vertx vertx;
  private final Context context;
  private final InstantSource clock;
  private final Exchange exchange;
  private final DialRequest request;
  private final String channel;
  private final Optional<Consumer<RingingCall>> early;
  private final Promise<DialOutcome> dialled = Promise.promise();
  private final Promise<Ended> ended = Promise.promise();
  private long timer;
  private boolean rang;
  private boolean audible;
  private boolean refused;
  private boolean redirected;
  private boolean gaveUp;
  private @Nullable Instant answeredAt;
  private @Nullable MediaSocket earlyMedia;
  private @Nullable MediaSocket media;
  private boolean mediaLost;
  private boolean over;

  PlacedCall(
      Vertx vertx,
      Context context,
      InstantSource clock,
      Exchange exchange,
      DialRequest request,
      String channel,
      Optional<Consumer<RingingCall>> early) {
    this.vertx = vertx;
    this.context = context;
    this.clock = clock;
    this.exchange = exchange;
    this.request = request;
    this.channel = channel;
    this.early = early;
    within(
        request.ringing().toMillis() + SLACK_MILLISECONDS,
        "asterisk did not report the call's end");
  }

  /// Asterisk's name for it.
  String channel() {
    return channel;
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
    } else if (state == UP && answeredAt == null && !over) {
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
    if (answeredAt == null && !over) {
      within(LONGEST_EXPLANATION_MILLISECONDS, "asterisk could not dial");
    }
  }

  /// The network opens the audio before anybody has picked up.
  void becameAudible() {
    if (!audible && answeredAt == null && !over) {
      audible = true;
      early.ifPresent(_ -> exchange.eavesdrop(this));
    }
  }

  /// Takes what the network lets us hear before the answer; false if it is not waited for.
  boolean connectEarly(MediaSocket socket) {
    if (over || answeredAt != null || earlyMedia != null || early.isEmpty()) {
      return false;
    }
    earlyMedia = socket;
    socket.attach(() -> {});
    early.get().accept(new Ringing(socket));
    return true;
  }

  /// Takes the call's audio; false if it is not waited for.
  boolean connect(MediaSocket socket) {
    if (over || media != null) {
      return false;
    }
    if (answeredAt == null) {
      // The dialplan only asks for audio after the answer; its event is on its way.
      answered(now());
    }
    vertx.cancelTimer(timer);
    media = socket;
    socket.attach(this::mediaClosed);
    finishDialling(new DialOutcome.Answered(this, answeredAt == null ? now() : answeredAt));
    return true;
  }

  void mediaLost() {
    mediaLost = true;
  }

  /// @param told why, by Asterisk
  /// @param at when it was; the box may come to know later
  void hungUp(HangupCause told, Instant at) {
    if (over) {
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
    } else if (media == null && mediaLost) {
      fail("the audio of an answered call could not be connected");
    } else {
      // Without audio it was the callee who hung up, sooner than the audio came.
      finishDialling(new DialOutcome.Answered(this, answer));
      end(new Ended(at.isBefore(answer) ? answer : at, cause, mediaLost));
    }
  }

  /// The call is lost, with Asterisk or for another fault of ours.
  void fail(String why) {
    if (over) {
      return;
    }
    finishDialling(new DialOutcome.PlatformFault(why));
    end(new Ended(now(), HangupCause.UNKNOWN, true));
  }

  // What callers ask for, from any thread.

  @Override
  public CallId id() {
    return request.call();
  }

  @Override
  public Future<Void> play(byte[] pcm) {
    if (pcm.length % 2 != 0) {
      throw new IllegalArgumentException(
          "half a sample is left over: " + pcm.length + " bytes of 16-bit audio");
    }
    Promise<Void> played = Promise.promise();
    context.runOnContext(_ -> {
      if (over || media == null) {
        played.fail(new CallEndedException(id()));
      } else {
        media.play(pcm).onComplete(played);
      }
    });
    return played.future();
  }

  @Override
  public void stopPlaying() {
    withMedia(MediaSocket::stopPlaying);
  }

  @Override
  public void onAudio(Consumer<byte[]> sink) {
    withMedia(socket -> socket.onAudio(sink));
  }

  @Override
  public void onDigit(Consumer<Character> sink) {
    withMedia(socket -> socket.onDigit(sink));
  }

  @Override
  public void hangUp() {
    context.runOnContext(_ -> {
      if (!over && (media == null || !media.hangUp())) {
        exchange.hangUp(this);
      }
    });
  }

  @Override
  public Future<Ended> ended() {
    return ended.future();
  }

  private void withMedia(Consumer<MediaSocket> what) {
    context.runOnContext(_ -> {
      if (media != null) {
        what.accept(media);
      }
    });
  }

  private void giveUp() {
    if (!over && answeredAt == null) {
      gaveUp = true;
      within(LONGEST_FAREWELL_MILLISECONDS, "asterisk did not report the call's end");
      exchange.hangUp(this);
    }
  }

  private void answered(Instant at) {
    answeredAt = at;
    if (earlyMedia != null) {
      earlyMedia.close();
    }
    within(LONGEST_CONNECTING_MILLISECONDS, "the audio of an answered call did not come");
  }

  private void mediaClosed() {
    if (!over) {
      vertx.cancelTimer(timer);
      timer =
          vertx.setTimer(
              LONGEST_FAREWELL_MILLISECONDS,
              _ -> {
                exchange.hangUp(this);
                fail("the audio broke off");
              });
    }
  }

  private void within(long milliseconds, String otherwise) {
    vertx.cancelTimer(timer);
    timer =
        vertx.setTimer(
            milliseconds,
            _ -> {
              exchange.hangUp(this);
              fail(otherwise);
            });
  }

  private void finishDialling(DialOutcome outcome) {
    if (dialled.tryComplete(outcome)) {
      exchange.dialled(this, outcome);
    }
  }

  private void end(Ended how) {
    over = true;
    vertx.cancelTimer(timer);
    if (earlyMedia != null) {
      earlyMedia.close();
    }
    if (media != null) {
      media.close();
    }
    exchange.over(this);
    ended.complete(how);
  }

  /// The call as long as nobody has picked up.
  private final class Ringing implements RingingCall {

    private final MediaSocket socket;

    Ringing(MediaSocket socket) {
      this.socket = socket;
    }

    @Override
    public CallId id() {
      return request.call();
    }

    @Override
    public void onAudio(Consumer<byte[]> sink) {
      context.runOnContext(_ ->
          socket.onAudio(frame -> {
            if (answeredAt == null && !over) {
              sink.accept(frame);
            }
          }));
    }

    @Override
    public void giveUp() {
      context.runOnContext(_ -> PlacedCall.this.giveUp());
    }
  }

  private Instant now() {
    return clock.instant();
  }
}
