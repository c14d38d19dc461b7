package kz.qonyrau.office;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import kz.qonyrau.billing.Pinned;
import kz.qonyrau.fleet.Box;
import kz.qonyrau.fleet.BoxMoney;
import kz.qonyrau.wire.HeldDays;
import kz.qonyrau.wire.LegalHold;
import kz.qonyrau.wire.LicenseDocument;
import kz.qonyrau.wire.Suspension;
import kz.qonyrau.wire.TrunkVitals;
import kz.qonyrau.wire.Vitals;

/// A box as the contract shows it.
record BoxJson(
    String id,
    String serial,
    String organisationId,
    String organisation,
    String site,
    String state,
    Optional<String> version,
    Instant enrolledAt,
    Optional<Instant> lastSeen,
    Instant certificateExpires,
    Optional<String> asterisk,
    Optional<Boolean> trunkReachable,
    List<TrunkJson> trunks,
    Optional<Integer> activeCalls,
    Optional<Integer> channelLimit,
    Optional<Integer> callsPerMinute,
    Optional<Long> outboxDepth,
    Optional<Integer> diskUsedPercent,
    List<String> alarms,
    long usageMessages,
    MoneyJson money,
    Optional<Long> availableTiyn,
    Optional<LicenseJson> license,
    Optional<TariffJson> tariff,
    List<HoldJson> legalHolds,
    boolean booksDisagree) {

  /// Of what nothing may be deleted on a box.
  record HoldJson(
      String id,
      Optional<LocalDate> from,
      Optional<LocalDate> to,
      String reason,
      String by,
      Instant since) {

    static HoldJson of(LegalHold hold) {
      return new HoldJson(
          hold.id(),
          hold.days().map(HeldDays::from),
          hold.days().map(HeldDays::to),
          hold.reason(),
          hold.by(),
          hold.since());
    }
  }

  /// What is set aside for a box, as the contract shows it.
  record MoneyJson(
      long targetTiyn,
      long grantedTiyn,
      long returnedTiyn,
      long usedTiyn,
      long leftTiyn,
      long leaseVersion,
      Optional<Instant> leaseExpires) {

    static MoneyJson of(BoxMoney money) {
      return new MoneyJson(
          money.target().tiyn(),
          money.granted().tiyn(),
          money.returned().tiyn(),
          money.used().tiyn(),
          money.left().tiyn(),
          money.leaseVersion(),
          money.leaseExpires());
    }
  }

  /// By which price list a box rates, as the contract shows it.
  record TariffJson(String version, Instant since) {

    static TariffJson of(Pinned pinned) {
      return new TariffJson(pinned.version().id(), pinned.since());
    }
  }

  /// What may not be used for now, as the contract shows it.
  record SuspensionJson(
      Optional<String> module, Optional<String> trunk, String ground, Instant since, String note) {

    static SuspensionJson of(Suspension suspension) {
      return new SuspensionJson(
          suspension.scope().module(),
          suspension.scope().trunk(),
          suspension.ground(),
          suspension.since(),
          suspension.note());
    }
  }

  /// How one trunk is, as the contract shows it.
  record TrunkJson(
      String id, String name, String condition, int activeCalls, int channelLimit, int score) {

    static TrunkJson of(TrunkVitals trunk) {
      return new TrunkJson(
          trunk.id(),
          trunk.name(),
          trunk.condition(),
          trunk.activeCalls(),
          trunk.channelLimit(),
          trunk.score());
    }
  }

  /// A license as the contract shows it.
  record LicenseJson(
      long version,
      Instant expires,
      List<String> modules,
      int channels,
      int callsPerMinute,
      List<SuspensionJson> suspensions) {

    static LicenseJson of(LicenseDocument license) {
      return new LicenseJson(
          license.version(),
          license.expires(),
          List.copyOf(new TreeSet<>(license.modules())),
          license.limits().channels(),
          license.limits().callsPerMinute(),
          license.suspensions().stream().map(SuspensionJson::of).toList());
    }
  }

  static BoxJson of(Box box) {
    Optional<Vitals> vitals = box.vitals();
    return new BoxJson(
        box.id().value(),
        box.serial(),
        box.organisationId().value(),
        box.organisation(),
        box.site(),
        box.state().name(),
        vitals.map(Vitals::version),
        box.enrolledAt(),
        box.lastSeen(),
        box.certificateExpires(),
        vitals.map(Vitals::asterisk),
        vitals.map(Vitals::trunkReachable),
        vitals.map(Vitals::trunks).orElse(List.of()).stream().map(TrunkJson::of).toList(),
        vitals.map(Vitals::activeCalls),
        vitals.map(Vitals::channelLimit),
        vitals.map(Vitals::callsPerMinute),
        vitals.map(Vitals::outboxDepth),
        vitals.flatMap(BoxJson::diskUsedPercent),
        vitals.map(Vitals::alarms).orElse(List.of()),
        box.usageMessages(),
        MoneyJson.of(box.money()),
        vitals.map(it -> it.available().tiyn()),
        box.license().map(LicenseJson::of),
        box.tariff().map(TariffJson::of),
        box.legalHolds().stream().map(HoldJson::of).toList(),
        box.booksDisagree());
  }

  private static Optional<Integer> diskUsedPercent(Vitals vitals) {
    return vitals.diskTotalBytes() == 0
        ? Optional.empty()
        : Optional.of((int) (vitals.diskUsedBytes() * 100.0 / vitals.diskTotalBytes()));
  }
}
