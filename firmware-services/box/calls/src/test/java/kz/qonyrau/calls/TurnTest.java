package kz.qonyrau.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import kz.qonyrau.calls.TurnCommand.Done;
import kz.qonyrau.calls.TurnCommand.Hush;
import kz.qonyrau.calls.TurnCommand.Say;
import kz.qonyrau.calls.TurnCommand.Settle;
import kz.qonyrau.calls.TurnCommand.Wake;
import kz.qonyrau.calls.TurnResult.By;
import kz.qonyrau.speech.Hearing;
import kz.qonyrau.speech.Spoken;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Who speaks when, without a line, a recogniser or a clock.
class TurnTest {

  private static final Locale RUSSIAN = Locale.of("ru");
  private static final Locale KAZAKH = Locale.of("kk");

  /// Takes whatever is said.
  private static final Question FREE =
      new Question(
          List.of(RUSSIAN), List.of(), Duration.ofSeconds(5), true, Ladder.NONE, Ladder.NONE);

  private static final Sound PROMPT = sound(1);
  private static final Sound AGAIN = sound(2);
  private static final Sound PARDON = sound(3);
  private static final Sound GOODBYE = sound(4);
  private static final Sound SORRY = sound(5);
  private static final Sound THANKS = sound(6);
  private static final Sound RAKHMET = sound(7);

  private static final Choice YES =
      new Choice(
          "yes",
          Optional.of('1'),
          Map.of(RUSSIAN, List.of("да", "согласен"), KAZAKH, List.of("иә")),
          Map.of(RUSSIAN, THANKS, KAZAKH, RAKHMET));
  private static final Choice NO =
      new Choice("no", Optional.of('2'), Map.of(RUSSIAN, List.of("нет")), Map.of());

  private final List<TurnCommand> commands = new ArrayList<>();
  private Turn turn = begun(question(true));

  @Test
  @Tag("AC-CAL-08")
  void beginsWithThePrompt() {
    assertThat(commands).containsExactly(new Say(PROMPT));
  }

  @Test
  @Tag("AC-STT-01")
  void repliesInTheLanguageOfTheAnswer() {
    played(4000);
    heard(KAZAKH, "иә", 4500, 5200);

    assertThat(said()).containsExactly(PROMPT, RAKHMET);
    assertThat(turn.isAnswered()).isTrue();
    played(7000);
    assertThat(result()).isEqualTo(answer("yes", KAZAKH, By.SPEECH));
  }

  @Test
  void endsAtOnceWithoutAReply() {
    played(4000);
    heard(RUSSIAN, "нет", 4500, 5000);

    assertThat(said()).containsExactly(PROMPT);
    assertThat(result()).isEqualTo(answer("no", RUSSIAN, By.SPEECH));
  }

  @Test
  void aKeyCountsAtAnyTime() {
    on(new TurnEvent.Key('2', ms(300)));

    assertThat(commands).containsExactly(new Say(PROMPT), new Hush(), done("no", By.KEY));
  }

  @Test
  void aKeyIsAnsweredInTheLanguageThatWasSpokenLast() {
    played(4000);
    heard(KAZAKH, "иә иә", 4500, 5000);
    on(new TurnEvent.Key('1', ms(6000)));

    assertThat(said()).containsExactly(PROMPT, PARDON, RAKHMET);
  }

  @Test
  void aKeyThatMeansNothingIsAskedAgain() {
    on(new TurnEvent.Key('9', ms(300)));

    assertThat(commands).containsExactly(new Say(PROMPT), new Hush(), new Say(PARDON));
  }

  @Test
  void keysDoNotDisturbAQuestionThatTakesNone() {
    turn = begun(FREE);
    on(new TurnEvent.Key('9', ms(300)));

    assertThat(commands).containsExactly(new Say(PROMPT));
  }

  @Test
  void whoLiftsTheReceiverWithAYesHasNotAnswered() {
    on(new TurnEvent.SpeechBegan(ms(200), ms(400)));
    on(new TurnEvent.Glimpse(ms(450)));
    on(new TurnEvent.SpeechEnded(ms(900)));
    heard(RUSSIAN, "да", 200, 1000);
    on(new TurnEvent.Settled(ms(1000)));

    assertThat(commands).containsExactly(new Say(PROMPT), new Settle());
  }

