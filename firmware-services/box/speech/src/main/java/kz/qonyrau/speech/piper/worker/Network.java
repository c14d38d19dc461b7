package kz.qonyrau.speech.piper.worker;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/// A voice's network: numbers of phonemes go in, sound comes out. One thread, so that calls keep
/// the other cores.
final class Network implements AutoCloseable {

  private static final Map<String, OnnxJavaType> INPUTS =
      Map.of(
          "input", OnnxJavaType.INT64,
          "input_lengths", OnnxJavaType.INT64,
          "scales", OnnxJavaType.FLOAT);
  private static final String SPEAKER = "sid";
  private static final String OUTPUT = "output";

  private final OrtEnvironment environment;
  private final OrtSession session;
  private final VoiceFile voice;

  private Network(OrtEnvironment environment, OrtSession session, VoiceFile voice) {
    this.environment = environment;
    this.session = session;
    this.voice = voice;
  }

  /// Loads a network.
  ///
  /// @throws IOException if it is none, or not one of a Piper voice
  static Network load(Path model, VoiceFile voice) throws IOException {
    try {
      OrtEnvironment environment =
          OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "piper");
      try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
        options.setIntraOpNumThreads(1);
        options.setInterOpNumThreads(1);
        // As Piper does: to improve the graph takes longer than it saves in one text.
        options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.NO_OPT);
        options.setMemoryPatternOptimization(false);
        options.setCPUArenaAllocator(false);
        OrtSession session = environment.createSession(model.toString(), options);
        requirePiper(session, voice);
        return new Network(environment, session, voice);
      }
    } catch (OrtException refused) {
      throw new IOException("the network does not load: " + refused.getMessage(), refused);
    }
  }

  private static void requirePiper(OrtSession session, VoiceFile voice)
      throws OrtException, IOException {
    Map<String, OnnxJavaType> expected = new TreeMap<>(INPUTS);
    if (voice.speakers() > 1) {
      expected.put(SPEAKER, OnnxJavaType.INT64);
    }
    Map<String, OnnxJavaType> found = types(session.getInputInfo());
    if (!found.equals(expected)) {
      throw new IOException(
          "the network is not one of a Piper voice: its inputs must be "
              + expected
              + ", not "
              + found);
    }
    if (types(session.getOutputInfo()).get(OUTPUT) != OnnxJavaType.FLOAT) {
      throw new IOException("the network is not one of a Piper voice: it has no output 'output'");
    }
  }

  private static Map<String, OnnxJavaType> types(Map<String, NodeInfo> nodes) {
    Map<String, OnnxJavaType> types = new TreeMap<>();
    nodes.forEach((name, node) ->
        types.put(
            name, node.getInfo() instanceof TensorInfo info ? info.type : OnnxJavaType.UNKNOWN));
    return types;
  }

  /// Says a sentence.
  ///
  /// @param numbers of its phonemes
  /// @param mostSamples more of them are refused
  /// @return samples, full scale at ±1
  /// @throws IOException if the network fails, or gives what is no sound
  float[] say(long[] numbers, long mostSamples) throws IOException {
    Map<String, OnnxTensor> inputs = new HashMap<>();
    try {
      inputs.put(
          "input",
          OnnxTensor.createTensor(
              environment, LongBuffer.wrap(numbers), new long[] {1, numbers.length}));
      inputs.put(
          "input_lengths",
          OnnxTensor.createTensor(
              environment, LongBuffer.wrap(new long[] {numbers.length}), new long[] {1}));
      inputs.put(
          "scales",
          OnnxTensor.createTensor(
              environment,
              FloatBuffer.wrap(new float[] {voice.noise(), voice.length(), voice.rhythm()}),
              new long[] {3}));
      if (voice.speakers() > 1) {
        inputs.put(
            SPEAKER,
            OnnxTensor.createTensor(environment, LongBuffer.wrap(new long[] {0}), new long[] {1}));
      }
      try (OrtSession.Result result = session.run(inputs)) {
        return samples((OnnxTensor) result.get(OUTPUT).orElseThrow(), mostSamples);
      }
    } catch (OrtException failure) {
      throw new IOException("the network does not speak: " + failure.getMessage(), failure);
    } finally {
      inputs.values().forEach(OnnxTensor::close);
    }
  }

  private static float[] samples(OnnxTensor sound, long mostSamples) throws IOException {
    long count = sound.getInfo().getNumElements();
    if (count > mostSamples) {
      throw new IOException(
          "the network gave "
              + count
              + " samples for a sentence; at most "
              + mostSamples
              + " are plausible");
    }
    FloatBuffer buffer = sound.getFloatBuffer();
    float[] samples = new float[buffer.remaining()];
    buffer.get(samples);
    for (float sample : samples) {
      if (!Float.isFinite(sample)) {
        throw new IOException("the network gave a sample that is no number");
      }
    }
    return samples;
  }

  @Override
  public void close() throws IOException {
    try {
      session.close();
    } catch (OrtException failure) {
      throw new IOException("the network does not close", failure);
    }
  }
}
