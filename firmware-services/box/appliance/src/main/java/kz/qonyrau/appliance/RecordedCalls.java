package kz.qonyrau.appliance;

import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import kz.qonyrau.calls.Recorder;
import kz.qonyrau.recordings.FinishRequest;
import kz.qonyrau.recordings.RecordingResult;
import kz.qonyrau.recordings.Recordings;
import kz.qonyrau.vocabulary.CallId;
import kz.qonyrau.vocabulary.CampaignId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Introduces the recordings to the calls.
final class RecordedCalls implements Recorder {

  private static final Logger log = LoggerFactory.getLogger(RecordedCalls.class);

  private final Recordings recordings;

  RecordedCalls(Recordings recordings) {
    this.recordings = recordings;
  }

  @Override
  public Path begin(CallId call) {
    return recordings.begin(call);
  }

  @Override
  public Future<Boolean> finish(
      CallId call, CampaignId campaign, Instant answeredAt, Duration answered) {
    return recordings
        .finish(new FinishRequest(call, campaign.value(), call.value(), answeredAt, answered))
        .map(result ->
            switch (result) {
              case RecordingResult.Kept _ -> true;
              case RecordingResult.Failed(String why) -> {
                log.atWarn()
                    .addKeyValue("call", call)
                    .addKeyValue("why", why)
                    .log("the recording of a call failed");
                yield false;
              }
            });
  }

  @Override
  public void abandon(CallId call) {
    recordings
        .discard(call)
        .onFailure(failure ->
            log.atWarn()
                .addKeyValue("call", call)
                .setCause(failure)
                .log("could not clear up after a call that nobody answered"));
  }
}
