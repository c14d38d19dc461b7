package kz.qonyrau.campaigns;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import kz.qonyrau.vocabulary.CampaignId;
import kz.qonyrau.vocabulary.Msisdn;
import org.jspecify.annotations.Nullable;

/// Decides who is called next, and says why nobody is. Pure: no thread, no clock, no disk.
///
/// An attempt may begin when its campaign runs and has an open window, a channel of the campaign
/// and of the box is free, neither the campaign nor the box has used up its minute, the number is
/// in no call, and no other campaign's call to it ended less than the gap ago (AC-CAL-01,
/// AC-CAL-09, AC-CMP-03). Campaigns share what there is in the ratio of their weights; one that had
/// nobody to call has no claim to what it missed. One whose calls fail goes slower ([Breaker]).
///
/// Who is asked for and taken must be put back by [#ended] or [#withdrawn].
final class Pacer {

  /// Candidates that wait for their number are kept in memory; beyond this many the campaign waits
  /// as a whole.
  static final int MOST_RESTING = 10_000;

  /// What may be done next.
  sealed interface Step {

    /// Call this one; he counts as being called from here on.
    record Dial(CampaignId campaign, Candidate candidate) implements Step {}

    /// Nothing now. Ask again at `until`, or earlier when something has changed.
    record Rest(Optional<Instant> until) implements Step {}
  }

  /// A campaign as far as pacing goes.
  ///
  /// @param weight its share beside others, above 0
  /// @param records whether its calls are recorded
  /// @param running whether its state lets it dial
  record Paced(
      CampaignId id,
      Timetable timetable,
      int channels,
      int callsPerMinute,
      int weight,
      boolean records,
      boolean running) {}

  private Duration gap;
  private final Map<CampaignId, Lane> lanes = new LinkedHashMap<>();
  private final Map<Msisdn, InCall> inCall = new HashMap<>();
  private final Map<Msisdn, LastCall> lastCalls = new LinkedHashMap<>();
  private final ChannelTime channelTime = new ChannelTime();
  private RateLimit boxRate = new RateLimit(5000);
  private final Set<CampaignId> repaced = new LinkedHashSet<>();

  /// The share that the last pick had been due at; shares are numbered by calls per weight.
  private double reached;

  private record InCall(CampaignId campaign, Instant start) {}

  private record LastCall(CampaignId campaign, Instant end) {}

  private record Resting(Candidate candidate, Instant until) {}

  private static final class Lane {

    Paced paced;
    RateLimit rate;
    final Deque<Candidate> waiting = new ArrayDeque<>();
    final PriorityQueue<Resting> resting =
        new PriorityQueue<>(Comparator.comparing(Resting::until));
    final ChannelTime channelTime = new ChannelTime();
    final Breaker breaker = new Breaker();
    int active;

    /// Until where it has used up its share.
    double used;

    boolean exhausted;
    @Nullable NextDue nextDue;

    Lane(Paced paced) {
      this.paced = paced;
      this.rate = new RateLimit(paced.callsPerMinute());
    }

    boolean isSlowed() {
      return rate.perMinute() < paced.callsPerMinute();
    }
  }

  /// @param gap between two campaigns' calls to one number, P-32
  Pacer(Duration gap) {
    this.gap = gap;
  }

  /// Takes another gap from here on; calls that were forgotten because they mattered no more are to
  /// be given by [#remember] again.
  void leaveAlone(Duration gap) {
    this.gap = gap;
  }

  /// Takes a campaign in, or takes note of its change.
  void admit(Paced paced) {
    Lane lane = lanes.get(paced.id());
    if (lane == null) {
      lanes.put(paced.id(), new Lane(paced));
    } else {
      lane.paced = paced;
    }
  }

  /// Forgets a campaign that is over and has no call under way.
  void dismiss(CampaignId campaign) {
    lanes.remove(campaign);
  }

  /// Whether there is too little to choose from, and more may be offered.
  boolean isHungry(CampaignId campaign) {
    Lane lane = lane(campaign);
    return !lane.exhausted && lane.waiting.size() < 100 && lane.resting.size() < MOST_RESTING;
  }

