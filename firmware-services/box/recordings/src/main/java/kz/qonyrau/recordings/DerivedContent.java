package kz.qonyrau.recordings;

import io.vertx.core.Future;
import java.util.List;
import kz.qonyrau.vocabulary.CallId;

/// What others keep of what was said in recordings, transcripts most of all: it goes with them
/// (SH-RET-01).
@FunctionalInterface
public interface DerivedContent {

  /// Deletes all that was made of the recordings of these calls. Repeating it is safe.
  ///
  /// @param calls a hundred at most
  /// @return of how many of them there was something. If it fails, the recordings stay, and all of
  ///   it is tried again with the next purge
  Future<Integer> delete(List<CallId> calls);
}
