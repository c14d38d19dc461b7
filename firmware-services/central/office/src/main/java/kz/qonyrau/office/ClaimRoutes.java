package kz.qonyrau.office;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import kz.qonyrau.fleet.Claim;
import kz.qonyrau.fleet.ClaimOrder;
import kz.qonyrau.fleet.Fleet;
import kz.qonyrau.fleet.IssuedClaim;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.vocabulary.Tenge;
import kz.qonyrau.web.Answer;
import kz.qonyrau.web.Asked;
import kz.qonyrau.web.Desk;

/// The tickets with which new boxes are admitted.
final class ClaimRoutes {

  private static final int VALID_HOURS = 72;

  private final Fleet fleet;

  ClaimRoutes(Fleet fleet) {
    this.fleet = fleet;
  }

  void putOn(Desk desk) {
    var _ = desk.on("claims", _ -> claims()).on("createClaim", this::create);
  }

  private record Order(
      String organisation, String site, OptionalInt validHours, OptionalLong leaseTiyn) {}

  private record ClaimJson(
      String id,
      String organisation,
      String site,
      Instant createdAt,
      Instant expires,
      String state,
      Optional<String> boxId) {

    static ClaimJson of(Claim claim) {
      return new ClaimJson(
          claim.id(),
          claim.organisation(),
          claim.site(),
          claim.createdAt(),
          claim.expires(),
          claim.state().name(),
          claim.box().map(BoxId::value));
    }
  }

  private record TicketJson(ClaimJson claim, String ticket) {}

  private Answer claims() {
    return Answer.ok(fleet.claims().await().stream().map(ClaimJson::of).toList());
  }

  private Answer create(Asked asked) {
    Order order = asked.body(Order.class);
    IssuedClaim issued =
        fleet
            .issueClaim(
                new ClaimOrder(
                    order.organisation(),
                    order.site(),
                    Duration.ofHours(order.validHours().orElse(VALID_HOURS)),
                    order.leaseTiyn().isPresent()
                        ? Optional.of(new Tenge(order.leaseTiyn().getAsLong()))
                        : Optional.empty(),
                    asked.person().login()))
            .await();
    return Answer.created(new TicketJson(ClaimJson.of(issued.claim()), issued.ticket().text()));
  }
}
