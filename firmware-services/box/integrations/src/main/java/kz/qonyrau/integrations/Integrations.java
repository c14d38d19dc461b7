package kz.qonyrau.integrations;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import kz.qonyrau.store.Store;

/// Everything that the programs of the business have here.
public final class Integrations implements AutoCloseable {

  /// How long a receiver may take to answer.
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final ApiKeys keys;
  private final KeptAnswers answers;
  private final CampaignNumbers numbers;
  private final Webhooks webhooks;
  private final Courier courier;

  /// Nothing is known before [#load].
  ///
  /// @param localMayReceive whether a webhook may point at this machine itself
  public Integrations(
      Vertx vertx, Store store, Seal seal, InstantSource clock, boolean localMayReceive) {
    this.keys = new ApiKeys(store, clock);
    this.answers = new KeptAnswers(store, seal, clock);
    this.numbers = new CampaignNumbers(store);
    this.webhooks = new Webhooks(store, seal, clock, localMayReceive);
    this.courier = new Courier(vertx, store, webhooks, clock, PATIENCE);
  }

  /// Reads what is kept. Until it completes, no key is known.
  public Future<Void> load() {
    return keys.load().compose(_ -> webhooks.load());
  }

  public ApiKeys keys() {
    return keys;
  }

  public KeptAnswers answers() {
    return answers;
  }

  public CampaignNumbers numbers() {
    return numbers;
  }

  public Webhooks webhooks() {
    return webhooks;
  }

  public Courier courier() {
    return courier;
  }

  /// Forgets what is too old to matter.
  ///
  /// @return how many rows
  public Future<Integer> purge() {
    return answers.purge().compose(some -> webhooks.purge().map(more -> some + more));
  }

  @Override
  public void close() {
    courier.close();
  }
}
