package kz.qonyrau.boxes;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.Stream;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.vocabulary.CallId;
import kz.qonyrau.vocabulary.CallOutcome;
import kz.qonyrau.vocabulary.CampaignId;
import kz.qonyrau.vocabulary.Tenge;
import kz.qonyrau.wire.BoxDocument;
import kz.qonyrau.wire.DocumentSigner;
import kz.qonyrau.wire.DocumentVerifier;
import kz.qonyrau.wire.Envelope;
import kz.qonyrau.wire.Heartbeat;
import kz.qonyrau.wire.MalformedMessageException;
import kz.qonyrau.wire.Offline;
import kz.qonyrau.wire.OpeningKey;
import kz.qonyrau.wire.RatedLine;
import kz.qonyrau.wire.Receipt;
import kz.qonyrau.wire.Schemas;
import kz.qonyrau.wire.SealingKey;
import kz.qonyrau.wire.SignedDocument;
import kz.qonyrau.wire.Topic;
import kz.qonyrau.wire.TopicKind;
import kz.qonyrau.wire.TrunkVitals;
import kz.qonyrau.wire.UsageReport;
import kz.qonyrau.wire.Vitals;

/// What a simulated box writes and reads: the only place that knows the forms of the wire.
final class Messages {

  private static final CallOutcome[] UNANSWERED = {
    CallOutcome.BUSY, CallOutcome.NO_ANSWER, CallOutcome.REJECTED, CallOutcome.UNREACHABLE
  };
  private static final BigDecimal PRICE = new BigDecimal("0.3000");
  private static final long TIYN_PER_SECOND = 30;
  private static final long CREDIT_TIYN = 100_000_000;

  private final BoxId box;
  private final DocumentSigner signer;
  private final DocumentVerifier provider;
  private final CampaignId campaign;
  private final Instant begun;

  /// What central seals with; nobody here reads what it says of complaints.
  private final SealingKey sealing = OpeningKey.random().sealing();

  Messages(Identity identity, Instant begun) {
    this.box = identity.id();
    this.signer = identity.signer();
    this.provider = identity.provider();
    this.campaign = new CampaignId(named("campaign/" + box));
    this.begun = begun;
  }

  private static String named(String name) {
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
  }

  // ---- upward

  /// The report of a call, some 6 in 10 of them answered. The call's id follows from box and
  /// number, so that no two runs report the same call.
  Report report(long seq, Instant at, SplittableRandom random) {
    return report(new CallId(named(box + "/" + seq)), seq, at, random);
  }

  private Report report(CallId call, long seq, Instant at, SplittableRandom random) {
    boolean answered = random.nextInt(10) < 6;
    long seconds = answered ? 5 + random.nextInt(115) : 0;
    Tenge amount = new Tenge(TIYN_PER_SECOND * seconds);
    UsageReport usage =
        new UsageReport(
            UsageReport.itemIdOf(call),
            call,
            campaign,
            answered ? CallOutcome.ANSWERED : UNANSWERED[random.nextInt(UNANSWERED.length)],
            at,
            Duration.ofSeconds(seconds),
            answered
                ? List.of(
                    new RatedLine("CALL_TIME", seconds, "SECOND", PRICE, amount, "simulated-1"))
                : List.of(),
            amount);
    return new Report(
        UsageReport.messageIdOf(usage.itemId()),
        seq,
        at,
        new String(usage.body(), StandardCharsets.UTF_8),
        amount.tiyn());
  }

  /// A report as the box sends it.
  byte[] usage(Report report) {
    return sealed(report.msgId, box, report, signer);
  }

  /// Another call under the id of a report.
  byte[] fork(Report known, SplittableRandom random) {
    Report other = report(randomCall(random), known.seq, known.at, random);
    return sealed(known.msgId, box, other, signer);
  }

  /// A report that nobody made, signed by a stranger.
  byte[] forged(DocumentSigner stranger, Instant at, SplittableRandom random) {
    Report none = report(randomCall(random), 1, at, random);
    return sealed(none.msgId, box, none, stranger);
  }

  /// A report that nobody made, in another box's name.
  byte[] inTheNameOf(BoxId other, Instant at, SplittableRandom random) {
    Report none = report(randomCall(random), 1, at, random);
    return sealed(none.msgId, other, none, signer);
  }

  private static byte[] sealed(String msgId, BoxId from, Report report, DocumentSigner by) {
    return Envelope.sign(msgId, from, report.seq, report.at, Schemas.USAGE, report.body, by)
        .bytes();
  }