  /// @param last whether nobody is left after these
  void offer(CampaignId campaign, List<Candidate> candidates, boolean last) {
    Lane lane = lane(campaign);
    lane.waiting.addAll(candidates);
    lane.exhausted = last;
  }

  /// Those whose pause is over; they come before whoever waits for his first call.
  ///
  /// @param nextDue when the next of those is due who wait for that; empty if there is nobody
  void offerAgain(CampaignId campaign, List<Candidate> candidates, Optional<NextDue> nextDue) {
    Lane lane = lane(campaign);
    candidates.reversed().forEach(lane.waiting::addFirst);
    lane.nextDue = nextDue.orElse(null);
  }

  /// Whether somebody's pause is over, and there is room for him.
  boolean isDue(CampaignId campaign, Instant now) {
    Lane lane = lane(campaign);
    NextDue due = lane.nextDue;
    return due != null
        && !due.at().isAfter(now)
        && lane.waiting.size() < 100
        && lane.resting.size() < MOST_RESTING;
  }

  private Lane lane(CampaignId campaign) {
    Lane lane = lanes.get(campaign);
    if (lane == null) {
      throw new IllegalArgumentException("no such campaign in the pacer: " + campaign);
    }
    return lane;
  }

  Step next(Instant now, GateState gate) {
    forgetOldCalls(now);
    switch (gate) {
      case GateState.Stopped _ -> {
        return new Step.Rest(Optional.empty());
      }
      case GateState.Open(int channels, int callsPerMinute, var _) -> {
        limit(callsPerMinute);
        if (inCall.size() >= channels) {
          return new Step.Rest(Optional.empty());
        }
      }
    }
    Instant boxFree = boxRate.next(now);
    if (boxFree.isAfter(now)) {
      return new Step.Rest(Optional.of(boxFree));
    }
    @Nullable Instant soonest = null;
    for (Lane lane : byShare()) {
      Hurdle hurdle = hurdle(lane, now, gate);
      if (hurdle.reason == IdleReason.DIALING) {
        Candidate candidate = pick(lane, now);
        if (candidate != null) {
          start(lane, candidate, now);
          return new Step.Dial(lane.paced.id(), candidate);
        }
        hurdle = resting(lane);
      }
      Instant until = hurdle.until;
      if (until != null && (soonest == null || until.isBefore(soonest))) {
        soonest = until;
      }
    }
    return new Step.Rest(Optional.ofNullable(soonest));
  }

  /// Whose turn it is first, first. Who had nobody to call stands where everybody else is.
  private List<Lane> byShare() {
    List<Lane> order = new ArrayList<>(lanes.values());
    order.sort(Comparator.comparingDouble(lane -> Math.max(reached, lane.used)));
    return order;
  }

  private void start(Lane lane, Candidate candidate, Instant now) {
    reached = Math.max(reached, lane.used);
    lane.used = reached + 1.0 / lane.paced.weight();
    lane.active++;
    lane.rate.start(now);
    boxRate.start(now);
    inCall.put(candidate.number(), new InCall(lane.paced.id(), now));
  }

  private void limit(int callsPerMinute) {
    if (callsPerMinute != boxRate.perMinute()) {
      boxRate = boxRate.changedTo(callsPerMinute);
    }
  }

  private record Hurdle(IdleReason reason, @Nullable Instant until) {}

  private static Hurdle hurdle(Lane lane, Instant now, GateState gate) {
    if (!lane.paced.running()) {
      return new Hurdle(IdleReason.PAUSED, null);
    }
    if (!lane.paced.timetable().isOpen(now)) {
      return new Hurdle(IdleReason.NO_WINDOW, lane.paced.timetable().opens(now).orElse(null));
    }
    if (lane.paced.records()
        && gate instanceof GateState.Open(var _, var _, boolean recording)
        && !recording) {
      return new Hurdle(IdleReason.STORAGE_FULL, null);
    }
    if (lane.active >= lane.paced.channels()) {
      return new Hurdle(IdleReason.CHANNELS_BUSY, null);
    }
    Instant free = lane.rate.next(now);
    if (!free.isAfter(now)) {
      return new Hurdle(IdleReason.DIALING, null);
    }
    return new Hurdle(lane.isSlowed() ? IdleReason.SLOWED : IdleReason.RATE, free);
  }

