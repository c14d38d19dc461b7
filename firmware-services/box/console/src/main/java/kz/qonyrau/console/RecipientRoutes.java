package kz.qonyrau.console;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import kz.qonyrau.campaigns.Campaigns;
import kz.qonyrau.campaigns.Exclusion;
import kz.qonyrau.campaigns.Idle;
import kz.qonyrau.campaigns.Page;
import kz.qonyrau.campaigns.Reason;
import kz.qonyrau.campaigns.Recipient;
import kz.qonyrau.campaigns.Standing;
import kz.qonyrau.vocabulary.CallOutcome;
import kz.qonyrau.vocabulary.CampaignId;
import kz.qonyrau.vocabulary.Msisdn;
import kz.qonyrau.web.Answer;
import kz.qonyrau.web.Asked;
import kz.qonyrau.web.Desk;
import kz.qonyrau.web.Problem;

/// Everybody whom a campaign was to reach, and what became of each.
final class RecipientRoutes {

  private record CallView(
      String callId,
      String number,
      Instant startedAt,
      Optional<CallOutcome> outcome,
      boolean byMachine) {}

  private record RecipientView(
      String number,
      List<String> otherNumbers,
      String dials,
      Recipient.State state,
      Optional<CallOutcome> outcome,
      Optional<Exclusion> exclusion,
      Optional<Instant> dueAt,
      Reason reason,
      Optional<Instant> reasonUntil,
      List<CallView> calls) {}

  private record PageView(long total, List<RecipientView> items) {}

  private final Campaigns campaigns;
  private final Function<CampaignId, Standing> standing;

  RecipientRoutes(Campaigns campaigns, Function<CampaignId, Standing> standing) {
    this.campaigns = campaigns;
    this.standing = standing;
  }

  Desk on(Desk desk) {
    return desk.on("recipients", this::recipients).on("breakdown", this::breakdown);
  }

  private Answer breakdown(Asked asked) {
    CampaignId id = asked.id("campaignId", CampaignId::new);
    return Answer.ok(
        campaigns
            .breakdown(id, standing.apply(id))
            .await()
            .map(BreakdownView::of)
            .orElseThrow(() -> Problem.notFound("started campaign")));
  }

  private Answer recipients(Asked asked) {
    CampaignId id = asked.id("campaignId", CampaignId::new);
    Page<Recipient> page =
        campaigns
            .recipients(
                id,
                asked.text("state").map(Recipient.State::valueOf),
                asked.text("search").orElse(""),
                asked.whole("page", 0),
                asked.whole("size", 50))
            .await()
            .orElseThrow(() -> Problem.notFound("campaign"));
    Idle idle = standing.apply(id).idle();
    return Answer.ok(
        new PageView(page.total(), page.items().stream().map(one -> view(one, idle)).toList()));
  }

  private static RecipientView view(Recipient one, Idle idle) {
    Reason reason = Reason.of(one, idle.reason());
    return new RecipientView(
        one.number().e164(),
        one.others().stream().map(Msisdn::e164).toList(),
        one.dials().e164(),
        one.state(),
        one.outcome(),
        one.exclusion(),
        one.due(),
        reason,
        until(one, reason, idle),
        one.calls().stream()
            .map(call ->
                new CallView(
                    call.call().value(),
                    call.number().e164(),
                    call.startedAt(),
                    call.outcome(),
                    call.byMachine()))
            .toList());
  }

  private static Optional<Instant> until(Recipient one, Reason reason, Idle idle) {
    return switch (one.state()) {
      case WAITING, CAPPED -> one.due();
      case PENDING ->
          switch (reason) {
            case NUMBER_RESTING -> one.rests();
            case IN_TURN -> Optional.empty();
            default -> idle.until();
          };
      case ACTIVE, DONE, EXCLUDED, NOT_CALLED -> Optional.empty();
    };
  }
}
