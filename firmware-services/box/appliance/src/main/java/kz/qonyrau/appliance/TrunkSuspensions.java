package kz.qonyrau.appliance;

import io.vertx.core.Future;
import java.util.HashMap;
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

/// Shuts the trunks that the license suspends, and opens them when it does not any more (SH-SUS-02,
/// EX-SUS-1). All other trunks go on.
final class TrunkSuspensions {

  private static final Logger log = LoggerFactory.getLogger(TrunkSuspensions.class);

  private final Supplier<LicenseStanding> license;
  private final Trunks trunks;

  TrunkSuspensions(Supplier<LicenseStanding> license, Trunks trunks) {
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
        .suspend(suspended)
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
