package kz.qonyrau.speech;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class ExternalProgramTest {

  private static final Duration LONG = Duration.ofSeconds(10);

  @Test
  void givesBackWhatTheProgramMakesOfItsInput() throws Exception {
    byte[] input = Prompts.noise(Duration.ofSeconds(20), 1);

    ExternalProgram.Output output = ExternalProgram.run(List.of("cat"), input, 1 << 20, LONG);

    assertThat(output.succeeded()).isTrue();
    assertThat(output.bytes()).isEqualTo(input);
  }

  @Test
  void endsAProgramThatTakesTooLong() {
    assertThatThrownBy(() ->
            ExternalProgram.run(List.of("sleep", "60"), new byte[0], 100, Duration.ofMillis(200)))
        .isInstanceOf(TimeoutException.class)
        .hasMessageContaining("sleep");
  }

  @Test
  void endsAProgramThatSaysTooMuch() throws Exception {
    ExternalProgram.Output output = ExternalProgram.run(List.of("yes"), new byte[0], 1000, LONG);

    assertThat(output.tooMuch()).isTrue();
    assertThat(output.succeeded()).isFalse();
    assertThat(output.bytes()).hasSize(1000);
  }

  @Test
  void tellsOfAProgramThatIsMissingOrFails() throws Exception {
    assertThatThrownBy(
            () -> ExternalProgram.run(List.of("no-such-program"), new byte[0], 100, LONG))
        .isInstanceOf(IOException.class);

    ExternalProgram.Output output =
        ExternalProgram.run(List.of("ls", "/no/such/file"), new byte[1 << 20], 100, LONG);
    assertThat(output.exit()).isNotZero();
    assertThat(output.complaint()).contains("No such file");
  }
}
