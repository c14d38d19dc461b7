package kz.qonyrau.boxes;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.mqtt.MqttConnAckMessage;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttEncoder;
import io.netty.handler.codec.mqtt.MqttFixedHeader;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttMessageIdVariableHeader;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttPubAckMessage;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttVersion;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.ConnectOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// One MQTT 3.1.1 connection of a box, good until it ends: durable session, quality 1, a last will.
/// It belongs to one event loop and costs no thread.
///
/// It is Netty's codec on a Vert.x socket rather than a client library, because a box that
/// misbehaves must be able to hang up without a word and to send what no library would.
final class Line {

  private static final int LONGEST_MESSAGE = 1024 * 1024;
  private static final int KEEP_ALIVE_SECONDS = 20;
  private static final long PING_MS = 15_000;
  private static final long PATIENCE_MS = 30_000;
  private static final int MOST_PACKET_IDS = 65_535;

  /// Who wants to know.
  interface Ear {
    void heard(String topic, byte[] message);

    /// The connection is gone, whoever ended it. Told once, and only of a line that was opened.
    void ended();
  }

  /// What is to be opened.
  ///
  /// @param clientId the name in the certificate
  /// @param host of the broker
  /// @param willTopic where the broker publishes `will` when this connection is cut
  /// @param subscriptions none for a connection that only pings
  record Order(
      String clientId,
      ClientSSLOptions tls,
      String host,
      int port,
      String willTopic,
      String will,
      List<String> subscriptions) {}

  private final Vertx vertx;
  private final NetSocketInternal socket;
  private final Order order;
  private final Ear ear;
  private final Promise<Line> opened = Promise.promise();
  private final Map<Integer, Runnable> awaited = new HashMap<>(1);
  private int lastPacketId;
  private long pings = -1;
  private boolean unanswered;
  private boolean open;

  private Line(Vertx vertx, NetSocketInternal socket, Order order, Ear ear) {
    this.vertx = vertx;
    this.socket = socket;
    this.order = order;
    this.ear = ear;
  }

  /// Connects and subscribes. Call it on an event loop; everything is told on that one.
  static Future<Line> open(Vertx vertx, NetClient client, Order order, Ear ear) {
    return client
        .connect(
            new ConnectOptions()
                .setHost(order.host())
                .setPort(order.port())
                .setSsl(true)
                .setSslOptions(order.tls()))
        .compose(socket -> new Line(vertx, internal(socket), order, ear).begin());
  }

  private static NetSocketInternal internal(NetSocket socket) {
    return (NetSocketInternal) socket;
  }

  private Future<Line> begin() {
    ChannelPipeline pipeline = socket.channelHandlerContext().pipeline();
    pipeline.addBefore("handler", "mqttEncoder", MqttEncoder.INSTANCE);
    pipeline.addBefore("handler", "mqttDecoder", new MqttDecoder(LONGEST_MESSAGE));
    socket.messageHandler(this::arrived);
    socket.exceptionHandler(_ -> cut());
    socket.closeHandler(_ -> closed());
    pings = vertx.setTimer(PATIENCE_MS, _ -> cut());
    write(
        MqttMessageBuilders.connect()
            .protocolVersion(MqttVersion.MQTT_3_1_1)
            .clientId(order.clientId())
            .cleanSession(order.subscriptions().isEmpty())
            .keepAlive(KEEP_ALIVE_SECONDS)
            .willFlag(true)
            .willTopic(order.willTopic())
            .willMessage(order.will().getBytes(StandardCharsets.UTF_8))
            .willQoS(MqttQoS.AT_LEAST_ONCE)
            .willRetain(false)
            .build());
    return opened.future();
  }

  /// Hands a message to the broker with quality 1.
  void publish(String topic, byte[] message) {
    send(topic, message, nextPacketId());
  }

  /// The same.
  ///
  /// @param taken run when the broker says that it has it
  void publish(String topic, byte[] message, Runnable taken) {
    int packet = nextPacketId();
    awaited.put(packet, taken);
    send(topic, message, packet);
  }

  private void send(String topic, byte[] message, int packet) {
    write(
        MqttMessageBuilders.publish()
            .topicName(topic)
            .qos(MqttQoS.AT_LEAST_ONCE)
            .retained(false)
            .messageId(packet)
            .payload(Unpooled.wrappedBuffer(message))
            .build());
  }

  /// Says good-bye and ends.
  void leave() {
    write(bare(MqttMessageType.DISCONNECT));
    cut();
  }

  /// Ends without a word, as a cut cable does.
  void cut() {
    socket.close();
  }

  private void arrived(Object packet) {
    try {
      if (!(packet instanceof MqttMessage message) || message.decoderResult().isFailure()) {
        cut();
        return;
      }
      switch (message) {
        case MqttConnAckMessage answer -> connected(answer);
        case MqttPublishMessage publish -> published(publish);
        case MqttPubAckMessage taken -> taken(taken.variableHeader().messageId());
        default -> other(message.fixedHeader().messageType());
      }
    } finally {
      ReferenceCountUtil.release(packet);
    }
  }

  private void taken(int packet) {
    Runnable waiter = awaited.remove(packet);
    if (waiter != null) {
      waiter.run();
    }
  }

  private void other(MqttMessageType type) {
    if (type == MqttMessageType.SUBACK) {
      ready();
    } else if (type == MqttMessageType.PINGRESP) {
      unanswered = false;
    }
  }

  private void connected(MqttConnAckMessage answer) {
    if (answer.variableHeader().connectReturnCode() != MqttConnectReturnCode.CONNECTION_ACCEPTED) {
      opened.tryFail("the broker refuses: " + answer.variableHeader().connectReturnCode());
      cut();
    } else if (order.subscriptions().isEmpty()) {
      ready();
    } else {
      var subscribe = MqttMessageBuilders.subscribe().messageId(nextPacketId());
      for (String filter : order.subscriptions()) {
        subscribe.addSubscription(MqttQoS.AT_LEAST_ONCE, filter);
      }
      write(subscribe.build());
    }
  }

  private void ready() {
    if (open) {
      return;
    }
    open = true;
    vertx.cancelTimer(pings);
    pings = vertx.setPeriodic(PING_MS, _ -> ping());
    opened.tryComplete(this);
  }

  private void ping() {
    if (unanswered) {
      cut();
      return;
    }
    unanswered = true;
    write(bare(MqttMessageType.PINGREQ));
  }

  private void published(MqttPublishMessage publish) {
    ByteBuf payload = publish.payload();
    byte[] message = ByteBufUtil.getBytes(payload);
    if (publish.fixedHeader().qosLevel() == MqttQoS.AT_LEAST_ONCE) {
      write(
          new MqttPubAckMessage(
              new MqttFixedHeader(MqttMessageType.PUBACK, false, MqttQoS.AT_MOST_ONCE, false, 0),
              MqttMessageIdVariableHeader.from(publish.variableHeader().packetId())));
    }
    ear.heard(publish.variableHeader().topicName(), message);
  }

  private void closed() {
    vertx.cancelTimer(pings);
    opened.tryFail("the broker hung up");
    if (open) {
      ear.ended();
    }
  }

  private int nextPacketId() {
    lastPacketId = lastPacketId % MOST_PACKET_IDS + 1;
    return lastPacketId;
  }

  private static MqttMessage bare(MqttMessageType type) {
    return new MqttMessage(new MqttFixedHeader(type, false, MqttQoS.AT_MOST_ONCE, false, 0));
  }

  private void write(MqttMessage message) {
    // What fails ends the connection, and that is told.
    var _ = socket.writeMessage(message);
  }
}
