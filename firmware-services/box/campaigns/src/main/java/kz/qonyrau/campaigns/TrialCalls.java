package kz.qonyrau.campaigns;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import kz.qonyrau.store.Store;
import kz.qonyrau.vocabulary.CallId;
import kz.qonyrau.vocabulary.CampaignId;
import kz.qonyrau.vocabulary.Msisdn;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Calls with which somebody tries a campaign out on his own number, as a recipient would get it,
/// and billed as usual (AC-CMP-08).
///
/// Such a call is no recipient's attempt: progress, caps, gaps and retries of the campaign know
/// nothing of it, and windows do not matter, because whoever is called has just asked for it. What
/// the box may do at all, its money and its block lists hold for it as for any other. The call log,
/// the ledger and the recording bear it like any call, so a crash in the middle is settled with
/// them; what is kept here is kept for this run of the program only.
///
/// May be used from any thread; nothing here waits.
public final class TrialCalls {

  /// Under which the call log keeps the calls that say a code. No campaign has this id.
  public static final CampaignId CODES = new CampaignId("00000000-0000-0000-0000-00000000c0de");

  private static final Logger log = LoggerFactory.getLogger(TrialCalls.class);
  private static final Duration RINGING_WITH_A_CODE = Duration.ofSeconds(30);
  private static final int MOST_REMEMBERED = 1000;

  private final Store store;
  private final InstantSource clock;
  private final Campaigns campaigns;
  private final CallDesk desk;
  private final FundsGauge funds;
  private final DialingGate gate;
  private final Supplier<Collection<Msisdn>> inCall;

  /// From the wish to the end of the call.
  private final ConcurrentMap<Msisdn, CallId> underWay = new ConcurrentHashMap<>();

