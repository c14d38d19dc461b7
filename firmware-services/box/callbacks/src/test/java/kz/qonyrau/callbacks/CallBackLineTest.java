package kz.qonyrau.callbacks;

import static kz.qonyrau.testsupport.Eventually.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import kz.qonyrau.callbacks.CallBack.Contact;
import kz.qonyrau.callbacks.CallBack.Told;
import kz.qonyrau.callbacks.CallBack.Wish;
import kz.qonyrau.speech.SpeechSynthesisException;
import kz.qonyrau.speech.VoiceProfile;
import kz.qonyrau.speech.Voices;
import kz.qonyrau.speech.reading.Reading;
import kz.qonyrau.testsupport.Eventually;
import kz.qonyrau.testsupport.ExpectedError;
import kz.qonyrau.testsupport.SteppedClock;
import kz.qonyrau.testsupport.TemporaryStore;
import kz.qonyrau.vocabulary.CallId;
import kz.qonyrau.vocabulary.CampaignId;
import kz.qonyrau.vocabulary.Msisdn;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What those hear who call back, and what they can ask for. Sounds are texts here.
@Tag("AC-WHO-04")
@Timeout(60)
class CallBackLineTest {

  /// Noon in Astana.
  private static final Instant NOW = Instant.parse("2026-09-10T07:00:00Z");

  private static final Msisdn AIGUL = new Msisdn("+77000000002");
  private static final Locale RUSSIAN = Locale.of("ru");

  @RegisterExtension private final TemporaryStore database = TemporaryStore.with("CALLBACK");

  private final SteppedClock clock = SteppedClock.at(NOW);
  private final CallBacks book = new CallBacks(database.store(), clock);
  private final Map<Msisdn, WhoCalled.Caller> called = new HashMap<>();
  private final List<String> wishes = new CopyOnWriteArrayList<>();
  private boolean open = true;
  private boolean speaks = true;
  private boolean grants = true;

  private final CallBackLine line =
      new CallBackLine(
          book,
          new TestCallers(),
          new TestWishes(),
          this::passed,
          new TextVoices(),
          () -> open,
          clock);

  // ---- what happens

  private WhoCalled.Caller calledBy(String name, String contact, Locale language) {
    WhoCalled.Caller caller =
        new WhoCalled.Caller(
            new Contact(
                CallId.random(), CampaignId.random(), Instant.parse("2026-09-03T09:05:00Z")),
            name,
            contact,
            language);
    called.put(AIGUL, caller);
    return caller;
  }

  private StagedCall rings(@Nullable String number) {
    StagedCall call = new StagedCall(clock, number);
    line.take(call);
    return call;
  }

  private static void until(String what, BooleanSupplier condition) {
    Eventually.await(Duration.ofSeconds(10), what, condition);
  }

  private StagedCall listens(String number) {
    StagedCall call = rings(number);
    until("something is said", () -> !call.heard.isEmpty());
    return call;
  }

  private CallBack ended(StagedCall call) {
    var _ = answer(call.ended());
    until("the end is written down", () -> newest().told().isPresent());
    return newest();
  }

  private CallBack newest() {
    return answer(book.page(0, 10)).items().getFirst();
  }

  // ---- what is to be true

  @Test
  @Tag("EX-AC-18")
  void whoWasCalledHearsByWhomAndWhenAndHowToReachThem() {
    WhoCalled.Caller who = calledBy("Автосервис «Орда»", "+7 727 123 45 67", RUSSIAN);

    StagedCall call = listens("77000000002");

    assertThat(call.heard.getFirst())
        .startsWith(
            "ru: Здравствуйте! 3 сентября в 14:05 вам звонили."
                + " Кто звонил: Автосервис «Орда». Как связаться: +7 727 123 45 67.")
        .contains("нажмите один", "нажмите два");
    clock.advance(Duration.ofSeconds(20));
    call.hangUp();

    CallBack kept = ended(call);
    assertThat(kept)
        .isEqualTo(
            new CallBack(
                call.id(),
                NOW,
                Optional.of(AIGUL),
                call.trunk(),
                Optional.of("77172000001"),
                Optional.of(Told.CALLED),
                Optional.of(who.call()),
                Duration.ofSeconds(20),
                Optional.empty(),
                0));
  }

  @ParameterizedTest
  @CsvSource({
    "kk, 'kk: Сәлеметсіз бе! 3 қыркүйек күні, 14:05'",
    "en, 'en: Hello! You were called'"
  })
  void isToldInTheLanguageOfTheCampaign(String language, String beginning) {
    var _ = calledBy("Orda", "orda.kz", Locale.of(language));

    StagedCall call = listens("+77000000002");

    assertThat(call.heard.getFirst()).startsWith(beginning);
    call.hangUp();
    assertThat(ended(call).told()).contains(Told.CALLED);
  }

