package kz.qonyrau.fleet;

import io.vertx.core.Future;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import kz.qonyrau.cases.CaseNews;
import kz.qonyrau.cases.Cases;
import kz.qonyrau.cases.Inquiries;
import kz.qonyrau.cases.InquiryNews;
import kz.qonyrau.cases.Promotions;
import kz.qonyrau.store.Store;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.vocabulary.OrganisationId;
import kz.qonyrau.wire.BookStatement;
import kz.qonyrau.wire.CaseReport;
import kz.qonyrau.wire.CommandAnswer;
import kz.qonyrau.wire.Direction;
import kz.qonyrau.wire.Envelope;
import kz.qonyrau.wire.Heartbeat;
import kz.qonyrau.wire.MalformedMessageException;
import kz.qonyrau.wire.Offline;
import kz.qonyrau.wire.ReportedWithdrawal;
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
  private final Mirror mirror;
  private final Books books;
  private final Commands commands;
  private final Cases cases;
  private final Inquiries inquiries;
  private final Promotions promotions;
  private final PromotionPapers papers;
  private final Admissions admissions;
  private final QuietHeartbeats quiet;
  private final InstantSource clock;
  private final Consumer<FleetEvent> listener;

  Intake(
      Store store,
      Wallets wallets,
      Mirror mirror,
      Books books,
      Commands commands,
      Cases cases,
      Inquiries inquiries,
      Promotions promotions,
      PromotionPapers papers,
      Admissions admissions,
      QuietHeartbeats quiet,
      InstantSource clock,
      Consumer<FleetEvent> listener) {
    this.store = store;
    this.wallets = wallets;
    this.mirror = mirror;
    this.books = books;
    this.commands = commands;
    this.cases = cases;
    this.inquiries = inquiries;
    this.promotions = promotions;
    this.papers = papers;
    this.admissions = admissions;
    this.quiet = quiet;
    this.clock = clock;
    this.listener = listener;
  }

  /// What became of a message.
  sealed interface Verdict {

    /// Stored for good, now or before: acknowledge it.
    record Stored(BoxId box, String msgId, Aftermath aftermath) implements Verdict {}

    /// A heartbeat: nothing to acknowledge. Says what the box has in force.
    record Beat(BoxId box, Heartbeat heartbeat) implements Verdict {}

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
    return admissions
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
        UsageReport report = UsageReport.parse(envelope.body());
        return once(envelope, facts, (handle, now) -> usage(handle, envelope, report, now));
      }
      if (topic.kind() == TopicKind.LEDGER && schema.equals(Schemas.LEDGER)) {
        BookStatement statement = BookStatement.parse(envelope.body());
        return once(
            envelope,
            facts,
            (handle, now) -> Applied.raised(books.take(handle, envelope, statement, now)));
      }
      if (topic.kind() == TopicKind.ACK && schema.equals(Schemas.ACK)) {
        CommandAnswer answer = CommandAnswer.parse(envelope.body());
        return once(
            envelope, facts, (handle, now) -> answer(handle, envelope.boxId(), answer, now));
      }
      if (topic.kind() == TopicKind.CASE && schema.equals(Schemas.CASE)) {
        return once(envelope, facts, ofCase(envelope, facts, CaseReport.parse(envelope.body())));
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

  /// What a message did beside being stored.
  ///
  /// @param documents whether there is something new to send to the box
  /// @param refused whether the box is refused from now on
  /// @param complaintsOf whose boxes have something new to know of complaints
  /// @param inquiries what it did for those who ask who called them
  /// @param promotions whether it withdrew the consent to a publication
  record Aftermath(
      boolean documents,
      boolean refused,
      Optional<OrganisationId> complaintsOf,
      Inquiries.Outcome inquiries,
      boolean promotions) {

    static final Aftermath NOTHING =
        new Aftermath(false, false, Optional.empty(), Inquiries.Outcome.NOTHING, false);

    static Aftermath of(boolean documents, boolean refused) {
      return new Aftermath(documents, refused, Optional.empty(), Inquiries.Outcome.NOTHING, false);
    }
  }

  /// Applies a message that was not applied before.
  private interface Applying {
    Applied apply(Handle handle, Instant now);
  }

  private record Applied(
      Optional<FleetEvent> event, Optional<TimelineEntry> alarm, Aftermath aftermath) {

    static final Applied NOTHING =
        new Applied(Optional.empty(), Optional.empty(), Aftermath.NOTHING);

    static Applied raised(Optional<TimelineEntry> alarm) {
      return new Applied(Optional.empty(), alarm, Aftermath.NOTHING);
    }
  }

  private Future<Verdict> once(Envelope envelope, KnownBox facts, Applying applying) {
    Instant now = clock.instant();
    return wallets
        .ready(envelope.boxId(), facts.organisation())
        .compose(_ ->
            store.write(handle ->
                switch (Messages.remember(handle, envelope, now)) {
                  case NEW -> applying.apply(handle, now);
                  case SAME -> Applied.NOTHING;
                  case FORKED -> Applied.raised(Messages.forked(handle, envelope, now));
                }))
        .map(applied -> {
          applied.event().ifPresent(listener);
          applied.alarm().ifPresent(alarm -> listener.accept(new FleetEvent.AlarmRaised(alarm)));
          return new Verdict.Stored(envelope.boxId(), envelope.msgId(), applied.aftermath());
        });
  }

  private Applied usage(Handle handle, Envelope envelope, UsageReport report, Instant now) {
    Mirror.Booked booked = mirror.book(handle, envelope, report, now);
    return new Applied(
        booked.fresh()
            ? Optional.of(new FleetEvent.UsageStored(envelope.boxId()))
            : Optional.empty(),
        booked.alarm(),
        Aftermath.of(booked.renewed(), false));
  }

  private Applied answer(Handle handle, BoxId box, CommandAnswer answer, Instant now) {
    boolean retired = commands.answered(handle, box, answer, now);
    return new Applied(
        Optional.of(new FleetEvent.BoxChanged(box)),
        Optional.empty(),
        Aftermath.of(false, retired));
  }

  private Applying ofCase(Envelope envelope, KnownBox facts, CaseReport report) {
    BoxId box = envelope.boxId();
    return switch (report.kind()) {
      case COMPLAINT, EVIDENCE -> {
        CaseNews news = cases.open(box, report);
        yield (handle, now) -> ofCase(handle, box, facts, news, now);
      }
      case CODE, ANSWER -> {
        InquiryNews news = inquiries.open(box, report);
        yield (handle, now) -> ofInquiry(handle, box, news, now);
      }
      case WITHDRAWAL -> {
        ReportedWithdrawal said = promotions.open(box, report);
        yield (handle, now) -> ofPromotion(handle, box, report.caseId(), said, now);
      }
    };
  }

  private Applied ofInquiry(Handle handle, BoxId box, InquiryNews news, Instant now) {
    Inquiries.Outcome outcome = inquiries.take(handle, box, news);
    return new Applied(
        Optional.empty(),
        outcome.unasked()
            ? Timeline.alarm(handle, box, "ANSWER_UNASKED", "it was never asked that", now)
            : Optional.empty(),
        new Aftermath(false, false, Optional.empty(), outcome, false));
  }

  private Applied ofPromotion(
      Handle handle, BoxId box, String id, ReportedWithdrawal said, Instant now) {
    PromotionPapers.Heard heard = papers.take(handle, box, id, said, now);
    return new Applied(
        Optional.empty(),
        heard.alarm(),
        new Aftermath(false, false, Optional.empty(), Inquiries.Outcome.NOTHING, heard.changed()));
  }

  private Applied ofCase(Handle handle, BoxId box, KnownBox facts, CaseNews news, Instant now) {
    return switch (cases.take(handle, box, facts.organisation(), news)) {
      case NOTED ->
          new Applied(
              Optional.empty(),
              Optional.empty(),
              new Aftermath(
                  false,
                  false,
                  Optional.of(facts.organisation()),
                  Inquiries.Outcome.NOTHING,
                  false));
      case KNOWN -> Applied.NOTHING;
      case UNKNOWN_CASE ->
          Applied.raised(
              Timeline.alarm(
                  handle, box, "CASE_UNKNOWN", "an answer to no complaint: " + news.caseId(), now));
      case FOREIGN_CASE ->
          Applied.raised(
              Timeline.alarm(
                  handle, box, "CASE_FOREIGN", "another customer's: " + news.caseId(), now));
    };
  }

  private Future<Verdict> beat(Envelope envelope, Heartbeat heartbeat) {
    BoxId box = envelope.boxId();
    Instant now = clock.instant();
    if (quiet.isQuiet(box, heartbeat, now)) {
      return Future.succeededFuture(new Verdict.Beat(box, heartbeat));
    }
    return store
        .write(handle -> Presence.beat(handle, box, heartbeat, now))
        .onSuccess(_ -> quiet.written(box, heartbeat, now))
        .map(alarm -> {
          alarm.ifPresent(raised -> listener.accept(new FleetEvent.AlarmRaised(raised)));
          listener.accept(new FleetEvent.BoxChanged(box));
          return new Verdict.Beat(box, heartbeat);
        });
  }

  private Future<Verdict> offline(BoxId box, Offline will) {
    Instant now = clock.instant();
    quiet.forget(box);
    return store
        .write(handle -> Presence.goOffline(handle, box, Optional.of(will.connection()), now))
        .map(changed -> {
          if (changed) {
            listener.accept(new FleetEvent.BoxChanged(box));
          }
          return new Verdict.Noted();
        });
  }

  // ---- what cannot be applied

  private Future<Verdict> park(
      Topic topic, Envelope envelope, byte[] bytes, String why, Optional<String> alarm) {
    BoxId box = envelope.boxId();
    Instant now = clock.instant();
    return store
        .write(handle -> {
          Messages.Remembered remembered = Messages.remember(handle, envelope, now);
          if (remembered != Messages.Remembered.NEW) {
            return remembered == Messages.Remembered.FORKED
                ? Messages.forked(handle, envelope, now)
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
          return new Verdict.Stored(box, envelope.msgId(), Aftermath.NOTHING);
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
