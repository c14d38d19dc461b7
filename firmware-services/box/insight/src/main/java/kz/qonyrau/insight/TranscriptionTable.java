package kz.qonyrau.insight;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import kz.qonyrau.insight.Transcription.State;
import kz.qonyrau.speech.Word;
import kz.qonyrau.vocabulary.CallId;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The rows of the schema INSIGHT.
final class TranscriptionTable {

  private static final int LONGEST_TEXT = 4000;
  private static final int LONGEST_WORDS = 32_000;
  private static final int LONGEST_REASON = 300;

  private TranscriptionTable() {}

  /// A job to be done.
  ///
  /// @param done how many samples of each side have their lines
  record Job(CallId call, Locale language, long samples, long done) {}

  /// Orders a transcript, unless there is one or one is waited for; a failed one is tried again
  /// from where it stopped.
  static void order(Handle handle, CallId call, Locale language, Instant at) {
    if (find(handle, call).isEmpty()) {
      handle
          .createUpdate(
              """
              INSERT INTO insight.transcription (call_id, language, state, reason, samples,
                done_samples, lost_ms, busy_ms, ordered_at_ms)
              VALUES (:call, :language, 'WAITING', '', 0, 0, 0, 0, :at)
              """)
          .bind("call", call.value())
          .bind("language", language.getLanguage())
          .bind("at", at.toEpochMilli())
          .execute();
      return;
    }
    handle
        .createUpdate(
            """
            UPDATE insight.transcription SET state = 'WAITING', reason = '', ended_at_ms = NULL
            WHERE call_id = :call AND state = 'FAILED'
            """)
        .bind("call", call.value())
        .execute();
  }

  static Optional<Transcription> find(Handle handle, CallId call) {
    return handle
        .createQuery("SELECT * FROM insight.transcription WHERE call_id = :call")
        .bind("call", call.value())
        .map((row, _) -> transcription(row))
        .findOne();
  }

