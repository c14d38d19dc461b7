package kz.qonyrau.wire;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/// What a box sends to be admitted to the fleet. The same request may be sent again after a crash
/// and gets the same answer.
///
/// @param claimCode the secret part of a [ClaimTicket]
/// @param csr PKCS#10 in PEM, for the key of the box's certificate
/// @param deviceKey the box's Ed25519 public key as [DocumentVerifier#text]
/// @param proof signature of the device key over [#provenBytes], so that nobody can register a key
///   that he does not hold
/// @param serial what is printed on the box
/// @param version of the box's program
public record EnrolmentRequest(
    String claimCode, String csr, String deviceKey, String proof, String serial, String version) {

  /// The largest request, in bytes.
  public static final int LIMIT_BYTES = 16 * 1024;

  private static final Pattern CODE = Pattern.compile("[0-9A-HJKMNP-TV-Z]{16}");
  private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/]{1,200}={0,2}");
  private static final Pattern SERIAL = Pattern.compile("[0-9A-Za-z._-]{1,64}");
  private static final Pattern VERSION = Pattern.compile("[0-9A-Za-z.+-]{1,40}");
  private static final int LONGEST_CSR = 4096;

  /// Reads a request.
  ///
  /// @throws MalformedMessageException if anything is wrong with it, naming the field
  public static EnrolmentRequest parse(byte[] bytes) {
    if (bytes.length > LIMIT_BYTES) {
      throw new MalformedMessageException("enrolment", "is larger than " + LIMIT_BYTES + " bytes");
    }
    Fields fields = Json.object("enrolment", Json.text("enrolment", bytes));
    EnrolmentRequest request =
        new EnrolmentRequest(
            fields.text("claimCode", CODE, "a claim code"),
            fields.text("csr", LONGEST_CSR),
            fields.text("deviceKey", BASE64, "Base64"),
            fields.text("proof", BASE64, "Base64"),
            fields.text("serial", SERIAL, "a serial number"),
            fields.text("version", VERSION, "a version"));
    fields.end();
    return request;
  }

  /// Fills in the proof.
  public static EnrolmentRequest prove(
      String claimCode,
      String csr,
      String deviceKey,
      String serial,
      String version,
      DocumentSigner device) {
    EnrolmentRequest unproven =
        new EnrolmentRequest(claimCode, csr, deviceKey, "", serial, version);
    return new EnrolmentRequest(
        claimCode, csr, deviceKey, device.sign(unproven.provenBytes()), serial, version);
  }

  /// What the proof covers: a fixed line, the claim code and the certificate request.
  public byte[] provenBytes() {
    return String.join("\n", "qonyrau enrolment 1", claimCode, csr)
        .getBytes(StandardCharsets.UTF_8);
  }

  /// The request as it is posted.
  public byte[] bytes() {
    ObjectNode node = Json.object();
    node.put("claimCode", claimCode);
    node.put("csr", csr);
    node.put("deviceKey", deviceKey);
    node.put("proof", proof);
    node.put("serial", serial);
    node.put("version", version);
    return Json.write(node).getBytes(StandardCharsets.UTF_8);
  }

  /// Hides the secret.
  @Override
  public String toString() {
    return "EnrolmentRequest[serial=" + serial + ", version=" + version + "]";
  }
}
