package kz.qonyrau.speech.models;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;

/// A real speech model of a few kilobytes, for a language of four tones: the native library loads
/// it, decodes what [#say] speaks, obeys phrase lists and rejects foreign words.
///
/// Nothing is trained. Cepstra are a linear image of the logarithms of the mel bands' energies; the
/// one layer of the network takes them back and compares the band of each tone with a threshold,
/// above which it is that tone and below which silence.
public final class ToyModel {

  static final List<String> PHONES = List.of("SIL", "A", "B", "C", "D");

  /// The words of [#write], `word TAB phones` a line.
  public static final String LEXICON =
      """
      да\tA B
      нет\tC D
      один\tA C
      два\tB D A
      оператор\tC A D B
      """;

  /// Reads "каспи" as A B C D A, "банк" as D B C A, "касса" as A B C B.
  private static final String G2P =
      """
      voice\tru
      replace\t_;\t;
      drop\t',%=:!
      long
      phoneme\tk\tA
      phoneme\ta\tB
      phoneme\ta#\tB
      phoneme\tA\tB
      phoneme\ts\tC
      phoneme\tn\tC
      phoneme\tp;\tD
      phoneme\tb\tD
      phoneme\ti\tA
      phoneme\tI\tA
      """;

  private static final double[] TONES_HERTZ = {450, 900, 1700, 2900};
  private static final int BANDS = 40;
  private static final double LOWEST_HERTZ = 20;
  private static final double HIGHEST_HERTZ = 3700;
  private static final double LIFTER = 22;

  /// Between the energy of a tone in its band, 22 and more, and that of the noise, 13 and less.
  private static final double THRESHOLD = 19;

  private static final int RATE = 8000;

  private ToyModel() {}

  /// Writes a model directory with its sources for 8 kHz audio.
  public static Path write(Path directory) {
    return write(directory, RATE, LEXICON);
  }

