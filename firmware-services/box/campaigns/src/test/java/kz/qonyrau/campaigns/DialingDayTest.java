package kz.qonyrau.campaigns;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import kz.qonyrau.vocabulary.CampaignId;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A day with 3500 contacts and two campaigns, one of which reaches a part of the other's, with a
/// few crashes in between. Dialling takes several minutes, so that the limits of the minute matter.
/// Whatever the seed decides, none is ever exceeded.
@Timeout(300)
class DialingDayTest extends DialingRoom {

  private static final Instant OPENING = Instant.parse("2026-11-24T04:00:00Z");
  private static final Instant CLOSING = Instant.parse("2026-11-24T16:00:00Z");
  private static final int BOX_CHANNELS = 90;
  private static final int BOX_CALLS_PER_MINUTE = 1200;
  private static final int LARGE_CHANNELS = 60;
  private static final int SMALL_CHANNELS = 40;

  @ParameterizedTest
  @ValueSource(longs = {20261124})
  @Tag("AC-CMP-03")
  @Tag("AC-CMP-07")
  @Tag("AC-CAL-01")
  @Tag("EX-AC-7")
  @Tag("AC-CAL-09")
  void getsThroughADay(long seed) throws IOException {
    Random random = new Random(seed);
    desk.random = random;
    clock.set(OPENING.minus(Duration.ofMinutes(10)));
    gate = new GateState.Open(BOX_CHANNELS, BOX_CALLS_PER_MINUTE);
    CampaignId large =
        started(OrderDraft.to(list(numbers(3_000))).channels(LARGE_CHANNELS).callsPerMinute(1000));
    CampaignId small =
        started(
            OrderDraft.to(list(numbers(500)))
                .saying("Снова")
                .channels(SMALL_CHANNELS)
                .callsPerMinute(300));
    NavigableMap<Instant, Integer> starts = new TreeMap<>();
    int lost = 0;
    while (clock.instant().isBefore(CLOSING) && !(isOver(large) && isOver(small))) {
      int before = desk.attempts.size();
      Optional<Instant> due = dialer.turn();
      starts.merge(clock.instant(), desk.attempts.size() - before, Integer::sum);
      keepsToItsChannels(large, small);
      if (random.nextInt(150) == 0) {
        lost += crash();
      }
      clock.set(desk.nextEnd().isPresent() ? soon(random) : due.orElseGet(() -> soon(random)));
      desk.endDue();
    }

    assertThat(found(large).state()).isEqualTo(CampaignState.COMPLETED);
    assertThat(found(small).state()).isEqualTo(CampaignState.COMPLETED);
    assertThat(found(large).progress().done()).isEqualTo(3_000);
    assertThat(found(small).progress().done()).isEqualTo(500);
    assertThat(
            desk.attempts.stream()
                .map(attempt -> attempt.campaign() + " " + attempt.callee().e164()))
        .doesNotHaveDuplicates();
    assertThat(lost).isPositive();
    assertThat(desk.overlaps).isZero();
    assertThat(openAttempts()).isZero();
    keepsToItsPace(starts);
  }

  /// Some turns find one result or none, others a few of them; a late turn may catch up.
  private Instant soon(Random random) {
    return clock.instant().plusMillis(1 + random.nextInt(500));
  }

  private boolean isOver(CampaignId id) {
    return found(id).state().isOver();
  }

  private void keepsToItsChannels(CampaignId large, CampaignId small) {
    Map<CampaignId, Integer> active = desk.active();
    assertThat(active.getOrDefault(large, 0)).isLessThanOrEqualTo(LARGE_CHANNELS);
    assertThat(active.getOrDefault(small, 0)).isLessThanOrEqualTo(SMALL_CHANNELS);
    assertThat(active.values().stream().mapToInt(Integer::intValue).sum())
        .isLessThanOrEqualTo(BOX_CHANNELS);
  }

  private static void keepsToItsPace(NavigableMap<Instant, Integer> starts) {
    starts.values().removeIf(placed -> placed == 0);
    assertThat(starts.firstKey()).isAfterOrEqualTo(OPENING);
    starts.forEach((at, _) ->
        assertThat(
                starts.subMap(at, at.plusSeconds(60)).values().stream()
                    .mapToInt(Integer::intValue)
                    .sum())
            .isLessThanOrEqualTo(BOX_CALLS_PER_MINUTE));
  }
}
