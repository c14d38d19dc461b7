package kz.qonyrau.speech.vosk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import kz.qonyrau.speech.Hearing;
import kz.qonyrau.speech.Listening;
import kz.qonyrau.speech.ListeningRequest;
import kz.qonyrau.speech.Prompts;
import kz.qonyrau.speech.RecognitionUnavailableException;
import kz.qonyrau.speech.Transcript;
import kz.qonyrau.speech.Transcript.Ending;
import kz.qonyrau.testsupport.Eventually;
import kz.qonyrau.testsupport.NoErrorsLogged;
import kz.qonyrau.vocabulary.CallId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The real library with the real model, on a human's voice that the model never heard before.
@Timeout(120)
@ExtendWith(NoErrorsLogged.class)
class VoskRecognizerTest {

  private static final Logger LOG = LoggerFactory.getLogger(VoskRecognizerTest.class);
  private static final Locale RUSSIAN = Locale.of("ru");
  private static final Path MODEL = Path.of("models/ru-starter-8k");
  private static final List<String> WORDS =
      List.of(
          "семь", "восемь", "среда", "четверг", "августа", "июня", "завтра", "до свидания", "да");

  /// Starting a worker takes longer than most tests here; they share one where they can.
  private static @Nullable VoskRecognizer shared;

  @TempDir static Path sharedScratch;
  @TempDir Path scratch;

  private final List<VoskRecognizer> opened = new ArrayList<>();

  @BeforeAll
  static void open() {
    shared = new VoskRecognizer(Map.of(RUSSIAN, MODEL), new Limits().settings(), sharedScratch);
  }

  @AfterAll
  static void closeShared() {
    recognizer().close();
  }

  @AfterEach
  void closeAll() {
    opened.forEach(VoskRecognizer::close);
  }

  @ParameterizedTest
  @CsvSource({
    "seven, семь",
    "wednesday, среда",
    "august, августа",
    "tomorrow, завтра",
    "thursday, четверг"
  })
  @Tag("AC-STT-01")
  void understandsAHumanWordThatIsInTheList(String recording, String word) throws Exception {
    List<Hearing> heard = Collections.synchronizedList(new ArrayList<>());
    byte[] audio = Prompts.joined(Prompts.human(recording), Prompts.silence(Duration.ofSeconds(1)));

    Transcript transcript = transcribe(recognizer(), Optional.of(WORDS), heard::add, audio);

    assertThat(transcript.text()).isEqualTo(word);
    assertThat(transcript.lost()).isZero();
    Hearing.Utterance utterance = transcript.utterances().getFirst();
    assertThat(utterance.confidence()).isBetween(0.3, 1.0);
    assertThat(utterance.words()).hasSize(word.split(" ").length);
    assertThat(utterance.to()).isLessThan(transcript.heard());
    assertThat(heard).last().isEqualTo(utterance);
    LOG.atInfo().addKeyValue("word", word).addKeyValue("utterance", utterance).log("understood");
  }

  @Test
  @Tag("AC-STT-01")
  void understandsAHumanWordWithItsWholeVocabulary() throws Exception {
    Transcript transcript =
        transcribe(
            recognizer(), Optional.empty(), VoskRecognizerTest::nobody, Prompts.human("seven"));

    assertThat(transcript.text()).isEqualTo("семь");
  }

  @Test
  @Tag("AC-STT-01")
  void tellsWhatItHearsBeforeTheUtteranceIsOver() throws Exception {
    List<Hearing> heard = Collections.synchronizedList(new ArrayList<>());

    var _ =
        transcribe(
            recognizer(),
            Optional.of(WORDS),
            heard::add,
            Prompts.joined(Prompts.human("goodbye"), Prompts.silence(Duration.ofSeconds(2))));

    assertThat(heard).first().isInstanceOf(Hearing.Partial.class);
    assertThat(heard).last().isInstanceOf(Hearing.Utterance.class);
  }

  @ParameterizedTest
  @CsvSource({"wednesday", "august", "tomorrow", "goodbye"})
  @Tag("AC-STT-02")
  void takesNoForeignWordForAListedOne(String recording) throws Exception {
    Transcript transcript =
        transcribe(
            recognizer(),
            Optional.of(List.of("да", "нет")),
            VoskRecognizerTest::nobody,
            Prompts.human(recording));

    assertThat(transcript.text()).isEmpty();
  }

  @Test
  void givesAPhraseBackAsItIsWrittenInTheList() throws Exception {
    Transcript transcript =
        transcribe(
            recognizer(),
            Optional.of(List.of("Среда", "Да")),
            VoskRecognizerTest::nobody,
            Prompts.human("wednesday"));

    assertThat(transcript.text()).isEqualTo("Среда");
  }

