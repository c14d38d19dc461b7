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
/// @param blocklistVersion the newest word on complaints that the box holds, 0 for none
/// @param blocksObeyed whether the box has done what that says, so that central may go on
/// @param queryVersion the newest questions of subscribers that the box holds, 0 for none
/// @param promotionVersion the newest word on published recordings that the box holds, 0 for none
/// @param sealingKey what central seals with what only this box may read
/// @param vitals how the box is doing
public record Heartbeat(
    String connection,
    long licenseVersion,
    long leaseVersion,
    long tariffVersion,
    long noticeVersion,
    long blocklistVersion,
    boolean blocksObeyed,
    long queryVersion,
    long promotionVersion,
    SealingKey sealingKey,
    Vitals vitals) {

  /// @throws MalformedMessageException if a component is not of its form
  public Heartbeat {
    if (!Ids.UUID.matcher(connection).matches()) {
      throw new MalformedMessageException("heartbeat.connection", "is not a UUID in lower case");
    }
    if (licenseVersion < 0
        || leaseVersion < 0
        || tariffVersion < 0
        || noticeVersion < 0
        || blocklistVersion < 0
        || queryVersion < 0
        || promotionVersion < 0) {
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
            fields.number("blocklistVersion", 0, Long.MAX_VALUE),
            fields.truth("blocksObeyed"),
            fields.number("queryVersion", 0, Long.MAX_VALUE),
            fields.number("promotionVersion", 0, Long.MAX_VALUE),
            SealingKey.parse(fields.text("sealingKey", 100)),
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
    node.put("blocklistVersion", blocklistVersion);
    node.put("blocksObeyed", blocksObeyed);
    node.put("queryVersion", queryVersion);
    node.put("promotionVersion", promotionVersion);
    node.put("sealingKey", sealingKey.text());
    vitals.write(node.putObject("vitals"));
    return Json.write(node);
  }
}
