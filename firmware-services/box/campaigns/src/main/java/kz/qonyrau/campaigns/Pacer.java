package kz.qonyrau.campaigns;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import kz.qonyrau.vocabulary.CampaignId;
import kz.qonyrau.vocabulary.Msisdn;
import org.jspecify.annotations.Nullable;

/// Decides who is called next, and says why nobody is. Pure: no thread, no clock, no disk.
///
/// An attempt may begin when its campaign runs and has an open window, a channel of the campaign
/// and of the box is free, neither the campaign nor the box has used up its minute, the number is
/// in no call, and no other campaign's call to it ended less than the gap ago (AC-CAL-01,
/// AC-CAL-09, AC-CMP-03). Campaigns take turns.
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
  /// @param running whether its state lets it dial
  record Paced(
      CampaignId id, Schedule schedule, int channels, int callsPerMinute, boolean running) {}

  private final Duration gap;
  private final Map<CampaignId, Lane> lanes = new LinkedHashMap<>();
  private final Map<Msisdn, InCall> inCall = new HashMap<>();
  private final Map<Msisdn, LastCall> lastCalls = new LinkedHashMap<>();
  private final ChannelTime channelTime = new ChannelTime();
  private RateLimit boxRate = new RateLimit(5000);
  private int turn;

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
    int active;
    boolean exhausted;
    @Nullable Instant nextDue;

    Lane(Paced paced) {
      this.paced = paced;
      this.rate = new RateLimit(paced.callsPerMinute());
    }
  }

  /// @param gap between two campaigns' calls to one number, P-32
  Pacer(Duration gap) {
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
  /// @param nextDue when the next of those who wait to be called again is due; empty if there is
  ///   nobody
  void offerAgain(CampaignId campaign, List<Candidate> candidates, Optional<Instant> nextDue) {
    Lane lane = lane(campaign);
    candidates.reversed().forEach(lane.waiting::addFirst);
    lane.nextDue = nextDue.orElse(null);
  }

  /// Whether somebody's pause is over, and there is room for him.
  boolean isDue(CampaignId campaign, Instant now) {
    Lane lane = lane(campaign);
    Instant due = lane.nextDue;
    return due != null
        && !due.isAfter(now)
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
      case GateState.Open(int channels, int callsPerMinute) -> {
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
    List<Lane> order = new ArrayList<>(lanes.values());
    for (int i = 0; i < order.size(); i++) {
      Lane lane = order.get((turn + i) % order.size());
      Hurdle hurdle = hurdle(lane, now);
      if (hurdle.reason == IdleReason.DIALING) {
        Candidate candidate = pick(lane, now);
        if (candidate != null) {
          turn = (turn + i + 1) % order.size();
          lane.active++;
          lane.rate.start(now);
          boxRate.start(now);
          inCall.put(candidate.number(), new InCall(lane.paced.id(), now));
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

  private void limit(int callsPerMinute) {
    if (callsPerMinute != boxRate.perMinute()) {
      boxRate = boxRate.changedTo(callsPerMinute);
    }
  }

  private record Hurdle(IdleReason reason, @Nullable Instant until) {}

  private static Hurdle hurdle(Lane lane, Instant now) {
    if (!lane.paced.running()) {
      return new Hurdle(IdleReason.PAUSED, null);
    }
    if (!lane.paced.schedule().isOpen(now)) {
      return new Hurdle(IdleReason.NO_WINDOW, lane.paced.schedule().opens(now).orElse(null));
    }
    if (lane.active >= lane.paced.channels()) {
      return new Hurdle(IdleReason.CHANNELS_BUSY, null);
    }
    Instant free = lane.rate.next(now);
    return free.isAfter(now)
        ? new Hurdle(IdleReason.RATE, free)
        : new Hurdle(IdleReason.DIALING, null);
  }

  /// Why a lane has nobody to call now.
  private static Hurdle resting(Lane lane) {
    Resting first = lane.resting.peek();
    Instant due = lane.nextDue;
    if (first != null && (due == null || first.until.isBefore(due))) {
      return new Hurdle(IdleReason.NUMBERS_RESTING, first.until);
    }
    return due == null
        ? new Hurdle(IdleReason.FINISHING, null)
        : new Hurdle(IdleReason.WAITING_TO_RETRY, due);
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
  void ended(CampaignId campaign, Candidate candidate, Instant at) {
    InCall call = release(campaign, candidate);
    if (call != null) {
      Duration taken = Duration.between(call.start(), at);
      channelTime.add(taken);
      Lane lane = lanes.get(campaign);
      if (lane != null) {
        lane.channelTime.add(taken);
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

  /// What can be begun in a minute. Campaigns that dial share the box alike; those that have nobody
  /// left to call, or no window, do not count.
  Capacity capacity(Instant now, GateState gate) {
    return switch (gate) {
      case GateState.Stopped _ -> Capacity.NONE;
      case GateState.Open(int channels, int callsPerMinute) -> {
        int box = channelTime.perMinute(channels, callsPerMinute);
        List<Lane> dialling = lanes.values().stream().filter(lane -> dials(lane, now)).toList();
        Map<CampaignId, Integer> shares = new HashMap<>();
        for (Lane lane : dialling) {
          int own =
              lane.channelTime.perMinute(
                  Math.min(channels, lane.paced.channels()), lane.paced.callsPerMinute());
          shares.put(lane.paced.id(), Math.min(own, box / dialling.size()));
        }
        yield new Capacity(box, shares);
      }
    };
  }

  private static boolean dials(Lane lane, Instant now) {
    return lane.paced.running()
        && lane.paced.schedule().isOpen(now)
        && !(lane.exhausted && lane.waiting.isEmpty());
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
    Hurdle hurdle = hurdle(lane, now);
    if (hurdle.reason == IdleReason.PAUSED || hurdle.reason == IdleReason.NO_WINDOW) {
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
    } else if (gate instanceof GateState.Open(int channels, var _) && inCall.size() >= channels) {
      hurdle = new Hurdle(IdleReason.CHANNELS_BUSY, null);
    } else if (hurdle.reason == IdleReason.DIALING && boxRate.next(now).isAfter(now)) {
      hurdle = new Hurdle(IdleReason.RATE, boxRate.next(now));
    }
    return new Idle(hurdle.reason, Optional.ofNullable(hurdle.until));
  }
}