  /// The recogniser itself waits for half a second of silence; here there is none.
  @Test
  @Tag("AC-SCN-06")
  void understandsAtOnceWhatItIsToldIsOver() throws Exception {
    List<Hearing> heard = Collections.synchronizedList(new ArrayList<>());
    byte[] first = Prompts.human("seven");
    Listening listening = recognizer().listen(request(Optional.of(WORDS)), heard::add);

    listening.feed(first);
    var _ = await(listening.settle());
    assertThat(heard)
        .last()
        .isInstanceOfSatisfying(
            Hearing.Utterance.class, said -> assertThat(said.text()).isEqualTo("семь"));
    listening.feed(Prompts.human("wednesday"));
    var _ = await(listening.settle());

    Hearing.Utterance second = (Hearing.Utterance) heard.getLast();
    assertThat(second.text()).isEqualTo("среда");
    assertThat(second.from()).isGreaterThan(Duration.ofMillis(first.length / 16));
    Transcript transcript = await(listening.finish());
    assertThat(transcript.text()).isEqualTo("семь\nсреда");
    assertThat(transcript.heard().toMillis())
        .isEqualTo((first.length + Prompts.human("wednesday").length) / 16);
  }

  @Test
  void settlesWhereNothingWasSaidAndWhereAllIsOver() throws Exception {
    List<Hearing> heard = Collections.synchronizedList(new ArrayList<>());
    Listening listening = recognizer().listen(request(Optional.of(WORDS)), heard::add);

    var _ = await(listening.settle());
    listening.feed(Prompts.silence(Duration.ofMillis(730)));
    var _ = await(Future.all(listening.settle(), listening.settle()));
    Transcript transcript = await(listening.finish());
    var _ = await(listening.settle());

    assertThat(heard).isEmpty();
    assertThat(transcript.heard()).isEqualTo(Duration.ofMillis(730));
  }

  @Test
  void hearsNothingInNothing() throws Exception {
    Transcript transcript =
        transcribe(recognizer(), Optional.empty(), VoskRecognizerTest::nobody, new byte[0]);

    assertThat(transcript.utterances()).isEmpty();
    assertThat(transcript.heard()).isZero();
    assertThat(transcript.ending()).isEqualTo(Ending.FINISHED);
  }

