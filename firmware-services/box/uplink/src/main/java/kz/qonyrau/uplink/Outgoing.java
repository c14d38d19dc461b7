package kz.qonyrau.uplink;

import static kz.qonyrau.uplink.Patience.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import kz.qonyrau.store.Outbox;
import kz.qonyrau.store.QueuedMessage;
import kz.qonyrau.store.Store;
import kz.qonyrau.wire.Envelope;
import kz.qonyrau.wire.MalformedMessageException;
import kz.qonyrau.wire.Receipt;
import kz.qonyrau.wire.Schemas;
import kz.qonyrau.wire.TopicKind;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is on its way to central: the outbox, published in order.
///
/// A row leaves the outbox only when central's receipt names it; after a reconnection, or when a
/// receipt does not come in time, the row is sent again under the same message id, and central
/// drops what it knows.
///
/// For the uplink's thread only.
final class Outgoing {

  private static final Logger log = LoggerFactory.getLogger(Outgoing.class);
  private static final Duration LOOK = Duration.ofMillis(250);
  private static final Duration COUNT = Duration.ofSeconds(1);

  private final Store store;
  private final Outbox outbox;
  private final int window;
  private final Duration resendAfter;
  private final StatusBoard status;

  /// What has no receipt yet, by message id.
  private final Map<String, Sent> sent = new LinkedHashMap<>();

  private final Set<Long> unsendable = new HashSet<>();
  private long lastSeq;
  private final Due look = new Due();
  private final Due count = new Due();

  private record Sent(long seq, long nanos) {}

  /// @param window how many messages may be without receipt at once
  /// @param resendAfter how long to wait for a receipt before a message is sent again
  Outgoing(Store store, Outbox outbox, int window, Duration resendAfter, StatusBoard status) {
    this.store = store;
    this.outbox = outbox;
    this.window = window;
    this.resendAfter = resendAfter;
    this.status = status;
  }

  /// Sends everything again that has no receipt, from the oldest on: what the last connection took
  /// may be lost.
  void startOver() {
    sent.clear();
    lastSeq = 0;
    look.atOnce();
    count.atOnce();
  }

  /// Looks into the outbox now rather than within a quarter of a second.
  void lookSoon() {
    look.atOnce();
  }

  /// Sends what may be on its way, now and then.
  ///
  /// @param connection one that is up
  void sendIfDue(BoxIdentity box, Connection connection) throws MqttException, TimeoutException {
    if (look.isNow()) {
      look.in(LOOK);
      sendAgain(box, connection);
      sendNew(box, connection);
    }
  }

  private void sendNew(BoxIdentity box, Connection connection)
      throws MqttException, TimeoutException {
    int room = window - sent.size();
    if (room <= 0) {
      return;
    }
    long after = lastSeq;
    for (QueuedMessage message : await(store.read(handle -> outbox.next(handle, after, room)))) {
      lastSeq = message.seq();
      send(message, box, connection);
    }
  }

  private void sendAgain(BoxIdentity box, Connection connection)
      throws MqttException, TimeoutException {
    long late = System.nanoTime() - resendAfter.toNanos();
    List<Map.Entry<String, Sent>> overdue =
        sent.entrySet().stream().filter(entry -> entry.getValue().nanos() - late < 0).toList();
    for (Map.Entry<String, Sent> entry : overdue) {
      long seq = entry.getValue().seq();
      sent.remove(entry.getKey());
      for (QueuedMessage message : await(store.read(handle -> outbox.next(handle, seq - 1, 1)))) {
        if (message.seq() == seq) {
          send(message, box, connection);
        }
      }
    }
  }

  private void send(QueuedMessage message, BoxIdentity box, Connection connection)
      throws MqttException {
    if (unsendable.contains(message.seq())) {
      return;
    }
    Envelope envelope;
    TopicKind kind;
    try {
      kind =
          TopicKind.ofLevel(message.kind())
              .orElseThrow(() -> new MalformedMessageException("kind", "is not known"));
      envelope =
          Envelope.sign(
              message.id(),
              box.id(),
              message.seq(),
              message.at(),
              Schemas.current(kind),
              new String(message.body(), StandardCharsets.UTF_8),
              box.signer());
    } catch (MalformedMessageException malformed) {
      // It stays in the outbox for a person to look at; what follows it must still go out.
      unsendable.add(message.seq());
      log.atError()
          .addKeyValue("seq", message.seq())
          .addKeyValue("kind", message.kind())
          .addKeyValue("why", malformed.getMessage())
          .log("a message of this box cannot be sent");
      status.showFault("MESSAGE_UNSENDABLE");
      return;
    }
    sent.put(message.id(), new Sent(message.seq(), System.nanoTime()));
    connection.publish(kind, box, envelope);
  }

  /// Takes the rows out of the outbox that central has stored.
  ///
  /// @throws MalformedMessageException if it is no receipt that this version can read
  void receive(Envelope receipt) throws TimeoutException {
    if (!receipt.schema().equals(Schemas.RECEIPT)) {
      throw new MalformedMessageException("envelope.schema", "is not known here");
    }
    List<String> ids = Receipt.parse(receipt.body()).msgIds();
    int removed = await(store.write(handle -> outbox.acknowledge(handle, ids)));
    ids.forEach(sent::remove);
    lookSoon();
    status.showReceipt(removed);
  }

  /// Counts what waits, whether the line is up or not: while it is down, people want to know most.
  void countIfDue() throws TimeoutException {
    if (count.isNow()) {
      count.in(COUNT);
      status.showDepth(await(store.read(outbox::depth)));
    }
  }
}
