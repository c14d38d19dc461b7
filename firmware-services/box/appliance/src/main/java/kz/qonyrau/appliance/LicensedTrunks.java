package kz.qonyrau.appliance;

import io.vertx.core.Future;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import kz.qonyrau.telephony.TrunkId;
import kz.qonyrau.telephony.trunks.Trunk;
import kz.qonyrau.telephony.trunks.Trunks;
import kz.qonyrau.wire.LicenseDocument;
import kz.qonyrau.wire.LicenseStanding;
import kz.qonyrau.wire.Suspension;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Has the trunks go by the license: those that it suspends are shut and opened when it does not
/// any more, while all others go on (SH-SUS-02, EX-SUS-1), and only numbers that it names are shown
/// (AC-CAL-03).
final class LicensedTrunks {

  private static final Logger log = LoggerFactory.getLogger(LicensedTrunks.class);

  private final Supplier<LicenseStanding> license;
  private final Trunks trunks;

  LicensedTrunks(Supplier<LicenseStanding> license, Trunks trunks) {
    this.license = license;
    this.trunks = trunks;
  }

  /// Brings the trunks to what the license says now. Repeating it changes nothing. A license that
  /// is not in force neither shuts nor opens.
  Future<Void> look() {
    Optional<LicenseDocument> held = license.get().inForce();
    if (held.isEmpty()) {
      return Future.succeededFuture();
    }
    Map<TrunkId, Trunk.Suspension> suspended = new HashMap<>();
    for (Suspension one : held.get().suspensions()) {
      one.scope()
          .trunk()
          .ifPresent(
              id -> suspended.put(new TrunkId(id), new Trunk.Suspension(one.since(), one.note())));
    }
    return trunks
        .assign(held.get().numbers())
        .onSuccess(news -> {
          if (news) {
            log.atInfo()
                .addKeyValue("numbers", held.get().numbers().map(List::size).orElse(0))
                .log("the provider has assigned numbers");
          }
        })
        .compose(_ -> trunks.suspend(suspended))
        .onSuccess(changed -> {
          changed.shut().forEach(trunk -> tell(trunk, "the provider has shut a trunk"));
          changed.opened().forEach(trunk -> tell(trunk, "the provider has opened a trunk again"));
        })
        .mapEmpty();
  }

  private static void tell(Trunk trunk, String what) {
    log.atWarn()
        .addKeyValue("trunk", trunk.id())
        .addKeyValue("name", trunk.terms().name())
        .log(what);
  }
}
