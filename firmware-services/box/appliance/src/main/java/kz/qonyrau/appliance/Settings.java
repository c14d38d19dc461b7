package kz.qonyrau.appliance;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import kz.qonyrau.calls.CallSettings;
import kz.qonyrau.telephony.asterisk.TelephonySettings;
import kz.qonyrau.telephony.trunks.TrunkTerms;
import kz.qonyrau.uplink.UplinkSettings;
import kz.qonyrau.vocabulary.Msisdn;

/// The configuration of a box. `reference.conf` describes each key.
record Settings(
    Path data,
    String name,
    String serial,
    Http http,
    Database store,
    Storage storage,
    Phones telephony,
    Map<Locale, Path> models,
    Optional<Path> voices,
    CallSettings calls,
    Path tariff,
    Line uplink,
    Duration ownersTime,
    boolean webhooksMayBeLocal) {

  /// Reads the file over the defaults.
  ///
  /// @throws ConfigException if the file cannot be read, a value is missing or of the wrong kind,
  ///   or a key is unknown; the message names the file, the line and the key
  static Settings read(Path file) {
    if (!Files.isReadable(file)) {
      throw new ConfigException.Generic("the configuration " + file + " cannot be read");
    }
    Config defaults =
        ConfigFactory.parseResources(Settings.class.getClassLoader(), "reference.conf");
    Config own = ConfigFactory.parseFile(file.toFile());
    refuseUnknownKeys(own, defaults);
    return from(own.withFallback(defaults).resolve());
  }

  static Settings from(Config config) {
    Path data = Path.of(config.getString("data")).toAbsolutePath().normalize();
    return new Settings(
        data,
        config.getString("name"),
        config.getString("serial"),
        Http.from(config.getConfig("http")),
        Database.from(config.getConfig("store")),
        Storage.from(config.getConfig("storage")),
        Phones.from(config.getConfig("telephony"), data),
        models(config.getConfig("speech.models")),
        text(config, "speech.voices").map(Path::of),
        new CallSettings(
            config.getDuration("calls.paid-ahead"), config.getDuration("calls.closing")),
        requiredFile(config, "tariff"),
        Line.from(config.getConfig("uplink")),
        ownersTime(config, "retirement.owners-time"),
        config.getBoolean("webhooks.local-addresses-may-receive"));
  }

  private static void refuseUnknownKeys(Config own, Config defaults) {
    own.entrySet()
        .forEach(entry -> {
          if (!defaults.hasPath(entry.getKey())) {
            throw new ConfigException.BadPath(
                entry.getValue().origin(),
                entry.getKey(),
                "unknown key; every key stands in reference.conf",
                null);
          }
        });
  }

  private static Map<Locale, Path> models(Config config) {
    Map<Locale, Path> models = new TreeMap<>((a, b) -> a.toString().compareTo(b.toString()));
    for (String language : List.of("ru", "kk", "en")) {
      text(config, language)
          .ifPresent(path -> models.put(Locale.forLanguageTag(language), Path.of(path)));
    }
    return models;
  }

  private static Path requiredFile(Config config, String key) {
    Path path =
        Path.of(
            text(config, key).orElseThrow(() -> new ConfigException.Missing(config.origin(), key)));
    if (!Files.isReadable(path)) {
      throw new ConfigException.BadValue(
          config.getValue(key).origin(), key, path + " cannot be read");
    }
    return path;
  }

  private static Duration ownersTime(Config config, String key) {
    Duration time = config.getDuration(key);
    if (time.isNegative() || time.compareTo(UplinkSettings.LONGEST_OWNERS_TIME) > 0) {
      throw new ConfigException.BadValue(
          config.getValue(key).origin(),
          key,
          time + " is not from 0 to " + UplinkSettings.LONGEST_OWNERS_TIME.toDays() + " days");
    }
    return time;
  }

  private static Optional<String> text(Config config, String key) {
    String value = config.getString(key).strip();
    return value.isEmpty() ? Optional.empty() : Optional.of(value);
  }

  private static int port(Config config, String key, int least) {
    int port = config.getInt(key);
    if (port < least || port > 65_535) {
      throw new ConfigException.BadValue(
          config.getValue(key).origin(), key, port + " is not a port from " + least + " to 65535");
    }
    return port;
  }

  /// Where the pages are served.
  ///
  /// @param pages the built front end, if it is served
  /// @param firstPasswordMayStay whether people may work before they changed their first password
  record Http(String host, int port, Optional<Path> pages, boolean firstPasswordMayStay) {
    static Http from(Config config) {
      return new Http(
          config.getString("host"),
          Settings.port(config, "port", 0),
          text(config, "pages").map(Path::of),
          config.getBoolean("first-password-may-stay"));
    }
  }

  /// How the database is opened.
  record Database(int readers, Duration busyTimeout, boolean encrypted) {
    static Database from(Config config) {
      return new Database(
          config.getInt("readers"),
          config.getDuration("busy-timeout"),
          config.getBoolean("encrypted"));
    }
  }

  /// From how full a disk on something is done about it, in percent of it (P-05).
  record Storage(int warningPercent, int fullPercent) {
    static Storage from(Config config) {
      int full = percent(config, "full-percent", 100);
      return new Storage(percent(config, "warning-percent", full), full);
    }

    private static int percent(Config config, String key, int most) {
      int percent = config.getInt(key);
      if (percent < 1 || percent > most) {
        throw new ConfigException.BadValue(
            config.getValue(key).origin(), key, percent + " is not from 1 to " + most);
      }
      return percent;
    }
  }

  /// Asterisk, and the trunk that the box begins with.
  record Phones(
      Path bundle,
      Path instance,
      Optional<String> user,
      int amiPort,
      int sipPort,
      int rtpFrom,
      int rtpTo,
      int mediaPort,
      Msisdn callerNumber,
      List<Msisdn> moreCallerNumbers,
      int channelLimit,
      String trunkHost,
      int trunkPort,
      Optional<String> trunkUser,
      Optional<String> trunkPassword) {
    static Phones from(Config config, Path data) {
      return new Phones(
          Path.of(config.getString("bundle")),
          text(config, "instance").map(Path::of).orElse(data.resolve("asterisk")),
          text(config, "user"),
          Settings.port(config, "ami-port", 1),
          Settings.port(config, "sip-port", 1),
          Settings.port(config, "rtp-from", 1),
          Settings.port(config, "rtp-to", 1),
          Settings.port(config, "media-port", 0),
          new Msisdn(config.getString("caller-number")),
          config.getStringList("more-caller-numbers").stream().map(Msisdn::new).toList(),
          config.getInt("channel-limit"),
          config.getString("trunk.host"),
          Settings.port(config, "trunk.port", 1),
          text(config, "trunk.user"),
          text(config, "trunk.password"));
    }

    /// The same as the telephony wants it.
    ///
    /// @param spool where Asterisk writes what is being recorded
    TelephonySettings asterisk(Path spool) {
      return new TelephonySettings(
          bundle, instance, amiPort, sipPort, rtpFrom, rtpTo, mediaPort, user, Optional.of(spool));
    }

    /// The trunk that the box begins with; called after its carrier until a technician calls it
    /// otherwise.
    TrunkTerms firstTrunk() {
      return new TrunkTerms(
          TrunkTerms.isName(trunkHost) ? trunkHost : "1",
          trunkHost,
          trunkPort,
          TrunkTerms.Transport.UDP,
          TrunkTerms.Media.PLAIN,
          Optional.empty(),
          trunkUser.map(name -> new TrunkTerms.Login(name, trunkPassword.orElse(""))),
          List.of(TrunkTerms.Codec.ALAW, TrunkTerms.Codec.ULAW),
          channelLimit,
          BigDecimal.ZERO,
          1,
          callerNumber,
          true);
    }

    /// The numbers of the provider's pool that this box may show (AC-CAL-03).
    List<Msisdn> pool() {
      return Stream.concat(Stream.of(callerNumber), moreCallerNumbers.stream()).distinct().toList();
    }
  }

  /// The line to central.
  ///
  /// @param enrolment the address where boxes enrol; without it the box stays on its own
  record Line(
      Optional<String> enrolment,
      Optional<Path> claimTicketFile,
      Optional<String> broker,
      Duration heartbeat) {
    static Line from(Config config) {
      return new Line(
          text(config, "enrolment"),
          text(config, "claim-ticket-file").map(Path::of),
          broker(config),
          config.getDuration("heartbeat"));
    }

    private static Optional<String> broker(Config config) {
      Optional<String> broker = text(config, "broker");
      if (broker.isPresent() && !UplinkSettings.isAddress(broker.get())) {
        throw new ConfigException.BadValue(
            config.getValue("broker").origin(),
            "broker",
            "'" + broker.get() + "' is not host:port, such as central.example:8883");
      }
      return broker;
    }
  }
}
