package kz.qonyrau.campaigns;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import kz.qonyrau.vocabulary.CampaignId;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// When a number may be called: in the windows of the schedule, and not by two campaigns in a row.
@Timeout(60)
class DialingWindowsTest extends DialingRoom {

  @Test
  @Tag("AC-CMP-03")
  @Tag("EX-AC-9")
  void callsOnlyInsideTheWindowAndGoesOnInTheNext() throws IOException {
    clock.set(Instant.parse("2026-11-24T03:59:59Z"));
    CampaignId id = started(OrderDraft.to(list(numbers(3))).callsPerMinute(20));
    turns(4);
    assertThat(desk.attempts).isEmpty();
    assertThat(dialer.explain(id))
        .isEqualTo(Idle.until(IdleReason.NO_WINDOW, Instant.parse("2026-11-24T04:00:00Z")));

    clock.set(Instant.parse("2026-11-24T15:59:59Z"));
    turns(4);
    assertThat(desk.attempts).hasSize(1);

    clock.set(Instant.parse("2026-11-24T16:00:00Z"));
    turns(4);
    assertThat(desk.attempts).hasSize(1);
    assertThat(found(id).progress().active()).isEqualTo(1);

    clock.set(Instant.parse("2026-11-25T04:00:00Z"));
    desk.endDue();
    turns(4);
    assertThat(desk.attempts).hasSize(2);
    assertThat(found(id).state()).isEqualTo(CampaignState.RUNNING);
  }

  @Test
  @Tag("AC-CMP-03")
  void expiresWhenNoWindowIsLeft() throws IOException {
    CampaignId id = started(OrderDraft.to(list(numbers(3))).callsPerMinute(20));
    turns(3);

    clock.set(Instant.parse("2027-01-01T00:00:00Z"));
    turns(1);
    assertThat(found(id).state()).isEqualTo(CampaignState.RUNNING);
    desk.endDue();
    turns(3);

    assertThat(found(id).state()).isEqualTo(CampaignState.EXPIRED_SCHEDULE);
    assertThat(dialer.explain(id)).isEqualTo(Idle.because(IdleReason.EXPIRED_SCHEDULE));
  }

  @Test
  @Tag("AC-CAL-09")
  void twoCampaignsLeaveANumberAloneForHalfAnHour() throws IOException {
    CampaignId first = started(OrderDraft.to(list("87010000001\n")));
    CampaignId second = started(OrderDraft.to(list("87010000001\n")).saying("Снова"));
    turns(4);
    assertThat(desk.attempts).hasSize(1);
    clock.advance(Duration.ofSeconds(40));
    desk.endDue();
    Instant ended = clock.instant();
    turns(4);
    CampaignId waiting = desk.attempts.getFirst().campaign().equals(first) ? second : first;
    clock.advance(Duration.ofSeconds(15));
    turns(2);

    assertThat(desk.attempts).hasSize(1);
    assertThat(dialer.explain(waiting).reason()).isEqualTo(IdleReason.NUMBERS_RESTING);

    clock.set(ended.plus(Duration.ofMinutes(30)).minusMillis(1));
    turns(2);
    assertThat(desk.attempts).hasSize(1);
    clock.advance(Duration.ofMillis(1));
    turns(2);
    assertThat(desk.attempts).hasSize(2);
  }
}
