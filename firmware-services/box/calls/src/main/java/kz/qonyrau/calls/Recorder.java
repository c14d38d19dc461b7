package kz.qonyrau.calls;

import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import kz.qonyrau.vocabulary.CallId;
import kz.qonyrau.vocabulary.CampaignId;

/// What a call needs of whoever keeps recordings; the appliance fills it with its recordings.
public interface Recorder {

  /// A recording is about to be made.
  ///
  /// @return where Asterisk is to write both sides, signed 16-bit little-endian stereo at 8 kHz
  Path begin(CallId call);

  /// The call is over; the recording is to be kept.
  ///
  /// @return true if it is complete and kept, and its seconds may be billed (AC-REC-05)
  Future<Boolean> finish(CallId call, CampaignId campaign, Instant answeredAt, Duration answered);

  /// Nobody answered; there is nothing to keep.
  void abandon(CallId call);
}
