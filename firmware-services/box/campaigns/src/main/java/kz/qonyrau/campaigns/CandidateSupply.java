package kz.qonyrau.campaigns;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import kz.qonyrau.store.Store;

/// Keeps the pacer supplied with recipients to choose from: who was never called, in the order of
/// the lists, and who is to be called again once his pause is over. The first are called while
/// those behind them are still being written down. For the dialer's thread alone.
final class CandidateSupply {

  private static final int MOST_WOKEN = 200;

  private final Store store;
  private final InstantSource clock;
  private final Campaigns campaigns;
  private final Pacer pacer;
  private final PromptsAhead prompts;
  private final CampaignsUnderWay underWay;

  CandidateSupply(
      Store store,
      InstantSource clock,
      Campaigns campaigns,
      Pacer pacer,
      PromptsAhead prompts,
      CampaignsUnderWay underWay) {
    this.store = store;
    this.clock = clock;
    this.campaigns = campaigns;
    this.pacer = pacer;
    this.prompts = prompts;
    this.underWay = underWay;
  }

  /// Offers those who wait for their first call, as far as what they will hear is spoken.
  void feed() {
    for (UnderWay one : underWay.all()) {
      CampaignTable.Stored stored = one.stored;
      if (stored.state() != CampaignState.RUNNING) {
        continue;
      }
      while (pacer.isHungry(stored.id())) {
        int from = one.cursor;
        int ready = prompts.readyUpTo(stored.id());
        boolean whole = stored.prepared() && ready >= stored.lastSeq();
        int most = whole ? Integer.MAX_VALUE : Math.min(ready, stored.lastSeq());
        int to = Math.min(from + ListTable.BATCH, most);
        if (to <= from) {
          break;
        }
        List<Candidate> candidates =
            store
                .read(handle -> CandidateTable.pending(handle, stored.campaignNo(), from, to))
                .await();
        one.cursor = to;
        pacer.offer(stored.id(), candidates, whole && to >= stored.lastSeq());
        offerAgain(one, List.of());
      }
    }
  }

  /// Puts those in line whose pause is over, before everybody else.
  void wakeDue() {
    Instant now = clock.instant();
    for (UnderWay one : underWay.all()) {
      CampaignTable.Stored stored = one.stored;
      if (stored.state() != CampaignState.RUNNING || !pacer.isDue(stored.id(), now)) {
        continue;
      }
      List<Candidate> due =
          store
              .write(handle ->
                  CandidateTable.wake(handle, stored.campaignNo(), one.cursor, now, MOST_WOKEN))
              .await();
      offerAgain(one, due);
      campaigns.tellProgress(stored.id());
    }
  }

  /// Offers those whose pause is over, or whom no cap keeps any more, and says when the next one's
  /// is.
  ///
  /// @param due may be nobody
  void offerAgain(UnderWay one, List<Candidate> due) {
    CampaignTable.Stored stored = one.stored;
    Optional<NextDue> next =
        store
            .read(handle -> CandidateTable.nextDue(handle, stored.campaignNo(), one.cursor))
            .await();
    pacer.offerAgain(stored.id(), due, next);
  }
}
