package kz.qonyrau.office;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import kz.qonyrau.fleet.CreditResult;
import kz.qonyrau.fleet.Fleet;
import kz.qonyrau.fleet.LicenseResult;
import kz.qonyrau.fleet.LicenseTerms;
import kz.qonyrau.fleet.RevocationResult;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.vocabulary.Tenge;
import kz.qonyrau.web.Answer;
import kz.qonyrau.web.Asked;
import kz.qonyrau.web.Desk;
import kz.qonyrau.web.Problem;
import kz.qonyrau.wire.LicenseLimits;

/// What is done to a box: credit, license, revocation.
final class BoxRoutes {

  private final Fleet fleet;

  BoxRoutes(Fleet fleet) {
    this.fleet = fleet;
  }

  void putOn(Desk desk) {
    var _ =
        desk.on("creditBox", this::credit)
            .on("issueLicense", this::license)
            .on("revokeBox", this::revoke);
  }

  private record CreditOrder(long amountTiyn, String key, String reason) {}

  private record LicenseOrder(
      Instant expires, List<String> modules, int channels, int callsPerMinute) {}

  private record Revocation(String reason) {}

  private Answer credit(Asked asked) {
    BoxId box = asked.id("boxId", BoxId::new);
    CreditOrder order = asked.body(CreditOrder.class);
    CreditResult result =
        fleet
            .grant(
                box,
                new Tenge(order.amountTiyn()),
                order.key(),
                order.reason(),
                asked.person().login())
            .await();
    return switch (result) {
      case CreditResult.Granted _, CreditResult.AlreadyGranted _ -> now(box);
      case CreditResult.KeyTaken _ ->
          throw Problem.unprocessable(
              "KEY_TAKEN", "This key was used for another credit. Choose a new one.");
      case CreditResult.NoSuchBox _ -> throw Problem.notFound("box");
    };
  }

  private Answer license(Asked asked) {
    BoxId box = asked.id("boxId", BoxId::new);
    LicenseOrder order = asked.body(LicenseOrder.class);
    LicenseResult result =
        fleet
            .issueLicense(
                box,
                new LicenseTerms(
                    order.expires(),
                    Set.copyOf(order.modules()),
                    new LicenseLimits(order.channels(), order.callsPerMinute())),
                asked.person().login())
            .await();
    return switch (result) {
      case LicenseResult.Issued _ -> now(box);
      case LicenseResult.NoSuchBox _ -> throw Problem.notFound("box");
      case LicenseResult.Refused(String why) ->
          throw Problem.unprocessable("LICENSE_TERMS", "These terms cannot stand: " + why);
    };
  }

  private Answer revoke(Asked asked) {
    BoxId box = asked.id("boxId", BoxId::new);
    RevocationResult result =
        fleet.revoke(box, asked.body(Revocation.class).reason(), asked.person().login()).await();
    return switch (result) {
      case RevocationResult.Revoked _ -> now(box);
      case RevocationResult.AlreadyRevoked _ ->
          throw Problem.conflict("ALREADY_REVOKED", "The box's certificate is refused already.");
      case RevocationResult.NoSuchBox _ -> throw Problem.notFound("box");
    };
  }

  private Answer now(BoxId box) {
    return Answer.ok(BoxJson.of(fleet.box(box).await().orElseThrow(() -> Problem.notFound("box"))));
  }
}
