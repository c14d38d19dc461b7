package kz.qonyrau.tariffs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogueTest {

  private static final TariffVersion V1 = Lists.parts("V1", "2026-09-01T00:00", "12.00");
  private static final TariffVersion V2 = Lists.parts("V2", "2026-09-10T00:00", "15.00");

  @Tag("SH-TAR-02")
  @Test
  void aVersionIsInForceFromItsPublicationToTheNext() {
    Catalogue catalogue = Catalogue.EMPTY.publish(V1).publish(V2);

    assertThat(versionAt(catalogue, "2026-08-31T23:59:59")).isEmpty();
    assertThat(versionAt(catalogue, "2026-09-01T00:00:00")).contains("V1");
    assertThat(versionAt(catalogue, "2026-09-09T23:59:59.999")).contains("V1");
    assertThat(versionAt(catalogue, "2026-09-10T00:00:00")).contains("V2");
    assertThat(versionAt(catalogue, "2036-09-10T00:00:00")).contains("V2");
    assertThat(catalogue.find("V1").map(Tariff::version)).contains(V1);
    assertThat(catalogue.find("V3")).isEmpty();
  }

  @Tag("SH-TAR-01")
  @Test
  void publishingLeavesTheCatalogueBeforeAsItWas() {
    Catalogue before = Catalogue.of(List.of(V1));

    Catalogue after = before.publish(V2);

    assertThat(before.versions()).containsExactly(V1);
    assertThat(after.versions()).containsExactly(V1, V2);
    assertThat(after.publish(V1)).as("published again").isSameAs(after);
  }

  @Tag("SH-TAR-01")
  @Test
  void anIdIsUsedForOneContentOnly() {
    Catalogue catalogue = Catalogue.of(List.of(V1, V2));
    TariffVersion dearer = Lists.parts("V1", "2026-09-01T00:00", "12.01");
    TariffVersion later = Lists.parts("V1", "2026-09-20T00:00", "12.00");

    assertThatExceptionOfType(InvalidTariffException.class)
        .isThrownBy(() -> catalogue.publish(dearer))
        .extracting(InvalidTariffException::field)
        .isEqualTo("version");
    assertThatThrownBy(() -> catalogue.publish(later)).hasMessageContaining("another content");
    assertThat(catalogue.publish(Lists.parts("V1", "2026-09-01T00:00", "12.0000")))
        .as("the same price in other digits")
        .isSameAs(catalogue);
  }

  @Tag("SH-TAR-02")
  @Test
  void publicationsFollowEachOther() {
    Catalogue catalogue = Catalogue.of(List.of(V1, V2));

    for (String published : List.of("2026-09-10T00:00", "2026-09-09T23:59:59.999")) {
      assertThatExceptionOfType(InvalidTariffException.class)
          .isThrownBy(() -> catalogue.publish(Lists.parts("V3", published, "14.00")))
          .extracting(InvalidTariffException::field)
          .isEqualTo("publishedAt");
    }
    assertThatExceptionOfType(InvalidTariffException.class)
        .isThrownBy(() -> Catalogue.of(List.of(V2, V1)))
        .extracting(InvalidTariffException::field)
        .isEqualTo("versions[1].publishedAt");
    assertThatExceptionOfType(InvalidTariffException.class)
        .isThrownBy(() -> Catalogue.of(List.of(V1, Lists.parts("V1", "2026-09-10T00:00", "15.00"))))
        .extracting(InvalidTariffException::field)
        .isEqualTo("versions[1].version");
  }

  /// Against the last of a list that is not later than the moment.
  @Tag("SH-TAR-02")
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void findsWhatAListFinds(long seed) {
    Random random = new Random(seed);
    List<TariffVersion> model = new ArrayList<>();
    Catalogue catalogue = Catalogue.EMPTY;
    Instant last = Instant.parse("2026-01-01T00:00:00Z");
    for (int round = 0; round < 60; round++) {
      last = last.plusMillis(1 + random.nextInt(10));
      TariffVersion version = Lists.any(random, "v" + round, last);
      model.add(version);
      catalogue = catalogue.publish(version);
      for (int look = 0; look < 20; look++) {
        Instant moment = last.minusMillis(random.nextInt(round * 6 + 10) - 5L);
        Optional<TariffVersion> expected =
            model.reversed().stream()
                .filter(known -> !known.publishedAt().isAfter(moment))
                .findFirst();

        assertThat(catalogue.at(moment).map(Tariff::version))
            .as("seed %d, round %d", seed, round)
            .isEqualTo(expected);
      }
    }
    assertThat(Catalogue.of(model).versions()).isEqualTo(catalogue.versions());
  }

  private static Optional<String> versionAt(Catalogue catalogue, String local) {
    return catalogue.at(Lists.astana(local)).map(Tariff::versionId);
  }
}
