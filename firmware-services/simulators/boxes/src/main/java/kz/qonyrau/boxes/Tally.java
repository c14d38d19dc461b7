package kz.qonyrau.boxes;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/// What a fleet has done so far, counted by all its boxes.
final class Tally {

  private static final int LONGEST_MS = 120_000;

  final LongAdder connecting = new LongAdder();
  final LongAdder connected = new LongAdder();
  final LongAdder connections = new LongAdder();
  final LongAdder failedConnections = new LongAdder();
  final LongAdder hangUps = new LongAdder();
  final LongAdder heartbeats = new LongAdder();
  final LongAdder documents = new LongAdder();
  final LongAdder strange = new LongAdder();
  final LongAdder reports = new LongAdder();
  final LongAdder published = new LongAdder();
  final LongAdder resent = new LongAdder();
  final LongAdder receipts = new LongAdder();
  final LongAdder acknowledged = new LongAdder();
  final LongAdder acknowledgedAgain = new LongAdder();

  private final Map<Misbehaviour, LongAdder> done = new EnumMap<>(Misbehaviour.class);
  private final AtomicLongArray waited = new AtomicLongArray(LONGEST_MS + 1);

  Tally() {
    for (Misbehaviour each : Misbehaviour.values()) {
      done.put(each, new LongAdder());
    }
  }

  void count(Misbehaviour what) {
    done.getOrDefault(what, new LongAdder()).increment();
  }

  /// How often each was done.
  Map<Misbehaviour, Long> misbehaviours() {
    Map<Misbehaviour, Long> counts = new EnumMap<>(Misbehaviour.class);
    done.forEach((what, times) -> counts.put(what, times.sum()));
    return counts;
  }

  /// Notes how long a report waited from when it was sent first to its receipt.
  void waited(long nanos) {
    waited.incrementAndGet((int) Math.min(LONGEST_MS, nanos / 1_000_000));
  }

  /// The waiting time that a share of the reports did not exceed, in milliseconds; 0 if there is
  /// none yet.
  long waitedMs(double share) {
    long all = 0;
    for (int ms = 0; ms <= LONGEST_MS; ms++) {
      all += waited.get(ms);
    }
    long seen = 0;
    for (int ms = 0; ms <= LONGEST_MS; ms++) {
      seen += waited.get(ms);
      if (seen > 0 && seen >= share * all) {
        return ms;
      }
    }
    return 0;
  }
}
