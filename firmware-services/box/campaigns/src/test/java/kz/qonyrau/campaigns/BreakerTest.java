package kz.qonyrau.campaigns;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Random;
import kz.qonyrau.vocabulary.CallOutcome;
import kz.qonyrau.vocabulary.CampaignId;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A campaign whose calls fail goes slower, and faster again when they go through.
@Timeout(120)
class BreakerTest extends DialingRoom {

  private static boolean add(Breaker breaker, int calls, boolean failed) {
    boolean changed = false;
    for (int i = 0; i < calls; i++) {
      changed |= breaker.add(failed);
    }
    return changed;
  }

  @ParameterizedTest
  @CsvSource({"600, 300, 150", "60, 30, 20", "30, 20, 20", "20, 20, 20"})
  void halvesThePaceButKeepsTheFloor(int ordered, int once, int twice) {
    Breaker breaker = new Breaker();
    assertThat(breaker.limit(ordered)).isEqualTo(ordered);

    assertThat(add(breaker, 9, true)).isFalse();
    assertThat(add(breaker, 1, true)).isTrue();
    assertThat(breaker.limit(ordered)).isEqualTo(once);
    assertThat(add(breaker, 10, true)).isTrue();
    assertThat(breaker.limit(ordered)).isEqualTo(twice);
    var _ = add(breaker, 1000, true);
    assertThat(breaker.limit(ordered)).isEqualTo(20);
    assertThat(breaker.limit(5000)).isEqualTo(20);
  }

  @Test
  void recoversStepByStep() {
    Breaker breaker = new Breaker();
    var _ = add(breaker, 20, true);
    assertThat(breaker.limit(400)).isEqualTo(100);

    assertThat(add(breaker, 19, false)).isFalse();
    assertThat(breaker.add(false)).isTrue();
    assertThat(breaker.limit(400)).isEqualTo(200);
    assertThat(add(breaker, 20, false)).isTrue();
    assertThat(breaker.limit(400)).isEqualTo(400);
    assertThat(add(breaker, 100, false)).isFalse();
  }

  @Test
  void staysWhereAFewFail() {
    Breaker breaker = new Breaker();
    Random random = new Random(7);
    for (int i = 0; i < 5_000; i++) {
      assertThat(breaker.add(random.nextInt(10) == 0)).isFalse();
    }
    assertThat(breaker.limit(600)).isEqualTo(600);
  }

  @Test
  @Tag("AC-CAL-01")
  void theCampaignSaysThatItGoesSlower() throws IOException {
    String numbers = numbers(120);
    numbers
        .lines()
        .limit(30)
        .forEach(number -> desk.ends("+7" + number.substring(1), CallOutcome.OPERATOR_FAILURE));
    numbers
        .lines()
        .skip(30)
        .forEach(number -> desk.ends("+7" + number.substring(1), CallOutcome.ANSWERED));
    CampaignId id = started(OrderDraft.to(list(numbers)).channels(10).callsPerMinute(80));
    boolean slowed = false;
    boolean idle = false;
    for (int i = 0; i < 2_000 && !found(id).state().isOver(); i++) {
      turns(1);
      slowed |= dialer.standing(id).slowedTo().isPresent();
      idle |= dialer.explain(id).reason() == IdleReason.SLOWED;
      clock.advance(Duration.ofSeconds(2));
      desk.endDue();
    }
    turns(2);

    assertThat(found(id).progress().done()).isEqualTo(120);
    assertThat(slowed).isTrue();
    assertThat(idle).isTrue();
    assertThat(await(campaigns.log(id)).orElseThrow().stream().map(CampaignEvent::why))
        .contains(
            "too many calls fail, 40 a minute from now on",
            "too many calls fail, 20 a minute from now on",
            "calls go through again, as fast as ordered from now on");
  }

  @Test
  void busyLinesSlowNobodyDown() throws IOException {
    String numbers = numbers(60);
    numbers.lines().forEach(number -> desk.ends("+7" + number.substring(1), CallOutcome.BUSY));
    CampaignId id = started(OrderDraft.to(list(numbers)));
    for (int i = 0; i < 400 && !found(id).state().isOver(); i++) {
      turns(1);
      assertThat(dialer.standing(id).slowedTo()).isEmpty();
      clock.advance(Duration.ofSeconds(2));
      desk.endDue();
    }

    assertThat(found(id).progress().done()).isEqualTo(60);
  }
}
