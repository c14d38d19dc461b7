package kz.qonyrau.console;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import kz.qonyrau.promotions.Promotions;
import kz.qonyrau.promotions.PublishedRecording;
import kz.qonyrau.promotions.WithdrawalResult;
import kz.qonyrau.vocabulary.CallId;
import kz.qonyrau.web.Answer;
import kz.qonyrau.web.Asked;
import kz.qonyrau.web.Desk;
import kz.qonyrau.web.Problem;
import kz.qonyrau.wire.PromotedRecording;
import kz.qonyrau.wire.PromotionOutlet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Which recordings the provider publishes, and the withdrawal of the consent to it (SH-NOT-11,
/// AC-REC-06).
final class PromotionRoutes {

  private static final Logger log = LoggerFactory.getLogger(PromotionRoutes.class);

  private record PublicationView(
      PromotionOutlet outlet, String place, Instant at, Optional<Instant> removedAt) {}

  private record PromotionView(
      String id,
      String callId,
      String chat,
      long message,
      Instant consentedAt,
      List<PromotionOutlet> allowed,
      PublishedRecording.State state,
      Optional<Instant> askedAt,
      Optional<String> askedBy,
      Optional<Instant> withdrawnAt,
      Optional<Instant> removalDue,
      List<PublicationView> publications) {}

  private final Promotions promotions;

  PromotionRoutes(Promotions promotions) {
    this.promotions = promotions;
  }

  Desk on(Desk desk) {
    return desk.on("promotions", this::list).on("withdrawPromotion", this::withdraw);
  }

  private Answer list(Asked asked) {
    List<PublishedRecording> found =
        asked.text("callId").isPresent()
            ? promotions.of(asked.id("callId", CallId::new)).await()
            : promotions.newest().await();
    return Answer.ok(found.stream().map(PromotionRoutes::view).toList());
  }

  private Answer withdraw(Asked asked) {
    String id = asked.id("promotionId", UUID::fromString).toString();
    return switch (promotions.withdraw(id, asked.person().login()).await()) {
      case WithdrawalResult.Asked(PublishedRecording recording) -> {
        log.atInfo()
            .addKeyValue("person", asked.person().loggable())
            .addKeyValue("call", recording.told().call())
            .log("the consent to publish a recording was withdrawn");
        yield Answer.ok(view(recording));
      }
      case WithdrawalResult.Withdrawn _ ->
          throw Problem.conflict(
              "ALREADY_WITHDRAWN", "The provider knows that it was withdrawn. Reload.");
      case WithdrawalResult.NoSuchConsent _ -> throw Problem.notFound("consent");
    };
  }

  private static PromotionView view(PublishedRecording one) {
    PromotedRecording told = one.told();
    return new PromotionView(
        told.id(),
        told.call().value(),
        told.message().chat(),
        told.message().id(),
        told.consentedAt(),
        told.allowed().stream().sorted().toList(),
        one.state(),
        one.request().map(PublishedRecording.Request::at),
        one.request().map(PublishedRecording.Request::by),
        told.withdrawal().map(PromotedRecording.Withdrawal::at),
        told.withdrawal().map(PromotedRecording.Withdrawal::due),
        told.publications().stream()
            .map(each ->
                new PublicationView(each.outlet(), each.place(), each.at(), each.removedAt()))
            .toList());
  }
}
