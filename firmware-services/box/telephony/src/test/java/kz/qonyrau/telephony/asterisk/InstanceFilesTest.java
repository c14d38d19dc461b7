package kz.qonyrau.telephony.asterisk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import kz.qonyrau.telephony.TrunkId;
import kz.qonyrau.telephony.trunks.Trunk;
import kz.qonyrau.telephony.trunks.TrunkTerms;
import kz.qonyrau.telephony.trunks.TrunkTerms.Codec;
import kz.qonyrau.telephony.trunks.TrunkTerms.Login;
import kz.qonyrau.telephony.trunks.TrunkTerms.Transport;
import kz.qonyrau.testsupport.UnprivilegedDirectory;
import kz.qonyrau.vocabulary.CallId;
import kz.qonyrau.vocabulary.Msisdn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class InstanceFilesTest {

  private static final Trunk TRUNK = trunk("t00000001", "sip.carrier.kz", 5060, Optional.empty());

  @RegisterExtension final UnprivilegedDirectory directory = new UnprivilegedDirectory();

  @Test
  void writesNothingThatListensBeyondLoopbackExceptSip() throws IOException {
    TelephonySettings settings = settings();
    write(settings, TRUNK);

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
    write(settings, TRUNK);

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
    write(settings, trunk("t00000001", "127.0.0.1", 5070, Optional.of(new Login("box", "p[w]d"))));

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

  private static void write(TelephonySettings settings, Trunk... trunks) throws IOException {
    Files.createDirectories(settings.bundle());
    Files.writeString(settings.bundle().resolve("modules.conf"), "[modules]\n");
    new InstanceFiles(settings).write("s3cret", "ws://127.0.0.1:9/media/x", List.of(trunks));
  }
}
