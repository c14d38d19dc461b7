package kz.qonyrau.campaigns;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import kz.qonyrau.campaigns.RecipientNumbers.Choice;
import kz.qonyrau.vocabulary.ContactListId;
import kz.qonyrau.vocabulary.Msisdn;
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
    if (stored.orElseThrow().list().otherNumbers() > 0) {
      insertOtherNumbers(handle, campaignNo, stored.orElseThrow().listNo(), at, to);
      chooseNumbers(handle, campaignNo, stored.orElseThrow().listNo(), at, to);
    }
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
                campaign_no, seq, number, dials, list_no, contact_seq, state, result)
            SELECT CAST(:no AS BIGINT), CAST(:base AS INTEGER) + k.seq, k.number, k.number,
                k.list_no, k.seq,
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

  /// A number belongs to the contact whose first number it is in any list of the campaign, else to
  /// the first of those who have it beside their own.
  private static void insertOtherNumbers(
      Handle handle, long campaignNo, long listNo, Cursor at, int to) {
    handle
        .createUpdate(
            """
            INSERT INTO campaign.recipient_other (campaign_no, seq, place, number)
            SELECT r.campaign_no, r.seq, o.place, o.number
            FROM campaign.other_number o
            JOIN campaign.recipient r
                ON r.campaign_no = :no AND r.seq = CAST(:base AS INTEGER) + o.seq
            WHERE o.list_no = :list AND o.seq > :after AND o.seq <= :to
              AND NOT EXISTS (
                SELECT 1 FROM campaign.recipient_other t
                WHERE t.campaign_no = :no AND t.number = o.number)
              AND NOT EXISTS (
                SELECT 1 FROM campaign.campaign_list u
                JOIN campaign.contact_list l ON l.id = u.list_id AND l.state = 'READY'
                JOIN campaign.contact k ON k.list_no = l.list_no
                WHERE u.campaign_no = :no AND k.number = o.number)
            """)
        .bind("no", campaignNo)
        .bind("base", at.base)
        .bind("list", listNo)
        .bind("after", at.contact)
        .bind("to", to)
        .execute();
  }

  /// Looks again at those of several numbers of which one at least is left alone.
  private static void chooseNumbers(
      Handle handle, long campaignNo, long listNo, Cursor at, int to) {
    Set<Integer> contacts = new TreeSet<>();
    contacts.addAll(suppressed(handle, "o.number", listNo, at.contact, to));
    contacts.addAll(suppressed(handle, "k.number", listNo, at.contact, to));
    for (int contact : contacts) {
      chooseNumber(handle, campaignNo, listNo, contact, at);
    }
  }

  /// @param number of which of their numbers
  private static List<Integer> suppressed(
      Handle handle, String number, long listNo, int after, int to) {
    return handle
        .createQuery(
            """
            SELECT DISTINCT o.seq FROM campaign.other_number o
            JOIN campaign.contact k ON k.list_no = o.list_no AND k.seq = o.seq
            JOIN campaign.suppression s ON s.number = %s
            WHERE o.list_no = :list AND o.seq > :after AND o.seq <= :to
            """
                .formatted(number))
        .bind("list", listNo)
        .bind("after", after)
        .bind("to", to)
        .mapTo(Integer.class)
        .list();
  }

  private static void chooseNumber(
      Handle handle, long campaignNo, long listNo, int contact, Cursor at) {
    int seq = at.base + contact;
    if (!isRecipient(handle, campaignNo, seq)) {
      return;
    }
    RecipientNumbers numbers = RecipientNumbers.of(handle, campaignNo, seq);
    switch (numbers.choose(handle, _ -> true)) {
      case Choice.LeaveAlone(Consent why) ->
          set(handle, campaignNo, seq, numbers.dials(), Optional.of(why.name()));
      case Choice.Dial(Msisdn number) ->
          set(
              handle,
              campaignNo,
              seq,
              number,
              at.category == Category.ADVERTISING && !hasConsented(handle, listNo, contact)
                  ? Optional.of(Exclusion.NO_CONSENT.name())
                  : Optional.empty());
    }
  }

  private static boolean isRecipient(Handle handle, long campaignNo, int seq) {
    return handle
        .createQuery("SELECT seq FROM campaign.recipient WHERE campaign_no = :no AND seq = :seq")
        .bind("no", campaignNo)
        .bind("seq", seq)
        .mapTo(Integer.class)
        .findOne()
        .isPresent();
  }

  private static boolean hasConsented(Handle handle, long listNo, int contact) {
    return handle
        .createQuery(
            "SELECT consent_calls FROM campaign.contact WHERE list_no = :list AND seq = :seq")
        .bind("list", listNo)
        .bind("seq", contact)
        .mapTo(String.class)
        .one()
        .equals(Consent.GRANTED.name());
  }

  private static void set(
      Handle handle, long campaignNo, int seq, Msisdn dials, Optional<String> excluded) {
    handle
        .createUpdate(
            """
            UPDATE campaign.recipient SET state = :state, result = :result, dials = :dials
            WHERE campaign_no = :no AND seq = :seq
            """)
        .bind("state", (excluded.isPresent() ? StoredState.EXCLUDED : StoredState.PENDING).name())
        .bind("result", excluded.orElse(null))
        .bind("dials", dials.e164())
        .bind("no", campaignNo)
        .bind("seq", seq)
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
