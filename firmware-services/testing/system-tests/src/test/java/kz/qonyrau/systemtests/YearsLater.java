package kz.qonyrau.systemtests;

import static kz.qonyrau.testsupport.Eventually.answer;

import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import kz.qonyrau.callbacks.CallBacks;
import kz.qonyrau.calls.Calls;
import kz.qonyrau.campaigns.Campaigns;
import kz.qonyrau.campaigns.HouseRules;
import kz.qonyrau.campaigns.Understanding;
import kz.qonyrau.ledger.Ledger;
import kz.qonyrau.recordings.RecordingSettings;
import kz.qonyrau.recordings.Recordings;
import kz.qonyrau.recordings.Vault;
import kz.qonyrau.store.Outbox;
import kz.qonyrau.store.Overdue;
import kz.qonyrau.store.PurgeWitness;
import kz.qonyrau.store.Store;
import kz.qonyrau.store.StoreSettings;
import kz.qonyrau.testsupport.SteppedClock;

/// A box whose program has ended, after the time of everything on it is over: what retention does
/// then, by the product's own modules on the box's own database.
final class YearsLater {

  private static final List<String> SCHEMAS =
      List.of("OUTBOX", "AUDIT", "LEDGER", "CALLS", "CAMPAIGN", "CALLBACK", "RECORDING", "UPLINK");

  private YearsLater() {}

  /// How much of each class was deleted or forgotten.
  record Forgotten(int recordings, int calls, int people, int callBacks) {}

  /// @param home the data directory of the box
  static Forgotten on(Path home) throws IOException {
    Instant now = Clock.systemUTC().instant().plus(Duration.ofDays(800));
    SteppedClock clock = SteppedClock.at(now);
    Overdue overdue =
        new Overdue(clock, today -> today.minus(Duration.ofDays(400)), _ -> List.of());
    PurgeWitness nobody = (_, _) -> {};
    try (Store store = store(home);
        Recordings recordings =
            new Recordings(
                store,
                Vault.open(home.resolve("keys")),
                RecordingSettings.below(home.resolve("recordings")),
                clock,
                _ -> List.of())) {
      Campaigns campaigns =
          new Campaigns(store, clock, answer(HouseRules.open(store, clock)), new Deaf());
      Calls calls = new Calls(store, new Ledger(store, clock), new Outbox(clock), clock);
      return new Forgotten(
          answer(recordings.purgeOverdue(_ -> Future.succeededFuture(0)))
              .map(proof -> proof.count())
              .orElse(0),
          answer(calls.forgetNumbers(overdue, nobody)),
          answer(campaigns.forgetPeople(overdue, nobody)),
          answer(new CallBacks(store, clock).purge(overdue, nobody)));
    }
  }

  private static Store store(Path home) throws IOException {
    return Store.open(
        new StoreSettings(
            "jdbc:derby:" + home.resolve("database"),
            2,
            Duration.ofSeconds(20),
            Optional.of(Files.readString(home.resolve("keys/database")).strip())),
        SCHEMAS);
  }

  /// Nobody starts a campaign here.
  private static final class Deaf implements Understanding {

    @Override
    public Set<Locale> languages() {
      return Set.of();
    }

    @Override
    public List<String> unknownWords(Locale language, String phrase) {
      return List.of();
    }
  }
}
