package kz.qonyrau.telephony.trunks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// Whom this machine trusts to vouch for a server.
public final class MachineAuthorities {

  // Debian's place first, then that of Red Hat's kin.
  private static final List<Path> PLACES =
      List.of(
          Path.of("/etc/ssl/certs/ca-certificates.crt"),
          Path.of("/etc/pki/tls/certs/ca-bundle.crt"),
          Path.of("/etc/ssl/ca-bundle.pem"));

  private MachineAuthorities() {}

  /// The file in which the system keeps them, in PEM. Whoever manages the machine adds an authority
  /// there.
  public static Optional<Path> file() {
    return PLACES.stream().filter(Files::isReadable).findFirst();
  }

  /// Those of the Java that runs this, for a machine that has no such file.
  public static List<X509Certificate> ofJava() throws GeneralSecurityException {
    return List.of(trustManager(null).getAcceptedIssuers());
  }

  /// @param store whom to trust; those of Java without it
  static X509ExtendedTrustManager trustManager(@Nullable KeyStore store)
      throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    for (TrustManager one : factory.getTrustManagers()) {
      if (one instanceof X509ExtendedTrustManager manager) {
        return manager;
      }
    }
    throw new GeneralSecurityException("this Java checks no certificates");
  }
}
