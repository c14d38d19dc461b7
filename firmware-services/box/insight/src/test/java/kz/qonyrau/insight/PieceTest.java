package kz.qonyrau.insight;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("AN-PRC-03")
class PieceTest {

  @Test
  void theSidesAreTakenApart() {
    Piece piece = Piece.first(sound(1000, _ -> 7, _ -> -8), true);

    assertThat(piece.samples()).isEqualTo(1000);
    assertThat(shorts(piece.of(Side.SUBSCRIBER))).containsOnly((short) 7);
    assertThat(shorts(piece.of(Side.BOX))).containsOnly((short) -8);
  }

  @Test
  void aPieceIsCutWhereBothAreSilent() {
    int pause = 50 * 8000;
    // The subscriber pauses at 45 s, where the box speaks; both pause at 50 s.
    byte[] sound =
        sound(
            Piece.LONGEST_SAMPLES,
            i -> near(i, 45 * 8000) || near(i, pause) ? 3 : 4000,
            i -> near(i, pause) ? -2 : -3000);

    Piece piece = Piece.first(sound, false);

    assertThat(piece.samples()).isBetween(pause - 2400, pause + 2400);
  }

  @Test
  void theEndIsTakenWholeAndNoiseIsCutAsLateAsPossible() {
    byte[] noise = sound(Piece.LONGEST_SAMPLES, _ -> 1000, _ -> 1000);

    assertThat(Piece.first(noise, true).samples()).isEqualTo(Piece.LONGEST_SAMPLES);
    assertThat(Piece.first(noise, false).samples())
        .isBetween(Piece.LONGEST_SAMPLES - 2400, Piece.LONGEST_SAMPLES);
    assertThat(Piece.first(new byte[0], true).samples()).isZero();
  }

  private static boolean near(int sample, int middle) {
    return Math.abs(sample - middle) <= 2400;
  }

  private static short[] shorts(byte[] pcm) {
    short[] samples = new short[pcm.length / 2];
    ByteBuffer.wrap(pcm).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(samples);
    return samples;
  }

  private static byte[] sound(
      int samples,
      java.util.function.IntUnaryOperator left,
      java.util.function.IntUnaryOperator right) {
    ByteBuffer pcm = ByteBuffer.allocate(4 * samples).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < samples; i++) {
      pcm.putShort((short) left.applyAsInt(i)).putShort((short) right.applyAsInt(i));
    }
    return pcm.array();
  }
}
