package kz.qonyrau.telephony.trunks;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import kz.qonyrau.telephony.trunks.Diagnosis.Certificate;
import kz.qonyrau.telephony.trunks.Diagnosis.Kind;
import kz.qonyrau.telephony.trunks.Diagnosis.Step;
import org.jspecify.annotations.Nullable;

/// Whether a carrier's port takes connections, and whether whoever answers there shows by TLS that
/// he is the carrier. Nothing is said over the connection.
///
/// Blocks, so it is for a thread that may wait; [#giveUp] ends the wait from another one.
final class TlsLook {

  private static final int PATIENCE_MILLISECONDS = 5_000;
  private static final int LONGEST_NAME = 200;

  private final TrunkTerms terms;
  private final InstantSource clock;
  private final Socket connection = new Socket();

  TlsLook(TrunkTerms terms, InstantSource clock) {
    this.terms = terms;
    this.clock = clock;
  }

  /// Ends the look; what it has not found by now, it does not find.
  void giveUp() {
    try {
      connection.close();
    } catch (IOException _) {
      // There is nothing more to end.
    }
  }

  List<Step> steps() {
    List<Step> steps = new ArrayList<>();
    try (connection) {
      Step connected = connected();
      steps.add(connected);
      if (connected.passed() && terms.transport() == TrunkTerms.Transport.TLS) {
        steps.add(secured());
      }
    } catch (IOException _) {
      // It could not be closed in order, which changes nothing of what was found.
    }
    return steps;
  }

  private Step connected() {
    try {
      connection.connect(new InetSocketAddress(terms.host(), terms.port()), PATIENCE_MILLISECONDS);
      return new Step(Kind.CONNECT, true, "CONNECTED", "");
    } catch (ConnectException _) {
      return new Step(Kind.CONNECT, false, "CONNECTION_REFUSED", "");
    } catch (SocketTimeoutException _) {
      return new Step(Kind.CONNECT, false, "CONNECTION_TIMED_OUT", "");
    } catch (IOException _) {
      return new Step(Kind.CONNECT, false, "NOT_CONNECTED", "");
    }
  }

