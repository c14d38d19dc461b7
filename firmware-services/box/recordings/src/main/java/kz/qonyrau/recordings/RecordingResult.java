package kz.qonyrau.recordings;

import java.time.Duration;

/// What became of the recording of one call. Neither case touches the call itself (AC-REC-05).
public sealed interface RecordingResult {

  /// The recording is complete and kept; its seconds may be billed.
  ///
  /// @param id names the recording: a UUID
  /// @param duration what it plays, to the sample
  /// @param sha256 of the WAV file as it is played back and downloaded, 64 lower-case hex digits
  /// @param bytes the size of that WAV file
  record Kept(String id, Duration duration, String sha256, long bytes) implements RecordingResult {}

  /// There is no recording, or not all of it, and none is kept.
  ///
  /// @param why for the report, in English
  record Failed(String why) implements RecordingResult {}
}
