package kz.qonyrau.appliance;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import kz.qonyrau.calls.CallOrder;
import kz.qonyrau.calls.Choice;
import kz.qonyrau.calls.Question;
import kz.qonyrau.calls.Sound;
import kz.qonyrau.campaigns.Asking;
import kz.qonyrau.campaigns.Attempt;
import kz.qonyrau.campaigns.ExpectedAnswer;
import kz.qonyrau.campaigns.Fallback;
import kz.qonyrau.campaigns.MachineRule;
import kz.qonyrau.campaigns.Prompt;
import kz.qonyrau.campaigns.Prompt.SpokenText;
import kz.qonyrau.speech.SpeechSynthesisException;
import kz.qonyrau.vocabulary.CallId;
import kz.qonyrau.vocabulary.CampaignId;
import kz.qonyrau.vocabulary.Msisdn;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What a call may say, told by a voice that writes down what it was given.
class SpokenOrdersTest {

  private static final Locale RUSSIAN = Locale.of("ru");
  private static final Locale KAZAKH = Locale.of("kk");
  private static final Prompt MESSAGE = new SpokenText("Вы придёте?", RUSSIAN, Optional.of("anna"));

  private static final Map<Locale, List<String>> YES =
      Map.of(RUSSIAN, List.of("да"), KAZAKH, List.of("иә"));
  private static final Map<Locale, List<String>> NO =
      Map.of(RUSSIAN, List.of("нет"), KAZAKH, List.of("жоқ"));
  private static final Map<Locale, String> SEE_YOU = Map.of(RUSSIAN, "Ждём вас", KAZAKH, "Күтеміз");

  private final List<List<Prompt>> asked = new ArrayList<>();
  private final SpokenOrders orders = new SpokenOrders(this::say);

  private Future<Sound> say(List<Prompt> prompts) {
    asked.add(prompts);
    return Future.succeededFuture(sound(prompts));
  }

  /// Its bytes tell what was to be said.
  private static Sound sound(List<Prompt> prompts) {
    byte[] bytes = prompts.toString().getBytes(StandardCharsets.UTF_8);
    return new Sound(Arrays.copyOf(bytes, bytes.length + bytes.length % 2));
  }

  private static Sound sound(Prompt... prompts) {
    return sound(List.of(prompts));
  }

  @ParameterizedTest
  @EnumSource
  void aMessageThatAsksNothingIsTheWholeCall(MachineRule machines) throws TimeoutException {
    Attempt attempt = attempt(MESSAGE, Optional.empty(), machines);

    CallOrder order = done(orders.of(attempt));

    assertThat(order.id()).isEqualTo(attempt.id());
    assertThat(order.campaign()).isEqualTo(attempt.campaign());
    assertThat(order.callee()).isEqualTo(attempt.callee());
    assertThat(order.ringing()).isEqualTo(attempt.ringing());
    assertThat(order.record()).isTrue();
    assertThat(order.machines().name()).isEqualTo(machines.name());
    assertThat(order.question()).isEmpty();
    assertThat(order.prompt().pcm()).isEqualTo(sound(MESSAGE).pcm());
    assertThat(asked).containsExactly(List.of(MESSAGE));
  }

  @Test
  @Tag("AC-STT-01")
  void anAnswerKeepsItsKeyItsWordsAndItsReplies() throws TimeoutException {
    Question question = question(asking(List.of(RUSSIAN, KAZAKH), Fallback.NONE, Fallback.NONE));

    assertThat(question.patience()).isEqualTo(Duration.ofSeconds(7));
    assertThat(question.interruptible()).isTrue();
    assertThat(question.choices()).extracting(Choice::name).containsExactly("yes", "no");
    Choice yes = question.choices().getFirst();
    assertThat(yes.key()).contains('1');
    assertThat(yes.phrases()).isEqualTo(YES);
    // The chosen voice speaks Russian; in Kazakh it is the usual one.
    assertThat(reply(yes, RUSSIAN).pcm())
        .isEqualTo(sound(new SpokenText("Ждём вас", RUSSIAN, Optional.of("anna"))).pcm());
    assertThat(reply(yes, KAZAKH).pcm())
        .isEqualTo(sound(new SpokenText("Күтеміз", KAZAKH, Optional.empty())).pcm());
    assertThat(question.choices().getLast().replies()).isEmpty();
  }

  @Test
  void whoPressesAKeyIsAnsweredInTheLanguageOfTheMessage() throws TimeoutException {
    assertThat(question(asking(List.of(KAZAKH, RUSSIAN), Fallback.NONE, Fallback.NONE)).languages())
        .containsExactly(RUSSIAN, KAZAKH);
  }

  @Test
  void aLanguageThatIsNotListenedForDoesNotComeIn() throws TimeoutException {
    assertThat(question(asking(List.of(KAZAKH), Fallback.NONE, Fallback.NONE)).languages())
        .containsExactly(KAZAKH);
  }

