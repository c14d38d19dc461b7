package kz.qonyrau.recordings;

import java.time.Instant;
import java.util.List;

/// The proof that overdue recordings were deleted: how many and which, but nothing of what was in
/// them (SH-RET-01).
///
/// @param id a UUID
/// @param purgedAt when
/// @param count how many recordings
/// @param derived of how many of them transcripts were deleted, too
/// @param bytes what they took on the disk
/// @param oldest when the oldest of them began
/// @param newest when the newest of them began
/// @param sha256 over the id and the SHA-256 of each purged recording, in order of ids: whoever
///   still has such a list can show that it is this one
/// @param keptBy ids of the legal holds, lifted since, that kept some of them beyond their time
///   (SH-RET-02), in order; empty where all went in time
public record PurgeRecord(
    String id,
    Instant purgedAt,
    int count,
    int derived,
    long bytes,
    Instant oldest,
    Instant newest,
    String sha256,
    List<String> keptBy) {

  public PurgeRecord {
    keptBy = List.copyOf(keptBy);
  }
}
