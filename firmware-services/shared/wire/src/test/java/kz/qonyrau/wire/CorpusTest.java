package kz.qonyrau.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/// Reads every body of the corpus: `valid` must be read and written back to the same, `invalid`
/// breaks the form, `unsound` keeps the form and makes no sense. Both must be refused, naming a
/// field.
class CorpusTest {

  private static final Path CORPUS = Path.of("src/test/resources/wire");

  @TestFactory
  @Tag("PLT-25")
  Stream<DynamicTest> readsWhatIsValidAndWritesItBackTheSame() {
    return files("valid")
        .map(file ->
            DynamicTest.dynamicTest(
                name(file),
                () -> {
                  String body = Files.readString(file);

                  String written = kind(file).apply(body);

                  assertThat(Json.MAPPER.readTree(written)).isEqualTo(Json.MAPPER.readTree(body));
                  assertThat(kind(file).apply(written)).isEqualTo(written);
                }));
  }

  @TestFactory
  @Tag("PLT-25")
  Stream<DynamicTest> refusesWhatBreaksTheFormOrMakesNoSense() {
    return Stream.concat(files("invalid"), files("unsound"))
        .map(file ->
            DynamicTest.dynamicTest(
                name(file),
                () -> {
                  String body = Files.readString(file);

                  assertThatThrownBy(() -> kind(file).apply(body))
                      .isInstanceOfSatisfying(
                          MalformedMessageException.class,
                          refusal -> {
                            assertThat(refusal.field()).isNotBlank();
                            assertThat(refusal.getMessage()).doesNotContain("7011234567");
                          });
                }));
  }

  private static Function<String, String> kind(Path file) {
    return WireForms.named(CORPUS.relativize(file).getName(0).toString());
  }

  private static String name(Path file) {
    return CORPUS.relativize(file).toString();
  }

  private static Stream<Path> files(String sort) {
    try (Stream<Path> all = Files.walk(CORPUS)) {
      return all
          .filter(file -> file.toString().endsWith(".json"))
          .filter(file -> CORPUS.relativize(file).getName(1).toString().equals(sort))
          .sorted()
          .toList()
          .stream();
    } catch (IOException e) {
      throw new AssertionError("no corpus at " + CORPUS.toAbsolutePath(), e);
    }
  }
}
