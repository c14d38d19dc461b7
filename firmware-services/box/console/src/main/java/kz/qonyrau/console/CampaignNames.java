package kz.qonyrau.console;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import kz.qonyrau.campaigns.Campaigns;
import kz.qonyrau.campaigns.TrialCalls;
import kz.qonyrau.vocabulary.CampaignId;

/// The names of campaigns that call, which no longer change. May be used from any thread.
final class CampaignNames {

  /// What calls that say a code are called where no language is chosen; pages have words for them.
  private static final String CODES = "Verification codes";

  private static final int MOST_KEPT = 10_000;

  private final Campaigns campaigns;
  private final Map<CampaignId, String> known = new ConcurrentHashMap<>();

  CampaignNames(Campaigns campaigns) {
    this.campaigns = campaigns;
  }

  /// Empty text if there is no such campaign. Waits for the store the first time.
  String of(CampaignId id) {
    if (id.equals(TrialCalls.CODES)) {
      return CODES;
    }
    String name = known.get(id);
    if (name != null) {
      return name;
    }
    Optional<String> found = campaigns.find(id).await().map(campaign -> campaign.order().name());
    if (known.size() > MOST_KEPT) {
      known.clear();
    }
    found.ifPresent(value -> known.put(id, value));
    return found.orElse("");
  }

  /// As [#of(CampaignId)], for a file in one of the languages.
  String of(CampaignId id, FileWords words) {
    return id.equals(TrialCalls.CODES) ? words.of("codes") : of(id);
  }
}
