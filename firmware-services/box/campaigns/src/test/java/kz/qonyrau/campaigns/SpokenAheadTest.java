package kz.qonyrau.campaigns;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import kz.qonyrau.campaigns.AttemptResult.NotDialled;
import kz.qonyrau.vocabulary.CampaignId;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What calls say is spoken before anybody is rung, and what becomes of a campaign whose voice is
/// mute.
@Timeout(60)
class SpokenAheadTest extends DialingRoom {

  @Test
  @Tag("AC-TTS-05")
  void nobodyIsRungBeforeTheVoiceHasSpoken() throws IOException {
    Promise<Boolean> spoken = Promise.promise();
    desk.ready = spoken.future();
    CampaignId id = started(OrderDraft.to(list(numbers(3))).channels(3));

    turns(5);

    assertThat(desk.asked).hasSize(1);
    assertThat(desk.attempts).isEmpty();
    assertThat(dialer.explain(id)).isEqualTo(Idle.because(IdleReason.PREPARING));
    spoken.complete(true);
    settle(id);
    assertThat(desk.attempts).hasSize(3);
  }

  @Test
  @Tag("AC-TTS-05")
  @Tag("AC-CON-08")
  void personalPromptsAreMadeInStretchesWhileOthersAreHeard() throws IOException {
    StringBuilder contacts = new StringBuilder("номер,имя\n");
    for (int i = 0; i < 50; i++) {
      contacts.append("8701%07d,Имя%d\n".formatted(i, i));
    }
    Promise<Boolean> first = Promise.promise();
    Promise<Boolean> second = Promise.promise();
    desk.ready = first.future();
    CampaignId id =
        started(
            OrderDraft.to(list(contacts.toString()))
                .saying("Здравствуйте, {имя}!")
                .channels(50)
                .callsPerMinute(5000));
    turns(5);
    assertThat(desk.asked).hasSize(20);
    assertThat(desk.attempts).isEmpty();
    assertThat(dialer.standing(id).voiced()).contains(new Standing.Voiced(0, 50));

    desk.ready = second.future();
    first.complete(true);
    for (int i = 0; i < 10; i++) {
      clock.advance(Duration.ofSeconds(1));
      turns(1);
    }

    assertThat(desk.attempts).hasSize(20);
    assertThat(desk.asked).hasSize(40);
    assertThat(dialer.standing(id).voiced()).contains(new Standing.Voiced(20, 50));
    desk.ready = Future.succeededFuture(true);
    second.fail(new IllegalArgumentException("these names cannot be said"));
    settle(id);
    assertThat(desk.attempts).hasSize(50);
    assertThat(desk.asked).hasSize(50).doesNotHaveDuplicates();
    assertThat(dialer.standing(id).voiced()).isEmpty();
  }

  @Test
  @Tag("AC-TTS-05")
  @Tag("AC-CON-08")
  void makesAllThatAQuestionSaysReadyAheadEachOnce() throws IOException {
    CampaignId id =
        started(
            OrderDraft.to(list("номер,имя\n87010000001,{имя} $1\n87010000002,Асель\n"))
                .saying("Придёте?")
                .asking(Questions.yesOrNo("Ждём вас, {имя}", Questions.RUSSIAN))
                .machines(MachineRule.LEAVE_MESSAGE));

    settle(id);

    assertThat(desk.asked.stream().map(prompt -> ((Prompt.SpokenText) prompt).text()))
        .containsExactlyInAnyOrder(
            "Придёте?",
            "Вас не слышно",
            "Ждём вас, {имя} $1",
            "До свидания, {имя} $1",
            "Ждём вас, Асель",
            "До свидания, Асель");
    Attempt attempt =
        desk.attempts.stream()
            .filter(one -> one.callee().e164().endsWith("1"))
            .findFirst()
            .orElseThrow();
    assertThat(attempt.machines()).isEqualTo(MachineRule.LEAVE_MESSAGE);
    assertThat(attempt.asking().orElseThrow().answers().getFirst().replies())
        .isEqualTo(Map.of(Questions.RUSSIAN, "Ждём вас, {имя} $1"));
    assertThat(attempt.asking().orElseThrow().silence().goodbye())
        .contains("До свидания, {имя} $1");
  }

  @Test
  @Tag("AC-TTS-05")
  void aVoiceThatDoesNotSpeakPausesTheCampaignAndCostsNobodyHisCall() throws IOException {
    desk.ready = Future.succeededFuture(false);
    CampaignId id = started(OrderDraft.to(list(numbers(3))).channels(3));

    turns(5);

    assertThat(desk.attempts).isEmpty();
    assertThat(found(id).state()).isEqualTo(CampaignState.PAUSED);
    assertThat(dialer.explain(id)).isEqualTo(Idle.because(IdleReason.NO_VOICE));
    desk.ready = Future.succeededFuture(true);
    clock.advance(Duration.ofMinutes(1));
    assertThat(await(campaigns.resume(id, "owner", "the voice is back")))
        .isInstanceOf(CampaignResult.Done.class);
    settle(id);
    assertThat(found(id).progress().done()).isEqualTo(3);
  }

  @Test
  @Tag("AC-TTS-05")
  void aVoiceThatFallsSilentUnderwayPausesTheCampaignAndThoseLeftAreCalledLater()
      throws IOException {
    CampaignId id = started(OrderDraft.to(list(numbers(3))).channels(1));
    desk.broke = true;
    desk.stop = NotDialled.NO_PROMPT;

    turns(4);

    assertThat(found(id).state()).isEqualTo(CampaignState.PAUSED);
    assertThat(found(id).progress().pending()).isEqualTo(3);
    assertThat(dialer.explain(id)).isEqualTo(Idle.because(IdleReason.NO_VOICE));
    boot();
    assertThat(dialer.recover()).isZero();
    turns(1);
    assertThat(dialer.explain(id)).isEqualTo(Idle.because(IdleReason.NO_VOICE));
    desk.broke = false;
    assertThat(await(campaigns.resume(id, "owner", "the voice is back")))
        .isInstanceOf(CampaignResult.Done.class);
    settle(id);
    assertThat(found(id).progress().done()).isEqualTo(3);
  }
}
