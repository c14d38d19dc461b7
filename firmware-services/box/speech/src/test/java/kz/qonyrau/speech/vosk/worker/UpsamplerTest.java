package kz.qonyrau.speech.vosk.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("AC-STT-01")
class UpsamplerTest {

  /// A sine comes out as the same sine, with what is wrong 70 dB below it, rounding included.
  @ParameterizedTest
  @ValueSource(doubles = {50, 300, 1000, 2000, 3000, 3400, 3600})
  void keepsWhatATelephoneCarries(double hertz) {
    int samples = 8000;
    short[] out =
        samples(upsampled(pcm(samples, i -> 20_000 * Math.sin(2 * Math.PI * hertz * i / 8000))));

    assertThat(out).hasSize(2 * samples);
    double wrong = 0;
    double right = 0;
    for (int i = 200; i < out.length - 200; i++) {
      double expected = 20_000 * Math.sin(2 * Math.PI * hertz * i / 16_000);
      wrong += (out[i] - expected) * (out[i] - expected);
      right += expected * expected;
    }
    assertThat(10 * Math.log10(wrong / right)).isLessThan(-70);
  }

  @Test
  void leavesTheSamplesAsTheyAreAndInTheirPlaces() {
    Random random = new Random(1);
    byte[] pcm = pcm(1000, _ -> random.nextInt(-32768, 32768));

    short[] in = samples(pcm);
    short[] out = samples(upsampled(pcm));

    for (int i = 0; i < in.length; i++) {
      assertThat(out[2 * i]).isEqualTo(in[i]);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void doesNotCareHowTheAudioIsCut(long seed) {
    Random random = new Random(seed);
    byte[] pcm = pcm(random.nextInt(1, 3000), _ -> random.nextInt(-32768, 32768));
    Upsampler upsampler = new Upsampler();
    ByteArrayOutputStream all = new ByteArrayOutputStream();

    for (int at = 0; at < pcm.length; ) {
      int length = Math.min(pcm.length - at, 2 * random.nextInt(0, 200));
      all.writeBytes(upsampler.feed(Arrays.copyOfRange(pcm, at, at + length)));
      at += length;
    }
    all.writeBytes(upsampler.flush());

    assertThat(all.toByteArray()).isEqualTo(upsampled(pcm));
  }

  @Test
  void givesTwiceAsMuchAndAlmostAllAtOnce() {
    Upsampler upsampler = new Upsampler();

    assertThat(upsampler.feed(new byte[0])).isEmpty();
    byte[] first = upsampler.feed(new byte[1600]);
    assertThat(first).hasSize(2 * (1600 - 2 * Upsampler.TAPS));
    assertThat(upsampler.flush()).hasSize(4 * Upsampler.TAPS);
  }

  @Test
  void doesNotWrapAroundAtFullScale() {
    short[] out = samples(upsampled(pcm(200, i -> i % 4 < 2 ? 32767 : -32768)));

    for (int i = 0; i + 2 < out.length; i += 2) {
      if (out[i] == out[i + 2]) {
        assertThat(out[i + 1]).as("between two samples that are the same").isEqualTo(out[i]);
      }
    }
  }

  private static byte[] upsampled(byte[] pcm) {
    Upsampler upsampler = new Upsampler();
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(upsampler.feed(pcm));
    all.writeBytes(upsampler.flush());
    return all.toByteArray();
  }

  private static byte[] pcm(int samples, IntToDoubleFunction level) {
    ByteBuffer pcm = ByteBuffer.allocate(2 * samples).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < samples; i++) {
      pcm.putShort((short) Math.round(level.applyAsDouble(i)));
    }
    return pcm.array();
  }

  private static short[] samples(byte[] pcm) {
    short[] samples = new short[pcm.length / 2];
    ByteBuffer.wrap(pcm).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(samples);
    return samples;
  }
}
