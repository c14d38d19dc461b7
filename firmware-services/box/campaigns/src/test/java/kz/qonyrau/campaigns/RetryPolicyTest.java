package kz.qonyrau.campaigns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import kz.qonyrau.vocabulary.CallOutcome;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("AC-CMP-07")
class RetryPolicyTest {

  private static final Instant TEN_IN_ASTANA = Instant.parse("2026-11-24T05:00:00Z");

  /// 09:00 to 21:00 on the 24th and the 25th.
  private static final Timetable SCHEDULE =
      new Timetable(
          List.of(
              new Window(
                  LocalDate.parse("2026-11-24"),
                  LocalDate.parse("2026-11-25"),
                  EnumSet.allOf(DayOfWeek.class),
                  LocalTime.of(9, 0),
                  LocalTime.of(21, 0))),
          Set.of());

  private static final RetryPolicy POLICY =
      new RetryPolicy(
          5,
          Map.of(
              RetryReason.BUSY, new Retry(3, Duration.ofMinutes(10), true, NextNumber.SAME),
              RetryReason.NO_ANSWER, new Retry(1, Duration.ofHours(3), false, NextNumber.SAME),
              RetryReason.MACHINE, new Retry(2, Duration.ofHours(1), false, NextNumber.SAME)));

  @ParameterizedTest
  @CsvSource({
    "BUSY, 1, 1, 2026-11-24T05:10:00Z",
    "BUSY, 2, 2, 2026-11-24T05:20:00Z",
    "BUSY, 3, 3, 2026-11-24T05:40:00Z",
    "BUSY, 4, 4, ",
    "NO_ANSWER, 1, 4, 2026-11-24T08:00:00Z",
    "NO_ANSWER, 1, 5, ",
    "NO_ANSWER, 2, 2, "
  })
  void eachReasonCountsForItselfAndAllOfThemTogether(
      CallOutcome outcome, int failures, int attempts, Instant due) {
    Map<RetryReason, Integer> before = Map.of(RetryReason.valueOf(outcome.name()), failures);

    assertThat(POLICY.next(result(outcome, false), before, attempts, SCHEDULE))
        .isEqualTo(Optional.ofNullable(due));
  }

  @ParameterizedTest
  @EnumSource(
      value = CallOutcome.class,
      names = {"INVALID_NUMBER", "PLATFORM_FAULT", "CUSTOMER_ABORT", "ANSWERED", "UNREACHABLE"})
  void whatIsFinalStaysSo(CallOutcome outcome) {
    assertThat(POLICY.next(result(outcome, false), Map.of(), 1, SCHEDULE)).isEmpty();
  }

  @Test
  void aMachineIsNobody() {
    assertThat(
            POLICY.next(
                result(CallOutcome.ANSWERED, true), Map.of(RetryReason.MACHINE, 1), 1, SCHEDULE))
        .contains(Instant.parse("2026-11-24T06:00:00Z"));
  }

  @Test
  @Tag("AC-CMP-03")
  void aPauseThatEndsOutsideTheWindowsLastsUntilTheNext() {
    AttemptResult evening =
        AttemptResult.of(
            CallOutcome.NO_ANSWER, "Q.850 19", Instant.parse("2026-11-24T15:59:00Z"), false);
    AttemptResult lastEvening =
        AttemptResult.of(
            CallOutcome.NO_ANSWER, "Q.850 19", Instant.parse("2026-11-25T15:59:00Z"), false);

    assertThat(POLICY.next(evening, Map.of(), 1, SCHEDULE))
        .contains(Instant.parse("2026-11-25T04:00:00Z"));
    assertThat(POLICY.next(lastEvening, Map.of(), 1, SCHEDULE)).isEmpty();
  }

  @Test
  void growingPausesStopGrowingAtAWeek() {
    Retry retry = new Retry(10, Duration.ofHours(8), true, NextNumber.SAME);

    assertThat(retry.pauseAfter(1)).isEqualTo(Duration.ofHours(8));
    assertThat(retry.pauseAfter(5)).isEqualTo(Duration.ofHours(128));
    assertThat(retry.pauseAfter(6)).isEqualTo(Duration.ofDays(7));
    assertThat(retry.pauseAfter(1_000_000)).isEqualTo(Duration.ofDays(7));
  }

  @Test
  void whoDeclinedIsLeftAloneForAnHour() {
    assertThatThrownBy(() -> only(RetryReason.REJECTED, Duration.ofMinutes(59)))
        .isInstanceOfSatisfying(
            InvalidFieldException.class, wrong -> assertThat(wrong.field()).isEqualTo("REJECTED"))
        .hasMessageContaining("60 min");
    assertThat(only(RetryReason.REJECTED, Duration.ofMinutes(60)).mostAttempts()).isEqualTo(2);
    assertThatThrownBy(() -> only(RetryReason.BUSY, Duration.ofSeconds(59)))
        .hasMessageContaining("1 min");
  }

  @ParameterizedTest
  @CsvSource({"0, PT5M", "11, PT5M", "1, P7DT1S", "1, PT-5M"})
  void refusesWhatNobodyMeans(int times, Duration pause) {
    assertThatThrownBy(() -> new Retry(times, pause, false, NextNumber.SAME))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(" to ");
  }

  @ParameterizedTest
  @CsvSource({"0", "21", "-1"})
  void refusesAnImpossibleNumberOfAttempts(int attempts) {
    assertThatThrownBy(() -> new RetryPolicy(attempts, Map.of()))
        .isInstanceOf(InvalidFieldException.class)
        .hasMessageContaining("1 to 20");
  }

  @ParameterizedTest
  @EnumSource(
      value = MachineRule.class,
      names = {"CARRY_ON", "LEAVE_MESSAGE"})
  void machinesAreCalledAgainOnlyWhereTheyAreHungUpOn(MachineRule machines) {
    POLICY.requireFitting(MachineRule.HANG_UP);

    assertThatThrownBy(() -> POLICY.requireFitting(machines))
        .isInstanceOf(InvalidFieldException.class)
        .hasMessageContaining("HANG_UP");
  }

  private static RetryPolicy only(RetryReason reason, Duration pause) {
    return new RetryPolicy(2, Map.of(reason, new Retry(1, pause, false, NextNumber.SAME)));
  }

  private static AttemptResult result(CallOutcome outcome, boolean byMachine) {
    return AttemptResult.of(outcome, "Q.850 17", TEN_IN_ASTANA, byMachine);
  }
}
