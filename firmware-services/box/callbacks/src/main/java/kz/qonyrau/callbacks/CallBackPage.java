package kz.qonyrau.callbacks;

import java.util.List;
import kz.qonyrau.vocabulary.CampaignId;

/// Some calls of those who called back, the newest first.
///
/// @param total how many there are in all
/// @param frequent campaigns after which many call back, most first: they may not say well enough
///   who calls (AC-WHO-05)
public record CallBackPage(long total, List<CallBack> items, List<Frequent> frequent) {

  public CallBackPage {
    items = List.copyOf(items);
    frequent = List.copyOf(frequent);
  }

  /// A campaign after which many call back.
  ///
  /// @param people how many different numbers did, lately, with how often the provider was asked by
  ///   others
  public record Frequent(CampaignId campaign, long people) {}
}
