package kz.qonyrau.telephony.asterisk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import kz.qonyrau.telephony.TrunkId;
import kz.qonyrau.telephony.trunks.CarrierAuthority;
import kz.qonyrau.telephony.trunks.Trunk;
import kz.qonyrau.telephony.trunks.TrunkTerms;
import kz.qonyrau.telephony.trunks.TrunkTerms.Codec;
import kz.qonyrau.telephony.trunks.TrunkTerms.Login;
import kz.qonyrau.telephony.trunks.TrunkTerms.Media;
import kz.qonyrau.telephony.trunks.TrunkTerms.Transport;
import kz.qonyrau.testsupport.UnprivilegedDirectory;
import kz.qonyrau.vocabulary.CallId;
import kz.qonyrau.vocabulary.Msisdn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class InstanceFilesTest {

  // Signed by itself with a key that nobody has; "CN=Pasted".
  private static final String AUTHORITY =
      """
      -----BEGIN CERTIFICATE-----
      MIIBijCCAS+gAwIBAgIUCcu9BT/4bSeN2/40VM2C4UEsOQYwCgYIKoZIzj0EAwIw
      ETEPMA0GA1UEAwwGUGFzdGVkMCAXDTI2MTEzMDIyMjcyN1oYDzIxMjYxMTA2MjIy
      NzI3WjARMQ8wDQYDVQQDDAZQYXN0ZWQwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNC
      AAQwVxScN9j6W7N1qq0BW57a2JBIB28D3deUfy7gbA3XpHYjIRtfvttczQei0eg9
      gc+Li25HNeRlFDmKCyaMjbI3o2MwYTAdBgNVHQ4EFgQUJbh2kxt178ozdU5j9tk+
      9AmqoPkwHwYDVR0jBBgwFoAUJbh2kxt178ozdU5j9tk+9AmqoPkwDwYDVR0TAQH/
      BAUwAwEB/zAOBgNVHQ8BAf8EBAMCAgQwCgYIKoZIzj0EAwIDSQAwRgIhAI+AUT6H
      m2Ddo0aMcSB4eISmOVb19hARWiys13d0owdiAiEAus5aNNs5XfSkBBbHzG+Myzei
      2QBZcHrCyoq9F2OobGI=
      -----END CERTIFICATE-----
      """;

  private static final Trunk TRUNK = trunk("t00000001", "sip.carrier.kz", 5060, Optional.empty());

  @RegisterExtension final UnprivilegedDirectory directory = new UnprivilegedDirectory();

  @Test
  void writesNothingThatListensBeyondLoopbackExceptSip() throws IOException {
    TelephonySettings settings = settings();
    var _ = write(settings, TRUNK);

    Path etc = settings.directory().resolve("etc");
    assertThat(Files.readString(etc.resolve("manager.conf")))
        .contains("bindaddr = 127.0.0.1", "port = 5038", "secret = s3cret", "deny = 0.0.0.0");
    assertThat(Files.readString(etc.resolve("http.conf"))).contains("enabled = no");
    assertThat(Files.readString(etc.resolve("websocket_client.conf")))
        .contains("uri = ws://127.0.0.1:9/media/x");
    assertThat(Files.readString(etc.resolve("pjsip.conf")))
        .contains("contact = sip:sip.carrier.kz:5060", "bind = 0.0.0.0:5061")
        .doesNotContain("type = registration");
    assertThat(Files.getPosixFilePermissions(settings.directory()))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
  }

  @Test
  void keepsEveryDirectoryOfAsteriskInsideTheInstanceOrTheBundle() throws IOException {
    TelephonySettings settings = settings();
    var _ = write(settings, TRUNK);

    assertThat(
            Files.readAllLines(settings.directory().resolve("etc/asterisk.conf")).stream()
                .filter(line -> line.contains("=> "))
                .map(line -> line.replaceFirst(".*=> ", "")))
        .hasSize(12)
        .allMatch(path ->
            path.startsWith(settings.directory() + "/")
                || path.startsWith(settings.bundle() + "/"));
  }

  @Test
  void registersWhereTheCarrierWantsIt() throws IOException {
    TelephonySettings settings = settings();
    var _ =
        write(
            settings,
            trunk("t00000001", "127.0.0.1", 5070, Optional.of(new Login("box", "p[w]d"))));

    assertThat(Files.readString(settings.directory().resolve("etc/pjsip.conf")))
        .contains("type = registration", "username = box", "password = p[w]d", "from_user = box")
        .contains("client_uri = sip:box@127.0.0.1:5070", "bind = 127.0.0.1:5061");
  }

  @Test
  void keepsTrunksApartAndLeavesOutThoseThatAreShut() throws IOException {
    TelephonySettings settings = settings();
    Trunk shut =
        new Trunk(
            new TrunkId("t00000003"),
            terms("sip.third.kz", 5060, Optional.empty()),
            Optional.of(new Trunk.Suspension(Instant.EPOCH, "abused from outside")),
            true,
            0);
    var _ =
        write(
            settings,
            TRUNK,
            trunk("t00000002", "sip.carrier.kz", 5070, Optional.of(new Login("box", "other"))),
            shut);

    String text = Files.readString(settings.directory().resolve("etc/pjsip.conf"));
    assertThat(text)
        .contains("contact = sip:sip.carrier.kz:5060", "contact = sip:sip.carrier.kz:5070")
        .contains("password = other", "outbound_auth = t00000002")
        .doesNotContain("third", "t00000003");
    assertThat(text.split("match = sip.carrier.kz", -1)).hasSize(2);
  }

  @Test
  void aTrunkWithAnAuthorityOfItsOwnHasAWayOfItsOwnAndKeepsItsPort() throws IOException {
    TelephonySettings settings = settings();
    Files.createDirectories(settings.bundle());
    Files.writeString(settings.bundle().resolve("modules.conf"), "[modules]\n");
    Optional<CarrierAuthority> authority = Optional.of(new CarrierAuthority(AUTHORITY));
    Trunk first = secure("t00000001", authority);
    Trunk second = secure("t00000002", authority);
    Trunk known = secure("t00000003", Optional.empty());
    InstanceFiles files = new InstanceFiles(settings);

    assertThat(files.write("s3cret", "ws://127.0.0.1:9/media/x", List.of(TRUNK, first, known)))
        .extracting(SipPort::transport)
        .containsExactlyInAnyOrder("udp", "tls-t00000001", "tls");
    Path pjsip = settings.directory().resolve("etc/pjsip.conf");
    assertThat(Files.readString(pjsip))
        .contains("contact = sip:sip.carrier.kz:5061\\;transport=tls", "transport = tls-t00000001")
        .contains("media_encryption = sdes", "bind = 0.0.0.0:5062", "bind = 0.0.0.0:5063")
        .doesNotContain("verify_server = no", "BEGIN CERTIFICATE")
        .containsPattern("ca_list_file = .*/etc/authorities-[0-9a-f-]+[.]pem");

    // Which one is asked first changes nothing of the port that the other one's calls go by.
    assertThat(files.writeTrunks(List.of(second, first)))
        .contains(
            new SipPort("tls-t00000001", "TCP", 5063), new SipPort("tls-t00000002", "TCP", 5064));
    assertThat(files.writeTrunks(List.of(second)))
        .containsExactly(
            new SipPort("udp", "UDP", 5061), new SipPort("tls-t00000002", "TCP", 5064));
    try (DirectoryStream<Path> kept =
        Files.newDirectoryStream(settings.directory().resolve("etc"), "authorities-*")) {
      for (Path file : kept) {
        assertThat(Files.readString(file)).isEqualTo(AUTHORITY);
      }
    }
  }

  @Test
  void refusesASipPortThatLeavesNoneForTls() {
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            new TelephonySettings(
                Path.of("/b"),
                Path.of("/i"),
                5038,
                65_520,
                20_000,
                20_100,
                0,
                Optional.empty(),
                Optional.empty()))
        .withMessageContaining("65514");
  }

  @Test
  void findsTheTransportsThatAreOpen() {
    assertThat(
            ManagerLink.opened(
                List.of(
                    "Transport:  <TransportId........>  <Type>  <cos>  <tos>  <BindAddress....>",
                    "==========",
                    "Transport:  tls-t00000001             tls      0      0  127.0.0.1:25061",
                    "Transport:  udp                       udp      0      0  127.0.0.1:25060",
                    "Objects found: 2")))
        .containsExactlyInAnyOrder("udp", "tls-t00000001");
  }

  private static Trunk secure(String id, Optional<CarrierAuthority> authority) {
    return new Trunk(
        new TrunkId(id),
        new TrunkTerms(
            "Carrier",
            "sip.carrier.kz",
            5061,
            Transport.TLS,
            Media.SRTP,
            authority,
            Optional.empty(),
            List.of(Codec.ALAW),
            10,
            BigDecimal.ZERO,
            1,
            new Msisdn("+77172000000"),
            true),
        Optional.empty(),
        true,
        0);
  }

  @Test
  void refusesADirectoryThatIsTooLongForAsterisksSocket() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings(Path.of("/tmp/" + "d".repeat(90))))
        .withMessageContaining("control socket");
    assertThatIllegalArgumentException().isThrownBy(() -> settings(Path.of("/tmp/a\n[options]")));
  }

  @Test
  void findsTheCallInAMediaStartAndInNothingElse() {
    CallId call = CallId.random();

    assertThat(
            MediaServer.namedBy(
                "{\"event\":\"MEDIA_START\",\"channel_variables\":{\"CALLID\":\"" + call + "\"}}"))
        .contains(new MediaServer.Named(call, false));
    assertThat(
            MediaServer.namedBy(
                "{\"event\":\"MEDIA_START\",\"channel_variables\":{\"CALLID\":\""
                    + call
                    + "\",\"EARLY\":\"1\"}}"))
        .contains(new MediaServer.Named(call, true));
    assertThat(
            MediaServer.namedBy(
                "{\"event\":\"MEDIA_STOP\",\"channel_variables\":{\"CALLID\":\"" + call + "\"}}"))
        .isEmpty();
    assertThat(MediaServer.namedBy("[".repeat(10_000))).isEmpty();
  }

  private TelephonySettings settings() {
    return settings(directory.path().resolve("b"));
  }

  private static Trunk trunk(String id, String host, int port, Optional<Login> login) {
    return new Trunk(new TrunkId(id), terms(host, port, login), Optional.empty(), true, 0);
  }

  private static TrunkTerms terms(String host, int port, Optional<Login> login) {
    return new TrunkTerms(
        "Carrier",
        host,
        port,
        Transport.UDP,
        Media.PLAIN,
        Optional.empty(),
        login,
        List.of(Codec.ALAW, Codec.ULAW),
        10,
        BigDecimal.ZERO,
        1,
        new Msisdn("+77172000000"),
        true);
  }

  private TelephonySettings settings(Path instance) {
    return new TelephonySettings(
        directory.path().resolve("bundle"),
        instance,
        5038,
        5061,
        20_000,
        20_100,
        0,
        Optional.empty(),
        Optional.empty());
  }

  private static List<SipPort> write(TelephonySettings settings, Trunk... trunks)
      throws IOException {
    Files.createDirectories(settings.bundle());
    Files.writeString(settings.bundle().resolve("modules.conf"), "[modules]\n");
    return new InstanceFiles(settings).write("s3cret", "ws://127.0.0.1:9/media/x", List.of(trunks));
  }
}