  @Test
  void anAnswerIntoThePromptCutsItOff() {
    on(new TurnEvent.SpeechBegan(ms(2500), ms(2700)));
    assertThat(commands).containsExactly(new Say(PROMPT));

    on(new TurnEvent.Glimpse(ms(2750)));
    assertThat(commands).contains(new Hush());

    on(new TurnEvent.SpeechEnded(ms(3200)));
    heard(RUSSIAN, "да", 2500, 3300);
    assertThat(said()).containsExactly(PROMPT, THANKS);
  }

  @Test
  void neitherACoughNorNoiseCutsThePromptOff() {
    on(new TurnEvent.SpeechBegan(ms(2500), ms(2700)));
    on(new TurnEvent.SpeechEnded(ms(3200)));
    on(new TurnEvent.Settled(ms(3250)));
    on(new TurnEvent.Glimpse(ms(3400)));
    on(new TurnEvent.Heard(Optional.empty(), ms(3300), ms(3600)));

    assertThat(commands).containsExactly(new Say(PROMPT), new Settle());
  }

  @Test
  void wordsInTheEchoOfThePromptAreNoAnswer() {
    on(new TurnEvent.Glimpse(ms(3000)));
    heard(RUSSIAN, "да", 2800, 3400);
    assertThat(commands).containsExactly(new Say(PROMPT));

    played(4000);
    heard(RUSSIAN, "нет", 3900, 4600);
    assertThat(said()).containsExactly(PROMPT);
    heard(RUSSIAN, "да", 4900, 5600);
    assertThat(said()).containsExactly(PROMPT, THANKS);
  }

  @Test
  void aWordThatWasHeardBeforeTheVoiceIsKnownCutsOffToo() {
    on(new TurnEvent.Glimpse(ms(2650)));
    on(new TurnEvent.SpeechBegan(ms(2500), ms(2700)));

    assertThat(commands).contains(new Hush());
  }

  @Test
  void aPromptThatMustBeHeardToItsEndIs() {
    turn = begun(question(false));
    on(new TurnEvent.SpeechBegan(ms(2500), ms(2700)));
    on(new TurnEvent.Glimpse(ms(2750)));
    heard(RUSSIAN, "да", 2500, 3300);

    assertThat(commands).doesNotContain(new Hush());
    assertThat(said()).containsExactly(PROMPT);
  }

  @Test
  void silenceIsAskedAgainAndThenGivenUp() {
    played(4000);
    passed(9000);
    assertThat(said()).containsExactly(PROMPT, AGAIN);

    played(12_000);
    passed(17_000);
    assertThat(said()).containsExactly(PROMPT, AGAIN, GOODBYE);

    played(19_000);
    assertThat(result()).isEqualTo(new TurnResult.Silent());
  }

  @Test
  @Tag("AC-STT-02")
  void whatIsNotUnderstoodIsAskedAgainAndThenGivenUp() {
    played(4000);
    on(new TurnEvent.Heard(Optional.empty(), ms(4500), ms(5000)));
    assertThat(said()).containsExactly(PROMPT, PARDON);

    played(8000);
    heard(RUSSIAN, "может быть", 8500, 9000);
    assertThat(said()).containsExactly(PROMPT, PARDON, SORRY);

    played(10_000);
    assertThat(result()).isEqualTo(new TurnResult.NotUnderstood());
  }

  @Test
  void aSoundThatIsNoWordLeavesTimeToAnswer() {
    played(4000);
    on(new TurnEvent.SpeechBegan(ms(8500), ms(8700)));
    on(new TurnEvent.SpeechEnded(ms(8900)));
    passed(9000);
    on(new TurnEvent.Settled(ms(9100)));

    assertThat(said()).containsExactly(PROMPT);
    assertThat(commands).last().isEqualTo(new Wake(ms(10_100)));
    passed(10_100);
    assertThat(said()).containsExactly(PROMPT, AGAIN);
  }

  @Test
  void noiseDoesNotKeepACallWaitingForEver() {
    played(4000);
    int noises = 0;
    for (int at = 5000; said().size() == 1 && noises < 1000; at += 600) {
      on(new TurnEvent.SpeechBegan(ms(at), ms(at + 200)));
      on(new TurnEvent.SpeechEnded(ms(at + 300)));
      on(new TurnEvent.Settled(ms(at + 400)));
      passed(at + 500);
      noises++;
    }

    assertThat(said()).containsExactly(PROMPT, AGAIN);
  }

  @Test
  void whoStillSpeaksIsHeardOut() {
    played(4000);
    on(new TurnEvent.SpeechBegan(ms(8800), ms(9000)));
    passed(9000);
    on(new TurnEvent.SpeechEnded(ms(12_000)));
    heard(RUSSIAN, "да", 8800, 12_100);

    assertThat(said()).containsExactly(PROMPT, THANKS);
  }

