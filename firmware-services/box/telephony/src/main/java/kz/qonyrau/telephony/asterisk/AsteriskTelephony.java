package kz.qonyrau.telephony.asterisk;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import kz.qonyrau.telephony.AsteriskPhase;
import kz.qonyrau.telephony.CallCounters;
import kz.qonyrau.telephony.CallPlacer;
import kz.qonyrau.telephony.DialOutcome;
import kz.qonyrau.telephony.DialRequest;
import kz.qonyrau.telephony.HangupCause;
import kz.qonyrau.telephony.RingingCall;
import kz.qonyrau.telephony.Telephony;
import kz.qonyrau.telephony.TelephonyState;
import kz.qonyrau.telephony.TrunkState;
import kz.qonyrau.vocabulary.CallId;
import org.asteriskjava.manager.action.OriginateAction;
import org.asteriskjava.manager.event.ContactStatusDetail;
import org.asteriskjava.manager.event.ContactStatusEvent;
import org.asteriskjava.manager.event.DialEndEvent;
import org.asteriskjava.manager.event.DialStateEvent;
import org.asteriskjava.manager.event.DisconnectEvent;
import org.asteriskjava.manager.event.ManagerEvent;
import org.asteriskjava.manager.event.NewStateEvent;
import org.asteriskjava.manager.event.OriginateResponseEvent;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Places calls through an Asterisk of our own, which it starts, watches and starts again.
///
/// Asterisk is taken for dead when its process ends, when the link to it breaks, or when two Pings
/// in a row stay without an answer for 1 s each; then every call ends at once as a platform fault,
/// and Asterisk is started again. Everything in here happens on one event loop.
public final class AsteriskTelephony implements CallPlacer, Telephony {

  private static final Logger log = LoggerFactory.getLogger(AsteriskTelephony.class);

  private static final long BETWEEN_PINGS_MILLISECONDS = 2_000;
  private static final long LONGEST_PONG_MILLISECONDS = 1_000;
  private static final int MISSED_PINGS = 2;
  private static final long LONGEST_START_MILLISECONDS = 15_000;
  // A run shorter than this counts as having died at once.
  private static final Duration HEALTHY_RUN = Duration.ofSeconds(10);
  private static final long LONGEST_BACK_OFF_MILLISECONDS = 30_000;
  private static final int FAILED_RUNS = 5;
  private static final int NORMAL_CLEARING = 16;
  private static final long LONGEST_EAVESDROPPING_SET_UP_MILLISECONDS = 3_000;

  private final Vertx vertx;
  private final Context context;
  private final TelephonySettings settings;
  private final InstantSource clock;
  private final InstanceFiles files;
  private final MediaServer media;
  private final String managerSecret;
  private final Map<String, PlacedCall> calls = new HashMap<>();
  private final List<Consumer<TelephonyState>> listeners = new CopyOnWriteArrayList<>();
  private final Promise<Void> firstReady = Promise.promise();

  private AsteriskPhase phase = AsteriskPhase.STARTING;
  private Instant since;
  private Instant startedAt;
  private int restarts;
  private int shortRuns;
  private int run;
  private @Nullable AsteriskProcess process;
  private @Nullable ManagerLink link;
  private long patience;
  private int missedPings;
  private final TrunkWatch trunk = new TrunkWatch();
  private long originated;
  private long answered;
  private long failed;
  private boolean closing;
  private volatile TelephonyState state;

