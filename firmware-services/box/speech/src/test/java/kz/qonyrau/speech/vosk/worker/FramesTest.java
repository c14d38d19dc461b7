package kz.qonyrau.speech.vosk.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import kz.qonyrau.speech.vosk.worker.Frame.What;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FramesTest {

  private static final List<Frame> ALL =
      List.of(
          new Frame.Open(1, Optional.of("[\"да\", \"[unk]\"]")),
          new Frame.Open(Integer.MAX_VALUE, Optional.empty()),
          new Frame.Settle(3),
          new Frame.Finish(3),
          new Frame.Drop(4),
          new Frame.Ping(-1),
          new Frame.Ready(40_000),
          new Frame.Heard(5, 1L << 40, What.PARTIAL, "{\"partial\" : \"қоңырау 😀\"}", 12),
          new Frame.Heard(5, 0, What.BOUNDARY, "", 0),
          new Frame.Heard(5, 3200, What.END, "{}", Long.MAX_VALUE),
          new Frame.Failed(6, "no memory"),
          new Frame.Pong(7, 8, 9, 10, 11));

  @Test
  void everyFrameComesThroughAsItWas() throws IOException {
    FrameReader in = new FrameReader(new ByteArrayInputStream(written(ALL)));

    for (Frame frame : ALL) {
      assertThat(in.read()).isEqualTo(frame);
    }
    assertThat(in.read()).isNull();
  }

  @Test
  void audioComesThroughSampleBySample() throws IOException {
    byte[] pcm = new byte[3200];
    new Random(1).nextBytes(pcm);

    Frame read =
        new FrameReader(new ByteArrayInputStream(written(List.of(new Frame.Audio(2, pcm))))).read();

    assertThat(read).isInstanceOf(Frame.Audio.class);
    assertThat(((Frame.Audio) read).listening()).isEqualTo(2);
    assertThat(((Frame.Audio) read).pcm()).isEqualTo(pcm);
  }

  @ParameterizedTest
  @CsvSource({
    "00000000, a frame of 0 bytes",
    "ffffffff, a frame of -1 bytes",
    "7fffffff, a frame of 2147483647 bytes",
    "0000000163, unknown type 99",
    "00000009, ends within a frame",
    "0000000603000000040a, with 1 bytes more",
    "0000000a12000000017fffffffff, a text of 2147483647 bytes",
    "0000000912 00000001 ffffffff, a text of -1 bytes",
    "0000000e1100000001000000000000000009, unknown state",
  })
  void whatIsNoFrameIsRefused(String hex, String complaint) {
    byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));

    assertThatThrownBy(() -> new FrameReader(new ByteArrayInputStream(bytes)).read())
        .isInstanceOf(IOException.class)
        .hasMessageContaining(complaint);
  }

  @Test
  void aStreamThatBreaksAnywhereIsNoticed() throws IOException {
    byte[] whole = written(List.of(new Frame.Heard(5, 3200, What.END, "{}", 1)));

    for (int length = 4; length < whole.length; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> new FrameReader(new ByteArrayInputStream(part)).read())
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void aWordFromSomebodyElseOnTheLineIsNoFrame() {
    byte[] text = "# A fatal error has been detected".getBytes(StandardCharsets.US_ASCII);

    assertThatThrownBy(() -> new FrameReader(new ByteArrayInputStream(text)).read())
        .isInstanceOf(IOException.class);
  }

  private static byte[] written(List<Frame> frames) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    FrameWriter out = new FrameWriter(bytes);
    for (Frame frame : frames) {
      out.write(frame);
    }
    out.flush();
    return bytes.toByteArray();
  }
}
