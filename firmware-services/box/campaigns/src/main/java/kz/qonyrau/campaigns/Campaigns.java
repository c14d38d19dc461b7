package kz.qonyrau.campaigns;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import kz.qonyrau.store.Purge;
import kz.qonyrau.store.PurgeWitness;
import kz.qonyrau.store.Store;
import kz.qonyrau.vocabulary.CampaignId;
import kz.qonyrau.vocabulary.Tenge;
import org.jdbi.v3.core.Handle;

/// The customer's campaigns: drafts, estimates, start, pause, resume, cancel, and the log of it
/// all.
///
/// A wish is done when its future completes; the [Dialer] begins no attempt after that which it
/// forbids. Safe for use by several threads. Listeners are called on the store's or the dialer's
/// thread and must return at once.
public final class Campaigns {

  /// Messages shorter than this are lures to call back (AC-CAL-05).
  public static final Duration SHORTEST_MESSAGE = Duration.ofSeconds(2);

  /// Who did it, in the log, if nobody did.
  static final String SYSTEM = "system";

  private static final int FORGOTTEN_AT_ONCE = 1000;

  private final Store store;
  private final InstantSource clock;
  private final HouseRules rules;
  private final AnswerChecks answers;
  private final StartChecks checks;
  private final Estimates estimates;
  private final CampaignTemplates templates;
  private final KazakhNumbers numbers = new KazakhNumbers();
  private final List<Consumer<CampaignId>> listeners = new CopyOnWriteArrayList<>();
  private final List<Consumer<CampaignId>> orderListeners = new CopyOnWriteArrayList<>();

  /// The campaigns of a box.
  ///
  /// @param rules what the owner has set for all of them
  /// @param understanding what its speech models understand
  public Campaigns(
      Store store, InstantSource clock, HouseRules rules, Understanding understanding) {
    this.store = store;
    this.clock = clock;
    this.rules = rules;
    this.answers = new AnswerChecks(understanding);
    this.checks = new StartChecks(clock, rules, answers);
    this.estimates = new Estimates(clock, rules, checks);
    this.templates = new CampaignTemplates(store, clock);
  }

  /// What new campaigns are made after.
  public CampaignTemplates templates() {
    return templates;
  }

  /// The languages in which answers are expected and cannot be understood, because there is no
  /// speech model for them (AC-STT-05).
  public List<Locale> unheard(CampaignOrder order) {
    return answers.unheard(order);
  }

  /// What the speech models would not understand of the expected answers, to be told to whoever
  /// writes them. Languages without a model are left out; they stop the start.
  public List<PhraseFault> faults(CampaignOrder order) {
    return answers.faults(order);
  }

  /// Calls `listener` with the campaign whenever its state or its progress has changed.
  public void onChange(Consumer<CampaignId> listener) {
    listeners.add(listener);
  }

  /// As [#onChange], but for what people decided and not for the dialer's own doing.
  void onOrder(Consumer<CampaignId> listener) {
    orderListeners.add(listener);
  }

  private void tell(CampaignId campaign) {
    orderListeners.forEach(listener -> listener.accept(campaign));
    tellProgress(campaign);
  }

  void tellProgress(CampaignId campaign) {
    listeners.forEach(listener -> listener.accept(campaign));
  }

  /// Makes a draft. Repeating it with the same id returns the campaign as it is.
  ///
  /// @param id chosen by the caller and kept over repetitions
  /// @param by the person's login
  public Future<Campaign> create(CampaignId id, CampaignOrder order, String by) {
    return store
        .write(handle -> {
          if (CampaignTable.find(handle, id).isEmpty()) {
            CampaignTable.insert(handle, id, order, clock.instant(), by);
          }
          return campaign(handle, id).orElseThrow();
        })
        .onSuccess(_ -> tell(id));
  }

  /// A campaign as it stands now; empty if there is no such one.
  public Future<Optional<Campaign>> find(CampaignId id) {
    return store.read(handle -> campaign(handle, id));
  }

  private static Optional<Campaign> campaign(Handle handle, CampaignId id) {
    return CampaignTable.find(handle, id).map(stored -> stored.read(handle));
  }

  /// All campaigns, newest first.
  public Future<List<Campaign>> all() {
    return store.read(
        handle -> CampaignTable.all(handle).stream().map(stored -> stored.read(handle)).toList());
  }

  /// Every change of state, oldest first; empty if there is no such campaign.
  public Future<Optional<List<CampaignEvent>>> log(CampaignId id) {
    return store.read(handle ->
        CampaignTable.find(handle, id)
            .map(stored -> CampaignTable.log(handle, stored.campaignNo())));
  }

