package kz.qonyrau.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import kz.qonyrau.vocabulary.BoxId;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Jazzer looks for inputs that a parser of the wire does not expect, beginning with the corpus.
/// For longer: `-Dmore.test.args=-Dfuzz.runs=100000000`.
class FuzzTest {

  private static final int RUNS = Integer.getInteger("fuzz.runs", 20_000);
  private static final Path CORPUS = Path.of("src/test/resources/wire");
  private static final Pattern DONE = Pattern.compile("Done (\\d+) runs");

  @TempDir private Path directory;

  @Test
  @Tag("PLT-25")
  void noInputMakesAParserDoAnythingButReadOrRefuse() throws Exception {
    Path seeds = Files.createDirectory(directory.resolve("seeds"));
    int planted = plant(seeds);
    Path output = directory.resolve("output");

    Process fuzzing =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+EnableDynamicAgentLoading",
                "--sun-misc-unsafe-memory-access=allow",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + WireFuzz.class.getName(),
                "--hooks=false",
                "--instrumentation_includes=kz.qonyrau.wire.**",
                "--reproducer_path=" + directory,
                "-artifact_prefix=" + directory + "/",
                "-runs=" + RUNS,
                "-max_len=8192",
                "-seed=20261130",
                seeds.toString())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    int exit = fuzzing.waitFor();

    String said = Files.readString(output);
    assertThat(exit).as(said).isZero();
    Matcher done = DONE.matcher(said);
    assertThat(done.find()).as(said).isTrue();
    assertThat(Integer.parseInt(done.group(1))).isGreaterThan(planted);
  }

  /// The corpus, each file behind the byte that chooses its form, and what the corpus lacks.
  private static int plant(Path seeds) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(CORPUS)) {
      files = all.filter(file -> file.toString().endsWith(".json")).toList();
    }
    int planted = 0;
    for (Path file : files) {
      String form = CORPUS.relativize(file).getName(0).toString();
      plant(seeds.resolve("seed-" + planted++), form, Files.readAllBytes(file));
    }
    plant(seeds.resolve("seed-" + planted++), "envelope", envelope());
    return planted;
  }

  private static void plant(Path file, String form, byte[] text) throws IOException {
    var bytes = new ByteArrayOutputStream();
    bytes.write(WireFuzz.choice(form));
    bytes.writeBytes(text);
    Files.write(file, bytes.toByteArray());
  }

  private static byte[] envelope() {
    return Envelope.sign(
            new UUID(1, 2).toString(),
            new BoxId(new UUID(3, 4).toString()),
            7,
            Instant.parse("2026-11-30T05:00:00Z"),
            Schemas.USAGE,
            new String("{\"a\": [1, \"\u00fc\\u00fc\"]}".getBytes(UTF_8), UTF_8),
            SomeKeys.PROVIDER)
        .bytes();
  }
}
