package kz.qonyrau.uplink;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import kz.qonyrau.wire.CommandDocument;
import org.jdbi.v3.core.Handle;

/// What central can order and the line to it cannot do by itself (PLT-13). A future that fails
/// makes the answer FAILED; the log says why.
public interface Orders {

  /// Answers an order that is done.
  interface Answer {

    /// Writes it into the transaction that did it, so that both stand or fall together.
    void done(Handle handle);
  }

  /// Pauses every running campaign; calls under way go on.
  ///
  /// @param at the moment that [#resumeCampaigns] will know them by
  Future<?> pauseCampaigns(CommandDocument command, Instant at, Answer answer);

  /// Goes on with the campaigns that were paused at that moment, where they are still paused.
  ///
  /// @param pausedAt empty if no order ever paused any
  Future<?> resumeCampaigns(CommandDocument command, Optional<Instant> pausedAt, Answer answer);

  /// Facts about the program and the machine: versions, sizes, counts, never a customer's data.
  /// Names and values are those of [kz.qonyrau.wire.CommandAnswer].
  Future<Map<String, String>> diagnostics();

  /// Ends the program in good order, to be started again by whoever supervises it. The future stays
  /// open; the next start answers the order.
  Future<?> restart(CommandDocument command);

  /// Sees to it that the next start erases everything, keys first (PLT-22), and ends the program as
  /// [#restart] does. Blocks until it stands on the disk that there is something to erase.
  ///
  /// @param commandId the order by which the box retires
  /// @throws java.io.UncheckedIOException if that cannot be written down; trying again is safe
  void erase(String commandId);
}
