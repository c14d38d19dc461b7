package kz.qonyrau.campaigns;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import kz.qonyrau.vocabulary.CampaignId;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("AC-CAL-01")
@Timeout(60)
class CapacityTest extends DialingRoom {

  private CampaignId to(int recipients, String saying) throws IOException {
    return started(
        OrderDraft.to(list(numbers(recipients))).saying(saying).channels(10).callsPerMinute(100));
  }

  /// Calls go on for a minute, and those that were begun in it end with it.
  private void minute() {
    for (int second = 0; second < 60; second++) {
      turns(1);
      clock.advance(Duration.ofSeconds(1));
    }
    desk.endDue();
    turns(1);
  }

  @Test
  void onlyTheLimitsCountWhileNoCallHasEnded() throws IOException {
    gate = new GateState.Open(1, 300);
    CampaignId id = to(50, "Привет");

    turns(5);

    assertThat(dialer.capacity()).isEqualTo(new Capacity(300, Map.of(id, 100)));
    assertThat(dialer.standing(id).callsPerMinute()).contains(100);
  }

  @Test
  void channelsCarryWhatTheLastCallsLeaveRoomFor() throws IOException {
    gate = new GateState.Open(10, 300);
    CampaignId id = to(200, "Привет");

    for (int i = 0; i < 3; i++) {
      minute();
    }

    assertThat(dialer.capacity().callsPerMinute()).isBetween(10, 11);
    assertThat(dialer.capacity().campaigns()).containsOnlyKeys(id);
    assertThat(dialer.capacity().isBelowFloor()).isTrue();

    gate = new GateState.Open(30, 300);
    turns(1);
    assertThat(dialer.capacity().callsPerMinute()).isBetween(30, 33);
    assertThat(dialer.standing(id).callsPerMinute().orElseThrow())
        .as("the campaign has ten channels of its own")
        .isBetween(10, 11);
  }

  @Test
  void campaignsThatDialShareIt() throws IOException {
    gate = new GateState.Open(30, 36);
    CampaignId one = to(30, "Привет");
    CampaignId two = to(30, "Снова");
    turns(3);

    assertThat(dialer.capacity()).isEqualTo(new Capacity(36, Map.of(one, 18, two, 18)));
    assertThat(dialer.capacity().isBelowFloor()).isTrue();

    assertThat(await(campaigns.pause(two, "owner", "later")))
        .isInstanceOf(CampaignResult.Done.class);
    turns(2);

    assertThat(dialer.capacity()).isEqualTo(new Capacity(36, Map.of(one, 36)));
    assertThat(dialer.capacity().isBelowFloor()).isFalse();
    assertThat(dialer.standing(two).callsPerMinute()).isEmpty();
  }

  @Test
  void nothingIsPromisedWhereNothingMayBeDialled() throws IOException {
    CampaignId id = to(30, "Привет");
    gate = new GateState.Stopped(IdleReason.TELEPHONY_DOWN);

    turns(3);

    assertThat(dialer.capacity()).isEqualTo(Capacity.NONE);
    assertThat(dialer.capacity().isBelowFloor()).isFalse();
    assertThat(dialer.standing(id).callsPerMinute()).isEmpty();
  }
}
