package kz.qonyrau.speech.answering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import kz.qonyrau.speech.Prompts;
import kz.qonyrau.speech.answering.ToneEvent.Beep;
import kz.qonyrau.speech.answering.ToneEvent.Cadence;
import kz.qonyrau.speech.answering.ToneEvent.FaxAnswers;
import kz.qonyrau.speech.answering.ToneEvent.FaxCalls;
import kz.qonyrau.speech.answering.ToneEvent.LineTone;
import kz.qonyrau.speech.answering.ToneEvent.SpecialInformation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ToneDetectorTest {

  private final ToneDetector tones = new ToneDetector();

  @ParameterizedTest
  @CsvSource({
    "400, 300, 0.3",
    "440, 1000, 0.2",
    "613.7, 120, 0.2",
    "800, 250, 0.05",
    "1000, 400, 0.5",
    "1000, 1150, 0.02",
    "1333, 500, 0.1",
    "1400, 150, 0.3",
    "1987, 200, 0.2"
  })
  void hearsABeepAndWhereItEnds(double hertz, int millis, double amplitude) {
    byte[] audio = Prompts.joined(silence(730), tone(hertz, millis, amplitude), silence(500));

    assertThat(noisy(audio, 0.002))
        .singleElement()
        .isInstanceOfSatisfying(
            Beep.class,
            beep -> {
              assertThat(beep.hertz()).isBetween(hertz - 8, hertz + 8);
              assertThat(beep.from().toMillis()).isBetween(700L, 760L);
              assertThat(beep.to().toMillis()).isBetween(730L + millis - 30, 730L + millis + 30);
              assertThat(beep.knownAt().toMillis()).isBetween(730L + millis, 730L + millis + 200);
            });
  }

  @ParameterizedTest
  @CsvSource({"300, 300", "2300, 300", "1000, 60", "1000, 1400", "425, 500"})
  void hearsNoBeepWhereThereIsNone(double hertz, int millis) {
    assertThat(noisy(Prompts.joined(silence(500), tone(hertz, millis, 0.2), silence(600)), 0.002))
        .noneMatch(Beep.class::isInstance);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void takesNoVoiceForASignal(long seed) {
    Random random = new Random(seed);
    List<String> words = List.of("seven", "wednesday", "august", "tomorrow", "goodbye");
    byte[] talk = new byte[0];
    for (int i = 0; i < 60; i++) {
      talk =
          Prompts.joined(
              talk, Prompts.human(words.get(random.nextInt(5))), silence(random.nextInt(300)));
    }

    assertThat(noisy(talk, 0.001 * seed)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.02, 0.1, 0.4})
  void takesNoNoiseForASignal(double amplitude) {
    assertThat(noisy(silence(60_000), amplitude)).isEmpty();
  }

  @Test
  void hearsThatAFaxAnswers() {
    assertThat(noisy(Prompts.joined(silence(800), tone(2100, 3000, 0.2)), 0.002))
        .singleElement()
        .isInstanceOfSatisfying(
            FaxAnswers.class,
            fax -> {
              assertThat(fax.from().toMillis()).isBetween(780L, 840L);
              assertThat(fax.knownAt().toMillis()).isBetween(1250L, 1400L);
            });
  }

  /// V.8: amplitude modulated at 15 Hz by a fifth, phase turned round every 450 ms.
  @Test
  void hearsAModemThatTurnsItsPhase() {
    byte[] answer =
        wave(
            3000,
            t ->
                0.2
                    * (1 + 0.2 * Math.sin(2 * Math.PI * 15 * t))
                    * Math.sin(2 * Math.PI * 2100 * t + ((int) (t / 0.45) % 2) * Math.PI));

    assertThat(noisy(Prompts.joined(silence(800), answer), 0.002))
        .singleElement()
        .isInstanceOf(FaxAnswers.class);
  }

  @Test
  void hearsThatAFaxCalls() {
    byte[] once = Prompts.joined(tone(1100, 500, 0.2), silence(3000));

    List<ToneEvent> heard = noisy(Prompts.joined(silence(700), once, once), 0.002);

    assertThat(heard).hasSize(2);
    assertThat(heard.getLast()).isInstanceOf(FaxCalls.class);
    assertThat(heard.getLast().knownAt().toMillis()).isBetween(4700L, 4900L);
  }

  @ParameterizedTest
  @CsvSource({"330, 0", "276, 20", "380, 30"})
  void hearsTheToneBeforeAnAnnouncement(int millis, int gap) {
    byte[] three =
        Prompts.joined(
            tone(950, millis, 0.2),
            silence(gap),
            tone(1400, millis, 0.2),
            silence(gap),
            tone(1800, millis, 0.2));

    assertThat(noisy(Prompts.joined(silence(300), three, silence(600)), 0.002))
        .singleElement()
        .isInstanceOf(SpecialInformation.class);
  }

  @ParameterizedTest
  @CsvSource({
    "1000, 4000, RINGING",
    "800, 3200, RINGING",
    "350, 350, BUSY",
    "400, 400, BUSY",
    "500, 500, BUSY",
    "200, 200, CONGESTION",
    "250, 250, CONGESTION"
  })
  void knowsTheRhythmsOfTheLine(int on, int off, Cadence cadence) {
    byte[] once = Prompts.joined(tone(425, on, 0.15), silence(off));

    List<ToneEvent> heard = noisy(Prompts.joined(silence(90), once, once, once, once, once), 0.002);

    assertThat(heard)
        .isNotEmpty()
        .allSatisfy(event ->
            assertThat(event)
                .isInstanceOfSatisfying(
                    LineTone.class, line -> assertThat(line.cadence()).isEqualTo(cadence)));
  }

  @Test
  void hearsADialTone() {
    assertThat(noisy(tone(425, 5000, 0.15), 0.002))
        .singleElement()
        .isInstanceOfSatisfying(
            LineTone.class, line -> assertThat(line.cadence()).isEqualTo(Cadence.DIAL));
  }

  @Test
  void takesNoMelodyForABeep() {
    byte[] melody = new byte[0];
    for (int note : new int[] {523, 659, 784, 659, 523, 880}) {
      melody = Prompts.joined(melody, tone(note, 180, 0.2), silence(20));
    }

    assertThat(noisy(Prompts.joined(melody, silence(500)), 0.002)).isEmpty();
  }

  @Test
  void hearsABeepOfTwoTones() {
    byte[] beep = Prompts.joined(tone(800, 150, 0.2), tone(1200, 200, 0.2));

    assertThat(noisy(Prompts.joined(silence(500), beep, silence(500)), 0.002))
        .singleElement()
        .isInstanceOfSatisfying(
            Beep.class, heard -> assertThat(heard.to().toMillis()).isBetween(820L, 880L));
  }

  @ParameterizedTest
  @ValueSource(longs = {5, 6, 7})
  void hearsTheSameHoweverTheAudioIsCut(long seed) {
    Random random = new Random(seed);
    byte[] audio = new byte[0];
    for (int i = 0; i < 20; i++) {
      byte[] garbage = new byte[2 * random.nextInt(2000)];
      random.nextBytes(garbage);
      byte[] tone = tone(300 + random.nextInt(2200), 30 + random.nextInt(800), 0.2);
      audio = Prompts.joined(audio, garbage, tone, silence(random.nextInt(900)));
    }
    List<ToneEvent> whole = tones.hear(audio);

    ToneDetector other = new ToneDetector();
    List<ToneEvent> events = new ArrayList<>();
    for (int at = 0; at < audio.length; ) {
      int end = Math.min(audio.length, at + 2 * random.nextInt(700));
      events.addAll(other.hear(Arrays.copyOfRange(audio, at, end)));
      at = end;
    }

    assertThat(events).isEqualTo(whole);
    assertThat(whole).isNotEmpty();
  }

  @Test
  void refusesHalfASample() {
    assertThatThrownBy(() -> tones.hear(new byte[5])).isInstanceOf(IllegalArgumentException.class);
  }

  private List<ToneEvent> noisy(byte[] audio, double amplitude) {
    byte[] noise = Prompts.noise(Duration.ofMillis(audio.length / 16 + 1), amplitude);
    ByteBuffer in = ByteBuffer.wrap(audio).order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer more = ByteBuffer.wrap(noise).order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer sum = ByteBuffer.allocate(audio.length).order(ByteOrder.LITTLE_ENDIAN);
    while (in.hasRemaining()) {
      sum.putShort((short) Math.clamp(in.getShort() + more.getShort(), -32_768, 32_767));
    }
    return tones.hear(sum.array());
  }

  private static byte[] silence(int millis) {
    return Prompts.silence(Duration.ofMillis(millis));
  }

  private static byte[] tone(double hertz, int millis, double amplitude) {
    return wave(millis, t -> amplitude * Math.sin(2 * Math.PI * hertz * t));
  }

  private static byte[] wave(int millis, DoubleUnaryOperator level) {
    ByteBuffer pcm = ByteBuffer.allocate(16 * millis).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < 8 * millis; i++) {
      pcm.putShort((short) Math.rint(level.applyAsDouble(i / 8000.0) * 32_767));
    }
    return pcm.array();
  }
}
