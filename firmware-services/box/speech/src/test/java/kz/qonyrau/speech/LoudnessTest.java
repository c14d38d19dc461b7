package kz.qonyrau.speech;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

class LoudnessTest {

  @Test
  void aSineIsThreeDecibelsBelowASquareOfTheSameHeight() {
    // Full scale, 1 kHz: its mean power is one half.
    assertThat(Loudness.dbov(sine(32767, 8000))).isCloseTo(-3.01, within(0.02));
    assertThat(Loudness.dbov(sine(3277, 8000))).isCloseTo(-23.01, within(0.02));
  }

  @Test
  void pausesDoNotCount() {
    byte[] tone = sine(8000, 8000);

    assertThat(Loudness.dbov(Prompts.joined(tone, new byte[160_000])))
        .isCloseTo(Loudness.dbov(tone), within(0.1));
  }

  @Test
  void quietSpeechIsRaisedAndPeaksAreLeftRoom() {
    byte[] quiet = sine(200, 8000);
    assertThat(Loudness.dbov(Loudness.ofPrompts(quiet)))
        .isCloseTo(Loudness.PROMPT_DBOV, within(0.1));

    byte[] withClick = sine(200, 8000);
    ByteBuffer.wrap(withClick).order(ByteOrder.LITTLE_ENDIAN).putShort(8000, (short) 16_000);
    byte[] louder = Loudness.ofPrompts(withClick);
    int peak = 0;
    for (int i = 0; i < louder.length; i += 2) {
      peak =
          Math.max(
              peak,
              Math.abs((int) ByteBuffer.wrap(louder).order(ByteOrder.LITTLE_ENDIAN).getShort(i)));
    }
    assertThat(20 * Math.log10(peak / 32768.0)).isCloseTo(Loudness.PEAK_DBOV, within(0.01));
    assertThat(Loudness.dbov(louder)).isLessThan(Loudness.PROMPT_DBOV);
  }

  @Test
  void silenceStaysSilenceAndNothingStaysNothing() {
    assertThat(Loudness.ofPrompts(new byte[3200])).containsOnly(0);
    assertThat(Loudness.ofPrompts(new byte[0])).isEmpty();
    assertThat(Loudness.ofPrompts(new byte[2])).hasSize(2);
  }

  private static byte[] sine(int height, int samples) {
    ByteBuffer pcm = ByteBuffer.allocate(2 * samples).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < samples; i++) {
      pcm.putShort((short) Math.round(height * Math.sin(2 * Math.PI * 1000 * i / 8000)));
    }
    return pcm.array();
  }
}