  /// Writes a model directory with its sources.
  ///
  /// @param samplesPerSecond what the model hears, 8000 or 16000
  /// @param lexicon `word TAB phones` a line
  public static Path write(Path directory, int samplesPerSecond, String lexicon) {
    try {
      Files.createDirectories(directory.resolve("am"));
      Files.createDirectories(directory.resolve("conf"));
      Files.writeString(directory.resolve("am/final.mdl"), network());
      Files.writeString(
          directory.resolve("conf/mfcc.conf"),
          """
          --sample-frequency=%d
          --use-energy=false
          --num-mel-bins=40
          --num-ceps=40
          --low-freq=20
          --high-freq=3700
          --dither=0
          """
              .formatted(samplesPerSecond));
      Files.writeString(
          directory.resolve("conf/model.conf"),
          """
          --min-active=200
          --max-active=3000
          --beam=13.0
          --lattice-beam=2.0
          --acoustic-scale=1.0
          --frame-subsampling-factor=3
          --endpoint.silence-phones=1
          --endpoint.rule2.min-trailing-silence=0.5
          --endpoint.rule3.min-trailing-silence=0.75
          --endpoint.rule4.min-trailing-silence=1.0
          """);
      writeSources(directory, lexicon);
      buildGraph(directory);
      return directory;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static void writeSources(Path directory, String lexicon) throws IOException {
    Path lm = Files.createDirectories(directory.resolve("lm"));
    Files.writeString(lm.resolve("phones.txt"), String.join("\n", PHONES) + "\n");
    Files.writeString(lm.resolve("lexicon.txt"), lexicon);
    Files.writeString(lm.resolve("lm.arpa"), arpa(lexicon));
    Files.writeString(lm.resolve("graph.conf"), "--unk-cost=2.5\n");
    Files.writeString(lm.resolve("g2p.tsv"), G2P);
  }

  private static void buildGraph(Path directory) throws IOException, InterruptedException {
    Path lm = directory.resolve("lm");
    Phones phones = Phones.read(SourceText.read(lm, "phones.txt"));
    new GraphBuilder(OpenFst.find())
        .build(
            phones,
            Lexicon.read(SourceText.read(lm, "lexicon.txt"), phones),
            Arpa.read(SourceText.read(lm, "lm.arpa")),
            2.5,
            directory.resolve("graph"));
  }

  /// A model in which every word, and the end, is as likely as any other.
  private static String arpa(String lexicon) {
    List<String> words =
        lexicon.lines().map(line -> line.substring(0, line.indexOf('\t'))).distinct().toList();
    String each = String.format(Locale.ROOT, "%.5f", -Math.log10(words.size() + 1.0));
    return "\\data\\\nngram 1="
        + (words.size() + 2)
        + "\n\n\\1-grams:\n-99.0\t<s>\t0.0\n"
        + words.stream().map(word -> each + "\t" + word + "\n").collect(Collectors.joining())
        + each
        + "\t</s>\n\n\\end\\\n";
  }

  /// Telephone audio: the phones of each word, and silence before, between and after the words.
  ///
  /// @param words phones separated by spaces, for example `C A D B`
  public static byte[] say(String... words) {
    List<Double> samples = new ArrayList<>();
    silence(samples, 0.4);
    for (String word : words) {
      for (String phone : word.split(" ", -1)) {
        tone(samples, TONES_HERTZ[PHONES.indexOf(phone) - 1], 0.16);
      }
      silence(samples, 0.2);
    }
    silence(samples, 0.4);
    Random noise = new Random(5);
    ByteBuffer pcm = ByteBuffer.allocate(2 * samples.size()).order(ByteOrder.LITTLE_ENDIAN);
    for (double sample : samples) {
      pcm.putShort((short) (sample + noise.nextGaussian() * 20));
    }
    return pcm.array();
  }

  /// What [#say] says for a word of [#LEXICON].
  public static byte[] sayWord(String word) {
    String line =
        LEXICON.lines().filter(each -> each.startsWith(word + "\t")).findFirst().orElseThrow();
    return say(line.substring(line.indexOf('\t') + 1));
  }

  private static void silence(List<Double> samples, double seconds) {
    for (int i = 0; i < seconds * RATE; i++) {
      samples.add(0.0);
    }
  }

  private static void tone(List<Double> samples, double hertz, double seconds) {
    for (int i = 0; i < seconds * RATE; i++) {
      samples.add(8000 * Math.sin(2 * Math.PI * hertz * i / RATE));
    }
  }

  private static String network() {
    int phones = 1 + 4 * (PHONES.size() - 1);
    StringBuilder text = new StringBuilder("<TransitionModel> \n<Topology> \n<TopologyEntry>\n");
    text.append("<ForPhones> ");
    for (int phone = 1; phone <= phones; phone++) {
      text.append(phone).append(' ');
    }
    text.append("</ForPhones>\n<State> 0 <ForwardPdfClass> 0 <SelfLoopPdfClass> 1 ")
        .append("<Transition> 0 0.5 <Transition> 1 0.5 </State>\n<State> 1 </State>\n")
        .append("</TopologyEntry>\n</Topology>\n<Tuples> ")
        .append(phones)
        .append(" \n");
    for (int phone = 1; phone <= phones; phone++) {
      int output = phone == 1 ? 0 : (phone - 2) / 4 + 1;
      text.append(phone)
          .append(" 0 ")
          .append(2 * output)
          .append(' ')
          .append(2 * output + 1)
          .append(" \n");
    }
    text.append("</Tuples> \n<LogProbs> \n [ 0.0 ")
        .append("-0.6931472 ".repeat(2 * phones))
        .append("]\n</LogProbs> \n</TransitionModel> \n<Nnet3> \n")
        .append("input-node name=input dim=40\n")
        .append("component-node name=bands component=bands input=input\n")
        .append("component-node name=share component=share input=bands\n")
        .append("output-node name=output input=share objective=linear\n\n")
        .append("<NumComponents> 2 \n<ComponentName> bands <FixedAffineComponent> ")
        .append("<LinearParams>  [");
    int outputs = 2 * PHONES.size();
    for (int output = 0; output < outputs; output++) {
      text.append("\n  ");
      for (double weight : row(output / 2)) {
        text.append(String.format(Locale.ROOT, "%.7g ", weight));
      }
    }
    text.append("]\n<BiasParams>  [ ")
        .append(THRESHOLD + " " + THRESHOLD + " ")
        .append("0.0 ".repeat(outputs - 2))
        .append("]\n</FixedAffineComponent> \n<ComponentName> share <LogSoftmaxComponent> <Dim> ")
        .append(outputs)
        .append(" <ValueAvg>  [ ]\n<DerivAvg>  [ ]\n<Count> 0.0 <NumDimsSelfRepaired> 0.0 ")
        .append("<NumDimsProcessed> 0.0 </LogSoftmaxComponent> \n")
        .append("</Nnet3> <LeftContext> 0 <RightContext> 0 <Priors>  [ ]\n");
    return text.toString();
  }

  /// The weights that make the logarithm of a band's energy out of cepstra.
  private static double[] row(int phone) {
    double[] weights = new double[BANDS];
    if (phone == 0) {
      return weights;
    }
    int band = band(TONES_HERTZ[phone - 1]);
    for (int k = 0; k < BANDS; k++) {
      double cosine =
          k == 0
              ? Math.sqrt(1.0 / BANDS)
              : Math.sqrt(2.0 / BANDS) * Math.cos(Math.PI / BANDS * (band + 0.5) * k);
      weights[k] = cosine / (1 + LIFTER / 2 * Math.sin(Math.PI * k / LIFTER));
    }
    return weights;
  }

  private static int band(double hertz) {
    double width = (mel(HIGHEST_HERTZ) - mel(LOWEST_HERTZ)) / (BANDS + 1);
    return (int) Math.round((mel(hertz) - mel(LOWEST_HERTZ)) / width) - 1;
  }

  private static double mel(double hertz) {
    return 1127 * Math.log(1 + hertz / 700);
  }

  /// A copy of a directory.
  static Path copy(Path from, Path to) throws IOException {
    for (Path file : Trees.files(from)) {
      Trees.copy(from.resolve(file), to.resolve(file));
    }
    return to;
  }

  /// All bytes of all files, to compare two directories.
  static String content(Path directory) throws IOException {
    StringBuilder all = new StringBuilder();
    for (Path file : Trees.files(directory)) {
      all.append(file)
          .append(' ')
          .append(Arrays.hashCode(Files.readAllBytes(directory.resolve(file))))
          .append('\n');
    }
    return all.toString();
  }
}
