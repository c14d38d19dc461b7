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
import java.util.regex.Pattern;
import kz.qonyrau.fleet.FleetSettings;
import kz.qonyrau.vocabulary.Tenge;
import kz.qonyrau.wire.LicenseLimits;

/// What an operator may set; every key with its meaning stands in `reference.conf`.
///
/// @param role what this program is of central
/// @param node its name among several nodes, empty for one alone
/// @param keys where the provider's keys are; empty for a place below the program's data
/// @param publicHost the name under which boxes reach this server
/// @param listen the address to listen on
/// @param enrolmentPort 0 for any free one
/// @param requestsPerMinuteAndAddress at the enrolment door
/// @param requestsPerMinute at the enrolment door, from everywhere
/// @param firstPriceList what is published if nothing ever was
/// @param database the JDBC URL of a database that several programs share; empty for one of this
///   program's own
public record Settings(
    Role role,
    String node,
    Optional<Path> keys,
    String publicHost,
    String listen,
    int enrolmentPort,
    int requestsPerMinuteAndAddress,
    int requestsPerMinute,
    BrokerSettings broker,
    ConsoleSettings console,
    FleetSettings fleet,
    Optional<Path> firstPriceList,
    Optional<String> database,
    int readers,
    Duration busyTimeout) {

  private static final String ROOT = "licensing";
  private static final Pattern NODE = Pattern.compile("[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?|");

  /// What a program is of central.
  public enum Role {
    /// Everything in one program.
    ALL,
    /// One of several that serve boxes and people, at a shared database and a broker.
    NODE,
    /// The broker that nodes and boxes meet at.
    BROKER
  }

  /// Where a broker is.
  ///
  /// @param port 1 to 65535
  public record Address(String host, int port) {

    @Override
    public String toString() {
      return host + ":" + port;
    }
  }

  /// How the broker is run, or where it is.
  ///
  /// @param at where a broker is that is a program of its own; empty for one in this program
  /// @param port 0 for any free one
  /// @param memoryBytes messages in memory; more is paged
  /// @param diskPerQueueBytes messages paged per address; more is refused
  /// @param diskUsedPercentMax above it nothing is taken any more
  public record BrokerSettings(
      Optional<Address> at,
      int port,
      long memoryBytes,
      long diskPerQueueBytes,
      int diskUsedPercentMax) {}

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
    Role role = role(config);
    Optional<Address> at = address(config, "broker.at");
    Optional<String> database = text(config, "store.url");
    requireWhatRoleNeeds(config, role, at, database);
    return new Settings(
        role,
        node(config),
        text(config, "keys").map(Path::of),
        config.getString("public-host"),
        config.getString("listen"),
        port(config, "enrolment.port"),
        within(config, "enrolment.requests-per-minute-and-address", 1, 100_000),
        within(config, "enrolment.requests-per-minute", 1, 1_000_000),
        new BrokerSettings(
            at,
            port(config, "broker.port"),
            config.getBytes("broker.memory"),
            config.getBytes("broker.disk-per-queue"),
            within(config, "broker.disk-used-percent-max", 1, 100)),
        new ConsoleSettings(
            config.getString("console.host"),
            port(config, "console.port"),
            text(config, "console.pages").map(Path::of),
            config.getBoolean("console.first-password-may-stay")),
        new FleetSettings(
            at.map(Address::host).orElse(config.getString("public-host")),
            config.getDuration("fleet.certificate-validity"),
            config.getDuration("fleet.lease-validity"),
            tenge(config, "fleet.usual-lease"),
            config.getDuration("fleet.offline-after"),
            within(config, "fleet.license-grace-hours", 0, 720),
            first.getDuration("validity"),
            Set.copyOf(first.getStringList("modules")),
            new LicenseLimits(first.getInt("channels"), first.getInt("calls-per-minute"))),
        text(config, "billing.first-price-list").map(Path::of),
        database,
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

  private static Optional<String> text(Config config, String key) {
    return Optional.of(config.getString(key)).filter(text -> !text.isBlank());
  }

  private static Role role(Config config) {
    return switch (config.getString("role")) {
      case "all" -> Role.ALL;
      case "node" -> Role.NODE;
      case "broker" -> Role.BROKER;
      default -> throw bad(config, "role", "must be all, node or broker");
    };
  }

  private static String node(Config config) {
    String node = config.getString("node");
    if (!NODE.matcher(node).matches()) {
      throw bad(config, "node", "must be 1 to 32 of a to z, 0 to 9 and hyphens between them");
    }
    return node;
  }

  private static Optional<Address> address(Config config, String key) {
    return text(config, key)
        .map(text -> {
          int colon = text.lastIndexOf(':');
          try {
            int port = Integer.parseInt(text.substring(colon + 1));
            if (colon > 0 && port >= 1 && port <= 65_535) {
              return new Address(text.substring(0, colon), port);
            }
          } catch (NumberFormatException _) {
            // Said below.
          }
          throw bad(config, key, "must be host:port, such as \"broker.example.kz:8883\"");
        });
  }

  private static void requireWhatRoleNeeds(
      Config config, Role role, Optional<Address> at, Optional<String> database) {
    if (role != Role.ALL && database.isEmpty()) {
      throw bad(config, "store.url", "must name the PostgreSQL database that all programs share");
    }
    if (role == Role.NODE && at.isEmpty()) {
      throw bad(config, "broker.at", "must say where the broker is that all nodes share");
    }
    if (role == Role.NODE && config.getString("node").isEmpty()) {
      throw bad(config, "node", "must be a name that no other node has");
    }
    if (role != Role.NODE && at.isPresent()) {
      throw bad(config, "broker.at", "is for role = node; this program runs the broker itself");
    }
  }

  private static ConfigException bad(Config config, String key, String why) {
    return new ConfigException.BadValue(config.getValue(key).origin(), ROOT + "." + key, why);
  }

  private static Tenge tenge(Config config, String key) {
    try {
      return Tenge.of(config.getString(key));
    } catch (IllegalArgumentException _) {
      throw bad(config, key, "must be an amount in quotes, such as \"1000.00\"");
    }
  }

  private static int port(Config config, String key) {
    return within(config, key, 0, 65_535);
  }

  private static int within(Config config, String key, int least, int most) {
    int value = config.getInt(key);
    if (value < least || value > most) {
      throw bad(config, key, "must be " + least + " to " + most);
    }
    return value;
  }
}
