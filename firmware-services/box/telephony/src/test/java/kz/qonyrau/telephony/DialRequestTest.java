package kz.qonyrau.telephony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import kz.qonyrau.vocabulary.CallId;
import kz.qonyrau.vocabulary.Msisdn;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DialRequestTest {

  private static final Msisdn CALLEE = new Msisdn("+77001234567");

  @ParameterizedTest
  @ValueSource(longs = {-1, 0, 19_999, 120_001})
  @Tag("AC-CAL-05")
  void refusesToRingShorterThanTwentySecondsOrLongerThanTwoMinutes(long milliseconds) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ringing(Duration.ofMillis(milliseconds)))
        .withMessageContaining("PT20S to PT2M");
  }

  @Test
  @Tag("AC-CAL-05")
  void acceptsBothEndsOfTheRange() {
    assertThat(ringing(Duration.ofSeconds(20)).ringing()).isEqualTo(Duration.ofSeconds(20));
    assertThat(ringing(Duration.ofMinutes(2)).ringing()).isEqualTo(Duration.ofMinutes(2));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "relative.raw",
        "/rec/a.wav",
        "/rec/a,b.raw",
        "/rec/${EXTEN}.raw",
        "/rec/a b.raw",
        "/rec/../etc/a.raw",
        "/rec/a\nExten: x.raw",
        "/rec/a|rm.raw",
        "/rec/.raw"
      })
  void refusesPathsThatMeanSomethingToTheDialplan(String path) {
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            new DialRequest(
                CallId.random(), CALLEE, Duration.ofSeconds(30), Optional.of(Path.of(path))));
  }

  @Test
  void showsNobodysNumber() {
    assertThat(ringing(Duration.ofSeconds(30)).toString()).doesNotContain("1234567");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 128})
  void refusesCausesThatQ850DoesNotKnow(int q850) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new HangupCause(q850, OptionalInt.empty()));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 200, 299, 700})
  void refusesSipStatusesThatEndNoCall(int sip) {
    assertThatIllegalArgumentException().isThrownBy(() -> new HangupCause(16, OptionalInt.of(sip)));
  }

  private static DialRequest ringing(Duration ringing) {
    return new DialRequest(CallId.random(), CALLEE, ringing, Optional.empty());
  }
}
