package kz.qonyrau.fleet;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Consumer;
import kz.qonyrau.store.Store;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.wire.Direction;
import kz.qonyrau.wire.Envelope;
import kz.qonyrau.wire.Heartbeat;
import kz.qonyrau.wire.MalformedMessageException;
import kz.qonyrau.wire.Offline;
import kz.qonyrau.wire.Schemas;
import kz.qonyrau.wire.Topic;
import kz.qonyrau.wire.TopicKind;
import kz.qonyrau.wire.UsageReport;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What central makes of a message from a box. Everything is stored before [Verdict.Stored] is
/// answered, and only that may be acknowledged to the box.
///
/// - What the box did not sign, or speaks in another's name, raises an alarm, changes nothing and
///   is **not** acknowledged: whoever sent it may not be the box, and a receipt would make the real
///   box forget a message that central never had.
/// - What the box signed but this version cannot apply is parked whole and acknowledged (PLT-25).
/// - What is known already is acknowledged again and changes nothing (PLT-07, EX-PLT-2). The same
///   message id with another body raises an alarm.
final class Intake {

  private static final Logger log = LoggerFactory.getLogger(Intake.class);

  private final Store store;
  private final Wallets wallets;
  private final KnownBoxes known;
  private final InstantSource clock;
  private final Consumer<FleetEvent> listener;

  Intake(
      Store store,
      Wallets wallets,
      KnownBoxes known,
      InstantSource clock,
      Consumer<FleetEvent> listener) {
    this.store = store;
    this.wallets = wallets;
    this.known = known;
    this.clock = clock;
    this.listener = listener;
  }

  /// What became of a message.
  sealed interface Verdict {

    /// Stored for good, now or before: acknowledge it.
    record Stored(BoxId box, String msgId) implements Verdict {}

    /// A heartbeat: nothing to acknowledge. Says what the box has in force.
    record Beat(BoxId box, long licenseVersion, long leaseVersion) implements Verdict {}

    /// A last will, or a late one: nothing to acknowledge.
    record Noted() implements Verdict {}

    /// Not believed; nothing has changed but an alarm.
    record Refused(String code) implements Verdict {}
  }

  /// Takes a message as it came from the broker. May be called from any thread.
  ///
  /// The future fails only if the database does; taking the message again is safe.
  Future<Verdict> receive(String topicText, byte[] bytes) {
    Topic topic;
    try {
      topic = Topic.parse(topicText);
    } catch (MalformedMessageException malformed) {
      log.atWarn().addKeyValue("why", malformed.why()).log("message on a strange topic ignored");
      return Future.succeededFuture(new Verdict.Refused("TOPIC_UNKNOWN"));
    }
    if (topic.kind().direction() != Direction.UP) {
      return Future.succeededFuture(new Verdict.Refused("TOPIC_UNKNOWN"));
    }
    return known
        .find(topic.box())
        .compose(facts -> {
          if (facts.isEmpty()) {
            log.atWarn().addKeyValue("box", topic.box()).log("message of an unknown box");
            return Future.succeededFuture(new Verdict.Refused("BOX_UNKNOWN"));
          }
          if (facts.get().revoked()) {
            return refuse(topic.box(), "BOX_REVOKED", "a refused box still sends");
          }
          return judge(topic, bytes, facts.get());
        });
  }

  private Future<Verdict> judge(Topic topic, byte[] bytes, KnownBox facts) {
    Envelope envelope;
    try {
      envelope = Envelope.parse(bytes);
    } catch (MalformedMessageException malformed) {
      return refuse(
          topic.box(), "MESSAGE_MALFORMED", topic.kind().level() + ": " + malformed.getMessage());
    }
    if (!envelope.boxId().equals(topic.box())) {
      return refuse(
          topic.box(), "FOREIGN_BOX_ID", "a message on its topic names box " + envelope.boxId());
    }
    if (!envelope.isSignedBy(facts.deviceKey())) {
      return refuse(
          topic.box(), "BAD_SIGNATURE", topic.kind().level() + " with a signature not its own");
    }
    try {
      String schema = envelope.schema();
      if (topic.kind() == TopicKind.USAGE && schema.equals(Schemas.USAGE)) {
        return usage(envelope, UsageReport.parse(envelope.body()), facts);
      }
      if (topic.kind() == TopicKind.HEARTBEAT && schema.equals(Schemas.HEARTBEAT)) {
        return beat(envelope, Heartbeat.parse(envelope.body()));
      }
      if (topic.kind() == TopicKind.HEARTBEAT && schema.equals(Schemas.OFFLINE)) {
        return offline(envelope.boxId(), Offline.parse(envelope.body()));
      }
      return park(topic, envelope, bytes, "schema not known here", Optional.empty());
    } catch (MalformedMessageException malformed) {
      return park(topic, envelope, bytes, malformed.getMessage(), Optional.of("BODY_MALFORMED"));
    }
  }

