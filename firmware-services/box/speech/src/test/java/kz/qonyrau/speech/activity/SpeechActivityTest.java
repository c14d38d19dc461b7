package kz.qonyrau.speech.activity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import kz.qonyrau.speech.Prompts;
import kz.qonyrau.speech.activity.SpeechEvent.Began;
import kz.qonyrau.speech.activity.SpeechEvent.Ended;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A human's recorded words among sounds that are made from formulas.
class SpeechActivityTest {

  private static final int MS = 8;
  private static final List<String> WORDS =
      List.of("seven", "wednesday", "august", "tomorrow", "goodbye");

  private final SpeechActivity activity = new SpeechActivity(ActivitySettings.forTurns());

  @ParameterizedTest
  @ValueSource(strings = {"seven", "wednesday", "august", "tomorrow", "goodbye"})
  @Tag("AC-SCN-06")
  void hearsAHumanWordBeginAndEnd(String word) {
    byte[] said = Prompts.human(word);

    List<SpeechEvent> events =
        activity.hear(Prompts.joined(Sounds.silence(1000), said, Sounds.silence(1200)));

    int first = 1000 * MS + firstLoud(said);
    int last = 1000 * MS + lastLoud(said);
    assertThat(events).hasSize(2);
    assertThat(events.getFirst())
        .isInstanceOfSatisfying(
            Began.class,
            began -> {
              assertThat(began.from()).isBetween(first - 100L * MS, first + 100L * MS);
              assertThat(began.knownAt() - began.from()).isLessThanOrEqualTo(400L * MS);
            });
    assertThat(events.getLast())
        .isInstanceOfSatisfying(
            Ended.class,
            ended -> {
              assertThat(ended.to()).isBetween(last - 150L * MS, last + 100L * MS);
              assertThat(ended.knownAt() - ended.to()).isEqualTo(700L * MS);
            });
  }

  @ParameterizedTest
  @CsvSource({"-20, -60", "-30, -55", "-34, -50"})
  void hearsAQuietWordOnANoisyLine(double wordDb, double noiseDb) {
    byte[] word = Prompts.human("tomorrow");
    byte[] line = Sounds.noise(new Random(11), 4000, noiseDb);
    double factor = Math.pow(10, (wordDb - loudness(word)) / 20);

    List<SpeechEvent> events = activity.hear(Sounds.mixed(line, word, 1500, factor));

    assertThat(events).hasSize(2);
    assertThat(events.getFirst().knownAt()).isBetween(1500L * MS, 2300L * MS);
  }

  static Stream<Sound> notSpeech() {
    Random random = new Random(3);
    return Stream.of(
        new Sound("silence", Sounds.silence(8000)),
        new Sound("a click", Sounds.click(random)),
        new Sound("clicks", repeated(20, () -> Sounds.click(random), 170)),
        new Sound("a cough", Sounds.cough(random)),
        new Sound("coughs", repeated(12, () -> Sounds.cough(random), 600)),
        new Sound("quiet noise", Sounds.noise(random, 20_000, -55)),
        new Sound("loud noise", Sounds.noise(random, 20_000, -25)),
        new Sound(
            "noise that comes and goes", repeated(8, () -> Sounds.noise(random, 700, -30), 900)),
        new Sound("hum", Sounds.hum(10_000, -20)),
        new Sound("a beep", Sounds.tone(1000, 700, -12)),
        new Sound("ringing", repeated(3, () -> Sounds.tone(425, 1000, -15), 4000)),
        new Sound("busy", repeated(10, () -> Sounds.tone(425, 350, -15), 350)),
        new Sound("a fax", Sounds.tone(2100, 3000, -15)),
        new Sound("a shifted line", shifted(4000)));
  }

