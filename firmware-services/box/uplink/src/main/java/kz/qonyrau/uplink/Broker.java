package kz.qonyrau.uplink;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import kz.qonyrau.wire.Topic;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/// One connection to the broker, good until it is lost; for the next one another is made. Messages
/// are kept in memory here: what must not be lost stands in the outbox.
final class Broker {

  private static final int CONNECTING_SECONDS = 30;
  private static final long PATIENCE_MS = TimeUnit.SECONDS.toMillis(20);
  private static final int QOS = 1;

  private final MqttAsyncClient client;

  private Broker(MqttAsyncClient client) {
    this.client = client;
  }

  /// Connects and subscribes. Blocks for at most some 40 s.
  ///
  /// @param server `host:port`
  /// @param window how many messages may be on their way at once
  /// @param will what the broker publishes when this connection is gone
  /// @param arrivals takes topic and bytes of what central sends; called on a thread of the
  ///   library; may block, and then nothing more arrives
  /// @param lost called once on a thread of the library
  static Broker connect(
      String server,
      BoxIdentity identity,
      int window,
      Topic willTopic,
      byte[] will,
      List<Topic> subscriptions,
      BiConsumer<String, byte[]> arrivals,
      Runnable lost)
      throws MqttException {
    var client =
        new MqttAsyncClient("ssl://" + server, identity.id().value(), new MemoryPersistence());
    try {
      client.setCallback(
          new MqttCallback() {
            @Override
            public void connectionLost(Throwable cause) {
              lost.run();
            }

            @Override
            public void messageArrived(String topic, MqttMessage message) {
              arrivals.accept(topic, message.getPayload());
            }

            @Override
            public void deliveryComplete(IMqttDeliveryToken token) {}
          });
      client
          .connect(options(identity, window, willTopic, will))
          .waitForCompletion(TimeUnit.SECONDS.toMillis(CONNECTING_SECONDS + 5));
      int[] qos = new int[subscriptions.size()];
      Arrays.fill(qos, QOS);
      client
          .subscribe(subscriptions.stream().map(Topic::text).toArray(String[]::new), qos)
          .waitForCompletion(PATIENCE_MS);
      return new Broker(client);
    } catch (MqttException failure) {
      new Broker(client).drop();
      throw failure;
    }
  }

  private static MqttConnectOptions options(
      BoxIdentity identity, int window, Topic willTopic, byte[] will) {
    var options = new MqttConnectOptions();
    options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
    options.setCleanSession(false);
    options.setAutomaticReconnect(false);
    // Where a whole fleet knocks, it takes a while until it is one's turn.
    options.setConnectionTimeout(CONNECTING_SECONDS);
    options.setKeepAliveInterval(20);
    // Room for a heartbeat or two beside the window.
    options.setMaxInflight(2 * window + 8);
    options.setSocketFactory(identity.tls().context(identity.authority()).getSocketFactory());
    options.setHttpsHostnameVerificationEnabled(true);
    options.setWill(willTopic.text(), will, QOS, false);
    return options;
  }

  /// Hands a message to the library. That it took it means nothing yet.
  void publish(Topic topic, byte[] bytes) throws MqttException {
    var _ = client.publish(topic.text(), bytes, QOS, false);
  }

  /// Publishes a last message and ends the connection in good order, within a few seconds.
  void leave(Topic topic, byte[] last) {
    try {
      client.publish(topic.text(), last, QOS, false).waitForCompletion(2_000);
      client.disconnect(1_000).waitForCompletion(3_000);
    } catch (MqttException _) {
      // The broker is gone; its keeping of the last will says the same.
    }
    drop();
  }

  /// Ends the connection at once.
  void drop() {
    try {
      client.disconnectForcibly(0, 500, false);
    } catch (MqttException _) {
      // It was not connected any more.
    }
    try {
      client.close(true);
    } catch (MqttException _) {
      // The library keeps nothing on the disk, so there is nothing left to close.
    }
  }
}
