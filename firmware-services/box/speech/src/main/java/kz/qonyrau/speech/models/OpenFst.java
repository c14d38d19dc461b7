package kz.qonyrau.speech.models;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import kz.qonyrau.speech.ExternalProgram;

/// The programs of Debian's package `libfst-tools`, each run with a time limit.
///
/// Debian has the type of graph that takes phrase lists in a library that its `fstconvert` does not
/// find by itself: `libfstlookahead.so`, of package libfst22, which is therefore loaded beforehand.
final class OpenFst {

  private static final String PACKAGE = "; install the Debian package libfst-tools";
  private static final String LIBRARY = "libfstlookahead.so.";
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final int MOST_REMARKS = 1 << 20;

  private final Path lookahead;

  private OpenFst(Path lookahead) {
    this.lookahead = lookahead;
  }

  /// Looks for the library where Debian keeps libraries, whatever the processor.
  ///
  /// @throws ModelRefusedException if it is not there
  static OpenFst find() {
    return find(Path.of("/"));
  }

  static OpenFst find(Path root) {
    for (String place : List.of("usr/lib", "usr/local/lib", "usr/lib64", "lib")) {
      List<Path> directories = new ArrayList<>();
      directories.add(root.resolve(place));
      directories.addAll(listed(root.resolve(place), "-linux-"));
      for (Path directory : directories) {
        List<Path> found =
            listed(directory, LIBRARY).stream().filter(Files::isRegularFile).toList();
        if (!found.isEmpty()) {
          return new OpenFst(found.getFirst());
        }
      }
    }
    throw new ModelRefusedException(
        ModelFault.TOOL_FAILED, "no " + LIBRARY + "22 on this machine" + PACKAGE);
  }

  private static List<Path> listed(Path directory, String namePart) {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> file.getFileName().toString().contains(namePart))
          .sorted(Comparator.comparing(Path::toString))
          .toList();
    } catch (IOException _) {
      return List.of(); // What may not be listed holds nothing for us.
    }
  }

  Path lookahead() {
    return lookahead;
  }

  /// Compiles the text of an automaton whose labels are numbers.
  void compile(Path text, Path to) throws IOException, InterruptedException {
    run("fstcompile", text.toString(), to.toString());
  }

  /// Sorts the arcs of every state, by what they are given or by what they say.
  void sort(String by, Path from, Path to) throws IOException, InterruptedException {
    run("fstarcsort", "--sort_type=" + by, from.toString(), to.toString());
  }

  void convert(String type, Path from, Path to) throws IOException, InterruptedException {
    run("fstconvert", "--fst_type=" + type, from.toString(), to.toString());
  }

  /// Makes the graph that is composed with phrase lists at run time, and renames its words.
  ///
  /// @param renamed where the pairs `old new` are written
  void convertForLookahead(Path from, Path to, Path renamed)
      throws IOException, InterruptedException {
    run(
        "env",
        "LD_PRELOAD=" + lookahead,
        "fstconvert",
        "--fst_type=olabel_lookahead",
        "--save_relabel_opairs=" + renamed,
        from.toString(),
        to.toString());
  }

  private static void run(String... command) throws IOException, InterruptedException {
    String program = command[0].equals("env") ? command[2] : command[0];
    ExternalProgram.Output output;
    try {
      output = ExternalProgram.run(List.of(command), new byte[0], MOST_REMARKS, LIMIT);
    } catch (TimeoutException e) {
      throw new ModelRefusedException(
          ModelFault.TOOL_FAILED, program + " took longer than " + LIMIT.toMinutes() + " min", e);
    } catch (IOException e) {
      throw new ModelRefusedException(
          ModelFault.TOOL_FAILED, program + " cannot be started" + PACKAGE, e);
    }
    if (output.exit() == 127) {
      throw new ModelRefusedException(
          ModelFault.TOOL_FAILED, program + " is missing on this machine" + PACKAGE);
    }
    if (!output.succeeded()) {
      throw new ModelRefusedException(
          ModelFault.TOOL_FAILED,
          program + " ended with " + output.exit() + ": " + output.complaint());
    }
  }
}
