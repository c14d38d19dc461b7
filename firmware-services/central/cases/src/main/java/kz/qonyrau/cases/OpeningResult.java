package kz.qonyrau.cases;

import java.time.Instant;
import kz.qonyrau.vocabulary.Msisdn;

/// What became of a request of a subscriber. Only [Opened] and [Entered] have changed anything.
public sealed interface OpeningResult {

  /// It waits for a call from his number.
  ///
  /// @param token by which alone he finds it again
  /// @param code what he types in that call, six digits
  /// @param call which number he calls
  /// @param until when the code is over
  record Opened(String token, String code, Msisdn call, Instant until) implements OpeningResult {}

  /// Staff entered it, and it goes its way.
  record Entered(String id) implements OpeningResult {}

  /// The number that he saw was none of the provider's at that time.
  record NotOurs() implements OpeningResult {}

  /// No number can be called at the moment that would take a code.
  record NoLine() implements OpeningResult {}

  /// There were as many requests for this number today as there may be (AC-WHO-05).
  record TooMany() implements OpeningResult {}

  /// He was called later than now.
  record InTheFuture() implements OpeningResult {}

  /// He was called longer ago than call logs are kept.
  record TooLongAgo() implements OpeningResult {}
}
