package kz.qonyrau.callbacks;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
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

  /// Deletes the oldest, inside the caller's transaction.
  ///
  /// @param before only those that were answered before
  /// @return the proof; empty if there is nothing left to delete
  static Optional<Purged> purge(Handle handle, Instant before, int most) {
    record Answered(String id, Instant at) {}
    List<Answered> old =
        handle
            .createQuery(
                """
                SELECT id, at_ms FROM callback.question WHERE at_ms < :before
                ORDER BY at_ms, id FETCH FIRST :most ROWS ONLY
                """)
            .bind("before", before.toEpochMilli())
            .bind("most", most)
            .map((row, _) ->
                new Answered(row.getString("id"), Instant.ofEpochMilli(row.getLong("at_ms"))))
            .list();
    if (old.isEmpty()) {
      return Optional.empty();
    }
    List<String> ids = old.stream().map(Answered::id).toList();
    handle
        .createUpdate("DELETE FROM callback.question WHERE id IN (<ids>)")
        .bindList("ids", ids)
        .execute();
    return Optional.of(Purged.of("INQUIRIES", ids, old.getFirst().at(), old.getLast().at()));
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