  private static Transcription transcription(ResultSet row) throws SQLException {
    long ended = row.getLong("ended_at_ms");
    Optional<Instant> endedAt =
        row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(ended));
    return new Transcription(
        new CallId(row.getString("call_id").strip()),
        Locale.of(row.getString("language")),
        State.valueOf(row.getString("state")),
        row.getString("reason"),
        duration(row.getLong("samples")),
        duration(row.getLong("done_samples")),
        Duration.ofMillis(row.getLong("lost_ms")),
        Duration.ofMillis(row.getLong("busy_ms")),
        Instant.ofEpochMilli(row.getLong("ordered_at_ms")),
        endedAt);
  }

  /// What waits, longest first, at most 200.
  static List<Job> waiting(Handle handle) {
    return handle
        .createQuery(
            """
            SELECT call_id, language, samples, done_samples FROM insight.transcription
            WHERE state = 'WAITING' ORDER BY job_no FETCH FIRST 200 ROWS ONLY
            """)
        .map((row, _) ->
            new Job(
                new CallId(row.getString("call_id").strip()),
                Locale.of(row.getString("language")),
                row.getLong("samples"),
                row.getLong("done_samples")))
        .list();
  }

  static void measured(Handle handle, CallId call, long samples) {
    handle
        .createUpdate("UPDATE insight.transcription SET samples = :samples WHERE call_id = :call")
        .bind("samples", samples)
        .bind("call", call.value())
        .execute();
  }

  /// Writes the lines of a piece and that it is done, once: a piece that was written before is left
  /// as it is.
  ///
  /// @return false if it was written before, or the transcript is not wanted any more
  static boolean advance(
      Handle handle,
      CallId call,
      long from,
      long to,
      List<TranscribedLine> lines,
      Duration lost,
      Duration busy) {
    int moved =
        handle
            .createUpdate(
                """
                UPDATE insight.transcription
                SET done_samples = :to, lost_ms = lost_ms + :lost, busy_ms = busy_ms + :busy,
                  reason = ''
                WHERE call_id = :call AND done_samples = :from
                """)
            .bind("to", to)
            .bind("from", from)
            .bind("lost", lost.toMillis())
            .bind("busy", busy.toMillis())
            .bind("call", call.value())
            .execute();
    if (moved == 0) {
      return false;
    }
    for (Side side : Side.values()) {
      int number = count(handle, call, side);
      for (TranscribedLine line : lines) {
        if (line.side() == side) {
          insert(handle, call, number++, line);
        }
      }
    }
    return true;
  }

  /// Deletes transcripts with all their lines.
  ///
  /// @return the calls that had one
  static Set<CallId> delete(Handle handle, List<CallId> calls) {
    Set<CallId> deleted = new HashSet<>();
    for (CallId call : calls) {
      int rows =
          handle
              .createUpdate("DELETE FROM insight.transcription WHERE call_id = :call")
              .bind("call", call.value())
              .execute();
      if (rows > 0) {
        deleted.add(call);
      }
    }
    return deleted;
  }

  private static int count(Handle handle, CallId call, Side side) {
    return handle
        .createQuery(
            "SELECT COUNT(*) FROM insight.spoken_line WHERE call_id = :call AND channel = :side")
        .bind("call", call.value())
        .bind("side", side.name())
        .mapTo(Integer.class)
        .one();
  }

  private static void insert(Handle handle, CallId call, int number, TranscribedLine line) {
    handle
        .createUpdate(
            """
            INSERT INTO insight.spoken_line
              (call_id, channel, line_no, spoken, from_ms, to_ms, confidence, words)
            VALUES (:call, :side, :line, :spoken, :from, :to, :confidence, :words)
            """)
        .bind("call", call.value())
        .bind("side", line.side().name())
        .bind("line", number)
        .bind("spoken", clip(line.text(), LONGEST_TEXT))
        .bind("from", line.from().toMillis())
        .bind("to", line.to().toMillis())
        .bind("confidence", line.confidence())
        .bind("words", text(line.words()))
        .execute();
  }

  static void end(Handle handle, CallId call, State state, String reason, Instant at) {
    handle
        .createUpdate(
            """
            UPDATE insight.transcription SET state = :state, reason = :reason, ended_at_ms = :at
            WHERE call_id = :call AND state = 'WAITING'
            """)
        .bind("state", state.name())
        .bind("reason", clip(reason, LONGEST_REASON))
        .bind("at", at.toEpochMilli())
        .bind("call", call.value())
        .execute();
  }

  static void delay(Handle handle, CallId call, String reason) {
    handle
        .createUpdate(
            """
            UPDATE insight.transcription SET reason = :reason
            WHERE call_id = :call AND state = 'WAITING'
            """)
        .bind("reason", clip(reason, LONGEST_REASON))
        .bind("call", call.value())
        .execute();
  }

  /// What both sides said so far, in the order in which they began.
  static List<TranscribedLine> lines(Handle handle, CallId call) {
    return handle
        .createQuery(
            """
            SELECT channel, spoken, from_ms, to_ms, confidence, words FROM insight.spoken_line
            WHERE call_id = :call ORDER BY from_ms, channel, line_no
            """)
        .bind("call", call.value())
        .map((row, _) ->
            new TranscribedLine(
                Side.valueOf(row.getString("channel")),
                row.getString("spoken"),
                Duration.ofMillis(row.getLong("from_ms")),
                Duration.ofMillis(row.getLong("to_ms")),
                row.getDouble("confidence"),
                words(row.getString("words"))))
        .list();
  }

  /// What was said in all conversations, behind a line, by call, side and line.
  static List<LineOfCall> after(Handle handle, String call, String side, int line, int size) {
    return handle
        .createQuery(
            """
            SELECT l.call_id, l.channel, l.line_no, l.spoken, l.from_ms, l.to_ms, l.confidence,
              t.language
            FROM insight.spoken_line l JOIN insight.transcription t ON t.call_id = l.call_id
            WHERE l.call_id >= :call
              AND (l.call_id > :call OR l.channel > :side OR (l.channel = :side AND l.line_no > :line))
            ORDER BY l.call_id, l.channel, l.line_no FETCH FIRST :size ROWS ONLY
            """)
        .bind("call", call)
        .bind("side", side)
        .bind("line", line)
        .bind("size", size)
        .map((row, _) ->
            new LineOfCall(
                new CallId(row.getString("call_id").strip()),
                Locale.of(row.getString("language")),
                row.getInt("line_no"),
                new TranscribedLine(
                    Side.valueOf(row.getString("channel")),
                    row.getString("spoken"),
                    Duration.ofMillis(row.getLong("from_ms")),
                    Duration.ofMillis(row.getLong("to_ms")),
                    row.getDouble("confidence"),
                    List.of())))
        .list();
  }

  private static String text(List<Word> words) {
    String text =
        words.stream()
            .map(word ->
                word.from().toMillis()
                    + "\t"
                    + word.to().toMillis()
                    + "\t"
                    + word.confidence()
                    + "\t"
                    + word.text().replace('\t', ' ').replace('\n', ' '))
            .collect(Collectors.joining("\n"));
    return text.length() > LONGEST_WORDS ? "" : text;
  }

  private static List<Word> words(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      return List.of();
    }
    return text.lines()
        .map(line -> line.split("\t", 4))
        .map(part ->
            new Word(
                part[3],
                Duration.ofMillis(Long.parseLong(part[0])),
                Duration.ofMillis(Long.parseLong(part[1])),
                Double.parseDouble(part[2])))
        .toList();
  }

  private static Duration duration(long samples) {
    return Duration.ofMillis(samples * 1000 / Piece.SAMPLES_PER_SECOND);
  }

  private static String clip(String text, int length) {
    return text.length() <= length ? text : text.substring(0, length);
  }
}
