package kz.qonyrau.wire;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;
import kz.qonyrau.vocabulary.BoxId;
import tools.jackson.databind.node.ObjectNode;

/// What a box sends for a new certificate before the old one is over. The same request may be sent
/// again after a crash and gets the same answer, an [EnrolmentReply].
///
/// @param csr PKCS#10 in PEM, for a new key
/// @param at when it was made, in whole milliseconds
/// @param proof signature of the box's device key over [#provenBytes]
public record RenewalRequest(BoxId boxId, String csr, Instant at, String proof) {

  private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/]{1,200}={0,2}");
  private static final int LONGEST_CSR = 4096;

  /// Reads a request.
  ///
  /// @throws MalformedMessageException if anything is wrong with it, naming the field
  public static RenewalRequest parse(byte[] bytes) {
    if (bytes.length > EnrolmentRequest.LIMIT_BYTES) {
      throw new MalformedMessageException(
          "renewal", "is larger than " + EnrolmentRequest.LIMIT_BYTES + " bytes");
    }
    Fields fields = Json.object("renewal", Json.text("renewal", bytes));
    RenewalRequest request =
        new RenewalRequest(
            fields.word("boxId", BoxId::new, "a box id"),
            fields.text("csr", LONGEST_CSR),
            fields.instant("at"),
            fields.text("proof", BASE64, "Base64"));
    fields.end();
    return request;
  }

  /// Fills in the proof.
  public static RenewalRequest prove(BoxId boxId, String csr, Instant at, DocumentSigner device) {
    RenewalRequest unproven = new RenewalRequest(boxId, csr, at.truncatedTo(ChronoUnit.MILLIS), "");
    return new RenewalRequest(boxId, csr, unproven.at, device.sign(unproven.provenBytes()));
  }

  /// What the proof covers: a fixed line, the box, the time in milliseconds since 1970, and the
  /// certificate request.
  public byte[] provenBytes() {
    return String.join(
            "\n", "qonyrau renewal 1", boxId.value(), Long.toString(at.toEpochMilli()), csr)
        .getBytes(StandardCharsets.UTF_8);
  }

  /// The request as it is posted.
  public byte[] bytes() {
    ObjectNode node = Json.object();
    node.put("boxId", boxId.value());
    node.put("csr", csr);
    node.put("at", at.toString());
    node.put("proof", proof);
    return Json.write(node).getBytes(StandardCharsets.UTF_8);
  }
}
