package kz.qonyrau.campaigns;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kz.qonyrau.vocabulary.CallOutcome;
import org.jdbi.v3.core.Handle;

/// How many recipients of a campaign stand where, counted while they move so that nobody has to
/// count the rows. A kind is a state, a result, or an outcome after which somebody waits.
final class Tally {

  static final String PENDING = "PENDING";
  static final String ACTIVE = "ACTIVE";

  /// Before an outcome: those who had it and wait to be called again.
  private static final String WAITING = "W_";

  private Tally() {}

  /// The kind of those who wait to be called again after this outcome.
  static String waiting(CallOutcome outcome) {
    return WAITING + outcome;
  }

  private static List<String> kinds() {
    return Stream.of(
            Stream.of(PENDING, ACTIVE),
            Arrays.stream(CallOutcome.values()).map(CallOutcome::name),
            Arrays.stream(CallOutcome.values()).map(Tally::waiting),
            Arrays.stream(Exclusion.values()).map(Exclusion::name))
        .flatMap(stream -> stream)
        .toList();
  }

  /// Begins to count for a new campaign.
  static void begin(Handle handle, long campaignNo) {
    for (String kind : kinds()) {
      handle
          .createUpdate(
              "INSERT INTO campaign.tally (campaign_no, kind, amount) VALUES (:no, :kind, 0)")
          .bind("no", campaignNo)
          .bind("kind", kind)
          .execute();
    }
  }

  /// @param change how many more are of this kind; negative if fewer
  static void add(Handle handle, long campaignNo, String kind, long change) {
    handle
        .createUpdate(
            """
            UPDATE campaign.tally SET amount = amount + :change
            WHERE campaign_no = :no AND kind = :kind
            """)
        .bind("change", change)
        .bind("no", campaignNo)
        .bind("kind", kind)
        .execute();
  }

  /// How far a campaign has come.
  ///
  /// @param state of the campaign: once it is over, nobody waits any more
  static Progress progress(Handle handle, long campaignNo, CampaignState state) {
    Map<String, Long> tally =
        handle
            .createQuery("SELECT kind, amount FROM campaign.tally WHERE campaign_no = :no")
            .bind("no", campaignNo)
            .map((row, _) -> Map.entry(row.getString("kind"), row.getLong("amount")))
            .stream()
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    Map<CallOutcome, Long> outcomes = new EnumMap<>(CallOutcome.class);
    long done = 0;
    long waiting = 0;
    for (CallOutcome outcome : CallOutcome.values()) {
      long amount = tally.getOrDefault(outcome.name(), 0L);
      long again = tally.getOrDefault(waiting(outcome), 0L);
      if (state.isOver()) {
        amount += again;
      } else {
        waiting += again;
      }
      done += amount;
      if (amount > 0) {
        outcomes.put(outcome, amount);
      }
    }
    Map<Exclusion, Long> excluded = new EnumMap<>(Exclusion.class);
    for (Exclusion exclusion : Exclusion.values()) {
      long amount = tally.getOrDefault(exclusion.name(), 0L);
      if (amount > 0) {
        excluded.put(exclusion, amount);
      }
    }
    long pending = tally.getOrDefault(PENDING, 0L);
    long active = tally.getOrDefault(ACTIVE, 0L);
    return new Progress(
        pending + waiting + active + done, pending, waiting, active, done, outcomes, excluded);
  }
}
