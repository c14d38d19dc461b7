package kz.qonyrau.speech.answering;

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
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import kz.qonyrau.speech.Hearing;
import kz.qonyrau.speech.Listening;
import kz.qonyrau.speech.ListeningRequest;
import kz.qonyrau.speech.Prompts;
import kz.qonyrau.speech.RecognitionUnavailableException;
import kz.qonyrau.speech.Recognizer;
import kz.qonyrau.speech.Transcript;
import kz.qonyrau.speech.answering.Answer.Announcement;
import kz.qonyrau.speech.answering.Answer.Human;
import kz.qonyrau.speech.answering.Answer.Machine;
import kz.qonyrau.speech.answering.Answer.Reason;
import kz.qonyrau.speech.answering.Finding.MessageMayBegin;
import kz.qonyrau.speech.answering.Finding.Verdict;
import kz.qonyrau.speech.vosk.VoskRecognizer;
import kz.qonyrau.speech.vosk.VoskSettings;
import kz.qonyrau.testsupport.Eventually;
import kz.qonyrau.testsupport.NoErrorsLogged;
import kz.qonyrau.testsupport.answers.Label;
import kz.qonyrau.testsupport.answers.Line;
import kz.qonyrau.testsupport.answers.Recordings;
import kz.qonyrau.testsupport.answers.Script;
import kz.qonyrau.testsupport.answers.StagedAnswer;
import kz.qonyrau.testsupport.answers.Voice;
import kz.qonyrau.vocabulary.CallId;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Whole calls, spoken by espeak-ng and made from formulas.
@Timeout(120)
@ExtendWith(NoErrorsLogged.class)
class AnswerDetectorTest {

  private static final Locale RUSSIAN = Locale.of("ru");
  private static final ListeningRequest REQUEST =
      new ListeningRequest(CallId.random(), RUSSIAN, Optional.empty());

