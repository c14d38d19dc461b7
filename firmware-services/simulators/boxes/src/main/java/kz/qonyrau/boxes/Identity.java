package kz.qonyrau.boxes;

import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.TrustOptions;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Set;
import javax.net.ssl.TrustManagerFactory;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.wire.DocumentSigner;
import kz.qonyrau.wire.DocumentVerifier;
import kz.qonyrau.wire.EnrolmentReply;
import kz.qonyrau.wire.Pem;
import kz.qonyrau.wire.TlsIdentity;
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

  /// What it shows at the broker, and whom it believes.
  ///
  /// @param provider believes only what the provider's CA signed; see [#authority]
  ClientSSLOptions tls(TrustOptions provider) {
    OwnKey own =
        new OwnKey(
            Pem.privateKey(tlsKey, "EC"),
            List.of(Pem.certificate(reply.certificate()), Pem.certificate(reply.authority())));
    return new ClientSSLOptions()
        .setKeyCertOptions(KeyCertOptions.wrap(own))
        .setTrustOptions(provider)
        .setHostnameVerificationAlgorithm("HTTPS")
        .setEnabledSecureTransportProtocols(Set.of("TLSv1.3"))
        .setUseAlpn(false)
        .setSslHandshakeTimeout(30);
  }

  /// Believes what the CA signed that admitted this box; the same for a whole fleet.
  TrustOptions authority() {
    try {
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(TlsIdentity.trustStore(Pem.certificate(reply.authority())));
      return TrustOptions.wrap(factory.getTrustManagers()[0]);
    } catch (GeneralSecurityException failure) {
      throw new IllegalStateException("this Java runtime cannot check certificates", failure);
    }
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
