package kz.qonyrau.campaigns;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import kz.qonyrau.vocabulary.CampaignId;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Central pauses everything, and goes on with what it paused and nothing else.
@Timeout(60)
@Tag("PLT-13")
class OrderedPauseTest extends DialingRoom {

  private CampaignId running(int from) throws IOException {
    StringBuilder numbers = new StringBuilder();
    for (int number = 0; number < 5; number++) {
      numbers.append(87_010_000_000L + from + number).append('\n');
    }
    return started(OrderDraft.to(list(numbers.toString())).channels(1).callsPerMinute(20));
  }

  private void pauseAll(Instant at) {
    var _ = await(campaigns.pauseAll("central/aigerim", "a fault", at, _ -> {}));
  }

  private void resumeAll(Instant at) {
    var _ = await(campaigns.resumeAll(at, "central/aigerim", "mended", _ -> {}));
  }

  @Test
  void goesOnWithWhatItPausedAndNothingElse() throws IOException {
    CampaignId one = running(100);
    CampaignId two = running(200);
    turns(3);
    var _ = await(campaigns.pause(two, "owner", "lunch"));
    clock.advance(Duration.ofSeconds(1));
    Instant at = clock.instant();

    pauseAll(at);
    turns(2);
    assertThat(found(one).state()).isEqualTo(CampaignState.PAUSED);
    assertThat(dialer.explain(one)).isEqualTo(Idle.because(IdleReason.PAUSED));
    clock.advance(Duration.ofSeconds(1));
    resumeAll(at);
    turns(2);

    assertThat(found(one).state()).isEqualTo(CampaignState.RUNNING);
    assertThat(found(two).state()).isEqualTo(CampaignState.PAUSED);
    assertThat(await(campaigns.log(one)).orElseThrow().getLast().by()).isEqualTo("central/aigerim");
  }

  @Test
  void leavesAloneWhatSomebodyMovedSince() throws IOException {
    CampaignId id = running(100);
    turns(3);
    Instant at = clock.instant();
    pauseAll(at);
    clock.advance(Duration.ofSeconds(1));
    var _ = await(campaigns.resume(id, "owner", "go on"));
    clock.advance(Duration.ofSeconds(1));
    var _ = await(campaigns.pause(id, "owner", "lunch"));

    resumeAll(at);
    turns(2);

    assertThat(found(id).state()).isEqualTo(CampaignState.PAUSED);
  }

  @Test
  void onlyTheLastPauseCounts() throws IOException {
    CampaignId id = running(100);
    turns(3);
    pauseAll(clock.instant());
    clock.advance(Duration.ofSeconds(1));
    Instant second = clock.instant();
    pauseAll(second);

    resumeAll(second);

    assertThat(found(id).state()).isEqualTo(CampaignState.PAUSED);
  }
}