  /// A change of state of some campaign.
  ///
  /// @param number higher than that of every change before it
  public record NumberedEvent(long number, CampaignId campaign, CampaignEvent event) {}

  /// The changes of state of all campaigns behind one, oldest first, for whoever follows them.
  ///
  /// @param after 0 for the first ones
  /// @param size 1 to 1000
  public Future<List<NumberedEvent>> events(long after, int size) {
    return store.read(handle -> CampaignTable.events(handle, after, size));
  }

  /// The number of the newest change of state; 0 if there is none.
  public Future<Long> lastEvent() {
    return store.read(CampaignTable::lastEvent);
  }

  /// A page of those whom a started campaign was to reach, in the order of its lists; empty if
  /// there is no such campaign.
  ///
  /// @param state whom to show; empty for everybody
  /// @param search digits that the number contains, however they are written; blank for all
  /// @param page counted from 0
  /// @param size 1 to 1000
  public Future<Optional<Page<Recipient>>> recipients(
      CampaignId id, Optional<Recipient.State> state, String search, int page, int size) {
    Page.require(page, size);
    String digits = numbers.digitsOf(search);
    List<Recipient.State> states = state.map(List::of).orElse(List.of(Recipient.State.values()));
    return store.read(handle ->
        CampaignTable.find(handle, id)
            .map(stored -> {
              if (digits.isEmpty() && !search.isBlank()) {
                return new Page<>(0, List.of());
              }
              boolean over = stored.state().isOver();
              long no = stored.campaignNo();
              if (over && ForgottenPeople.haveGone(handle, no)) {
                return new Page<>(0, List.of());
              }
              return new Page<>(
                  digits.isEmpty()
                      ? stored.read(handle).amount(states)
                      : RecipientTable.count(handle, no, states, digits, over),
                  RecipientTable.page(
                      handle,
                      no,
                      states,
                      digits,
                      over,
                      rules.contacts().gap(),
                      clock.instant(),
                      (long) page * size,
                      size));
            }));
  }

  /// Those whom a campaign was to reach, behind a row and without their calls: for whoever reads
  /// them all, since a page costs the same wherever it begins. Empty behind the last, and if there
  /// is no such campaign.
  ///
  /// @param after 0 for the first ones
  /// @param size 1 to 1000
  public Future<List<ReachedRecipient>> reached(CampaignId id, int after, int size) {
    Page.require(after, size);
    return store.read(handle ->
        CampaignTable.find(handle, id)
            .map(stored ->
                RecipientTable.reached(
                    handle, stored.campaignNo(), stored.state().isOver(), after, size))
            .orElse(List.of()));
  }

  /// An order as JSON that holds all of it, to be taken away. Where an uploaded recording lies on
  /// this box is left out.
  public static String json(CampaignOrder order) {
    return OrderJson.toTakeAway(order);
  }

  /// Changes a draft.
  public Future<CampaignResult> change(CampaignId id, CampaignOrder order) {
    return act(
        id,
        EnumSet.of(CampaignState.DRAFT),
        (handle, stored) -> {
          CampaignTable.change(handle, stored.campaignNo(), order);
          return List.of();
        });
  }

  /// Deletes a draft. The result holds what it was.
  public Future<CampaignResult> delete(CampaignId id) {
    return store
        .write(handle -> {
          Optional<Campaign> present = campaign(handle, id);
          if (present.isEmpty()) {
            return new CampaignResult.NoSuchCampaign();
          }
          if (present.get().state() != CampaignState.DRAFT) {
            return new CampaignResult.WrongState(present.get().state());
          }
          CampaignTable.delete(handle, CampaignTable.find(handle, id).orElseThrow().campaignNo());
          return (CampaignResult) new CampaignResult.Done(present.get());
        })
        .onSuccess(_ -> tell(id));
  }

  /// What the campaign would reach, take and cost (AC-CMP-06); empty if there is no such campaign.
  ///
  /// @param message how long the message lasts, for a contact like most
  /// @param available to be spent now
  /// @param gate whether the box may dial now
  public Future<Optional<Estimate>> estimate(
      CampaignId id, Duration message, CallPricing pricing, Tenge available, GateState gate) {
    return store.read(handle ->
        CampaignTable.find(handle, id)
            .map(
                stored -> estimates.of(handle, stored.order(), message, pricing, available, gate)));
  }