  /// Why a lane has nobody to call now.
  private static Hurdle resting(Lane lane) {
    Resting first = lane.resting.peek();
    NextDue due = lane.nextDue;
    if (first != null && (due == null || first.until.isBefore(due.at()))) {
      return new Hurdle(IdleReason.NUMBERS_RESTING, first.until);
    }
    if (due == null) {
      return new Hurdle(IdleReason.FINISHING, null);
    }
    return new Hurdle(
        due.capped() ? IdleReason.CAPS_REACHED : IdleReason.WAITING_TO_RETRY, due.at());
  }

  private @Nullable Candidate pick(Lane lane, Instant now) {
    while (!lane.resting.isEmpty() && !lane.resting.element().until.isAfter(now)) {
      lane.waiting.addFirst(lane.resting.remove().candidate);
    }
    while (!lane.waiting.isEmpty()) {
      Candidate candidate = lane.waiting.removeFirst();
      Instant free = freeAt(lane, candidate.number(), now);
      if (!free.isAfter(now)) {
        return candidate;
      }
      lane.resting.add(new Resting(candidate, free));
    }
    return null;
  }

  private Instant freeAt(Lane lane, Msisdn number, Instant now) {
    if (inCall.containsKey(number)) {
      // Nobody knows when that call ends.
      return now.plusSeconds(10);
    }
    LastCall last = lastCalls.get(number);
    if (last == null || last.campaign.equals(lane.paced.id())) {
      return now;
    }
    Instant free = last.end.plus(gap);
    return free.isAfter(now) ? free : now;
  }

  /// The call is over; the number rests for other campaigns from here on.
  ///
  /// @param failed whether it failed at the carrier or at the box
  void ended(CampaignId campaign, Candidate candidate, Instant at, boolean failed) {
    InCall call = release(campaign, candidate);
    if (call != null) {
      Duration taken = Duration.between(call.start(), at);
      channelTime.add(taken);
      Lane lane = lanes.get(campaign);
      if (lane != null) {
        lane.channelTime.add(taken);
        if (lane.breaker.add(failed)) {
          lane.rate = lane.rate.changedTo(lane.breaker.limit(lane.paced.callsPerMinute()));
          repaced.add(campaign);
        }
      }
    }
    remember(campaign, candidate.number(), at);
  }

  /// Nothing was dialled.
  ///
  /// @param again whether he waits for his call again
  void withdrawn(CampaignId campaign, Candidate candidate, boolean again) {
    var _ = release(campaign, candidate);
    Lane lane = lanes.get(campaign);
    if (again && lane != null) {
      lane.waiting.addFirst(candidate);
    }
  }

  /// Nothing was dialled, because the number must be left alone.
  ///
  /// @param other the same recipient with the number that he is to be called at instead; empty if
  ///   that is not due yet
  void redirected(CampaignId campaign, Candidate candidate, Optional<Candidate> other) {
    var _ = release(campaign, candidate);
    Lane lane = lanes.get(campaign);
    if (lane != null) {
      other.ifPresent(lane.waiting::addFirst);
    }
  }

  private @Nullable InCall release(CampaignId campaign, Candidate candidate) {
    InCall call = inCall.get(candidate.number());
    if (call == null || !call.campaign().equals(campaign)) {
      return null;
    }
    inCall.remove(candidate.number());
    Lane lane = lanes.get(campaign);
    if (lane != null) {
      lane.active--;
    }
    return call;
  }

  /// Takes note of a call from before a restart.
  void remember(CampaignId campaign, Msisdn number, Instant end) {
    lastCalls.remove(number);
    lastCalls.put(number, new LastCall(campaign, end));
  }

  /// Takes note of a start from before a restart, for the limits of the minute.
  void rememberStart(CampaignId campaign, Instant at) {
    boxRate.remember(at);
    Lane lane = lanes.get(campaign);
    if (lane != null) {
      lane.rate.remember(at);
    }
  }

  private void forgetOldCalls(Instant now) {
    Instant old = now.minus(gap);
    var calls = lastCalls.values().iterator();
    while (calls.hasNext() && !calls.next().end.isAfter(old)) {
      calls.remove();
    }
  }

