package kz.qonyrau.speech;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The real SoX, on files that it wrote itself and on files that nobody should send.
@Timeout(120)
class AudioFilesTest {

  @TempDir Path directory;

  private final AudioFiles files = new AudioFiles();

  @AfterEach
  void close() {
    files.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"wav", "mp3", "ogg", "flac"})
  @Tag("AC-CAL-04")
  void readsTheUsualFormatsWhateverTheNameAndTheRate(String format) throws Exception {
    Path file = encoded(format, message(Duration.ofSeconds(3)), "48000");

    AudioCheck check = check(file);

    assertThat(check)
        .isInstanceOfSatisfying(
            AudioCheck.Usable.class,
            usable -> {
              assertThat(usable.length().toMillis()).isBetween(2950L, 3150L);
              assertThat(usable.pcm().length % 2).isZero();
              assertThat(usable.peakDbfs()).isBetween(-8.0, -1.0);
              assertThat(usable.clipped()).isFalse();
            });
  }

  @Test
  @Tag("AC-CAL-05")
  @Tag("P-31")
  void refusesAMessageThatIsTooShortTooLongOrSilent() throws Exception {
    assertFault(encoded("wav", message(Duration.ofMillis(1990)), "8000"), AudioFault.TOO_SHORT);
    assertFault(encoded("wav", message(Duration.ofSeconds(601)), "8000"), AudioFault.TOO_LONG);
    assertFault(encoded("mp3", Prompts.silence(Duration.ofSeconds(5)), "8000"), AudioFault.SILENT);
    assertFault(
        encoded("wav", Prompts.noise(Duration.ofSeconds(5), 0.001), "8000"), AudioFault.SILENT);
    assertThat(check(encoded("wav", message(Duration.ofSeconds(2)), "8000")))
        .isInstanceOf(AudioCheck.Usable.class);
  }

  @Test
  @Tag("AC-CAL-04")
  void refusesThreeHours() throws Exception {
    Path file = directory.resolve("hours.wav");
    long bytes = Duration.ofHours(3).toSeconds() * 2000;
    // Sparse: on the disk it is as long as its header.
    try (RandomAccessFile wav = new RandomAccessFile(file.toFile(), "rw")) {
      wav.write(wavHeader(bytes));
      wav.setLength(wav.length() + bytes);
    }

    assertFault(file, AudioFault.TOO_LONG);
  }

  /// 2 kHz, 8 bits, one channel: three hours of more would be refused for their size.
  private static byte[] wavHeader(long bytes) {
    ByteBuffer header = ByteBuffer.allocate(44).order(ByteOrder.LITTLE_ENDIAN);
    header.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt((int) (bytes + 36));
    header.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
    header.putShort((short) 1).putShort((short) 1).putInt(2000).putInt(2000);
    header.putShort((short) 1).putShort((short) 8);
    return header.put("data".getBytes(StandardCharsets.US_ASCII)).putInt((int) bytes).array();
  }

  @Test
  @Tag("AC-CAL-05")
  void takesAClickInSilenceForSilence() throws Exception {
    byte[] click =
        Prompts.joined(
            Prompts.silence(Duration.ofSeconds(2)),
            Prompts.tone(Duration.ofMillis(20), 0.9),
            Prompts.silence(Duration.ofSeconds(2)));

    assertFault(encoded("wav", click, "8000"), AudioFault.SILENT);
  }

  @Test
  @Tag("AC-CAL-04")
  void warnsOfClipping() throws Exception {
    assertThat(check(encoded("wav", Prompts.tone(Duration.ofSeconds(3), 3), "8000")))
        .isInstanceOfSatisfying(
            AudioCheck.Usable.class, usable -> assertThat(usable.clipped()).isTrue());
  }

  @Test
  @Tag("AC-CAL-04")
  void namesTheFaultOfAFileThatIsNoSound() throws Exception {
    assertFault(file(new byte[0]), AudioFault.UNKNOWN_FORMAT);
    assertFault(
        file("PK\3\4 a locked archive".getBytes(StandardCharsets.UTF_8)),
        AudioFault.UNKNOWN_FORMAT);
    assertFault(
        file("#EXTM3U\n/etc/passwd\n".getBytes(StandardCharsets.UTF_8)), AudioFault.UNKNOWN_FORMAT);
    assertFault(
        file("OggS and nothing else".getBytes(StandardCharsets.UTF_8)), AudioFault.UNREADABLE);
    assertFault(file("RIFF\0\0\0\0WAVE".getBytes(StandardCharsets.UTF_8)), AudioFault.UNREADABLE);
    assertFault(
        file("ID3 and then nothing".getBytes(StandardCharsets.UTF_8)), AudioFault.UNREADABLE);
  }

  @Test
  void readsAFileWhoseNameIsAnOrderForSox() throws Exception {
    Path wav = encoded("wav", message(Duration.ofSeconds(3)), "8000");
    Path hostile = Files.move(wav, directory.resolve("|touch pwned"));

    assertThat(check(hostile)).isInstanceOf(AudioCheck.Usable.class);
    assertThat(directory.resolve("pwned")).doesNotExist();
  }

  @Test
  void survivesFilesWithAnyByteDamaged() throws Exception {
    byte[] whole = Files.readAllBytes(encoded("ogg", message(Duration.ofSeconds(3)), "8000"));

    for (int at = 0; at < whole.length; at += Math.max(1, whole.length / 15)) {
      byte[] damaged = whole.clone();
      damaged[at] ^= (byte) 0x5a;

      assertThat(check(file(damaged))).isNotNull();
      assertThat(check(file(Arrays.copyOf(whole, at)))).isNotNull();
    }
  }

  private void assertFault(Path file, AudioFault fault) throws TimeoutException {
    assertThat(check(file))
        .isInstanceOfSatisfying(
            AudioCheck.Refused.class, refused -> assertThat(refused.fault()).isEqualTo(fault));
  }

  private AudioCheck check(Path file) throws TimeoutException {
    return files.check(file).await(90, TimeUnit.SECONDS);
  }

  private static byte[] message(Duration length) {
    return Prompts.tone(length, 0.5);
  }

  private Path file(byte[] content) throws IOException {
    return Files.write(Files.createTempFile(directory, "upload", ".mp3"), content);
  }

  private Path encoded(String format, byte[] pcm, String rate)
      throws IOException, InterruptedException, TimeoutException {
    ExternalProgram.Output output =
        ExternalProgram.run(
            List.of(
                "sox",
                "-t",
                "raw",
                "-r",
                "8000",
                "-e",
                "signed-integer",
                "-b",
                "16",
                "-c",
                "1",
                "-",
                "-t",
                format,
                "-r",
                rate,
                "-c",
                "2",
                "-"),
            pcm,
            100 << 20,
            Duration.ofSeconds(30));
    assertThat(output.complaint()).doesNotContain("FAIL");
    return file(output.bytes());
  }
}
