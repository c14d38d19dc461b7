package kz.qonyrau.licensing;

import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import kz.qonyrau.fleet.Authority;
import kz.qonyrau.vocabulary.BoxId;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.apache.activemq.artemis.utils.CertificateUtil;

/// Who is at the other end of a connection, by the certificate that TLS has checked.
sealed interface PeerName {

  /// Central itself.
  record Central() implements PeerName {}

  /// A box, by its name; whether it is still admitted is another question.
  record OfBox(BoxId box) implements PeerName {}

  /// The name in the certificate.
  default String commonName() {
    return switch (this) {
      case Central _ -> Authority.CENTRAL;
      case OfBox(BoxId box) -> box.value();
    };
  }

  /// Whether this peer may use that client id. Each node of central has one of its own.
  default boolean mayBe(String clientId) {
    return switch (this) {
      case Central _ ->
          clientId.equals(Authority.CENTRAL) || clientId.startsWith(Authority.NODE_PREFIX);
      case OfBox(BoxId box) -> clientId.equals(box.value());
    };
  }

  /// Reads the common name of the peer's certificate. Empty if there is none, or it names nobody
  /// that can be.
  static Optional<PeerName> of(RemotingConnection connection) {
    X509Certificate[] chain = CertificateUtil.getCertsFromConnection(connection);
    if (chain == null || chain.length == 0) {
      return Optional.empty();
    }
    return ofCommonName(commonName(chain[0]));
  }

  private static Optional<PeerName> ofCommonName(Optional<String> name) {
    if (name.isEmpty()) {
      return Optional.empty();
    }
    if (name.get().equals(Authority.CENTRAL)) {
      return Optional.of(new Central());
    }
    try {
      return Optional.of(new OfBox(new BoxId(name.get())));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static Optional<String> commonName(X509Certificate certificate) {
    try {
      var name = new LdapName(certificate.getSubjectX500Principal().getName());
      // More than one part would leave open which one counts.
      if (name.size() != 1) {
        return Optional.empty();
      }
      Rdn only = name.getRdn(0);
      return only.getType().equalsIgnoreCase("CN")
          ? Optional.of(only.getValue().toString())
          : Optional.empty();
    } catch (InvalidNameException _) {
      return Optional.empty();
    }
  }
}
