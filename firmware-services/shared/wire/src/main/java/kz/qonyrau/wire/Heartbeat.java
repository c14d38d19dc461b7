package kz.qonyrau.wire;

import tools.jackson.databind.node.ObjectNode;

/// A sign of life of a box (PLT-08). It is never queued: only the newest matters.
///
/// @param connection a UUID that the box makes for each connection; its last will bears the same,
///   so that a will that comes late does not mark a box offline that is already back
/// @param licenseVersion the license in force on the box, 0 for none
/// @param leaseVersion the lease in force on the box, 0 for none
/// @param tariffVersion the pin in force on the box, 0 for none
/// @param noticeVersion the notices that the box has, 0 for none. Central sends again what the box
///   lacks.
/// @param vitals how the box is doing
public record Heartbeat(
    String connection,
    long licenseVersion,
    long leaseVersion,
    long tariffVersion,
    long noticeVersion,
    Vitals vitals) {

  /// @throws MalformedMessageException if a component is not of its form
  public Heartbeat {
    if (!Ids.UUID.matcher(connection).matches()) {
      throw new MalformedMessageException("heartbeat.connection", "is not a UUID in lower case");
    }
    if (licenseVersion < 0 || leaseVersion < 0 || tariffVersion < 0 || noticeVersion < 0) {
      throw new MalformedMessageException("heartbeat", "has a negative version");
    }
  }

  /// Reads the body of a `heartbeat/1` envelope.
  ///
  /// @throws MalformedMessageException if anything is wrong with it
  public static Heartbeat parse(String body) {
    Fields fields = Json.object("heartbeat", body);
    Fields vitals = fields.object("vitals");
    Heartbeat heartbeat =
        new Heartbeat(
            fields.text("connection", Ids.UUID, "a UUID in lower case"),
            fields.number("licenseVersion", 0, Long.MAX_VALUE),
            fields.number("leaseVersion", 0, Long.MAX_VALUE),
            fields.number("tariffVersion", 0, Long.MAX_VALUE),
            fields.number("noticeVersion", 0, Long.MAX_VALUE),
            Vitals.read(vitals));
    vitals.end();
    fields.end();
    return heartbeat;
  }

  /// The body of a `heartbeat/1` envelope.
  public String body() {
    ObjectNode node = Json.object();
    node.put("connection", connection);
    node.put("licenseVersion", licenseVersion);
    node.put("leaseVersion", leaseVersion);
    node.put("tariffVersion", tariffVersion);
    node.put("noticeVersion", noticeVersion);
    vitals.write(node.putObject("vitals"));
    return Json.write(node);
  }
}
