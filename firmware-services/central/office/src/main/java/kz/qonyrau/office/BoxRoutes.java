package kz.qonyrau.office;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import kz.qonyrau.fleet.Fleet;
import kz.qonyrau.fleet.Leases;
import kz.qonyrau.fleet.LegalHolds;
import kz.qonyrau.fleet.LicenseResult;
import kz.qonyrau.fleet.LicenseTerms;
import kz.qonyrau.fleet.OpenSuspension;
import kz.qonyrau.fleet.RevocationResult;
import kz.qonyrau.fleet.SuspensionGround;
import kz.qonyrau.fleet.Suspensions;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.vocabulary.Tenge;
import kz.qonyrau.web.Answer;
import kz.qonyrau.web.Asked;
import kz.qonyrau.web.Desk;
import kz.qonyrau.web.Problem;
import kz.qonyrau.wire.HeldDays;
import kz.qonyrau.wire.LicenseLimits;
import kz.qonyrau.wire.SuspensionScope;

/// What is done to a box: lease, license, suspension, revocation.
final class BoxRoutes {

  private final Fleet fleet;

  BoxRoutes(Fleet fleet) {
    this.fleet = fleet;
  }

  void putOn(Desk desk) {
    var _ =
        desk.on("setLease", this::lease)
            .on("revokeLease", this::revokeLease)
            .on("suspendBox", this::suspend)
            .on("restoreBox", this::restore)
            .on("openSuspensions", _ -> suspensions())
            .on("issueLicense", this::license)
            .on("revokeBox", this::revoke)
            .on("putOnHold", this::putOnHold)
            .on("liftHold", this::liftHold);
  }

  private record LeaseOrder(long targetTiyn, String reason) {}

  /// Days of Astana; both or none.
  private record HoldOrder(String reason, Optional<LocalDate> from, Optional<LocalDate> to) {

    Optional<HeldDays> days() {
      if (from.isPresent() != to.isPresent()) {
        throw badDay(from.isPresent() ? "to" : "from", "Give both days, or none of them.");
      }
      if (from.isPresent() && to.get().isBefore(from.get())) {
        throw badDay("to", "The last day is not before the first.");
      }
      return from.map(first -> new HeldDays(first, to.get()));
    }

    private static Problem badDay(String field, String fix) {
      return Problem.unprocessable(
          "INVALID_HOLD",
          field + " is wrong.",
          List.of(new Problem.Field(field, "INVALID_HOLD", fix)));
    }
  }

  private record SuspensionOrder(
      Optional<String> module, Optional<String> trunk, String ground, String note) {}

  private record RestorationOrder(Optional<String> module, Optional<String> trunk, String note) {}

  private record OpenSuspensionJson(
      String boxId,
      String organisation,
      String site,
      Optional<String> module,
      Optional<String> trunk,
      String name,
      String ground,
      String note,
      Instant since,
      String by) {

    static OpenSuspensionJson of(OpenSuspension one) {
      return new OpenSuspensionJson(
          one.box().value(),
          one.organisation(),
          one.site(),
          one.scope().module(),
          one.scope().trunk(),
          one.name(),
          one.ground().name(),
          one.note(),
          one.since(),
          one.by());
    }
  }

  private record LicenseOrder(
      Instant expires, List<String> modules, int channels, int callsPerMinute) {}

  private record Reason(String reason) {}

  private Answer lease(Asked asked) {
    BoxId box = asked.id("boxId", BoxId::new);
    LeaseOrder order = asked.body(LeaseOrder.class);
    return done(
        box,
        fleet
            .leases()
            .setTarget(box, new Tenge(order.targetTiyn()), order.reason(), asked.person().login())
            .await());
  }

  private Answer revokeLease(Asked asked) {
    BoxId box = asked.id("boxId", BoxId::new);
    Reason order = asked.body(Reason.class);
    return done(box, fleet.leases().revoke(box, order.reason(), asked.person().login()).await());
  }

