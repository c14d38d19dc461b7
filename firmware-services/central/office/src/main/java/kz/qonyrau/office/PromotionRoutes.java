package kz.qonyrau.office;

import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kz.qonyrau.cases.Promotion;
import kz.qonyrau.cases.PromotionResult;
import kz.qonyrau.cases.PromotionState;
import kz.qonyrau.cases.Promotions;
import kz.qonyrau.fleet.Box;
import kz.qonyrau.fleet.Fleet;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.vocabulary.CallId;
import kz.qonyrau.vocabulary.OrganisationId;
import kz.qonyrau.web.Answer;
import kz.qonyrau.web.Asked;
import kz.qonyrau.web.Desk;
import kz.qonyrau.web.Problem;
import kz.qonyrau.wire.PromotedRecording;
import kz.qonyrau.wire.PromotionOutlet;

/// Recordings of customers that the provider publishes, and by which consent (SH-NOT-11).
final class PromotionRoutes {

  private final Promotions promotions;
  private final Fleet fleet;
  private final InstantSource clock;

  PromotionRoutes(Promotions promotions, Fleet fleet, InstantSource clock) {
    this.promotions = promotions;
    this.fleet = fleet;
    this.clock = clock;
  }

  void putOn(Desk desk) {
    var _ =
        desk.on("promotions", this::page)
            .on("enterPromotion", this::enter)
            .on("promotion", this::promotion)
            .on("publishPromotion", this::publish)
            .on("withdrawPromotion", this::withdraw)
            .on("removePublication", this::remove)
            .on("promotionBoxes", this::boxes);
  }

  // ---- what is asked and answered

  private record ConsentForm(
      String boxId,
      String callId,
      String chat,
      long message,
      Instant givenAt,
      String givenBy,
      List<String> allowed) {

    Promotion.Consent consent() {
      Set<PromotionOutlet> outlets = EnumSet.noneOf(PromotionOutlet.class);
      allowed.forEach(name -> outlets.add(PromotionOutlet.valueOf(name)));
      return new Promotion.Consent(
          new BoxId(boxId),
          new CallId(callId),
          new PromotedRecording.TelegramMessage(chat, message),
          givenAt,
          givenBy.strip(),
          outlets);
    }
  }

  private record PublicationForm(String outlet, String place, Instant at) {}

  private record WithdrawalForm(String askedBy, Instant askedAt) {}

  private record RemovalForm(Instant at) {}

  private record CustomerJson(String id, String name) {}

  private record BoxJson(String id, String site) {}

  private record WithdrawalJson(
      Instant from, String by, Optional<String> enteredBy, Instant at, Instant due) {}

  private record PublicationJson(
      String id,
      String outlet,
      String place,
      Instant at,
      String enteredBy,
      Optional<Instant> removedAt,
      Optional<String> removedBy) {}

  private record PromotionJson(
      String id,
      CustomerJson customer,
      BoxJson box,
      String callId,
      String chat,
      long message,
      Instant givenAt,
      String givenBy,
      List<String> allowed,
      String enteredBy,
      Instant enteredAt,
      String state,
      boolean overdue,
      Optional<WithdrawalJson> withdrawal,
      List<PublicationJson> publications) {}

  private record PageJson(long total, List<PromotionJson> items) {}

  // ---- operations

  private Answer page(Asked asked) {
    Optional<OrganisationId> organisation =
        asked.text("organisationId").map(_ -> asked.id("organisationId", OrganisationId::new));
    Promotions.Page page =
        promotions
            .page(
                asked.text("state").map(PromotionState::valueOf),
                organisation,
                asked.whole("page", 0),
                asked.whole("size", 50))
            .await();
    Function<BoxId, Optional<Box>> known = known();
    return Answer.ok(
        new PageJson(
            page.total(), page.promotions().stream().map(one -> json(one, known)).toList()));
  }

  private Answer enter(Asked asked) {
    Promotion.Consent consent = asked.body(ConsentForm.class).consent();
    return Answer.created(
        json(done(promotions.enter(consent, asked.person().login()).await(), "givenAt")));
  }

  private Answer promotion(Asked asked) {
    return Answer.ok(
        json(
            promotions
                .find(id(asked, "promotionId"))
                .await()
                .orElseThrow(() -> Problem.notFound("consent"))));
  }

  private Answer publish(Asked asked) {
    PublicationForm form = asked.body(PublicationForm.class);
    Promotions.PublicationOrder order =
        new Promotions.PublicationOrder(
            PromotionOutlet.valueOf(form.outlet()), form.place().strip(), form.at());
    return Answer.ok(
        json(
            done(
                promotions.publish(id(asked, "promotionId"), order, asked.person().login()).await(),
                "at")));
  }

  private Answer withdraw(Asked asked) {
    WithdrawalForm form = asked.body(WithdrawalForm.class);
    return Answer.ok(
        json(
            done(
                promotions
                    .withdraw(
                        id(asked, "promotionId"),
                        form.askedBy().strip(),
                        form.askedAt(),
                        asked.person().login())
                    .await(),
                "askedAt")));
  }

