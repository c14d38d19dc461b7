package kz.qonyrau.campaigns;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import kz.qonyrau.vocabulary.CampaignId;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Why a campaign that runs dials nothing: the gate, its pace, its channels, the money.
@Timeout(60)
class IdleReasonsTest extends DialingRoom {

  @Test
  void saysWhyNothingIsDialled() throws IOException {
    CampaignId id = started(OrderDraft.to(list(numbers(5))).channels(2).callsPerMinute(20));
    gate = new GateState.Stopped(IdleReason.LICENSE);
    turns(4);
    assertThat(dialer.explain(id)).isEqualTo(Idle.because(IdleReason.LICENSE));
    assertThat(desk.attempts).isEmpty();

    gate = new GateState.Open(10, 5000);
    turns(2);
    assertThat(desk.attempts).hasSize(1);
    assertThat(dialer.explain(id))
        .isEqualTo(Idle.until(IdleReason.RATE, clock.instant().plusSeconds(3)));
    clock.advance(Duration.ofSeconds(3));
    turns(1);
    assertThat(desk.attempts).hasSize(2);
    assertThat(dialer.explain(id)).isEqualTo(Idle.because(IdleReason.CHANNELS_BUSY));
  }

  @Test
  @Tag("EX-BAL-5")
  @Tag("SH-BAL-05")
  void waitsForMoneyAndGoesOnByItself() throws IOException {
    CampaignId id = started(OrderDraft.to(list(numbers(2))).channels(1));
    funds = false;
    desk.broke = true;
    turns(6);
    assertThat(found(id).state()).isEqualTo(CampaignState.SUSPENDED_FUNDS);
    assertThat(found(id).progress().pending()).isEqualTo(2);
    assertThat(dialer.explain(id)).isEqualTo(Idle.because(IdleReason.NO_FUNDS));
    int asked = desk.attempts.size();

    clock.advance(Duration.ofMinutes(5));
    turns(3);
    assertThat(desk.attempts).hasSize(asked);

    funds = true;
    desk.broke = false;
    clock.advance(Duration.ofSeconds(60));
    settle(id);

    assertThat(found(id).state()).isEqualTo(CampaignState.COMPLETED);
    assertThat(found(id).progress().done()).isEqualTo(2);
  }

  @Test
  @Tag("PLT-17")
  @Tag("EX-RET-3")
  void campaignsThatRecordWaitUntilThereIsRoom() throws IOException {
    CampaignId records = started(OrderDraft.to(list("87010000001\n")).recorded("Согласие"));
    CampaignId does = started(OrderDraft.to(list("87010000002\n")));
    gate = new GateState.Open(10, 5000, false);
    turns(6);

    assertThat(desk.attempts).hasSize(1);
    assertThat(desk.attempts.getFirst().campaign()).isEqualTo(does);
    assertThat(dialer.explain(records)).isEqualTo(Idle.because(IdleReason.STORAGE_FULL));
    assertThat(found(records).state()).isEqualTo(CampaignState.RUNNING);

    gate = new GateState.Open(10, 5000, true);
    clock.advance(Duration.ofSeconds(1));
    turns(2);
    assertThat(desk.attempts).hasSize(2);
  }
}
