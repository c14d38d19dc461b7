package kz.qonyrau.calls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import kz.qonyrau.calls.Ear.Noticed;
import kz.qonyrau.speech.Interpretation;
import kz.qonyrau.speech.activity.SpeechEvent;
import kz.qonyrau.speech.vosk.VoskRecognizer;
import kz.qonyrau.speech.vosk.VoskSettings;
import kz.qonyrau.vocabulary.CallId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What falls into a prompt and what becomes of it: the real recogniser, a human's words, and the
/// noises of a line, from the sound to the turn.
@Timeout(120)
class BargeInTest {

  private static final Locale RUSSIAN = Locale.of("ru");
  private static final Path SPEECH = Path.of("../speech");
  private static final int FRAME = 320;
  private static final Choice WEDNESDAY =
      new Choice("wednesday", Optional.of('1'), Map.of(RUSSIAN, List.of("среда")), Map.of());
  private static final Choice SEVEN =
      new Choice("seven", Optional.of('2'), Map.of(RUSSIAN, List.of("семь")), Map.of());
  private static final Question QUESTION =
      new Question(
          List.of(RUSSIAN),
          List.of(WEDNESDAY, SEVEN),
          Duration.ofSeconds(5),
          true,
          Ladder.NONE,
          Ladder.NONE);

  private static @Nullable VoskRecognizer recognizer;

  @TempDir static Path scratch;

  @BeforeAll
  static void open() {
    recognizer =
        new VoskRecognizer(
            Map.of(RUSSIAN, SPEECH.resolve("models/ru-starter-8k")), VoskSettings.usual(), scratch);
  }

  @AfterAll
  static void close() {
    if (recognizer != null) {
      recognizer.close();
    }
  }

  @Test
  @Tag("AC-SCN-06")
  void aHumansWordCutsThePromptOffAndIsTheAnswer() throws Exception {
    Listener listener = new Listener(quietly(human("goodbye"), 0));

    listener.hears(joined(silence(3000), human("wednesday"), silence(600)));

    assertThat(listener.commands).contains(new TurnCommand.Hush());
    assertThat(listener.result())
        .isEqualTo(
            new TurnResult.Answered(
                Optional.of("wednesday"), Optional.of(RUSSIAN), TurnResult.By.SPEECH));
  }

  @Test
  void aHumansWordThatIsNoAnswerDoesNot() throws Exception {
    Listener listener = new Listener(quietly(human("goodbye"), 0));

    listener.hears(joined(silence(3000), human("august"), silence(600)));

    assertThat(listener.commands).noneMatch(TurnCommand.Done.class::isInstance);
  }

  @Test
  void coughsAndNoiseDoNot() throws Exception {
    Random random = new Random(11);
    Listener listener = new Listener(quietly(human("goodbye"), 0));

    listener.hears(
        joined(silence(3000), cough(random), silence(700), noise(random, 2000), cough(random)));

    assertThat(listener.commands).doesNotContain(new TurnCommand.Hush());
    assertThat(listener.commands).noneMatch(TurnCommand.Done.class::isInstance);
  }

  /// The prompt itself says the words that are expected, and comes back at a quarter of its level.
  @Test
  void theEchoOfOurOwnPromptDoesNot() throws Exception {
    byte[] prompt =
        joined(silence(3000), human("wednesday"), silence(500), human("seven"), silence(500));
    Listener listener = new Listener(prompt);

    listener.hears(joined(silence(120), quietly(prompt, 4)));

    assertThat(listener.commands).doesNotContain(new TurnCommand.Hush());
    assertThat(listener.commands).noneMatch(TurnCommand.Done.class::isInstance);
  }

  /// A turn with an ear, on the clock of the audio.
  private static final class Listener {

    private final List<TurnCommand> commands = new ArrayList<>();
    private final BlockingQueue<Noticed> noticed = new LinkedBlockingQueue<>();
    private final Turn turn;
    private final Ear ear;
    private long samples;

