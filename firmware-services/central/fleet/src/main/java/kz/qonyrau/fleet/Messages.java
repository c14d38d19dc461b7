package kz.qonyrau.fleet;

import java.time.Instant;
import java.util.Optional;
import kz.qonyrau.wire.Envelope;
import org.jdbi.v3.core.Handle;

/// Which messages of boxes were taken before (PLT-07, EX-PLT-2). Every method runs in the caller's
/// transaction.
final class Messages {

  private Messages() {}

  /// Whether a message is new, the same again, or another one under a known id.
  enum Remembered {
    NEW,
    SAME,
    FORKED
  }

  static Remembered remember(Handle handle, Envelope envelope, Instant now) {
    String hash = Sha256.of(envelope.schema() + "\n" + envelope.body());
    Optional<String> before =
        handle
            .createQuery(
                "SELECT body_sha256 FROM fleet.message WHERE box_id = :box AND msg_id = :msg")
            .bind("box", envelope.boxId().value())
            .bind("msg", envelope.msgId())
            .mapTo(String.class)
            .findOne();
    if (before.isPresent()) {
      return before.get().equals(hash) ? Remembered.SAME : Remembered.FORKED;
    }
    handle
        .createUpdate(
            """
            INSERT INTO fleet.message (box_id, msg_id, seq, body_sha256, received_at_ms)
            VALUES (:box, :msg, :seq, :hash, :now)
            """)
        .bind("box", envelope.boxId().value())
        .bind("msg", envelope.msgId())
        .bind("seq", envelope.seq())
        .bind("hash", hash)
        .bind("now", now.toEpochMilli())
        .execute();
    return Remembered.NEW;
  }

  /// The alarm that another message came under a known id.
  static Optional<TimelineEntry> forked(Handle handle, Envelope envelope, Instant now) {
    return Timeline.alarm(
        handle,
        envelope.boxId(),
        "MESSAGE_FORKED",
        "message " + envelope.msgId() + " came again with another body; the first one counts",
        now);
  }
}