  private Answer remove(Asked asked) {
    return Answer.ok(
        json(
            done(
                promotions
                    .remove(
                        id(asked, "promotionId"),
                        id(asked, "publicationId"),
                        asked.body(RemovalForm.class).at(),
                        asked.person().login())
                    .await(),
                "at")));
  }

  /// The boxes of one customer: whoever handles cases sees no more of the fleet.
  private Answer boxes(Asked asked) {
    String organisation = asked.text("organisationId").orElseThrow();
    return Answer.ok(
        fleet.views().boxes().await().stream()
            .filter(box -> box.organisationId().value().equals(organisation))
            .map(box -> new BoxJson(box.id().value(), box.site()))
            .toList());
  }

  // ---- forms

  /// @param time the field that is wrong if a time is
  private static Promotion done(PromotionResult result, String time) {
    return switch (result) {
      case PromotionResult.Done(Promotion promotion) -> promotion;
      case PromotionResult.Refused(PromotionResult.Refusal why) -> throw refusal(why, time);
    };
  }

  private static Problem refusal(PromotionResult.Refusal why, String time) {
    return switch (why) {
      case NO_SUCH_PROMOTION -> Problem.notFound("consent");
      case NO_SUCH_PUBLICATION -> Problem.notFound("publication");
      case NO_SUCH_BOX -> Problem.unprocessable("BOX_UNKNOWN", "boxId: there is no such box.");
      case IN_THE_FUTURE -> Problem.unprocessable("IN_THE_FUTURE", time + ": is later than now.");
      case BEFORE_THE_CONSENT ->
          Problem.unprocessable("BEFORE_THE_CONSENT", time + ": is before the consent was given.");
      case BEFORE_THE_PUBLICATION ->
          Problem.unprocessable("BEFORE_THE_PUBLICATION", time + ": is before it was published.");
      case BEYOND_THE_CONSENT ->
          Problem.unprocessable(
              "BEYOND_THE_CONSENT", "outlet: the customer did not consent to this kind of place.");
      case MESSAGE_TAKEN ->
          Problem.conflict(
              "MESSAGE_TAKEN",
              "message: gave consent to something else. One message is for one recording only;"
                  + " ask the customer for another one.");
      case CONSENT_STANDS ->
          Problem.conflict(
              "CONSENT_STANDS",
              "callId: another consent to publish this recording stands. Use that one.");
      case WITHDRAWN ->
          Problem.conflict(
              "WITHDRAWN",
              "The consent was withdrawn, which is for good. Publish nothing; take down what is"
                  + " published; ask the customer for a new message.");
      case PUBLISHED_THERE ->
          Problem.conflict(
              "PUBLISHED_THERE", "place: it is published there already, or was not noted removed.");
      case TOO_MANY_PUBLICATIONS ->
          Problem.conflict(
              "TOO_MANY_PUBLICATIONS",
              "One consent serves "
                  + PromotedRecording.MOST_PUBLICATIONS
                  + " publications. Ask the customer for a new one.");
      case BOX_FULL ->
          Problem.conflict(
              "BOX_FULL",
              "This box has as many recordings in promotion as it can be told of. End others"
                  + " first, or name shorter places.");
    };
  }

  private Function<BoxId, Optional<Box>> known() {
    var boxes =
        fleet.views().boxes().await().stream().collect(Collectors.toMap(Box::id, box -> box));
    return id -> Optional.ofNullable(boxes.get(id));
  }

  private PromotionJson json(Promotion promotion) {
    Optional<Box> box = fleet.views().box(promotion.consent().box()).await();
    return json(promotion, _ -> box);
  }

  private PromotionJson json(Promotion promotion, Function<BoxId, Optional<Box>> known) {
    Promotion.Consent consent = promotion.consent();
    Optional<Box> box = known.apply(consent.box());
    return new PromotionJson(
        promotion.id(),
        new CustomerJson(promotion.organisation().value(), box.map(Box::organisation).orElse("")),
        new BoxJson(consent.box().value(), box.map(Box::site).orElse("")),
        consent.call().value(),
        consent.message().chat(),
        consent.message().id(),
        consent.givenAt(),
        consent.givenBy(),
        Stream.of(PromotionOutlet.values())
            .filter(consent.allowed()::contains)
            .map(PromotionOutlet::name)
            .toList(),
        promotion.enteredBy(),
        promotion.enteredAt(),
        promotion.state().name(),
        promotion.isOverdue(clock.instant()),
        promotion.withdrawal().map(PromotionRoutes::json),
        promotion.publications().stream().map(PromotionRoutes::json).toList());
  }

  private static WithdrawalJson json(Promotion.Withdrawal withdrawal) {
    return new WithdrawalJson(
        withdrawal.from(),
        withdrawal.by(),
        Optional.of(withdrawal.enteredBy()).filter(login -> !login.isEmpty()),
        withdrawal.at(),
        withdrawal.due());
  }

  private static PublicationJson json(Promotion.Publication publication) {
    return new PublicationJson(
        publication.id(),
        publication.outlet().name(),
        publication.place(),
        publication.at(),
        publication.enteredBy(),
        publication.removal().map(Promotion.Removal::at),
        publication.removal().map(Promotion.Removal::by));
  }

  private static String id(Asked asked, String name) {
    return asked.id(name, text -> UUID.fromString(text).toString());
  }
}