  private Step secured() {
    Judge judge;
    try {
      judge = new Judge();
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {judge}, null);
      connection.setSoTimeout(PATIENCE_MILLISECONDS);
      SSLSocket socket =
          (SSLSocket)
              context.getSocketFactory().createSocket(connection, terms.host(), terms.port(), true);
      SSLParameters parameters = socket.getSSLParameters();
      // As Asterisk does, which knows one version at a time.
      parameters.setProtocols(new String[] {"TLSv1.2"});
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      socket.setSSLParameters(parameters);
      try {
        socket.startHandshake();
      } catch (IOException failure) {
        // A certificate that is right does not help where the carrier then breaks off.
        return judge.verdict().filter(step -> !step.passed()).orElseGet(() -> failed(failure));
      }
    } catch (IOException | GeneralSecurityException failure) {
      return failed(failure);
    }
    return judge.verdict().orElseGet(() -> step(false, "TLS_FAILED", Optional.empty()));
  }

  private static Step failed(Exception failure) {
    String why = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
    String code;
    if (failure instanceof SocketTimeoutException) {
      code = "TLS_SILENT";
    } else if (why.contains("protocol_version") || why.contains("protocol version")) {
      code = "TLS_VERSION";
    } else if (why.contains("unrecognized ssl message")) {
      code = "TLS_NONE";
    } else {
      code = "TLS_FAILED";
    }
    return step(false, code, Optional.empty());
  }

  private static Step step(boolean passed, String code, Optional<Certificate> certificate) {
    return new Step(Kind.TLS, passed, code, "", certificate);
  }

  /// Looks at the certificate, as Asterisk will, and notes what is wrong with it.
  private final class Judge extends X509ExtendedTrustManager {

    private final X509ExtendedTrustManager trusted = trusted(terms);
    private volatile @Nullable Step verdict;

    Judge() throws GeneralSecurityException, IOException {}

    Optional<Step> verdict() {
      return Optional.ofNullable(verdict);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
        throws CertificateException {
      X509Certificate shown = chain[0];
      if (shown.getNotBefore().toInstant().isAfter(clock.instant())) {
        throw refused("CERT_NOT_YET_VALID", shown, new CertificateException("not yet valid"));
      }
      if (isExpired(shown)) {
        throw refused("CERT_EXPIRED", shown, new CertificateException("expired"));
      }
      // Carriers show others beside their own that nobody needs any more: only where there is no
      // way
      // to an authority they may be the reason.
      try {
        trusted.checkServerTrusted(chain, type);
      } catch (CertificateException failure) {
        for (X509Certificate one : chain) {
          if (isExpired(one)) {
            throw refused("CERT_EXPIRED", one, failure);
          }
        }
        String why = String.valueOf(failure.getMessage());
        // The JDK says of a certificate that nobody vouches for that it finds no path.
        throw refused(
            why.contains("PKIX path building failed") ? "CERT_UNKNOWN_ISSUER" : "CERT_UNSOUND",
            shown,
            failure);
      }
      try {
        trusted.checkServerTrusted(chain, type, socket);
      } catch (CertificateException failure) {
        if (!commonName(shown).equalsIgnoreCase(terms.host())) {
          throw refused("CERT_OTHER_NAME", shown, failure);
        }
      }
      verdict = step(true, "SECURED", Optional.of(described(shown)));
    }

    private boolean isExpired(X509Certificate certificate) {
      return certificate.getNotAfter().toInstant().isBefore(clock.instant());
    }

    private CertificateException refused(
        String code, X509Certificate certificate, CertificateException failure) {
      verdict = step(false, code, Optional.of(described(certificate)));
      return failure;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
        throws CertificateException {
      throw new CertificateException("only over sockets");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      throw new CertificateException("only over sockets");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
        throws CertificateException {
      throw new CertificateException("there are no clients");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
        throws CertificateException {
      throw new CertificateException("there are no clients");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      throw new CertificateException("there are no clients");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return trusted.getAcceptedIssuers();
    }
  }

  private static X509ExtendedTrustManager trusted(TrunkTerms terms)
      throws GeneralSecurityException, IOException {
    List<X509Certificate> authorities;
    if (terms.authority().isPresent()) {
      authorities = terms.authority().get().certificates();
    } else {
      Optional<Path> file = MachineAuthorities.file();
      authorities = file.isPresent() ? read(file.get()) : MachineAuthorities.ofJava();
    }
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    for (int i = 0; i < authorities.size(); i++) {
      store.setCertificateEntry(Integer.toString(i), authorities.get(i));
    }
    return MachineAuthorities.trustManager(store);
  }

  private static List<X509Certificate> read(Path file)
      throws GeneralSecurityException, IOException {
    try (InputStream content = Files.newInputStream(file)) {
      return CertificateFactory.getInstance("X.509").generateCertificates(content).stream()
          .map(X509Certificate.class::cast)
          .toList();
    }
  }

  private static Certificate described(X509Certificate certificate) {
    return new Certificate(
        plain(certificate.getSubjectX500Principal().getName()),
        plain(certificate.getIssuerX500Principal().getName()),
        certificate.getNotBefore().toInstant(),
        certificate.getNotAfter().toInstant());
  }

  // Whoever answers there may have written anything.
  private static String plain(String name) {
    String harmless = name.replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]", "?");
    return harmless.length() > LONGEST_NAME ? harmless.substring(0, LONGEST_NAME) + "…" : harmless;
  }

  private static String commonName(X509Certificate certificate) {
    try {
      return new LdapName(certificate.getSubjectX500Principal().getName())
          .getRdns().stream()
              .filter(part -> part.getType().equalsIgnoreCase("CN"))
              .map(part -> part.getValue().toString())
              .findFirst()
              .orElse("");
    } catch (InvalidNameException _) {
      return "";
    }
  }
}
