package kz.qonyrau.boxes;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.wire.DocumentSigner;
import kz.qonyrau.wire.DocumentVerifier;
import kz.qonyrau.wire.EnrolmentReply;
import kz.qonyrau.wire.Pem;
import tools.jackson.databind.json.JsonMapper;

/// Who a simulated box is, since it was enrolled.
///
/// @param serial what would be printed on it
/// @param tlsKey its P-256 key in PEM
/// @param deviceKey its Ed25519 key in PEM, which signs its messages
/// @param reply what central answered
record Identity(String serial, String tlsKey, String deviceKey, EnrolmentReply reply) {

  private static final JsonMapper JSON = new JsonMapper();

  BoxId id() {
    return reply.boxId();
  }

  DocumentSigner signer() {
    return new DocumentSigner(Pem.privateKey(deviceKey, "Ed25519"));
  }

  DocumentVerifier provider() {
    return DocumentVerifier.parse(reply.documentKey());
  }

  /// What it shows at the broker, and whom it believes: only what the provider's CA signed.
  ClientSSLOptions tls() {
    return new ClientSSLOptions()
        .setKeyCertOptions(
            new PemKeyCertOptions()
                .setKeyValue(buffer(tlsKey))
                .setCertValue(buffer(reply.certificate() + reply.authority())))
        .setTrustOptions(new PemTrustOptions().addCertValue(buffer(reply.authority())))
        .setHostnameVerificationAlgorithm("HTTPS")
        .setEnabledSecureTransportProtocols(Set.of("TLSv1.3"))
        .setUseAlpn(false)
        .setSslHandshakeTimeout(30);
  }

  private static Buffer buffer(String pem) {
    return Buffer.buffer(Pem.bytes(pem));
  }

  /// The file that keeps it.
  String toJson() {
    var node = JSON.createObjectNode();
    node.put("serial", serial);
    node.put("tlsKey", tlsKey);
    node.put("deviceKey", deviceKey);
    node.put("reply", new String(reply.bytes(), StandardCharsets.UTF_8));
    return node.toString();
  }

  static Identity ofJson(String text) {
    var node = JSON.readTree(text);
    return new Identity(
        node.path("serial").asString(),
        node.path("tlsKey").asString(),
        node.path("deviceKey").asString(),
        EnrolmentReply.parse(node.path("reply").asString().getBytes(StandardCharsets.UTF_8)));
  }

  /// Hides the keys.
  @Override
  public String toString() {
    return "Identity[" + serial + ", " + id() + "]";
  }
}
