package kz.qonyrau.telephony.asterisk;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Supplier;
import kz.qonyrau.telephony.CallCounters;
import kz.qonyrau.telephony.DialOutcome;
import kz.qonyrau.telephony.DialRequest;
import kz.qonyrau.telephony.HangupCause;
import kz.qonyrau.telephony.RingingCall;
import kz.qonyrau.vocabulary.CallId;
import org.asteriskjava.manager.action.OriginateAction;
import org.asteriskjava.manager.event.DialEndEvent;
import org.asteriskjava.manager.event.DialStateEvent;
import org.asteriskjava.manager.event.ManagerEvent;
import org.asteriskjava.manager.event.NewStateEvent;
import org.asteriskjava.manager.event.OriginateResponseEvent;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The calls that are under way through an Asterisk that somebody else keeps running: orders go to
/// it, and what it reports and the audio that it brings find their call. Lives on one event loop.
final class Switchboard {

  private static final Logger log = LoggerFactory.getLogger(Switchboard.class);

  private static final int NORMAL_CLEARING = 16;
  private static final long LONGEST_EAVESDROPPING_SET_UP_MILLISECONDS = 3_000;

  private final Vertx vertx;
  private final Context context;
  private final TelephonySettings settings;
  private final InstantSource clock;
  private final Supplier<Optional<ManagerLink>> manager;
  private final Runnable changed;
  private final Map<String, PlacedCall> calls = new HashMap<>();

  private long originated;
  private long answered;
  private long failed;

  /// @param manager the way to an Asterisk that takes calls, if there is one
  /// @param changed told when there are more or fewer calls, or one was answered or not
  Switchboard(
      Vertx vertx,
      Context context,
      TelephonySettings settings,
      InstantSource clock,
      Supplier<Optional<ManagerLink>> manager,
      Runnable changed) {
    this.vertx = vertx;
    this.context = context;
    this.settings = settings;
    this.clock = clock;
    this.manager = manager;
    this.changed = changed;
  }

  /// How many calls are under way, ringing ones included.
  int underWay() {
    return calls.size();
  }

  /// Since the start of the box.
  CallCounters counters() {
    return new CallCounters(originated, answered, failed);
  }

  /// Dials. The future never fails; without a way to Asterisk, too, the outcome says so.
  ///
  /// @param early what is to be told of a call that can be heard before its answer
  Future<DialOutcome> place(DialRequest request, Optional<Consumer<RingingCall>> early) {
    if (calls.size() >= settings.trunk().channelLimit()) {
      return fault("channel limit");
    }
    String id = request.call().value();
    if (calls.containsKey(id)) {
      return fault("a call with this id is under way");
    }
    PlacedCall call = new PlacedCall(vertx, context, clock, new Exchange(), request, early);
    calls.put(id, call);
    originated++;
    changed.run();
    manager
        .get()
        .map(link -> link.originate(order(request)))
        .orElseGet(() -> Future.failedFuture("asterisk is gone"))
        .onFailure(refusal -> {
          log.atWarn().addKeyValue("call", id).setCause(refusal).log("asterisk took no order");
          call.fail("asterisk took no order");
        });
    return call.dialled();
  }

  private OriginateAction order(DialRequest request) {
    String id = request.call().value();
    Map<String, String> variables = new HashMap<>();
    // The underscore hands it on to the channel that brings the audio.
    variables.put("_CALLID", id);
    request.recording().ifPresent(path -> variables.put("REC", path.toString()));
    OriginateAction order = new OriginateAction();
    order.setChannel("PJSIP/" + request.callee().digits() + "@" + InstanceFiles.TRUNK);
    order.setContext(InstanceFiles.CONTEXT);
    order.setExten("s");
    order.setPriority(1);
    order.setCallerId("<" + settings.callerNumber().digits() + ">");
    order.setTimeout(request.ringing().toMillis());
    order.setAsync(true);
    order.setActionId(id);
    order.setChannelId(id);
    order.setVariables(variables);
    return order;
  }

