package kz.qonyrau.callbacks;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
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

  static void insert(Handle handle, String id, Instant at, Optional<CampaignId> campaign) {
    handle
        .createUpdate(
            "INSERT INTO callback.question (id, at_ms, campaign) VALUES (:id, :at, :campaign)")
        .bind("id", id)
        .bind("at", at.toEpochMilli())
        .bindByType("campaign", campaign.map(CampaignId::value).orElse(null), String.class)
        .execute();
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
