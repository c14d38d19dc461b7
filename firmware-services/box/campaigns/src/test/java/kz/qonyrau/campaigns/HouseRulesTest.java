package kz.qonyrau.campaigns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import kz.qonyrau.campaigns.Breakdown.Part;
import kz.qonyrau.vocabulary.CallOutcome;
import kz.qonyrau.vocabulary.CampaignId;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the owner sets for all campaigns: days off, how often a number is called, the gap.
@Timeout(60)
class HouseRulesTest extends DialingRoom {

  private static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);

  @Test
  @Tag("AC-CMP-02")
  void aNewBoxKnowsThePublicHolidaysOfThisYearAndTheNext() {
    List<DayOff> days = await(rules.days());

    assertThat(days)
        .contains(
            new DayOff(LocalDate.parse("2026-03-08"), "WOMENS_DAY"),
            new DayOff(LocalDate.parse("2026-03-09"), "MOVED_HOLIDAY"),
            new DayOff(LocalDate.parse("2026-03-24"), "MOVED_HOLIDAY"),
            new DayOff(LocalDate.parse("2026-03-25"), "MOVED_HOLIDAY"),
            new DayOff(LocalDate.parse("2026-05-11"), "MOVED_HOLIDAY"),
            new DayOff(LocalDate.parse("2026-05-27"), "KURBAN_AIT"),
            new DayOff(LocalDate.parse("2026-10-26"), "MOVED_HOLIDAY"),
            new DayOff(LocalDate.parse("2026-12-16"), "INDEPENDENCE_DAY"),
            new DayOff(LocalDate.parse("2027-03-15"), "CONSTITUTION_DAY"));
    assertThat(days.stream().map(DayOff::date))
        .doesNotContain(LocalDate.parse("2026-08-30"), LocalDate.parse("2026-08-31"))
        .isSorted()
        .doesNotHaveDuplicates();
  }

  @Test
  @Tag("AC-CMP-03")
  void nothingIsDialledOnADayOffUnlessTheCampaignSaysSo() throws IOException {
    await(rules.put(new DayOff(LocalDate.parse("2026-11-25"), "Корпоратив")));
    clock.set(Instant.parse("2026-11-25T05:00:00Z"));
    CampaignId rests = started(OrderDraft.to(list("87010000001\n")));
    CampaignId dials = started(OrderDraft.to(list("87010000002\n")).onDaysOff());
    turns(6);

    assertThat(desk.attempts).hasSize(1);
    assertThat(desk.attempts.getFirst().campaign()).isEqualTo(dials);
    assertThat(dialer.explain(rests))
        .isEqualTo(Idle.until(IdleReason.NO_WINDOW, Instant.parse("2026-11-26T04:00:00Z")));
  }

  @Test
  void aDayOffThatIsTakenBackLetsCampaignsDialAtOnce() throws IOException {
    await(rules.put(new DayOff(LocalDate.parse("2026-11-24"), "Ошибка")));
    CampaignId id = started(OrderDraft.to(list("87010000001\n")));
    turns(4);
    assertThat(desk.attempts).isEmpty();

    assertThat(await(rules.remove(LocalDate.parse("2026-11-24")))).isTrue();
    turns(3);

    assertThat(desk.attempts).hasSize(1);
    assertThat(await(rules.remove(LocalDate.parse("2026-11-24")))).isFalse();
    settle(id);
  }

  @Test
  void whatWasSetOutlivesAStart() {
    await(rules.setContacts(new ContactRules(Duration.ofHours(2), 1, 3, 7)));
    await(rules.put(new DayOff(LocalDate.parse("2026-11-30"), "Инвентаризация")));

    boot();

    assertThat(rules.contacts()).isEqualTo(new ContactRules(Duration.ofHours(2), 1, 3, 7));
    assertThat(await(rules.days()))
        .contains(new DayOff(LocalDate.parse("2026-11-30"), "Инвентаризация"));
  }

  @Test
  void publicHolidaysAreAddedWithoutTouchingWhatIsThere() {
    await(rules.put(new DayOff(LocalDate.parse("2028-01-01"), "Каникулы")));

    List<DayOff> added = await(rules.addPublicHolidays(2028));

    assertThat(added.stream().map(DayOff::date)).doesNotContain(LocalDate.parse("2028-01-01"));
    assertThat(added).isNotEmpty();
    assertThat(await(rules.days())).contains(new DayOff(LocalDate.parse("2028-01-01"), "Каникулы"));
    assertThat(await(rules.addPublicHolidays(2028))).isEmpty();
  }

  @Test
  @Tag("AC-CAL-09")
  void aNumberIsCalledNoMoreOftenThanADayAllows() throws IOException {
    await(rules.setContacts(new ContactRules(Duration.ZERO, 1, 0, 0)));
    CampaignId first = started(OrderDraft.to(list("87010000001\n")));
    settle(first);
    desk.ends("+77010000002", CallOutcome.ANSWERED);
    CampaignId second = started(OrderDraft.to(list("87010000001\n87010000002\n")));
    pass(Duration.ofMinutes(10));

    assertThat(desk.attempts).hasSize(2);
    assertThat(found(second).progress())
        .isEqualTo(new Progress(2, 0, 0, 1, 0, 1, Map.of(CallOutcome.ANSWERED, 1L), Map.of()));
    assertThat(dialer.explain(second))
        .isEqualTo(Idle.until(IdleReason.CAPS_REACHED, Instant.parse("2026-11-24T19:00:00Z")));
    assertThat(recipient(second, "+77010000001").state()).isEqualTo(Recipient.State.CAPPED);

    // Midnight in Astana; the window opens at nine.
    clock.set(Instant.parse("2026-11-24T19:00:00Z"));
    turns(3);
    assertThat(desk.attempts).hasSize(2);
    clock.set(Instant.parse("2026-11-25T04:00:00Z"));
    settle(second);

    assertThat(desk.attempts).hasSize(3);
    assertThat(found(second).state()).isEqualTo(CampaignState.COMPLETED);
  }

  @Test
  void repeatsCountAndKeepTheirResult() throws IOException {
    await(rules.setContacts(new ContactRules(Duration.ZERO, 2, 0, 0)));
    desk.ends("+77010000001", CallOutcome.BUSY, CallOutcome.BUSY, CallOutcome.BUSY);
    CampaignId id =
        started(
            OrderDraft.to(list("87010000001\n")).again(RetryReason.BUSY, 5, Duration.ofMinutes(5)));
    for (int i = 0; i < 60; i++) {
      turns(2);
      clock.advance(Duration.ofMinutes(1));
      desk.endDue();
    }

    assertThat(desk.attempts).hasSize(2);
    Recipient capped = recipient(id, "+77010000001");
    assertThat(capped.state()).isEqualTo(Recipient.State.CAPPED);
    assertThat(capped.outcome()).contains(CallOutcome.BUSY);
    assertThat(found(id).progress().capped()).isEqualTo(1);

    var _ = await(campaigns.cancel(id, "owner", "enough"));
    assertThat(recipient(id, "+77010000001").state()).isEqualTo(Recipient.State.DONE);
    assertThat(found(id).progress())
        .isEqualTo(new Progress(1, 0, 0, 0, 0, 1, Map.of(CallOutcome.BUSY, 1L), Map.of()));
  }

  @Test
  void looserCapsHoldAtOnce() throws IOException {
    await(rules.setContacts(new ContactRules(Duration.ZERO, 1, 0, 0)));
    CampaignId first = started(OrderDraft.to(list("87010000001\n")));
    settle(first);
    CampaignId second = started(OrderDraft.to(list("87010000001\n")));
    turns(6);
    assertThat(dialer.explain(second).reason()).isEqualTo(IdleReason.CAPS_REACHED);

    await(rules.setContacts(new ContactRules(Duration.ZERO, 2, 0, 0)));
    settle(second);

    assertThat(desk.attempts).hasSize(2);
    assertThat(found(second).state()).isEqualTo(CampaignState.COMPLETED);
  }

  @Test
  void capsOutliveAKill() throws IOException {
    await(rules.setContacts(new ContactRules(Duration.ZERO, 1, 0, 0)));
    CampaignId first = started(OrderDraft.to(list("87010000001\n")));
    settle(first);
    CampaignId second = started(OrderDraft.to(list("87010000001\n")));
    turns(6);

    assertThat(crash()).isZero();
    turns(6);

    assertThat(desk.attempts).hasSize(1);
    assertThat(dialer.explain(second).reason()).isEqualTo(IdleReason.CAPS_REACHED);
    clock.set(Instant.parse("2026-11-25T04:00:00Z"));
    settle(second);
    assertThat(desk.attempts).hasSize(2);
  }

  @Test
  @Tag("AC-CAL-09")
  void anotherGapHoldsForCallsOfBefore() throws IOException {
    await(rules.setContacts(new ContactRules(Duration.ZERO, 0, 0, 0)));
    CampaignId first = started(OrderDraft.to(list("87010000001\n")));
    settle(first);
    await(rules.setContacts(new ContactRules(Duration.ofHours(1), 0, 0, 0)));
    CampaignId second = started(OrderDraft.to(list("87010000001\n")));
    turns(6);

    assertThat(desk.attempts).hasSize(1);
    assertThat(dialer.explain(second).reason()).isEqualTo(IdleReason.NUMBERS_RESTING);
    assertThat(recipient(second, "+77010000001").rests()).isPresent();

    await(rules.setContacts(new ContactRules(Duration.ZERO, 0, 0, 0)));
    clock.advance(Duration.ofHours(1));
    settle(second);
    assertThat(desk.attempts).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({
    "-1, 0, 0, 0, gap",
    "1441, 0, 0, 0, gap",
    "30, -1, 0, 0, perDay",
    "30, 1001, 0, 0, perDay",
    "30, 0, -5, 0, perWeek",
    "30, 0, 0, 1001, perMonth",
    "30, 5, 4, 0, perDay",
    "30, 5, 0, 4, perDay",
    "30, 0, 5, 4, perWeek",
  })
  void refusesRulesThatCannotBe(int gap, int day, int week, int month, String field) {
    assertThatThrownBy(() -> new ContactRules(Duration.ofMinutes(gap), day, week, month))
        .isInstanceOfSatisfying(
            InvalidFieldException.class, wrong -> assertThat(wrong.field()).isEqualTo(field));
  }

  @Test
  void aCalendarHasAnEnd() {
    LocalDate day = LocalDate.parse("2030-01-01");
    Future<?> last = Future.succeededFuture();
    for (int i = await(rules.days()).size(); i < HouseRules.MOST_DAYS; i++) {
      last = rules.put(new DayOff(day.plusDays(i), "Отдых"));
    }
    var _ = await(last);

    assertThatThrownBy(() -> await(rules.put(new DayOff(LocalDate.parse("2100-01-01"), "Лишний"))))
        .isInstanceOf(InvalidFieldException.class);
    assertThat(await(rules.days())).hasSize(HouseRules.MOST_DAYS);
    await(rules.put(new DayOff(day.plusDays(HouseRules.MOST_DAYS - 1), "Другое имя")));
  }

  @Test
  void everybodyHasOneReasonAtAnyMoment() throws IOException {
    await(rules.setContacts(new ContactRules(HALF_AN_HOUR, 0, 0, 0)));
    suppress("+77010000004", Consent.WITHDRAWN);
    desk.ends("+77010000001", CallOutcome.BUSY, CallOutcome.ANSWERED);
    CampaignId other = started(OrderDraft.to(list("87010000002\n")));
    turns(4);
    assertThat(desk.attempts).hasSize(1);
    CampaignId id =
        started(
            OrderDraft.to(list(numbers(5)), list("87010000001\n87010000009\n"))
                .channels(2)
                .again(RetryReason.BUSY, 2, Duration.ofMinutes(5)));
    Set<Reason> seen = EnumSet.noneOf(Reason.class);
    for (int i = 0; i < 400 && !found(id).state().isOver(); i++) {
      Breakdown now = breakdown(id).orElseThrow();
      assertThat(now.contacts()).isEqualTo(7);
      now.parts().forEach(part -> seen.add(part.reason()));
      var _ = dialer.turn();
      clock.advance(Duration.ofSeconds(7));
      desk.endDue();
    }
    turns(2);

    pass(Duration.ofMinutes(35));
    assertThat(found(other).state()).isEqualTo(CampaignState.COMPLETED);
    assertThat(breakdown(id))
        .contains(
            new Breakdown(
                7,
                List.of(
                    new Part(Reason.CALLED, 5, Optional.empty()),
                    new Part(Reason.WITHDRAWN, 1, Optional.empty()),
                    new Part(Reason.DUPLICATE, 1, Optional.empty()))));
    assertThat(seen)
        .contains(
            Reason.PREPARING,
            Reason.IN_CALL,
            Reason.NUMBER_RESTING,
            Reason.WAITING_TO_RETRY,
            Reason.CALLED);
  }

  private Optional<Breakdown> breakdown(CampaignId id) {
    return await(campaigns.breakdown(id, dialer.standing(id)));
  }

  private Recipient recipient(CampaignId id, String number) {
    return await(campaigns.recipients(id, Optional.empty(), number, 0, 1))
        .orElseThrow()
        .items()
        .getFirst();
  }
}
