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
import java.util.Random;
import java.util.stream.Stream;
import kz.qonyrau.vocabulary.Tenge;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TariffTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);

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
                Duration.ofSeconds(6),
                new BigDecimal("60.0000"),
                Duration.ofHours(1),
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
    byte[] valid = Files.readAllBytes(corpus("valid").resolve("autocall.json"));
    Random random = new Random(seed);
    for (int round = 0; round < 2000; round++) {
      byte[] damaged = valid.clone();
      for (int hits = 1 + random.nextInt(4); hits > 0; hits--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      try {
        Tariff read = Tariff.parse(damaged);
        assertThat(read.version().lines()).isNotEmpty();
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

  /// Time up to the step, then one rounding, half-up.
  @Tag("SH-BAL-01")
  @ParameterizedTest
  @CsvSource({
    // price per minute, step s, used ms, amount
    "24.0000, 1, 0, 0.00",
    "24.0000, 1, 1, 0.40",
    "24.0000, 1, 1000, 0.40",
    "24.0000, 1, 1001, 0.80",
    "24.0000, 60, 1, 24.00",
    "24.0000, 60, 60001, 48.00",
    "0.3000, 1, 1000, 0.01",
    "0.2999, 1, 1000, 0.00",
    "0.3000, 1, 3000, 0.02",
    "17.3331, 1, 59000, 17.04",
    "1.1111, 10, 61000, 1.30",
    "99999.9999, 60, 60000, 100000.00",
    "0.0000, 1, 60000, 0.00",
  })
  void roundsOncePerItem(String price, int stepSeconds, long usedMillis, String amount) {
    Tariff tariff = tariff(price, Duration.ofSeconds(stepSeconds), MINUTE, "0.00");

    assertThat(tariff.price(ServiceCode.CALL_TIME, Duration.ofMillis(usedMillis)))
        .isEqualTo(Tenge.of(amount));
  }

  @ParameterizedTest
  @CsvSource({"0, 0.00", "1, 12.00", "30000, 12.00", "30001, 12.40", "60000, 24.00"})
  void anythingUsedCostsTheMinimumAtLeast(long usedMillis, String amount) {
    Tariff tariff = tariff("24.0000", Duration.ofSeconds(1), MINUTE, "12.00");

    assertThat(tariff.price(ServiceCode.CALL_TIME, Duration.ofMillis(usedMillis)))
        .isEqualTo(Tenge.of(amount));
  }

  @Tag("SH-TAR-04")
  @Test
  void anItemKeepsWhatItsPriceWasMadeFrom() {
    Tariff tariff = tariff("17.3331", Duration.ofSeconds(10), MINUTE, "0.00");

    RatedItem item = tariff.rate(ServiceCode.CALL_TIME, Duration.ofMillis(58_999));

    assertThat(item)
        .isEqualTo(
            new RatedItem(
                ServiceCode.CALL_TIME,
                MINUTE,
                MINUTE,
                new BigDecimal("17.3331"),
                Tenge.of("17.33"),
                "v1"));
  }

  /// Holding step by step never holds less than the item costs in the end, and never more than one
  /// step beyond it.
  @Tag("SH-BAL-06")
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void theStepsAddUpToThePriceOfTheWhole(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      Tariff tariff =
          tariff(
              BigDecimal.valueOf(random.nextInt(1_000_000), 4).toPlainString(),
              Duration.ofMillis(1 + random.nextInt(70_000)),
              Duration.ofSeconds(1 + random.nextInt(3600)),
              BigDecimal.valueOf(random.nextInt(2000), 2).toPlainString());
      Duration step = tariff.step(ServiceCode.CALL_TIME);
      Tenge held = Tenge.ZERO;
      Duration used = Duration.ZERO;
      for (int steps = random.nextInt(50); steps >= 0; steps--) {
        held = held.plus(tariff.priceOfNextStep(ServiceCode.CALL_TIME, used));
        used = used.plus(step);
      }

      assertThat(held)
          .as("seed %d, round %d", seed, round)
          .isEqualTo(tariff.price(ServiceCode.CALL_TIME, used));
    }
  }

  /// The prices of two versions stand side by side; each charge names its own.
  @Tag("EX-TAR-1")
  @Tag("SH-TAR-04")
  @Test
  void aNewVersionDoesNotChangeWhatTheOldOneCosts() {
    Tariff first = tariff("12.00", MINUTE, MINUTE, "0.00");
    Tariff second =
        new Tariff(
            new TariffVersion(
                "v2",
                Instant.parse("2026-09-09T19:00:00Z"),
                List.of(line("15.00", MINUTE, MINUTE, "0.00"))));

    RatedItem before = first.rate(ServiceCode.CALL_TIME, Duration.ofMinutes(200));
    RatedItem after = second.rate(ServiceCode.CALL_TIME, Duration.ofMinutes(1));

    assertThat(before.amount()).isEqualTo(Tenge.of("2400.00"));
    assertThat(before.tariffVersion()).isEqualTo("v1");
    assertThat(after.amount()).isEqualTo(Tenge.of("15.00"));
    assertThat(after.tariffVersion()).isEqualTo("v2");
  }

  @Test
  void refusesUseThatCannotBe() {
    Tariff tariff = tariff("24.0000", MINUTE, MINUTE, "0.00");

    assertThatThrownBy(() -> tariff.price(ServiceCode.CALL_TIME, Duration.ofNanos(-1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> tariff.price(ServiceCode.CALL_TIME, Duration.ofDays(367)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> tariff.price(ServiceCode.STT_TIME, MINUTE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("STT_TIME");
  }

  private static Tariff tariff(String price, Duration step, Duration unit, String minimum) {
    return new Tariff(
        new TariffVersion(
            "v1",
            Instant.parse("2026-09-01T00:00:00Z"),
            List.of(line(price, step, unit, minimum))));
  }

  private static TariffLine line(String price, Duration step, Duration unit, String minimum) {
    return new TariffLine(
        ServiceCode.CALL_TIME, step, new BigDecimal(price), unit, Tenge.of(minimum));
  }

  private static Path corpus(String folder) {
    try {
      return Path.of(
          Objects.requireNonNull(TariffTest.class.getResource("/tariffs/" + folder)).toURI());
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
