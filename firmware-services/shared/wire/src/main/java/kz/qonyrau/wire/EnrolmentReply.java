package kz.qonyrau.wire;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import kz.qonyrau.vocabulary.BoxId;
import tools.jackson.databind.node.ObjectNode;

/// Central's admission of a box.
///
/// @param boxId the name of the box from now on, also the common name of its certificate
/// @param organisation whose box it is, for people
/// @param certificate of the box, in PEM
/// @param authority the provider's CA certificate, in PEM
/// @param documentKey central's Ed25519 public key as [DocumentVerifier#text]
/// @param brokerHost where the broker listens
/// @param brokerPort 1 to 65535
public record EnrolmentReply(
    BoxId boxId,
    String organisation,
    String certificate,
    String authority,
    String documentKey,
    String brokerHost,
    int brokerPort) {

  private static final Pattern HOST = Pattern.compile("[0-9A-Za-z.:-]{1,253}");
  private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/]{1,200}={0,2}");
  private static final int LONGEST_PEM = 8192;

  /// Reads an answer.
  ///
  /// @throws MalformedMessageException if anything is wrong with it, naming the field
  public static EnrolmentReply parse(byte[] bytes) {
    Fields fields = Json.object("enrolled", Json.text("enrolled", bytes));
    EnrolmentReply reply =
        new EnrolmentReply(
            fields.word("boxId", BoxId::new, "a box id"),
            fields.text("organisation", 200),
            fields.text("certificate", LONGEST_PEM),
            fields.text("authority", LONGEST_PEM),
            fields.text("documentKey", BASE64, "Base64"),
            fields.text("brokerHost", HOST, "a host"),
            (int) fields.number("brokerPort", 1, 65_535));
    fields.end();
    return reply;
  }

  /// The answer as it is sent.
  public byte[] bytes() {
    ObjectNode node = Json.object();
    node.put("boxId", boxId.value());
    node.put("organisation", organisation);
    node.put("certificate", certificate);
    node.put("authority", authority);
    node.put("documentKey", documentKey);
    node.put("brokerHost", brokerHost);
    node.put("brokerPort", brokerPort);
    return Json.write(node).getBytes(StandardCharsets.UTF_8);
  }
}
