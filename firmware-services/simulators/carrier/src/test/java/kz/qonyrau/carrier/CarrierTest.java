package kz.qonyrau.carrier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

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
                30000,
                33999,
                Optional.empty(),
                Duration.ofMillis(300)));
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
  void saysItsPhrasesAtTheNumbersOfTheReadme() throws IOException {
    String readme = Files.readString(readme());
    String extensions = Dialplan.extensions(CarrierSettings.SHORT_RINGING);

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
        .isEqualTo(new CarrierCall("77001234500", "carrier-1.2", false));
    assertThat(CarrierCall.parse("ends 77001234500 carrier-1.2").json())
        .isEqualTo("{\"event\":\"ends\",\"number\":\"77001234500\",\"call\":\"carrier-1.2\"}");
  }

  private static Path readme() {
    return Path.of(System.getProperty("qonyrau.root", "../../.."))
        .resolve("firmware-services/simulators/carrier/README.md");
  }
}
