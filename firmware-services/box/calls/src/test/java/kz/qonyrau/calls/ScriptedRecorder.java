package kz.qonyrau.calls;

import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import kz.qonyrau.vocabulary.CallId;
import kz.qonyrau.vocabulary.CampaignId;

/// Remembers what it was asked to record.
final class ScriptedRecorder implements Recorder {

  final Set<CallId> begun = ConcurrentHashMap.newKeySet();
  volatile boolean works = true;

  @Override
  public Path begin(CallId call) {
    begun.add(call);
    return Path.of("/tmp/" + call + ".raw");
  }

  @Override
  public Future<Boolean> finish(
      CallId call, CampaignId campaign, Instant answeredAt, Duration answered) {
    return works
        ? Future.succeededFuture(true)
        : Future.failedFuture(new IllegalStateException("No space left on device"));
  }

  @Override
  public void abandon(CallId call) {
    begun.remove(call);
  }
}
