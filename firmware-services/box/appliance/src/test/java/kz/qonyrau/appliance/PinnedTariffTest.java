package kz.qonyrau.appliance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import kz.qonyrau.tariffs.ServiceCode;
import kz.qonyrau.tariffs.Tariff;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.vocabulary.Tenge;
import kz.qonyrau.wire.PinDocument;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("SH-TAR-03")
class PinnedTariffTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final AtomicReference<Optional<PinDocument>> pin =
      new AtomicReference<>(Optional.empty());
  private final PinnedTariff tariff =
      new PinnedTariff(
          pin::get, Tariff.parse(priceList("file", "10.00").getBytes(StandardCharsets.UTF_8)));

  @Test
  void ratesByTheSettingsFileUntilThereIsAPin() {
    assertThat(tariff.get().versionId()).isEqualTo("file");

    pin(1, "spring", "20.00");

    assertThat(tariff.get().versionId()).isEqualTo("spring");
    assertThat(tariff.get().price(ServiceCode.CALL_TIME, MINUTE)).isEqualTo(Tenge.of("20.00"));
  }

  @Test
  @Tag("SH-TAR-04")
  void whatBeganKeepsTheListItBeganWith() {
    pin(1, "spring", "20.00");
    Tariff begun = tariff.get();

    pin(2, "autumn", "30.00");

    assertThat(begun.price(ServiceCode.CALL_TIME, MINUTE)).isEqualTo(Tenge.of("20.00"));
    assertThat(tariff.get().price(ServiceCode.CALL_TIME, MINUTE)).isEqualTo(Tenge.of("30.00"));
  }

  @Test
  void aPinIsReadOnce() {
    pin(1, "spring", "20.00");

    assertThat(tariff.get()).isSameAs(tariff.get());
  }

  private void pin(long version, String name, String price) {
    pin.set(
        Optional.of(
            new PinDocument(
                new BoxId("00000000-0000-4000-8000-000000000001"),
                version,
                Instant.parse("2026-11-24T04:00:00Z"),
                priceList(name, price))));
  }

  private static String priceList(String name, String price) {
    return """
    {"version": "%s", "publishedAt": "2026-01-01T00:00:00Z", "lines": [
      {"service": "CALL_TIME", "price": "%s", "unit": "PT1M", "step": "PT1S", "minimum": "0.00"}]}
    """
        .formatted(name, price);
  }
}
