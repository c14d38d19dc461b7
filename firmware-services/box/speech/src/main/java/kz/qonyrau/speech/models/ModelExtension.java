package kz.qonyrau.speech.models;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import kz.qonyrau.speech.vosk.ModelDirectory;

/// Makes a new version of a model that knows a customer's own words, on the box and without
/// training.
///
/// The new version carries the sources of its base unchanged, and the own words beside them in
/// `lm/own-words.json`: its words are always those of the base and of that one list, so that an own
/// word can be changed or removed by giving another list.
final class ModelExtension {

  private static final String SUMS = "SHA256SUMS";

  private final OpenFst openFst;

  ModelExtension(OpenFst openFst) {
    this.openFst = openFst;
  }

  /// Why words cannot be added to a model; empty if it looks as if they could.
  static Optional<String> whyNot(Path base) {
    if (!Files.isDirectory(base.resolve(ModelSources.DIRECTORY))) {
      return Optional.of(ModelSources.MISSING);
    }
    return Stream.of("rescore", "rnnlm")
        .filter(fixed -> Files.exists(base.resolve(fixed)))
        .findFirst()
        .map(fixed -> "its directory " + fixed + " knows none of them");
  }

  /// Makes the new version. Blocks for seconds.
  ///
  /// @param base a model with its sources; if it has own words, they are replaced
  /// @param target must not exist; after a failure it does not
  /// @throws ModelRefusedException if the base has no sources, a word cannot be said, or a phrase
  ///   has a word that is not known
  void extend(Path base, OwnWords own, Path target) throws IOException, InterruptedException {
    if (Files.exists(target)) {
      throw new IllegalArgumentException("there is something already: " + target);
    }
    whyNot(base)
        .ifPresent(why -> {
          throw new ModelRefusedException(
              ModelFault.BAD_SOURCES, "words cannot be added to this model: " + why);
        });
    ModelSources sources = ModelSources.read(base);
    List<Pronunciation> ways = new Pronouncer(sources.phonemes()).pronounce(own.words());
    Lexicon lexicon = sources.lexicon().with(ways);
    Arpa language = ExtendedLanguage.of(sources.language(), own, lexicon.words());
    boolean done = false;
    try {
      copy(base, target);
      new GraphBuilder(openFst)
          .build(
              sources.phones(), lexicon, language, sources.unknownCost(), target.resolve("graph"));
      OwnWordsFile.write(own, target);
      writeSums(target);
      var _ = ModelDirectory.check(target);
      done = true;
    } finally {
      if (!done) {
        Trees.delete(target);
      }
    }
  }

  private static void copy(Path base, Path target) throws IOException {
    for (Path file : Trees.files(base)) {
      boolean replaced =
          file.startsWith("graph")
              || file.toString().equals(SUMS)
              || file.equals(Path.of(ModelSources.DIRECTORY, OwnWordsFile.NAME));
      if (!replaced) {
        Trees.copy(base.resolve(file), target.resolve(file));
      }
    }
  }

  private static void writeSums(Path model) throws IOException {
    List<String> lines = new ArrayList<>();
    for (Path file : Trees.files(model)) {
      lines.add(sha256(model.resolve(file)) + "  " + file);
    }
    Files.writeString(model.resolve(SUMS), String.join("\n", lines) + "\n", StandardCharsets.UTF_8);
  }

  static String sha256(Path file) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      try (var in = new DigestInputStream(Files.newInputStream(file), digest)) {
        in.transferTo(OutputStream.nullOutputStream());
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
