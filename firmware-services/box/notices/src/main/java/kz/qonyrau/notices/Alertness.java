package kz.qonyrau.notices;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import kz.qonyrau.vocabulary.Tenge;

/// How the rules by which an owner is warned stand (SH-BAL-18). Pure.
///
/// A rule tells once that the balance is below its amount, and is armed again when the balance is
/// at or above it. Thresholds that are crossed at once are one notice, since it says what is left
/// and not which of them was crossed. A threshold that is set above the balance tells at once, too:
/// it is not too late to know.
///
/// @param told by threshold, whether it has told
/// @param usualDay whether what is spent on a usual day is a threshold as well
/// @param usualDayTold whether that has told; false unless it is one
record Alertness(Map<Tenge, Boolean> told, boolean usualDay, boolean usualDayTold) {

  /// The balance is below a threshold; the amount is the balance.
  static final String BALANCE_LOW = "BALANCE_LOW";

  /// The balance is below what is spent on a usual day; the amount is the balance.
  static final String BALANCE_BELOW_DAY = "BALANCE_BELOW_DAY";

  Alertness {
    told = Map.copyOf(told);
    if (usualDayTold && !usualDay) {
      throw new IllegalArgumentException("a rule that is off has told something");
    }
  }

  /// What comes of a look at the balance.
  ///
  /// @param codes what is to be told now
  record Outcome(Alertness next, List<String> codes) {}

  /// Looks at the balance.
  Outcome look(Funds funds) {
    List<String> codes = new ArrayList<>();
    Map<Tenge, Boolean> next = new TreeMap<>();
    told.forEach((threshold, _) -> next.put(threshold, isBelow(funds, threshold)));
    if (next.entrySet().stream().anyMatch(each -> each.getValue() && !tells(each.getKey()))) {
      codes.add(BALANCE_LOW);
    }
    // A day of which nothing is known neither tells nor arms.
    boolean dayTold =
        usualDay && funds.usualDay().map(day -> isBelow(funds, day)).orElse(usualDayTold);
    if (dayTold && !usualDayTold) {
      codes.add(BALANCE_BELOW_DAY);
    }
    return new Outcome(new Alertness(next, usualDay, dayTold), List.copyOf(codes));
  }

  private static boolean isBelow(Funds funds, Tenge amount) {
    return funds.balance().compareTo(amount) < 0;
  }

  private boolean tells(Tenge threshold) {
    return told.getOrDefault(threshold, false);
  }

  /// The same rules as the owner wants them now. What stays remembers whether it has told.
  Alertness with(Warnings wanted) {
    return new Alertness(
        wanted.thresholds().stream().collect(Collectors.toMap(each -> each, this::tells)),
        wanted.usualDay(),
        wanted.usualDay() && usualDayTold);
  }

  /// What the owner wants.
  Warnings warnings() {
    return new Warnings(List.copyOf(told.keySet()), usualDay);
  }
}
