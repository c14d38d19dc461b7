package kz.qonyrau.licensing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import kz.qonyrau.testsupport.SteppedClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

  @TempDir private Path directory;

  @Test
  void theDefaultsAreThoseOfTheReference() {
    Settings settings = Settings.read(Optional.empty());

    assertThat(settings.enrolmentPort()).isEqualTo(8443);
    assertThat(settings.broker().port()).isEqualTo(8883);
    assertThat(settings.fleet().graceHours()).isEqualTo(72);
    assertThat(settings.fleet().offlineAfter()).isEqualTo(Duration.ofMinutes(3));
    assertThat(settings.fleet().firstModules())
        .isEqualTo(Set.of("calls", "recording", "recognition"));
  }

  @Test
  void aFileSaysOnlyWhatDiffers() throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("central.conf"),
            """
            licensing.broker { port = 1883, memory = 1 MiB }
            licensing.fleet.offline-after = 30 s
            """);

    Settings settings = Settings.read(Optional.of(file));

    assertThat(settings.broker().port()).isEqualTo(1883);
    assertThat(settings.broker().memoryBytes()).isEqualTo(1 << 20);
    assertThat(settings.fleet().offlineAfter()).isEqualTo(Duration.ofSeconds(30));
    assertThat(settings.enrolmentPort()).isEqualTo(8443);
  }

  @Test
  void anUnknownKeyStopsTheStartAndSaysWhere() throws IOException {
    Path file =
        Files.writeString(directory.resolve("central.conf"), "\nlicensing.broker.prot = 1883\n");

    assertThatThrownBy(() -> Settings.read(Optional.of(file)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("central.conf: 2")
        .hasMessageContaining("licensing.broker.prot");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "licensing.broker.port = 65536",
        "licensing.broker.port = many",
        "licensing.broker.disk-used-percent-max = 0",
        "licensing.fleet.license-grace-hours = -1",
        "licensing.fleet.offline-after = 0 s",
        "licensing.fleet.first-license.channels = 0",
        "licensing.store.readers = 0",
        "elsewhere = 1"
      })
  void aValueThatMakesNoSenseStopsTheStart(String line) {
    assertThatThrownBy(() -> Settings.read(ConfigFactory.parseString(line)))
        .isInstanceOfAny(ConfigException.class, IllegalArgumentException.class);
  }

  @Test
  void aNodeIsToldWhereTheOthersAre() {
    Settings settings =
        Settings.read(
            ConfigFactory.parseString(
                """
                licensing {
                  role = node
                  node = almaty-2
                  keys = "/srv/keys"
                  broker.at = "broker.example.kz:8884"
                  store.url = "jdbc:postgresql://db.example.kz/central"
                }
                """));

    assertThat(settings.role()).isEqualTo(Settings.Role.NODE);
    assertThat(settings.broker().at()).contains(new Settings.Address("broker.example.kz", 8884));
    assertThat(settings.fleet().brokerHost())
        .as("what boxes are told")
        .isEqualTo("broker.example.kz");
    assertThat(settings.keys()).contains(Path.of("/srv/keys"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          role = nodes                                            | licensing.role
          role = node, node = a, broker.at = "b:1"                | licensing.store.url
          role = broker                                           | licensing.store.url
          role = node, node = a, store.url = "x"                  | licensing.broker.at
          role = node, broker.at = "b:1", store.url = "x"         | licensing.node
          role = broker, broker.at = "b:1", store.url = "x"       | licensing.broker.at
          broker.at = "b:1"                                       | licensing.broker.at
          node = "-a"                                             | licensing.node
          node = "a/b"                                            | licensing.node
          node = "central+"                                       | licensing.node
          role = node, node = a, store.url = "x", broker.at = "b" | licensing.broker.at
          role = node, node = a, store.url = "x", broker.at = ":1" | licensing.broker.at
          role = node, node = a, store.url = "x", broker.at = "b:70000" | licensing.broker.at
          """)
  void aRoleThatLacksSomethingStopsTheStartAndNamesTheKey(String settings, String key) {
    assertThatThrownBy(
            () -> Settings.read(ConfigFactory.parseString("licensing { " + settings + " }")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(key);
  }

  @Test
  void aMissingFileStopsTheStart() {
    assertThatThrownBy(() -> Settings.read(Optional.of(directory.resolve("absent.conf"))))
        .isInstanceOf(ConfigException.class);
  }

  @Test
  void theDoorServesSoManyAMinuteFromOneAddressAndInAll() {
    SteppedClock clock = SteppedClock.at("2026-11-24T04:00:00Z");
    RequestRate rate = new RequestRate(2, 3, clock);

    assertThat(rate.admits("a")).isTrue();
    assertThat(rate.admits("a")).isTrue();
    assertThat(rate.admits("a")).isFalse();
    assertThat(rate.admits("b")).isTrue();
    assertThat(rate.admits("c")).isFalse();
    clock.advance(Duration.ofMinutes(1));
    assertThat(rate.admits("a")).isTrue();
  }
}