  private final Map<CallId, TrialCall> latest =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<CallId, TrialCall> eldest) {
          return size() > MOST_REMEMBERED;
        }
      };

  /// @param funds asked with [#CODES] for calls that say a code
  /// @param gate whether, and how much, the box may dial at all
  /// @param inCall the numbers of all calls that run now, those of campaigns included
  public TrialCalls(
      Store store,
      InstantSource clock,
      Campaigns campaigns,
      CallDesk desk,
      FundsGauge funds,
      DialingGate gate,
      Supplier<Collection<Msisdn>> inCall) {
    this.store = store;
    this.clock = clock;
    this.campaigns = campaigns;
    this.desk = desk;
    this.funds = funds;
    this.gate = gate;
    this.inCall = inCall;
  }

  /// A campaign's order, and the values that are filled into its texts.
  private record Example(CampaignState state, CampaignOrder order, Map<String, String> values) {}

  /// A call that is still to be looked into.
  ///
  /// @param prompts all that it may say
  private record Plan(Attempt attempt, List<Prompt> prompts) {}

  /// Calls a number as a campaign would, whether it has begun or not. Its texts hold the values of
  /// the first contact of its lists, or none if they are empty.
  ///
  /// @param number proven to be the asker's own
  public Future<TrialResult> call(CampaignId campaign, Msisdn number) {
    return only(
        number,
        call ->
            store
                .read(handle ->
                    CampaignTable.find(handle, campaign)
                        .map(stored ->
                            new Example(
                                stored.state(),
                                stored.order(),
                                RecipientVariables.ofFirst(handle, stored.order().lists()))))
                .compose(found ->
                    found
                        .map(example -> tryOut(campaign, example, number, call))
                        .orElseGet(
                            () -> Future.succeededFuture(new TrialResult.NoSuchCampaign()))));
  }

  /// Calls a number and says a code, from which whoever hears it can prove that it is his.
  ///
  /// @param code what is said, with no variables in it
  public Future<TrialResult> sayCode(Msisdn number, Prompt code) {
    return only(
        number,
        call ->
            begin(
                new Plan(
                    new Attempt(
                        call,
                        CODES,
                        number,
                        code,
                        RINGING_WITH_A_CODE,
                        false,
                        Optional.empty(),
                        MachineRule.CARRY_ON,
                        Map.of()),
                    List.of(code))));
  }

  /// How a trial call stands; empty if this run of the program did not place it, or placed a
  /// thousand others since.
  public Optional<TrialCall> find(CallId call) {
    synchronized (latest) {
      return Optional.ofNullable(latest.get(call));
    }
  }

  /// The trial call to a number that is on its way.
  public Optional<CallId> underWay(Msisdn number) {
    return Optional.ofNullable(underWay.get(number)).filter(call -> find(call).isPresent());
  }

  /// The gate as campaigns find it: what is on its way here has its channel, so that all calls
  /// together stay within the limit (AC-CAL-01).
  public DialingGate besideTrials() {
    return () ->
        switch (gate.state()) {
          case GateState.Open(int channels, int callsPerMinute, boolean recording) ->
              new GateState.Open(
                  Math.max(0, channels - underWay.size()), callsPerMinute, recording);
          case GateState.Stopped stopped -> stopped;
        };
  }

  private interface Planning {
    Future<TrialResult> with(CallId call);
  }

  /// One at a time to a number.
  private Future<TrialResult> only(Msisdn number, Planning planning) {
    CallId call = CallId.random();
    @Nullable CallId other = underWay.putIfAbsent(number, call);
    if (other != null) {
      return Future.succeededFuture(new TrialResult.InCall());
    }
    Future<TrialResult> begun;
    try {
      begun = planning.with(call);
    } catch (RuntimeException failure) {
      begun = Future.failedFuture(failure);
    }
    return begun.onComplete(answer -> {
      if (!(answer.succeeded() && answer.result() instanceof TrialResult.Placed)) {
        underWay.remove(number, call);
      }
    });
  }

  private Future<TrialResult> tryOut(
      CampaignId campaign, Example example, Msisdn number, CallId call) {
    if (example.state().isOver()) {
      return Future.succeededFuture(new TrialResult.Over(example.state()));
    }
    CampaignOrder order = example.order();
    List<Locale> unheard = campaigns.unheard(order);
    if (!unheard.isEmpty()) {
      return Future.succeededFuture(new TrialResult.NotHeard(unheard));
    }
    Plan plan;
    try {
      Prompt prompt = order.prompt().filled(example.values());
      Optional<Asking> asking = order.asking().map(one -> one.filled(example.values()));
      plan =
          new Plan(
              new Attempt(
                  call,
                  campaign,
                  number,
                  prompt,
                  order.ringing(),
                  order.record(),
                  asking,
                  order.machines(),
                  example.values()),
              Stream.concat(
                      Stream.of(prompt),
                      asking.stream().flatMap(one -> one.prompts(prompt).stream()))
                  .distinct()
                  .toList());
    } catch (IllegalArgumentException blankOrTooLong) {
      return Future.succeededFuture(new TrialResult.Unspeakable());
    }
    return begin(plan);
  }

  /// Looks twice at what may change while the voice speaks: before it, because nobody waits for a
  /// refusal, and after it, because it holds for the moment of dialling.
  private Future<TrialResult> begin(Plan plan) {
    return refusal(plan.attempt())
        .compose(no ->
            no.isPresent()
                ? Future.succeededFuture(no)
                : spoken(plan.prompts())
                    .compose(mute ->
                        mute.isPresent() ? Future.succeededFuture(mute) : refusal(plan.attempt())))
        .map(no -> no.orElseGet(() -> place(plan.attempt())));
  }

  /// Why this number may not be called now; block lists before money (AC-SPM-08).
  private Future<Optional<TrialResult>> refusal(Attempt attempt) {
    return store
        .read(handle -> Suppressions.status(handle, attempt.callee()))
        .compose(status -> {
          Optional<TrialResult> no =
              status
                  .<TrialResult>map(TrialResult.LeftAlone::new)
                  .or(() -> stopped(attempt).map(TrialResult.Stopped::new))
                  .or(() ->
                      inCall.get().contains(attempt.callee())
                          ? Optional.of(new TrialResult.InCall())
                          : Optional.empty());
          return no.isPresent()
              ? Future.succeededFuture(no)
              : funds
                  .nextCallFits(attempt.campaign())
                  .map(fits -> fits ? Optional.empty() : Optional.of(new TrialResult.NoFunds()));
        });
  }

  private Optional<IdleReason> stopped(Attempt attempt) {
    return switch (gate.state()) {
      case GateState.Stopped(IdleReason reason) -> Optional.of(reason);
      case GateState.Open(int channels, var _, boolean recording) -> {
        Set<Msisdn> others = new HashSet<>(inCall.get());
        others.addAll(underWay.keySet());
        others.remove(attempt.callee());
        if (others.size() >= channels) {
          yield Optional.of(IdleReason.CHANNELS_BUSY);
        }
        yield attempt.record() && !recording
            ? Optional.of(IdleReason.STORAGE_FULL)
            : Optional.empty();
      }
    };
  }

  /// Has all of it made ready; why that cannot be, if it cannot.
  private Future<Optional<TrialResult>> spoken(List<Prompt> prompts) {
    List<Future<Boolean>> ready = prompts.stream().map(desk::makeReady).toList();
    return Future.join(ready)
        .transform(_ -> {
          if (ready.stream().anyMatch(one -> Boolean.FALSE.equals(one.result()))) {
            return Future.succeededFuture(Optional.of(new TrialResult.NoVoice()));
          }
          return Future.succeededFuture(
              ready.stream().anyMatch(Future::failed)
                  ? Optional.of(new TrialResult.Unspeakable())
                  : Optional.empty());
        });
  }

  private TrialResult place(Attempt attempt) {
    CallId call = attempt.id();
    remember(new TrialCall(call, attempt.campaign(), Optional.empty()));
    log.atInfo()
        .addKeyValue("call", call)
        .addKeyValue("campaign", attempt.campaign())
        .log("trial call");
    Future<AttemptResult> placed;
    try {
      placed = desk.place(attempt);
    } catch (RuntimeException failure) {
      placed = Future.failedFuture(failure);
    }
    placed.onComplete(answer -> {
      if (answer.failed()) {
        log.atWarn()
            .addKeyValue("call", call)
            .setCause(answer.cause())
            .log("the call desk lost a trial call");
      }
      AttemptResult result =
          answer.succeeded()
              ? answer.result()
              : AttemptResult.platformFault("call desk failed", clock.instant());
      remember(new TrialCall(call, attempt.campaign(), Optional.of(result)));
      underWay.remove(attempt.callee(), call);
    });
    return new TrialResult.Placed(call);
  }

  private void remember(TrialCall call) {
    synchronized (latest) {
      latest.put(call.id(), call);
    }
  }
}
