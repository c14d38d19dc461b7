package kz.qonyrau.telephony.trunks;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import kz.qonyrau.telephony.trunks.Diagnosis.Kind;
import kz.qonyrau.telephony.trunks.Diagnosis.Step;
import kz.qonyrau.telephony.trunks.TrunkTerms.Codec;
import kz.qonyrau.telephony.trunks.TrunkTerms.Media;
import kz.qonyrau.telephony.trunks.TrunkTerms.Transport;
import kz.qonyrau.testsupport.Ports;
import kz.qonyrau.vocabulary.Msisdn;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What a technician is told of a carrier's TLS, with real servers on loopback.
@Tag("PLT-14")
@Timeout(60)
class TlsLookTest {

  private static final InetAddress HERE = InetAddress.getLoopbackAddress();
  private static final Issued AUTHORITY = Issued.authority("One");
  private static final Duration DAY = Duration.ofDays(1);

  private static TrunkTerms terms(int port, Transport transport, Optional<Issued> trusted) {
    return new TrunkTerms(
        "Carrier",
        "127.0.0.1",
        port,
        transport,
        Media.PLAIN,
        trusted.map(one -> new CarrierAuthority(one.pem())),
        Optional.empty(),
        List.of(Codec.ALAW),
        10,
        BigDecimal.ZERO,
        1,
        new Msisdn("+77172000000"),
        true);
  }

  private interface Manner {
    void serve(Socket client) throws IOException;
  }

  private static ServerSocket serving(ServerSocket server, Manner manner) {
    var _ =
        Thread.ofVirtual()
            .start(() -> {
              try (server;
                  Socket client = server.accept()) {
                manner.serve(client);
              } catch (IOException _) {
                // The look breaks off what it does not like.
              }
            });
    return server;
  }

  private static ServerSocket tls(Issued shown, String... protocols) throws IOException {
    SSLServerSocket server =
        (SSLServerSocket) shown.context().getServerSocketFactory().createServerSocket(0, 1, HERE);
    if (protocols.length > 0) {
      server.setEnabledProtocols(protocols);
    }
    return serving(
        server,
        client -> {
          ((SSLSocket) client).startHandshake();
          var unusedEnd = client.getInputStream().read();
        });
  }

  private static Step secured(ServerSocket server, Optional<Issued> trusted) {
    List<Step> steps =
        new TlsLook(terms(server.getLocalPort(), Transport.TLS, trusted), Clock.systemUTC())
            .steps();
    assertThat(steps.getFirst()).isEqualTo(new Step(Kind.CONNECT, true, "CONNECTED", ""));
    assertThat(steps).hasSize(2);
    return steps.getLast();
  }

  private static String code(Issued shown) throws IOException {
    Step found = secured(tls(shown), Optional.of(AUTHORITY));
    assertThat(found.passed()).isFalse();
    assertThat(found.certificate().orElseThrow().issuer()).startsWith("CN=");
    return found.code();
  }

  @Test
  void showsWhoVouchesForTheCarrierAndUntilWhen() throws IOException {
    Issued server = AUTHORITY.server("127.0.0.1");

    Step found = secured(tls(server), Optional.of(AUTHORITY));

    assertThat(found.code()).isEqualTo("SECURED");
    assertThat(found.passed()).isTrue();
    assertThat(found.certificate())
        .contains(
            new Diagnosis.Certificate(
                "CN=Carrier",
                "CN=One",
                server.certificate().getNotBefore().toInstant(),
                server.certificate().getNotAfter().toInstant()));
  }

  @Test
  void saysWhatIsWrongWithACertificate() throws IOException {
    Instant now = Instant.now();
    assertThat(code(AUTHORITY.server("127.0.0.1", now.minus(DAY), now.minusSeconds(60))))
        .isEqualTo("CERT_EXPIRED");
    assertThat(code(AUTHORITY.server("127.0.0.1", now.plus(DAY), now.plus(DAY.multipliedBy(2)))))
        .isEqualTo("CERT_NOT_YET_VALID");
    assertThat(code(AUTHORITY.server("127.0.0.2"))).isEqualTo("CERT_OTHER_NAME");
    assertThat(code(Issued.authority("Two").server("127.0.0.1"))).isEqualTo("CERT_UNKNOWN_ISSUER");
    // The same name, and yet another key.
    assertThat(code(Issued.authority("One").server("127.0.0.1"))).isNotEqualTo("SECURED");
  }

  @Test
  void doesNotTrustForOneTrunkWhomThisMachineDoesNotTrust() throws IOException {
    assertThat(secured(tls(AUTHORITY.server("127.0.0.1")), Optional.empty()).code())
        .isEqualTo("CERT_UNKNOWN_ISSUER");
  }

  @Test
  void tellsOtherVersionsNoTlsAndSilenceApart() throws IOException {
    assertThat(
            secured(tls(AUTHORITY.server("127.0.0.1"), "TLSv1.3"), Optional.of(AUTHORITY)).code())
        .isEqualTo("TLS_VERSION");
    assertThat(
            secured(
                    serving(
                        new ServerSocket(0, 1, HERE),
                        client -> {
                          client
                              .getOutputStream()
                              .write("SIP/2.0 400 Bad\r\n\r\n".getBytes(US_ASCII));
                          var unusedEnd = client.getInputStream().readAllBytes();
                        }),
                    Optional.of(AUTHORITY))
                .code())
        .isEqualTo("TLS_NONE");
    assertThat(
            secured(
                    serving(
                        new ServerSocket(0, 1, HERE),
                        client -> {
                          var unusedEnd = client.getInputStream().readAllBytes();
                        }),
                    Optional.of(AUTHORITY))
                .code())
        .isEqualTo("TLS_SILENT");
    assertThat(
            secured(serving(new ServerSocket(0, 1, HERE), Socket::close), Optional.of(AUTHORITY))
                .code())
        .isEqualTo("TLS_FAILED");
  }

  @Test
  void aCarrierThatAsksForACertificateOfTheBoxBreaksOff() throws IOException {
    SSLServerSocket server =
        (SSLServerSocket)
            AUTHORITY
                .server("127.0.0.1")
                .context()
                .getServerSocketFactory()
                .createServerSocket(0, 1, HERE);
    server.setNeedClientAuth(true);

    Step found =
        secured(
            serving(server, client -> ((SSLSocket) client).startHandshake()),
            Optional.of(AUTHORITY));

    assertThat(found.code()).isEqualTo("TLS_FAILED");
  }

  @Test
  void aPortThatIsClosedIsSaidToBeForTcpAndTls() throws IOException {
    int closed = Ports.free();
    for (Transport transport : new Transport[] {Transport.TCP, Transport.TLS}) {
      assertThat(new TlsLook(terms(closed, transport, Optional.empty()), Clock.systemUTC()).steps())
          .containsExactly(new Step(Kind.CONNECT, false, "CONNECTION_REFUSED", ""));
    }
  }
}
