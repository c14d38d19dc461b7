package kz.qonyrau.fleet;

import java.util.Optional;
import kz.qonyrau.vocabulary.BoxId;
import org.jdbi.v3.core.Handle;

/// What each box was told last by documents of one kind that say everything anew: the newest
/// version, and a hash of what it said. A row for each box in a table of its own.
///
/// Every method runs in the caller's transaction.
enum LastTold {
  /// What subscribers ask.
  QUESTIONS("fleet.query"),
  /// Which recordings are published.
  PROMOTIONS("fleet.promotion");

  /// Of a version that was not issued here, so that the next one says something else.
  private static final String STRANGE = "0".repeat(64);

  private final String table;

  LastTold(String table) {
    this.table = table;
  }

  /// The version of a box's newest document, 0 for none.
  long version(Handle handle, BoxId box) {
    return handle
        .createQuery("SELECT version FROM " + table + " WHERE box_id = :box")
        .bind("box", box.value())
        .mapTo(Long.class)
        .findOne()
        .orElse(0L);
  }

  /// Whether that said this.
  ///
  /// @param sha256 of what is to be said, as [#put] takes it
  boolean said(Handle handle, BoxId box, String sha256) {
    Optional<String> last =
        handle
            .createQuery("SELECT sha256 FROM " + table + " WHERE box_id = :box")
            .bind("box", box.value())
            .mapTo(String.class)
            .findOne();
    return last.equals(Optional.of(sha256));
  }

  /// Takes note of a version that a box names in a heartbeat, if it is newer than any that was
  /// issued here: central came back from an older copy of its database. The next version is then
  /// one that the box takes.
  void hear(Handle handle, BoxId box, long named) {
    if (named > version(handle, box)) {
      put(handle, box, named, STRANGE);
    }
  }

  /// Takes note of a box's newest document.
  ///
  /// @param sha256 of what it says, 64 hexadecimal digits
  void put(Handle handle, BoxId box, long version, String sha256) {
    handle
        .createUpdate("DELETE FROM " + table + " WHERE box_id = :box")
        .bind("box", box.value())
        .execute();
    handle
        .createUpdate(
            "INSERT INTO " + table + " (box_id, version, sha256) VALUES (:box, :version, :sha256)")
        .bind("box", box.value())
        .bind("version", version)
        .bind("sha256", sha256)
        .execute();
  }
}
