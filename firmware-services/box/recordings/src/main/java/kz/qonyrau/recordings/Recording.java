package kz.qonyrau.recordings;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import kz.qonyrau.vocabulary.CallId;

/// The recording of one call, as it stands in the book of recordings (AC-REC-02).
///
/// @param id a UUID derived from the call
/// @param campaign the campaign's id
/// @param contact the reference that [FinishRequest#contact] gave
/// @param startedAt when the first sample was spoken
/// @param answered how long the call lasted from its answer
/// @param result kept or failed
/// @param codec how it lies on the disk, if it is kept
/// @param storedBytes what it takes on the disk, encrypted; 0 if it failed
/// @param retainUntil the first instant at which it may no longer be played (AC-REC-04)
public record Recording(
    String id,
    CallId call,
    String campaign,
    String contact,
    Instant startedAt,
    Duration answered,
    RecordingResult result,
    Optional<Codec> codec,
    long storedBytes,
    Instant retainUntil) {

  /// Which side is in which channel of every recording.
  public static final String CHANNEL_MAP = "left=subscriber,right=box";

  /// How the sound lies on the disk. Both give the same WAV to the bit.
  public enum Codec {
    WAV,
    FLAC
  }
}