  private static CallId randomCall(SplittableRandom random) {
    return new CallId(new UUID(random.nextLong(), random.nextLong()).toString());
  }

  /// A sign of life.
  ///
  /// @param versions of the documents in force; none is 0
  /// @param waiting reports without receipt
  /// @param spentTiyn by all reports of this run
  byte[] heartbeat(
      String connection, Map<TopicKind, Long> versions, long waiting, long spentTiyn, Instant now) {
    Vitals vitals =
        new Vitals(
            "0.1.0",
            Duration.between(begun, now),
            "READY",
            true,
            List.of(new TrunkVitals("t0000000a", "Carrier", "UP", 2, 30, 100)),
            3,
            30,
            60,
            waiting,
            new Tenge(CREDIT_TIYN - spentTiyn),
            Tenge.ZERO,
            "0".repeat(64),
            0,
            50_000_000_000L,
            100_000_000_000L,
            List.of());
    return unqueued(
        Schemas.HEARTBEAT,
        new Heartbeat(
                connection,
                versions.getOrDefault(TopicKind.LICENCE, 0L),
                versions.getOrDefault(TopicKind.LEASE, 0L),
                versions.getOrDefault(TopicKind.TARIFF, 0L),
                versions.getOrDefault(TopicKind.NOTICE, 0L),
                versions.getOrDefault(TopicKind.BLOCKLIST, 0L),
                true,
                versions.getOrDefault(TopicKind.QUERY, 0L),
                versions.getOrDefault(TopicKind.PROMOTION, 0L),
                sealing,
                vitals)
            .body(),
        now);
  }

  /// The last word of a connection, also its will.
  byte[] offline(String connection, Instant now) {
    return unqueued(Schemas.OFFLINE, new Offline(connection).body(), now);
  }

  private byte[] unqueued(String schema, String body, Instant now) {
    return Envelope.sign(UUID.randomUUID().toString(), box, 0, now, schema, body, signer).bytes();
  }

  String topic(TopicKind kind) {
    return topic(box, kind);
  }

  static String topic(BoxId whose, TopicKind kind) {
    return new Topic(whose, kind).text();
  }

  /// What a box listens to.
  List<String> subscriptions() {
    return Stream.concat(BoxDocument.kinds().stream(), Stream.of(TopicKind.RECEIPT))
        .map(this::topic)
        .toList();
  }

  // ---- downward

  /// What central said.
  sealed interface Heard {
    /// These reports are stored for good.
    record Acknowledged(List<String> msgIds) implements Heard {}

    /// A document that central signed for this box is in force from now on.
    record InForce(TopicKind kind, long version) implements Heard {}

    /// Not believed.
    record Strange(String why) implements Heard {}
  }

  /// Reads a message of the broker as a box must: nothing counts that central did not sign.
  Heard read(String topicText, byte[] bytes) {
    try {
      Topic topic = Topic.parse(topicText);
      Envelope envelope = Envelope.parse(bytes);
      if (!topic.box().equals(box) || !envelope.boxId().equals(box)) {
        return new Heard.Strange("another box's message");
      }
      if (!envelope.isSignedBy(provider)) {
        return new Heard.Strange("not signed by the provider");
      }
      return switch (topic.kind()) {
        case RECEIPT -> new Heard.Acknowledged(Receipt.parse(envelope.body()).msgIds());
        case LICENCE, LEASE, TARIFF, NOTICE, BLOCKLIST, QUERY, PROMOTION ->
            document(topic.kind(), envelope);
        case HEARTBEAT, USAGE, LEDGER, ANALYTICS, ALARM, AUDIT, CASE, ACK, POLICY, COMMAND ->
            new Heard.Strange("nobody asked for " + topic.kind().level());
      };
    } catch (MalformedMessageException malformed) {
      return new Heard.Strange(malformed.getMessage());
    }
  }

  private Heard document(TopicKind kind, Envelope envelope) {
    SignedDocument document = SignedDocument.parse(envelope.schema(), envelope.body());
    if (!document.isSignedBy(provider)) {
      return new Heard.Strange("a document that is not signed by the provider");
    }
    BoxDocument read = BoxDocument.parse(document);
    return read.boxId().equals(box)
        ? new Heard.InForce(kind, read.version())
        : new Heard.Strange("another box's document");
  }
}
