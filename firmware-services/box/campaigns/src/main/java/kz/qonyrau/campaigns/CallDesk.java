package kz.qonyrau.campaigns;

import io.vertx.core.Future;
import java.util.Optional;
import kz.qonyrau.vocabulary.CallId;

/// Where attempts are carried out.
public interface CallDesk {

  /// Sees one attempt through, from the hold to the end of the call. Returns at once. A future that
  /// fails counts as `PLATFORM_FAULT`.
  Future<AttemptResult> place(Attempt attempt);

  /// How an attempt ended that was under way when the program stopped; empty if nobody knows, which
  /// counts as `PLATFORM_FAULT`.
  Future<Optional<AttemptResult>> outcomeAfterRestart(CallId call);
}
