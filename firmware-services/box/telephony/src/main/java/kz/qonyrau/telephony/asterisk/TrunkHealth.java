package kz.qonyrau.telephony.asterisk;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import kz.qonyrau.telephony.TrunkStanding.Quarantine;
import kz.qonyrau.telephony.TrunkStanding.Trouble;
import org.jspecify.annotations.Nullable;

/// Whether a trunk does what it is there for, by its last calls.
///
/// A trunk that keeps failing is left alone for a while, then gets one call; by that it comes back,
/// or is left alone for twice as long. A busy line, an unanswered phone and a wrong number are no
/// failures of a trunk. Pure: it is told what happens and when.
final class TrunkHealth {

  /// How many calls count.
  static final int REMEMBERED = 20;

  static final Duration FIRST_PAUSE = Duration.ofSeconds(30);
  static final Duration LONGEST_PAUSE = Duration.ofMinutes(15);

  /// So many are more than a few bad numbers of a list.
  static final int FAILURES_IN_A_ROW = 8;

  private static final int ENOUGH_TO_JUDGE = 10;
  private static final int LOSSES_IN_A_WHILE = 3;
  private static final Duration A_WHILE = Duration.ofMinutes(10);

  private final Deque<Boolean> last = new ArrayDeque<>();
  private final Deque<Instant> losses = new ArrayDeque<>();
  private int failuresInARow;
  private int pauses;
  private long quarantines;
  private @Nullable Quarantine quarantine;

  /// Of the last calls, the share that the trunk carried, in percent; 100 where there were none.
  int score() {
    return last.isEmpty()
        ? 100
        : (int) (100 * last.stream().filter(carried -> carried).count() / last.size());
  }

  /// How often it was left alone since the box came up.
  long quarantines() {
    return quarantines;
  }

  /// Set from the moment that the trunk is left alone until a call got through again.
  Optional<Quarantine> quarantine() {
    return Optional.ofNullable(quarantine);
  }

  /// Whether another call may go there now.
  ///
  /// @param underWay calls that are there already
  boolean admits(Instant now, int underWay) {
    return quarantine == null || (isProbing(now) && underWay == 0);
  }

  /// Whether the pause is over and one call has to show what the trunk is worth.
  boolean isProbing(Instant now) {
    return quarantine != null && !now.isBefore(quarantine.until());
  }

  /// A call got to the subscriber's network; says whether the trunk is back by that.
  boolean carried(Instant now) {
    remember(true);
    failuresInARow = 0;
    if (!isProbing(now)) {
      return false;
    }
    quarantine = null;
    pauses = 0;
    last.clear();
    losses.clear();
    return true;
  }

  /// A call failed by the trunk's fault; says whether the trunk is left alone by that.
  boolean failed(Instant now) {
    remember(false);
    failuresInARow++;
    if (quarantine != null) {
      return isProbing(now) && leaveAlone(now, Trouble.STILL_FAILING);
    }
    return (failuresInARow >= FAILURES_IN_A_ROW
            || (last.size() >= ENOUGH_TO_JUDGE && score() <= 50))
        && leaveAlone(now, Trouble.CALLS_FAIL);
  }

  /// OPTIONS are not answered any more.
  ///
  /// @return whether the trunk is left alone by that, longer than it does not answer
  boolean lost(Instant now) {
    losses.addLast(now);
    while (losses.getFirst().plus(A_WHILE).isBefore(now)) {
      losses.removeFirst();
    }
    return quarantine == null
        && losses.size() >= LOSSES_IN_A_WHILE
        && leaveAlone(now, Trouble.COMES_AND_GOES);
  }

  private void remember(boolean carried) {
    last.addLast(carried);
    if (last.size() > REMEMBERED) {
      last.removeFirst();
    }
  }

  private boolean leaveAlone(Instant now, Trouble why) {
    Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(pauses, 10));
    pauses++;
    quarantines++;
    failuresInARow = 0;
    quarantine =
        new Quarantine(now.plus(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE), why);
    return true;
  }
}
