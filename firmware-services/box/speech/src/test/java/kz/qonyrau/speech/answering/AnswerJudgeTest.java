package kz.qonyrau.speech.answering;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import kz.qonyrau.speech.answering.Answer.Announcement;
import kz.qonyrau.speech.answering.Answer.Fax;
import kz.qonyrau.speech.answering.Answer.Human;
import kz.qonyrau.speech.answering.Answer.Machine;
import kz.qonyrau.speech.answering.Answer.Reason;
import kz.qonyrau.speech.answering.Answer.Silence;
import kz.qonyrau.speech.answering.Evidence.Rule;
import kz.qonyrau.speech.answering.Finding.MessageMayBegin;
import kz.qonyrau.speech.answering.Finding.Verdict;
import kz.qonyrau.speech.answering.ToneEvent.Cadence;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerJudgeTest {

  private static final Locale RUSSIAN = Locale.of("ru");
  private static final Locale KAZAKH = Locale.of("kk");
  private static final Locale ENGLISH = Locale.of("en");

  private static final Duration DOUBT = AnswerTimes.usual().doubt();

  @ParameterizedTest
  @ValueSource(ints = {240, 600, 1200, 1660})
  @Tag("AC-SCN-06")
  void takesWhoeverSaysSomethingShortAndWaitsForAHuman(int millis) {
    Story story = Story.answered().quiet(500).speech(millis).quiet(3000);

    assertThat(story.answers()).containsExactly(new Human());
    assertThat(story.rules()).containsExactly(Rule.SHORT_GREETING);
    assertThat(story.verdicts().getFirst().at())
        .isBetween(Duration.ofMillis(500 + millis + 700), Duration.ofMillis(500 + millis + 740));
  }

  @ParameterizedTest
  @CsvSource({"алло, 600", "да слушаю вас, 900", "але кто это, 800", "тыңдап тұрмын, 700"})
  @Tag("AC-SCN-06")
  void isSureOfAHumanSoonerWhenItUnderstandsTheGreeting(String text, int millis) {
    Story story = Story.answered().quiet(300).speech(millis).partial(text).quiet(3000);

    assertThat(story.answers()).containsExactly(new Human());
    assertThat(story.rules()).containsExactly(Rule.HUMAN_PHRASE);
    assertThat(story.verdicts().getFirst().at()).isLessThan(Duration.ofMillis(300 + millis + 600));
  }

  @ParameterizedTest
  @CsvSource({
    "абонент временно недоступен, UNAVAILABLE",
    "извините абонент сейчас недоступен, UNAVAILABLE",
    "телефон абонента выключен или находится вне зоны действия сети, OFF_OR_OUT_OF_COVERAGE",
    "набранный вами номер не существует, DOES_NOT_EXIST",
    "сіз хабарласқан абоненттің телефоны өшірулі, OFF_OR_OUT_OF_COVERAGE",
    "сіз терген нөмір жоқ, DOES_NOT_EXIST",
    "the number you have dialed does not exist, DOES_NOT_EXIST",
    "all circuits are busy now, CONGESTION",
    "номер временно заблокирован, BARRED",
    "абонент не отвечает, NO_ANSWER"
  })
  @Tag("AC-CAL-06")
  void knowsWhyTheNetworkAnswers(String text, Reason reason) {
    Story story = Story.answered().quiet(200).speech(1500).said(text).quiet(3000);

    assertThat(story.answers()).containsExactly(new Announcement(reason));
    assertThat(story.rules()).containsExactly(Rule.MACHINE_PHRASE);
  }

  /// What comes behind is worth waiting for: a number that is said not to exist is called no more.
  @Test
  @Tag("AC-CAL-06")
  void readsNoReasonIntoHowEveryAnnouncementBegins() {
    Story story =
        Story.answered()
            .quiet(200)
            .speech(900)
            .partial("набранный вами номер")
            .speech(600)
            .said("набранный вами номер временно заблокирован")
            .quiet(3000);

    assertThat(story.answers())
        .containsExactly(new Announcement(Reason.UNKNOWN), new Announcement(Reason.BARRED));
  }

  @Test
  @Tag("AC-CAL-06")
  void listensToTheNetworkBeforeTheAnswer() {
    Story story =
        new Story()
            .tone(Cadence.RINGING)
            .quiet(4000)
            .speech(1500)
            .said("абонент занят")
            .quiet(1000);

    assertThat(story.answers()).containsExactly(new Announcement(Reason.BUSY));
  }

  /// What the Kazakh model heard in the Russian sentence.
  @Test
  @Tag("AC-STT-02")
  void theLanguageThatIsSurestOfWhatIsAnnouncedIsRight() {
    Story story =
        new Story()
            .quiet(1000)
            .speech(2000)
            .said(KAZAKH, "абонент бос емес тыс тоқсан", 0.7)
            .quiet(100)
            .said(RUSSIAN, "абонент временно недоступен", 1)
            .quiet(1000);

    assertThat(story.answers()).containsExactly(new Announcement(Reason.UNAVAILABLE));
  }

  @Test
  @Tag("AC-STT-02")
  void anAnnouncementThatAnotherLanguageIsSurerIsNoneIsNotBelieved() {
    Story story =
        new Story()
            .quiet(1000)
            .speech(2000)
            .partial("абонент занят")
            .said(RUSSIAN, "абонент занят", 0.6)
            .quiet(100)
            .said(KAZAKH, "күте тұрыңыз", 0.95)
            .speech(8000);

    assertThat(story.verdicts()).isEmpty();
  }

  @Test
  void anAnnouncementThatGoesRoundWithoutAPauseIsBelievedInTheEnd() {
    Story story =
        new Story().quiet(1000).speech(2000).partial("абонент временно недоступен").speech(5000);

    assertThat(story.answers()).containsExactly(new Announcement(Reason.UNAVAILABLE));
  }

  @Test
  void takesNeitherRingingNorMusicBeforeTheAnswerForAnybody() {
    Story story =
        new Story()
            .tone(Cadence.RINGING)
            .quiet(4000)
            .speech(9000)
            .said("алло после сигнала")
            .beep(1000, 300)
            .quiet(3000);

    assertThat(story.verdicts()).isEmpty();

    var _ = story.answer().quiet(400).speech(500).quiet(1000);
    assertThat(story.answers()).containsExactly(new Human());
  }

  @Test
  void believesWhatIsStillBeingSaidWhenItStays() {
    Story taken = Story.answered().speech(400).partial("оставьте сообщение").quiet(300);
    Story takenBack =
        Story.answered()
            .speech(400)
            .partial("оставьте сообщение")
            .quiet(100)
            .partial("оставь")
            .quiet(300);

    assertThat(taken.answers()).containsExactly(new Machine());
    assertThat(takenBack.verdicts()).isEmpty();
  }

  /// What the Russian model heard in a Kazakh greeting.
  @Test
  @Tag("AC-STT-02")
  void aMachinesPhraseIsNotBelievedWhileAnotherLanguageHearsAHuman() {
    Story story =
        Story.answered()
            .quiet(300)
            .speech(1000)
            .partial(KAZAKH, "қайырлы күн тыңдап тұрмын")
            .partial("оставьте сообщение")
            .quiet(600)
            .said("оставьте сообщение", 0.7)
            .quiet(50)
            .said(KAZAKH, "қайырлы күн тыңдап тұрмын", 0.95)
            .quiet(3000);

    assertThat(story.answers()).containsExactly(new Human());
    assertThat(story.rules()).containsExactly(Rule.HUMAN_PHRASE);
  }

  /// What the Russian model heard in an English announcement.
  @Test
  @Tag("AC-STT-02")
  void aMachineThatAnotherLanguageHearsAHumanInIsFoundOutWhenItIsSurer() {
    Story story =
        Story.answered()
            .quiet(300)
            .speech(1600)
            .partial("алло")
            .partial(ENGLISH, "all circuits are busy now")
            .quiet(600)
            .said(ENGLISH, "all circuits are busy now", 0.9)
            .said("алло", 0.6)
            .quiet(3000);

    assertThat(story.answers()).containsExactly(new Human(), new Announcement(Reason.CONGESTION));
  }

  /// What the English model heard in a Russian greeting.
  @Test
  @Tag("AC-STT-02")
  void aWordOfMachinesIsNoGroundForSuspicionWhileAnotherLanguageHearsAHuman() {
    Story story =
        Story.answered()
            .quiet(200)
            .speech(900)
            .partial("алло я вас слушаю")
            .partial(ENGLISH, "i reached you")
            .speech(1500)
            .said(ENGLISH, "i reached you", 0.7)
            .said("алло я вас слушаю говорите пожалуйста", 1)
            .quiet(3000);

    assertThat(story.answers()).containsExactly(new Human());
  }

  @Test
  @Tag("AC-STT-02")
  void whoGreetsAndThenTalksForLongIsAHuman() {
    Story story =
        Story.answered().quiet(200).speech(1200).partial("алло я за рулём").speech(3500).quiet(900);

    assertThat(story.answers()).containsExactly(new Human());
  }

  @Test
  @Tag("AC-CAL-08")
  void hearsWhenAMessageMayBegin() {
    Story story =
        Story.answered()
            .quiet(300)
            .speech(3000)
            .said("оставьте сообщение после сигнала")
            .quiet(400)
            .beep(1000, 300)
            .quiet(6000);

    assertThat(story.answers()).contains(new Machine());
    assertThat(story.messages()).hasSize(1);
    assertThat(story.messages().getFirst().afterBeep()).isTrue();
  }

  @Test
  @Tag("AC-CAL-08")
  void waitsForAMachineThatDoesNotBeepUntilItIsQuiet() {
    Story story = Story.answered().quiet(300).speech(3000).said("оставьте сообщение").quiet(6000);

    assertThat(story.messages())
        .singleElement()
        .satisfies(message -> {
          assertThat(message.afterBeep()).isFalse();
          assertThat(message.at()).isBetween(Duration.ofMillis(5800), Duration.ofMillis(5840));
        });
  }

  @Test
  @Tag("AC-CAL-08")
  void prefersABeepThatComesAfterTheQuiet() {
    Story story =
        Story.answered()
            .quiet(300)
            .speech(2000)
            .said("оставьте сообщение")
            .quiet(3000)
            .beep(800, 400)
            .quiet(6000);

    assertThat(story.messages().stream().map(MessageMayBegin::afterBeep))
        .containsExactly(false, true);
  }

  @Test
  void takesBackAHumanWhoTurnsOutToBeep() {
    Story story = Story.answered().quiet(300).speech(1400).quiet(1000).beep(1400, 250).quiet(1000);

    assertThat(story.answers()).containsExactly(new Human(), new Machine());
    assertThat(story.rules()).containsExactly(Rule.SHORT_GREETING, Rule.BEEP);
  }

  @Test
  void takesBackAHumanWhoTurnsOutToBeARecording() {
    Story story =
        Story.answered()
            .quiet(200)
            .speech(700)
            .quiet(900)
            .speech(900)
            .said("говорите после сигнала");

    assertThat(story.answers()).containsExactly(new Human(), new Machine());
  }

  @Test
  void callsWhoeverNeverPausesAMachine() {
    Story story = Story.answered().quiet(200).speech(5000).quiet(3000);

    assertThat(story.answers()).containsExactly(new Human(), new Machine());
    assertThat(story.rules()).containsExactly(Rule.DOUBT, Rule.LONG_SPEECH);
    assertThat(story.verdicts().getFirst().at()).isEqualTo(DOUBT.plusMillis(200));
  }

  @Test
  void callsWhoeverNeverPausesAMachineSoonerForAWordThatMachinesUse() {
    Story story =
        Story.answered()
            .quiet(200)
            .speech(500)
            .partial("уважаемый абонент")
            .speech(3000)
            .quiet(3000);

    assertThat(story.answers()).containsExactly(new Machine());
    assertThat(story.verdicts().getFirst().at()).isEqualTo(Duration.ofMillis(2560));
  }

  @Test
  void whatARecogniserTakesBackIsNoGroundForSuspicion() {
    Story story =
        Story.answered()
            .quiet(200)
            .speech(800)
            .partial("алло абонент")
            .speech(700)
            .partial("алло я вас слушаю")
            .speech(1500)
            .quiet(3000);

    assertThat(story.answers()).containsExactly(new Human());
  }

  @Test
  void whatIsSaidInTheEndGivesGroundForSuspicion() {
    Story story =
        Story.answered()
            .quiet(200)
            .speech(1200)
            .said("уважаемый абонент")
            .partial("мы")
            .speech(1500);

    assertThat(story.answers()).containsExactly(new Machine());
    assertThat(story.rules()).containsExactly(Rule.LONG_SPEECH);
  }

  @Test
  void isNotMisledByABreath() {
    Story story = Story.answered().quiet(200);
    for (int i = 0; i < 5; i++) {
      var _ = story.speech(1000).quiet(40);
    }

    assertThat(story.answers()).containsExactly(new Human(), new Machine());
  }

  @Test
  @Tag("AC-STT-02")
  void takesADoubtfulOneForAHumanWhateverFollows() {
    Story story = Story.answered().quiet(200);
    for (int i = 0; i < 8; i++) {
      var _ = story.speech(800).quiet(360);
    }

    assertThat(story.answers()).containsExactly(new Human());
    assertThat(story.rules()).containsExactly(Rule.DOUBT);
  }

  @Test
  void doesNotHangUpOnAHumanWhoTalksForLongAfterTheGreeting() {
    Story story =
        Story.answered().quiet(200).speech(500).quiet(900).speech(8000).quiet(500).speech(6000);

    assertThat(story.answers()).containsExactly(new Human());
  }

  @Test
  void doesNotTakeTheBeepOfAPhoneForAMachine() {
    Story story =
        Story.answered()
            .beep(1400, 300)
            .quiet(600)
            .speech(500)
            .quiet(400)
            .beep(1400, 300)
            .quiet(2000);

    assertThat(story.answers()).containsExactly(new Human());
  }

  @Test
  void doesNotTakeTheBusyToneOfAHumanWhoHungUpForAnAnnouncement() {
    Story story = Story.answered().quiet(200).speech(500).quiet(1500).tone(Cadence.BUSY).quiet(500);

    assertThat(story.answers()).containsExactly(new Human());
  }

  @ParameterizedTest
  @EnumSource(
      value = Cadence.class,
      names = {"BUSY", "CONGESTION"})
  @Tag("AC-CAL-06")
  void knowsTheLinesOwnRefusals(Cadence cadence) {
    Story story = Story.answered().quiet(1500).tone(cadence).quiet(5000);

    assertThat(story.answers())
        .containsExactly(
            new Announcement(cadence == Cadence.BUSY ? Reason.BUSY : Reason.CONGESTION));
  }

  @Test
  void knowsAFax() {
    assertThat(Story.answered().quiet(1500).fax().quiet(6000).answers()).containsExactly(new Fax());
  }

  @Test
  void saysThatNobodySpeaksAndWhoDoesAfterAll() {
    Story story = Story.answered().quiet(6000).speech(500).quiet(1000);

    assertThat(story.answers()).containsExactly(new Silence(), new Human());
    assertThat(story.verdicts().getFirst().at()).isEqualTo(Duration.ofSeconds(4));
  }

  @Test
  void takesWhatFollowsTheSpecialToneForAnAnnouncement() {
    Story understood =
        Story.answered().quiet(900).specialInformation().speech(1500).said("номер не существует");
    Story not = Story.answered().quiet(900).specialInformation().speech(1500).quiet(1000);
    Story deaf = Story.answered().deaf().quiet(900).specialInformation();

    assertThat(understood.answers()).containsExactly(new Announcement(Reason.DOES_NOT_EXIST));
    assertThat(not.answers()).containsExactly(new Announcement(Reason.UNKNOWN));
    assertThat(deaf.answers()).containsExactly(new Announcement(Reason.UNKNOWN));
  }

  @Test
  void takesWhoeverPressesAKeyForAHuman() {
    Story story =
        Story.answered().quiet(200).speech(1000).said("оставьте сообщение").quiet(500).key();

    assertThat(story.answers()).containsExactly(new Machine(), new Human());
    assertThat(story.verdicts().getLast().confidence()).isEqualTo(1);
  }

  @Test
  void keepsAHumanWhoPressedAKeyWhateverIsUnderstood() {
    Story story =
        Story.answered()
            .quiet(200)
            .speech(1200)
            .quiet(900)
            .key()
            .speech(1200)
            .said("оставьте сообщение")
            .beep(1000, 300)
            .quiet(500);

    assertThat(story.answers()).containsExactly(new Human());
  }

  @Test
  @Tag("AC-STT-02")
  void believesNoWordsThatNobodySaid() {
    Story inSilence = Story.answered().quiet(500).said("оставьте сообщение").quiet(3000);
    Story inAnEcho =
        Story.answered().quiet(200).speech(500).quiet(5000).said("после сигнала").quiet(500);

    assertThat(inSilence.verdicts()).isEmpty();
    assertThat(inAnEcho.answers()).containsExactly(new Human());
  }

  @Test
  void beginsAfreshWithTheAnswer() {
    Story story =
        new Story()
            .quiet(500)
            .speech(1500)
            .said("абонент занят")
            .quiet(1000)
            .answer()
            .quiet(3500)
            .speech(500)
            .quiet(1000);

    assertThat(story.answers()).containsExactly(new Announcement(Reason.BUSY), new Human());
  }

  @Test
  void changesNothingAnyMoreWhenTheBoxHasBeenTalkingForLong() {
    Story story =
        Story.answered().quiet(200).speech(500).quiet(16_000).said("оставьте сообщение").quiet(500);

    assertThat(story.answers()).containsExactly(new Human());
  }

  @Test
  void soonerOrLaterSaysSomethingWithoutRecognition() {
    assertThat(Story.answered().deaf().quiet(200).speech(600).quiet(1000).answers())
        .containsExactly(new Human());
    assertThat(Story.answered().deaf().quiet(200).speech(6000).answers())
        .containsExactly(new Human(), new Machine());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void comesToAVerdictInTimeWhateverHappens(long seed) {
    for (int call = 0; call < 50; call++) {
      Random random = new Random(seed * 1000 + call);
      Story story = Story.answered();
      long now = 0;
      while (now < 20_000) {
        int millis = 20 * (10 + random.nextInt(150));
        now += millis;
        switch (random.nextInt(8)) {
          case 0 -> {
            var _ = story.quiet(millis);
          }
          case 1 -> {
            var _ = story.quiet(millis).partial("да номер");
          }
          case 2 -> {
            var _ = story.quiet(millis).said("[unk] \u0000 голосовая почта");
          }
          case 3 -> {
            var _ = story.beep(500 + random.nextInt(1000), millis % 1200 + 20);
          }
          case 4 -> {
            var _ = story.quiet(millis).tone(Cadence.RINGING);
          }
          default -> {
            var _ = story.speech(millis).quiet(20 * random.nextInt(20));
          }
        }
      }

      List<Verdict> verdicts = story.verdicts();
      assertThat(verdicts).isNotEmpty();
      // 4 s of quiet at most, or a first word before that and 2.5 s of doubt.
      assertThat(verdicts.getFirst().at()).isLessThanOrEqualTo(Duration.ofMillis(6700));
      assertThat(verdicts).isSortedAccordingTo((a, b) -> a.at().compareTo(b.at()));
      assertThat(story.messages().stream().filter(MessageMayBegin::afterBeep).count())
          .isLessThanOrEqualTo(1);
      assertThat(story.messages()).hasSizeLessThanOrEqualTo(2);
      for (int i = 1; i < verdicts.size(); i++) {
        assertThat(verdicts.get(i).answer()).isNotEqualTo(verdicts.get(i - 1).answer());
      }
    }
  }
}
