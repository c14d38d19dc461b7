package kz.qonyrau.integrations;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Which programs go on after they were told to slow down.
@Tag("SH-API-03")
class HasteTest {

  private static final Instant NOON = Instant.parse("2026-03-02T07:00:00Z");

  private final Haste haste = new Haste();

  private boolean refusedAt(int minute) {
    return haste.note(NOON.plus(Duration.ofMinutes(minute)));
  }

  @Test
  void aThousandRefusalsInAMinuteAreOne() {
    assertThat(IntStream.range(0, 1000).mapToObj(_ -> refusedAt(0))).containsOnly(false);
  }

  @Test
  void theTenthMinuteOfAnHourIsOneTooMany() {
    IntStream.range(0, 9).forEach(minute -> assertThat(refusedAt(minute * 6)).isFalse());
    assertThat(refusedAt(9 * 6)).isTrue();
  }

  @Test
  void whoRunsIntoItNowAndThenIsNone() {
    IntStream.range(0, 200).forEach(time -> assertThat(refusedAt(time * 7)).isFalse());
  }
}
