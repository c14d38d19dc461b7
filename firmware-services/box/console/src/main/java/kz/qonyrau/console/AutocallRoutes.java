package kz.qonyrau.console;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import kz.qonyrau.calls.Calls;
import kz.qonyrau.campaigns.Campaign;
import kz.qonyrau.campaigns.CampaignState;
import kz.qonyrau.campaigns.Campaigns;
import kz.qonyrau.integrations.CampaignNumbers;
import kz.qonyrau.integrations.CampaignNumbers.Numbered;
import kz.qonyrau.tariffs.Tariff;
import kz.qonyrau.vocabulary.AstanaTime;
import kz.qonyrau.vocabulary.CampaignId;
import kz.qonyrau.vocabulary.Tenge;
import kz.qonyrau.web.Answer;
import kz.qonyrau.web.Asked;
import kz.qonyrau.web.Desk;
import kz.qonyrau.web.Problem;
import org.jspecify.annotations.Nullable;

/// Voice campaigns for programs that were written for AutoCall: the same paths, bodies, dates, sums
/// and pages (SH-API-01).
final class AutocallRoutes {

  private static final int PER_PAGE = 15;
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

  private record View(
      long id,
      String name,
      @JsonProperty("created_at") String createdAt,
      @JsonProperty("max_cost") BigDecimal maxCost,
      @JsonProperty("final_cost") BigDecimal finalCost,
      String status,
      long recipients,
      @JsonProperty("campaign_id") String campaignId) {}

  private final Campaigns campaigns;
  private final Calls calls;
  private final CampaignNumbers numbers;
  private final AutocallOrders orders;
  private final Supplier<Tariff> tariff;

  AutocallRoutes(
      Campaigns campaigns,
      Calls calls,
      CampaignNumbers numbers,
      AutocallOrders orders,
      Supplier<Tariff> tariff) {
    this.campaigns = campaigns;
    this.calls = calls;
    this.numbers = numbers;
    this.orders = orders;
    this.tariff = tariff;
  }

  Desk on(Desk desk) {
    return desk.on("autocalls", this::page)
        .on("autocall", this::one)
        .on("orderAutocall", this::order)
        .on("tariffsForAll", _ -> Answer.ok(PublicTariffs.of(tariff.get())));
  }

  private Answer order(Asked asked) {
    Campaign started = orders.place(asked);
    Numbered number = number(started);
    return Answer.created(view(number, started));
  }

  private Answer one(Asked asked) {
    long id = asked.whole("id").orElseThrow();
    Numbered number = numbers.find(id).await().orElseThrow(() -> Problem.notFound("campaign"));
    Campaign campaign =
        campaigns.find(number.campaign()).await().orElseThrow(() -> Problem.notFound("campaign"));
    return Answer.ok(view(number, campaign));
  }

  private Answer page(Asked asked) {
    int page = asked.whole("page", 1);
    Map<CampaignId, Campaign> started =
        campaigns.all().await().stream()
            .filter(campaign -> campaign.startedAt().isPresent())
            .collect(
                Collectors.toMap(
                    Campaign::id, campaign -> campaign, (one, _) -> one, LinkedHashMap::new));
    List<Numbered> all =
        numbered(started).stream()
            .sorted(Comparator.comparingLong(Numbered::number).reversed())
            .toList();
    int from = Math.min(all.size(), Math.multiplyExact(page - 1, PER_PAGE));
    List<Numbered> shown = all.subList(from, Math.min(all.size(), from + PER_PAGE));
    int last = Math.max(1, Math.ceilDiv(all.size(), PER_PAGE));
    String path = asked.origin() + "/api/v1/autocalls";
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    body.put("current_page", page);
    body.put(
        "data",
        shown.stream()
            .map(number ->
                view(number, Optional.ofNullable(started.get(number.campaign())).orElseThrow()))
            .toList());
    body.put("first_page_url", path + "?page=1");
    body.put("from", shown.isEmpty() ? null : from + 1);
    body.put("last_page", last);
    body.put("last_page_url", path + "?page=" + last);
    body.put("next_page_url", page < last ? path + "?page=" + (page + 1) : null);
    body.put("path", path);
    body.put("per_page", PER_PAGE);
    body.put("prev_page_url", page > 1 ? path + "?page=" + (page - 1) : null);
    body.put("to", shown.isEmpty() ? null : from + shown.size());
    body.put("total", all.size());
    return Answer.ok(body);
  }

  /// The numbers of started campaigns. Those that were started on the pages get theirs when
  /// somebody first asks, in the order in which they were made.
  private List<Numbered> numbered(Map<CampaignId, Campaign> started) {
    Map<CampaignId, Numbered> known = numbers.all().await();
    return started.values().stream()
        .sorted(Comparator.comparing(Campaign::createdAt))
        .map(campaign ->
            Optional.ofNullable(known.get(campaign.id())).orElseGet(() -> number(campaign)))
        .toList();
  }

  private Numbered number(Campaign campaign) {
    return numbers.give(campaign.id(), orders.mostCost(campaign)).await();
  }

  private View view(Numbered number, Campaign campaign) {
    boolean over = campaign.state().isOver() && campaign.progress().active() == 0;
    Tenge cost = over ? calls.costOf(campaign.id()).await() : Tenge.ZERO;
    return new View(
        number.number(),
        campaign.order().name(),
        moment(campaign.createdAt()),
        tenge(number.maxCost()),
        tenge(cost),
        status(campaign.state()),
        campaign.progress().recipients(),
        campaign.id().value());
  }

  private static String status(CampaignState state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  static BigDecimal tenge(Tenge amount) {
    return BigDecimal.valueOf(amount.tiyn(), 2);
  }

  static String moment(Instant at) {
    return AstanaTime.at(at).format(MOMENT);
  }
}
