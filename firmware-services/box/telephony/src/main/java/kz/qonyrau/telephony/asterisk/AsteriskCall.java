package kz.qonyrau.telephony.asterisk;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;
import kz.qonyrau.telephony.CallEndedException;
import kz.qonyrau.telephony.Ended;
import kz.qonyrau.telephony.HangupCause;
import kz.qonyrau.telephony.LiveCall;
import kz.qonyrau.vocabulary.CallId;
import org.jspecify.annotations.Nullable;

/// One channel of Asterisk's with its audio, whoever began the call. Lives on the adapter's event
/// loop; the methods of [LiveCall] come from anywhere and go there.
///
/// Whatever a call waits for has a time limit. When it is over the channel is put away and the call
/// has failed, so that no channel leaks because word of its end was lost.
abstract class AsteriskCall implements LiveCall {

  private static final long LONGEST_CONNECTING_MILLISECONDS = 3_000;
  private static final long LONGEST_FAREWELL_MILLISECONDS = 2_000;

  private final Vertx vertx;
  private final Context context;
  private final InstantSource clock;
  private final CallId id;
  private final String channel;
  private final Promise<Ended> ended = Promise.promise();
  private long timer = -1;
  private @Nullable MediaSocket media;
  private boolean mediaLost;
  private boolean over;

  AsteriskCall(Vertx vertx, Context context, InstantSource clock, CallId id, String channel) {
    this.vertx = vertx;
    this.context = context;
    this.clock = clock;
    this.id = id;
    this.channel = channel;
  }

  /// Asterisk's name for it.
  final String channel() {
    return channel;
  }

  @Override
  public final CallId id() {
    return id;
  }

  final Instant now() {
    return clock.instant();
  }

  final void onLoop(Runnable what) {
    context.runOnContext(_ -> what.run());
  }

  final boolean isOver() {
    return over;
  }

  final boolean hasAudio() {
    return media != null;
  }

  /// Whether the dialplan said that the audio could not be connected.
  final boolean hasLostMedia() {
    return mediaLost;
  }

  final void mediaLost() {
    mediaLost = true;
  }

  /// Ends the channel at Asterisk, if there is one.
  abstract void putAway();

  /// Nothing more will happen to the call; told once.
  abstract void isGone();

  /// The call is lost, with Asterisk or for another fault of ours.
  final void fail(String why) {
    if (!over) {
      failed(why);
      end(new Ended(now(), HangupCause.UNKNOWN, true));
    }
  }

  /// What was waited for will not come.
  abstract void failed(String why);

  /// From now on the call lasts only so long, unless it is told otherwise.
  ///
  /// @param otherwise why it has failed then
  final void within(long milliseconds, String otherwise) {
    vertx.cancelTimer(timer);
    timer =
        vertx.setTimer(
            milliseconds,
            _ -> {
              putAway();
              fail(otherwise);
            });
  }

  final void waitForAudio() {
    within(LONGEST_CONNECTING_MILLISECONDS, "the audio of an answered call did not come");
  }

  final void waitForTheEnd() {
    within(LONGEST_FAREWELL_MILLISECONDS, "asterisk did not report the call's end");
  }

  /// The call may last as long as it likes from now on.
  final void take(MediaSocket socket) {
    vertx.cancelTimer(timer);
    media = socket;
    socket.attach(this::mediaClosed);
  }

  private void mediaClosed() {
    if (!over) {
      within(LONGEST_FAREWELL_MILLISECONDS, "the audio broke off");
    }
  }

  final void end(Ended how) {
    over = true;
    vertx.cancelTimer(timer);
    if (media != null) {
      media.close();
    }
    isGone();
    ended.complete(how);
  }

  @Override
  public final Future<Ended> ended() {
    return ended.future();
  }

  @Override
  public final Future<Void> play(byte[] pcm) {
    if (pcm.length % 2 != 0) {
      throw new IllegalArgumentException(
          "half a sample is left over: " + pcm.length + " bytes of 16-bit audio");
    }
    Promise<Void> played = Promise.promise();
    onLoop(() -> {
      if (over || media == null) {
        played.fail(new CallEndedException(id));
      } else {
        media.play(pcm).onComplete(played);
      }
    });
    return played.future();
  }

  @Override
  public final void stopPlaying() {
    withMedia(MediaSocket::stopPlaying);
  }

  @Override
  public final void onAudio(Consumer<byte[]> sink) {
    withMedia(socket -> socket.onAudio(sink));
  }

  @Override
  public final void onDigit(Consumer<Character> sink) {
    withMedia(socket -> socket.onDigit(sink));
  }

  @Override
  public final void hangUp() {
    onLoop(() -> {
      if (!over && (media == null || !media.hangUp())) {
        putAway();
      }
    });
  }

  private void withMedia(Consumer<MediaSocket> what) {
    onLoop(() -> {
      if (media != null) {
        what.accept(media);
      }
    });
  }
}
