package kz.qonyrau.campaigns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import kz.qonyrau.vocabulary.CampaignId;
import kz.qonyrau.vocabulary.ContactListId;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// How campaigns share what the box can dial.
@Timeout(120)
@Tag("AC-CAL-01")
class FairShareTest extends DialingRoom {

  private int number;

  private CampaignId dialling(Priority priority) throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 400; i++) {
      text.append("8701%07d\n".formatted(number++));
    }
    ContactListId list = list(text.toString());
    return started(OrderDraft.to(list).channels(500).callsPerMinute(600).priority(priority));
  }

  /// Calls of each campaign in so many minutes.
  private Map<CampaignId, Long> callsIn(int minutes) {
    int before = desk.attempts.size();
    for (int i = 0; i < minutes * 240; i++) {
      turns(1);
      clock.advance(Duration.ofMillis(250));
      desk.endDue();
    }
    return desk.attempts.stream()
        .skip(before)
        .collect(Collectors.groupingBy(Attempt::campaign, Collectors.counting()));
  }

  @Test
  void equalOnesGetAlike() throws IOException {
    gate = new GateState.Open(1000, 120);
    CampaignId one = dialling(Priority.NORMAL);
    CampaignId two = dialling(Priority.NORMAL);
    turns(4);

    Map<CampaignId, Long> calls = callsIn(3);

    assertThat(calls.get(one)).isCloseTo(calls.get(two), within(5L));
    assertThat(calls.values().stream().mapToLong(Long::longValue).sum()).isBetween(350L, 362L);
  }

  @Test
  void theirShareIsTheirWeight() throws IOException {
    gate = new GateState.Open(1000, 140);
    CampaignId low = dialling(Priority.LOW);
    CampaignId normal = dialling(Priority.NORMAL);
    CampaignId high = dialling(Priority.HIGH);
    turns(6);

    Map<CampaignId, Long> calls = callsIn(3);

    assertThat(calls.get(low)).isCloseTo(60L, within(3L));
    assertThat(calls.get(normal)).isCloseTo(120L, within(6L));
    assertThat(calls.get(high)).isCloseTo(240L, within(12L));
    assertThat(dialer.capacity().campaigns()).isEqualTo(Map.of(low, 20, normal, 40, high, 80));
  }

  @Test
  void whoPausedHasNoClaimToWhatHeMissed() throws IOException {
    gate = new GateState.Open(1000, 120);
    CampaignId goesOn = dialling(Priority.NORMAL);
    CampaignId pauses = dialling(Priority.NORMAL);
    turns(4);
    var _ = await(campaigns.pause(pauses, "owner", "lunch"));
    assertThat(callsIn(2)).doesNotContainKey(pauses);
    var _ = await(campaigns.resume(pauses, "owner", "back"));

    Map<CampaignId, Long> calls = callsIn(2);

    assertThat(calls.get(pauses)).isCloseTo(calls.get(goesOn), within(6L));
  }

  /// What a campaign with a high share cannot use, because its own rate is low, goes to the others.
  @Test
  void whatOneCannotUseOthersGet() throws IOException {
    gate = new GateState.Open(1000, 200);
    CampaignId slow =
        started(
            OrderDraft.to(list(numbers(200)))
                .channels(500)
                .callsPerMinute(20)
                .priority(Priority.HIGH));
    number = 1000;
    CampaignId fast = dialling(Priority.LOW);
    turns(6);

    Map<CampaignId, Long> calls = callsIn(2);

    assertThat(calls.get(slow)).isBetween(38L, 42L);
    assertThat(calls.get(fast)).isBetween(350L, 365L);
  }
}
