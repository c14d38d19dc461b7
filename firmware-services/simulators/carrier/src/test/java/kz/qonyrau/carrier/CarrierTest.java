package kz.qonyrau.carrier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CarrierTest {

  private static final String[] SMALLEST = {
    "--bundle", "/opt/bundle", "--dir", "/tmp/c", "--sip-port", "5070"
  };

  @Test
  void readsItsCommandLine() {
    assertThat(CommandLine.parse(SMALLEST))
        .isEqualTo(
            new CarrierSettings(
                Path.of("/opt/bundle"),
                Path.of("/tmp/c"),
                5070,
                Optional.empty(),
                30000,
                33999,
                Optional.empty(),
                Duration.ofMillis(300)));
  }

  @Test
  void takesSipOverTlsWhereItIsTold() {
    String[] secure = Arrays.copyOf(SMALLEST, SMALLEST.length + 2);
    secure[SMALLEST.length] = "--tls-port";
    secure[SMALLEST.length + 1] = "5071";

    assertThat(CommandLine.parse(secure).tlsPort()).contains(5071);
    secure[SMALLEST.length + 1] = "65536";
    assertThatIllegalArgumentException().isThrownBy(() -> CommandLine.parse(secure));
  }

  @Test
  void refusesADirectoryThatIsTooLongForAsterisksSocket() {
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            CommandLine.parse(
                new String[] {
                  "--bundle", "/b", "--dir", "/tmp/" + "d".repeat(90), "--sip-port", "5070"
                }))
        .withMessageContaining("control socket");
  }

  @Test
  void refusesValuesThatWouldEndUpAsOtherLinesOfTheConfiguration() {
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            CommandLine.parse(
                new String[] {
                  "--bundle", "/b", "--dir", "/tmp/c\n[options]", "--sip-port", "5070"
                }));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> CommandLine.parse(new String[] {"--bundle", "/b", "--dir", "/d", "--sip-port"}));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CommandLine.parse(new String[] {"--bundel", "/b"}));
  }

  @Test
  void refusesCallersAndKeysThatWouldEndUpAsOtherOrders() {
    Map<String, String> right =
        Map.of("--to", "77172000001", "--box-port", "5060", "--from", "77010000005", "--keys", "1");
    assertThat(CallTheBox.parse(right))
        .isEqualTo(
            new SubscriberCall(Optional.of("77010000005"), "77172000001", 5060, Optional.of("1")));
    for (String[] wrong :
        new String[][] {
          {"--to", "+77172000001"},
          {"--to", "77172000001\nstop now"},
          {"--from", "7701 000005"},
          {"--from", "00000000000"},
          {"--box-port", "65536"},
          {"--box-port", "5060;"},
          {"--keys", ""},
          {"--keys", "#"},
          {"--keys", "1,2"},
          {"--keys", "*12345)"},
          {"--keys", "123456789012345678901"},
        }) {
      Map<String, String> options = new HashMap<>(right);
      options.put(wrong[0], wrong[1]);
      assertThatIllegalArgumentException().isThrownBy(() -> CallTheBox.parse(options));
    }
  }

  @Test
  void saysItsPhrasesAtTheNumbersOfTheReadme() throws IOException {
    String readme = Files.readString(readme());
    String extensions =
        Dialplan.extensions(
            CarrierSettings.SHORT_RINGING, Path.of("/tmp/c/sounds"), Path.of("/tmp/c/heard"));

    assertThat(Phrase.ALL).hasSize(30);
    for (Phrase phrase : Phrase.ALL) {
      assertThat(readme)
          .contains(
              "| %s | `%s` | %s |".formatted(phrase.lastDigits(), phrase.sound(), phrase.text()));
      assertThat(extensions).contains("Playback(" + phrase.sound() + ")");
    }
  }

  @Test
  void readsItsOwnRecordOfCalls() {
    assertThat(CarrierCall.parse("rings 77001234500 carrier-1.2"))
        .isEqualTo(
            new CarrierCall(
                "77001234500", "carrier-1.2", Optional.empty(), Optional.empty(), false));
    assertThat(CarrierCall.parse("ends 77001234500 carrier-1.2").json())
        .isEqualTo("{\"event\":\"ends\",\"number\":\"77001234500\",\"call\":\"carrier-1.2\"}");
  }

  @Test
  void answersInTheLanguagesOfTheReadme() throws IOException {
    String readme = Files.readString(readme());
    String extensions =
        Dialplan.extensions(
            CarrierSettings.SHORT_RINGING, Path.of("/tmp/c/sounds"), Path.of("/tmp/c/heard"));

    for (SpokenAnswer answer : SpokenAnswer.ALL) {
      assertThat(readme)
          .contains(
              "| %s | %s | %s |".formatted(answer.lastDigits(), answer.language(), answer.text()));
      assertThat(extensions).contains("Playback(/tmp/c/sounds/answer-" + answer.lastDigits() + ")");
    }
  }

  @Test
  void announcesWhatTheReadmeSays() throws IOException {
    String readme = Files.readString(readme());
    String extensions =
        Dialplan.extensions(
            CarrierSettings.SHORT_RINGING, Path.of("/tmp/c/sounds"), Path.of("/tmp/c/heard"));

    for (Announcement one : Announcement.ALL) {
      assertThat(readme)
          .contains("| %s | %s | %s |".formatted(one.lastDigits(), one.language(), one.text()));
      assertThat(extensions)
          .contains(
              "Playback(/tmp/c/sounds/announcement-" + one.lastDigits() + ",noanswer)",
              "PJSIPHangup(" + one.status() + ")");
    }
  }

  @Test
  void notesWhatIsSaidAndInWhichLanguage() {
    assertThat(CarrierCall.parse("says 77001234537 carrier-1.2 kk").json())
        .isEqualTo(
            "{\"event\":\"says\",\"number\":\"77001234537\",\"call\":\"carrier-1.2\","
                + "\"language\":\"kk\",\"text\":\"иә\"}");
  }

  @Test
  void notesAfterHowLongSomethingIsHeard() {
    assertThat(CarrierCall.parse("hears 77001234535 carrier-1.2 184").json())
        .isEqualTo(
            "{\"event\":\"hears\",\"number\":\"77001234535\",\"call\":\"carrier-1.2\","
                + "\"millis\":184}");
    for (String wrong :
        List.of("hears 7 c -5", "hears 7 c 1.5", "hears 7 c", "listens 7 c 5", "rings 7 c 5")) {
      assertThatIllegalArgumentException().isThrownBy(() -> CarrierCall.parse(wrong));
    }
  }

  @Test
  void makesAVoiceAsATelephoneCarriesIt(@TempDir Path directory)
      throws IOException, InterruptedException {
    Path wav = directory.resolve("yes.wav");

    MadeVoice.say("kk", "иә", wav);

    ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(wav)).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(file.getInt(24)).isEqualTo(8000);
    assertThat(file.capacity()).isBetween(44 + 2000, 44 + 32_000);
    int loudest = 0;
    for (int at = 44; at < file.capacity(); at += 2) {
      loudest = Math.max(loudest, Math.abs(file.getShort(at)));
    }
    assertThat(loudest).isBetween(3_000, 32_768);
    assertThatIOException()
        .isThrownBy(() -> MadeVoice.say("none", "x", wav))
        .withMessageContaining("none");
  }

  private static Path readme() {
    return Path.of(System.getProperty("qonyrau.root", "../../.."))
        .resolve("firmware-services/simulators/carrier/README.md");
  }
}