  @Test
  void whoNeverStopsSpeakingIsNotUnderstood() {
    played(4000);
    on(new TurnEvent.SpeechBegan(ms(5000), ms(5200)));
    passed(9000);
    assertThat(commands).last().isEqualTo(new Wake(ms(39_000)));
    passed(39_000);
    assertThat(commands).contains(new Settle());
    passed(41_000);

    assertThat(said()).containsExactly(PROMPT, PARDON);
  }

  @Test
  void recognisersThatAreSlowAreNotWaitedForLong() {
    played(4000);
    on(new TurnEvent.SpeechBegan(ms(5000), ms(5200)));
    on(new TurnEvent.SpeechEnded(ms(5600)));
    passed(7000);
    assertThat(said()).containsExactly(PROMPT);
    passed(7600);

    assertThat(said()).containsExactly(PROMPT, PARDON);
  }

  @Test
  void aFreeQuestionTakesAnything() {
    turn = begun(FREE);
    played(4000);
    heard(RUSSIAN, "привезите завтра", 4500, 6000);

    assertThat(result())
        .isEqualTo(new TurnResult.Answered(Optional.empty(), Optional.of(RUSSIAN), By.SPEECH));
  }

  @Test
  void aDeafBoxTakesKeys() {
    on(new TurnEvent.Deaf(ms(100)));
    played(4000);
    on(new TurnEvent.Key('1', ms(5000)));

    assertThat(said()).containsExactly(PROMPT, THANKS);
  }

  @Test
  void aDeafBoxThatHasNoKeysToTakeSaysItsMessageAndEnds() {
    turn = begun(FREE);
    on(new TurnEvent.Deaf(ms(100)));
    assertThat(said()).containsExactly(PROMPT);
    played(4000);

    assertThat(result()).isEqualTo(new TurnResult.Unheard());
  }

  @Test
  void nothingIsDoneOnceItIsOver() {
    on(new TurnEvent.Key('2', ms(300)));
    commands.clear();
    played(4000);
    passed(60_000);
    heard(RUSSIAN, "да", 61_000, 62_000);

    assertThat(commands).isEmpty();
  }

  @Test
  void aQuestionThatNobodyCanAnswerIsRefused() {
    Choice unsayable = new Choice("yes", Optional.empty(), Map.of(KAZAKH, List.of("иә")), Map.of());

    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            new Question(
                List.of(RUSSIAN),
                List.of(unsayable),
                Duration.ofSeconds(5),
                true,
                Ladder.NONE,
                Ladder.NONE))
        .withMessageContaining("needs a key");
  }

  private static Question question(boolean interruptible) {
    return new Question(
        List.of(RUSSIAN, KAZAKH),
        List.of(YES, NO),
        Duration.ofSeconds(5),
        interruptible,
        new Ladder(List.of(AGAIN), Optional.of(GOODBYE)),
        new Ladder(List.of(PARDON), Optional.of(SORRY)));
  }

  private Turn begun(Question question) {
    Turn fresh = new Turn(question, PROMPT);
    commands.clear();
    commands.addAll(fresh.begin());
    return fresh;
  }

  private void on(TurnEvent event) {
    commands.addAll(turn.on(event));
  }

  private void played(long at) {
    on(new TurnEvent.Played(ms(at)));
  }

  private void passed(long at) {
    on(new TurnEvent.Passed(ms(at)));
  }

  private void heard(Locale language, String text, long from, long at) {
    Hearing.Utterance utterance = new Hearing.Utterance(text, ms(from), ms(at), 0.9, List.of());
    on(new TurnEvent.Heard(Optional.of(new Spoken(language, utterance)), ms(from), ms(at)));
  }

  private List<Sound> said() {
    return commands.stream()
        .filter(Say.class::isInstance)
        .map(command -> ((Say) command).sound())
        .toList();
  }

  private TurnResult result() {
    assertThat(commands).last().isInstanceOf(Done.class);
    return ((Done) commands.getLast()).result();
  }

  private static TurnResult answer(String choice, Locale language, By by) {
    return new TurnResult.Answered(Optional.of(choice), Optional.of(language), by);
  }

  private static Done done(String choice, By by) {
    return new Done(answer(choice, RUSSIAN, by));
  }

  private static Duration ms(long millis) {
    return Duration.ofMillis(millis);
  }

  private static Sound sound(int sample) {
    return new Sound(new byte[] {(byte) sample, 0});
  }
}
