package kz.qonyrau.appliance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {

  @TempDir Path dir;
  private Path tariff = Path.of("tariff.json");

  @BeforeEach
  void aTariffIsTheOneKeyWithoutADefault() throws IOException {
    tariff = Files.writeString(dir.resolve("tariff.json"), "{}");
  }

  @Test
  void everythingElseHasADefault() throws IOException {
    Settings settings = read("");

    assertThat(settings.http().port()).isEqualTo(8080);
    assertThat(settings.store().encrypted()).isTrue();
    assertThat(settings.calls().paidAhead()).isEqualTo(Duration.ofSeconds(60));
    assertThat(settings.models()).isEmpty();
    assertThat(settings.telephony().instance()).isEqualTo(settings.data().resolve("asterisk"));
    assertThat(settings.telephony().trunkUser()).isEmpty();
    assertThat(settings.uplink().enrolment()).isEmpty();
    assertThat(settings.uplink().broker()).isEmpty();
    assertThat(settings.ownersTime()).isEqualTo(Duration.ofDays(14));
  }

  @Test
  void readsUnitsAndPaths() throws IOException {
    Settings settings =
        read("data = /srv/box\ncalls.paid-ahead = 2 minutes\nspeech.models.ru = /models/ru\n");

    assertThat(settings.data()).isEqualTo(Path.of("/srv/box"));
    assertThat(settings.calls().paidAhead()).isEqualTo(Duration.ofMinutes(2));
    assertThat(settings.models()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "http.prot = 1 | http.prot",
        "telephony.trunk.hots = x | hots",
        "http.port = 70000 | own.conf: 2: Invalid value at 'port'",
        "http.port = eighty | port",
        "calls.paid-ahead = soon | paid-ahead",
        "calls { paid-ahead = 5 s, closing = 10 s } | calls.paid-ahead",
        "telephony.caller-number = none | E.164",
        "uplink.broker = central.example | Invalid value at 'broker'",
        "uplink.broker = \"central.example:99999\" | host:port",
        "retirement.owners-time = -1 days | owners-time",
        "retirement.owners-time = 366 days | 0 to 365 days",
        "tariff = /no/such/file | tariff",
        "http { | own.conf"
      })
  void refusesToStartAndSaysWhy(String line, String named) throws IOException {
    assertThatThrownBy(() -> read(line))
        .isInstanceOfAny(ConfigException.class, IllegalArgumentException.class)
        .hasMessageContaining(named);
  }

  @Test
  void aMissingFileIsNamed() {
    assertThatThrownBy(() -> Settings.read(dir.resolve("none.conf")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("none.conf");
  }

  private Settings read(String text) throws IOException {
    Path file = dir.resolve("own.conf");
    Files.writeString(file, "tariff = \"" + tariff + "\"\n" + text);
    return Settings.read(file);
  }
}
