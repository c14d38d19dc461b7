package kz.qonyrau.campaigns;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import kz.qonyrau.campaigns.AttemptResult.NotDialled;
import kz.qonyrau.testsupport.SteppedClock;
import kz.qonyrau.vocabulary.CallId;
import kz.qonyrau.vocabulary.CallOutcome;
import kz.qonyrau.vocabulary.CampaignId;
import kz.qonyrau.vocabulary.Msisdn;

/// Ends each call after a while with an outcome, both from its seed.
final class ScriptedDesk implements CallDesk {

  private final SteppedClock clock;
  Random random = new Random(1);
  final List<Attempt> attempts = new ArrayList<>();
  private final PriorityQueue<Call> calls = new PriorityQueue<>(Comparator.comparing(Call::end));
  final Map<CallId, AttemptResult> known = new HashMap<>();
  private final Set<Msisdn> inCall = new HashSet<>();
  int overlaps;
  final List<Prompt> asked = new ArrayList<>();
  Future<Boolean> ready = Future.succeededFuture(true);
  NotDialled stop = NotDialled.NO_FUNDS;
  boolean broke;
  boolean failing;

  /// How the calls to a number end, in turn; by chance where there is nothing.
  private final Map<Msisdn, Deque<AttemptResult>> script = new HashMap<>();

  private record Call(Attempt attempt, Instant end, Promise<AttemptResult> promise) {}

  ScriptedDesk(SteppedClock clock) {
    this.clock = clock;
  }

  /// Says how the next calls to a number end, in turn; those after them end by chance.
  void ends(String number, CallOutcome... outcomes) {
    ends(number, Stream.of(outcomes).map(ScriptedDesk::ending).toArray(AttemptResult[]::new));
  }

  /// As above; when they end is up to the desk.
  void ends(String number, AttemptResult... results) {
    script.put(new Msisdn(number), new ArrayDeque<>(List.of(results)));
  }

  /// A result that a script may name.
  static AttemptResult ending(CallOutcome outcome) {
    return AttemptResult.of(outcome, "scripted", Instant.EPOCH, false);
  }

  @Override
  public Future<Boolean> makeReady(Prompt prompt) {
    asked.add(prompt);
    return ready;
  }

  @Override
  public Future<AttemptResult> place(Attempt attempt) {
    if (failing) {
      throw new IllegalStateException("no line");
    }
    if (broke) {
      attempts.add(attempt);
      return Future.succeededFuture(AttemptResult.notDialled(stop, "no funds", clock.instant()));
    }
    attempts.add(attempt);
    if (!inCall.add(attempt.callee())) {
      overlaps++;
    }
    Promise<AttemptResult> promise = Promise.promise();
    calls.add(
        new Call(attempt, clock.instant().plusMillis(1_000 + random.nextInt(4_000)), promise));
    return promise.future();
  }

  @Override
  public Future<Optional<AttemptResult>> outcomeAfterRestart(CallId call) {
    return Future.succeededFuture(Optional.ofNullable(known.get(call)));
  }

  Optional<Instant> nextEnd() {
    return Optional.ofNullable(calls.peek()).map(Call::end);
  }

  void endDue() {
    ArrayDeque<Call> due = new ArrayDeque<>();
    while (!calls.isEmpty() && !calls.element().end.isAfter(clock.instant())) {
      due.add(calls.remove());
    }
    for (Call call : due) {
      inCall.remove(call.attempt.callee());
      call.promise.complete(ending(call));
    }
  }

  private AttemptResult ending(Call call) {
    AttemptResult next = script.getOrDefault(call.attempt.callee(), new ArrayDeque<>()).poll();
    if (next != null) {
      return AttemptResult.of(next.outcome(), next.cause(), clock.instant(), next.byMachine())
          .answered(next.answer());
    }
    CallOutcome[] outcomes = CallOutcome.values();
    return AttemptResult.of(
        outcomes[random.nextInt(outcomes.length)], "scripted", clock.instant(), false);
  }

  /// What a crash does to calls under way.
  void forgetCalls() {
    calls.clear();
    inCall.clear();
  }

  Map<CampaignId, Integer> active() {
    Map<CampaignId, Integer> active = new HashMap<>();
    calls.forEach(call -> active.merge(call.attempt.campaign(), 1, Integer::sum));
    return active;
  }

  List<String> numbers() {
    return attempts.stream().map(attempt -> attempt.callee().e164()).toList();
  }
}
