package kz.qonyrau.campaigns;

import java.util.Map;
import java.util.Optional;
import kz.qonyrau.vocabulary.ContactListId;
import org.jdbi.v3.core.Handle;

/// Writes down whom a started campaign is to reach, each before his first call.
final class RecipientPreparation {

  private RecipientPreparation() {}

  /// Writes down some more of the recipients of a campaign.
  ///
  /// A list's contacts keep their order: the sequence number is the contact's, behind those of the
  /// lists before it.
  static void prepareSome(Handle handle, long campaignNo) {
    Cursor at =
        handle
            .createQuery(
                """
                SELECT prepared_lists, prepared_contact, recipients, category
                FROM campaign.campaign WHERE campaign_no = :no
                """)
            .bind("no", campaignNo)
            .map((row, _) ->
                new Cursor(
                    row.getInt("prepared_lists"),
                    row.getInt("prepared_contact"),
                    row.getInt("recipients"),
                    Category.valueOf(row.getString("category"))))
            .one();
    Optional<String> list =
        handle
            .createQuery(
                "SELECT list_id FROM campaign.campaign_list WHERE campaign_no = :no AND place = :at")
            .bind("no", campaignNo)
            .bind("at", at.place)
            .mapTo(String.class)
            .findOne();
    if (list.isEmpty()) {
      handle
          .createUpdate("UPDATE campaign.campaign SET prepared = TRUE WHERE campaign_no = :no")
          .bind("no", campaignNo)
          .execute();
      return;
    }
    Optional<ListTable.Stored> stored =
        ListTable.find(handle, new ContactListId(list.get()))
            .filter(found -> found.state().equals("READY"));
    long contacts = stored.map(found -> found.list().contacts()).orElse(0L);
    if (at.contact >= contacts) {
      advance(handle, campaignNo, at.place + 1, 0, at.base + (int) contacts);
      return;
    }
    int to = (int) Math.min(contacts, at.contact + ListTable.BATCH);
    insertRecipients(handle, campaignNo, stored.orElseThrow().listNo(), at, to);
    tallyNew(handle, campaignNo, at.base + at.contact, at.base + to);
    advance(handle, campaignNo, at.place, to, at.base);
  }

  private record Cursor(int place, int contact, int base, Category category) {}

  private static void advance(Handle handle, long campaignNo, int place, int contact, int base) {
    handle
        .createUpdate(
            """
            UPDATE campaign.campaign
            SET prepared_lists = :place, prepared_contact = :contact, recipients = :base
            WHERE campaign_no = :no
            """)
        .bind("place", place)
        .bind("contact", contact)
        .bind("base", base)
        .bind("no", campaignNo)
        .execute();
  }

  private static void insertRecipients(
      Handle handle, long campaignNo, long listNo, Cursor at, int to) {
    String consent = at.category == Category.ADVERTISING ? "k.consent_calls <> 'GRANTED'" : "1 = 0";
    // A number of an earlier list is a recipient already.
    String once =
        at.place == 0
            ? ""
            : """
            AND NOT EXISTS (
                SELECT 1 FROM campaign.recipient r
                WHERE r.campaign_no = :no AND r.number = k.number)
            """;
    handle
        .createUpdate(
            """
            INSERT INTO campaign.recipient (
                campaign_no, seq, number, list_no, contact_seq, state, result)
            SELECT CAST(:no AS BIGINT), CAST(:base AS INTEGER) + k.seq, k.number, k.list_no, k.seq,
                CASE WHEN s.status IS NOT NULL OR %s THEN 'EXCLUDED' ELSE 'PENDING' END,
                CASE WHEN s.status IS NOT NULL THEN s.status
                    WHEN %s THEN 'NO_CONSENT'
                    ELSE CAST(NULL AS VARCHAR(20)) END
            FROM campaign.contact k
            LEFT JOIN campaign.suppression s ON s.number = k.number
            WHERE k.list_no = :list AND k.seq > :after AND k.seq <= :to
            """
                    .formatted(consent, consent)
                + once)
        .bind("no", campaignNo)
        .bind("base", at.base)
        .bind("list", listNo)
        .bind("after", at.contact)
        .bind("to", to)
        .execute();
  }

  private static void tallyNew(Handle handle, long campaignNo, int after, int to) {
    handle
        .createQuery(
            """
            SELECT state, result, COUNT(*) AS amount FROM campaign.recipient
            WHERE campaign_no = :no AND seq > :after AND seq <= :to
            GROUP BY state, result
            """)
        .bind("no", campaignNo)
        .bind("after", after)
        .bind("to", to)
        .map((row, _) ->
            Map.entry(
                row.getString("state").equals("PENDING") ? Tally.PENDING : row.getString("result"),
                row.getLong("amount")))
        .list()
        .forEach(entry -> Tally.add(handle, campaignNo, entry.getKey(), entry.getValue()));
  }
}
