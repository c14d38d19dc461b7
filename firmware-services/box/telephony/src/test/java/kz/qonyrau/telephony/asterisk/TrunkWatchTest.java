package kz.qonyrau.telephony.asterisk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("PLT-04")
class TrunkWatchTest {

  private final TrunkWatch trunk = new TrunkWatch();

  @Test
  void isUpFromTheFirstGoodWordToTheFirstBadOne() {
    assertThat(trunk.told("Reachable", "1442")).isTrue();
    assertThat(trunk.roundTrip()).contains(Duration.ofNanos(1_442_000));
    assertThat(trunk.told("Reachable", "900")).isFalse();
    assertThat(trunk.told("Unreachable", "900")).isTrue();
    assertThat(trunk.isReachable()).isFalse();
    assertThat(trunk.roundTrip()).isEmpty();
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"Unknown", "NonQualified", "Created", "Removed", "reachable", ""})
  void isDownWhateverElseIsSaid(@Nullable String status) {
    assertThat(trunk.told(status, "1442")).isFalse();

    assertThat(trunk.isReachable()).isFalse();
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "-1", "soon", "99999999999999999999"})
  void isUpWithoutAUsableRoundTrip(@Nullable String roundTrip) {
    assertThat(trunk.told("Reachable", roundTrip)).isTrue();

    assertThat(trunk.roundTrip()).isEmpty();
  }

  @Test
  void isAskedForWithEachPongWhileDownAndNowAndThenWhileUp() {
    assertThat(trunk.isToBeAskedFor()).isTrue();
    assertThat(trunk.isToBeAskedFor()).isTrue();
    var _ = trunk.told("Reachable", null);
    int asked = 0;
    for (int pong = 0; pong < 3 * TrunkWatch.PONGS_BETWEEN_QUESTIONS; pong++) {
      asked += trunk.isToBeAskedFor() ? 1 : 0;
    }
    assertThat(asked).isEqualTo(3);
    trunk.lost();
    assertThat(trunk.isToBeAskedFor()).isTrue();
  }
}
