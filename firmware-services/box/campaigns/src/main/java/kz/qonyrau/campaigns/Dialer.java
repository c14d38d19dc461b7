package kz.qonyrau.campaigns;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import kz.qonyrau.store.Store;
import kz.qonyrau.vocabulary.CallId;
import kz.qonyrau.vocabulary.CampaignId;
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

  private final Store store;
  private final InstantSource clock;
  private final Campaigns campaigns;
  private final HouseRules rules;
  private final CallDesk desk;
  private final DialingGate gate;

  private final Pacer pacer;
  private final PromptsAhead prompts;
  private final CampaignsUnderWay underWay;
  private final CandidateSupply supply;
  private final FinishedAttempts finished;
  private final AttemptStarts starts;
  private final FundsWatch funds;
  private final Standings standings;
  private final Semaphore wake = new Semaphore(0);
  private final AtomicBoolean closed = new AtomicBoolean();
  private final AtomicBoolean rulesChanged = new AtomicBoolean();
  private @Nullable Thread thread;

  /// A dialer at rest, until [#start].
  ///
  /// @param funds asked about campaigns that stand still for want of money
  /// @param gate whether, and how much, the box may dial at all
  public Dialer(
      Store store,
      InstantSource clock,
      Campaigns campaigns,
      HouseRules rules,
      CallDesk desk,
      FundsGauge funds,
      DialingGate gate,
      DialerSettings settings) {
    this.store = store;
    this.clock = clock;
    this.campaigns = campaigns;
    this.rules = rules;
    this.desk = desk;
    this.gate = gate;
    this.pacer = new Pacer(rules.contacts().gap());
    this.prompts = new PromptsAhead(store, clock, desk, wake::release);
    this.underWay = new CampaignsUnderWay(store, clock, campaigns, rules, pacer);
    this.supply = new CandidateSupply(store, clock, campaigns, pacer, prompts, underWay);
    this.finished = new FinishedAttempts(store, clock, campaigns, rules, pacer, underWay, supply);
    this.starts =
        new AttemptStarts(
            store, clock, campaigns, rules, desk, pacer, underWay, supply, finished, wake::release);
    this.funds = new FundsWatch(funds, clock, settings.askForFunds(), underWay, wake::release);
    this.standings = new Standings(clock, rules, gate, pacer, prompts, underWay);
    campaigns.onOrder(this::onCampaign);
    rules.onChange(this::onRules);
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
    return standings.of(campaign);
  }

  /// How many calls a minute can be begun, as of the last turn.
  public Capacity capacity() {
    return standings.capacity();
  }

  /// Takes a look at once, for example because money has come in.
  public void nudge() {
    wake.release();
  }

  private void onCampaign(CampaignId campaign) {
    underWay.markChanged(campaign);
    wake.release();
  }

  private void onRules() {
    rulesChanged.set(true);
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
      finished.writeDown();
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
      finished.writeDown(attempt, result);
    }
    underWay.load();
    rememberCalls();
    return open.size();
  }

  private void rememberCalls() {
    Instant now = clock.instant();
    Instant since = now.minus(rules.contacts().gap()).minus(Duration.ofMinutes(1));
    for (AttemptTable.PastCall call :
        store.read(handle -> AttemptTable.since(handle, since)).await()) {
      pacer.remember(call.campaign(), call.number(), call.end());
      if (call.start().isAfter(now.minusSeconds(60))) {
        pacer.rememberStart(call.campaign(), call.start());
      }
    }
  }

  /// Goes by what the owner has set for all campaigns since the last turn.
  private void takeRules() {
    if (!rulesChanged.getAndSet(false)) {
      return;
    }
    pacer.leaveAlone(rules.contacts().gap());
    rememberCalls();
    underWay.readmit();
    underWay.all().forEach(one -> supply.offerAgain(one, List.of()));
  }

  /// Writes into the logs of campaigns that they go slower because calls fail, or faster again.
  private void tellOfPace() {
    for (CampaignId id : pacer.takeRepaced()) {
      Optional<Integer> slowed = pacer.slowedTo(id);
      log.atWarn()
          .addKeyValue("campaign", id)
          .addKeyValue("callsPerMinute", slowed.map(String::valueOf).orElse("as ordered"))
          .log("the pace follows how many calls fail");
      underWay.note(
          id,
          slowed
              .map(limit -> "too many calls fail, " + limit + " a minute from now on")
              .orElse("calls go through again, as fast as ordered from now on"));
    }
  }

  /// Does everything that is due now.
  ///
  /// @return when the next thing is due, if that is known
  Optional<Instant> turn() {
    underWay.reloadChanged();
    takeRules();
    finished.writeDown();
    tellOfPace();
    funds.resume();
    boolean more = prepareOne();
    speakAhead();
    takeSpoken();
    supply.feed();
    supply.wakeDue();
    moveByTheClock();
    funds.ask();
    Optional<Instant> next = dial();
    standings.refresh();
    return more || !finished.isEmpty() ? Optional.of(clock.instant()) : next;
  }

  /// Writes down some recipients of the first campaign that needs it.
  ///
  /// @return whether there is more of it
  private boolean prepareOne() {
    for (UnderWay one : underWay.all()) {
      CampaignTable.Stored stored = one.stored;
      if (stored.prepared() || !stored.state().isUnderWay()) {
        continue;
      }
      CampaignTable.Stored after =
          store
              .write(handle -> {
                RecipientPreparation.prepareSome(handle, stored.campaignNo());
                return CampaignTable.find(handle, stored.id()).orElseThrow();
              })
              .await();
      underWay.take(after);
      campaigns.tellProgress(stored.id());
      return true;
    }
    return false;
  }

  /// Has what the next recipients will hear made ready.
  private void speakAhead() {
    for (UnderWay one : underWay.all()) {
      CampaignState state = one.stored.state();
      boolean goesOn = state == CampaignState.RUNNING || state == CampaignState.SCHEDULED;
      if (goesOn) {
        prompts.speak(one.stored, one.cursor);
      }
    }
  }

  /// Takes note of what is ready, and pauses campaigns for which the voice does not speak.
  private void takeSpoken() {
    for (CampaignId mute : prompts.take()) {
      log.atWarn().addKeyValue("campaign", mute).log(CampaignsUnderWay.MUTE);
      underWay.move(mute, CampaignState.RUNNING, CampaignState.PAUSED, CampaignsUnderWay.MUTE);
    }
  }

  /// Opens, completes and ends campaigns, and forgets those that are over.
  private void moveByTheClock() {
    for (UnderWay one : underWay.all()) {
      CampaignTable.Stored stored = one.stored;
      CampaignId id = stored.id();
      if (stored.state().isOver()) {
        if (pacer.active(id) == 0) {
          underWay.drop(id);
          prompts.forget(id);
        }
        continue;
      }
      Instant now = clock.instant();
      Timetable timetable = rules.timetable(stored.order().schedule());
      if (stored.state() == CampaignState.SCHEDULED && timetable.isOpen(now)) {
        underWay.move(id, CampaignState.SCHEDULED, CampaignState.RUNNING, "the window has opened");
        // A voice that did not speak before matters from now on.
        prompts.speakSoon(id);
      } else if (stored.state() == CampaignState.RUNNING
          && stored.prepared()
          && pacer.isThrough(id)) {
        underWay.move(
            id, CampaignState.RUNNING, CampaignState.COMPLETED, "everyone has his result");
      } else if (pacer.active(id) == 0 && timetable.opens(now).isEmpty()) {
        underWay.move(id, stored.state(), CampaignState.EXPIRED_SCHEDULE, "no window is left");
      }
    }
  }

  /// Begins the attempts that may begin now.
  ///
  /// @return when the next one may, if that is known
  private Optional<Instant> dial() {
    Map<CallId, Pacer.Step.Dial> picked = new LinkedHashMap<>();
    Optional<Instant> rest = Optional.empty();
    while (picked.size() < MOST_STARTS_OF_A_TURN) {
      supply.feed();
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
    starts.open(picked);
    return picked.size() < MOST_STARTS_OF_A_TURN ? rest : Optional.of(clock.instant());
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
