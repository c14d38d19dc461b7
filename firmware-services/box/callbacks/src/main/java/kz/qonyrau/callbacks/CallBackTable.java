package kz.qonyrau.callbacks;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import kz.qonyrau.callbacks.CallBack.Contact;
import kz.qonyrau.callbacks.CallBack.Told;
import kz.qonyrau.callbacks.CallBack.Wish;
import kz.qonyrau.store.Overdue;
import kz.qonyrau.store.Purged;
import kz.qonyrau.telephony.TrunkId;
import kz.qonyrau.vocabulary.CallId;
import kz.qonyrau.vocabulary.CampaignId;
import kz.qonyrau.vocabulary.Msisdn;
import org.jdbi.v3.core.Handle;

/// The rows of CALLBACK.call_back.
final class CallBackTable {

  private static final String SELECT = "SELECT * FROM callback.call_back";

  private CallBackTable() {}

  /// Writes that somebody calls.
  static void insert(Handle handle, CallBack call) {
    handle
        .createUpdate(
            """
            INSERT INTO callback.call_back (id, at_ms, caller, trunk, called, heard_ms, refused)
            VALUES (:id, :at, :caller, :trunk, :called, 0, 0)
            """)
        .bind("id", call.id().value())
        .bind("at", call.at().toEpochMilli())
        .bind("caller", call.caller().map(Msisdn::e164).orElse(null))
        .bind("trunk", call.trunk().value())
        .bind("called", call.called().orElse(null))
        .execute();
  }

  /// How often a number called since a moment, and was answered.
  static int count(Handle handle, Msisdn caller, Instant since) {
    return handle
        .createQuery(
            "SELECT COUNT(*) FROM callback.call_back WHERE caller = :caller AND at_ms >= :since")
        .bind("caller", caller.e164())
        .bind("since", since.toEpochMilli())
        .mapTo(Integer.class)
        .one();
  }

  /// Notes with a number's last call that it called again, and was not answered.
  static void refused(Handle handle, Msisdn caller) {
    handle
        .createUpdate(
            """
            UPDATE callback.call_back SET refused = refused + 1
            WHERE caller = :caller
              AND at_ms = (SELECT MAX(at_ms) FROM callback.call_back WHERE caller = :caller)
            """)
        .bind("caller", caller.e164())
        .execute();
  }

  static int wish(Handle handle, CallId id, Contact contact, Wish wish) {
    contact(handle, id, contact);
    return handle
        .createUpdate("UPDATE callback.call_back SET wish = :wish WHERE id = :id")
        .bind("wish", wish.name())
        .bind("id", id.value())
        .execute();
  }

  private static void contact(Handle handle, CallId id, Contact contact) {
    handle
        .createUpdate(
            """
            UPDATE callback.call_back
            SET campaign = :campaign, contact_at_ms = :at, call_id = :call
            WHERE id = :id
            """)
        .bind("campaign", contact.campaign().value())
        .bind("at", contact.at().toEpochMilli())
        .bind("call", contact.call().value())
        .bind("id", id.value())
        .execute();
  }

  static int end(Handle handle, CallId id, Told told, Optional<Contact> contact, Duration heard) {
    contact.ifPresent(one -> contact(handle, id, one));
    return handle
        .createUpdate(
            "UPDATE callback.call_back SET told = :told, heard_ms = :heard WHERE id = :id")
        .bind("told", told.name())
        .bind("heard", heard.toMillis())
        .bind("id", id.value())
        .execute();
  }

  /// Closes what was under way when the box went down.
  ///
  /// @return how many there were
  static int endOpen(Handle handle) {
    return handle
        .createUpdate("UPDATE callback.call_back SET told = 'NOTHING' WHERE told IS NULL")
        .execute();
  }

  /// Deletes the oldest calls, inside the caller's transaction.
  ///
  /// @param overdue only those that came in before, and that no legal hold keeps
  /// @return the proof; empty if there is nothing left to delete
  static Optional<Purged> purge(Handle handle, Overdue overdue, int most) {
    return overdue.free(handle, Instant.EPOCH).stream()
        .map(stretch -> old(handle, stretch, most))
        .filter(old -> !old.isEmpty())
        .findFirst()
        .map(old -> purge(handle, overdue, old));
  }

  private static List<CallBack> old(Handle handle, Overdue.Stretch stretch, int most) {
    return handle
        .createQuery(
            SELECT
                + " WHERE at_ms >= :from AND at_ms < :until"
                + " ORDER BY at_ms FETCH FIRST :most ROWS ONLY")
        .bind("from", stretch.from().toEpochMilli())
        .bind("until", stretch.until().toEpochMilli())
        .bind("most", most)
        .map((row, _) -> callBack(row))
        .list();
  }

