package kz.qonyrau.telephony.asterisk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import kz.qonyrau.telephony.TrunkStanding.Trouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// When a trunk is left alone, and how it comes back.
class TrunkHealthTest {

  private Instant now = Instant.parse("2026-11-24T07:00:00Z");
  private final TrunkHealth health = new TrunkHealth();

  private void later(Duration by) {
    now = now.plus(by);
  }

  @Test
  void eightFailuresInARowAreEnough() {
    for (int i = 1; i < TrunkHealth.FAILURES_IN_A_ROW; i++) {
      assertThat(health.failed(now)).isFalse();
    }
    assertThat(health.admits(now, 3)).isTrue();
    assertThat(health.failed(now)).isTrue();

    assertThat(health.admits(now, 0)).isFalse();
    assertThat(health.quarantine().orElseThrow().why()).isEqualTo(Trouble.CALLS_FAIL);
    assertThat(health.quarantine().orElseThrow().until())
        .isEqualTo(now.plus(TrunkHealth.FIRST_PAUSE));
  }

  @Test
  void soIsEverySecondCallOverTenOfThem() {
    boolean left = false;
    for (int i = 0; i < 5; i++) {
      assertThat(health.carried(now)).isFalse();
      left = health.failed(now);
    }
    assertThat(left).isTrue();
  }

  @Test
  void oneFailureInFourIsNot() {
    for (int i = 0; i < 200; i++) {
      if (i % 4 == 3) {
        assertThat(health.failed(now)).isFalse();
      } else {
        var _ = health.carried(now);
      }
    }
    assertThat(health.score()).isEqualTo(75);
  }

  @Test
  void aSingleCallDecidesAfterThePauseAndPausesGrow() {
    for (int i = 0; i < TrunkHealth.FAILURES_IN_A_ROW; i++) {
      var _ = health.failed(now);
    }
    Duration pause = TrunkHealth.FIRST_PAUSE;
    for (int round = 0; round < 8; round++) {
      later(pause.minusMillis(1));
      assertThat(health.admits(now, 0)).isFalse();
      later(Duration.ofMillis(1));
      assertThat(health.admits(now, 0)).isTrue();
      assertThat(health.admits(now, 1)).isFalse();
      assertThat(health.failed(now)).isTrue();
      assertThat(health.quarantine().orElseThrow().why()).isEqualTo(Trouble.STILL_FAILING);
      pause = pause.multipliedBy(2);
      if (pause.compareTo(TrunkHealth.LONGEST_PAUSE) > 0) {
        pause = TrunkHealth.LONGEST_PAUSE;
      }
      assertThat(health.quarantine().orElseThrow().until()).isEqualTo(now.plus(pause));
    }
    later(pause);
    assertThat(health.carried(now)).isTrue();
    assertThat(health.quarantine()).isEmpty();
    assertThat(health.score()).isEqualTo(100);
    assertThat(health.quarantines()).isEqualTo(9);
  }

  @Test
  void whatBeganBeforeThePauseDoesNotEndIt() {
    for (int i = 0; i < TrunkHealth.FAILURES_IN_A_ROW; i++) {
      var _ = health.failed(now);
    }
    assertThat(health.carried(now)).isFalse();
    assertThat(health.failed(now)).isFalse();
    assertThat(health.quarantines()).isEqualTo(1);
    assertThat(health.admits(now, 0)).isFalse();
  }

  @Test
  void aLineThatComesAndGoesIsLeftAlone() {
    assertThat(health.lost(now)).isFalse();
    later(Duration.ofMinutes(11));
    assertThat(health.lost(now)).isFalse();
    later(Duration.ofMinutes(1));
    assertThat(health.lost(now)).isFalse();
    later(Duration.ofMinutes(1));
    assertThat(health.lost(now)).isTrue();
    assertThat(health.quarantine().orElseThrow().why()).isEqualTo(Trouble.COMES_AND_GOES);
  }

  /// Whatever happens: it is never left alone for longer than the longest pause, and a trunk that
  /// carries everything again is back after the first call that it gets.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void neverGivesUpForGood(long seed) {
    Random random = new Random(seed);
    for (int step = 0; step < 2_000; step++) {
      later(Duration.ofMillis(random.nextInt(20_000)));
      switch (random.nextInt(4)) {
        case 0 -> {
          var _ = health.lost(now);
        }
        case 1 -> {
          var _ = health.carried(now);
        }
        default -> {
          var _ = health.failed(now);
        }
      }
      health
          .quarantine()
          .ifPresent(quarantine ->
              assertThat(quarantine.until())
                  .isBeforeOrEqualTo(now.plus(TrunkHealth.LONGEST_PAUSE)));
    }
    later(TrunkHealth.LONGEST_PAUSE);
    assertThat(health.admits(now, 0)).isTrue();
    var _ = health.carried(now);
    assertThat(health.admits(now, 50)).isTrue();
  }
}
