package kz.qonyrau.telephony.asterisk;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import kz.qonyrau.telephony.TrunkId;

/// Which trunk a call goes to: the cheapest that takes calls, has a free channel and was not tried;
/// then by the order that people set, then the one with the fewest calls. Pure.
final class TrunkChoice {

  private static final Comparator<Candidate> ORDER =
      Comparator.comparing(Candidate::price)
          .thenComparingInt(Candidate::place)
          .thenComparingInt(Candidate::calls)
          .thenComparing(candidate -> candidate.id().value());

  /// A trunk as the choice sees it.
  ///
  /// @param usable whether it takes calls at all
  record Candidate(TrunkId id, boolean usable, int calls, int limit, BigDecimal price, int place) {

    boolean hasRoom() {
      return usable && calls < limit;
    }
  }

  private TrunkChoice() {}

  static Optional<TrunkId> of(List<Candidate> candidates, Set<TrunkId> tried) {
    return candidates.stream()
        .filter(candidate -> candidate.hasRoom() && !tried.contains(candidate.id()))
        .min(ORDER)
        .map(Candidate::id);
  }
}
