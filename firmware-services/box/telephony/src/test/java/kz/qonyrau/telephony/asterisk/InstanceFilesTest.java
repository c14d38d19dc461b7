package kz.qonyrau.telephony.asterisk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import kz.qonyrau.testsupport.UnprivilegedDirectory;
import kz.qonyrau.vocabulary.CallId;
import kz.qonyrau.vocabulary.Msisdn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstanceFilesTest {

  private static final TrunkSettings TRUNK =
      new TrunkSettings("sip.carrier.kz", 5060, Optional.empty(), 10);

  @RegisterExtension final UnprivilegedDirectory directory = new UnprivilegedDirectory();

  @Test
  void writesNothingThatListensBeyondLoopbackExceptSip() throws IOException {
    TelephonySettings settings = settings(TRUNK);
    write(settings);

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
    TelephonySettings settings = settings(TRUNK);
    write(settings);

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
    TelephonySettings settings =
        settings(
            new TrunkSettings(
                "127.0.0.1", 5070, Optional.of(new TrunkSettings.Login("box", "p[w]d")), 10));
    write(settings);

    assertThat(Files.readString(settings.directory().resolve("etc/pjsip.conf")))
        .contains("type = registration", "username = box", "password = p[w]d", "from_user = box")
        .contains("client_uri = sip:box@127.0.0.1:5070", "bind = 127.0.0.1:5061");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a\r\nhost", "host;x", "[::1]", "-x", "h h"})
  void refusesATrunkHostThatWouldChangeTheConfiguration(String host) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TrunkSettings(host, 5060, Optional.empty(), 10));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "p\nsecret=x", "p\r", "p;comment", "p w", "пароль"})
  void refusesAPasswordThatWouldChangeTheConfigurationAndDoesNotRepeatIt(String password) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TrunkSettings.Login("box", password))
        .withMessageNotContaining("secret");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TrunkSettings.Login("b]\n[x" + password, "p"));
  }

  @Test
  void neverShowsThePassword() {
    assertThat(new TrunkSettings.Login("box", "hidden").toString()).doesNotContain("hidden");
  }

  @Test
  void refusesADirectoryThatIsTooLongForAsterisksSocket() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings(Path.of("/tmp/" + "d".repeat(90)), TRUNK))
        .withMessageContaining("control socket");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings(Path.of("/tmp/a\n[options]"), TRUNK));
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

  private TelephonySettings settings(TrunkSettings trunk) {
    return settings(directory.path().resolve("b"), trunk);
  }

  private TelephonySettings settings(Path instance, TrunkSettings trunk) {
    return new TelephonySettings(
        directory.path().resolve("bundle"),
        instance,
        5038,
        5061,
        20_000,
        20_100,
        0,
        trunk,
        new Msisdn("+77172000000"),
        Optional.empty(),
        Optional.empty());
  }

  private static void write(TelephonySettings settings) throws IOException {
    Files.createDirectories(settings.bundle());
    Files.writeString(settings.bundle().resolve("modules.conf"), "[modules]\n");
    new InstanceFiles(settings).write("s3cret", "ws://127.0.0.1:9/media/x");
  }
}