  /// Why each contact on the lists of a started campaign is not being called; empty if there is no
  /// such campaign, or it is not started.
  ///
  /// @param standing of the campaign with the dialer
  public Future<Optional<Breakdown>> breakdown(CampaignId id, Standing standing) {
    // On the writer's thread: a reader would see by halves what commits while it reads.
    return store.write(handle ->
        CampaignTable.find(handle, id)
            .filter(stored -> stored.startedAt().isPresent())
            .map(stored -> Breakdowns.of(handle, stored, standing)));
  }

  /// Checks and starts a draft. Each recipient is written down before he is called.
  ///
  /// @param message how long the message lasts, for a contact like most
  public Future<CampaignResult> start(CampaignId id, String by, Duration message) {
    return act(
        id,
        EnumSet.of(CampaignState.DRAFT, CampaignState.READY),
        (handle, stored) -> {
          List<Blocker> blockers = checks.blockers(handle, stored.order(), message);
          if (!blockers.isEmpty()) {
            return blockers;
          }
          Instant now = clock.instant();
          long no = stored.campaignNo();
          if (stored.state() == CampaignState.DRAFT) {
            CampaignTable.move(handle, no, CampaignState.CHECKING, now, by, "start");
            CampaignTable.move(handle, no, CampaignState.READY, now, SYSTEM, "checked");
          }
          CampaignTable.move(handle, no, CampaignState.SCHEDULED, now, by, "start");
          return List.of();
        });
  }

  /// No attempt begins once the future has completed; calls under way go on.
  ///
  /// @param why at most 500 characters
  public Future<CampaignResult> pause(CampaignId id, String by, String why) {
    return act(
        id,
        EnumSet.of(CampaignState.SCHEDULED, CampaignState.RUNNING, CampaignState.SUSPENDED_FUNDS),
        (handle, stored) -> {
          CampaignTable.move(
              handle, stored.campaignNo(), CampaignState.PAUSED, clock.instant(), by, why);
          return List.of();
        });
  }

  /// Goes on with a campaign that is paused or waits for money, at the next chance its schedule
  /// leaves.
  ///
  /// @param why at most 500 characters
  public Future<CampaignResult> resume(CampaignId id, String by, String why) {
    return act(
        id,
        EnumSet.of(CampaignState.PAUSED, CampaignState.SUSPENDED_FUNDS),
        (handle, stored) -> {
          Instant now = clock.instant();
          Timetable schedule = rules.timetable(stored.order().schedule());
          if (schedule.opens(now).isEmpty()) {
            return List.of(Blocker.NO_WINDOW);
          }
          CampaignState next =
              schedule.isOpen(now) ? CampaignState.RUNNING : CampaignState.SCHEDULED;
          CampaignTable.move(handle, stored.campaignNo(), next, now, by, why);
          return List.of();
        });
  }

  /// Ends a campaign for good. Calls under way go on; whoever was not called never will be.
  ///
  /// @param why at most 500 characters
  public Future<CampaignResult> cancel(CampaignId id, String by, String why) {
    return act(
        id,
        EnumSet.of(
            CampaignState.SCHEDULED,
            CampaignState.RUNNING,
            CampaignState.PAUSED,
            CampaignState.SUSPENDED_FUNDS,
            CampaignState.SUSPENDED_ADMIN),
        (handle, stored) -> {
          CampaignTable.move(
              handle, stored.campaignNo(), CampaignState.CANCELLED, clock.instant(), by, why);
          return List.of();
        });
  }

  /// Suspends every campaign under way, because the account is (SH-SUS-07). Nothing is lost.
  ///
  /// @return those it concerned
  public Future<List<CampaignId>> suspendAll(String by, String why) {
    return moveAll(
        (_, stored) -> stored.state() != CampaignState.SUSPENDED_ADMIN,
        (_, _) -> CampaignState.SUSPENDED_ADMIN,
        by,
        why,
        clock.instant(),
        _ -> {});
  }

  /// Ends the suspension. A campaign whose window is open waits for a person's resume, one whose
  /// next window is still to come goes on with it, and one without any has expired (EX-SUS-2). What
  /// was paused before stays paused.
  ///
  /// @return those it concerned
  public Future<List<CampaignId>> liftSuspension(String by, String why) {
    return moveAll(
        (_, stored) -> stored.state() == CampaignState.SUSPENDED_ADMIN,
        (handle, stored) -> {
          Instant now = clock.instant();
          Timetable schedule = rules.timetable(stored.order().schedule());
          if (schedule.opens(now).isEmpty()) {
            return CampaignState.EXPIRED_SCHEDULE;
          }
          List<CampaignEvent> log = CampaignTable.log(handle, stored.campaignNo());
          boolean wasPaused =
              log.size() > 1 && log.get(log.size() - 2).state() == CampaignState.PAUSED;
          return wasPaused || schedule.isOpen(now) ? CampaignState.PAUSED : CampaignState.SCHEDULED;
        },
        by,
        why,
        clock.instant(),
        _ -> {});
  }