  /// Nothing is started yet; see [#start].
  public AsteriskTelephony(Vertx vertx, TelephonySettings settings, InstantSource clock) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.settings = settings;
    this.clock = clock;
    this.files = new InstanceFiles(settings);
    this.managerSecret = secret();
    this.media = new MediaServer(vertx, secret(), settings.mediaPort(), this::connect);
    this.since = clock.instant();
    this.startedAt = since;
    this.state = snapshot();
  }

  /// Writes Asterisk's configuration and starts it. Completes when it takes calls, usually within a
  /// second.
  ///
  /// Fails if the bundle is missing, if the directory cannot be used, or if Asterisk died at once
  /// five times in a row; the message says what to do. In the last case it is tried again, ever
  /// more slowly, until [#close].
  public Future<Void> start() {
    context.runOnContext(_ ->
        media
            .listen()
            .compose(address -> vertx.executeBlocking(() -> prepare(address)))
            .onSuccess(_ -> launch())
            .onFailure(firstReady::tryFail));
    return firstReady.future();
  }

  /// Ends all calls and stops Asterisk. Completes when both are done, within about 4 s.
  public Future<Void> close() {
    Promise<Void> closed = Promise.promise();
    context.runOnContext(_ -> {
      closing = true;
      vertx.cancelTimer(patience);
      loseCalls("the box is shutting down");
      AsteriskProcess running = process;
      vertx
          .executeBlocking(() -> {
            if (running != null) {
              running.stop();
            }
            return null;
          })
          .eventually(() -> {
            dropLink();
            become(AsteriskPhase.STOPPED);
            return media.close();
          })
          .<Void>mapEmpty()
          .onComplete(closed);
    });
    return closed.future();
  }

  @Override
  public Future<DialOutcome> dial(DialRequest request, Optional<Consumer<RingingCall>> early) {
    Promise<DialOutcome> outcome = Promise.promise();
    context.runOnContext(_ -> place(request, early).onComplete(outcome));
    return outcome.future();
  }

  @Override
  public TelephonyState state() {
    return state;
  }

  @Override
  public void onChange(Consumer<TelephonyState> listener) {
    listeners.add(listener);
  }

  // Calls.

  private Future<DialOutcome> place(DialRequest request, Optional<Consumer<RingingCall>> early) {
    ManagerLink manager = link;
    if (phase != AsteriskPhase.READY || manager == null) {
      return fault("asterisk is " + phase.name().toLowerCase(Locale.ROOT));
    }
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
    changed();
    manager
        .originate(order(request))
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
    ManagerLink manager = link;
    if (manager == null) {
      return;
    }
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
        .originate(order)
        .onFailure(refusal ->
            log.atWarn()
                .addKeyValue("call", call)
                .setCause(refusal)
                .log("what the network lets us hear before the answer cannot be heard"));
  }

  private static Future<DialOutcome> fault(String why) {
    return Future.succeededFuture(new DialOutcome.PlatformFault(why));
  }

  private boolean connect(MediaServer.Named named, MediaSocket socket) {
    PlacedCall call = calls.get(named.call().value());
    return call != null && (named.early() ? call.connectEarly(socket) : call.connect(socket));
  }

  private void hangUp(CallId call) {
    ManagerLink manager = link;
    if (manager != null) {
      manager
          .hangUp(call.value(), NORMAL_CLEARING)
          .onFailure(failure ->
              log.atDebug()
                  .addKeyValue("call", call)
                  .setCause(failure)
                  .log("there was nothing to hang up"));
    }
  }

  private final class Exchange implements PlacedCall.Exchange {

    @Override
    public void hangUp(CallId call) {
      AsteriskTelephony.this.hangUp(call);
    }

    @Override
    public void eavesdrop(CallId call) {
      AsteriskTelephony.this.eavesdrop(call);
    }

    @Override
    public void dialled(PlacedCall call, DialOutcome outcome) {
      if (outcome instanceof DialOutcome.Answered) {
        answered++;
      } else {
        failed++;
      }
      changed();
    }

    @Override
    public void over(PlacedCall call) {
      calls.remove(call.id().value());
      changed();
    }
  }

  private void loseCalls(String why) {
    for (PlacedCall call : new ArrayList<>(calls.values())) {
      call.fail(why);
    }
  }

  // What Asterisk reports.

  private void heard(int ofRun, ManagerEvent event) {
    if (ofRun != run) {
      return; // From an Asterisk that has been replaced.
    }
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
      case ContactStatusEvent news -> trunkIs(news.getContactStatus(), news.getRoundtripUsec());
      case DisconnectEvent _ -> {
        AsteriskProcess running = process;
        if (running != null && phase == AsteriskPhase.READY && !closing) {
          // Calls that cannot be controlled must not go on.
          log.atError().log("the link to asterisk broke");
          running.kill();
        }
      }
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

  private void trunkIs(@Nullable String status, @Nullable String roundTripMicroseconds) {
    if (trunk.told(status, roundTripMicroseconds)) {
      log.atInfo().addKeyValue("reachable", trunk.isReachable()).log("the trunk's state changed");
    }
    changed();
  }

  // The process.

  private Void prepare(String address) throws IOException {
    if (!Files.isExecutable(settings.bundle().resolve("bin/asterisk"))) {
      throw new IOException(
          "there is no Asterisk bundle at "
              + settings.bundle()
              + "; make it with appliance-image/asterisk-bundle/make");
    }
    AsteriskProcess.endStale(files);
    files.write(managerSecret, address);
    return null;
  }

  private void launch() {
    if (closing) {
      return;
    }
    int thisRun = ++run;
    startedAt = clock.instant();
    process =
        new AsteriskProcess(
            settings,
            files,
            new AsteriskProcess.Listener() {
              @Override
              public void booted() {
                context.runOnContext(_ -> logIn(thisRun));
              }

              @Override
              public void ended(String how) {
                context.runOnContext(_ -> died(thisRun, how));
              }
            });
    patience = vertx.setTimer(LONGEST_START_MILLISECONDS, _ -> kill(thisRun, "it does not start"));
    process.start();
  }

  private void logIn(int ofRun) {
    if (ofRun != run || closing) {
      return;
    }
    ManagerLink fresh =
        new ManagerLink(settings.amiPort(), managerSecret, context, event -> heard(ofRun, event));
    link = fresh;
    fresh
        .open()
        .compose(_ -> fresh.trunk())
        .onSuccess(answer -> {
          if (ofRun == run && !closing) {
            vertx.cancelTimer(patience);
            ready(ofRun, answer);
          }
        })
        .onFailure(failure -> {
          log.atError().setCause(failure).log("cannot log in to asterisk");
          kill(ofRun, "it lets nobody log in");
        });
  }

  private void ready(int ofRun, Optional<ContactStatusDetail> trunkNow) {
    missedPings = 0;
    become(AsteriskPhase.READY);
    trunkNow.ifPresent(this::trunkIs);
    log.atInfo()
        .addKeyValue("pid", process == null ? -1 : process.pid().orElse(-1L))
        .addKeyValue("after", Duration.between(startedAt, clock.instant()))
        .log("asterisk takes calls");
    firstReady.tryComplete();
    pingSoon(ofRun);
  }

  private void trunkIs(ContactStatusDetail detail) {
    trunkIs(detail.getStatus(), detail.getRoundtripUsec());
  }

  private void askForTheTrunk(int ofRun, ManagerLink manager) {
    if (!trunk.isToBeAskedFor()) {
      return;
    }
    manager
        .trunk()
        .onSuccess(answer -> {
          if (ofRun == run && phase == AsteriskPhase.READY) {
            answer.ifPresent(this::trunkIs);
          }
        })
        .onFailure(failure -> log.atWarn().setCause(failure).log("asterisk hides the trunk"));
  }

  private void pingSoon(int ofRun) {
    vertx.setTimer(BETWEEN_PINGS_MILLISECONDS, _ -> ping(ofRun));
  }

  private void ping(int ofRun) {
    ManagerLink manager = link;
    if (ofRun != run || closing || manager == null) {
      return;
    }
    Promise<Void> pong = Promise.promise();
    long late = vertx.setTimer(LONGEST_PONG_MILLISECONDS, _ -> pong.tryFail("no answer"));
    manager
        .ping()
        .onComplete(answer -> {
          if (answer.succeeded()) {
            pong.tryComplete();
          } else {
            pong.tryFail(answer.cause());
          }
        });
    pong.future()
        .onComplete(answer -> {
          vertx.cancelTimer(late);
          if (ofRun != run || closing) {
            return;
          }
          if (answer.succeeded()) {
            missedPings = 0;
            askForTheTrunk(ofRun, manager);
            pingSoon(ofRun);
          } else if (++missedPings < MISSED_PINGS) {
            ping(ofRun);
          } else {
            kill(ofRun, "it does not answer");
          }
        });
  }

  private void kill(int ofRun, String why) {
    AsteriskProcess running = process;
    if (ofRun == run && running != null && !closing) {
      log.atError().addKeyValue("why", why).log("asterisk is killed");
      running.kill();
    }
  }

  private void died(int ofRun, String how) {
    if (ofRun != run) {
      return;
    }
    process = null;
    vertx.cancelTimer(patience);
    dropLink();
    loseCalls("asterisk died");
    trunk.lost();
    if (closing) {
      return;
    }
    boolean healthy = Duration.between(startedAt, clock.instant()).compareTo(HEALTHY_RUN) > 0;
    shortRuns = healthy ? 0 : shortRuns + 1;
    restarts++;
    log.atError()
        .addKeyValue("how", how)
        .addKeyValue("restarts", restarts)
        .log("asterisk is gone and is started again");
    if (shortRuns >= FAILED_RUNS) {
      become(AsteriskPhase.FAILED);
      firstReady.tryFail("asterisk cannot be started: " + how);
    } else {
      become(AsteriskPhase.RESTARTING);
    }
    long pause =
        shortRuns == 0
            ? 0
            : Math.min(LONGEST_BACK_OFF_MILLISECONDS, 250L << Math.min(shortRuns - 1, 10));
    if (pause == 0) {
      launch();
    } else {
      vertx.setTimer(pause, _ -> launch());
    }
  }

  private void dropLink() {
    ManagerLink dropped = link;
    link = null;
    if (dropped != null) {
      dropped.close();
    }
  }

  private void become(AsteriskPhase next) {
    if (phase != next) {
      phase = next;
      since = clock.instant();
    }
    changed();
  }

  private void changed() {
    state = snapshot();
    for (Consumer<TelephonyState> listener : listeners) {
      listener.accept(state);
    }
  }

  private TelephonyState snapshot() {
    OptionalLong pid = OptionalLong.empty();
    if (process != null && process.pid().isPresent()) {
      pid = OptionalLong.of(process.pid().get());
    }
    return new TelephonyState(
        phase,
        since,
        restarts,
        pid,
        new TrunkState(
            trunk.isReachable(), trunk.roundTrip(), calls.size(), settings.trunk().channelLimit()),
        new CallCounters(originated, answered, failed));
  }

  private static String secret() {
    byte[] bytes = new byte[24];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
