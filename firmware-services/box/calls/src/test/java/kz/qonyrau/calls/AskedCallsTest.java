package kz.qonyrau.calls;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import kz.qonyrau.calls.ScriptedCarrier.ScriptedCall;
import kz.qonyrau.speech.Hearing;
import kz.qonyrau.vocabulary.CallOutcome;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Calls that ask, and what is made of the answers.
@Timeout(60)
class AskedCallsTest {

  private static final Locale RUSSIAN = Locale.of("ru");
  private static final Locale KAZAKH = Locale.of("kk");

  @RegisterExtension final Desk desk = new Desk();

  @Tag("AC-STT-01")
  @Tag("AC-STT-04")
  @Test
  void listensForAnAnswerAndWritesItDown() throws Exception {
    var _ = somebodyAnswers();
    CallOrder order = listening(Desk.order());
    List<String> shown = new ArrayList<>();
    desk.calls.onChange(progress -> {
      shown.add(progress.heard());
      if (progress.stage() == CallProgress.Stage.LISTENING && progress.heard().isEmpty()) {
        desk.ear.hears(new Hearing.Partial("да", Duration.ofMillis(400)));
        desk.ear.hears(
            new Hearing.Utterance(
                "да конечно", Duration.ofMillis(2300), Duration.ofMillis(2900), 0.9, List.of()));
      }
    });

    PlacedCall logged = desk.placed(order);
    assertThat(logged.transcript())
        .extracting(PlacedCall.SpokenLine::text)
        .containsExactly("да конечно");
    assertThat(logged.lines())
        .extracting(PlacedCall.CostLine::service)
        .containsExactlyInAnyOrder("CALL_TIME", "STT_TIME");
    assertThat(shown).contains("да", "да конечно");
  }

  @Tag("AC-STT-04")
  @Test
  void aBoxThatCannotKeepUpSaysSoTakesKeysAndChargesNothingForIt() throws Exception {
    ScriptedCall call = somebodyAnswers();
    CallOrder order =
        Desk.asking(
            Desk.order(),
            new Question(
                List.of(RUSSIAN),
                List.of(
                    new Choice(
                        "seven", Optional.of('7'), Map.of(RUSSIAN, List.of("семь")), Map.of())),
                Duration.ofSeconds(5),
                true,
                Ladder.NONE,
                Ladder.NONE));
    List<Boolean> deaf = Collections.synchronizedList(new ArrayList<>());
    desk.calls.onChange(progress -> {
      deaf.add(progress.deaf());
      if (progress.stage() == CallProgress.Stage.LISTENING && !progress.deaf()) {
        desk.ear.hears(new Hearing.Deaf(Duration.ofMillis(400)));
        call.presses('7');
      }
    });

    PlacedCall logged = desk.placed(order);
    assertThat(deaf).contains(true);
    assertThat(logged.digits()).isEqualTo("7");
    assertThat(logged.keysOnly()).isTrue();
    assertThat(logged.question())
        .contains(
            new TurnResult.Answered(Optional.of("seven"), Optional.of(RUSSIAN), TurnResult.By.KEY));
    assertThat(logged.lines())
        .extracting(PlacedCall.CostLine::service)
        .containsExactly("CALL_TIME");
  }

  @Tag("AC-STT-04")
  @Test
  void aBoxThatRefusesToListenDeliversItsMessageAllTheSame() throws Exception {
    desk.credit("100.00");
    desk.ear.refuses();
    CallOrder order = listening(Desk.order());
    List<Boolean> deaf = Collections.synchronizedList(new ArrayList<>());
    desk.calls.onChange(progress -> deaf.add(progress.deaf()));

    CallResult result = Desk.await(desk.place(order));

    assertThat(result)
        .isInstanceOfSatisfying(
            CallResult.Finished.class,
            finished -> assertThat(finished.outcome()).isEqualTo(CallOutcome.ANSWERED));
    assertThat(deaf).contains(true);
    assertThat(Desk.await(desk.calls.find(order.id())).orElseThrow().lines())
        .extracting(PlacedCall.CostLine::service)
        .containsExactly("CALL_TIME");
  }

