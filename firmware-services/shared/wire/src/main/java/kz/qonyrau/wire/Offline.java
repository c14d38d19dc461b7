package kz.qonyrau.wire;

import tools.jackson.databind.node.ObjectNode;

/// The last will of a connection: the broker publishes it when the box is gone (PLT-08). The box
/// publishes the same when it is shut down in good order.
///
/// @param connection which connection ended; equal to its heartbeats'
public record Offline(String connection) {

  /// @throws MalformedMessageException if the component is not a UUID in lower case
  public Offline {
    if (!Ids.UUID.matcher(connection).matches()) {
      throw new MalformedMessageException("offline.connection", "is not a UUID in lower case");
    }
  }

  /// Reads the body of an `offline/1` envelope.
  ///
  /// @throws MalformedMessageException if anything is wrong with it
  public static Offline parse(String body) {
    Fields fields = Json.object("offline", body);
    Offline offline = new Offline(fields.text("connection", Ids.UUID, "a UUID in lower case"));
    fields.end();
    return offline;
  }

  /// The body of an `offline/1` envelope.
  public String body() {
    ObjectNode node = Json.object();
    node.put("connection", connection);
    return Json.write(node);
  }
}