  private Answer done(BoxId box, Leases.Result result) {
    return switch (result) {
      case Leases.Result.Done _ -> now(box);
      case Leases.Result.NoSuchBox _ -> throw Problem.notFound("box");
      case Leases.Result.BoxRefused _ -> throw refused();
    };
  }

  private static Problem refused() {
    return Problem.conflict("BOX_REFUSED", "The box's certificate is refused; nothing reaches it.");
  }

  private Answer suspend(Asked asked) {
    BoxId box = asked.id("boxId", BoxId::new);
    SuspensionOrder order = asked.body(SuspensionOrder.class);
    return done(
        box,
        fleet
            .suspensions()
            .suspend(
                box,
                scope(order.module(), order.trunk()),
                SuspensionGround.valueOf(order.ground()),
                order.note(),
                asked.person().login())
            .await());
  }

  private Answer restore(Asked asked) {
    BoxId box = asked.id("boxId", BoxId::new);
    RestorationOrder order = asked.body(RestorationOrder.class);
    return done(
        box,
        fleet
            .suspensions()
            .restore(
                box, scope(order.module(), order.trunk()), order.note(), asked.person().login())
            .await());
  }

  private static SuspensionScope scope(Optional<String> module, Optional<String> trunk) {
    if (module.isPresent() && trunk.isPresent()) {
      throw Problem.invalid(
          List.of(new Problem.Field("trunk", "CONFLICT", "Name a module or a trunk, not both.")));
    }
    return SuspensionScope.of(module, trunk);
  }

  private Answer suspensions() {
    return Answer.ok(
        fleet.suspensions().open().await().stream().map(OpenSuspensionJson::of).toList());
  }

  private Answer done(BoxId box, Suspensions.Result result) {
    return switch (result) {
      case Suspensions.Result.Done _ -> now(box);
      case Suspensions.Result.NoSuchBox _ -> throw Problem.notFound("box");
      case Suspensions.Result.Unchanged _ ->
          throw Problem.conflict(
              "SUSPENSION_UNCHANGED",
              "This is suspended already, or there is nothing of the kind to lift.");
      case Suspensions.Result.NoSuchTrunk _ -> throw Problem.notFound("trunk");
      case Suspensions.Result.Refused(String why) ->
          throw Problem.unprocessable("SUSPENSION_REFUSED", "The license cannot say so: " + why);
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
        fleet.revoke(box, asked.body(Reason.class).reason(), asked.person().login()).await();
    return switch (result) {
      case RevocationResult.Revoked _ -> now(box);
      case RevocationResult.AlreadyRevoked _ ->
          throw Problem.conflict("ALREADY_REVOKED", "The box's certificate is refused already.");
      case RevocationResult.NoSuchBox _ -> throw Problem.notFound("box");
    };
  }

  private Answer putOnHold(Asked asked) {
    BoxId box = asked.id("boxId", BoxId::new);
    HoldOrder order = asked.body(HoldOrder.class);
    return held(
        box,
        fleet.legalHolds().put(box, order.days(), order.reason(), asked.person().login()).await());
  }

  private Answer liftHold(Asked asked) {
    BoxId box = asked.id("boxId", BoxId::new);
    String hold = asked.id("holdId", UUID::fromString).toString();
    String why = asked.body(Reason.class).reason();
    return held(box, fleet.legalHolds().lift(box, hold, why, asked.person().login()).await());
  }

  private Answer held(BoxId box, LegalHolds.Result result) {
    return switch (result) {
      case LegalHolds.Result.Done _ -> now(box);
      case LegalHolds.Result.NoSuchBox _ -> throw Problem.notFound("box");
      case LegalHolds.Result.NoSuchHold _ -> throw Problem.notFound("legal hold");
      case LegalHolds.Result.TooMany(int most) ->
          throw Problem.conflict(
              "TOO_MANY_HOLDS",
              "A box has at most " + most + " legal holds. Lift one, or put one on everything.");
    };
  }

  private Answer now(BoxId box) {
    return Answer.ok(
        BoxJson.of(fleet.views().box(box).await().orElseThrow(() -> Problem.notFound("box"))));
  }
}