  // ---- usage

  private Future<Verdict> usage(Envelope envelope, UsageReport report, KnownBox facts) {
    BoxId box = envelope.boxId();
    Instant now = clock.instant();
    return wallets
        .ready(box, facts.organisationId())
        .compose(_ ->
            store.write(handle ->
                switch (remember(handle, envelope, now)) {
                  case NEW -> new Applied(apply(handle, envelope, report, now), Optional.empty());
                  case SAME -> new Applied(false, Optional.empty());
                  case FORKED -> new Applied(false, forked(handle, envelope, now));
                }))
        .map(applied -> {
          if (applied.fresh()) {
            listener.accept(new FleetEvent.UsageStored(box));
          }
          applied.alarm().ifPresent(alarm -> listener.accept(new FleetEvent.AlarmRaised(alarm)));
          return new Verdict.Stored(box, envelope.msgId());
        });
  }

  private record Applied(boolean fresh, Optional<TimelineEntry> alarm) {}

  private enum Remembered {
    NEW,
    SAME,
    FORKED
  }

  private static Remembered remember(Handle handle, Envelope envelope, Instant now) {
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

  private static Optional<TimelineEntry> forked(Handle handle, Envelope envelope, Instant now) {
    return Timeline.alarm(
        handle,
        envelope.boxId(),
        "MESSAGE_FORKED",
        "message " + envelope.msgId() + " came again with another body; the first one counts",
        now);
  }

  /// Books an item unless it is booked.
  private boolean apply(Handle handle, Envelope envelope, UsageReport report, Instant now) {
    BoxId box = envelope.boxId();
    boolean known =
        handle
            .createQuery(
                "SELECT msg_id FROM fleet.usage_item WHERE box_id = :box AND item_id = :item")
            .bind("box", box.value())
            .bind("item", report.itemId())
            .mapTo(String.class)
            .findOne()
            .isPresent();
    handle
        .createUpdate(
            """
            UPDATE fleet.box SET usage_messages = usage_messages + 1, used_tiyn = used_tiyn + :tiyn
            WHERE id = :box
            """)
        .bind("tiyn", known ? 0 : report.amount().tiyn())
        .bind("box", box.value())
        .execute();
    if (known) {
      return false;
    }
    handle
        .createUpdate(
            """
            INSERT INTO fleet.usage_item (
              box_id, item_id, msg_id, campaign_id, outcome, started_at_ms, answered_ms,
              amount_tiyn)
            VALUES (:box, :item, :msg, :campaign, :outcome, :started, :answered, :tiyn)
            """)
        .bind("box", box.value())
        .bind("item", report.itemId())
        .bind("msg", envelope.msgId())
        .bind("campaign", report.campaign().value())
        .bind("outcome", report.outcome().name())
        .bind("started", report.startedAt().toEpochMilli())
        .bind("answered", report.answered().toMillis())
        .bind("tiyn", report.amount().tiyn())
        .execute();
    count(handle, box, report, now);
    if (report.amount().isPositive()) {
      wallets.spend(handle, box, report.itemId(), report.amount());
    }
    return true;
  }

  private static void count(Handle handle, BoxId box, UsageReport report, Instant now) {
    // A box whose clock is wrong must not make hours that no chart will ever show.
    Instant at =
        Duration.between(report.startedAt(), now).abs().compareTo(Duration.ofDays(400)) > 0
            ? now
            : report.startedAt();
    long hour = at.truncatedTo(ChronoUnit.HOURS).toEpochMilli();
    int updated =
        handle
            .createUpdate(
                """
                UPDATE fleet.usage_hour SET attempts = attempts + 1,
                  answered_ms = answered_ms + :answered, amount_tiyn = amount_tiyn + :tiyn
                WHERE hour_ms = :hour AND box_id = :box AND outcome = :outcome
                """)
            .bind("answered", report.answered().toMillis())
            .bind("tiyn", report.amount().tiyn())
            .bind("hour", hour)
            .bind("box", box.value())
            .bind("outcome", report.outcome().name())
            .execute();
    if (updated == 0) {
      handle
          .createUpdate(
              """
              INSERT INTO fleet.usage_hour (
                hour_ms, box_id, outcome, attempts, answered_ms, amount_tiyn)
              VALUES (:hour, :box, :outcome, 1, :answered, :tiyn)
              """)
          .bind("hour", hour)
          .bind("box", box.value())
          .bind("outcome", report.outcome().name())
          .bind("answered", report.answered().toMillis())
          .bind("tiyn", report.amount().tiyn())
          .execute();
    }
  }

  // ---- heartbeats

  private Future<Verdict> beat(Envelope envelope, Heartbeat heartbeat) {
    BoxId box = envelope.boxId();
    Instant now = clock.instant();
    return store
        .write(handle -> {
          boolean wasOnline =
              handle
                  .createQuery("SELECT online FROM fleet.box WHERE id = :box")
                  .bind("box", box.value())
                  .mapTo(Boolean.class)
                  .one();
          handle
              .createUpdate(
                  """
                  UPDATE fleet.box SET online = true, connection_id = :connection,
                    last_seen_ms = :now, heartbeat = :body
                  WHERE id = :box
                  """)
              .bind("connection", heartbeat.connection())
              .bind("now", now.toEpochMilli())
              .bind("body", heartbeat.body())
              .bind("box", box.value())
              .execute();
          if (!wasOnline) {
            var _ =
                Timeline.add(
                    handle,
                    new TimelineEntry(
                        box,
                        now,
                        "ONLINE",
                        "version " + heartbeat.vitals().version(),
                        Optional.empty()));
          }
          return box;
        })
        .map(_ -> {
          listener.accept(new FleetEvent.BoxChanged(box));
          return new Verdict.Beat(box, heartbeat.licenseVersion(), heartbeat.leaseVersion());
        });
  }

  private Future<Verdict> offline(BoxId box, Offline will) {
    Instant now = clock.instant();
    return store
        .write(handle -> goOffline(handle, box, Optional.of(will.connection()), now))
        .map(changed -> {
          if (changed) {
            listener.accept(new FleetEvent.BoxChanged(box));
          }
          return new Verdict.Noted();
        });
  }

  /// Marks a box offline.
  ///
  /// @param connection whose end it is; the end of an older connection than the one in use is late
  ///   news
  static boolean goOffline(Handle handle, BoxId box, Optional<String> connection, Instant now) {
    int changed =
        handle
            .createUpdate(
                """
                UPDATE fleet.box SET online = false
                WHERE id = :box AND online = true AND (:any = 1 OR connection_id = :connection)
                """)
            .bind("box", box.value())
            .bind("any", connection.isEmpty() ? 1 : 0)
            .bind("connection", connection.orElse(""))
            .execute();
    if (changed > 0) {
      var _ =
          Timeline.add(
              handle,
              new TimelineEntry(
                  box,
                  now,
                  "OFFLINE",
                  connection.isPresent() ? "the connection ended" : "no heartbeat came",
                  Optional.empty()));
    }
    return changed > 0;
  }

  // ---- what cannot be applied

  private Future<Verdict> park(
      Topic topic, Envelope envelope, byte[] bytes, String why, Optional<String> alarm) {
    BoxId box = envelope.boxId();
    Instant now = clock.instant();
    return store
        .write(handle -> {
          Remembered remembered = remember(handle, envelope, now);
          if (remembered != Remembered.NEW) {
            return remembered == Remembered.FORKED
                ? forked(handle, envelope, now)
                : Optional.<TimelineEntry>empty();
          }
          handle
              .createUpdate(
                  """
                  INSERT INTO fleet.parked (
                    box_id, msg_id, kind, schema_name, envelope, why, received_at_ms)
                  VALUES (:box, :msg, :kind, :schema, :envelope, :why, :now)
                  """)
              .bind("box", box.value())
              .bind("msg", envelope.msgId())
              .bind("kind", topic.kind().level())
              .bind("schema", envelope.schema())
              .bind("envelope", bytes)
              .bind("why", why.length() > 500 ? why.substring(0, 500) : why)
              .bind("now", now.toEpochMilli())
              .execute();
          return Timeline.alarm(
              handle, box, alarm.orElse("MESSAGE_PARKED"), envelope.schema() + ": " + why, now);
        })
        .map(entry -> {
          entry.ifPresent(raised -> listener.accept(new FleetEvent.AlarmRaised(raised)));
          return new Verdict.Stored(box, envelope.msgId());
        });
  }

  private Future<Verdict> refuse(BoxId box, String code, String detail) {
    Instant now = clock.instant();
    return store
        .write(handle -> Timeline.alarm(handle, box, code, detail, now))
        .map(entry -> {
          entry.ifPresent(raised -> listener.accept(new FleetEvent.AlarmRaised(raised)));
          return new Verdict.Refused(code);
        });
  }
}