    Listener(byte[] prompt) {
      Sound sound = new Sound(prompt);
      VoskRecognizer ears = recognizer;
      if (ears == null) {
        throw new IllegalStateException("there is no recogniser");
      }
      turn = new Turn(QUESTION, sound);
      ear = new Ear(ears, CallId.random(), QUESTION, noticed::add);
      commands.addAll(turn.begin());
      ear.plays(sound);
    }

    /// All of it, then what the recognisers make of the rest.
    void hears(byte[] pcm) throws Exception {
      for (int at = 0; at < pcm.length; at += FRAME) {
        byte[] frame = Arrays.copyOfRange(pcm, at, Math.min(pcm.length, at + FRAME));
        samples += frame.length / 2;
        ear.hear(frame);
        take();
      }
      settle();
      var _ = ear.finish().await(60, TimeUnit.SECONDS);
      take();
    }

    private void settle() throws Exception {
      var _ = ear.settle().await(60, TimeUnit.SECONDS);
      take();
      obey(turn.on(new TurnEvent.Settled(now())));
    }

    private Duration now() {
      return SpeechEvent.time(samples);
    }

    private void take() throws Exception {
      for (Noticed next = noticed.poll(); next != null; next = noticed.poll()) {
        switch (next) {
          case Noticed.Sound(SpeechEvent.Began began) ->
              obey(turn.on(new TurnEvent.SpeechBegan(SpeechEvent.time(began.from()), now())));
          case Noticed.Sound(SpeechEvent.Ended _) ->
              obey(turn.on(new TurnEvent.SpeechEnded(now())));
          case Noticed.Words(Interpretation.Glimpse(var _, String text)) -> {
            if (!text.contains("…")) {
              obey(turn.on(new TurnEvent.Glimpse(now())));
            }
          }
          case Noticed.Words(Interpretation.Segment(var best, Duration from, var _)) ->
              obey(turn.on(new TurnEvent.Heard(best, from, now())));
          case Noticed.Words(Interpretation.Deaf _) -> obey(turn.on(new TurnEvent.Deaf(now())));
        }
      }
    }

    private void obey(List<TurnCommand> some) throws Exception {
      commands.addAll(some);
      if (some.contains(new TurnCommand.Settle())) {
        settle();
      }
    }

    TurnResult result() {
      return commands.stream()
          .filter(TurnCommand.Done.class::isInstance)
          .map(command -> ((TurnCommand.Done) command).result())
          .findFirst()
          .orElseThrow();
    }
  }

  private static byte[] human(String name) throws IOException {
    byte[] wav =
        Files.readAllBytes(SPEECH.resolve("src/test/resources/prompts").resolve(name + ".wav"));
    return Arrays.copyOfRange(wav, 44, wav.length - wav.length % 2);
  }

  private static byte[] silence(int millis) {
    return new byte[16 * millis];
  }

  /// Weaker by the divisor; 0 is silence.
  private static byte[] quietly(byte[] pcm, int divisor) {
    byte[] quiet = new byte[pcm.length];
    for (int i = 0; divisor > 0 && i + 1 < pcm.length; i += 2) {
      int sample = (short) ((pcm[i] & 0xff) | pcm[i + 1] << 8) / divisor;
      quiet[i] = (byte) sample;
      quiet[i + 1] = (byte) (sample >> 8);
    }
    return quiet;
  }

  private static byte[] noise(Random random, int millis) {
    byte[] pcm = new byte[16 * millis];
    for (int i = 0; i < pcm.length; i += 2) {
      int sample = (int) (600 * random.nextGaussian());
      pcm[i] = (byte) sample;
      pcm[i + 1] = (byte) (sample >> 8);
    }
    return pcm;
  }

  /// Noise of 0.25 s that dies away.
  private static byte[] cough(Random random) {
    byte[] pcm = new byte[16 * 250];
    for (int i = 0; i < pcm.length; i += 2) {
      int sample = (int) (6000 * Math.exp(-i / 1600.0) * random.nextGaussian());
      int clipped = Math.clamp(sample, -32000, 32000);
      pcm[i] = (byte) clipped;
      pcm[i + 1] = (byte) (clipped >> 8);
    }
    return pcm;
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
