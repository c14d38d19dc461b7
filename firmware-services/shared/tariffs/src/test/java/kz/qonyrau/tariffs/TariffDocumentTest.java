package kz.qonyrau.tariffs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import kz.qonyrau.vocabulary.Tenge;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TariffDocumentTest {

  @Tag("SH-TAR-01")
  @Test
  void readsAPriceList() throws IOException {
    Tariff tariff = Tariff.parse(Files.readAllBytes(corpus("valid").resolve("autocall.json")));

    assertThat(tariff.versionId()).isEqualTo("autocall-2026-1");
    assertThat(tariff.version().publishedAt()).isEqualTo(Instant.parse("2026-09-01T00:00:00Z"));
    assertThat(tariff.version().lines())
        .hasSize(4)
        .contains(
            new TariffLine(
                ServiceCode.AI_DIALOG_TIME,
                new BillingUnit.Time(Duration.ofHours(1), Duration.ofSeconds(6)),
                new BigDecimal("60.0000"),
                Tenge.of("12.00")));
    assertThat(tariff.covers(ServiceCode.ANALYTICS_TIME)).isFalse();
  }

  /// Each file is named after the field that its error must name, with `-0-` for `[0]`, and after
  /// the fault.
  @Tag("SH-TAR-01")
  @ParameterizedTest
  @MethodSource("invalidDocuments")
  void refusesWhatIsNotAPriceListAndNamesTheField(Path document) throws IOException {
    byte[] json = Files.readAllBytes(document);
    String name = Objects.toString(document.getFileName());
    String field = name.replaceFirst("lines-([0-9])-", "lines[$1]").replaceFirst("-.*", "");

    assertThatExceptionOfType(InvalidTariffException.class)
        .isThrownBy(() -> Tariff.parse(json))
        .extracting(InvalidTariffException::field)
        .isEqualTo(field);
  }

  static List<Path> invalidDocuments() throws IOException {
    try (Stream<Path> files = Files.list(corpus("invalid"))) {
      return files.sorted().toList();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void noDocumentMakesItFailInAnotherWay(long seed) throws IOException {
    byte[] valid = Files.readAllBytes(corpus("valid").resolve("all-services.json"));
    Random random = new Random(seed);
    for (int round = 0; round < 2000; round++) {
      byte[] damaged = valid.clone();
      for (int hits = 1 + random.nextInt(4); hits > 0; hits--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      try {
        Tariff read = Tariff.parse(damaged);
        assertThat(Tariff.parse(read.json()).version()).isEqualTo(read.version());
      } catch (InvalidTariffException refused) {
        assertThat(refused.field()).isNotEmpty();
      }
    }
  }

  @Test
  void refusesADocumentWithoutEnd() {
    byte[] endless = " ".repeat((1 << 20) + 1).getBytes(StandardCharsets.UTF_8);

    assertThatThrownBy(() -> Tariff.parse(endless)).isInstanceOf(InvalidTariffException.class);
    byte[] deep = "[".repeat(500_000).getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> Tariff.parse(deep)).isInstanceOf(InvalidTariffException.class);
  }

  @Tag("SH-TAR-01")
  @Test
  void readsEveryServiceWithItsUnit() throws IOException {
    TariffVersion version =
        Tariff.parse(Files.readAllBytes(corpus("valid").resolve("all-services.json"))).version();

    assertThat(version.lines())
        .extracting(TariffLine::service)
        .containsExactlyInAnyOrder(ServiceCode.values());
    assertThat(version.line(ServiceCode.TTS_CHARS))
        .contains(
            new TariffLine(
                ServiceCode.TTS_CHARS,
                new BillingUnit.Pieces(1000, 1),
                new BigDecimal("150.00"),
                Tenge.of("1.00")));
    assertThat(version.conditions())
        .contains("Characters are free until 1 March.\nТаңбалар 1 наурызға дейін тегін.");
  }

  @Tag("SH-TAR-01")
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void readsWhatItWrites(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 500; round++) {
      Instant published = Instant.ofEpochMilli(946_684_800_000L + random.nextLong(1L << 41));
      TariffVersion version = Lists.any(random, "v" + round, published);

      byte[] json = new Tariff(version).json();

      assertThat(Tariff.parse(json).version())
          .as("seed %d, round %d", seed, round)
          .isEqualTo(version);
      assertThat(Tariff.parse(json).json()).isEqualTo(json);
    }
  }

  @Test
  void writesAListAsPeopleWouldReadIt() {
    TariffVersion version =
        new TariffVersion(
            "v1",
            Instant.parse("2026-09-01T00:00:00Z"),
            Optional.of("Free \"forever\""),
            List.of(
                Lists.timed("24.0000", Duration.ofMinutes(1), Duration.ofSeconds(1), "0.00"),
                Lists.counted(ServiceCode.TTS_CHARS, "150", 1000, 1)));

    assertThat(new String(new Tariff(version).json(), StandardCharsets.UTF_8))
        .isEqualTo(
            """
            {"version":"v1","publishedAt":"2026-09-01T00:00:00Z","currency":"KZT",\
            "conditions":"Free \\"forever\\"","lines":[\
            {"service":"CALL_TIME","price":"24.00","unit":"PT1M","step":"PT1S","minimum":"0.00"},\
            {"service":"TTS_CHARS","price":"150.00","unit":1000,"step":1,"minimum":"0.00"}]}\
            """);
  }

  @Tag("SH-TAR-01")
  @Test
  void namesTheCurrencyThatItRefuses() throws IOException {
    byte[] euro = Files.readAllBytes(corpus("invalid").resolve("currency-euro.json"));

    assertThatThrownBy(() -> Tariff.parse(euro)).hasMessage("currency: must be KZT, not EUR");
  }

  private static Path corpus(String folder) {
    try {
      return Path.of(
          Objects.requireNonNull(TariffDocumentTest.class.getResource("/tariffs/" + folder))
              .toURI());
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
