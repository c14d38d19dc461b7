package kz.qonyrau.campaigns;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import kz.qonyrau.vocabulary.CampaignId;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Several days with 400 contacts, outcomes by chance, and a restart at every seventh ended call.
/// Whatever the seed decides, nobody is called too often or too soon (AC-CMP-07).
@Tag("AC-CMP-07")
@Timeout(300)
class RetriesForDaysTest extends DialingRoom {

  private static final RetryPolicy POLICY =
      new RetryPolicy(
          4,
          Map.of(
              RetryReason.BUSY, new Retry(2, Duration.ofMinutes(15), true, NextNumber.SAME),
              RetryReason.NO_ANSWER, new Retry(3, Duration.ofHours(5), false, NextNumber.SAME),
              RetryReason.REJECTED, new Retry(1, Duration.ofHours(20), false, NextNumber.SAME)));

  private final Map<String, List<Instant>> calls = new HashMap<>();

  @ParameterizedTest
  @ValueSource(longs = {20261129, 7})
  @Tag("AC-CMP-03")
  void keepsToThePolicyForDays(long seed) throws IOException {
    desk.random = new Random(seed);
    OrderDraft draft = OrderDraft.to(list(numbers(400))).channels(20).retries(POLICY);
    CampaignId id = started(draft);
    Timetable schedule = rules.timetable(draft.order().schedule());
    for (int i = 0; i < 20_000 && !found(id).state().isOver(); i++) {
      noteCalls(schedule);
      everybodyIsSomewhere(found(id).progress());
      clock.set(desk.nextEnd().orElseGet(() -> nextLook(schedule)));
      desk.endDue();
      if (i % 7 == 0 && desk.nextEnd().isEmpty()) {
        noteCalls(schedule);
        if (desk.nextEnd().isEmpty()) {
          boot();
          assertThat(dialer.recover()).isZero();
        }
      }
    }

    assertThat(found(id).state()).isEqualTo(CampaignState.COMPLETED);
    assertThat(found(id).progress().done()).isEqualTo(400);
    assertThat(calls.values())
        .allSatisfy(times -> {
          assertThat(times).hasSizeLessThanOrEqualTo(4);
          for (int i = 1; i < times.size(); i++) {
            assertThat(Duration.between(times.get(i - 1), times.get(i)))
                .isGreaterThanOrEqualTo(Duration.ofMinutes(15));
          }
        });
    assertThat(calls.values()).anyMatch(times -> times.size() == 4);
    assertThat(openAttempts()).isZero();
  }

  /// Takes a turn and writes down whom it called.
  private void noteCalls(Timetable schedule) {
    int before = desk.attempts.size();
    turns(1);
    for (Attempt attempt : desk.attempts.subList(before, desk.attempts.size())) {
      assertThat(schedule.isOpen(clock.instant())).isTrue();
      calls.computeIfAbsent(attempt.callee().e164(), _ -> new ArrayList<>()).add(clock.instant());
    }
  }

  /// Nights have fewer turns; nothing may happen in them.
  private Instant nextLook(Timetable schedule) {
    Instant now = clock.instant();
    return now.plus(schedule.isOpen(now) ? Duration.ofMinutes(1) : Duration.ofMinutes(10));
  }

  private static void everybodyIsSomewhere(Progress now) {
    assertThat(now.pending() + now.waiting() + now.active() + now.done())
        .isEqualTo(now.recipients());
  }
}
