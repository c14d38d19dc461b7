package kz.qonyrau.telephony.asterisk;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import kz.qonyrau.telephony.CallCounters;
import kz.qonyrau.telephony.CallPlacer;
import kz.qonyrau.telephony.DialOutcome;
import kz.qonyrau.telephony.DialRequest;
import kz.qonyrau.telephony.Dialled;
import kz.qonyrau.telephony.HangupCause;
import kz.qonyrau.telephony.RingingCall;
import kz.qonyrau.telephony.TrunkId;
import kz.qonyrau.telephony.trunks.Trunk;
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

/// The calls that the box places through an Asterisk that somebody else keeps running: orders go to
/// it, and what it reports and the audio that it brings find their call. Lives on one event loop.
final class Switchboard {

  private static final Logger log = LoggerFactory.getLogger(Switchboard.class);

  private static final int NORMAL_CLEARING = 16;
  private static final HangupCause NETWORK_OUT_OF_ORDER = new HangupCause(38, OptionalInt.empty());
  private static final long LONGEST_EAVESDROPPING_SET_UP_MILLISECONDS = 3_000;

  private final Vertx vertx;
  private final Context context;
  private final TrunkLines lines;
  private final InstantSource clock;
  private final Supplier<Optional<ManagerLink>> manager;
  private final Runnable changed;
  private final Map<String, Attempt> attempts = new HashMap<>();
  private final Map<String, PlacedCall> channels = new HashMap<>();

  private long originated;
  private long answered;
  private long failed;

