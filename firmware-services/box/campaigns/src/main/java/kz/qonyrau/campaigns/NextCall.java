package kz.qonyrau.campaigns;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import kz.qonyrau.vocabulary.CallOutcome;
import kz.qonyrau.vocabulary.Msisdn;

/// When and at which of his numbers a recipient is called again (AC-CMP-07). Pure.
record NextCall(Instant at, Msisdn number) {

  /// What the policy says after his last call. A number that turned out not to exist is dialled no
  /// more.
  ///
  /// @param calls to him in this campaign, oldest first, the last one included
  /// @param numbers his, in their order
  /// @return empty if he has his final result
  static Optional<NextCall> after(
      AttemptResult last,
      List<PastAttempt> calls,
      List<Msisdn> numbers,
      RetryPolicy policy,
      Timetable timetable) {
    Map<RetryReason, Integer> before = new EnumMap<>(RetryReason.class);
    calls.forEach(call -> call.reason().ifPresent(one -> before.merge(one, 1, Integer::sum)));
    Msisdn dialled = calls.getLast().number();
    Msisdn next =
        policy.changesNumber(last)
            ? following(dialled, numbers, number -> exists(number, calls)).orElse(dialled)
            : dialled;
    if (last.outcome() == CallOutcome.INVALID_NUMBER && next.equals(dialled)) {
      return Optional.empty();
    }
    return policy
        .next(last, before, calls.size(), timetable)
        .flatMap(at -> {
          Instant rests = policy.rests(next, calls).orElse(at);
          return rests.isAfter(at) ? timetable.opens(rests) : Optional.of(at);
        })
        .map(at -> new NextCall(at, next));
  }

  /// Whether a number did not turn out not to exist.
  static boolean exists(Msisdn number, List<PastAttempt> calls) {
    return calls.stream()
        .noneMatch(
            call -> call.number().equals(number) && call.outcome() == CallOutcome.INVALID_NUMBER);
  }

  /// The next of some numbers behind one, round and round; that one comes last.
  static Optional<Msisdn> following(Msisdn one, List<Msisdn> numbers, Predicate<Msisdn> may) {
    int at = numbers.indexOf(one);
    return IntStream.rangeClosed(1, numbers.size())
        .mapToObj(step -> numbers.get((at + step) % numbers.size()))
        .filter(may)
        .findFirst();
  }
}
