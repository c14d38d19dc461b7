package kz.qonyrau.speech.vosk;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/// A directory that was found to be a speech model in Vosk's layout, before native code saw it.
///
/// Native code kills the process over what it does not expect, so everything that can be checked
/// cheaply is: the files are there and begin as they should, the model hears telephone audio, and
/// the word list can be read. Where the directory holds `SHA256SUMS`, every file named in it must
/// be as it was when the model was made.
///
/// @param path the directory
/// @param vocabulary the words it knows
/// @param takesPhrases whether its graph can be limited to a list of phrases while it runs
/// @param samplesPerSecond what its worker has to be given: 8000, or 16000 into which telephone
///   audio is brought in the worker
/// @param onPeople what its card says of people; one without a card is taken as it is
public record ModelDirectory(
    Path path,
    Vocabulary vocabulary,
    boolean takesPhrases,
    int samplesPerSecond,
    OnPeople onPeople) {

  private static final byte[] BINARY = {0, 'B'};
  private static final byte[] TEXT = "<TransitionModel>".getBytes(StandardCharsets.US_ASCII);

  /// OpenFst's mark, 2125659606 as a little-endian number.
  private static final byte[] FST = {(byte) 0xd6, (byte) 0xfd, (byte) 0xb2, 0x7e};

  /// Checks a directory.
  ///
  /// @throws ModelUnusableException if it is not a model that this box can use
  public static ModelDirectory check(Path path) {
    if (!Files.isDirectory(path)) {
      throw new ModelUnusableException("no speech model: " + path + " is not a directory");
    }
    requireSums(path);
    requireBeginning(path.resolve("am/final.mdl"), BINARY, TEXT);
    int samplesPerSecond = samplesPerSecond(path.resolve("conf/mfcc.conf"));
    requireUsualTiming(path.resolve("conf/model.conf"));
    requireSpeakerAdaptation(path.resolve("ivector"));
    boolean fixed = Files.exists(path.resolve("graph/HCLG.fst"));
    if (fixed) {
      requireBeginning(path.resolve("graph/HCLG.fst"), FST);
    } else {
      requireBeginning(path.resolve("graph/HCLr.fst"), FST);
      requireBeginning(path.resolve("graph/Gr.fst"), FST);
      var _ = requireFile(path.resolve("graph/disambig_tid.int"));
    }
    return new ModelDirectory(
        path, vocabulary(path, fixed), !fixed, samplesPerSecond, onPeople(path));
  }

  /// The words, where the native library looks for them: in the graph itself, as in models that
  /// Vosk's makers give out for phrase lists, or beside it.
  private static Vocabulary vocabulary(Path path, boolean fixed) {
    Path graph = path.resolve(fixed ? "graph/HCLG.fst" : "graph/Gr.fst");
    return SymbolTable.inside(graph)
        .map(words -> Vocabulary.of(words, graph))
        .orElseGet(() -> Vocabulary.read(requireFile(path.resolve("graph/words.txt"))));
  }

  /// Native code takes the directory for complete as soon as one of its files is there.
  private static void requireSpeakerAdaptation(Path ivector) {
    if (Files.exists(ivector.resolve("final.ie"))) {
      for (String name :
          List.of(
              "final.dubm", "final.mat", "global_cmvn.stats", "online_cmvn.conf", "splice.conf")) {
        var _ = requireFile(ivector.resolve(name));
      }
    }
  }

  private static int samplesPerSecond(Path file) {
    Map<String, String> options = options(file);
    String rate = options.getOrDefault("sample-frequency", "16000");
    if (rate.matches("8000(\\.0*)?") || "true".equals(options.get("allow-upsample"))) {
      return 8000;
    }
    if (rate.matches("16000(\\.0*)?")) {
      return 16_000;
    }
    throw new ModelUnusableException(
        file
            + ": the model is for "
            + shortened(rate)
            + " samples per second; telephone audio has 8000, which can be brought to 16000 only");
  }

  private static void requireUsualTiming(Path file) {
    String factor = options(file).getOrDefault("frame-subsampling-factor", "3");
    if (!factor.equals("3")) {
      throw new ModelUnusableException(
          file + ": frame-subsampling-factor must be 3, or word times are wrong; it is " + factor);
    }
  }

  private static OnPeople onPeople(Path path) {
    Path card = path.resolve("conf/card.conf");
    if (!Files.exists(card)) {
      return OnPeople.FAIR;
    }
    String said = options(card).getOrDefault("on-people", "fair");
    return Stream.of(OnPeople.values())
        .filter(value -> value.name().toLowerCase(Locale.ROOT).equals(said))
        .findAny()
        .orElseThrow(() ->
            new ModelUnusableException(
                card + ": on-people must be fair, poor or unmeasured, not " + shortened(said)));
  }

  private static Map<String, String> options(Path file) {
    Map<String, String> options = new HashMap<>();
    try {
      for (String line : Files.readAllLines(requireFile(file), StandardCharsets.UTF_8)) {
        String option = line.strip();
        int equals = option.indexOf('=');
        if (option.startsWith("--") && equals > 0) {
          options.put(
              option.substring(2, equals).strip().replace('_', '-'),
              option.substring(equals + 1).strip());
        } else if (!option.isEmpty() && !option.startsWith("#")) {
          throw new ModelUnusableException(file + ": not an option: " + shortened(option));
        }
      }
    } catch (IOException e) {
      throw new ModelUnusableException("cannot read " + file, e);
    }
    return options;
  }

  private static void requireBeginning(Path file, byte[]... allowed) {
    try (InputStream in = Files.newInputStream(requireFile(file))) {
      byte[] start = in.readNBytes(32);
      for (byte[] beginning : allowed) {
        if (start.length > beginning.length
            && Arrays.equals(start, 0, beginning.length, beginning, 0, beginning.length)) {
          return;
        }
      }
    } catch (IOException e) {
      throw new ModelUnusableException("cannot read " + file, e);
    }
    throw new ModelUnusableException(file + " is damaged: it does not begin as it should");
  }

  private static Path requireFile(Path file) {
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw new ModelUnusableException("the speech model lacks " + file);
    }
    return file;
  }

  private static void requireSums(Path path) {
    Path sums = path.resolve("SHA256SUMS");
    if (!Files.exists(sums)) {
      return;
    }
    try {
      List<String> lines = Files.readAllLines(sums, StandardCharsets.UTF_8);
      for (String line : lines) {
        if (!line.matches("[0-9a-f]{64} [ *][^/].*") || line.contains("..")) {
          throw new ModelUnusableException(sums + ": not a checksum line: " + shortened(line));
        }
        Path file = requireFile(path.resolve(line.substring(66)));
        if (!sha256(file).equals(line.substring(0, 64))) {
          throw new ModelUnusableException(
              file + " is damaged: its SHA-256 is not that of " + sums);
        }
      }
    } catch (IOException e) {
      throw new ModelUnusableException("cannot check " + sums, e);
    }
  }

  private static String sha256(Path file) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      try (var in = new DigestInputStream(Files.newInputStream(file), digest)) {
        in.transferTo(java.io.OutputStream.nullOutputStream());
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static String shortened(String text) {
    return text.length() > 80 ? text.substring(0, 80) + "…" : text;
  }
}