  @Test
  void refusesHalfASample() throws Exception {
    Listening listening =
        recognizer().listen(request(Optional.empty()), VoskRecognizerTest::nobody);

    assertThatThrownBy(() -> listening.feed(new byte[321]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("321 bytes");
    assertThat(await(listening.finish()).utterances()).isEmpty();
  }

  @Test
  void ignoresAudioThatComesAfterTheEnd() throws Exception {
    Listening listening =
        recognizer().listen(request(Optional.empty()), VoskRecognizerTest::nobody);
    listening.feed(Prompts.human("seven"));
    Transcript atTheEnd = await(listening.finish());

    listening.feed(Prompts.human("seven"));

    assertThat(await(listening.finish())).isEqualTo(atTheEnd);
  }

  @Test
  @Tag("AC-STT-02")
  void understandsNothingInTenMinutesOfNoiseAndOfSilence() throws Exception {
    VoskRecognizer recognizer =
        recognizer(new Limits().threads(2).queue(Duration.ofMinutes(11)).settings());
    Listening noise = recognizer.listen(request(Optional.of(WORDS)), VoskRecognizerTest::nobody);
    Listening silence = recognizer.listen(request(Optional.empty()), VoskRecognizerTest::nobody);
    Listening dialTone = recognizer.listen(request(Optional.of(WORDS)), VoskRecognizerTest::nobody);

    noise.feed(Prompts.noise(Duration.ofMinutes(10), 0.3));
    silence.feed(Prompts.silence(Duration.ofMinutes(10)));
    dialTone.feed(Prompts.tone(Duration.ofSeconds(20), 0.3));

    assertThat(await(noise.finish()).text()).isEmpty();
    assertThat(await(silence.finish()).text()).isEmpty();
    assertThat(await(dialTone.finish()).text()).isEmpty();
    assertThat(await(noise.finish()).heard()).isEqualTo(Duration.ofMinutes(10));
  }

  @Test
  void dropsTheOldestAudioWhenItFallsBehindAndSaysHowMuch() throws Exception {
    VoskRecognizer recognizer =
        recognizer(new Limits().threads(1).queue(Duration.ofSeconds(3)).settings());
    Listening listening =
        recognizer.listen(request(Optional.of(WORDS)), VoskRecognizerTest::nobody);
    byte[] word = Prompts.human("wednesday");

    listening.feed(Prompts.joined(Prompts.silence(Duration.ofSeconds(60)), word, new byte[16_000]));
    Transcript transcript = await(listening.finish());

    assertThat(transcript.lost()).isGreaterThan(Duration.ofSeconds(50));
    assertThat(transcript.heard().plus(transcript.lost()).toMillis())
        .isEqualTo(61_000 + word.length / 16);
    assertThat(transcript.text()).isEqualTo("среда");
    assertThat(transcript.utterances().getFirst().from())
        .isBetween(Duration.ofMillis(59_900), Duration.ofMillis(60_500));
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          '',                      a phrase is empty
          '   ',                   a phrase is empty
          '"]',                    letters
          '[unk]',                 letters
          'да"',                   letters
          '5',                     letters
          'да 😀',                 letters
          'да; DROP TABLE calls--', letters
          'синхрофазотрон',        does not know: синхрофазотрон
          """)
  void refusesPhrasesThatTheLibraryMustNotSee(String phrase, String complaint) {
    VoskRecognizer recognizer = recognizer();

    assertThatThrownBy(() ->
            recognizer.listen(request(Optional.of(List.of(phrase))), VoskRecognizerTest::nobody))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(complaint);
    assertThat(recognizer.listeningsUnderWay()).isZero();
  }

  @Test
  void refusesAnEmptyAnOverlongAndAHugeList() {
    VoskRecognizer recognizer = recognizer();
    List<String> huge = Collections.nCopies(PhraseList.MOST_PHRASES + 1, "да");

    for (List<String> phrases : List.of(List.<String>of(), huge, List.of("да ".repeat(100)))) {
      assertThatThrownBy(
              () -> recognizer.listen(request(Optional.of(phrases)), VoskRecognizerTest::nobody))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void takesALongListWithAllItsWords() throws Exception {
    List<String> numbers =
        IntStream.range(0, PhraseList.MOST_PHRASES)
            .mapToObj(i ->
                WORDS.get(i % WORDS.size())
                    + (i < WORDS.size() ? "" : " " + WORDS.get(i / WORDS.size() % WORDS.size())))
            .toList();

    assertThat(
            transcribe(
                    recognizer(),
                    Optional.of(numbers),
                    VoskRecognizerTest::nobody,
                    Prompts.human("seven"))
                .text())
        .isEqualTo("семь");
  }

  @Test
  void namesTheWordsThatTheModelDoesNotKnow() {
    assertThat(recognizer().unknownWords(RUSSIAN, List.of("да зюкобрак", "нет", "Юнитекс")))
        .containsExactly("зюкобрак", "юнитекс");
  }

  @Test
  void keepsTwentyListeningsApart() throws Exception {
    VoskRecognizer recognizer = recognizer();
    List<String> names = List.of("seven", "wednesday", "august", "tomorrow", "thursday");
    List<String> words = List.of("семь", "среда", "августа", "завтра", "четверг");
    List<Listening> listenings = new ArrayList<>();
    List<byte[]> audio = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      listenings.add(recognizer.listen(request(Optional.of(WORDS)), VoskRecognizerTest::nobody));
      audio.add(
          Prompts.joined(
              Prompts.human(names.get(i % 5)),
              Prompts.silence(Duration.ofMillis(1500)),
              Prompts.human(names.get((i + i / 5 + 1) % 5)),
              Prompts.silence(Duration.ofMillis(500))));
    }

    for (int at = 0; at < 80_000; at += 320) {
      for (int i = 0; i < 20; i++) {
        byte[] all = audio.get(i);
        if (at < all.length) {
          listenings.get(i).feed(Arrays.copyOfRange(all, at, Math.min(all.length, at + 320)));
        }
      }
    }

    for (int i = 0; i < 20; i++) {
      Transcript transcript = await(listenings.get(i).finish());
      assertThat(transcript.text())
          .isEqualTo(words.get(i % 5) + "\n" + words.get((i + i / 5 + 1) % 5));
      assertThat(transcript.lost()).isZero();
    }
    assertThat(recognizer.listeningsUnderWay()).isZero();
  }

  @Test
  void endsAListeningThatNobodyFinishes() throws Exception {
    VoskRecognizer recognizer = recognizer(new Limits().idle(Duration.ofMillis(200)).settings());
    Listening forgotten =
        recognizer.listen(request(Optional.of(WORDS)), VoskRecognizerTest::nobody);

    forgotten.feed(Prompts.human("seven"));

    Eventually.await(Duration.ofSeconds(10), "the end", () -> recognizer.listeningsUnderWay() == 0);
    Transcript transcript = await(forgotten.finish());
    assertThat(transcript.ending()).isEqualTo(Ending.TIME_LIMIT);
    assertThat(transcript.text()).isEqualTo("семь");
  }

  @Test
  void endsAListeningThatGoesOnForTooLong() throws Exception {
    VoskRecognizer recognizer = recognizer(new Limits().longest(Duration.ofSeconds(2)).settings());
    Listening endless = recognizer.listen(request(Optional.empty()), VoskRecognizerTest::nobody);

    for (int i = 0; i < 500; i++) {
      endless.feed(new byte[320]);
    }

    Eventually.await(Duration.ofSeconds(10), "the end", () -> recognizer.listeningsUnderWay() == 0);
    Transcript transcript = await(endless.finish());
    assertThat(transcript.ending()).isEqualTo(Ending.TIME_LIMIT);
    assertThat(transcript.heard()).isBetween(Duration.ofSeconds(2), Duration.ofMillis(2100));
  }

  @Test
  void failsAListeningWhoseSinkThrowsAndFreesItsMemory() {
    VoskRecognizer recognizer = recognizer();
    Listening listening =
        recognizer.listen(
            request(Optional.of(WORDS)),
            _ -> {
              throw new IllegalStateException("the page went away");
            });

    listening.feed(Prompts.human("seven"));

    assertThatThrownBy(() -> await(listening.finish())).hasMessage("the page went away");
    assertThat(recognizer.listeningsUnderWay()).isZero();
  }

  @Test
  @Tag("AC-STT-05")
  void saysThatThereIsNoModelForALanguage() {
    VoskRecognizer recognizer = recognizer();

    assertThat(recognizer.languages()).containsExactly("ru");
    assertThatThrownBy(() ->
            recognizer.listen(
                new ListeningRequest(CallId.random(), Locale.of("kk"), Optional.empty()),
                VoskRecognizerTest::nobody))
        .isInstanceOf(RecognitionUnavailableException.class)
        .hasMessageContaining("'kk'");
  }

  @Test
  void refusesOneListeningTooMany() {
    VoskRecognizer recognizer = recognizer(new Limits().listenings(1).settings());
    var _ = recognizer.listen(request(Optional.empty()), VoskRecognizerTest::nobody);

    assertThatThrownBy(
            () -> recognizer.listen(request(Optional.empty()), VoskRecognizerTest::nobody))
        .isInstanceOf(RecognitionUnavailableException.class);
  }

  @Test
  void closingEndsWhatIsUnderWayAndRefusesWhatComesLater() throws Exception {
    VoskRecognizer recognizer = recognizer(new Limits().settings());
    Listening listening =
        recognizer.listen(request(Optional.of(WORDS)), VoskRecognizerTest::nobody);
    listening.feed(Prompts.human("august"));

    recognizer.close();
    recognizer.close();

    Transcript transcript = await(listening.finish());
    assertThat(transcript.text()).isEqualTo("августа");
    assertThat(transcript.ending()).isEqualTo(Ending.TIME_LIMIT);
    assertThatThrownBy(
            () -> recognizer.listen(request(Optional.empty()), VoskRecognizerTest::nobody))
        .isInstanceOf(RecognitionUnavailableException.class);
  }

  private static void nobody(Hearing unheard) {}

  private static VoskRecognizer recognizer() {
    return Objects.requireNonNull(shared);
  }

  private VoskRecognizer recognizer(VoskSettings settings) {
    VoskRecognizer recognizer =
        new VoskRecognizer(Map.of(RUSSIAN, MODEL), settings, scratch.resolve("" + opened.size()));
    opened.add(recognizer);
    return recognizer;
  }

  private static ListeningRequest request(Optional<List<String>> phrases) {
    return new ListeningRequest(CallId.random(), RUSSIAN, phrases);
  }

  private static Transcript transcribe(
      VoskRecognizer recognizer,
      Optional<List<String>> phrases,
      Consumer<Hearing> sink,
      byte[] audio)
      throws TimeoutException {
    Listening listening = recognizer.listen(request(phrases), sink);
    for (int at = 0; at < audio.length; at += 320) {
      listening.feed(Arrays.copyOfRange(audio, at, Math.min(audio.length, at + 320)));
    }
    return await(listening.finish());
  }

  private static <T> T await(Future<T> future) throws TimeoutException {
    return future.await(100, TimeUnit.SECONDS);
  }
}
