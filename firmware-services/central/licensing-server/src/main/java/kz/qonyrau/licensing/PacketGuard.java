package kz.qonyrau.licensing;

import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttSubscribeMessage;
import io.netty.handler.codec.mqtt.MqttTopicSubscription;
import java.util.Optional;
import kz.qonyrau.fleet.Trespasses;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.wire.Direction;
import kz.qonyrau.wire.Envelope;
import kz.qonyrau.wire.MalformedMessageException;
import kz.qonyrau.wire.Topic;
import kz.qonyrau.wire.TopicKind;
import org.apache.activemq.artemis.core.protocol.mqtt.MQTTInterceptor;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks at every packet before the broker does; a peer that oversteps is disconnected.
///
/// [TopicRights] cannot see what this sees: that the client id is the certificate's, so that no box
/// can take over another's session; the topic of a last will, which the broker publishes in its own
/// name; the size, the quality and the retain flag of a message.
final class PacketGuard implements MQTTInterceptor {

  private static final Logger log = LoggerFactory.getLogger(PacketGuard.class);

  private final Trespasses trespasses;

  /// @param trespasses told of boxes that overstep
  PacketGuard(Trespasses trespasses) {
    this.trespasses = trespasses;
  }

  @Override
  public boolean intercept(MqttMessage packet, RemotingConnection connection) {
    Optional<PeerName> peer = PeerName.of(connection);
    if (peer.isEmpty()) {
      return refuse(Optional.empty(), "a peer without a name", packet);
    }
    return switch (packet) {
      case MqttConnectMessage connect -> mayConnect(peer.get(), connect);
      case MqttPublishMessage publish ->
          switch (peer.get()) {
            case PeerName.Central _ -> true;
            case PeerName.OfBox(BoxId box) -> mayPublish(box, publish);
          };
      case MqttSubscribeMessage subscribe ->
          switch (peer.get()) {
            case PeerName.Central _ -> true;
            case PeerName.OfBox(BoxId box) -> maySubscribe(box, subscribe);
          };
      default -> true;
    };
  }

  private boolean mayConnect(PeerName peer, MqttConnectMessage connect) {
    if (!peer.mayBe(connect.payload().clientIdentifier())) {
      return refuse(boxOf(peer), "a client id that is not the certificate's name", connect);
    }
    if (!connect.variableHeader().isWillFlag()) {
      return true;
    }
    byte[] will = connect.payload().willMessageInBytes();
    return switch (peer) {
      case PeerName.Central _ -> refuse(Optional.empty(), "central has no last will", connect);
      case PeerName.OfBox(BoxId box) ->
          (new Topic(box, TopicKind.HEARTBEAT).text().equals(connect.payload().willTopic())
                  && !connect.variableHeader().isWillRetain()
                  && will != null
                  && will.length <= Envelope.LIMIT_BYTES)
              || refuse(Optional.of(box), "a last will that is not its own", connect);
    };
  }

  private boolean mayPublish(BoxId box, MqttPublishMessage publish) {
    if (publish.fixedHeader().isRetain()
        || publish.fixedHeader().qosLevel() == MqttQoS.EXACTLY_ONCE
        || publish.payload().readableBytes() > Envelope.LIMIT_BYTES) {
      return refuse(
          Optional.of(box),
          "a message of %d bytes, quality %d%s"
              .formatted(
                  publish.payload().readableBytes(),
                  publish.fixedHeader().qosLevel().value(),
                  publish.fixedHeader().isRetain() ? ", retained" : ""),
          publish);
    }
    return isOwn(box, publish.variableHeader().topicName(), Direction.UP)
        || refuse(Optional.of(box), "a topic that is not its own to publish on", publish);
  }

  private boolean maySubscribe(BoxId box, MqttSubscribeMessage subscribe) {
    return subscribe.payload().topicSubscriptions().stream()
            .map(MqttTopicSubscription::topicFilter)
            .allMatch(filter -> isOwn(box, filter, Direction.DOWN))
        || refuse(Optional.of(box), "a topic that is not its own to subscribe to", subscribe);
  }

  private static boolean isOwn(BoxId box, String text, Direction direction) {
    try {
      Topic topic = Topic.parse(text);
      return topic.box().equals(box) && topic.kind().direction() == direction;
    } catch (MalformedMessageException _) {
      return false;
    }
  }

  private static Optional<BoxId> boxOf(PeerName peer) {
    return switch (peer) {
      case PeerName.Central _ -> Optional.empty();
      case PeerName.OfBox(BoxId box) -> Optional.of(box);
    };
  }

  private boolean refuse(Optional<BoxId> box, String why, MqttMessage packet) {
    log.atWarn()
        .addKeyValue("packet", packet.fixedHeader().messageType())
        .addKeyValue("box", box.map(BoxId::value).orElse(""))
        .addKeyValue("why", why)
        .log("disconnected from the broker");
    box.ifPresent(who -> trespasses.report(who, packet.fixedHeader().messageType() + ": " + why));
    return false;
  }
}
