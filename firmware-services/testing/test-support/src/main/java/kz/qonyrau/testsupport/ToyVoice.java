package kz.qonyrau.testsupport;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// A Piper voice that says each phoneme as a tone of its own, 50 ms long, and each pause as
/// silence: a real network in ONNX with Piper's inputs, that looks tones up in a table and repeats
/// each as often as the voice is slow.
public final class ToyVoice {

  /// Samples a second.
  public static final int RATE = 16_000;

  /// How long a tone is, where the voice is not slow.
  public static final int TONE_SAMPLES = 800;

  /// What it can say. The number of a phoneme is its place here.
  public static final String PHONEMES =
      "_^$ !',-.:;?abcdefghijklmnopqrstuvwxyzæçðøħŋœɐɑɒɔɕəɚɛɜɡɣɪɫɬɯɲɵɹɾʀʁʂʃʊʌʏʐʑʒʔʝʲˈˌːθ\u0303";

  private static final double LOWEST_HERTZ = 400;
  private static final double STEP_HERTZ = 20;

  /// What the network is like.
  public enum Network {
    TONES,
    SILENCE,
    /// Samples that are no numbers.
    NOT_A_NUMBER,
    /// Each phoneme lasts five seconds.
    LONG,
    /// Each phoneme lasts hours.
    HUGE,
    /// It never comes to an end.
    ENDLESS,
    /// Its input has another name.
    OTHER_INPUTS,
    /// It knows fewer phonemes than its configuration says.
    SMALL
  }

  private ToyVoice() {}

  /// The pitch of a phoneme.
  public static double hertz(int phoneme) {
    return LOWEST_HERTZ + STEP_HERTZ * PHONEMES.indexOf(phoneme);
  }

  /// A configuration as Piper publishes them.
  ///
  /// @param voice of espeak-ng
  public static JsonObject configuration(String voice) {
    JsonObject ids = new JsonObject();
    PHONEMES
        .codePoints()
        .forEach(phoneme ->
            ids.put(Character.toString(phoneme), new JsonArray().add(PHONEMES.indexOf(phoneme))));
    return new JsonObject()
        .put("audio", new JsonObject().put("sample_rate", RATE).put("quality", "toy"))
        .put("espeak", new JsonObject().put("voice", voice))
        .put(
            "language",
            new JsonObject().put("code", voice.substring(0, 2) + "_XX").put("family", "toy"))
        .put(
            "inference",
            new JsonObject().put("noise_scale", 0.667).put("length_scale", 1).put("noise_w", 0.8))
        .put("phoneme_type", "espeak")
        .put("phoneme_map", new JsonObject())
        .put("phoneme_id_map", ids)
        .put("num_symbols", 256)
        .put("num_speakers", 1)
        .put("speaker_id_map", new JsonObject())
        .put("piper_version", "1.0.0");
  }

  /// As [#configuration], but half as fast.
  public static JsonObject slow(String voice) {
    JsonObject configuration = configuration(voice);
    configuration.getJsonObject("inference").put("length_scale", 2);
    return configuration;
  }

