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
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import kz.qonyrau.telephony.AsteriskPhase;
import kz.qonyrau.telephony.CallPlacer;
import kz.qonyrau.telephony.CallTaker;
import kz.qonyrau.telephony.DialRequest;
import kz.qonyrau.telephony.Dialled;
import kz.qonyrau.telephony.RingingCall;
import kz.qonyrau.telephony.Telephony;
import kz.qonyrau.telephony.TelephonyState;
import kz.qonyrau.telephony.TrunkId;
import kz.qonyrau.telephony.TrunkStanding;
import kz.qonyrau.telephony.trunks.Trunk;
import org.asteriskjava.manager.event.ContactStatusEvent;
import org.asteriskjava.manager.event.DisconnectEvent;
import org.asteriskjava.manager.event.ManagerEvent;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Places and takes calls through an Asterisk of our own, which it starts, watches and starts
/// again.
///
/// Asterisk is taken for dead when its process ends, when the link to it breaks, or when two Pings
/// in a row stay without an answer for 1 s each while it stands still ([MissedPings]); then every
/// call ends at once as a platform fault, and Asterisk is started again. Everything in here happens
/// on one event loop.
public final class AsteriskTelephony implements CallPlacer, Telephony {

  private static final Logger log = LoggerFactory.getLogger(AsteriskTelephony.class);

  private static final long BETWEEN_PINGS_MILLISECONDS = 2_000;
  private static final long LONGEST_PONG_MILLISECONDS = 1_000;
  // Asterisk complains each time that it asks in vain.
  private static final int PINGS_BETWEEN_PORTS = 4;
  private static final long LONGEST_START_MILLISECONDS = 15_000;
  // A run shorter than this counts as having died at once.
  private static final Duration HEALTHY_RUN = Duration.ofSeconds(10);
  private static final long LONGEST_BACK_OFF_MILLISECONDS = 30_000;
  private static final int FAILED_RUNS = 5;

  private final Vertx vertx;
  private final Context context;
  private final TelephonySettings settings;
  private final InstantSource clock;
  private final InstanceFiles files;
  private final MediaServer media;
  private final String managerSecret;
  private final TrunkLines lines = new TrunkLines();
  private final Switchboard calls;
  private final Reception reception;
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
  private MissedPings missedPings = new MissedPings();
  private int pingsWithoutPort;
  private boolean closing;
  private List<Trunk> trunks;
  // Written by whoever wrote the files, one after the other.
  private volatile List<SipPort> ports = List.of();
  private Optional<String> fault = Optional.empty();
  private Future<Void> applied = Future.succeededFuture();
  private volatile TelephonyState state;

