package kz.qonyrau.campaigns;

import java.time.Duration;
import java.util.OptionalInt;

/// How often one number is called, over all campaigns of this box.
///
/// Every call that was dialled counts, answered or not. Days begin at midnight in Astana, weeks on
/// Monday and months on the first.
///
/// @param gap between two campaigns' calls to one number, 0 to 24 h (AC-CAL-09, P-32)
/// @param perDay most calls a day, 1 to 1000; empty for no limit
/// @param perWeek most calls a week, 1 to 1000; empty for no limit
/// @param perMonth most calls a month, 1 to 1000; empty for no limit
public record ContactRules(
    Duration gap, OptionalInt perDay, OptionalInt perWeek, OptionalInt perMonth) {

  /// Between two campaigns' calls to one number.
  public static final Duration LONGEST_GAP = Duration.ofHours(24);

  /// For each of the limits.
  public static final int MOST_CALLS = 1000;

  /// As long as the owner sets nothing else.
  public static final ContactRules USUAL =
      new ContactRules(
          Duration.ofMinutes(30), OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty());

  /// The same with 0 for no limit.
  ContactRules(Duration gap, int perDay, int perWeek, int perMonth) {
    this(gap, limit(perDay), limit(perWeek), limit(perMonth));
  }

  private static OptionalInt limit(int calls) {
    return calls == 0 ? OptionalInt.empty() : OptionalInt.of(calls);
  }

  /// @throws InvalidFieldException naming the field whose value is out of its range
  public ContactRules {
    if (gap.isNegative() || gap.compareTo(LONGEST_GAP) > 0) {
      throw new InvalidFieldException("gap", "The gap must be 0 min to 24 h.");
    }
    require("perDay", perDay);
    require("perWeek", perWeek);
    require("perMonth", perMonth);
    if (isAbove(perDay, perWeek) || isAbove(perDay, perMonth)) {
      throw new InvalidFieldException(
          "perDay", "More calls a day than a week or a month allows can never happen.");
    }
    if (isAbove(perWeek, perMonth)) {
      throw new InvalidFieldException(
          "perWeek", "More calls a week than a month allows can never happen.");
    }
  }

  private static void require(String field, OptionalInt calls) {
    if (calls.isPresent() && (calls.getAsInt() < 1 || calls.getAsInt() > MOST_CALLS)) {
      throw new InvalidFieldException(
          field, "The limit must be 1 to " + MOST_CALLS + " calls; leave it out for none.");
    }
  }

  private static boolean isAbove(OptionalInt shorter, OptionalInt longer) {
    return shorter.isPresent() && longer.isPresent() && shorter.getAsInt() > longer.getAsInt();
  }

  /// Whether numbers may be called as often as campaigns want.
  boolean areUnlimited() {
    return perDay.isEmpty() && perWeek.isEmpty() && perMonth.isEmpty();
  }
}
