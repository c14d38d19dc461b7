package kz.qonyrau.fleet;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import kz.qonyrau.cases.Cases;
import kz.qonyrau.cases.NumberedDirective;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.vocabulary.OrganisationId;
import kz.qonyrau.wire.BlocksDocument;
import kz.qonyrau.wire.Heartbeat;
import kz.qonyrau.wire.SealingKey;
import org.jdbi.v3.core.Handle;

/// Tells boxes of complaints, a page at a time: the next one is issued when the box says that it
/// has done what the one before says, so that none is lost and a document never grows (AC-SPM-02).
/// A box that never told its key is told nothing yet; its next heartbeat has it.
///
/// Every method runs in the caller's transaction.
final class Blocklists {

  private static final String BY = "complaints";

  private final Cases cases;
  private final Documents documents;

  Blocklists(Cases cases, Documents documents) {
    this.cases = cases;
    this.documents = documents;
  }

  /// How far a box has been told.
  ///
  /// @param version of its newest document, 0 for none
  /// @param behind its newest document has what stands behind this ordinal
  /// @param upTo as far as this one
  /// @param obeyed the newest version that the box has acted on
  /// @param anew whether the box has to be told from the beginning
  private record Told(
      BoxId box,
      OrganisationId organisation,
      SealingKey key,
      long version,
      long behind,
      long upTo,
      long obeyed,
      boolean anew) {

    /// The box has done what its newest document says.
    Told obeys() {
      return new Told(box, organisation, key, version, behind, upTo, version, anew);
    }

    /// What the next document has to stand behind: what the box may not have done yet is said
    /// again.
    long next() {
      return obeyed == version ? upTo : behind;
    }
  }

  /// The version of a box's newest document, 0 for none.
  static long version(Handle handle, BoxId box) {
    return find(handle, box).map(Told::version).orElse(0L);
  }

  /// What is sealed for a box with; empty until it has said so.
  static Optional<SealingKey> key(Handle handle, BoxId box) {
    return find(handle, box).map(Told::key);
  }

  /// Whether a heartbeat says something that [#hear] has to write down.
  boolean isNews(Handle handle, BoxAccount account, Heartbeat heartbeat) {
    Optional<Told> told = find(handle, account.box());
    return !told.equals(Optional.of(heard(account, told, heartbeat)));
  }

  /// Takes note of what a box says it has.
  void hear(Handle handle, BoxAccount account, Heartbeat heartbeat) {
    put(handle, heard(account, find(handle, account.box()), heartbeat));
  }

  private static Told heard(BoxAccount account, Optional<Told> before, Heartbeat heartbeat) {
    SealingKey key = heartbeat.sealingKey();
    long has = heartbeat.blocklistVersion();
    long version = Math.max(has, before.map(Told::version).orElse(0L));
    boolean lost =
        before
            .filter(told -> told.key().equals(key) && has >= told.obeyed() && has <= told.version())
            .isEmpty();
    if (lost) {
      return new Told(account.box(), account.organisation(), key, version, 0, 0, 0, true);
    }
    Told told = before.get();
    boolean obeysNewest = heartbeat.blocksObeyed() && has == told.version() && !told.anew();
    return obeysNewest ? told.obeys() : told;
  }

  /// Whether [#keep] would issue something. Only reads.
  boolean isDue(Handle handle, BoxId box) {
    return find(handle, box).filter(told -> isDue(handle, told)).isPresent();
  }

  private boolean isDue(Handle handle, Told told) {
    if (told.anew() || told.version() == 0) {
      return true;
    }
    if (cases.newestDirective(handle, told.organisation()) <= told.upTo()) {
      return false;
    }
    // While the box has not done what a full page says, nothing can be added to it.
    List<NumberedDirective> page = cases.directivesAfter(handle, told.organisation(), told.next());
    return !page.isEmpty() && page.getLast().ordinal() != told.upTo();
  }

  /// Issues the next page, if there is one to issue.
  ///
  /// @return whether there is something new to send
  boolean keep(Handle handle, BoxId box, Instant now) {
    Optional<Told> found = find(handle, box).filter(told -> isDue(handle, told));
    if (found.isEmpty()) {
      return false;
    }
    Told told = found.get();
    long behind = told.next();
    List<NumberedDirective> page = cases.directivesAfter(handle, told.organisation(), behind);
    long version = told.version() + 1;
    documents.issueBlocks(
        handle,
        BlocksDocument.seal(
            box,
            version,
            cases.sealing(),
            page.stream().map(NumberedDirective::directive).toList(),
            told.key()),
        now,
        BY);
    put(
        handle,
        new Told(
            box,
            told.organisation(),
            told.key(),
            version,
            behind,
            page.isEmpty() ? behind : page.getLast().ordinal(),
            told.obeyed(),
            false));
    return true;
  }

  // ---- the table

  private static Optional<Told> find(Handle handle, BoxId box) {
    return handle
        .createQuery(
            """
            SELECT l.box_id, b.organisation_id, l.sealing_key, l.version, l.behind_ordinal,
              l.upto_ordinal, l.obeyed_version, l.anew
            FROM fleet.blocklist l JOIN fleet.box b ON b.id = l.box_id
            WHERE l.box_id = :box
            """)
        .bind("box", box.value())
        .map((row, _) -> told(row))
        .findOne();
  }

  private static Told told(ResultSet row) throws SQLException {
    return new Told(
        new BoxId(row.getString("box_id")),
        new OrganisationId(row.getString("organisation_id")),
        SealingKey.parse(row.getString("sealing_key")),
        row.getLong("version"),
        row.getLong("behind_ordinal"),
        row.getLong("upto_ordinal"),
        row.getLong("obeyed_version"),
        row.getBoolean("anew"));
  }

  private static void put(Handle handle, Told told) {
    handle
        .createUpdate("DELETE FROM fleet.blocklist WHERE box_id = :box")
        .bind("box", told.box().value())
        .execute();
    handle
        .createUpdate(
            """
            INSERT INTO fleet.blocklist (
              box_id, sealing_key, version, behind_ordinal, upto_ordinal, obeyed_version, anew)
            VALUES (:box, :key, :version, :behind, :upTo, :obeyed, :anew)
            """)
        .bind("box", told.box().value())
        .bind("key", told.key().text())
        .bind("version", told.version())
        .bind("behind", told.behind())
        .bind("upTo", told.upTo())
        .bind("obeyed", told.obeyed())
        .bind("anew", told.anew())
        .execute();
  }
}
