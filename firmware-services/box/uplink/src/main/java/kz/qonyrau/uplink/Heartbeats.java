package kz.qonyrau.uplink;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import kz.qonyrau.wire.Heartbeat;
import kz.qonyrau.wire.TopicKind;
import kz.qonyrau.wire.Vitals;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells central now and then how the box is and which documents it holds. For the uplink's thread
/// only.
final class Heartbeats {

  private static final Logger log = LoggerFactory.getLogger(Heartbeats.class);
  private static final int PATIENCE_SECONDS = 5;

  private final Supplier<Future<Vitals>> vitals;
  private final Duration every;
  private final Due next = new Due();

  Heartbeats(Supplier<Future<Vitals>> vitals, Duration every) {
    this.vitals = vitals;
    this.every = every;
  }

  /// Lets the next one not wait for its time.
  void beatSoon() {
    next.atOnce();
  }

  /// @param connection one that is up
  void beatIfDue(BoxIdentity box, DocumentDesk documents, Connection connection)
      throws MqttException {
    if (!next.isNow()) {
      return;
    }
    next.in(every);
    Vitals measured;
    try {
      measured = vitals.get().await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (Exception failure) {
      log.atWarn().setCause(failure).log("no heartbeat: the box cannot say how it is");
      return;
    }
    connection.beat(box, heartbeat(box, documents, connection.id(), measured).body());
  }

  /// What is told.
  ///
  /// @param connection the connection's id
  static Heartbeat heartbeat(
      BoxIdentity box, DocumentDesk documents, String connection, Vitals vitals) {
    return new Heartbeat(
        connection,
        documents.version(TopicKind.LICENCE),
        documents.version(TopicKind.LEASE),
        documents.version(TopicKind.TARIFF),
        documents.version(TopicKind.NOTICE),
        documents.version(TopicKind.BLOCKLIST),
        documents.isActedOn(TopicKind.BLOCKLIST),
        documents.version(TopicKind.QUERY),
        documents.version(TopicKind.PROMOTION),
        box.opening().sealing(),
        vitals);
  }
}