  private static Purged purge(Handle handle, Overdue overdue, List<CallBack> old) {
    List<String> ids = old.stream().map(one -> one.id().value()).toList();
    handle
        .createUpdate("DELETE FROM callback.call_back WHERE id IN (<ids>)")
        .bindList("ids", ids)
        .execute();
    return Purged.of(
        "CALL_BACKS",
        ids,
        old.getFirst().at(),
        old.getLast().at(),
        overdue.keptBy(handle, old.stream().map(CallBack::at).toList()));
  }

  static long count(Handle handle) {
    return handle.createQuery("SELECT COUNT(*) FROM callback.call_back").mapTo(Long.class).one();
  }

  static List<CallBack> newest(Handle handle, long skip, int size) {
    return handle
        .createQuery(
            SELECT + " ORDER BY at_ms DESC, id OFFSET :skip ROWS FETCH NEXT :size ROWS ONLY")
        .bind("skip", skip)
        .bind("size", size)
        .map((row, _) -> callBack(row))
        .list();
  }

  /// Those behind one, the oldest first.
  static List<CallBack> after(Handle handle, Optional<CallBack> last, int size) {
    return handle
        .createQuery(
            SELECT
                + """
                 WHERE at_ms >= :at AND (at_ms > :at OR id > :id)
                ORDER BY at_ms, id FETCH FIRST :size ROWS ONLY
                """)
        .bind("at", last.map(one -> one.at().toEpochMilli()).orElse(0L))
        .bind("id", last.map(one -> one.id().value()).orElse(""))
        .bind("size", size)
        .map((row, _) -> callBack(row))
        .list();
  }

  /// Whether a number has called back since a moment and counts for a campaign: it was told of it,
  /// or listens at this moment.
  static boolean calledBack(Handle handle, Msisdn caller, CampaignId campaign, Instant since) {
    return handle
        .createQuery(
            """
            SELECT 1 FROM callback.call_back
            WHERE caller = :caller AND at_ms >= :since
              AND (told IS NULL OR (told = 'CALLED' AND campaign = :campaign))
            FETCH FIRST ROW ONLY
            """)
        .bind("caller", caller.e164())
        .bind("since", since.toEpochMilli())
        .bind("campaign", campaign.value())
        .mapTo(Integer.class)
        .findOne()
        .isPresent();
  }

  /// The campaigns after which at least so many different numbers called back since a moment, or
  /// asked the provider without having called back; each time counted anew, as it is not kept who
  /// asks.
  static List<CallBackPage.Frequent> frequent(Handle handle, Instant since, int least) {
    return handle
        .createQuery(
            """
            SELECT campaign, COUNT(DISTINCT who) AS people
            FROM (
              SELECT campaign, CAST(caller AS VARCHAR(36)) AS who FROM callback.call_back
              WHERE at_ms >= :since AND told = 'CALLED'
              UNION ALL
              SELECT campaign, CAST(id AS VARCHAR(36)) AS who FROM callback.question
              WHERE at_ms >= :since AND campaign IS NOT NULL AND NOT called_back) asked
            GROUP BY campaign HAVING COUNT(DISTINCT who) >= :least
            ORDER BY people DESC, campaign
            """)
        .bind("since", since.toEpochMilli())
        .bind("least", least)
        .map((row, _) ->
            new CallBackPage.Frequent(
                new CampaignId(row.getString("campaign")), row.getLong("people")))
        .list();
  }

  private static CallBack callBack(ResultSet row) throws SQLException {
    String campaign = row.getString("campaign");
    return new CallBack(
        new CallId(row.getString("id")),
        Instant.ofEpochMilli(row.getLong("at_ms")),
        Optional.ofNullable(row.getString("caller")).map(Msisdn::new),
        new TrunkId(row.getString("trunk")),
        Optional.ofNullable(row.getString("called")),
        Optional.ofNullable(row.getString("told")).map(Told::valueOf),
        campaign == null
            ? Optional.empty()
            : Optional.of(
                new Contact(
                    new CallId(row.getString("call_id")),
                    new CampaignId(campaign),
                    Instant.ofEpochMilli(row.getLong("contact_at_ms")))),
        Duration.ofMillis(row.getLong("heard_ms")),
        Optional.ofNullable(row.getString("wish")).map(Wish::valueOf),
        row.getInt("refused"));
  }
}
