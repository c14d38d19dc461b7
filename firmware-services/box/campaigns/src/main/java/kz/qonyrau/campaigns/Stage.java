package kz.qonyrau.campaigns;

import java.time.Instant;
import java.util.Optional;
import kz.qonyrau.vocabulary.CallOutcome;
import org.jdbi.v3.core.Handle;

/// Where a recipient stands, with what belongs to it.
///
/// @param result of his last call, or why he is left out; blank if there is neither
/// @param due when he is called again, at the earliest; empty unless he waits for that
record Stage(StoredState state, String result, Optional<Instant> due) {

  /// Waits for his first call.
  static final Stage PENDING = new Stage(StoredState.PENDING, "", Optional.empty());

  /// Waits to be called again after a call that ended so.
  static Stage waiting(CallOutcome after, Instant due) {
    return new Stage(StoredState.WAITING, after.name(), Optional.of(due));
  }

  /// Has his final result.
  static Stage done(CallOutcome outcome) {
    return new Stage(StoredState.DONE, outcome.name(), Optional.empty());
  }

  /// Is left out.
  ///
  /// @param why `WITHDRAWN` or `BLOCKED`
  static Stage excluded(Consent why) {
    return new Stage(StoredState.EXCLUDED, why.name(), Optional.empty());
  }

  /// Where he stands now.
  static Stage of(Handle handle, long campaignNo, int seq) {
    return handle
        .createQuery(
            """
            SELECT state, result, due_at_ms FROM campaign.recipient
            WHERE campaign_no = :no AND seq = :seq
            """)
        .bind("no", campaignNo)
        .bind("seq", seq)
        .map((row, _) -> {
          long due = row.getLong("due_at_ms");
          return new Stage(
              StoredState.valueOf(row.getString("state")),
              Optional.ofNullable(row.getString("result")).orElse(""),
              row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(due)));
        })
        .one();
  }

  /// Whether a call may begin as far as he is concerned.
  boolean awaitsCall() {
    return state == StoredState.PENDING || state == StoredState.DUE;
  }

  /// Is being called.
  Stage called() {
    return new Stage(StoredState.ACTIVE, result, Optional.empty());
  }

  /// Waits for a call, his first or another, as before the one of which nothing was dialled, or
  /// before his pause.
  Stage ready() {
    return new Stage(
        result.isEmpty() ? StoredState.PENDING : StoredState.DUE, result, Optional.empty());
  }

  /// Waits to be called again until then, as before.
  Stage waits(Instant until) {
    return new Stage(StoredState.WAITING, result, Optional.of(until));
  }

  /// Has been called often enough until then, by all campaigns together.
  Stage capped(Instant until) {
    return new Stage(
        result.isEmpty() ? StoredState.CAPPED : StoredState.CAPPED_AGAIN,
        result,
        Optional.of(until));
  }

  /// The kind of the [Tally] that counts him.
  String kind() {
    return switch (state) {
      case PENDING -> Tally.PENDING;
      case DUE -> Tally.due(CallOutcome.valueOf(result));
      case ACTIVE -> Tally.ACTIVE;
      case WAITING -> Tally.waiting(CallOutcome.valueOf(result));
      case CAPPED -> Tally.CAPPED;
      case CAPPED_AGAIN -> Tally.capped(CallOutcome.valueOf(result));
      case DONE, EXCLUDED -> result;
    };
  }

  /// Moves a recipient, and the tally with him.
  ///
  /// @return whether he stood at `from`; nothing is changed otherwise, so that repeating a move
  ///   changes nothing
  static boolean move(Handle handle, long campaignNo, int seq, Stage from, Stage to) {
    boolean moved =
        handle
                .createUpdate(
                    """
                    UPDATE campaign.recipient SET state = :to, result = :result, due_at_ms = :due
                    WHERE campaign_no = :no AND seq = :seq AND state = :from
                    """)
                .bind("to", to.state.name())
                .bind("result", to.result)
                .bind("due", to.due.map(Instant::toEpochMilli).orElse(null))
                .bind("no", campaignNo)
                .bind("seq", seq)
                .bind("from", from.state.name())
                .execute()
            == 1;
    if (moved) {
      Tally.add(handle, campaignNo, from.kind(), -1);
      Tally.add(handle, campaignNo, to.kind(), 1);
    }
    return moved;
  }
}
