package kz.qonyrau.fleet;

import io.vertx.core.Future;
import kz.qonyrau.wire.Topic;

/// The way to the boxes.
public interface Downlink {

  /// Hands a message to the broker, retained if its kind is. Completes when the broker has it, or
  /// fails; what matters is sent again when the box asks by its next heartbeat.
  Future<Void> publish(Topic topic, byte[] message);
}
