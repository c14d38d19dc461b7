package kz.qonyrau.fleet;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.wire.Heartbeat;
import kz.qonyrau.wire.Vitals;

/// Heartbeats that say nothing new. Each is a sign of life, and a book is no place for those: of an
/// idle box only every second one is written, so that a fleet at rest costs half.
///
/// It only remembers what this program has written, so with several of them a box may be written
/// more often, and never less.
final class QuietHeartbeats {

  private static final int PARTS_OF_THE_DISK = 100;

  private final Duration longest;
  private final Map<BoxId, Written> last = new ConcurrentHashMap<>();

  /// @param offlineAfter how long a box that is not written counts as online; half of it is how
  ///   long nothing is written
  QuietHeartbeats(Duration offlineAfter) {
    this.longest = offlineAfter.dividedBy(2);
  }

  private record Written(Heartbeat heartbeat, Instant at) {}

  /// Whether this one needs not be written.
  boolean isQuiet(BoxId box, Heartbeat heartbeat, Instant now) {
    Written written = last.get(box);
    return written != null
        && !now.isBefore(written.at())
        && now.isBefore(written.at().plus(longest))
        && written.heartbeat().equals(essence(heartbeat));
  }

  /// It was written.
  void written(BoxId box, Heartbeat heartbeat, Instant now) {
    last.put(box, new Written(essence(heartbeat), now));
  }

  /// The box is not there any more, so the next one is news.
  void forget(BoxId box) {
    last.remove(box);
  }

  /// Without what changes from one to the next by itself: how long the program runs, and the disk
  /// to less than a percent.
  private static Heartbeat essence(Heartbeat heartbeat) {
    Vitals vitals = heartbeat.vitals();
    long total = vitals.diskTotalBytes();
    return new Heartbeat(
        heartbeat.connection(),
        heartbeat.licenseVersion(),
        heartbeat.leaseVersion(),
        heartbeat.tariffVersion(),
        heartbeat.noticeVersion(),
        heartbeat.blocklistVersion(),
        heartbeat.blocksObeyed(),
        heartbeat.queryVersion(),
        heartbeat.promotionVersion(),
        heartbeat.sealingKey(),
        new Vitals(
            vitals.version(),
            Duration.ZERO,
            vitals.asterisk(),
            vitals.trunkReachable(),
            vitals.trunks(),
            vitals.activeCalls(),
            vitals.channelLimit(),
            vitals.callsPerMinute(),
            vitals.outboxDepth(),
            vitals.available(),
            vitals.held(),
            vitals.ledgerHead(),
            vitals.ledgerRows(),
            total == 0
                ? 0
                : Math.min(total, vitals.diskUsedBytes() / Math.max(1, total / PARTS_OF_THE_DISK)),
            total,
            vitals.alarms()));
  }
}
