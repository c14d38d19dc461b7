package kz.qonyrau.recordings;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import kz.qonyrau.recordings.Recording.Codec;
import kz.qonyrau.store.HeldPeriod;
import kz.qonyrau.vocabulary.CallId;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementContext;

/// The rows of the schema RECORDING.
final class RecordingBook {

  private static final String COLUMNS =
      "id, call_id, campaign, contact, started_at_ms, answered_ms, retain_until_ms, state, reason,"
          + " samples, sha256, codec, path, stored_bytes, peaks";

  /// A row with what only this module needs of it.
  record Row(Recording recording, long samples, String path, String peaks) {}

  private RecordingBook() {}

  static void insert(Handle handle, Row row) {
    Recording recording = row.recording();
    boolean kept = recording.result() instanceof RecordingResult.Kept;

    handle
        .createUpdate(
            """
            INSERT INTO recording.recording
              (id, call_id, campaign, contact, channel_map, started_at_ms, answered_ms,
               retain_until_ms, state, reason, samples, sha256, codec, path, stored_bytes, peaks)
            VALUES
              (:id, :call, :campaign, :contact, :map, :started, :answered,
               :until, :state, :reason, :samples, :sha256, :codec, :path, :bytes, :peaks)
            """)
        .bind("id", recording.id())
        .bind("call", recording.call().value())
        .bind("campaign", recording.campaign())
        .bind("contact", recording.contact())
        .bind("map", Recording.CHANNEL_MAP)
        .bind("started", recording.startedAt().toEpochMilli())
        .bind("answered", recording.answered().toMillis())
        .bind("until", recording.retainUntil().toEpochMilli())
        .bind("state", kept ? "KEPT" : "FAILED")
        .bind("reason", recording.result() instanceof RecordingResult.Failed(String why) ? why : "")
        .bind("samples", row.samples())
        .bind(
            "sha256", recording.result() instanceof RecordingResult.Kept done ? done.sha256() : "")
        .bind("codec", recording.codec().map(Codec::name).orElse(""))
        .bind("path", row.path())
        .bind("bytes", recording.storedBytes())
        .bind("peaks", row.peaks())
        .execute();
  }

  static Optional<Row> find(Handle handle, CallId call) {
    return handle
        .createQuery("SELECT " + COLUMNS + " FROM recording.recording WHERE call_id = :call")
        .bind("call", call.value())
        .map(RecordingBook::row)
        .findOne();
  }

  static List<CallId> uncompressed(Handle handle) {
    return handle
        .createQuery(
            """
            SELECT call_id FROM recording.recording
            WHERE codec = 'WAV' ORDER BY started_at_ms, call_id
            """)
        .map((row, _) -> new CallId(row.getString("call_id")))
        .list();
  }

  static void compressed(Handle handle, CallId call, String path, long bytes) {

    handle
        .createUpdate(
            """
            UPDATE recording.recording SET codec = 'FLAC', path = :path, stored_bytes = :bytes
            WHERE call_id = :call AND codec = 'WAV'
            """)
        .bind("path", path)
        .bind("bytes", bytes)
        .bind("call", call.value())
        .execute();
  }

  /// What is overdue and began in none of the periods that are held.
  static List<Row> overdue(Handle handle, Instant now, List<HeldPeriod> standing) {
    StringBuilder free = new StringBuilder();
    for (int i = 0; i < standing.size(); i++) {
      free.append(
          " AND NOT (started_at_ms >= :from%d AND started_at_ms < :until%d)".formatted(i, i));
    }
    Query query =
        handle
            .createQuery(
                "SELECT "
                    + COLUMNS
                    + " FROM recording.recording WHERE retain_until_ms <= :now"
                    + free
                    + " ORDER BY id")
            .bind("now", now.toEpochMilli());
    for (int i = 0; i < standing.size(); i++) {
      query.bind("from" + i, standing.get(i).from().toEpochMilli());
      query.bind("until" + i, standing.get(i).until().toEpochMilli());
    }
    return query.map(RecordingBook::row).list();
  }

  static void purge(Handle handle, List<Row> rows, PurgeRecord proof) {
    for (Row row : rows) {

      handle
          .createUpdate("DELETE FROM recording.recording WHERE id = :id")
          .bind("id", row.recording().id())
          .execute();
    }

    handle
        .createUpdate(
            """
            INSERT INTO recording.purge
              (id, purged_at_ms, recordings, derived, bytes, oldest_ms, newest_ms, sha256,
               kept_by)
            VALUES (:id, :at, :count, :derived, :bytes, :oldest, :newest, :sha256, :keptBy)
            """)
        .bind("id", proof.id())
        .bind("at", proof.purgedAt().toEpochMilli())
        .bind("count", proof.count())
        .bind("derived", proof.derived())
        .bind("bytes", proof.bytes())
        .bind("oldest", proof.oldest().toEpochMilli())
        .bind("newest", proof.newest().toEpochMilli())
        .bind("sha256", proof.sha256())
        .bind("keptBy", String.join(" ", proof.keptBy()))
        .execute();
  }

  static List<PurgeRecord> purges(Handle handle) {
    return handle
        .createQuery(
            """
            SELECT id, purged_at_ms, recordings, derived, bytes, oldest_ms, newest_ms, sha256,
              kept_by
            FROM recording.purge ORDER BY purged_at_ms, id
            """)
        .map((row, _) ->
            new PurgeRecord(
                row.getString("id"),
                Instant.ofEpochMilli(row.getLong("purged_at_ms")),
                row.getInt("recordings"),
                row.getInt("derived"),
                row.getLong("bytes"),
                Instant.ofEpochMilli(row.getLong("oldest_ms")),
                Instant.ofEpochMilli(row.getLong("newest_ms")),
                row.getString("sha256"),
                Stream.of(row.getString("kept_by").split(" "))
                    .filter(id -> !id.isEmpty())
                    .toList()))
        .list();
  }

  private static Row row(ResultSet row, StatementContext context) throws SQLException {
    String id = row.getString("id");
    long samples = row.getLong("samples");
    boolean kept = row.getString("state").equals("KEPT");
    RecordingResult result =
        kept
            ? new RecordingResult.Kept(
                id,
                Sound.duration(samples),
                row.getString("sha256"),
                Sound.HEADER_BYTES + samples * Sound.FRAME_BYTES)
            : new RecordingResult.Failed(row.getString("reason"));
    return new Row(
        new Recording(
            id,
            new CallId(row.getString("call_id")),
            row.getString("campaign"),
            row.getString("contact"),
            Instant.ofEpochMilli(row.getLong("started_at_ms")),
            Duration.ofMillis(row.getLong("answered_ms")),
            result,
            kept ? Optional.of(Codec.valueOf(row.getString("codec"))) : Optional.empty(),
            row.getLong("stored_bytes"),
            Instant.ofEpochMilli(row.getLong("retain_until_ms"))),
        samples,
        row.getString("path"),
        row.getString("peaks"));
  }
}