  /// Brings what a call that is being dialled lets us hear, beside the call: the call itself is not
  /// touched, as Asterisk would take its early media for the answer.
  private void eavesdrop(CallId call) {
    OriginateAction order = new OriginateAction();
    order.setChannel(InstanceFiles.MEDIA);
    order.setApplication("ChanSpy");
    // By unique id; what comes in only; without a beep; until this one channel is gone.
    order.setData(call.value() + ",uoqES");
    order.setTimeout(LONGEST_EAVESDROPPING_SET_UP_MILLISECONDS);
    order.setAsync(true);
    order.setActionId("early-" + call.value());
    order.setVariables(Map.of("CALLID", call.value(), "EARLY", "1"));
    manager
        .get()
        .ifPresent(link ->
            link.originate(order)
                .onFailure(refusal ->
                    log.atWarn()
                        .addKeyValue("call", call)
                        .setCause(refusal)
                        .log("what the network lets us hear before the answer cannot be heard")));
  }

  static Future<DialOutcome> fault(String why) {
    return Future.succeededFuture(new DialOutcome.PlatformFault(why));
  }

  /// Takes the audio of a call; false if it is not waited for.
  boolean connect(MediaServer.Named named, MediaSocket socket) {
    PlacedCall call = calls.get(named.call().value());
    return call != null && (named.early() ? call.connectEarly(socket) : call.connect(socket));
  }

  private void hangUp(CallId call) {
    manager
        .get()
        .ifPresent(link ->
            link.hangUp(call.value(), NORMAL_CLEARING)
                .onFailure(failure ->
                    log.atDebug()
                        .addKeyValue("call", call)
                        .setCause(failure)
                        .log("there was nothing to hang up")));
  }

  /// Ends all calls as platform faults.
  void lose(String why) {
    for (PlacedCall call : new ArrayList<>(calls.values())) {
      call.fail(why);
    }
  }

  /// Takes what Asterisk reports; what is not about a call is passed over.
  void heard(ManagerEvent event) {
    Instant at = timeOf(event);
    switch (event) {
      case HangupEvent hangup ->
          withCall(hangup.getUniqueId(), call -> call.hungUp(causeOf(hangup), at));
      case NewStateEvent news -> {
        int state = news.getChannelState() == null ? 0 : news.getChannelState();
        withCall(news.getUniqueId(), call -> call.stateChanged(state, at));
      }
      case DialStateEvent news -> {
        if ("PROGRESS".equals(news.getDialStatus())) {
          withCall(news.getDestUniqueId(), PlacedCall::becameAudible);
        }
      }
      case DialEndEvent news -> withCall(news.getDestUniqueId(), PlacedCall::networkEndedDialling);
      case OriginateResponseEvent news -> {
        if (!news.isSuccess()) {
          withCall(news.getActionId(), PlacedCall::orderFailed);
        }
      }
      case MediaLostEvent news -> withCall(news.getCallId(), PlacedCall::mediaLost);
      default -> {}
    }
  }

  /// When it happened, in Asterisk's words: on a busy box word of it comes later, and nobody is to
  /// pay for that.
  private Instant timeOf(ManagerEvent event) {
    Instant now = clock.instant();
    Double seconds = event.getTimestamp();
    if (seconds == null) {
      return now;
    }
    Instant at = Instant.ofEpochMilli(Math.round(seconds * 1000));
    return at.isBefore(now) ? at : now;
  }

  private void withCall(@Nullable String id, Consumer<PlacedCall> what) {
    PlacedCall call = id == null ? null : calls.get(id);
    if (call != null) {
      what.accept(call);
    }
  }

  private static HangupCause causeOf(HangupEvent event) {
    int q850 = event.getCause() == null ? 0 : event.getCause();
    OptionalInt sip = OptionalInt.empty();
    String tech = event.getTechCause();
    if (tech != null && tech.matches("[3-6][0-9]{2}")) {
      sip = OptionalInt.of(Integer.parseInt(tech));
    }
    return new HangupCause(q850 < 0 || q850 > 127 ? 0 : q850, sip);
  }

  private final class Exchange implements PlacedCall.Exchange {

    @Override
    public void hangUp(CallId call) {
      Switchboard.this.hangUp(call);
    }

    @Override
    public void eavesdrop(CallId call) {
      Switchboard.this.eavesdrop(call);
    }

    @Override
    public void dialled(PlacedCall call, DialOutcome outcome) {
      if (outcome instanceof DialOutcome.Answered) {
        answered++;
      } else {
        failed++;
      }
      changed.run();
    }

    @Override
    public void over(PlacedCall call) {
      calls.remove(call.id().value());
      changed.run();
    }
  }
}
