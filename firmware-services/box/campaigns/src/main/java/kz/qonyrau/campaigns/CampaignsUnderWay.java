package kz.qonyrau.campaigns;

import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import kz.qonyrau.store.Store;
import kz.qonyrau.vocabulary.CampaignId;

/// The campaigns that the dialer carries out, read anew whenever one was changed, by people or by
/// the dialer itself. For the dialer's thread alone, except where it says otherwise.
final class CampaignsUnderWay {

  /// Why a campaign is paused for which the voice does not speak.
  static final String MUTE = "the voice does not speak";

  private final Store store;
  private final InstantSource clock;
  private final Campaigns campaigns;
  private final HouseRules rules;
  private final Pacer pacer;
  private final Map<CampaignId, UnderWay> byId = new LinkedHashMap<>();
  private final Set<CampaignId> changed = ConcurrentHashMap.newKeySet();

  CampaignsUnderWay(
      Store store, InstantSource clock, Campaigns campaigns, HouseRules rules, Pacer pacer) {
    this.store = store;
    this.clock = clock;
    this.campaigns = campaigns;
    this.rules = rules;
    this.pacer = pacer;
  }

  /// All of them, as they are now.
  List<UnderWay> all() {
    return List.copyOf(byId.values());
  }

  /// One of them, if it is.
  Optional<UnderWay> find(CampaignId id) {
    return Optional.ofNullable(byId.get(id));
  }

  /// One that the pacer picked.
  ///
  /// @throws IllegalStateException if it is not under way
  UnderWay get(CampaignId id) {
    return find(id)
        .orElseThrow(() ->
            new IllegalStateException(
                "the pacer picked for a campaign that is not under way: " + id));
  }

  /// Reads at the start which campaigns are under way.
  void load() {
    store.read(CampaignTable::underWay).await().forEach(this::take);
  }

  /// Has a campaign read again at the next [#reloadChanged]. On any thread.
  void markChanged(CampaignId id) {
    changed.add(id);
  }

  /// Reads those again that were changed since.
  void reloadChanged() {
    for (CampaignId id : Set.copyOf(changed)) {
      // Removed first: a change during the read is read again.
      changed.remove(id);
      Optional<CampaignTable.Stored> stored =
          store.read(handle -> CampaignTable.find(handle, id)).await();
      if (stored.isPresent() && (stored.get().state().isUnderWay() || byId.containsKey(id))) {
        take(stored.get());
      }
    }
  }

  /// Has all of them taken in again, because rules were changed that concern every one.
  void readmit() {
    all().forEach(one -> take(one.stored));
  }

  /// Takes a campaign in, or takes note of its change.
  void take(CampaignTable.Stored stored) {
    UnderWay present = byId.get(stored.id());
    if (present == null) {
      present = new UnderWay(stored);
      byId.put(stored.id(), present);
    } else {
      present.stored = stored;
    }
    present.mute = stored.state() == CampaignState.PAUSED && wasPausedForTheVoice(stored);
    CampaignOrder order = stored.order();
    pacer.admit(
        new Pacer.Paced(
            stored.id(),
            rules.timetable(order.schedule()),
            order.channels(),
            order.callsPerMinute(),
            order.priority().weight(),
            order.record(),
            stored.state() == CampaignState.RUNNING));
  }

  /// Forgets one that is over.
  void drop(CampaignId id) {
    byId.remove(id);
    pacer.dismiss(id);
  }

  private boolean wasPausedForTheVoice(CampaignTable.Stored stored) {
    return store
        .read(handle -> CampaignTable.log(handle, stored.campaignNo()))
        .await()
        .getLast()
        .why()
        .equals(MUTE);
  }

  /// Writes into a campaign's log what happened to it, if it runs.
  void note(CampaignId id, String what) {
    boolean noted =
        store
            .write(handle -> {
              Optional<CampaignTable.Stored> stored =
                  CampaignTable.find(handle, id)
                      .filter(one -> one.state() == CampaignState.RUNNING);
              stored.ifPresent(one ->
                  CampaignTable.note(
                      handle,
                      one.campaignNo(),
                      clock.instant(),
                      one.state(),
                      Campaigns.SYSTEM,
                      what));
              return stored.isPresent();
            })
            .await();
    if (noted) {
      campaigns.tellProgress(id);
    }
  }

  /// Moves a campaign unless someone has moved it meanwhile.
  void move(CampaignId id, CampaignState from, CampaignState to, String why) {
    boolean moved =
        store
            .write(handle -> {
              Optional<CampaignTable.Stored> stored = CampaignTable.find(handle, id);
              if (stored.isEmpty() || stored.get().state() != from) {
                return false;
              }
              CampaignTable.move(
                  handle, stored.get().campaignNo(), to, clock.instant(), Campaigns.SYSTEM, why);
              return true;
            })
            .await();
    if (moved) {
      campaigns.tellProgress(id);
    }
    markChanged(id);
    reloadChanged();
  }
}