  private final List<Finding> findings = Collections.synchronizedList(new ArrayList<>());

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ru | алло                                                          | HUMAN
          ru | да                                                            | HUMAN
          ru | слушаю (900) говорите                                         | HUMAN
          ru | {cough} (400) алло                                            | HUMAN
          ru | {ring} (300) {answer} (500) алло, кто это?                    | HUMAN
          kk | иә, тыңдап тұрмын                                             | HUMAN
          en | hello?                                                        | HUMAN
          ru | добрый день, с вами говорит автоответчик компании, мы перезвоним вам позднее (300) {beep 1000 400} | VOICEMAIL
          kk | қайырлы күн, мен қазір жауап бере алмай тұрмын, хабар қалдырыңыз (300) {beep 1400 250} | VOICEMAIL
          en | hello, this is the voicemail of Mary Smith, leave a message (300) {beep 900 500} | VOICEMAIL
          ru | {sit} номер не существует                                     | ANNOUNCEMENT
          ru | {busy}                                                        | ANNOUNCEMENT
          ru | {congestion}                                                  | ANNOUNCEMENT
          ru | {cough} (2000) {click}                                        | SILENCE
          ru | (1000) {ced}                                                  | FAX
          ru | (500) {cng} {cng}                                             | FAX
          """)
  @Tag("AC-SCN-06")
  void knowsWhoAnswersWithoutUnderstandingAWord(String language, String text, Label label) {
    StagedAnswer.Sound sound = staged(language, text, label);

    feed(AnswerDetector.deaf(AnswerPhrases.usual(), AnswerTimes.usual(), findings::add), sound);

    assertThat(label(last().answer())).isEqualTo(label);
    if (label == Label.HUMAN) {
      assertThat(verdicts()).hasSize(1);
      assertThat(last().at().toMillis() - sound.firstSound() / 8).isLessThan(2600);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {600, 1000, 1400})
  @Tag("AC-CAL-08")
  void findsTheEndOfTheBeep(int hertz) {
    StagedAnswer.Sound sound =
        staged(
            "ru",
            "оставьте сообщение после звукового сигнала (400) {beep %d 350}".formatted(hertz),
            Label.VOICEMAIL);

    feed(AnswerDetector.deaf(AnswerPhrases.usual(), AnswerTimes.usual(), findings::add), sound);

    assertThat(messages())
        .singleElement()
        .satisfies(message -> {
          assertThat(message.afterBeep()).isTrue();
          assertThat(message.at().toMillis() - sound.beepEnd() / 8).isBetween(50L, 200L);
        });
  }

  @Test
  @Tag("AC-STT-01")
  void understandsWhyTheNetworkAnswers(@TempDir Path scratch) {
    StagedAnswer.Sound sound =
        staged("ru", "абонент сейчас недоступен, перезвоните позже", Label.ANNOUNCEMENT);
    try (VoskRecognizer recognizer =
            new VoskRecognizer(
                Map.of(RUSSIAN, Path.of("models/ru-starter-8k")), VoskSettings.usual(), scratch);
        AnswerDetector detector =
            AnswerDetector.start(
                recognizer,
                List.of(REQUEST),
                AnswerPhrases.usual(),
                AnswerTimes.usual(),
                findings::add)) {
      detector.answered();
      // At the pace of the recogniser: what is understood long after it was said is not believed.
      byte[] pcm = sound.pcm();
      int[] at = {0};
      Eventually.await(
          Duration.ofSeconds(60),
          "the reason",
          () -> {
            Duration behind = recognizer.state().languages().getFirst().behind();
            if (behind.compareTo(Duration.ofMillis(400)) < 0) {
              detector.feed(Arrays.copyOfRange(pcm, at[0], at[0] + 320));
              at[0] = Math.min(at[0] + 320, pcm.length - 320);
            }
            return verdicts().stream()
                .anyMatch(one -> one.answer().equals(new Announcement(Reason.UNAVAILABLE)));
          });
    }
  }

  @Test
  @Tag("AC-STT-02")
  void takesWhatIsUnderstoodIntoAccountAsItComes() {
    Spoken ear = new Spoken();
    try (AnswerDetector detector = listen(ear)) {
      detector.answered();
      detector.feed(Prompts.human("goodbye"));
      ear.tell(new Hearing.Partial("голосовая", Duration.ofMillis(300)));
      ear.tell(new Hearing.Partial("голосовая почта", Duration.ofMillis(400)));
      detector.feed(Prompts.silence(Duration.ofMillis(300)));
    }

    assertThat(verdicts())
        .singleElement()
        .satisfies(verdict -> {
          assertThat(verdict.answer()).isEqualTo(new Machine());
          assertThat(verdict.evidence())
              .isEqualTo(new Evidence(Evidence.Rule.MACHINE_PHRASE, "голосов* почт*"));
        });
  }

  @Test
  @Tag("AC-STT-05")
  void goesOnByTimingAloneWhenNobodyCanListen() {
    Recognizer none =
        (_, _) -> {
          throw new RecognitionUnavailableException("no model for 'ru'");
        };

    feed(listen(none), staged("ru", "{sit} номер не существует", Label.ANNOUNCEMENT));

    assertThat(verdicts().getFirst().answer()).isEqualTo(new Announcement(Reason.UNKNOWN));
    assertThat(verdicts().getFirst().evidence().rule()).isEqualTo(Evidence.Rule.TONE);
  }

  @Test
  void goesOnByTimingAloneWhenTheBoxCannotKeepUp() {
    Spoken ear = new Spoken();
    AnswerDetector detector = listen(ear);
    detector.feed(Prompts.silence(Duration.ofMillis(100)));
    ear.tell(new Hearing.Deaf(Duration.ofMillis(100)));

    feed(detector, staged("ru", "алло", Label.HUMAN));

    assertThat(last().answer()).isEqualTo(new Human());
  }

  @Test
  void handsEveryPieceToTheRecogniser() {
    Spoken ear = new Spoken();
    StagedAnswer.Sound sound = staged("ru", "алло", Label.HUMAN);

    feed(listen(ear), sound);

    assertThat(ear.bytes).isEqualTo(sound.pcm().length);
    assertThat(ear.finished).isTrue();
  }

  @Test
  void aRingToneCostsNoRecognition() {
    Spoken ear = new Spoken();
    StagedAnswer.Sound sound = staged("ru", "{ring} (300) {ring} (300) {answer} алло", Label.HUMAN);
    try (AnswerDetector detector = listen(ear)) {
      for (int at = 0; at + 320 <= 2 * sound.answered(); at += 320) {
        detector.feed(Arrays.copyOfRange(sound.pcm(), at, at + 320));
      }
    }

    assertThat(sound.answered()).isGreaterThan(8000);
    assertThat(ear.bytes).isZero();
  }

  @Test
  void whatIsSaidBeforeTheAnswerIsRecognisedFromItsBeginningToItsEnd() {
    Spoken ear = new Spoken();
    byte[] word = Prompts.human("goodbye");
    byte[] quiet = Prompts.silence(Duration.ofSeconds(5));
    try (AnswerDetector detector = listen(ear)) {
      detector.feed(quiet);
      for (byte[] part : List.of(word, quiet)) {
        for (int at = 0; at + 320 <= part.length; at += 320) {
          detector.feed(Arrays.copyOfRange(part, at, at + 320));
        }
      }
    }

    // Two seconds of quiet around it at most, and what the pause itself lasts.
    assertThat(ear.bytes).isBetween(word.length, word.length + 3 * 16_000);
  }

  @Test
  void saysNothingAfterItWasClosed() {
    AnswerDetector detector =
        AnswerDetector.deaf(AnswerPhrases.usual(), AnswerTimes.usual(), findings::add);
    detector.answered();
    detector.close();
    detector.close();

    detector.feed(Prompts.silence(Duration.ofSeconds(10)));
    detector.key();

    assertThat(findings).isEmpty();
  }

  @Test
  void isNotDisturbedByItsOwnPrompt() {
    byte[] prompt =
        Prompts.joined(
            Prompts.human("goodbye"), Prompts.human("tomorrow"), Prompts.human("august"));
    byte[] echo = new byte[prompt.length + 16_000];
    for (int i = 0; i < prompt.length; i += 2) {
      int sample = (short) ((prompt[i] & 0xff) | (prompt[i + 1] << 8)) / 4;
      echo[i + 1600] = (byte) sample;
      echo[i + 1601] = (byte) (sample >> 8);
    }
    AnswerDetector detector =
        AnswerDetector.deaf(AnswerPhrases.usual(), AnswerTimes.usual(), findings::add);

    detector.answered();
    detector.plays(prompt);
    detector.feed(echo);
    detector.close();

    assertThat(findings).isEmpty();
  }

  @Test
  void refusesHalfASample() {
    try (AnswerDetector detector = listen(new Spoken())) {
      assertThatThrownBy(() -> detector.feed(new byte[7]))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("7 bytes");
    }
  }

  /// A recogniser may hold a lock of its own while it tells what it heard.
  @Test
  @Timeout(30)
  void doesNotLockWithTheRecogniser() throws Exception {
    Spoken ear = new Spoken();
    AnswerDetector detector = listen(ear);
    CountDownLatch done = new CountDownLatch(1);
    Thread other =
        Thread.ofPlatform()
            .daemon()
            .start(() -> {
              for (int i = 0; i < 20_000; i++) {
                ear.tell(new Hearing.Partial("да", Duration.ofMillis(i)));
              }
              done.countDown();
            });

    detector.answered();
    for (int i = 0; i < 2000; i++) {
      detector.feed(new byte[320]);
    }
    done.await();
    other.join();
    detector.close();

    assertThat(verdicts()).isNotEmpty();
  }

  private AnswerDetector listen(Recognizer recognizer) {
    return AnswerDetector.start(
        recognizer, List.of(REQUEST), AnswerPhrases.usual(), AnswerTimes.usual(), findings::add);
  }

  private static void feed(AnswerDetector detector, StagedAnswer.Sound sound) {
    byte[] pcm = sound.pcm();
    for (int at = 0; at < pcm.length; at += 320) {
      if (at <= 2 * sound.answered() && at + 320 > 2 * sound.answered()) {
        detector.answered();
      }
      detector.feed(Arrays.copyOfRange(pcm, at, Math.min(pcm.length, at + 320)));
    }
    detector.close();
  }

  private static StagedAnswer.Sound staged(String language, String text, Label label) {
    Script script = new Script(true, label, "", Locale.of(language), text);
    return new StagedAnswer(script, Voice.TEST.getFirst(), Line.clean(), Recordings.none(), 5)
        .sound();
  }

  private static Label label(Answer answer) {
    return switch (answer) {
      case Answer.Human _ -> Label.HUMAN;
      case Answer.Machine _ -> Label.VOICEMAIL;
      case Announcement _ -> Label.ANNOUNCEMENT;
      case Answer.Silence _ -> Label.SILENCE;
      case Answer.Fax _ -> Label.FAX;
    };
  }

  private List<Verdict> verdicts() {
    return List.copyOf(findings).stream()
        .filter(Verdict.class::isInstance)
        .map(Verdict.class::cast)
        .toList();
  }

  private List<MessageMayBegin> messages() {
    return findings.stream()
        .filter(MessageMayBegin.class::isInstance)
        .map(MessageMayBegin.class::cast)
        .toList();
  }

  private Verdict last() {
    return verdicts().getLast();
  }

  /// Says what it is told to, under a lock like a real one.
  private static final class Spoken implements Recognizer {

    private Consumer<Hearing> sink = _ -> {};
    private int bytes;
    private boolean finished;

    synchronized void tell(Hearing hearing) {
      sink.accept(hearing);
    }

    @Override
    public synchronized Listening listen(ListeningRequest request, Consumer<Hearing> to) {
      sink = to;
      return new Listening() {

        @Override
        public void feed(byte[] pcm) {
          synchronized (Spoken.this) {
            bytes += pcm.length;
          }
        }

        @Override
        public Future<Void> settle() {
          return Future.succeededFuture();
        }

        @Override
        public Future<Transcript> finish() {
          synchronized (Spoken.this) {
            finished = true;
          }
          return Future.succeededFuture(
              new Transcript(
                  request.call(),
                  request.language(),
                  List.of(),
                  Duration.ZERO,
                  Duration.ZERO,
                  Transcript.Ending.FINISHED));
        }
      };
    }
  }
}
