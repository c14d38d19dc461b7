package kz.qonyrau.integrations;

import io.vertx.core.Future;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import kz.qonyrau.store.Store;
import kz.qonyrau.vocabulary.CampaignId;
import kz.qonyrau.vocabulary.Tenge;
import org.jdbi.v3.core.Handle;

/// The whole numbers by which programs written for AutoCall know campaigns, and what each was
/// expected to cost at most when it got its number. A number is given once and stays.
public final class CampaignNumbers {

  private final Store store;

  CampaignNumbers(Store store) {
    this.store = store;
  }

  /// A campaign with its number.
  ///
  /// @param maxCost if everyone answers and hears everything
  public record Numbered(long number, CampaignId campaign, Tenge maxCost) {}

  /// Gives a campaign its number. Repeating it returns the first.
  public Future<Numbered> give(CampaignId campaign, Tenge maxCost) {
    return store.write(handle -> {
      if (find(handle, "campaign", campaign.value()).isEmpty()) {
        handle
            .createUpdate(
                """
                INSERT INTO integration.campaign_number (campaign, max_cost_tiyn)
                VALUES (:campaign, :cost)
                """)
            .bind("campaign", campaign.value())
            .bind("cost", maxCost.tiyn())
            .execute();
      }
      return find(handle, "campaign", campaign.value()).orElseThrow();
    });
  }

  public Future<Optional<Numbered>> find(long number) {
    return store.read(handle -> find(handle, "number", number));
  }

  private static Optional<Numbered> find(Handle handle, String column, Object value) {
    return handle
        .createQuery("SELECT * FROM integration.campaign_number WHERE " + column + " = :value")
        .bind("value", value)
        .map((row, _) ->
            new Numbered(
                row.getLong("number"),
                new CampaignId(row.getString("campaign")),
                new Tenge(row.getLong("max_cost_tiyn"))))
        .findOne();
  }

  /// All that have a number.
  public Future<Map<CampaignId, Numbered>> all() {
    return store.read(handle ->
        handle
            .createQuery("SELECT * FROM integration.campaign_number")
            .map((row, _) ->
                new Numbered(
                    row.getLong("number"),
                    new CampaignId(row.getString("campaign")),
                    new Tenge(row.getLong("max_cost_tiyn"))))
            .collect(Collectors.toMap(Numbered::campaign, one -> one)));
  }
}