  @ParameterizedTest
  @MethodSource("notSpeech")
  @Tag("AC-STT-02")
  void takesWhatIsNoSpeechForNone(Sound sound) {
    List<SpeechEvent> events =
        activity.hear(Prompts.joined(Sounds.silence(500), sound.pcm(), Sounds.silence(1500)));

    assertThat(events).isEmpty();
    assertThat(activity.isSpeaking()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 6", "20, 10", "60, 6", "120, 12", "180, 15", "250, 10", "320, 18", "400, 12", "490, 8",
    "180, 25", "499, 30"
  })
  @Tag("AC-SCN-06")
  void isNotInterruptedByTheEchoOfWhatItPlays(int delayMillis, double lossDb) {
    byte[] prompt = prompt();
    byte[] line = Sounds.noise(new Random(delayMillis), prompt.length / 2 / MS, -58);
    byte[] back = Sounds.mixed(line, Sounds.echo(prompt, delayMillis, lossDb), 0, 1);

    activity.plays(prompt);
    List<SpeechEvent> events = activity.hear(back);

    assertThat(events).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"120, 15", "180, 12", "300, 20", "60, 25"})
  @Tag("AC-SCN-06")
  void isInterruptedByWhoeverSpeaksIntoIt(int delayMillis, double lossDb) {
    byte[] prompt = prompt();
    byte[] echo = Sounds.echo(prompt, delayMillis, lossDb);
    byte[] word = Prompts.human("tomorrow");
    int start = 1500;

    activity.plays(prompt);
    List<SpeechEvent> events = activity.hear(Sounds.mixed(echo, word, start, 1));

    assertThat(events).isNotEmpty();
    long spoken = start * (long) MS + firstLoud(word);
    assertThat(events.getFirst().knownAt()).isBetween(spoken, spoken + 500L * MS);
  }

  @Test
  void hearsTheSameWordWhenNothingIsPlayed() {
    byte[] prompt = prompt();

    List<SpeechEvent> events = activity.hear(Sounds.echo(prompt, 180, 10));

    assertThat(events).isNotEmpty();
  }

  @Test
  void knowsThatAPromptWasCutShort() {
    byte[] prompt = prompt();
    byte[] empty = Sounds.silence(1000);

    activity.plays(prompt);
    assertThat(activity.hear(empty)).isEmpty();
    activity.playsNothing();
    List<SpeechEvent> events =
        activity.hear(Prompts.joined(Sounds.silence(600), prompt, Sounds.silence(1000)));

    assertThat(events).hasSizeGreaterThanOrEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void givesTheSameEventsHoweverTheAudioIsCut(long seed) {
    Random random = new Random(seed);
    byte[] audio = anything(random);
    List<SpeechEvent> whole = new SpeechActivity(ActivitySettings.forGreetings()).hear(audio);

    SpeechActivity other = new SpeechActivity(ActivitySettings.forGreetings());
    List<SpeechEvent> events = new ArrayList<>();
    for (int at = 0; at < audio.length; ) {
      int end = Math.min(audio.length, at + 2 * random.nextInt(500));
      events.addAll(other.hear(Arrays.copyOfRange(audio, at, end)));
      at = end;
    }

    assertThat(events).isEqualTo(whole);
    assertThat(whole).hasSizeGreaterThan(4);
  }

  @ParameterizedTest
  @ValueSource(longs = {4, 5, 6, 7, 8})
  void saysInTurnThatSpeechBeganAndEndedWhateverItHears(long seed) {
    Random random = new Random(seed);
    SpeechActivity any = new SpeechActivity(ActivitySettings.forGreetings());
    List<SpeechEvent> events = new ArrayList<>();
    for (int piece = 0; piece < 6; piece++) {
      if (random.nextInt(3) == 0) {
        any.plays(anything(random));
      }
      if (random.nextInt(4) == 0) {
        any.playsNothing();
      }
      events.addAll(any.hear(anything(random)));
    }

    long before = 0;
    boolean speaking = false;
    for (SpeechEvent event : events) {
      assertThat(event.knownAt()).isGreaterThanOrEqualTo(before).isLessThanOrEqualTo(any.heard());
      switch (event) {
        case Began began -> {
          assertThat(speaking).isFalse();
          assertThat(began.from()).isGreaterThanOrEqualTo(before - 600L * MS);
          speaking = true;
        }
        case Ended ended -> {
          assertThat(speaking).isTrue();
          assertThat(ended.to() - ended.from()).isGreaterThanOrEqualTo(120L * MS);
          speaking = false;
        }
      }
      before = event.knownAt();
    }
    assertThat(any.isSpeaking()).isEqualTo(speaking);
  }

  @Test
  void refusesHalfASample() {
    assertThatThrownBy(() -> activity.hear(new byte[321]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("321 bytes");
    assertThatThrownBy(() -> activity.plays(new byte[3]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @SuppressWarnings("ArrayRecordComponent") // Nobody compares two of these.
  record Sound(String name, byte[] pcm) {

    @Override
    public String toString() {
      return name;
    }
  }

  /// Words, noise, tones, garbage at full scale.
  private static byte[] anything(Random random) {
    byte[] all = new byte[0];
    for (int i = 0; i < 12; i++) {
      all =
          Prompts.joined(
              all,
              switch (random.nextInt(6)) {
                case 0 -> Sounds.cough(random);
                case 1 -> Sounds.tone(300 + random.nextInt(2000), 50 + random.nextInt(600), -15);
                case 2 -> Sounds.noise(random, random.nextInt(500), -60 + random.nextInt(55));
                case 3 -> garbage(random);
                default -> Prompts.human(WORDS.get(random.nextInt(WORDS.size())));
              },
              Sounds.silence(random.nextInt(600)));
    }
    return all;
  }

  private static byte[] garbage(Random random) {
    byte[] bytes = new byte[2 * random.nextInt(3000)];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] shifted(int millis) {
    double[] samples = new double[millis * MS];
    Arrays.fill(samples, 12_000);
    return Sounds.pcm(samples);
  }

  /// Eight seconds of a human voice.
  private static byte[] prompt() {
    return Prompts.joined(
        IntStream.range(0, 12)
            .mapToObj(i -> Prompts.human(WORDS.get((3 * i + 1) % WORDS.size())))
            .toArray(byte[][]::new));
  }

  private static byte[] repeated(
      int times, java.util.function.Supplier<byte[]> sound, int pauseMillis) {
    byte[] all = new byte[0];
    for (int i = 0; i < times; i++) {
      all = Prompts.joined(all, sound.get(), Sounds.silence(pauseMillis));
    }
    return all;
  }

  private static double loudness(byte[] pcm) {
    double sum = 0;
    int loud = 0;
    for (double sample : Sounds.samples(pcm)) {
      if (Math.abs(sample) > 300) {
        sum += sample * sample;
        loud++;
      }
    }
    return 10 * Math.log10(sum / loud / (32_768.0 * 32_768.0));
  }

  private static int firstLoud(byte[] pcm) {
    double[] samples = Sounds.samples(pcm);
    return IntStream.range(0, samples.length)
        .filter(i -> Math.abs(samples[i]) > 600)
        .findFirst()
        .orElseThrow();
  }

  private static int lastLoud(byte[] pcm) {
    double[] samples = Sounds.samples(pcm);
    return IntStream.range(0, samples.length)
        .filter(i -> Math.abs(samples[i]) > 600)
        .max()
        .orElseThrow();
  }
}