  /// What can be begun in a minute. Campaigns that dial share the box in the ratio of their
  /// weights; those that have nobody left to call, or no window, do not count.
  Capacity capacity(Instant now, GateState gate) {
    return switch (gate) {
      case GateState.Stopped _ -> Capacity.NONE;
      case GateState.Open(int channels, int callsPerMinute, boolean recording) -> {
        int box = channelTime.perMinute(channels, callsPerMinute);
        List<Lane> dialling =
            lanes.values().stream()
                .filter(lane -> dials(lane, now) && (recording || !lane.paced.records()))
                .toList();
        int weights = dialling.stream().mapToInt(lane -> lane.paced.weight()).sum();
        Map<CampaignId, Integer> shares = new HashMap<>();
        for (Lane lane : dialling) {
          int own =
              lane.channelTime.perMinute(
                  Math.min(channels, lane.paced.channels()), lane.rate.perMinute());
          shares.put(
              lane.paced.id(), Math.min(own, (int) ((long) box * lane.paced.weight() / weights)));
        }
        yield new Capacity(box, shares);
      }
    };
  }

  /// The campaigns that go slower or faster since this was asked last.
  Set<CampaignId> takeRepaced() {
    Set<CampaignId> changed = Set.copyOf(repaced);
    repaced.clear();
    return changed;
  }

  /// How many calls a minute a campaign may begin because its calls fail; empty if they do not.
  Optional<Integer> slowedTo(CampaignId campaign) {
    Lane lane = lanes.get(campaign);
    return lane != null && lane.isSlowed() ? Optional.of(lane.rate.perMinute()) : Optional.empty();
  }

  private static boolean dials(Lane lane, Instant now) {
    return lane.paced.running()
        && lane.paced.timetable().isOpen(now)
        && !(lane.exhausted && lane.waiting.isEmpty());
  }

  /// How many who wait for a call are left alone for a while after another campaign's.
  int resting(CampaignId campaign) {
    Lane lane = lanes.get(campaign);
    return lane == null ? 0 : lane.resting.size();
  }

  /// Whether nobody is being called, and nobody who was offered waits for it.
  boolean isIdle(CampaignId campaign) {
    Lane lane = lanes.get(campaign);
    return lane == null || (lane.active == 0 && lane.waiting.isEmpty() && lane.resting.isEmpty());
  }

  int active(CampaignId campaign) {
    Lane lane = lanes.get(campaign);
    return lane == null ? 0 : lane.active;
  }

  /// Whether nobody of a campaign waits for a call, the first or another, or is being called, and
  /// nobody is left to be offered.
  boolean isThrough(CampaignId campaign) {
    Lane lane = lane(campaign);
    return lane.exhausted
        && lane.waiting.isEmpty()
        && lane.resting.isEmpty()
        && lane.nextDue == null
        && lane.active == 0;
  }

  /// Why a running campaign dials nothing now.
  Idle explain(CampaignId campaign, Instant now, GateState gate) {
    Lane lane = lanes.get(campaign);
    if (lane == null) {
      return Idle.because(IdleReason.NOT_STARTED);
    }
    Hurdle hurdle = hurdle(lane, now, gate);
    if (hurdle.reason == IdleReason.PAUSED
        || hurdle.reason == IdleReason.NO_WINDOW
        || hurdle.reason == IdleReason.STORAGE_FULL) {
      return new Idle(hurdle.reason, Optional.ofNullable(hurdle.until));
    }
    if (gate instanceof GateState.Stopped(IdleReason reason)) {
      return Idle.because(reason);
    }
    if (lane.waiting.isEmpty() && lane.exhausted) {
      hurdle =
          lane.active > 0 && lane.resting.isEmpty() && lane.nextDue == null
              ? new Hurdle(IdleReason.FINISHING, null)
              : resting(lane);
    } else if (gate instanceof GateState.Open(int channels, var _, var _)
        && inCall.size() >= channels) {
      hurdle = new Hurdle(IdleReason.CHANNELS_BUSY, null);
    } else if (hurdle.reason == IdleReason.DIALING && boxRate.next(now).isAfter(now)) {
      hurdle = new Hurdle(IdleReason.RATE, boxRate.next(now));
    }
    return new Idle(hurdle.reason, Optional.ofNullable(hurdle.until));
  }
}
