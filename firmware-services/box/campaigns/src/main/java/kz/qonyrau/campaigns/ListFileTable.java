package kz.qonyrau.campaigns;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// The rows of CAMPAIGN.list_file.
final class ListFileTable {

  private static final String COLUMNS = "id, name, kind, bytes, sha256, added_at_ms, added_by";

  private ListFileTable() {}

  static void insert(Handle handle, long listNo, ListFile file) {
    handle
        .createUpdate(
            """
            INSERT INTO campaign.list_file (
              id, list_no, name, kind, bytes, sha256, added_at_ms, added_by)
            VALUES (:id, :list, :name, :kind, :bytes, :sha256, :at, :by)
            """)
        .bind("id", file.id())
        .bind("list", listNo)
        .bind("name", file.name())
        .bind("kind", file.kind().name())
        .bind("bytes", file.bytes())
        .bind("sha256", file.sha256())
        .bind("at", file.addedAt().toEpochMilli())
        .bind("by", file.by())
        .execute();
  }

  /// A list's files, the oldest first.
  static List<ListFile> of(Handle handle, long listNo) {
    return handle
        .createQuery(
            "SELECT "
                + COLUMNS
                + " FROM campaign.list_file WHERE list_no = :list ORDER BY added_at_ms, id")
        .bind("list", listNo)
        .map((row, _) -> file(row))
        .list();
  }

  static Optional<ListFile> find(Handle handle, long listNo, String id) {
    return handle
        .createQuery(
            "SELECT " + COLUMNS + " FROM campaign.list_file WHERE id = :id AND list_no = :list")
        .bind("id", id)
        .bind("list", listNo)
        .map((row, _) -> file(row))
        .findOne();
  }

  static void remove(Handle handle, String id) {
    handle.createUpdate("DELETE FROM campaign.list_file WHERE id = :id").bind("id", id).execute();
  }

  /// Forgets a list's files.
  ///
  /// @return their ids
  static List<String> removeAll(Handle handle, long listNo) {
    List<String> ids = of(handle, listNo).stream().map(ListFile::id).toList();
    handle
        .createUpdate("DELETE FROM campaign.list_file WHERE list_no = :list")
        .bind("list", listNo)
        .execute();
    return ids;
  }

  static List<String> ids(Handle handle) {
    return handle.createQuery("SELECT id FROM campaign.list_file").mapTo(String.class).list();
  }

  private static ListFile file(ResultSet row) throws SQLException {
    return new ListFile(
        row.getString("id"),
        row.getString("name"),
        FileKind.valueOf(row.getString("kind")),
        row.getLong("bytes"),
        row.getString("sha256"),
        Instant.ofEpochMilli(row.getLong("added_at_ms")),
        row.getString("added_by"));
  }
}
