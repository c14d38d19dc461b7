package kz.qonyrau.appliance;

import io.vertx.core.Future;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import kz.qonyrau.calls.Calls;
import kz.qonyrau.insight.Transcriptions;
import kz.qonyrau.recordings.DerivedContent;
import kz.qonyrau.vocabulary.CallId;

/// Where the box keeps what was said in a recording: what the call itself understood, and the
/// transcript that somebody ordered.
final class DerivedTranscripts implements DerivedContent {

  private final Calls calls;
  private final Transcriptions transcriptions;

  DerivedTranscripts(Calls calls, Transcriptions transcriptions) {
    this.calls = calls;
    this.transcriptions = transcriptions;
  }

  @Override
  public Future<Integer> delete(List<CallId> ids) {
    Future<Set<CallId>> understood = calls.deleteTranscripts(ids);
    Future<Set<CallId>> ordered = transcriptions.delete(ids);
    return Future.join(understood, ordered)
        .map(_ -> {
          Set<CallId> all = new HashSet<>(understood.result());
          all.addAll(ordered.result());
          return all.size();
        });
  }
}
