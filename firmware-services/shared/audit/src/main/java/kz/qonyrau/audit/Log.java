package kz.qonyrau.audit;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/// The tables of the log. Every method runs inside the caller's transaction.
final class Log {

  /// Where the chain ends.
  record Head(long line, String hash) {}

  private Log() {}

  static Head head(Handle handle) {
    return handle
        .createQuery("SELECT last_line, head_hash FROM audit.chain")
        .map((row, _) -> new Head(row.getLong("last_line"), row.getString("head_hash")))
        .findOne()
        .orElseGet(() -> new Head(0, Line.BEFORE_THE_FIRST));
  }

  static void append(Handle handle, Head head, Line line) {
    handle
        .createUpdate(
            """
            INSERT INTO audit.entry (
                line, at_ms, login, role_name, address, area, action, object, reason, detail,
                ends_line, previous_hash, hash)
            VALUES (
                :line, :at, :login, :role, :address, :area, :action, :object, :reason, :detail,
                :ends, :previousHash, :hash)
            """)
        .bind("line", line.line())
        .bind("at", line.atMillis())
        .bind("login", line.actor().login())
        .bind("role", line.actor().role())
        .bind("address", line.actor().address())
        .bind("area", line.area())
        .bind("action", line.action())
        .bind("object", line.object())
        .bind("reason", line.reason())
        .bind("detail", line.detail())
        .bind("ends", line.endsLine())
        .bind("previousHash", line.previousHash())
        .bind("hash", line.hash())
        .execute();
    moveHead(handle, head, line);
  }

  private static void moveHead(Handle handle, Head head, Line line) {
    if (head.line() == 0) {
      handle
          .createUpdate(
              "INSERT INTO audit.chain (only_one, last_line, head_hash) VALUES (1, :line, :hash)")
          .bind("line", line.line())
          .bind("hash", line.hash())
          .execute();
      return;
    }
    int moved =
        handle
            .createUpdate(
                """
                UPDATE audit.chain SET last_line = :line, head_hash = :hash
                WHERE last_line = :before
                """)
            .bind("line", line.line())
            .bind("hash", line.hash())
            .bind("before", head.line())
            .execute();
    if (moved != 1) {
      throw new IllegalStateException("the end of the audit log is not where it was left");
    }
  }

  static Optional<Line> line(Handle handle, long line) {
    return handle
        .createQuery("SELECT " + Line.COLUMNS + " FROM audit.entry WHERE line = :line")
        .bind("line", line)
        .map((row, _) -> Line.from(row))
        .findOne();
  }

  /// Lines after `after`, in order.
  static List<Line> lines(Handle handle, long after, int limit) {
    return handle
        .createQuery(
            "SELECT "
                + Line.COLUMNS
                + " FROM audit.entry WHERE line > :after ORDER BY line"
                + " FETCH FIRST :limit ROWS ONLY")
        .bind("after", after)
        .bind("limit", limit)
        .map((row, _) -> Line.from(row))
        .list();
  }

  /// Lines before `before` that say what begins and that fit the filter, newest first.
  static List<Line> lines(Handle handle, AuditFilter filter, long before, int limit) {
    if (filter.areas().isEmpty() && filter.own().isEmpty()) {
      return List.of();
    }
    // Derby takes no empty IN, and the other half of the condition decides then.
    List<String> areas =
        filter.areas().isEmpty()
            ? List.of("")
            : filter.areas().stream().map(AuditArea::name).toList();
    Query query =
        handle
            .createQuery(
                "SELECT "
                    + Line.COLUMNS
                    + """
                     FROM audit.entry
                    WHERE line < :before AND ends_line = 0
                      AND (area IN (<areas>) OR login = :own)
                      AND at_ms >= :from AND at_ms < :until
                    """
                    + filter.area().map(_ -> " AND area = :area").orElse("")
                    + filter.login().map(_ -> " AND login = :login").orElse("")
                    + " ORDER BY line DESC FETCH FIRST :limit ROWS ONLY")
            .bindList("areas", areas)
            .bind("before", before)
            .bind("own", filter.own().orElse(""))
            .bind("from", filter.from().map(Instant::toEpochMilli).orElse(Long.MIN_VALUE))
            .bind("until", filter.until().map(Instant::toEpochMilli).orElse(Long.MAX_VALUE))
            .bind("limit", limit);
    filter.area().ifPresent(area -> query.bind("area", area.name()));
    filter.login().ifPresent(login -> query.bind("login", login));
    return query.map((row, _) -> Line.from(row)).list();
  }

  /// How those of the lines ended that were not done.
  static Map<Long, String> endings(Handle handle, List<Line> lines) {
    if (lines.isEmpty()) {
      return Map.of();
    }
    return handle
        .createQuery("SELECT " + Line.COLUMNS + " FROM audit.entry WHERE ends_line IN (<lines>)")
        .bindList("lines", lines.stream().map(Line::line).toList())
        .map((row, _) -> Line.from(row))
        .stream()
        .collect(Collectors.toMap(Line::endsLine, Line::detail, (first, _) -> first));
  }
}