  /// Pauses every campaign that dials or would. Calls under way go on.
  ///
  /// @param at the moment that [#resumeAll] knows them by
  /// @param also what else stands or falls with it
  /// @return those it concerned
  public Future<List<CampaignId>> pauseAll(
      String by, String why, Instant at, Consumer<Handle> also) {
    return moveAll(
        (_, stored) ->
            switch (stored.state()) {
              case SCHEDULED, RUNNING, SUSPENDED_FUNDS -> true;
              case PAUSED, SUSPENDED_ADMIN -> false;
              case DRAFT, CHECKING, HELD, REJECTED, READY, COMPLETED, CANCELLED, EXPIRED_SCHEDULE ->
                  false;
            },
        (_, _) -> CampaignState.PAUSED,
        by,
        why,
        at,
        also);
  }

  /// Goes on with those campaigns that [#pauseAll] paused at that moment and that nobody moved
  /// since, as far as their schedules leave a chance.
  ///
  /// @param also what else stands or falls with it
  /// @return those it concerned
  public Future<List<CampaignId>> resumeAll(
      Instant pausedAt, String by, String why, Consumer<Handle> also) {
    Instant now = clock.instant();
    return moveAll(
        (handle, stored) ->
            stored.state() == CampaignState.PAUSED
                && rules.timetable(stored.order().schedule()).opens(now).isPresent()
                && CampaignTable.log(handle, stored.campaignNo())
                    .getLast()
                    .at()
                    .equals(Instant.ofEpochMilli(pausedAt.toEpochMilli())),
        (_, stored) ->
            rules.timetable(stored.order().schedule()).isOpen(now)
                ? CampaignState.RUNNING
                : CampaignState.SCHEDULED,
        by,
        why,
        now,
        also);
  }

  private interface Next {
    CampaignState of(Handle handle, CampaignTable.Stored stored);
  }

  private interface Which {
    boolean holds(Handle handle, CampaignTable.Stored stored);
  }

  private Future<List<CampaignId>> moveAll(
      Which which, Next next, String by, String why, Instant at, Consumer<Handle> also) {
    return store
        .write(handle -> {
          List<CampaignId> moved = new ArrayList<>();
          for (CampaignTable.Stored stored : CampaignTable.underWay(handle)) {
            if (which.holds(handle, stored)) {
              CampaignTable.move(handle, stored.campaignNo(), next.of(handle, stored), at, by, why);
              moved.add(stored.id());
            }
          }
          also.accept(handle);
          return List.copyOf(moved);
        })
        .onSuccess(moved -> moved.forEach(this::tell));
  }

  private interface Act {
    /// What is in the way; empty once it is done.
    List<Blocker> on(Handle handle, CampaignTable.Stored stored);
  }

  private Future<CampaignResult> act(CampaignId id, Set<CampaignState> from, Act act) {
    return store
        .write(handle -> {
          Optional<CampaignTable.Stored> stored = CampaignTable.find(handle, id);
          if (stored.isEmpty()) {
            return (CampaignResult) new CampaignResult.NoSuchCampaign();
          }
          if (!from.contains(stored.get().state())) {
            return new CampaignResult.WrongState(stored.get().state());
          }
          List<Blocker> blockers = act.on(handle, stored.get());
          return blockers.isEmpty()
              ? new CampaignResult.Done(campaign(handle, id).orElseThrow())
              : new CampaignResult.Blocked(blockers);
        })
        .onSuccess(result -> {
          if (result instanceof CampaignResult.Done) {
            tell(id);
          }
        });
  }

  /// Forgets whom campaigns were to reach that were over before a moment, in portions that let
  /// others write in between; how many of them there were, and what became of them, stays
  /// (SH-RET-01). Repeating it is safe.
  ///
  /// @return how many recipients
  public Future<Integer> forgetPeople(Instant before, PurgeWitness witness) {
    return Purge.inPortions(
        store, handle -> ForgottenPeople.forget(handle, before, FORGOTTEN_AT_ONCE), witness);
  }
}
