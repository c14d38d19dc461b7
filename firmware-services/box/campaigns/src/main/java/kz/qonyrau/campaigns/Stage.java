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

  /// Waits for his call.
  static final Stage PENDING = new Stage(StoredState.PENDING, "", Optional.empty());

  /// Is being called.
  static final Stage ACTIVE = new Stage(StoredState.ACTIVE, "", Optional.empty());

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

  /// The kind of the [Tally] that counts him.
  String kind() {
    return switch (state) {
      case PENDING -> Tally.PENDING;
      case ACTIVE -> Tally.ACTIVE;
      case WAITING -> Tally.waiting(CallOutcome.valueOf(result));
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
