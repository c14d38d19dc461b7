package kz.qonyrau.uplink;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("PLT-07")
class PausesTest {

  private final Pauses pauses = new Pauses(Duration.ofSeconds(100), Duration.ofSeconds(500));

  private void assertNextIsAbout(Duration longest) {
    assertThat(pauses.begin()).isBetween(longest.dividedBy(2), longest);
    assertThat(pauses.areOver()).isFalse();
  }

  @Test
  void pausesDoubleFromAttemptToAttemptUpToTheLongest() {
    assertThat(pauses.areOver()).isTrue();
    for (int seconds : List.of(100, 200, 400, 500, 500)) {
      assertNextIsAbout(Duration.ofSeconds(seconds));
    }
  }

  @Test
  void theLongestIsNeverPassedHoweverOftenItFails() {
    for (int attempt = 0; attempt < 100; attempt++) {
      assertThat(pauses.begin()).isBetween(Duration.ofSeconds(50), Duration.ofSeconds(500));
    }
  }

  @Test
  void whoReachedCentralBeginsFromTheShortestAgain() {
    assertNextIsAbout(Duration.ofSeconds(100));
    assertNextIsAbout(Duration.ofSeconds(200));

    pauses.end();

    assertThat(pauses.areOver()).isTrue();
    assertNextIsAbout(Duration.ofSeconds(100));
  }
}