  @Test
  void eachRungIsTheHintAndTheMessageAgain() throws TimeoutException {
    Fallback silence =
        new Fallback(2, Optional.of("Вас не слышно"), Optional.of("Перезвоним позже"));
    Fallback notUnderstood = new Fallback(1, Optional.empty(), Optional.empty());

    Question question = question(asking(List.of(RUSSIAN), silence, notUnderstood));

    SpokenText hint = new SpokenText("Вас не слышно", RUSSIAN, Optional.of("anna"));
    assertThat(question.silence().rungs())
        .extracting(Sound::pcm)
        .containsExactly(sound(hint, MESSAGE).pcm(), sound(hint, MESSAGE).pcm());
    assertThat(question.silence().goodbye().orElseThrow().pcm())
        .isEqualTo(sound(new SpokenText("Перезвоним позже", RUSSIAN, Optional.of("anna"))).pcm());
    assertThat(question.notUnderstood().rungs())
        .extracting(Sound::pcm)
        .containsExactly(sound(MESSAGE).pcm());
    assertThat(question.notUnderstood().goodbye()).isEmpty();
  }

  @Test
  void besideARecordingTheUsualVoiceSpeaksTheFirstLanguageThatIsListenedFor()
      throws TimeoutException {
    Prompt recording = new Prompt.UploadedAudio("7", Path.of("7.raw"));
    Fallback silence = new Fallback(1, Optional.of("Сізді естімедік"), Optional.empty());
    Asking asking = asking(List.of(KAZAKH, RUSSIAN), silence, Fallback.NONE);

    CallOrder order =
        done(orders.of(attempt(recording, Optional.of(asking), MachineRule.CARRY_ON)));

    assertThat(order.question().orElseThrow().silence().rungs().getFirst().pcm())
        .isEqualTo(
            sound(new SpokenText("Сізді естімедік", KAZAKH, Optional.empty()), recording).pcm());
  }

  @Test
  @Tag("AC-TTS-05")
  void oneTextThatTheVoiceDoesNotSayIsNoCall() {
    SpokenOrders silent = new SpokenOrders(failingAt("Күтеміз"));
    Asking asking = asking(List.of(RUSSIAN, KAZAKH), Fallback.NONE, Fallback.NONE);
    Attempt attempt = attempt(MESSAGE, Optional.of(asking), MachineRule.CARRY_ON);

    assertThatThrownBy(() -> done(silent.of(attempt)))
        .isInstanceOf(SpeechSynthesisException.class)
        .hasMessageContaining("out of order");
  }

  @Test
  void aTextThatTheVoiceCannotTakeFailsTheFutureAndNotTheCaller() {
    SpokenOrders strict =
        new SpokenOrders(_ -> {
          throw new IllegalArgumentException("no letter in it");
        });
    Future<Sound> sound = strict.sound(MESSAGE);

    assertThat(sound.failed()).isTrue();
    assertThat(sound.cause()).hasMessage("no letter in it");
  }

  private static Function<List<Prompt>, Future<Sound>> failingAt(String text) {
    return prompts ->
        prompts.toString().contains(text)
            ? Future.failedFuture(new SpeechSynthesisException("the voice is out of order"))
            : Future.succeededFuture(sound(prompts));
  }

  private Question question(Asking asking) throws TimeoutException {
    return done(orders.of(attempt(MESSAGE, Optional.of(asking), MachineRule.CARRY_ON)))
        .question()
        .orElseThrow();
  }

  private static Sound reply(Choice choice, Locale language) {
    return Objects.requireNonNull(choice.replies().get(language));
  }

  private static Asking asking(List<Locale> languages, Fallback silence, Fallback notUnderstood) {
    return new Asking(
        languages,
        Duration.ofSeconds(7),
        true,
        List.of(
            new ExpectedAnswer("yes", Optional.of('1'), in(languages, YES), in(languages, SEE_YOU)),
            new ExpectedAnswer("no", Optional.empty(), in(languages, NO), Map.of())),
        silence,
        notUnderstood);
  }

  private static <T> Map<Locale, T> in(List<Locale> languages, Map<Locale, T> all) {
    Map<Locale, T> some = new HashMap<>(all);
    some.keySet().retainAll(languages);
    return some;
  }

  private static Attempt attempt(Prompt prompt, Optional<Asking> asking, MachineRule machines) {
    return new Attempt(
        CallId.random(),
        CampaignId.random(),
        new Msisdn("+77010000000"),
        prompt,
        Duration.ofSeconds(25),
        true,
        asking,
        machines,
        Map.of());
  }

  private static <T> T done(Future<T> future) throws TimeoutException {
    return future.await(10, SECONDS);
  }
}
