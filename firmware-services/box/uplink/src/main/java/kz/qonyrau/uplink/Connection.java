package kz.qonyrau.uplink;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import kz.qonyrau.wire.BoxDocument;
import kz.qonyrau.wire.Envelope;
import kz.qonyrau.wire.Offline;
import kz.qonyrau.wire.Schemas;
import kz.qonyrau.wire.Topic;
import kz.qonyrau.wire.TopicKind;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The connection of an enrolled box to central: it is there, or it is tried again after a pause.
/// Knows since when the box is away, and whether central itself keeps it out.
///
/// For the uplink's thread only. What the library's threads notice comes back to it as an errand.
final class Connection {

  private static final Logger log = LoggerFactory.getLogger(Connection.class);

  /// Whoever was away for longer says how his book stands when he is back.
  private static final Duration LONG_AWAY = Duration.ofMinutes(1);

  private final UplinkSettings settings;
  private final InstantSource clock;
  private final StatusBoard status;
  private final Pauses pauses;
  private final Executor errands;
  private final BiConsumer<String, byte[]> arrivals;
  private @Nullable Broker broker;

  /// By it central tells the last will of an earlier connection from news of this one.
  private String id = "";

  private boolean refused;

  /// From when on the box has been away for long; none while it is not away.
  private @Nullable Due longAway;

  /// A connection that is not there yet.
  ///
  /// @param pauses shared with whoever else tries to reach central
  /// @param errands does something on the uplink's thread, and waits for room; called by threads of
  ///   the library
  /// @param arrivals takes topic and bytes of what central sends, on the uplink's thread
  Connection(
      UplinkSettings settings,
      InstantSource clock,
      StatusBoard status,
      Pauses pauses,
      Executor errands,
      BiConsumer<String, byte[]> arrivals) {
    this.settings = settings;
    this.clock = clock;
    this.status = status;
    this.pauses = pauses;
    this.errands = errands;
    this.arrivals = arrivals;
  }

  boolean isUp() {
    return broker != null;
  }

  /// What heartbeats call this connection by.
  String id() {
    return id;
  }

  /// Whether central, and nobody else, did not let this box in the last time it came.
  boolean isRefused() {
    return refused;
  }

  /// Connects if it is time to. Blocks for at most some 40 s.
  ///
  /// @return whether the connection is up now
  boolean connectIfDue(BoxIdentity box) {
    if (!pauses.areOver()) {
      return false;
    }
    String mine = UUID.randomUUID().toString();
    id = mine;
    try {
      broker =
          Broker.connect(
              settings.broker().orElse(box.brokerHost() + ":" + box.brokerPort()),
              box,
              settings.window(),
              new Topic(box.id(), TopicKind.HEARTBEAT),
              offline(box).bytes(),
              subscriptions(box),
              (topic, bytes) -> errands.execute(() -> arrivals.accept(topic, bytes)),
              () -> errands.execute(() -> lost(mine)));
    } catch (MqttException failure) {
      failed(failure);
      return false;
    }
    pauses.end();
    refused = false;
    return true;
  }

  private void failed(MqttException failure) {
    String fault = faultOf(failure);
    refused = isRefusal(failure);
    var _ = pauses.begin();
    if (!status.get().fault().equals(Optional.of(fault))) {
      log.atInfo()
          .addKeyValue("fault", fault)
          .addKeyValue("reason", failure.getReasonCode())
          .log("central cannot be reached");
    }
    status.show(
        status.state() == UplinkState.CONNECTING ? UplinkState.CONNECTING : UplinkState.OFFLINE,
        fault);
  }

  private static List<Topic> subscriptions(BoxIdentity box) {
    return Stream.concat(
            BoxDocument.kinds().stream(), Stream.of(TopicKind.RECEIPT, TopicKind.COMMAND))
        .map(kind -> new Topic(box.id(), kind))
        .toList();
  }

  private static String faultOf(MqttException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof javax.net.ssl.SSLException) {
        return "CERTIFICATE_REFUSED";
      }
    }
    return switch (failure.getReasonCode()) {
      case MqttException.REASON_CODE_NOT_AUTHORIZED,
          MqttException.REASON_CODE_FAILED_AUTHENTICATION,
          MqttException.REASON_CODE_INVALID_CLIENT_ID ->
          "CERTIFICATE_REFUSED";
      default -> "CENTRAL_UNREACHABLE";
    };
  }

  /// Whether whoever holds the provider's certificate said so; nobody else gets as far as to
  /// answer.
  private static boolean isRefusal(MqttException failure) {
    return switch (failure.getReasonCode()) {
      case MqttException.REASON_CODE_NOT_AUTHORIZED,
          MqttException.REASON_CODE_FAILED_AUTHENTICATION ->
          true;
      default -> false;
    };
  }

  /// Says that the box was away, and nobody knows for how long: the program did not run.
  void wasAwayForUnknownTime() {
    longAway = new Due();
  }

  /// Ends the time away, once the connection is up.
  ///
  /// @return whether the box was away for so long that central should hear how its book stands
  boolean endAbsence() {
    boolean wasLong = longAway != null && longAway.isNow();
    longAway = null;
    return wasLong;
  }

  private void lost(String which) {
    if (which.equals(id) && isUp()) {
      log.atInfo().log("connection to central lost");
      lose("CENTRAL_UNREACHABLE");
    }
  }

  /// Drops the connection, if there is one, and begins a pause.
  ///
  /// @param fault a code of what is wrong
  void lose(String fault) {
    Broker old = broker;
    broker = null;
    if (old != null) {
      old.drop();
    }
    if (longAway == null) {
      longAway = new Due();
      longAway.in(LONG_AWAY);
    }
    var _ = pauses.begin();
    if (status.state() != UplinkState.NOT_ENROLLED) {
      status.show(UplinkState.OFFLINE, fault);
    }
  }

  /// Says good-bye, if there is a connection, and ends it. Blocks for a few seconds at most.
  void leave(BoxIdentity box) {
    Broker old = broker;
    broker = null;
    if (old != null) {
      old.leave(new Topic(box.id(), TopicKind.HEARTBEAT), offline(box).bytes());
    }
  }

  /// Hands a message to the library. That it took it means nothing yet.
  ///
  /// @throws IllegalStateException if the connection is not up
  void publish(TopicKind kind, BoxIdentity box, Envelope envelope) throws MqttException {
    Broker now = broker;
    if (now == null) {
      throw new IllegalStateException("there is no connection to central");
    }
    now.publish(new Topic(box.id(), kind), envelope.bytes());
  }

  /// Publishes a heartbeat, which is not worth a place in the outbox: another one follows.
  ///
  /// @throws IllegalStateException if the connection is not up
  void beat(BoxIdentity box, String heartbeat) throws MqttException {
    publish(TopicKind.HEARTBEAT, box, unqueued(box, Schemas.HEARTBEAT, heartbeat));
  }

  private Envelope offline(BoxIdentity box) {
    return unqueued(box, Schemas.OFFLINE, new Offline(id).body());
  }

  private Envelope unqueued(BoxIdentity box, String schema, String body) {
    return Envelope.sign(
        UUID.randomUUID().toString(), box.id(), 0, clock.instant(), schema, body, box.signer());
  }
}
