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

  /// Those of whom a cap lets this campaign's first call wait.
  static final String CAPPED = "C_NONE";

  /// Before an outcome: those who had it and wait to be called again.
  private static final String WAITING = "W_";

  /// Before an outcome: those who had it and whose repeat is due.
  private static final String DUE = "D_";

  /// Before an outcome: those who had it and whom a cap keeps.
  private static final String CAP = "C_";

  private Tally() {}

  /// The kind of those who wait to be called again after this outcome.
  static String waiting(CallOutcome outcome) {
    return WAITING + outcome;
  }

  /// The kind of those whose repeat after this outcome is due.
  static String due(CallOutcome outcome) {
    return DUE + outcome;
  }

  /// The kind of those whom a cap keeps after this outcome.
  static String capped(CallOutcome outcome) {
    return CAP + outcome;
  }

  private static List<String> kinds() {
    return Stream.of(
            Stream.of(PENDING, ACTIVE, CAPPED),
            Arrays.stream(CallOutcome.values()).map(CallOutcome::name),
            Arrays.stream(CallOutcome.values()).map(Tally::waiting),
            Arrays.stream(CallOutcome.values()).map(Tally::due),
            Arrays.stream(CallOutcome.values()).map(Tally::capped),
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
    long pending = tally.getOrDefault(PENDING, 0L);
    long waiting = 0;
    long capped = 0;
    if (state.isOver()) {
      pending += tally.getOrDefault(CAPPED, 0L);
    } else {
      capped += tally.getOrDefault(CAPPED, 0L);
    }
    for (CallOutcome outcome : CallOutcome.values()) {
      long amount = tally.getOrDefault(outcome.name(), 0L);
      long later = tally.getOrDefault(waiting(outcome), 0L);
      long now = tally.getOrDefault(due(outcome), 0L);
      long kept = tally.getOrDefault(capped(outcome), 0L);
      if (state.isOver()) {
        amount += later + now + kept;
      } else {
        waiting += later;
        pending += now;
        capped += kept;
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
    long active = tally.getOrDefault(ACTIVE, 0L);
    return new Progress(
        pending + waiting + capped + active + done,
        pending,
        waiting,
        capped,
        active,
        done,
        outcomes,
        excluded);
  }
}