  /// @param manager the way to an Asterisk that takes calls, if there is one
  /// @param changed told when there are more or fewer calls, or one was answered or not
  Switchboard(
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

  /// Since the start of the box.
  CallCounters counters() {
    return new CallCounters(originated, answered, failed);
  }

  /// Dials, by one trunk after the other until one takes the call. The future never fails; without
  /// a way to Asterisk, too, the outcome says so.
  ///
  /// @param early what is to be told of a call that can be heard before its answer
  /// @param only the one trunk that may be asked; empty for any
  Future<Dialled> place(
      DialRequest request, Optional<Consumer<RingingCall>> early, Optional<TrunkId> only) {
    String id = request.call().value();
    if (attempts.containsKey(id)) {
      return fault("a call with this id is under way");
    }
    Attempt attempt = new Attempt(request, early, only);
    attempts.put(id, attempt);
    originated++;
    attempt.goOn(Optional.empty());
    return attempt.dialled.future();
  }

  private static OriginateAction order(DialRequest request, String channel, Trunk trunk) {
    String id = request.call().value();
    Map<String, String> variables = new HashMap<>();
    // The underscore hands it on to the channel that brings the audio.
    variables.put("_CALLID", id);
    request.recording().ifPresent(path -> variables.put("REC", path.toString()));
    OriginateAction order = new OriginateAction();
    order.setChannel("PJSIP/" + request.callee().digits() + "@" + trunk.id());
    order.setContext(InstanceFiles.CONTEXT);
    order.setExten("s");
    order.setPriority(1);
    order.setCallerId("<" + trunk.terms().callerNumber().digits() + ">");
    order.setTimeout(request.ringing().toMillis());
    order.setAsync(true);
    order.setActionId(channel);
    order.setChannelId(channel);
    order.setVariables(variables);
    return order;
  }

  /// Brings what a call that is being dialled lets us hear, beside the call: the call itself is not
  /// touched, as Asterisk would take its early media for the answer.
  private void eavesdrop(PlacedCall placed) {
    CallId call = placed.id();
    OriginateAction order = new OriginateAction();
    order.setChannel(InstanceFiles.MEDIA);
    order.setApplication("ChanSpy");
    // By unique id; what comes in only; without a beep; until this one channel is gone.
    order.setData(placed.channel() + ",uoqES");
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

  static Future<Dialled> fault(String why) {
    return Future.succeededFuture(
        new Dialled(new DialOutcome.PlatformFault(why), Optional.empty()));
  }

  /// Takes the audio of a call; false if it is not waited for.
  boolean connect(MediaServer.Named named, MediaSocket socket) {
    Attempt attempt = attempts.get(named.call().value());
    PlacedCall call = attempt == null ? null : attempt.now;
    return call != null && (named.early() ? call.connectEarly(socket) : call.connect(socket));
  }

  private void hangUp(PlacedCall call) {
    manager
        .get()
        .ifPresent(link ->
            link.hangUp(call.channel(), NORMAL_CLEARING)
                .onFailure(failure ->
                    log.atDebug()
                        .addKeyValue("call", call.id())
                        .setCause(failure)
                        .log("there was nothing to hang up")));
  }

  /// Ends all calls as platform faults.
  void lose(String why) {
    for (PlacedCall call : new ArrayList<>(channels.values())) {
      call.fail(why);
    }
  }

  /// Takes what Asterisk reports; what is not about a call is passed over.
  void heard(ManagerEvent event) {
    Instant at = Reported.timeOf(event, clock.instant());
    switch (event) {
      case HangupEvent hangup ->
          withCall(hangup.getUniqueId(), call -> call.hungUp(Reported.causeOf(hangup), at));
      case NewStateEvent news -> {
        int state = news.getChannelState() == null ? 0 : news.getChannelState();
        withCall(news.getUniqueId(), call -> call.stateChanged(state, at));
      }
      case DialStateEvent news -> {
        if ("PROGRESS".equals(news.getDialStatus())) {
          withCall(news.getDestUniqueId(), PlacedCall::becameAudible);
        }
      }
      case DialEndEvent news ->
          withCall(
              news.getDestUniqueId(),
              call -> {
                call.networkEndedDialling();
                if (news.getForward() != null) {
                  call.redirected();
                }
              });
      case OriginateResponseEvent news -> {
        if (!news.isSuccess()) {
          withCall(news.getActionId(), PlacedCall::orderFailed);
        }
      }
      case MediaLostEvent news -> {
        Attempt attempt = news.getCallId() == null ? null : attempts.get(news.getCallId());
        if (attempt != null && attempt.now != null) {
          attempt.now.mediaLost();
        }
      }
      default -> {}
    }
  }

  private void withCall(@Nullable String id, Consumer<PlacedCall> what) {
    PlacedCall call = id == null ? null : channels.get(id);
    if (call != null) {
      what.accept(call);
    }
  }

  /// One attempt to reach a subscriber, by as many trunks as it takes.
  private final class Attempt implements PlacedCall.Exchange {

    private final DialRequest request;
    private final Optional<Consumer<RingingCall>> early;
    private final Optional<TrunkId> only;
    private final Instant begunAt = clock.instant();
    private final Set<TrunkId> tried = new HashSet<>();
    private final Promise<Dialled> dialled = Promise.promise();
    private @Nullable TrunkLine line;
    private @Nullable PlacedCall now;

    Attempt(DialRequest request, Optional<Consumer<RingingCall>> early, Optional<TrunkId> only) {
      this.request = request;
      this.early = early;
      this.only = only;
    }

    /// @param sofar what the trunk before came to
    void goOn(Optional<Dialled> sofar) {
      Instant at = clock.instant();
      Optional<TrunkLine> next =
          only.isPresent() ? only.flatMap(lines::find) : lines.choose(tried, at);
      if (next.isEmpty()) {
        finish(sofar.orElseGet(() -> nowhere(at)));
        return;
      }
      TrunkLine chosen = next.get();
      tried.add(chosen.trunk().id());
      chosen.began();
      line = chosen;
      // Each try has a channel of its own; the first one bears the call's name.
      String channel = request.call().value() + (tried.size() == 1 ? "" : "-" + tried.size());
      PlacedCall call = new PlacedCall(vertx, context, clock, this, request, channel, early);
      now = call;
      channels.put(channel, call);
      changed.run();
      manager
          .get()
          .map(link -> link.originate(order(request, channel, chosen.trunk())))
          .orElseGet(() -> Future.failedFuture("asterisk is gone"))
          .onFailure(refusal -> {
            log.atWarn()
                .addKeyValue("call", request.call())
                .setCause(refusal)
                .log("asterisk took no order");
            call.fail("asterisk took no order");
          });
    }

    private Dialled nowhere(Instant at) {
      return new Dialled(
          lines.isAnyFull(at)
              ? new DialOutcome.PlatformFault("channel limit")
              : new DialOutcome.OperatorFailure(NETWORK_OUT_OF_ORDER),
          Optional.empty());
    }

    private void finish(Dialled result) {
      if (result.outcome() instanceof DialOutcome.Answered) {
        answered++;
      } else {
        failed++;
        attempts.remove(request.call().value(), this);
      }
      dialled.complete(result);
      changed.run();
    }

    @Override
    public void hangUp(PlacedCall call) {
      Switchboard.this.hangUp(call);
    }

    @Override
    public void eavesdrop(PlacedCall call) {
      Switchboard.this.eavesdrop(call);
    }

    @Override
    public void dialled(PlacedCall call, DialOutcome outcome) {
      TrunkLine asked = line;
      if (asked == null) {
        return;
      }
      Instant at = clock.instant();
      FailOver.Verdict verdict = FailOver.of(outcome, call.wasHeard(), call.wasEndedByNetwork());
      asked.judge(verdict, at);
      Dialled result = new Dialled(outcome, Optional.of(asked.way()));
      boolean another =
          verdict == FailOver.Verdict.REFUSED
              && only.isEmpty()
              && Duration.between(begunAt, at).compareTo(CallPlacer.LONGEST_SEARCH) < 0;
      if (another) {
        log.atInfo()
            .addKeyValue("call", request.call())
            .addKeyValue("trunk", asked.trunk().id())
            .addKeyValue("outcome", outcome)
            .log("the trunk refused; another one is asked");
        // When this try's channel is put away.
        context.runOnContext(_ -> goOn(Optional.of(result)));
      } else {
        finish(result);
      }
    }

    @Override
    public void over(PlacedCall call) {
      if (channels.remove(call.channel(), call) && line != null) {
        line.ended();
      }
      if (dialled.future().isComplete()) {
        attempts.remove(request.call().value(), this);
      }
      changed.run();
    }
  }
}
