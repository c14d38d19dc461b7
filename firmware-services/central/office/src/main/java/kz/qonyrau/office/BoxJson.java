package kz.qonyrau.office;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import kz.qonyrau.fleet.Box;
import kz.qonyrau.wire.LicenseDocument;
import kz.qonyrau.wire.Vitals;

/// A box as the contract shows it.
record BoxJson(
    String id,
    String serial,
    String organisation,
    String site,
    String state,
    Optional<String> version,
    Instant enrolledAt,
    Optional<Instant> lastSeen,
    Instant certificateExpires,
    Optional<String> asterisk,
    Optional<Boolean> trunkReachable,
    Optional<Integer> activeCalls,
    Optional<Integer> channelLimit,
    Optional<Long> outboxDepth,
    Optional<Integer> diskUsedPercent,
    List<String> alarms,
    long usageMessages,
    long creditedTiyn,
    long usedTiyn,
    Optional<Long> availableTiyn,
    Optional<LicenseJson> license) {

  /// A license as the contract shows it.
  record LicenseJson(
      long version, Instant expires, List<String> modules, int channels, int callsPerMinute) {

    static LicenseJson of(LicenseDocument license) {
      return new LicenseJson(
          license.version(),
          license.expires(),
          List.copyOf(new TreeSet<>(license.modules())),
          license.limits().channels(),
          license.limits().callsPerMinute());
    }
  }

  static BoxJson of(Box box) {
    Optional<Vitals> vitals = box.vitals();
    return new BoxJson(
        box.id().value(),
        box.serial(),
        box.organisation(),
        box.site(),
        box.state().name(),
        vitals.map(Vitals::version),
        box.enrolledAt(),
        box.lastSeen(),
        box.certificateExpires(),
        vitals.map(Vitals::asterisk),
        vitals.map(Vitals::trunkReachable),
        vitals.map(Vitals::activeCalls),
        vitals.map(Vitals::channelLimit),
        vitals.map(Vitals::outboxDepth),
        vitals.flatMap(BoxJson::diskUsedPercent),
        vitals.map(Vitals::alarms).orElse(List.of()),
        box.usageMessages(),
        box.credited().tiyn(),
        box.used().tiyn(),
        vitals.map(it -> it.available().tiyn()),
        box.license().map(LicenseJson::of));
  }

  private static Optional<Integer> diskUsedPercent(Vitals vitals) {
    return vitals.diskTotalBytes() == 0
        ? Optional.empty()
        : Optional.of((int) (vitals.diskUsedBytes() * 100.0 / vitals.diskTotalBytes()));
  }
}