  /// An archive as one would be published.
  public static Path zip(Path file, String name, JsonObject configuration, Network network)
      throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put(name + "/" + name + ".onnx", onnx(network));
    files.put(name + "/" + name + ".onnx.json", bytes(configuration.encode()));
    files.put(name + "/MODEL_CARD", bytes("A toy."));
    return zip(file, files);
  }

  /// An archive with just these files.
  public static Path zip(Path file, Map<String, byte[]> files) throws IOException {
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
      for (Map.Entry<String, byte[]> each : files.entrySet()) {
        out.putNextEntry(new ZipEntry(each.getKey()));
        out.write(each.getValue());
      }
    }
    return file;
  }

  /// In UTF-8.
  public static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /// The network.
  public static byte[] onnx(Network kind) {
    String input = kind == Network.OTHER_INPUTS ? "text" : "input";
    Message graph = new Message();
    graph.add(1, node("Gather", "table", input, "tones"));
    graph.add(1, node("Gather", "scales", "one", "slowness"));
    graph.add(1, cast("slowness", "times"));
    graph.add(1, node("Mul", "times", "factor", "more"));
    graph.add(1, node("Concat", "ones", "more", "repeats").message(5, whole("axis", 0)));
    graph.add(1, node("Tile", "tones", "repeats", "repeated"));
    boolean endless = kind == Network.ENDLESS;
    graph.add(1, node("Reshape", "repeated", "shape", endless ? "sound" : "output"));
    if (endless) {
      graph.add(1, loop());
      graph.add(1, node("Add", "sound", "after", "output"));
    }
    graph.add(2, "toy");
    graph.add(5, table(kind));
    graph.add(5, numbers("one", new long[] {1}, 1));
    graph.add(5, numbers("factor", new long[] {1}, factor(kind)));
    graph.add(5, numbers("ones", new long[] {2}, 1, 1));
    graph.add(5, numbers("shape", new long[] {4}, 1, 1, 1, -1));
    if (endless) {
      graph.add(5, numbers("forever", new long[0], Long.MAX_VALUE));
      graph.add(5, tensor("yes", 9, new byte[] {1}));
      graph.add(5, tensor("nothing", 1, new byte[4], 1));
    }
    graph.add(11, value(input, 7, 2));
    graph.add(11, value("input_lengths", 7, 1));
    graph.add(11, value("scales", 1, 1));
    graph.add(12, value("output", 1, 4));
    return new Message()
        .number(1, 8)
        .text(2, "toy")
        .message(7, graph)
        .message(8, new Message().text(1, "").number(2, 13))
        .bytes();
  }

  private static long factor(Network kind) {
    return switch (kind) {
      case LONG -> 100;
      case HUGE -> 200_000;
      case TONES, SILENCE, NOT_A_NUMBER, ENDLESS, OTHER_INPUTS, SMALL -> 1;
    };
  }

  private static Message table(Network kind) {
    int rows = kind == Network.SMALL ? 5 : PHONEMES.length();
    ByteBuffer samples =
        ByteBuffer.allocate(rows * TONE_SAMPLES * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int phoneme = 0; phoneme < rows; phoneme++) {
      double step = 2 * Math.PI * (LOWEST_HERTZ + STEP_HERTZ * phoneme) / RATE;
      for (int i = 0; i < TONE_SAMPLES; i++) {
        double tone = phoneme == 0 ? 0 : 0.5 * Math.sin(step * i);
        samples.putFloat(
            switch (kind) {
              case SILENCE -> 0;
              case NOT_A_NUMBER -> Float.NaN;
              case TONES, LONG, HUGE, ENDLESS, OTHER_INPUTS, SMALL -> (float) tone;
            });
      }
    }
    return tensor("table", 1, samples.array(), rows, TONE_SAMPLES);
  }

  /// Carries nothing from turn to turn, for ever.
  private static Message loop() {
    Message body = new Message();
    body.add(1, node("Identity", "on", "still"));
    body.add(1, node("Identity", "carried", "kept"));
    body.add(2, "body");
    body.add(11, value("turn", 7, 0));
    body.add(11, value("on", 9, 0));
    body.add(11, value("carried", 1, 1));
    body.add(12, value("still", 9, 0));
    body.add(12, value("kept", 1, 1));
    return node("Loop", "forever", "yes", "nothing", "after")
        .message(5, new Message().text(1, "body").message(6, body).number(20, 5));
  }

  /// @param names of what goes in, and at last of what comes out
  private static Message node(String operation, String... names) {
    Message node = new Message();
    for (int i = 0; i < names.length; i++) {
      node.add(i + 1 < names.length ? 1 : 2, names[i]);
    }
    return node.text(4, operation);
  }

  private static Message cast(String from, String to) {
    return node("Cast", from, to).message(5, whole("to", 7));
  }

  private static Message whole(String name, long value) {
    return new Message().text(1, name).number(3, value).number(20, 2);
  }

  private static Message numbers(String name, long[] shape, long... values) {
    ByteBuffer raw = ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (long value : values) {
      raw.putLong(value);
    }
    return tensor(name, 7, raw.array(), shape);
  }

  private static Message tensor(String name, int type, byte[] raw, long... shape) {
    Message tensor = new Message();
    for (long length : shape) {
      tensor.add(1, length);
    }
    return tensor.number(2, type).text(8, name).data(9, raw);
  }

  private static Message value(String name, int type, int dimensions) {
    Message shape = new Message();
    for (int i = 0; i < dimensions; i++) {
      shape.add(1, new Message().text(2, name + i));
    }
    return new Message()
        .text(1, name)
        .message(2, new Message().message(1, new Message().number(1, type).message(2, shape)));
  }

  /// A message of Protocol Buffers, field by field.
  private static final class Message {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    void add(int field, long value) {
      variable(field << 3);
      variable(value);
    }

    void add(int field, byte[] value) {
      variable((field << 3) | 2);
      variable(value.length);
      out.writeBytes(value);
    }

    void add(int field, String value) {
      add(field, ToyVoice.bytes(value));
    }

    void add(int field, Message value) {
      add(field, value.bytes());
    }

    Message number(int field, long value) {
      add(field, value);
      return this;
    }

    Message text(int field, String value) {
      add(field, value);
      return this;
    }

    Message message(int field, Message value) {
      add(field, value);
      return this;
    }

    Message data(int field, byte[] value) {
      add(field, value);
      return this;
    }

    private void variable(long value) {
      long rest = value;
      while ((rest & ~0x7fL) != 0) {
        out.write((int) ((rest & 0x7f) | 0x80));
        rest >>>= 7;
      }
      out.write((int) rest);
    }

    byte[] bytes() {
      return out.toByteArray();
    }
  }
}
