package kz.qonyrau.telephony.asterisk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Dead, or busy.
@Tag("PLT-06")
class MissedPingsTest {

  private final MissedPings pings = new MissedPings();
  private Duration used = Duration.ofMinutes(3);

  private boolean missedAfter(long workedMillis) {
    used = used.plusMillis(workedMillis);
    return pings.missed(used);
  }

  @Test
  void onOneMissedPingNothingIsDone() {
    assertThat(missedAfter(0)).isFalse();
    pings.answered();
    assertThat(missedAfter(0)).isFalse();
  }

  @Test
  void whatStandsStillIsDeadWithTheSecond() {
    assertThat(missedAfter(700)).isFalse();
    assertThat(missedAfter(20)).isTrue();
  }

  @Test
  void whatWorksIsGivenTimeAndThenAnswersOrStandsStill() {
    assertThat(missedAfter(900)).isFalse();
    assertThat(missedAfter(900)).isFalse();
    assertThat(missedAfter(300)).isFalse();
    pings.answered();
    assertThat(missedAfter(900)).isFalse();
    assertThat(missedAfter(900)).isFalse();
    assertThat(missedAfter(0)).isTrue();
  }

  @Test
  void whatWorksOnWithoutAnAnswerIsDeadInTheEnd() {
    for (int ping = 1; ping < 10; ping++) {
      assertThat(missedAfter(1000)).as("ping %d", ping).isFalse();
    }
    assertThat(missedAfter(1000)).isTrue();
  }
}
