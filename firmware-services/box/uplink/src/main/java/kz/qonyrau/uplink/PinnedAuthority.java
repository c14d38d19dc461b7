package kz.qonyrau.uplink;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import kz.qonyrau.wire.ClaimTicket;
import kz.qonyrau.wire.TlsIdentity;

/// Believes a server only if its chain ends in the CA whose key has the fingerprint of a claim
/// ticket. Everything else about the chain, the host's name included, is checked as usual.
final class PinnedAuthority extends X509ExtendedTrustManager {

  private final String fingerprint;

  PinnedAuthority(String fingerprint) {
    this.fingerprint = fingerprint;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    delegate(chain).checkServerTrusted(chain, authType, engine);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    delegate(chain).checkServerTrusted(chain, authType, socket);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw new CertificateException("a connection that does not say where to cannot be checked");
  }

  private X509ExtendedTrustManager delegate(X509Certificate[] chain) throws CertificateException {
    X509Certificate pinned =
        Arrays.stream(chain)
            .filter(link -> ClaimTicket.fingerprintOf(link.getPublicKey()).equals(fingerprint))
            .filter(link -> link.getBasicConstraints() >= 0)
            .findFirst()
            .orElseThrow(WrongProviderException::new);
    try {
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(TlsIdentity.trustStore(pinned));
      return (X509ExtendedTrustManager) factory.getTrustManagers()[0];
    } catch (GeneralSecurityException e) {
      throw new CertificateException("this Java runtime cannot check certificates", e);
    }
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    throw notAServer();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    throw notAServer();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw notAServer();
  }

  private static CertificateException notAServer() {
    return new CertificateException("this end is no server");
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }

  /// The chain has no certificate with the ticket's fingerprint.
  static final class WrongProviderException extends CertificateException {
    private static final long serialVersionUID = 1L;

    WrongProviderException() {
      super("the server is not the provider that the claim ticket names");
    }
  }
}
