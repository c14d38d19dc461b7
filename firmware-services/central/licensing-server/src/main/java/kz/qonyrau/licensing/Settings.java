package kz.qonyrau.licensing;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigUtil;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import kz.qonyrau.fleet.FleetSettings;
import kz.qonyrau.vocabulary.Tenge;
import kz.qonyrau.wire.LicenseLimits;

/// What an operator may set; every key with its meaning stands in `reference.conf`.
///
/// @param publicHost the name under which boxes reach this server
/// @param listen the address to listen on
/// @param enrolmentPort 0 for any free one
/// @param requestsPerMinuteAndAddress at the enrolment door
/// @param requestsPerMinute at the enrolment door, from everywhere
/// @param firstPriceList what is published if nothing ever was
public record Settings(
    String publicHost,
    String listen,
    int enrolmentPort,
    int requestsPerMinuteAndAddress,
    int requestsPerMinute,
    BrokerSettings broker,
    ConsoleSettings console,
    FleetSettings fleet,
    Optional<Path> firstPriceList,
    int readers,
    Duration busyTimeout) {

  private static final String ROOT = "licensing";

  /// How the embedded broker is run.
  ///
  /// @param port 0 for any free one
  /// @param memoryBytes messages in memory; more is paged
  /// @param diskPerQueueBytes messages paged per address; more is refused
  /// @param diskUsedPercentMax above it nothing is taken any more
  public record BrokerSettings(
      int port, long memoryBytes, long diskPerQueueBytes, int diskUsedPercentMax) {}

  /// How the admins' pages are served.
  ///
  /// @param host the address to listen on
  /// @param port 0 for any free one
  /// @param pages the built front end; without it the API is served alone
  /// @param firstPasswordMayStay for rehearsals: whoever still has the first password may work
  public record ConsoleSettings(
      String host, int port, Optional<Path> pages, boolean firstPasswordMayStay) {}

  /// Reads the settings.
  ///
  /// @param file what differs from the defaults
  /// @throws ConfigException naming file, line and key if the file cannot be read, a key is not
  ///   known or a value is of the wrong kind
  /// @throws IllegalArgumentException if a value is out of range
  public static Settings read(Optional<Path> file) {
    return read(
        file.map(path ->
                ConfigFactory.parseFile(
                    path.toFile(), ConfigParseOptions.defaults().setAllowMissing(false)))
            .orElseGet(ConfigFactory::empty));
  }

  /// As [#read(Optional)], from text that was parsed already.
  public static Settings read(Config own) {
    Config reference = ConfigFactory.defaultReference().withOnlyPath(ROOT).resolve();
    refuseUnknown(own, reference);
    Config config = own.withFallback(reference).resolve().getConfig(ROOT);
    Config first = config.getConfig("fleet.first-license");
    return new Settings(
        config.getString("public-host"),
        config.getString("listen"),
        port(config, "enrolment.port"),
        within(config, "enrolment.requests-per-minute-and-address", 1, 100_000),
        within(config, "enrolment.requests-per-minute", 1, 1_000_000),
        new BrokerSettings(
            port(config, "broker.port"),
            config.getBytes("broker.memory"),
            config.getBytes("broker.disk-per-queue"),
            within(config, "broker.disk-used-percent-max", 1, 100)),
        new ConsoleSettings(
            config.getString("console.host"),
            port(config, "console.port"),
            Optional.of(config.getString("console.pages"))
                .filter(path -> !path.isBlank())
                .map(Path::of),
            config.getBoolean("console.first-password-may-stay")),
        new FleetSettings(
            config.getString("public-host"),
            config.getDuration("fleet.certificate-validity"),
            config.getDuration("fleet.lease-validity"),
            tenge(config, "fleet.usual-lease"),
            config.getDuration("fleet.offline-after"),
            within(config, "fleet.license-grace-hours", 0, 720),
            first.getDuration("validity"),
            Set.copyOf(first.getStringList("modules")),
            new LicenseLimits(first.getInt("channels"), first.getInt("calls-per-minute"))),
        Optional.of(config.getString("billing.first-price-list"))
            .filter(path -> !path.isBlank())
            .map(Path::of),
        within(config, "store.readers", 1, 64),
        config.getDuration("store.busy-timeout"));
  }

  private static void refuseUnknown(Config own, Config reference) {
    own.entrySet()
        .forEach(entry -> {
          if (!reference.hasPathOrNull(entry.getKey())) {
            List<String> path = ConfigUtil.splitPath(entry.getKey());
            throw new ConfigException.BadPath(
                entry.getValue().origin(),
                String.join(".", path),
                "unknown key; every key stands in reference.conf");
          }
        });
  }

  private static Tenge tenge(Config config, String key) {
    try {
      return Tenge.of(config.getString(key));
    } catch (IllegalArgumentException _) {
      throw new ConfigException.BadValue(
          config.getValue(key).origin(), key, "must be an amount in quotes, such as \"1000.00\"");
    }
  }

  private static int port(Config config, String key) {
    return within(config, key, 0, 65_535);
  }

  private static int within(Config config, String key, int least, int most) {
    int value = config.getInt(key);
    if (value < least || value > most) {
      throw new ConfigException.BadValue(
          config.getValue(key).origin(), key, "must be " + least + " to " + most);
    }
    return value;
  }
}
