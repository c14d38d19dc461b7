package kz.qonyrau.callbacks;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import kz.qonyrau.store.Overdue;
import kz.qonyrau.store.Purged;
import kz.qonyrau.vocabulary.CampaignId;
import org.jdbi.v3.core.Handle;

/// The rows of CALLBACK.question.
final class InquiryTable {

  private InquiryTable() {}

  static boolean isAnswered(Handle handle, String id) {
    return handle
        .createQuery("SELECT 1 FROM callback.question WHERE id = :id")
        .bind("id", id)
        .mapTo(Integer.class)
        .findOne()
        .isPresent();
  }

  /// Notes that a question was answered.
  ///
  /// @param calledBack whether who asks stands among those who called back after that campaign
  static void insert(
      Handle handle, String id, Instant at, Optional<CampaignId> campaign, boolean calledBack) {
    handle
        .createUpdate(
            """
            INSERT INTO callback.question (id, at_ms, campaign, called_back)
            VALUES (:id, :at, :campaign, :calledBack)
            """)
        .bind("id", id)
        .bind("at", at.toEpochMilli())
        .bindByType("campaign", campaign.map(CampaignId::value).orElse(null), String.class)
        .bind("calledBack", calledBack)
        .execute();
  }

  private record Answered(String id, Instant at) {}

  /// Deletes the oldest, inside the caller's transaction.
  ///
  /// @param overdue only those that were answered before, and that no legal hold keeps
  /// @return the proof; empty if there is nothing left to delete
  static Optional<Purged> purge(Handle handle, Overdue overdue, int most) {
    return overdue.free(handle, Instant.EPOCH).stream()
        .map(stretch -> old(handle, stretch, most))
        .filter(old -> !old.isEmpty())
        .findFirst()
        .map(old -> purge(handle, overdue, old));
  }

  private static List<Answered> old(Handle handle, Overdue.Stretch stretch, int most) {
    return handle
        .createQuery(
            """
            SELECT id, at_ms FROM callback.question WHERE at_ms >= :from AND at_ms < :until
            ORDER BY at_ms, id FETCH FIRST :most ROWS ONLY
            """)
        .bind("from", stretch.from().toEpochMilli())
        .bind("until", stretch.until().toEpochMilli())
        .bind("most", most)
        .map((row, _) ->
            new Answered(row.getString("id"), Instant.ofEpochMilli(row.getLong("at_ms"))))
        .list();
  }

  private static Purged purge(Handle handle, Overdue overdue, List<Answered> old) {
    List<String> ids = old.stream().map(Answered::id).toList();
    handle
        .createUpdate("DELETE FROM callback.question WHERE id IN (<ids>)")
        .bindList("ids", ids)
        .execute();
    return Purged.of(
        "INQUIRIES",
        ids,
        old.getFirst().at(),
        old.getLast().at(),
        overdue.keptBy(handle, old.stream().map(Answered::at).toList()));
  }

  static long count(Handle handle) {
    return handle
        .createQuery("SELECT COUNT(*) FROM callback.question WHERE campaign IS NOT NULL")
        .mapTo(Long.class)
        .one();
  }

  static List<Inquiry> newest(Handle handle, long skip, int size) {
    return handle
        .createQuery(
            """
            SELECT at_ms, campaign FROM callback.question WHERE campaign IS NOT NULL
            ORDER BY at_ms DESC, id OFFSET :skip ROWS FETCH NEXT :size ROWS ONLY
            """)
        .bind("skip", skip)
        .bind("size", size)
        .map((row, _) ->
            new Inquiry(
                Instant.ofEpochMilli(row.getLong("at_ms")),
                new CampaignId(row.getString("campaign"))))
        .list();
  }
}
