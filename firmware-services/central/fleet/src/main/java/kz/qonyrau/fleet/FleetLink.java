package kz.qonyrau.fleet;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import javax.net.ssl.SSLContext;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.wire.Direction;
import kz.qonyrau.wire.Topic;
import kz.qonyrau.wire.TopicKind;
import org.eclipse.paho.client.mqttv3.IMqttActionListener;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.IMqttToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Central's own line to the broker, which reads what all boxes publish. The subscriptions are
/// shared and durable: several nodes of central take turns at the messages, and what a node had not
/// acknowledged when it died goes to another.
///
/// One thread takes messages in batches, lets [Fleet#receive] store them, then sends one receipt
/// per box and only then acknowledges the batch to the broker. A crash at any moment therefore
/// leaves the messages with the broker or in the boxes' outboxes, and the fleet drops what it has
/// seen.
public final class FleetLink implements Downlink, AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(FleetLink.class);
  private static final String SHARE = "$share/" + Authority.CENTRAL + "/";
  private static final int QOS = 1;
  private static final int BATCH = 256;
  private static final int WAITING = 2_048;
  private static final int WINDOW = 4_096;
  private static final long PATIENCE_MS = TimeUnit.SECONDS.toMillis(20);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Fleet fleet;
  private final String server;
  private final String clientId;
  private final SSLContext tls;
  private final Thread thread;
  private final CountDownLatch firstConnection = new CountDownLatch(1);
  private final Map<BoxId, Boolean> warned = new ConcurrentHashMap<>();
  private final LongAdder taken = new LongAdder();
  private volatile boolean closing;
  private volatile @Nullable Connection connection;

  /// A line that is not up yet; see [#start].
  ///
  /// @param server the broker, `host:port`
  /// @param node this node's name among several at one broker, empty for one alone
  /// @param tls with a certificate whose common name is [Authority#CENTRAL]
  public FleetLink(Fleet fleet, String server, String node, SSLContext tls) {
    this.fleet = fleet;
    this.server = server;
    this.clientId = node.isEmpty() ? Authority.CENTRAL : Authority.NODE_PREFIX + node;
    this.tls = tls;
    this.thread = new Thread(this::run, "fleet-link");
    this.thread.setDaemon(true);
  }

  /// Starts the line and waits until it is up.
  ///
  /// @throws IllegalStateException if it is not up in time
  public void start(Duration longest) throws InterruptedException {
    thread.start();
    if (!firstConnection.await(longest.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new IllegalStateException("central cannot reach its own broker at " + server);
    }
  }

  /// Whether the line is up.
  public boolean isConnected() {
    return connection != null;
  }

  /// How many messages this node has taken and acknowledged to the broker since it started.
  public long taken() {
    return taken.sum();
  }

  @Override
  public Future<Void> publish(Topic topic, byte[] message) {
    Connection now = connection;
    if (now == null) {
      return Future.failedFuture("the broker is not connected");
    }
    Promise<Void> promise = Promise.promise();
    try {
      var _ =
          now.client.publish(
              topic.text(),
              message,
              QOS,
              topic.kind().retained(),
              null,
              new IMqttActionListener() {
                @Override
                public void onSuccess(IMqttToken token) {
                  promise.tryComplete();
                }

                @Override
                public void onFailure(IMqttToken token, Throwable failure) {
                  promise.tryFail(failure);
                }
              });
    } catch (MqttException failure) {
      promise.tryFail(failure);
    }
    return promise.future();
  }

  /// Ends the line. Blocks for at most some 10 s.
  @Override
  public void close() {
    closing = true;
    thread.interrupt();
    try {
      thread.join(Duration.ofSeconds(10));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private record Arrival(String topic, MqttMessage message) {}

  /// One connection, good until it is lost.
  private static final class Connection {
    final MqttAsyncClient client;
    final BlockingQueue<Arrival> waiting = new ArrayBlockingQueue<>(WAITING);
    volatile boolean lost;

    Connection(MqttAsyncClient client) {
      this.client = client;
    }

    void drop() {
      lost = true;
      try {
        client.disconnectForcibly(0, 500, false);
      } catch (MqttException _) {
        // It was not connected any more.
      }
      try {
        client.close(true);
      } catch (MqttException _) {
        // Nothing of it is kept on the disk.
      }
    }
  }

  private void run() {
    while (!closing) {
      Connection mine = null;
      try {
        mine = connect();
        connection = mine;
        firstConnection.countDown();
        log.atInfo().addKeyValue("broker", server).log("central is connected to the broker");
        serve(mine);
      } catch (InterruptedException _) {
        break;
      } catch (MqttException | RuntimeException | TimeoutException failure) {
        log.atWarn().setCause(failure).log("central's line to the broker starts over");
      } finally {
        connection = null;
        if (mine != null) {
          mine.drop();
        }
      }
      if (!closing && !rest()) {
        break;
      }
    }
  }

  private boolean rest() {
    try {
      // Woken by close() alone.
      var _ = new CountDownLatch(1).await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (InterruptedException _) {
      return false;
    }
  }

  private Connection connect() throws MqttException {
    var client = new MqttAsyncClient("ssl://" + server, clientId, new MemoryPersistence());
    var fresh = new Connection(client);
    try {
      client.setManualAcks(true);
      client.setCallback(
          new MqttCallback() {
            @Override
            public void connectionLost(Throwable cause) {
              fresh.lost = true;
            }

            @Override
            public void messageArrived(String topic, MqttMessage message) throws Exception {
              // Blocks when the store is behind; the broker then keeps the rest.
              while (!fresh.lost
                  && !fresh.waiting.offer(
                      new Arrival(topic, message), 200, TimeUnit.MILLISECONDS)) {
                Thread.onSpinWait();
              }
            }

            @Override
            public void deliveryComplete(IMqttDeliveryToken token) {}
          });
      var options = new MqttConnectOptions();
      options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
      options.setCleanSession(false);
      options.setAutomaticReconnect(false);
      options.setConnectionTimeout(15);
      options.setKeepAliveInterval(20);
      options.setMaxInflight(WINDOW);
      options.setSocketFactory(tls.getSocketFactory());
      options.setHttpsHostnameVerificationEnabled(true);
      client.connect(options).waitForCompletion(PATIENCE_MS);
      String[] filters =
          Arrays.stream(TopicKind.values())
              .filter(kind -> kind.direction() == Direction.UP)
              .map(kind -> SHARE + Topic.everyBox(kind))
              .toArray(String[]::new);
      int[] qos = new int[filters.length];
      Arrays.fill(qos, QOS);
      client.subscribe(filters, qos).waitForCompletion(PATIENCE_MS);
      return fresh;
    } catch (MqttException failure) {
      fresh.drop();
      throw failure;
    }
  }

  private void serve(Connection mine) throws InterruptedException, MqttException, TimeoutException {
    List<Arrival> batch = new ArrayList<>(BATCH);
    while (!closing && !mine.lost) {
      Arrival first = mine.waiting.poll(200, TimeUnit.MILLISECONDS);
      if (first == null) {
        continue;
      }
      batch.add(first);
      mine.waiting.drainTo(batch, BATCH - 1);
      take(mine, batch);
      batch.clear();
    }
  }

  private void take(Connection mine, List<Arrival> batch) throws MqttException, TimeoutException {
    List<Future<Optional<Fleet.Acknowledged>>> stored = new ArrayList<>(batch.size());
    for (Arrival arrival : batch) {
      stored.add(fleet.receive(arrival.topic(), arrival.message().getPayload()));
    }
    Map<BoxId, SequencedSet<String>> receipts = new LinkedHashMap<>();
    for (Future<Optional<Fleet.Acknowledged>> one : stored) {
      one.await(60, TimeUnit.SECONDS)
          .ifPresent(done ->
              receipts.computeIfAbsent(done.box(), _ -> new LinkedHashSet<>()).add(done.msgId()));
    }
    receipts.forEach((box, ids) ->
        fleet
            .acknowledge(box, ids)
            .onFailure(failure -> {
              if (warned.put(box, true) == null) {
                log.atWarn()
                    .addKeyValue("box", box)
                    .addKeyValue("why", failure.getMessage())
                    .log("a receipt did not go out; the box will send again");
              }
            }));
    for (Arrival arrival : batch) {
      mine.client.messageArrivedComplete(arrival.message().getId(), arrival.message().getQos());
      taken.increment();
    }
  }
}
