package kz.qonyrau.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;
import kz.qonyrau.rehearsal.Bundles;

/// Runs one benchmark by name and prints its one line of JSON.
public final class Bench {

  /// One benchmark.
  @FunctionalInterface
  interface Program {
    Figure run(Place place) throws Exception;
  }

  /// Where a benchmark finds what it runs.
  ///
  /// @param root the top of the repository, where the programs were built
  /// @param data an empty directory with a short path
  record Place(Path root, Bundles bundles, Path data) {}

  private static final Map<String, Program> PROGRAMS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("startup", new Startup()::run),
              Map.entry("calls", new CallRate()::run),
              Map.entry("speech", new SpeechRate()::run),
              Map.entry("answering", new Answering()::run),
              Map.entry("turn", new TurnRate()::run),
              Map.entry("voices", new VoiceRate()::run),
              Map.entry("memory", new ListeningMemory()::run),
              Map.entry("import", new ListImport()::run),
              Map.entry("ledger", new LedgerRate()::run),
              Map.entry("pacer", new PacerRate()::run),
              Map.entry("search", new SearchRate()::run),
              Map.entry("soak", new Soak()::run),
              Map.entry("uplink", new UplinkRate()::run),
              Map.entry("fleet", new FleetLoad()::run)));

  private Bench() {}

  /// The program.
  ///
  /// @param arguments the name, the repository, the Asterisk bundle, the bundle of voices
  public static void main(String... arguments) throws Exception {
    Program program = arguments.length == 4 ? PROGRAMS.get(arguments[0]) : null;
    if (program == null) {
      System.err.println("usage: bench/run NAME, where NAME is one of " + PROGRAMS.keySet());
      System.exit(2);
      return;
    }
    Path data = temporary();
    Figure figure =
        program.run(
            new Place(
                Path.of(arguments[1]),
                new Bundles(Path.of(arguments[2]), Path.of(arguments[3])),
                data));
    System.out.println(figure.toJson());
    System.exit(0);
  }

  private static Path temporary() throws IOException {
    Path data = Files.createTempDirectory(Path.of("/tmp"), "qonyrau-");
    Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx--x--x"));
    return data;
  }
}
