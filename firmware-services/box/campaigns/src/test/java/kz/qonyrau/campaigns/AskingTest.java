package kz.qonyrau.campaigns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AskingTest {

  private static final Locale RUSSIAN = Locale.of("ru");
  private static final Locale KAZAKH = Locale.of("kk");
  private static final Locale ENGLISH = Locale.of("en");

  @Test
  void namesTheFieldThatIsWrong() {
    ExpectedAnswer yes = answer("Да", '1', "да");
    List<ExpectedAnswer> tooMany =
        IntStream.range(0, 21)
            .mapToObj(i ->
                new ExpectedAnswer(
                    "a" + i,
                    Optional.empty(),
                    Map.of(RUSSIAN, List.of("b".repeat(i + 1))),
                    Map.of()))
            .toList();

    refused("languages", () -> asking(List.of(RUSSIAN, RUSSIAN), List.of(yes)));
    refused(
        "languages",
        () -> asking(List.of(RUSSIAN, KAZAKH, ENGLISH, Locale.of("de")), List.of(yes)));
    refused("languages", () -> asking(List.of(), List.of()));
    refused("languages[1]", () -> asking(List.of(RUSSIAN, KAZAKH), List.of(yes)));
    refused("answers", () -> asking(List.of(RUSSIAN), tooMany));
    refused(
        "answers[1].name", () -> asking(List.of(RUSSIAN), List.of(yes, answer("Да", '2', "нет"))));
    refused(
        "answers[1].key", () -> asking(List.of(RUSSIAN), List.of(yes, answer("Нет", '1', "нет"))));
    refused(
        "answers[1].phrases.ru[0]",
        () -> asking(List.of(RUSSIAN), List.of(yes, answer("Нет", '2', " ДА "))));
    refused("answers[0].phrases.ru", () -> asking(List.of(), List.of(yes)));
    refused(
        "answers[0].replies.kk",
        () ->
            asking(
                List.of(RUSSIAN),
                List.of(
                    new ExpectedAnswer(
                        "Да",
                        Optional.empty(),
                        Map.of(RUSSIAN, List.of("да")),
                        Map.of(KAZAKH, "Рақмет")))));
    refused(
        "seconds",
        () ->
            new Asking(
                List.of(RUSSIAN),
                Duration.ofSeconds(61),
                true,
                List.of(yes),
                Fallback.NONE,
                Fallback.NONE));
    refused("name", () -> answer("x".repeat(61), '1', "да"));
    refused("name", () -> answer(" ", '1', "да"));
    refused("key", () -> answer("Да", 'a', "да"));
    refused("phrases.ru[0]", () -> answer("Да", '1', " "));
    refused("phrases.ru[0]", () -> answer("Да", '1', "х".repeat(101)));
    refused("phrases", () -> new ExpectedAnswer("Да", Optional.empty(), Map.of(), Map.of()));
    refused(
        "replies.ru",
        () -> new ExpectedAnswer("Да", Optional.of('1'), Map.of(), Map.of(RUSSIAN, " ")));
    refused("repeats", () -> new Fallback(6, Optional.empty(), Optional.empty()));
    refused("repeats", () -> new Fallback(-1, Optional.empty(), Optional.empty()));
    refused("hint", () -> new Fallback(0, Optional.of("Повторяю"), Optional.empty()));
    refused("goodbye", () -> new Fallback(0, Optional.empty(), Optional.of("")));
    refused(
        "notUnderstood.goodbye",
        () ->
            new Asking(
                    List.of(RUSSIAN),
                    Duration.ofSeconds(6),
                    true,
                    List.of(yes),
                    Fallback.NONE,
                    new Fallback(0, Optional.empty(), Optional.of("я".repeat(2001))))
                .requireWritable());
  }

  @Test
  void twoLettersThatSoundAlikeAreOneAnswer() {
    refused(
        "answers[1].phrases.ru[0]",
        () ->
            asking(
                List.of(RUSSIAN),
                List.of(answer("Пришлёт", '1', "ещё раз"), answer("Нет", '2', "еще  раз"))));
  }

  @Test
  void hintsAreInTheLanguageOfTheMessage() {
    Asking asking = asking(List.of(KAZAKH), List.of(kazakhYes()));
    Prompt spoken = new Prompt.SpokenText("Hello", ENGLISH, Optional.of("alto"));
    Prompt recorded = new Prompt.UploadedAudio("1", Path.of("1.pcm"));

    assertThat(asking.language(spoken)).isEqualTo(ENGLISH);
    assertThat(asking.language(recorded)).isEqualTo(KAZAKH);
    assertThat(spoken.beside("Bye", ENGLISH).voice()).contains("alto");
    assertThat(spoken.beside("Рақмет", KAZAKH).voice()).isEmpty();
  }

  @Test
  void whereOnlyKeysAreTakenTheRepliesTellTheLanguage() {
    Asking asking =
        asking(
            List.of(),
            List.of(
                new ExpectedAnswer("Иә", Optional.of('1'), Map.of(), Map.of(KAZAKH, "Рақмет"))));

    assertThat(asking.listens()).isFalse();
    assertThat(asking.language(new Prompt.UploadedAudio("1", Path.of("1.pcm")))).isEqualTo(KAZAKH);
  }

  @Test
  void keepsItsAnswersWhateverBecomesOfTheLists() {
    List<String> phrases = new ArrayList<>(List.of(" да "));
    ExpectedAnswer yes =
        new ExpectedAnswer("Да", Optional.empty(), Map.of(RUSSIAN, phrases), Map.of());
    phrases.clear();

    assertThat(yes.phrases()).isEqualTo(Map.of(RUSSIAN, List.of("да")));
  }

  private static ExpectedAnswer kazakhYes() {
    return new ExpectedAnswer("Иә", Optional.of('1'), Map.of(KAZAKH, List.of("иә")), Map.of());
  }

  private static ExpectedAnswer answer(String name, char key, String phrase) {
    return new ExpectedAnswer(name, Optional.of(key), Map.of(RUSSIAN, List.of(phrase)), Map.of());
  }

  private static Asking asking(List<Locale> languages, List<ExpectedAnswer> answers) {
    return new Asking(
        languages, Duration.ofSeconds(6), true, answers, Fallback.NONE, Fallback.NONE);
  }

  private static void refused(
      String field, org.assertj.core.api.ThrowableAssert.ThrowingCallable made) {
    assertThatExceptionOfType(InvalidFieldException.class)
        .isThrownBy(made)
        .satisfies(wrong -> assertThat(wrong.field()).isEqualTo(field));
  }
}
