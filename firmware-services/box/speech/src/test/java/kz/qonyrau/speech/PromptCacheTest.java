package kz.qonyrau.speech;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import kz.qonyrau.testsupport.Eventually;
import kz.qonyrau.testsupport.SmallDisk;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class PromptCacheTest {

  private static final Locale RUSSIAN = Locale.of("ru");

  @TempDir Path directory;

  private final Queue<String> spoken = new ConcurrentLinkedQueue<>();
  private final List<PromptCache> opened = new ArrayList<>();

  @AfterEach
  void close() {
    opened.forEach(PromptCache::close);
  }

  @Test
  @Tag("AC-TTS-02")
  void speaksATextOnceAndKeepsItSealed() throws IOException {
    byte[] first = Eventually.answer(voice(10).say("алло", RUSSIAN));
    awaitPrompts(1);

    byte[] second = Eventually.answer(voice(10).say("алло", RUSSIAN));

    assertThat(second).isEqualTo(first).isEqualTo("said алло".getBytes(StandardCharsets.UTF_8));
    assertThat(spoken).containsExactly("алло");
    assertThat(Files.readString(prompts().getFirst(), StandardCharsets.ISO_8859_1))
        .doesNotContain("said");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("p"))))
        .isEqualTo("rwx------");
  }

  @Test
  void speaksOnceForAllWhoAskAtTheSameTime() throws IOException {
    Promise<byte[]> slow = Promise.promise();
    Cached voice = voice(new Scripted(slow.future()), 10);

    List<Future<byte[]>> asked =
        Stream.generate(() -> voice.say("алло", RUSSIAN)).limit(50).toList();
    slow.complete(new byte[] {1, 2});

    for (Future<byte[]> answer : asked) {
      assertThat(Eventually.answer(answer)).containsExactly(1, 2);
    }
    assertThat(spoken).hasSize(1);
  }

  @Test
  void tellsTextsLanguagesAndVoicesApart() throws IOException {
    Cached voice = voice(10);

    var _ = Eventually.answer(voice.say("алло", RUSSIAN));
    var _ = Eventually.answer(voice.say("Алло", RUSSIAN));
    var _ = Eventually.answer(voice.say("алло", Locale.of("kk")));

    assertThat(spoken).hasSize(3);
    awaitPrompts(3);
  }

  @Test
  void speaksAnewWhatWasTamperedWith() throws IOException {
    var _ = Eventually.answer(voice(10).say("алло", RUSSIAN));
    awaitPrompts(1);
    Files.writeString(prompts().getFirst(), "tampered");

    assertThat(Eventually.answer(voice(10).say("алло", RUSSIAN)))
        .isEqualTo("said алло".getBytes(StandardCharsets.UTF_8));
    assertThat(spoken).hasSize(2);
  }

  @Test
  void keepsNoMorePromptsThanItMay() throws IOException {
    Cached voice = voice(3);

    for (int i = 0; i < 10; i++) {
      var _ = Eventually.answer(voice.say("номер " + i, RUSSIAN));
    }
    var _ = Eventually.answer(voice.say("номер 9", RUSSIAN));

    assertThat(spoken).hasSize(10);
    awaitPrompts(3);
  }

  @Test
  @Tag("AC-TTS-02")
  void aFullDiskCostsNothingButTime() throws Exception {
    try (SmallDisk _ = SmallDisk.mountedOn(directory.resolve("small"), 1024, "700")) {
      byte[] long4Mib = new byte[4 << 20];
      PromptCache cache =
          new PromptCache(directory.resolve("small").resolve("p"), new Mirror(), 10);
      opened.add(cache);
      Cached voice = new Cached(cache, new Scripted(Future.succeededFuture(long4Mib)));

      for (int i = 0; i < 2; i++) {
        assertThat(Eventually.answer(voice.say("алло", RUSSIAN))).hasSize(4 << 20);
      }

      assertThat(spoken).hasSize(2);
      Eventually.await(
          Duration.ofSeconds(10),
          "nothing half-kept is left",
          () -> {
            try (Stream<Path> files = Files.list(directory.resolve("small").resolve("p"))) {
              return files.findAny().isEmpty();
            } catch (IOException e) {
              throw new java.io.UncheckedIOException(e);
            }
          });
    }
  }

  @Test
  void passesAFailureOnAndTriesAgain() throws IOException {
    Cached broken =
        voice(new Scripted(Future.failedFuture(new SpeechSynthesisException("no espeak-ng"))), 3);

    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> Eventually.answer(broken.say("алло", RUSSIAN)))
          .hasMessage("no espeak-ng");
    }
    assertThat(spoken).hasSize(2);
  }

  private Cached voice(int mostPrompts) throws IOException {
    return voice(new Scripted(Future.succeededFuture(new byte[0])), mostPrompts);
  }

  private Cached voice(Voice voice, int mostPrompts) throws IOException {
    PromptCache cache = new PromptCache(directory.resolve("p"), new Mirror(), mostPrompts);
    opened.add(cache);
    return new Cached(cache, voice);
  }

  private record Cached(PromptCache cache, Voice voice) {

    Future<byte[]> say(String text, Locale language) {
      return cache.say(voice, text, language);
    }
  }

  private void awaitPrompts(int count) {
    Eventually.await(
        Duration.ofSeconds(10), count + " kept prompts", () -> prompts().size() == count);
  }

  private List<Path> prompts() {
    try (Stream<Path> files = Files.list(directory.resolve("p"))) {
      return files.filter(file -> file.toString().endsWith(".prompt")).toList();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /// Says "said" and the text, or what it was told to say.
  private final class Scripted implements Voice {

    private final Future<byte[]> answer;

    Scripted(Future<byte[]> answer) {
      this.answer = answer;
    }

    @Override
    public Future<byte[]> say(String text, Locale language) {
      spoken.add(text);
      return answer.map(
          pcm -> pcm.length == 0 ? ("said " + text).getBytes(StandardCharsets.UTF_8) : pcm);
    }

    @Override
    public String name() {
      return "scripted";
    }
  }

  /// Writes backwards, after the context.
  private static final class Mirror implements Sealer {

    @Override
    public byte[] seal(byte[] plain, String context) {
      return Prompts.joined(context.getBytes(StandardCharsets.UTF_8), backwards(plain));
    }

    @Override
    public byte[] open(byte[] sealed, String context) {
      String text = new String(sealed, StandardCharsets.ISO_8859_1);
      if (!text.startsWith(context)) {
        throw new IllegalArgumentException("tampered with");
      }
      return backwards(java.util.Arrays.copyOfRange(sealed, context.length(), sealed.length));
    }

    private static byte[] backwards(byte[] bytes) {
      byte[] turned = bytes.clone();
      for (int i = 0; i < bytes.length; i++) {
        turned[i] = bytes[bytes.length - 1 - i];
      }
      return turned;
    }
  }
}
