package kz.qonyrau.campaigns;

import io.vertx.core.Future;
import java.util.Optional;
import kz.qonyrau.vocabulary.CallId;

/// Where attempts are carried out.
public interface CallDesk {

  /// Makes ready what attempts will say, before anybody is rung. The same prompt may be asked for
  /// again; it is made once.
  ///
  /// @return false if nothing can be said at present, because the voice is not there or broken
  ///   (AC-TTS-05); the future fails if just this prompt cannot be said, as its attempt then will
  Future<Boolean> makeReady(Prompt prompt);

  /// Sees one attempt through, from the hold to the end of the call. Returns at once. A future that
  /// fails counts as `PLATFORM_FAULT`.
  Future<AttemptResult> place(Attempt attempt);

  /// How an attempt ended that was under way when the program stopped; empty if nobody knows, which
  /// counts as `PLATFORM_FAULT`.
  Future<Optional<AttemptResult>> outcomeAfterRestart(CallId call);
}
