package kz.qonyrau.telephony.asterisk;

import java.time.Duration;

/// Tells an Asterisk that is dead from one that is busy, when it does not answer Pings in time.
/// Pure.
///
/// Two missed in a row are enough, unless it worked meanwhile: a process that hangs uses no
/// processor time, and one on a machine that is overloaded uses what it gets. To end that one would
/// take all its calls for nothing. One that works on and on without an answer is dead, too.
final class MissedPings {

  private static final int ENOUGH = 2;

  /// However busy it is.
  private static final int MOST = 10;

  /// Between two Pings, which are a second apart.
  private static final Duration WORKS = Duration.ofMillis(50);

  private int missed;
  private Duration worked = Duration.ZERO;

  /// It has answered.
  void answered() {
    missed = 0;
  }

  /// It has not.
  ///
  /// @param processorTime that it has used since its start
  /// @return whether it is to be taken for dead
  boolean missed(Duration processorTime) {
    boolean works = processorTime.minus(worked).compareTo(WORKS) >= 0;
    worked = processorTime;
    missed++;
    return missed >= MOST || (missed >= ENOUGH && !works);
  }
}
