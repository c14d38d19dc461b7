package kz.qonyrau.campaigns;

/// Slows a campaign down whose calls fail at the carrier or at the box, and lets it go faster again
/// when they go through: more calls would fail the same way, and a carrier that chokes recovers
/// only if it is left alone. Pure.
///
/// What subscribers do, busy lines and unanswered calls, is no failure.
final class Breaker {

  /// Calls after which is looked how many failed, counted anew after each change.
  static final int LOOKS_AT = 20;

  private static final int TOO_MANY = 10;
  private static final int FEW = 2;

  /// However fast a campaign is, this many halvings bring it to the floor.
  private static final int SLOWEST = 8;

  private int halvings;
  private int known;
  private int failed;

  /// Takes note of a call that has ended.
  ///
  /// @return whether the campaign goes slower or faster from here on
  boolean add(boolean callFailed) {
    known++;
    failed += callFailed ? 1 : 0;
    if (failed >= TOO_MANY && halvings < SLOWEST) {
      return change(1);
    }
    if (known < LOOKS_AT) {
      return false;
    }
    if (failed <= FEW && halvings > 0) {
      return change(-1);
    }
    known = 0;
    failed = 0;
    return false;
  }

  private boolean change(int by) {
    halvings += by;
    known = 0;
    failed = 0;
    return true;
  }

  /// How many calls a minute the campaign may begin that was ordered to begin so many. Never less
  /// than every campaign is promised (AC-CAL-01).
  int limit(int callsPerMinute) {
    return Math.max(Math.min(Capacity.FLOOR, callsPerMinute), callsPerMinute >> halvings);
  }
}
