package kz.qonyrau.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The house rules that compiled classes no longer show, as tests over the source tree.
class TidyTest {

  private static final Path ROOT = Path.of(System.getProperty("qonyrau.root", "."));
  private static final Path SERVICES = ROOT.resolve("firmware-services");

  private static final Pattern TABLE =
      Pattern.compile(
          "\\b(?:FROM|INTO|UPDATE|JOIN|REFERENCES|TABLE|ON)\\s+([a-z_]{3,})\\.[a-z_]+",
          Pattern.MULTILINE);

  /// Whose SQL may name which schema besides its own: the outbox row is written by `Outbox` alone,
  /// and Derby's own tables by the store.
  private static final List<String> OF_THE_STORE = List.of("outbox", "sysibm", "syscs_util");

  @Test
  void noQueryLeavesItsSchema() throws IOException {
    List<String> offences = new ArrayList<>();
    for (Path file : sources("java", "sql")) {
      if (file.toString().contains("/src/test/")) {
        continue;
      }
      String module = moduleOf(file);
      Matcher matcher = TABLE.matcher(Files.readString(file));
      while (matcher.find()) {
        String schema = matcher.group(1).toLowerCase(Locale.ROOT);
        boolean allowed =
            schema.equals(module)
                || (schema + "s").equals(module)
                || (module.equals("store") && OF_THE_STORE.contains(schema));
        if (!allowed) {
          offences.add(file + ": " + matcher.group().strip());
        }
      }
    }

    assertThat(offences).as("a module reads and writes its own schema only").isEmpty();
  }

  @Test
  void instantsAndMoneyAreNumbersInTheDatabase() throws IOException {
    List<String> offences = new ArrayList<>();
    Pattern column =
        Pattern.compile(
            "\\b(TIMESTAMP|DATETIME|DOUBLE|FLOAT|REAL)\\b.*(_at|_tiyn)|(_at|_tiyn)\\s+(TIMESTAMP|DOUBLE|FLOAT|REAL|DECIMAL)");
    for (Path file : sources("sql")) {
      for (String line : Files.readAllLines(file)) {
        if (column.matcher(line).find()) {
          offences.add(file + ": " + line.strip());
        }
      }
    }

    assertThat(offences).as("BIGINT milliseconds and BIGINT tiyn").isEmpty();
  }

  @Test
  void nothingIsLeftForLater() throws IOException {
    List<String> offences = new ArrayList<>();
    Pattern later =
        Pattern.compile("\\b(TODO|FIXME|XXX|HACK)\\b|@Disabled|assumeTrue|printStackTrace");
    for (Path file : sources("java", "sql", "ts", "svelte", "sh")) {
      if (file.endsWith("TidyTest.java")) {
        continue;
      }
      int number = 0;
      for (String line : Files.readAllLines(file)) {
        number++;
        if (later.matcher(line).find()) {
          offences.add(file + ":" + number + " " + line.strip());
        }
      }
    }

    assertThat(offences).isEmpty();
  }

  @Test
  void everyPackageSaysWhatItIs() throws IOException {
    List<Path> bare = new ArrayList<>();
    for (Path file : sources("java")) {
      Path info = file.resolveSibling("package-info.java");
      if (!file.toString().contains("/src/test/") && !Files.exists(info)) {
        bare.add(file.getParent());
      }
    }

    assertThat(bare).as("packages without package-info.java").isEmpty();
  }

  @Test
  void theFlowPageNamesClassesAndTestsThatExist() throws IOException {
    String page = Files.readString(SERVICES.resolve("docs/follow-one-call.md"));
    List<String> names =
        Pattern.compile("`([A-Z][A-Za-z]+)`")
            .matcher(page)
            .results()
            .map(result -> result.group(1))
            .distinct()
            .toList();
    List<String> existing =
        sources("java").stream().map(file -> file.getFileName().toString()).toList();

    assertThat(names).hasSizeGreaterThan(8);
    assertThat(names).allSatisfy(name -> assertThat(existing).contains(name + ".java"));
  }

  private static String moduleOf(Path file) {
    Path inside = SERVICES.relativize(file);
    return inside.getNameCount() > 1 ? inside.getName(1).toString() : "";
  }

  private static List<Path> sources(String... endings) throws IOException {
    List<Path> found = new ArrayList<>();
    for (Path top : List.of(SERVICES, ROOT.resolve("ui"), ROOT.resolve("appliance-image"))) {
      if (!Files.isDirectory(top)) {
        continue;
      }
      try (Stream<Path> files = Files.walk(top)) {
        files
            .filter(Files::isRegularFile)
            .filter(file -> !file.toString().matches(".*/(target|node_modules|dist|generated)/.*"))
            .filter(file -> Stream.of(endings).anyMatch(end -> file.toString().endsWith("." + end)))
            .forEach(found::add);
      }
    }
    return found;
  }
}
