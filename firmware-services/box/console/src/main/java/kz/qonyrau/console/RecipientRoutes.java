package kz.qonyrau.console;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import kz.qonyrau.campaigns.Campaigns;
import kz.qonyrau.campaigns.Exclusion;
import kz.qonyrau.campaigns.Page;
import kz.qonyrau.campaigns.Recipient;
import kz.qonyrau.vocabulary.CallOutcome;
import kz.qonyrau.vocabulary.CampaignId;
import kz.qonyrau.web.Answer;
import kz.qonyrau.web.Asked;
import kz.qonyrau.web.Desk;
import kz.qonyrau.web.Problem;

/// Everybody whom a campaign was to reach, and what became of each.
final class RecipientRoutes {

  private record CallView(
      String callId, Instant startedAt, Optional<CallOutcome> outcome, boolean byMachine) {}

  private record RecipientView(
      String number,
      Recipient.State state,
      Optional<CallOutcome> outcome,
      Optional<Exclusion> exclusion,
      Optional<Instant> dueAt,
      List<CallView> calls) {}

  private record PageView(long total, List<RecipientView> items) {}

  private final Campaigns campaigns;

  RecipientRoutes(Campaigns campaigns) {
    this.campaigns = campaigns;
  }

  Desk on(Desk desk) {
    return desk.on("recipients", this::recipients);
  }

  private Answer recipients(Asked asked) {
    Page<Recipient> page =
        campaigns
            .recipients(
                asked.id("campaignId", CampaignId::new),
                asked.text("state").map(Recipient.State::valueOf),
                asked.text("search").orElse(""),
                asked.whole("page", 0),
                asked.whole("size", 50))
            .await()
            .orElseThrow(() -> Problem.notFound("campaign"));
    return Answer.ok(
        new PageView(page.total(), page.items().stream().map(RecipientRoutes::view).toList()));
  }

  private static RecipientView view(Recipient one) {
    return new RecipientView(
        one.number().e164(),
        one.state(),
        one.outcome(),
        one.exclusion(),
        one.due(),
        one.calls().stream()
            .map(call ->
                new CallView(
                    call.call().value(), call.startedAt(), call.outcome(), call.byMachine()))
            .toList());
  }
}
