package kz.qonyrau.telephony.asterisk;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kz.qonyrau.telephony.CallTaker;
import kz.qonyrau.telephony.TrunkId;
import org.asteriskjava.manager.event.ManagerEvent;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The calls that come in through an Asterisk that somebody else keeps running: each rings in the
/// dialplan until it is answered or refused here. Lives on one event loop.
final class Reception implements ReceivedCall.Exchange {

  private static final Logger log = LoggerFactory.getLogger(Reception.class);

  private static final int NORMAL_CLEARING = 16;
  private static final int USER_BUSY = 17;
  private static final int CALL_REJECTED = 21;
  private static final Pattern NUMBER = Pattern.compile("\\+?[0-9]{1,20}");

  private final Vertx vertx;
  private final Context context;
  private final TrunkLines lines;
  private final InstantSource clock;
  private final Supplier<Optional<ManagerLink>> manager;
  private final Runnable changed;
  private final Map<String, ReceivedCall> channels = new HashMap<>();
  private final Map<ReceivedCall, TrunkLine> occupied = new HashMap<>();
  private volatile @Nullable CallTaker taker;

  /// @param manager the way to an Asterisk that takes calls, if there is one
  /// @param changed told when there are more or fewer calls
  Reception(
      Vertx vertx,
      Context context,
      TrunkLines lines,
      InstantSource clock,
      Supplier<Optional<ManagerLink>> manager,
      Runnable changed) {
    this.vertx = vertx;
    this.context = context;
    this.lines = lines;
    this.clock = clock;
    this.manager = manager;
    this.changed = changed;
  }

  /// Has `taker` decide about calls from now on; without anybody all are refused.
  void onIncoming(CallTaker whoever) {
    taker = whoever;
  }

  /// Takes what Asterisk reports; what is not about a call that came in is passed over.
  void heard(ManagerEvent event) {
    switch (event) {
      case IncomingEvent news -> ring(news);
      case HangupEvent hangup -> {
        ReceivedCall call = channels.get(String.valueOf(hangup.getUniqueId()));
        if (call != null) {
          call.hungUp(Reported.causeOf(hangup), Reported.timeOf(event, clock.instant()));
        }
      }
      case MediaLostEvent news -> {
        ReceivedCall call = channels.get(String.valueOf(news.getUniqueId()));
        if (call != null) {
          call.mediaLost();
        }
      }
      default -> {}
    }
  }

  private void ring(IncomingEvent news) {
    String channel = news.getUniqueId();
    Optional<TrunkLine> line = trunkOf(news).flatMap(lines::find);
    if (channel == null || channels.containsKey(channel)) {
      return;
    }
    if (line.isEmpty()) {
      // The trunk was taken away a moment ago.
      log.atWarn().log("a call that came in by no trunk of ours is refused");
      hangUp(channel, CALL_REJECTED);
      return;
    }
    ReceivedCall call =
        new ReceivedCall(
            vertx,
            context,
            clock,
            this,
            channel,
            line.get().trunk().id(),
            number(news.getCaller()),
            number(news.getCalled()));
    channels.put(channel, call);
    occupied.put(call, line.get());
    line.get().began();
    changed.run();
    CallTaker whoever = taker;
    if (whoever == null) {
      refuse(call);
    } else {
      whoever.take(call.ringing());
    }
  }

  private static Optional<TrunkId> trunkOf(IncomingEvent news) {
    try {
      return Optional.ofNullable(news.getTrunk()).map(TrunkId::new);
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static Optional<String> number(@Nullable String told) {
    return Optional.ofNullable(told)
        .map(NUMBER::matcher)
        .filter(Matcher::matches)
        .map(Matcher::group);
  }

  /// Takes the audio of a call; false if it is not waited for.
  boolean connect(MediaServer.Named named, MediaSocket socket) {
    return !named.early()
        && channels.values().stream()
            .filter(call -> call.id().equals(named.call()))
            .findFirst()
            .map(call -> call.connect(socket))
            .orElse(false);
  }

  /// Ends all calls as platform faults.
  void lose(String why) {
    for (ReceivedCall call : new ArrayList<>(channels.values())) {
      call.fail(why);
    }
  }

  @Override
  public void answer(ReceivedCall call) {
    Optional<ManagerLink> link = manager.get();
    if (link.isEmpty()) {
      call.fail("asterisk is gone");
      return;
    }
    link.get()
        .answer(call.channel(), call.id())
        .onFailure(refusal -> {
          log.atInfo()
              .addKeyValue("call", call.id())
              .setCause(refusal)
              .log("the caller has given up");
          call.fail("asterisk took no order");
        });
  }

  @Override
  public void refuse(ReceivedCall call) {
    hangUp(call.channel(), USER_BUSY);
  }

  @Override
  public void hangUp(ReceivedCall call) {
    hangUp(call.channel(), NORMAL_CLEARING);
  }

  private void hangUp(String channel, int cause) {
    manager
        .get()
        .ifPresent(link ->
            link.hangUp(channel, cause)
                .onFailure(failure ->
                    log.atDebug().setCause(failure).log("there was nothing to hang up")));
  }

  @Override
  public void over(ReceivedCall call) {
    channels.remove(call.channel(), call);
    TrunkLine line = occupied.remove(call);
    if (line != null) {
      line.ended();
      changed.run();
    }
  }
}
