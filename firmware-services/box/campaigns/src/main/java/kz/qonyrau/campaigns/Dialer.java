package kz.qonyrau.campaigns;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import kz.qonyrau.campaigns.AttemptResult.NotDialled;
import kz.qonyrau.store.Store;
import kz.qonyrau.vocabulary.CallId;
import kz.qonyrau.vocabulary.CampaignId;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Carries campaigns out: picks recipients, writes each attempt down before anything rings, and
/// writes its one final result, or when he is called again.
///
/// All of it happens in turns on one thread of its own. Whatever comes from outside, a result or a
/// changed campaign, waits for the next turn and wakes the thread. If nobody knows what became of
/// an attempt, its result is `PLATFORM_FAULT` and final. An attempt of which nothing was dialled,
/// because there was no money for it, gives its recipient back; one that reached nobody does so
/// after the pause that the campaign's [RetryPolicy] sets.
public final class Dialer implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Dialer.class);

  /// The longest rest between turns, so that a change of the gate or of the clock is noticed.
  private static final Duration LONGEST_REST = Duration.ofMillis(500);

  private static final Duration REST_AFTER_FAILURE = Duration.ofSeconds(2);
  private static final int MOST_STARTS_OF_A_TURN = 50;
  private static final int MOST_WOKEN = 200;

  private static final Standing NOT_STARTED =
      new Standing(Idle.because(IdleReason.NOT_STARTED), Optional.empty());

  private static final String MUTE = "the voice does not speak";

  private final Store store;
  private final InstantSource clock;
  private final Campaigns campaigns;
  private final CallDesk desk;
  private final FundsGauge funds;
  private final DialingGate gate;
  private final DialerSettings settings;

  private final Pacer pacer;
  private final PromptsAhead prompts;
  private final Map<CampaignId, Running> running = new LinkedHashMap<>();
  private final Queue<Finished> finished = new ConcurrentLinkedQueue<>();
  private final Queue<CampaignId> funded = new ConcurrentLinkedQueue<>();
  private final Set<CampaignId> changed = ConcurrentHashMap.newKeySet();
  private final Semaphore wake = new Semaphore(0);
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile Map<CampaignId, Standing> standings = Map.of();
  private @Nullable Thread thread;

  /// A campaign under way, and how far its recipients were looked through.
  private static final class Running {

    CampaignTable.Stored stored;
    int cursor;
    Instant askedForFunds = Instant.MIN;
    volatile boolean asking;
    boolean mute;

    Running(CampaignTable.Stored stored) {
      this.stored = stored;
    }
  }

  /// @param opened false if nothing was dialled because the attempt could not be written down
  private record Finished(AttemptTable.OpenAttempt attempt, AttemptResult result, boolean opened) {

    boolean waitsAgain() {
      return !opened || result.notDialled().isPresent();
    }
  }

  public Dialer(
      Store store,
      InstantSource clock,
      Campaigns campaigns,
      CallDesk desk,
      FundsGauge funds,
      DialingGate gate,
      DialerSettings settings) {
    this.store = store;
    this.clock = clock;
    this.campaigns = campaigns;
    this.desk = desk;
    this.funds = funds;
    this.gate = gate;
    this.settings = settings;
    this.pacer = new Pacer(settings.gap());
    this.prompts = new PromptsAhead(store, clock, desk, wake::release);
    campaigns.onOrder(this::onCampaign);
  }

  /// Resolves what was under way when the program stopped, then dials until [#close]. Completes
  /// once the first is done; campaigns that were running go on by themselves.
  ///
  /// @return how many attempts were resolved
  public Future<Integer> start() {
    Promise<Integer> recovered = Promise.promise();
    Thread dialing =
        Thread.ofVirtual()
            .name("dialer")
            .unstarted(() -> {
              try {
                recovered.complete(recover());
              } catch (Throwable failure) { // await() rethrows the cause as it is.
                recovered.fail(failure);
                return;
              }
              runUntilClosed();
            });
    thread = dialing;
    dialing.start();
    return recovered.future();
  }

  /// Why a campaign dials nothing right now, as of the last turn.
  public Idle explain(CampaignId campaign) {
    return standing(campaign).idle();
  }

  /// How a campaign stands, as of the last turn.
  public Standing standing(CampaignId campaign) {
    return standings.getOrDefault(campaign, NOT_STARTED);
  }

  /// Takes a look at once, for example because money has come in.
  public void nudge() {
    wake.release();
  }

  private void onCampaign(CampaignId campaign) {
    changed.add(campaign);
    wake.release();
  }

  private void runUntilClosed() {
    while (!closed.get()) {
      Duration rest;
      try {
        Optional<Instant> until = turn();
        rest =
            until
                .map(instant -> Duration.between(clock.instant(), instant))
                .filter(duration -> duration.compareTo(LONGEST_REST) < 0)
                .orElse(LONGEST_REST);
      } catch (Throwable failure) { // await() rethrows the cause as it is.
        log.atError().setCause(failure).log("the dialer's turn failed and is repeated");
        rest = REST_AFTER_FAILURE;
      }
      try {
        if (wake.tryAcquire(Math.max(0, rest.toNanos()), TimeUnit.NANOSECONDS)) {
          wake.drainPermits();
        }
      } catch (InterruptedException _) {
        break;
      }
    }
    try {
      finishFinished();
    } catch (Throwable failure) {
      log.atWarn().setCause(failure).log("results are left for the next start");
    }
  }

  /// Closes attempts of before, and reads which campaigns are under way.
  int recover() {
    List<AttemptTable.OpenAttempt> open = store.read(AttemptTable::open).await();
    for (AttemptTable.OpenAttempt attempt : open) {
      Optional<AttemptResult> known = desk.outcomeAfterRestart(attempt.call()).await();
      AttemptResult result =
          known.orElseGet(() -> AttemptResult.platformFault("lost at a restart", clock.instant()));
      finish(List.of(new Finished(attempt, result, true)));
    }
    List<CampaignTable.Stored> underWay = store.read(CampaignTable::underWay).await();
    underWay.forEach(this::take);
    Instant since = clock.instant().minus(settings.gap()).minus(Duration.ofMinutes(1));
    for (AttemptTable.PastCall call :
        store.read(handle -> AttemptTable.since(handle, since)).await()) {
      pacer.remember(call.campaign(), call.number(), call.end());
      if (call.start().isAfter(clock.instant().minusSeconds(60))) {
        pacer.rememberStart(call.campaign(), call.start());
      }
    }
    return open.size();
  }

  private void take(CampaignTable.Stored stored) {
    Running present = running.get(stored.id());
    if (present == null) {
      present = new Running(stored);
      running.put(stored.id(), present);
    } else {
      present.stored = stored;
    }
    present.mute = stored.state() == CampaignState.PAUSED && wasPausedForTheVoice(stored);
    CampaignOrder order = stored.order();
    pacer.admit(
        new Pacer.Paced(
            stored.id(),
            order.schedule(),
            order.channels(),
            order.callsPerMinute(),
            stored.state() == CampaignState.RUNNING));
  }

  private boolean wasPausedForTheVoice(CampaignTable.Stored stored) {
    return store
        .read(handle -> CampaignTable.log(handle, stored.campaignNo()))
        .await()
        .getLast()
        .why()
        .equals(MUTE);
  }

  /// Does everything that is due now.
  ///
  /// @return when the next thing is due, if that is known
  Optional<Instant> turn() {
    reloadChanged();
    finishFinished();
    resumeFunded();
    boolean more = prepareOne();
    speakAhead();
    takeSpoken();
    feed();
    wakeDue();
    moveByTheClock();
    askForFunds();
    Optional<Instant> next = dial();
    explain();
    return more || !finished.isEmpty() ? Optional.of(clock.instant()) : next;
  }

  private void reloadChanged() {
    for (CampaignId id : Set.copyOf(changed)) {
      // Removed first: a change during the read is read again.
      changed.remove(id);
      Optional<CampaignTable.Stored> stored =
          store.read(handle -> CampaignTable.find(handle, id)).await();
      if (stored.isPresent() && (stored.get().state().isUnderWay() || running.containsKey(id))) {
        take(stored.get());
      }
    }
  }

  private void finishFinished() {
    List<Finished> batch = new ArrayList<>();
    @Nullable Finished next = finished.poll();
    while (next != null) {
      batch.add(next);
      next = batch.size() < 200 ? finished.poll() : null;
    }
    if (batch.isEmpty()) {
      return;
    }
    try {
      finish(batch);
    } catch (Throwable failure) {
      // What is not written is still to be written.
      finished.addAll(batch);
      throw failure;
    }
  }

  private void finish(List<Finished> batch) {
    Map<CampaignId, NotDialled> stopped =
        store
            .write(handle -> {
              Map<CampaignId, NotDialled> reasons = new HashMap<>();
              Map<CampaignId, CampaignTable.Stored> stored = new HashMap<>();
              for (Finished one : batch) {
                if (one.waitsAgain()) {
                  AttemptTable.withdraw(handle, one.attempt, one.result);
                  one.result
                      .notDialled()
                      .filter(why -> stop(handle, one.attempt.campaign(), why))
                      .ifPresent(why -> reasons.put(one.attempt.campaign(), why));
                } else {
                  CampaignTable.Stored campaign =
                      stored.computeIfAbsent(
                          one.attempt.campaign(),
                          id -> CampaignTable.find(handle, id).orElseThrow());
                  AttemptTable.close(handle, campaign, one.attempt, one.result);
                }
              }
              return reasons;
            })
            .await();
    for (Finished one : batch) {
      CampaignId campaign = one.attempt.campaign();
      if (one.waitsAgain()) {
        pacer.withdrawn(campaign, one.attempt.candidate(), true);
      } else {
        pacer.ended(campaign, one.attempt.candidate(), one.result.endedAt());
      }
    }
    batch.stream()
        .map(one -> one.attempt.campaign())
        .distinct()
        .forEach(campaign -> {
          Running one = running.get(campaign);
          if (one != null) {
            offerAgain(one, List.of());
          }
          campaigns.tellProgress(campaign);
        });
    if (!stopped.isEmpty()) {
      Instant now = clock.instant();
      stopped.forEach((id, why) -> {
        log.atWarn().addKeyValue("campaign", id).addKeyValue("why", why).log("campaign stops");
        Running one = running.get(id);
        if (one != null) {
          one.askedForFunds = now;
        }
      });
      changed.addAll(stopped.keySet());
      reloadChanged();
    }
  }

  /// Stops a running campaign for a reason that would meet its next call, too.
  ///
  /// @return whether it was running
  private boolean stop(Handle handle, CampaignId id, NotDialled why) {
    CampaignTable.Stored stored = CampaignTable.find(handle, id).orElseThrow();
    if (stored.state() != CampaignState.RUNNING) {
      return false;
    }
    CampaignState next =
        switch (why) {
          case NO_FUNDS -> CampaignState.SUSPENDED_FUNDS;
          case NO_PROMPT -> CampaignState.PAUSED;
        };
    String words =
        switch (why) {
          case NO_FUNDS -> "the balance does not cover the next call";
          case NO_PROMPT -> MUTE;
        };
    CampaignTable.move(handle, stored.campaignNo(), next, clock.instant(), Campaigns.SYSTEM, words);
    return true;
  }

  private void resumeFunded() {
    Set<CampaignId> ready = new HashSet<>();
    @Nullable CampaignId next = funded.poll();
    while (next != null) {
      ready.add(next);
      next = funded.poll();
    }
    for (CampaignId id : ready) {
      move(id, CampaignState.SUSPENDED_FUNDS, CampaignState.RUNNING, "the balance suffices again");
    }
  }

  /// Moves a campaign unless someone has moved it meanwhile.
  private void move(CampaignId id, CampaignState from, CampaignState to, String why) {
    boolean moved =
        store
            .write(handle -> {
              Optional<CampaignTable.Stored> stored = CampaignTable.find(handle, id);
              if (stored.isEmpty() || stored.get().state() != from) {
                return false;
              }
              CampaignTable.move(
                  handle, stored.get().campaignNo(), to, clock.instant(), Campaigns.SYSTEM, why);
              return true;
            })
            .await();
    if (moved) {
      campaigns.tellProgress(id);
    }
    changed.add(id);
    reloadChanged();
  }

  /// Writes down some recipients of the first campaign that needs it.
  ///
  /// @return whether there is more of it
  private boolean prepareOne() {
    for (Running one : running.values()) {
      CampaignTable.Stored stored = one.stored;
      if (stored.prepared() || !stored.state().isUnderWay()) {
        continue;
      }
      CampaignTable.Stored after =
          store
              .write(handle -> {
                AttemptTable.prepareSome(handle, stored.campaignNo());
                return CampaignTable.find(handle, stored.id()).orElseThrow();
              })
              .await();
      take(after);
      campaigns.tellProgress(stored.id());
      return true;
    }
    return false;
  }

  private void speakAhead() {
    for (Running one : running.values()) {
      CampaignState state = one.stored.state();
      boolean goesOn = state == CampaignState.RUNNING || state == CampaignState.SCHEDULED;
      if (goesOn && one.stored.prepared()) {
        prompts.speak(one.stored, one.cursor);
      }
    }
  }

  private void takeSpoken() {
    for (CampaignId mute : prompts.take()) {
      log.atWarn().addKeyValue("campaign", mute).log(MUTE);
      move(mute, CampaignState.RUNNING, CampaignState.PAUSED, MUTE);
    }
  }

  private void moveByTheClock() {
    for (Running one : List.copyOf(running.values())) {
      CampaignTable.Stored stored = one.stored;
      CampaignId id = stored.id();
      if (stored.state().isOver()) {
        if (pacer.active(id) == 0) {
          running.remove(id);
          prompts.forget(id);
          pacer.dismiss(id);
        }
        continue;
      }
      Instant now = clock.instant();
      Schedule schedule = stored.order().schedule();
      if (stored.state() == CampaignState.SCHEDULED && schedule.isOpen(now)) {
        move(id, CampaignState.SCHEDULED, CampaignState.RUNNING, "the window has opened");
      } else if (stored.state() == CampaignState.RUNNING
          && stored.prepared()
          && pacer.isThrough(id)) {
        move(id, CampaignState.RUNNING, CampaignState.COMPLETED, "everyone has his result");
      } else if (pacer.active(id) == 0 && schedule.opens(now).isEmpty()) {
        move(id, stored.state(), CampaignState.EXPIRED_SCHEDULE, "no window is left");
      }
    }
  }

  private void askForFunds() {
    Instant now = clock.instant();
    for (Running one : running.values()) {
      if (one.stored.state() != CampaignState.SUSPENDED_FUNDS
          || one.asking
          || now.isBefore(one.askedForFunds.plus(settings.askForFunds()))) {
        continue;
      }
      CampaignId id = one.stored.id();
      one.askedForFunds = now;
      one.asking = true;
      funds
          .nextCallFits(id)
          .onComplete(answer -> {
            one.asking = false;
            if (answer.succeeded() && answer.result()) {
              funded.add(id);
              wake.release();
            }
          });
    }
  }

  private Optional<Instant> dial() {
    Map<CallId, Pacer.Step.Dial> picked = new LinkedHashMap<>();
    Optional<Instant> rest = Optional.empty();
    while (picked.size() < MOST_STARTS_OF_A_TURN) {
      feed();
      Pacer.Step step = pacer.next(clock.instant(), gate.state());
      if (step instanceof Pacer.Step.Rest(var until)) {
        rest = until;
        break;
      }
      if (step instanceof Pacer.Step.Dial dial) {
        picked.put(CallId.random(), dial);
      }
    }
    if (picked.isEmpty()) {
      return rest;
    }
    open(picked);
    return picked.size() < MOST_STARTS_OF_A_TURN ? rest : Optional.of(clock.instant());
  }

  private void feed() {
    for (Running one : running.values()) {
      CampaignTable.Stored stored = one.stored;
      if (stored.state() != CampaignState.RUNNING || !stored.prepared()) {
        continue;
      }
      while (pacer.isHungry(stored.id())) {
        int from = one.cursor;
        int ready = prompts.readyUpTo(stored.id());
        int most = ready >= stored.lastSeq() ? Integer.MAX_VALUE : ready;
        int to = Math.min(from + ListTable.BATCH, most);
        if (to <= from) {
          break;
        }
        List<Candidate> candidates =
            store
                .read(handle -> AttemptTable.pending(handle, stored.campaignNo(), from, to))
                .await();
        one.cursor = to;
        pacer.offer(stored.id(), candidates, to >= stored.lastSeq());
        offerAgain(one, List.of());
      }
    }
  }

  /// Puts those in line whose pause is over.
  private void wakeDue() {
    Instant now = clock.instant();
    for (Running one : running.values()) {
      CampaignTable.Stored stored = one.stored;
      if (stored.state() != CampaignState.RUNNING || !pacer.isDue(stored.id(), now)) {
        continue;
      }
      List<Candidate> due =
          store
              .write(handle ->
                  AttemptTable.wake(handle, stored.campaignNo(), one.cursor, now, MOST_WOKEN))
              .await();
      offerAgain(one, due);
      campaigns.tellProgress(stored.id());
    }
  }

  private void offerAgain(Running one, List<Candidate> due) {
    CampaignTable.Stored stored = one.stored;
    if (stored.order().retries().retries().isEmpty()) {
      return;
    }
    Optional<Instant> next =
        store.read(handle -> AttemptTable.nextDue(handle, stored.campaignNo(), one.cursor)).await();
    pacer.offerAgain(stored.id(), due, next);
  }

  private void open(Map<CallId, Pacer.Step.Dial> picked) {
    List<AttemptTable.Opening> openings = new ArrayList<>();
    picked.forEach((call, dial) ->
        openings.add(
            new AttemptTable.Opening(
                call, campaign(dial.campaign()).stored.campaignNo(), dial.candidate())));
    List<AttemptTable.Opened> opened;
    try {
      opened = store.write(handle -> AttemptTable.open(handle, openings, clock.instant())).await();
    } catch (Throwable failure) {
      resolve(picked, failure);
      throw failure;
    }
    int i = 0;
    for (Map.Entry<CallId, Pacer.Step.Dial> entry : picked.entrySet()) {
      Pacer.Step.Dial dial = entry.getValue();
      switch (opened.get(i++)) {
        case AttemptTable.Opened.Ready(var variables) -> place(entry.getKey(), dial, variables);
        case AttemptTable.Opened.Excluded _ -> {
          pacer.withdrawn(dial.campaign(), dial.candidate(), false);
          campaigns.tellProgress(dial.campaign());
        }
        case AttemptTable.Opened.Refused _ -> {
          pacer.withdrawn(dial.campaign(), dial.candidate(), true);
          changed.add(dial.campaign());
        }
      }
    }
  }

  /// The commit failed, and may or may not have been made. What was not written waits again; what
  /// was written counts as nothing dialled, because nothing was.
  private void resolve(Map<CallId, Pacer.Step.Dial> picked, Throwable failure) {
    log.atWarn().setCause(failure).log("attempts could not be opened");
    picked.forEach((call, dial) ->
        finished.add(
            new Finished(
                new AttemptTable.OpenAttempt(
                    call,
                    campaign(dial.campaign()).stored.campaignNo(),
                    dial.campaign(),
                    dial.candidate()),
                AttemptResult.platformFault("not opened", clock.instant()),
                false)));
  }

  private Running campaign(CampaignId id) {
    Running one = running.get(id);
    if (one == null) {
      throw new IllegalStateException(
          "the pacer picked for a campaign that is not under way: " + id);
    }
    return one;
  }

  private void place(CallId call, Pacer.Step.Dial dial, Map<String, String> variables) {
    CampaignTable.Stored stored = campaign(dial.campaign()).stored;
    CampaignOrder order = stored.order();
    AttemptTable.OpenAttempt attempt =
        new AttemptTable.OpenAttempt(call, stored.campaignNo(), stored.id(), dial.candidate());
    Future<AttemptResult> result;
    try {
      // In here, because values may leave a text blank or too long.
      Prompt prompt = order.prompt().filled(variables);
      Optional<Asking> asking = order.asking().map(one -> one.filled(variables));
      result =
          desk.place(
              new Attempt(
                  call,
                  stored.id(),
                  dial.candidate().number(),
                  prompt,
                  order.ringing(),
                  order.record(),
                  asking,
                  order.machines(),
                  variables));
    } catch (RuntimeException failure) {
      result = Future.failedFuture(failure);
    }
    result.onComplete(answer -> {
      if (answer.failed()) {
        log.atWarn()
            .addKeyValue("call", call)
            .setCause(answer.cause())
            .log("the call desk lost an attempt");
      }
      finished.add(
          new Finished(
              attempt,
              answer.succeeded()
                  ? answer.result()
                  : AttemptResult.platformFault("call desk failed", clock.instant()),
              true));
      wake.release();
    });
    campaigns.tellProgress(stored.id());
  }

  private void explain() {
    Instant now = clock.instant();
    GateState open = gate.state();
    Map<CampaignId, Standing> all = new HashMap<>(standings);
    for (Running one : running.values()) {
      CampaignTable.Stored stored = one.stored;
      boolean speaks = stored.prepared() && stored.state().isUnderWay();
      all.put(
          stored.id(),
          new Standing(
              explain(one, now, open), speaks ? prompts.voiced(stored) : Optional.empty()));
    }
    standings = Map.copyOf(all);
  }

  private Idle explain(Running one, Instant now, GateState open) {
    CampaignTable.Stored stored = one.stored;
    return switch (stored.state()) {
      case DRAFT, CHECKING, HELD, REJECTED, READY -> Idle.because(IdleReason.NOT_STARTED);
      case SCHEDULED -> new Idle(IdleReason.NO_WINDOW, stored.order().schedule().opens(now));
      case RUNNING ->
          !stored.prepared() || waitsForPrompts(one)
              ? Idle.because(IdleReason.PREPARING)
              : pacer.explain(stored.id(), now, open);
      case PAUSED -> Idle.because(one.mute ? IdleReason.NO_VOICE : IdleReason.PAUSED);
      case SUSPENDED_FUNDS -> Idle.because(IdleReason.NO_FUNDS);
      case SUSPENDED_ADMIN -> Idle.because(IdleReason.SUSPENDED);
      case COMPLETED -> Idle.because(IdleReason.ALL_DONE);
      case CANCELLED -> Idle.because(IdleReason.CANCELLED);
      case EXPIRED_SCHEDULE -> Idle.because(IdleReason.EXPIRED_SCHEDULE);
    };
  }

  private boolean waitsForPrompts(Running one) {
    int ready = prompts.readyUpTo(one.stored.id());
    return ready < one.stored.lastSeq()
        && one.cursor >= ready
        && pacer.active(one.stored.id()) == 0;
  }

  /// Begins no attempt any more and waits for the thread. Attempts under way stay open; the next
  /// [#start] resolves them.
  @Override
  public void close() {
    closed.set(true);
    wake.release();
    Thread dialing = thread;
    if (dialing == null) {
      return;
    }
    try {
      dialing.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
