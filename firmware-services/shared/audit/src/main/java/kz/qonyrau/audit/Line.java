package kz.qonyrau.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import kz.qonyrau.vocabulary.FieldHash;

/// A line as it is stored, sealed by the hash of its fields and of the line before it.
///
/// @param endsLine the line that this one says the end of; 0 if it says what begins
record Line(
    long line,
    long atMillis,
    Actor actor,
    String area,
    String action,
    String object,
    String reason,
    String detail,
    long endsLine,
    String previousHash,
    String hash) {

  static final String BEFORE_THE_FIRST = FieldHash.beforeTheFirst("qonyrau/audit/log/1");

  static final String COLUMNS =
      """
      line, at_ms, login, role_name, address, area, action, object, reason, detail, ends_line,
      previous_hash, hash
      """;

  static Line from(ResultSet row) throws SQLException {
    return new Line(
        row.getLong("line"),
        row.getLong("at_ms"),
        new Actor(row.getString("login"), row.getString("role_name"), row.getString("address")),
        row.getString("area"),
        row.getString("action"),
        row.getString("object"),
        row.getString("reason"),
        row.getString("detail"),
        row.getLong("ends_line"),
        row.getString("previous_hash"),
        row.getString("hash"));
  }

  /// The same line with the hash that belongs to it.
  Line sealed() {
    return new Line(
        line,
        atMillis,
        actor,
        area,
        action,
        object,
        reason,
        detail,
        endsLine,
        previousHash,
        computeHash());
  }

  /// As it is shown.
  AuditEntry entry(Optional<String> ending) {
    return new AuditEntry(
        line, Instant.ofEpochMilli(atMillis), actor, area, action, object, reason, detail, ending);
  }

  String computeHash() {
    return FieldHash.of("qonyrau/audit/entry/1")
        .add(line)
        .add(atMillis)
        .add(actor.login())
        .add(actor.role())
        .add(actor.address())
        .add(area)
        .add(action)
        .add(object)
        .add(reason)
        .add(detail)
        .add(endsLine)
        .add(previousHash)
        .hex();
  }
}