  @Test
  void keysAreKept() throws Exception {
    desk.credit("100.00");
    ScriptedCall call = desk.carrier.call().promptTakes(Duration.ofMillis(300));
    desk.carrier.answersWith(call);
    desk.calls.onChange(progress -> {
      if (progress.stage() == CallProgress.Stage.PLAYING) {
        call.presses('1');
        call.presses('#');
      }
    });

    CallOrder order = Desk.order();
    Desk.done(desk.place(order));

    assertThat(Desk.await(desk.calls.find(order.id())).orElseThrow().digits()).isEqualTo("1#");
  }

  @Tag("AC-STT-01")
  @Test
  void anAnswerInKazakhIsAnsweredInKazakh() throws Exception {
    ScriptedCall call = somebodyAnswers();
    Sound rakhmet = new Sound(new byte[640]);
    CallOrder order =
        Desk.asking(
            Desk.order(),
            new Question(
                List.of(RUSSIAN, KAZAKH),
                List.of(
                    new Choice(
                        "yes",
                        Optional.of('1'),
                        Map.of(RUSSIAN, List.of("да"), KAZAKH, List.of("иә")),
                        Map.of(RUSSIAN, new Sound(new byte[320]), KAZAKH, rakhmet))),
                Duration.ofSeconds(5),
                true,
                Ladder.NONE,
                Ladder.NONE));
    desk.whenListening(() ->
        desk.ear.hears(
            KAZAKH,
            new Hearing.Utterance(
                "иә", Duration.ofMillis(2300), Duration.ofMillis(2900), 0.9, List.of())));

    PlacedCall logged = desk.placed(order);
    assertThat(logged.question())
        .contains(
            new TurnResult.Answered(Optional.of("yes"), Optional.of(KAZAKH), TurnResult.By.SPEECH));
    assertThat(logged.transcript())
        .extracting(PlacedCall.SpokenLine::language)
        .containsExactly("kk");
    assertThat(call.bytesPlayed()).isEqualTo(order.prompt().pcm().length + rakhmet.pcm().length);
    assertThat(Desk.await(desk.calls.answers(order.campaign())))
        .containsExactly(new GivenAnswers(logged.question().orElseThrow(), 1));
  }

  @Tag("AC-STT-02")
  @Tag("AC-STT-04")
  @Tag("EX-AC-21")
  @Test
  void whatIsUnderstoodUnsurelyTwiceEndsInTheFallback() throws Exception {
    ScriptedCall call = somebodyAnswers();
    Sound pardon = new Sound(new byte[320]);
    Sound goodbye = new Sound(new byte[640]);
    CallOrder order =
        Desk.asking(
            Desk.order(),
            new Question(
                List.of(RUSSIAN),
                List.of(
                    new Choice("yes", Optional.empty(), Map.of(RUSSIAN, List.of("да")), Map.of())),
                Duration.ofSeconds(5),
                true,
                Ladder.NONE,
                new Ladder(List.of(pardon), Optional.of(goodbye))));
    AtomicInteger asked = new AtomicInteger();
    desk.calls.onChange(progress -> {
      int played = call.bytesPlayed();
      if (progress.stage() == CallProgress.Stage.LISTENING && asked.getAndSet(played) < played) {
        Duration from = Duration.ofMillis(2300);
        desk.ear.hears(new Hearing.Utterance("да", from, from.plusMillis(400), 0.35, List.of()));
      }
    });

    PlacedCall logged = desk.placed(order);

    assertThat(logged.question()).contains(new TurnResult.NotUnderstood());
    assertThat(call.bytesPlayed())
        .isEqualTo(order.prompt().pcm().length + pardon.pcm().length + goodbye.pcm().length);
    assertThat(logged.lines())
        .extracting(PlacedCall.CostLine::service)
        .containsExactlyInAnyOrder("CALL_TIME", "STT_TIME");
  }

  private ScriptedCall somebodyAnswers() throws Exception {
    desk.credit("100.00");
    ScriptedCall call = desk.carrier.call();
    desk.carrier.answersWith(call);
    return call;
  }

  private static CallOrder listening(CallOrder order) {
    return Desk.asking(
        order,
        new Question(
            List.of(RUSSIAN), List.of(), Duration.ofSeconds(5), true, Ladder.NONE, Ladder.NONE));
  }
}
