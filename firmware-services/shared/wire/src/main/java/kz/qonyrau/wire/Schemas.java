package kz.qonyrau.wire;

/// Names of the body forms that this version speaks. A form is never changed once it has shipped; a
/// new one gets the next number, and a receiver parks what it does not know (PLT-25).
public final class Schemas {

  public static final String USAGE = "usage/1";
  public static final String HEARTBEAT = "heartbeat/1";

  /// The last will, on the heartbeat's topic.
  public static final String OFFLINE = "offline/1";

  public static final String LICENSE = "licence/1";
  public static final String LEASE = "lease/1";
  public static final String TARIFF = "tariff/1";
  public static final String NOTICE = "notice/1";
  public static final String BLOCKLIST = "blocklist/1";
  public static final String RECEIPT = "receipt/1";
  public static final String COMMAND = "command/1";

  /// A box's answer to a command.
  public static final String ACK = "ack/1";

  public static final String LEDGER = "ledger/1";

  /// What subscribers ask a box.
  public static final String QUERY = "query/1";

  /// Which of a box's recordings the provider publishes.
  public static final String PROMOTION = "promotion/1";

  /// What a box says of a complaint, to a subscriber's question, or of a published recording.
  public static final String CASE = "case/1";

  private Schemas() {}

  /// The kind of topic on which documents of a schema go.
  ///
  /// @throws IllegalArgumentException if it is of no kind
  public static TopicKind kindOf(String schema) {
    return TopicKind.ofLevel(schema.substring(0, Math.max(0, schema.indexOf('/'))))
        .orElseThrow(() -> new IllegalArgumentException("no topic is for schema " + schema));
  }

  /// The form in which this version reports facts of a kind: a box's outbox holds kinds, not forms.
  public static String current(TopicKind kind) {
    return kind.level() + "/1";
  }
}
