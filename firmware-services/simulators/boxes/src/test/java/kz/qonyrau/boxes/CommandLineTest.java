package kz.qonyrau.boxes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandLineTest {

  private static FleetOrder parse(String more) {
    String line = "--login-file passwords --identities ids " + more;
    return CommandLine.parse(
        Arrays.stream(line.split(" ", -1)).filter(word -> !word.isEmpty()).toArray(String[]::new));
  }

  @Test
  void whatIsNotSaidIsUsual() {
    FleetOrder order = parse("");

    assertThat(order.boxes()).isEqualTo(100);
    assertThat(order.length()).isEqualTo(Duration.ofSeconds(60));
    assertThat(order.shares()).isEmpty();
    assertThat(order.bare()).isFalse();
    assertThat(order.broker()).isEmpty();
  }

  @Test
  void whatIsSaidLaterCounts() {
    FleetOrder order = parse("--bare --misbehave all=0.02,oversized=0.5 --broker 127.0.0.1:1883");

    assertThat(order.bare()).isTrue();
    assertThat(order.broker()).contains("127.0.0.1:1883");
    assertThat(order.shares())
        .hasSize(Misbehaviour.values().length)
        .containsEntry(Misbehaviour.OVERSIZED, 0.5)
        .containsEntry(Misbehaviour.FORK, 0.02);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--boxes 0|--boxes",
        "--boxes many|--boxes",
        "--rate -1|--rate",
        "--window 257|--window",
        "--misbehave nonsense=0.1|nonsense",
        "--misbehave fork=2|fork",
        "--misbehave fork|fork",
        "--broker somewhere|--broker",
        "--central ftp://there|--central",
        "--seed|--seed",
        "--speed 3|--speed"
      })
  void aMistakeIsNamed(String more, String named) {
    assertThatThrownBy(() -> parse(more))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(named);
  }

  @Test
  void aMissingOptionIsNamed() {
    assertThatThrownBy(() -> CommandLine.parse("--boxes", "3"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--login-file");
  }
}