  @Test
  void namesAreSaidAsTheyStandThere() {
    var _ = calledBy("{0} 'Don''t' {x}", "<b>0</b>", RUSSIAN);

    StagedCall call = listens("77000000002");

    assertThat(call.heard.getFirst()).contains("Кто звонил: {0} 'Don''t' {x}.", "<b>0</b>");
    call.hangUp();
    assertThat(ended(call).told()).contains(Told.CALLED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"77000000002", "+77000000002", "87000000002", "7000000002"})
  void knowsANumberHoweverTheCarrierWritesIt(String written) {
    var _ = calledBy("Orda", "orda.kz", RUSSIAN);

    StagedCall call = listens(written);
    call.hangUp();

    assertThat(ended(call).caller()).contains(AIGUL);
  }

  @Test
  void whoWasNotCalledIsToldSoInBothLanguages() {
    StagedCall call = listens("77000000003");

    assertThat(call.heard.getFirst())
        .contains("kk: Сәлеметсіз бе! Бұл жерден", "ru: Здравствуйте! Отсюда на ваш номер");
    call.hearOut();

    assertThat(ended(call).told()).contains(Told.NOT_CALLED);
    assertThat(wishes).isEmpty();
  }

  @Test
  void keysOfSomebodyWhoWasNotCalledMeanNothing() {
    StagedCall call = listens("77000000003");
    call.press('1');
    call.press('2');
    call.hearOut();

    assertThat(ended(call).wish()).isEmpty();
    assertThat(wishes).isEmpty();
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"7", "00000000000000000000", "12345", "+0"})
  void whoHidesHisNumberIsToldThatItCannotBeSaid(String number) {
    StagedCall call = listens(number);

    assertThat(call.heard.getFirst()).contains("ru: Здравствуйте! Ваш номер скрыт");
    call.hearOut();

    CallBack kept = ended(call);
    assertThat(kept.told()).contains(Told.HIDDEN);
    assertThat(kept.caller()).isEmpty();
  }

  @Test
  void aNumberFromAbroadWasNeverCalled() {
    StagedCall call = listens("4930123456");
    call.hearOut();

    CallBack kept = ended(call);
    assertThat(kept.caller()).contains(new Msisdn("+4930123456"));
    assertThat(kept.told()).contains(Told.NOT_CALLED);
  }

  @Test
  @Tag("AC-CON-04")
  void keyOneIsToBeLeftAlone() {
    WhoCalled.Caller who = calledBy("Orda", "orda.kz", RUSSIAN);
    StagedCall call = listens("77000000002");

    call.press('7');
    call.press('1');
    until("he is told that it is done", () -> call.heard.size() == 2);
    assertThat(call.heard.getLast()).startsWith("ru: Хорошо. На ваш номер больше не позвонят.");
    assertThat(wishes)
        .containsExactly(
            "leave alone " + AIGUL.e164() + ": Попросил, когда перезвонил, больше не звонить");
    call.hearOut();

    CallBack kept = ended(call);
    assertThat(kept.wish()).contains(Wish.LEAVE_ALONE);
    assertThat(kept.contact()).contains(who.call());
  }

  @Test
  @Tag("AC-SPM-01")
  void keyTwoComplainsOfTheCall() {
    WhoCalled.Caller who = calledBy("Orda", "orda.kz", RUSSIAN);
    StagedCall call = listens("77000000002");

    call.press('2');
    until("he is told that it is done", () -> call.heard.size() == 2);
    assertThat(call.heard.getLast()).startsWith("ru: Ваша жалоба принята.");
    call.hearOut();

    assertThat(ended(call).wish()).contains(Wish.COMPLAIN);
    assertThat(wishes)
        .containsExactly(
            "complaint "
                + AIGUL.e164()
                + " "
                + call.id()
                + " "
                + who.call().campaign()
                + ": Абонент перезвонил с этого номера, узнал, кто ему звонил, и пожаловался на"
                + " звонок, нажав 2.");
  }

  private static void press(StagedCall call, String keys) {
    keys.chars().forEach(key -> call.press((char) key));
  }

  @ParameterizedTest
  @ValueSource(strings = {"*012345", "*99*012345", "**012345", "7*01#*012345", "*012a*012345"})
  @Tag("AC-WHO-01")
  void aStarAndSixDigitsArePassedOn(String keys) {
    var _ = calledBy("Orda", "orda.kz", RUSSIAN);
    StagedCall call = listens("77000000002");

    press(call, keys);
    until("he is told that it is done", () -> call.heard.size() == 2);
    assertThat(call.heard.getLast()).startsWith("ru: Код передан.");
    assertThat(wishes).containsExactly("code 012345 of " + AIGUL.e164());
    call.hearOut();

    assertThat(ended(call).wish()).isEmpty();
    assertThat(ended(call).told()).contains(Told.CALLED);
  }

  @Test
  @Tag("AC-WHO-01")
  void digitsOfACodeAreNoKeysOfTheMenu() {
    var _ = calledBy("Orda", "orda.kz", RUSSIAN);
    StagedCall call = listens("77000000002");

    press(call, "*120");
    call.hearOut();
    press(call, "012");
    until("he is told that it is done", () -> call.heard.size() == 2);
    assertThat(wishes).containsExactly("code 120012 of " + AIGUL.e164());
    call.hearOut();
    assertThat(ended(call).wish()).isEmpty();
  }

  @Test
  @Tag("AC-WHO-01")
  void theMenuIsThereAgainWhenACodeIsGivenUp() {
    var _ = calledBy("Orda", "orda.kz", RUSSIAN);
    StagedCall call = listens("77000000002");

    press(call, "*12#1");
    until("he is told that it is done", () -> call.heard.size() == 2);
    call.hearOut();

    assertThat(ended(call).wish()).contains(Wish.LEAVE_ALONE);
    assertThat(wishes).noneMatch(wish -> wish.startsWith("code"));
  }

  @Test
  @Tag("AC-WHO-01")
  void whoWasNotCalledMayTypeACodeToo() {
    StagedCall call = listens("77000000003");

    press(call, "*12");
    call.hearOut();
    press(call, "3456");
    until("he is told that it is done", () -> call.heard.size() == 2);
    assertThat(call.heard.getLast()).contains("kk: Код жіберілді.", "ru: Код передан.");
    assertThat(wishes).containsExactly("code 123456 of +77000000003");
    call.hearOut();

    assertThat(ended(call).told()).contains(Told.NOT_CALLED);
  }

  @Test
  @Tag("AC-WHO-01")
  void whoHidesHisNumberProvesNothing() {
    StagedCall call = listens("7");

    press(call, "*123456");
    call.hearOut();

    assertThat(ended(call).told()).contains(Told.HIDDEN);
    assertThat(wishes).isEmpty();
  }

  @Test
  @Tag("AC-WHO-01")
  @ExpectedError("a code of somebody who called back could not be passed on")
  void whoseCodeCannotBePassedOnIsToldSo() {
    var _ = calledBy("Orda", "orda.kz", RUSSIAN);
    grants = false;
    StagedCall call = listens("77000000002");

    press(call, "*123456");
    until("he is told that it failed", () -> call.heard.size() == 2);
    assertThat(call.heard.getLast()).startsWith("ru: Сейчас это не получилось.");
    call.hearOut();

    assertThat(ended(call).told()).contains(Told.CALLED);
  }

  @Test
  void mayChooseWhenEverythingIsSaid() {
    var _ = calledBy("Orda", "orda.kz", RUSSIAN);
    StagedCall call = listens("77000000002");

    call.hearOut();
    call.press('1');
    until("he is told that it is done", () -> call.heard.size() == 2);
    call.hearOut();

    assertThat(ended(call).wish()).contains(Wish.LEAVE_ALONE);
  }

  @Test
  void keyNullSaysItAgainThreeTimes() {
    var _ = calledBy("Orda", "orda.kz", RUSSIAN);
    StagedCall call = listens("77000000002");

    for (int i = 0; i < 6; i++) {
      call.press('0');
    }
    until("it is said again", () -> call.heard.size() == 4);
    call.press('1');
    until("he is told that it is done", () -> call.heard.size() == 5);

    assertThat(call.heard.subList(1, 4)).containsOnly(call.heard.getFirst());
    call.hearOut();
    assertThat(ended(call).wish()).contains(Wish.LEAVE_ALONE);
  }

  @Test
  void whoSaysNothingMoreIsNotKept() {
    var _ = calledBy("Orda", "orda.kz", RUSSIAN);
    StagedCall call = listens("77000000002");
    call.hearOut();
    long from = System.nanoTime();

    CallBack kept = ended(call);

    assertThat(Duration.ofNanos(System.nanoTime() - from)).isGreaterThan(Duration.ofSeconds(5));
    assertThat(kept.wish()).isEmpty();
    assertThat(kept.told()).contains(Told.CALLED);
  }

  @Test
  @ExpectedError("what somebody asked for who called back could not be done")
  void whoseWishFailsIsToldSoAndNoWishIsKept() {
    var _ = calledBy("Orda", "orda.kz", RUSSIAN);
    grants = false;
    StagedCall call = listens("77000000002");

    call.press('1');
    until("he is told that it failed", () -> call.heard.size() == 2);
    assertThat(call.heard.getLast()).startsWith("ru: Сейчас это не получилось.");
    call.hearOut();

    assertThat(ended(call).wish()).isEmpty();
  }

  @Test
  @ExpectedError("somebody who called back could not be answered")
  void isRefusedWhileThereIsNoVoice() {
    speaks = false;

    StagedCall call = rings("77000000002");

    CallBack kept = ended(call);
    assertThat(call.refused).isTrue();
    assertThat(kept.told()).contains(Told.NOTHING);
    assertThat(kept.heard()).isZero();
  }

  @Test
  void whoGivesUpBeforeTheAnswerIsWrittenDown() {
    StagedCall call = new StagedCall(clock, "77000000002");
    call.hangUp();
    line.take(call);

    until("it is written down", () -> answer(book.page(0, 1)).total() == 1);
    assertThat(ended(call).told()).contains(Told.NOTHING);
  }

  @Test
  @Tag("AC-WHO-05")
  void aNumberIsAnsweredThreeTimesADay() {
    for (int i = 0; i < CallBacks.MOST_A_DAY; i++) {
      clock.advance(Duration.ofMinutes(1));
      StagedCall call = listens("77000000003");
      call.hearOut();
      var _ = ended(call);
    }

    for (int i = 0; i < 2; i++) {
      StagedCall fourth = rings("87000000003");
      var _ = answer(fourth.ended());
      assertThat(fourth.refused).isTrue();
    }
    assertThat(answer(book.page(0, 10)).total()).isEqualTo(3);
    assertThat(answer(book.page(0, 10)).items())
        .extracting(CallBack::refused)
        .containsExactly(2, 0, 0);

    // Another number, and the same one when it is tomorrow in Astana.
    StagedCall other = listens("77000000004");
    other.hearOut();
    var _ = ended(other);
    clock.set(Instant.parse("2026-09-10T19:00:00Z"));
    StagedCall tomorrow = listens("77000000003");
    tomorrow.hearOut();
    assertThat(ended(tomorrow).told()).contains(Told.NOT_CALLED);
  }

  @Test
  void onlySoManyAreAnsweredAtATime() {
    List<StagedCall> calls = new ArrayList<>();
    for (int i = 0; i < CallBackLine.MOST_AT_ONCE; i++) {
      calls.add(listens("7700000001" + i));
    }

    StagedCall oneTooMany = rings("77000000020");
    assertThat(oneTooMany.refused).isTrue();

    calls.forEach(StagedCall::hearOut);
    calls.forEach(call -> {
      var _ = answer(call.ended());
    });
    until(
        "there is room again",
        () -> {
          StagedCall next = rings("77000000021");
          until("it is decided", () -> next.refused || !next.heard.isEmpty());
          boolean heard = !next.heard.isEmpty();
          next.hangUp();
          return heard && ended(next).told().isPresent();
        });
  }

  @Test
  void nobodyIsAnsweredByABoxThatRetires() {
    open = false;

    StagedCall call = rings("77000000002");

    assertThat(call.refused).isTrue();
    assertThat(answer(book.page(0, 1)).total()).isZero();
  }

  private Future<Void> passed(Msisdn caller, String code) {
    if (!grants) {
      return Future.failedFuture(new IllegalStateException("central has no key"));
    }
    wishes.add("code " + code + " of " + caller.e164());
    return Future.succeededFuture();
  }

  private final class TestCallers implements WhoCalled {

    @Override
    public Future<Optional<Caller>> last(Msisdn number) {
      return Future.succeededFuture(Optional.ofNullable(called.get(number)));
    }

    @Override
    public Future<List<Caller>> between(Msisdn number, Instant from, Instant until) {
      throw new UnsupportedOperationException("the line does not ask that");
    }
  }

  /// A voice whose sound is its text.
  private final class TextVoices implements Voices {

    @Override
    public List<VoiceProfile> all() {
      return List.of();
    }

    @Override
    public void onChange(Runnable listener) {}

    @Override
    public Reading read(String text, Locale language) {
      throw new UnsupportedOperationException("nobody reads here");
    }

    @Override
    public Future<byte[]> say(String text, Locale language, Optional<String> voice) {
      return speaks
          ? Future.succeededFuture(
              (language.getLanguage() + ": " + text + " ").getBytes(StandardCharsets.UTF_8))
          : Future.failedFuture(new SpeechSynthesisException("the voice is broken"));
    }
  }

  private final class TestWishes implements Wishes {

    @Override
    public Future<Void> leaveAlone(Msisdn number, String reason) {
      return done("leave alone " + number.e164() + ": " + reason);
    }

    @Override
    public Future<Void> complain(Msisdn number, CallId callBack, Contact contact, String text) {
      return done(
          "complaint " + number.e164() + " " + callBack + " " + contact.campaign() + ": " + text);
    }

    private Future<Void> done(String wish) {
      if (!grants) {
        return Future.failedFuture(new IllegalStateException("the disk is full"));
      }
      wishes.add(wish);
      return Future.succeededFuture();
    }
  }
}