  /// Nothing is started yet; see [#start].
  ///
  /// @param trunks the lines to the carriers; see [#use]
  public AsteriskTelephony(
      Vertx vertx, TelephonySettings settings, List<Trunk> trunks, InstantSource clock) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.settings = settings;
    this.clock = clock;
    this.files = new InstanceFiles(settings);
    this.trunks = List.copyOf(trunks);
    lines.use(this.trunks);
    this.managerSecret = secret();
    this.calls = new Switchboard(vertx, context, lines, clock, this::manager, this::changed);
    this.reception = new Reception(vertx, context, lines, clock, this::manager, this::changed);
    this.media =
        new MediaServer(
            vertx,
            secret(),
            settings.mediaPort(),
            (call, socket) -> calls.connect(call, socket) || reception.connect(call, socket));
    this.since = clock.instant();
    this.startedAt = since;
    this.state = snapshot();
  }

  /// Ends an Asterisk that an earlier program left behind, as [#start] does, for whoever deletes
  /// its directory. Blocks for 3 s at most.
  public static void endLeftOver(TelephonySettings settings) throws IOException {
    AsteriskProcess.endStale(new InstanceFiles(settings));
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
  public Future<Dialled> dial(DialRequest request, Optional<Consumer<RingingCall>> early) {
    return dial(request, early, Optional.empty());
  }

  /// Dials by this one trunk, whatever it is worth, as long as it is not shut; for whoever tries it
  /// out.
  public Future<Dialled> dialBy(
      TrunkId trunk, DialRequest request, Optional<Consumer<RingingCall>> early) {
    return dial(request, early, Optional.of(trunk));
  }

  private Future<Dialled> dial(
      DialRequest request, Optional<Consumer<RingingCall>> early, Optional<TrunkId> only) {
    Promise<Dialled> outcome = Promise.promise();
    context.runOnContext(_ ->
        (manager().isEmpty()
                ? Switchboard.fault("asterisk is " + phase.name().toLowerCase(Locale.ROOT))
                : calls.place(request, early, only))
            .onComplete(outcome));
    return outcome.future();
  }

  /// Has `taker` decide about calls that come in from now on; until then all are refused.
  public void onIncoming(CallTaker taker) {
    reception.onIncoming(taker);
  }

  /// Calls go by these trunks from now on. Calls that are under way go on.
  ///
  /// Completes when Asterisk knows them, or will at its next start. Fails if it cannot be told;
  /// then it is told with the next change.
  public Future<Void> use(List<Trunk> now) {
    Promise<Void> done = Promise.promise();
    context.runOnContext(_ -> {
      trunks = List.copyOf(now);
      lines.use(trunks);
      changed();
      applied =
          applied
              .otherwiseEmpty()
              .compose(_ -> vertx.executeBlocking(() -> writeTrunks(trunks)))
              .compose(_ -> manager().map(this::reload).orElse(Future.succeededFuture()));
      applied
          .onFailure(failure ->
              log.atError().setCause(failure).log("asterisk could not be told of its trunks"))
          .onComplete(done);
    });
    return done.future();
  }

  private Future<Void> reload(ManagerLink manager) {
    int ofRun = run;
    return manager.reload().compose(_ -> lookAtThePorts(ofRun, manager));
  }

  private Void writeTrunks(List<Trunk> which) throws IOException {
    ports = files.writeTrunks(which);
    return null;
  }

  /// The way to an Asterisk that takes calls.
  private Optional<ManagerLink> manager() {
    return phase == AsteriskPhase.READY ? Optional.ofNullable(link) : Optional.empty();
  }

  @Override
  public TelephonyState state() {
    return state;
  }

  @Override
  public void onChange(Consumer<TelephonyState> listener) {
    listeners.add(listener);
  }

  // What Asterisk reports.

  private void heard(int ofRun, ManagerEvent event) {
    if (ofRun != run) {
      return; // From an Asterisk that has been replaced.
    }
    calls.heard(event);
    reception.heard(event);
    switch (event) {
      case ContactStatusEvent news ->
          trunkIs(news.getAor(), news.getContactStatus(), news.getRoundtripUsec());
      case DisconnectEvent _ -> {
        AsteriskProcess running = process;
        boolean up = phase == AsteriskPhase.READY || phase == AsteriskPhase.PORT_TAKEN;
        if (running != null && up && !closing) {
          // Calls that cannot be controlled must not go on.
          log.atError().log("the link to asterisk broke");
          running.kill();
        }
      }
      default -> {}
    }
  }

  private void trunkIs(
      @Nullable String trunk, @Nullable String status, @Nullable String roundTripMicroseconds) {
    for (TrunkLine line : lines.all()) {
      if (line.trunk().id().value().equals(trunk)) {
        line.told(status, roundTripMicroseconds, clock.instant());
      }
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
    ports = files.write(managerSecret, address, trunks);
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
        .onSuccess(_ -> {
          if (ofRun == run && !closing) {
            vertx.cancelTimer(patience);
            ready(ofRun, fresh);
          }
        })
        .onFailure(failure -> {
          log.atError().setCause(failure).log("cannot log in to asterisk");
          kill(ofRun, "it lets nobody log in");
        });
  }

  private void ready(int ofRun, ManagerLink manager) {
    missedPings = new MissedPings();
    lookAtThePorts(ofRun, manager)
        .onComplete(_ -> {
          if (ofRun == run && !closing) {
            firstReady.tryComplete();
            pingSoon(ofRun);
          }
        });
  }

  /// Asterisk says that it is ready even if it did not get a port.
  private Future<Void> lookAtThePorts(int ofRun, ManagerLink manager) {
    List<SipPort> wanted = ports;
    return manager
        .transports()
        .onFailure(failure -> log.atWarn().setCause(failure).log("asterisk hides its ports"))
        .otherwise(_ -> wanted.stream().map(SipPort::transport).collect(Collectors.toSet()))
        .map(open -> {
          if (ofRun == run && !closing) {
            portsAre(ofRun, manager, wanted, open);
          }
          return null;
        });
  }

  private void portsAre(int ofRun, ManagerLink manager, List<SipPort> wanted, Set<String> open) {
    Optional<SipPort> missing =
        wanted.stream().filter(port -> !open.contains(port.transport())).findFirst();
    Optional<String> before = fault;
    fault = missing.map(SipPort::taken);
    if (fault.isPresent() && !fault.equals(before)) {
      log.atError()
          .addKeyValue("port", missing.get().port())
          .addKeyValue("why", fault.get())
          .log("asterisk did not get a port");
    }
    boolean reachesNobody =
        missing.filter(port -> port.transport().equals(SipPort.MAIN)).isPresent();
    if (reachesNobody) {
      become(AsteriskPhase.PORT_TAKEN);
    } else if (phase == AsteriskPhase.READY) {
      changed();
    } else {
      become(AsteriskPhase.READY);
      askForTheTrunks(ofRun, manager);
      log.atInfo()
          .addKeyValue("pid", process == null ? -1 : process.pid().orElse(-1L))
          .addKeyValue("after", Duration.between(startedAt, clock.instant()))
          .log("asterisk takes calls");
    }
  }

  private void askForTheTrunks(int ofRun, ManagerLink manager) {
    List<TrunkLine> asked = lines.all().stream().filter(TrunkLine::isToBeAskedFor).toList();
    for (TrunkLine line : asked) {
      TrunkId id = line.trunk().id();
      manager
          .trunk(id)
          .onSuccess(answer -> {
            if (ofRun == run && phase == AsteriskPhase.READY) {
              answer.ifPresent(now -> trunkIs(id.value(), now.getStatus(), now.getRoundtripUsec()));
            }
          })
          .onFailure(failure -> log.atWarn().setCause(failure).log("asterisk hides a trunk"));
    }
    if (asked.stream().anyMatch(line -> line.trunk().terms().login().isPresent())) {
      manager
          .registrations()
          .onSuccess(answer -> {
            if (ofRun == run && phase == AsteriskPhase.READY) {
              lines
                  .all()
                  .forEach(line -> line.registered(answer.getOrDefault(line.trunk().id(), false)));
              changed();
            }
          })
          .onFailure(
              failure -> log.atWarn().setCause(failure).log("asterisk hides its registrations"));
    }
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
            missedPings.answered();
            changed(); // A pause ends by itself.
            if (phase == AsteriskPhase.READY) {
              askForTheTrunks(ofRun, manager);
            }
            // Whoever held a port may have let go of it.
            boolean again = fault.isPresent() && ++pingsWithoutPort % PINGS_BETWEEN_PORTS == 0;
            (again ? reload(manager).otherwiseEmpty() : Future.<Void>succeededFuture())
                .onComplete(_ -> pingSoon(ofRun));
          } else if (missedPings.missed(workedUntilNow())) {
            kill(ofRun, "it does not answer");
          } else {
            ping(ofRun);
          }
        });
  }

  private Duration workedUntilNow() {
    AsteriskProcess running = process;
    return running == null ? Duration.ZERO : running.processorTime();
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
    lines.lost();
    fault = Optional.empty();
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

  private void loseCalls(String why) {
    calls.lose(why);
    reception.lose(why);
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
    List<TrunkStanding> standings = lines.standings(clock.instant());
    return new TelephonyState(
        phase,
        since,
        restarts,
        pid,
        fault,
        TrunkLines.together(standings),
        standings,
        calls.counters());
  }

  private static String secret() {
    byte[] bytes = new byte[24];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
