package kz.qonyrau.appliance;

import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import kz.qonyrau.campaigns.Campaigns;
import kz.qonyrau.vocabulary.CampaignId;
import kz.qonyrau.wire.LicenseStanding;
import kz.qonyrau.wire.Suspension;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Suspends the campaigns while the license says so, and lets go of them after that (SH-SUS-01, 02,
/// 07). The gate stops dialling by itself and at once; here it becomes the campaigns' state, which
/// only a person's resume ends where a window is open (EX-SUS-2).
final class SuspensionWatch {

  private static final Logger log = LoggerFactory.getLogger(SuspensionWatch.class);
  private static final String BY = "central";
  private static final int LONGEST_REASON = 500;

  private final Supplier<LicenseStanding> license;
  private final Campaigns campaigns;

  SuspensionWatch(Supplier<LicenseStanding> license, Campaigns campaigns) {
    this.license = license;
    this.campaigns = campaigns;
  }

  /// Brings the campaigns to what the license says now. Repeating it changes nothing. A license
  /// that is not in force neither suspends nor lifts.
  Future<Void> look() {
    LicenseStanding standing = license.get();
    Optional<Suspension> suspension = standing.suspension(BoxGate.MODULE);
    if (suspension.isPresent()) {
      return campaigns
          .suspendAll(BY, reason(suspension.get()))
          .onSuccess(moved -> tell("campaigns are suspended", moved))
          .mapEmpty();
    }
    if (!standing.mayWork()) {
      return Future.succeededFuture();
    }
    return campaigns
        .liftSuspension(BY, "the suspension is lifted")
        .onSuccess(moved -> tell("campaigns are not suspended any more", moved))
        .mapEmpty();
  }

  /// As [#look], for whatever was started while the account is suspended.
  void onCampaign() {
    if (license.get().suspension(BoxGate.MODULE).isPresent()) {
      look().onFailure(failure -> log.atError().setCause(failure).log("cannot suspend campaigns"));
    }
  }

  private static String reason(Suspension suspension) {
    String reason = suspension.ground() + ": " + suspension.note();
    return reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON);
  }

  private static void tell(String what, List<CampaignId> moved) {
    if (!moved.isEmpty()) {
      log.atWarn().addKeyValue("count", moved.size()).log(what);
    }
  }
}
