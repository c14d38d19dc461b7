package kz.qonyrau.cases;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.vocabulary.CallId;
import kz.qonyrau.vocabulary.OrganisationId;
import kz.qonyrau.wire.PromotedRecording.TelegramMessage;
import kz.qonyrau.wire.PromotionOutlet;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/// The rows of CASES.promotion and CASES.publication.
final class PromotionTable {

  private static final String SELECT =
      """
      SELECT p.id, p.organisation_id, p.box_id, p.call_id, p.chat, p.message, p.given_at_ms,
        p.given_by, p.for_site, p.for_social, p.entered_by, p.entered_at_ms, p.state,
        p.withdrawn_from_ms, p.withdrawn_by, p.withdrawal_entered_by, p.withdrawn_at_ms,
        p.removal_due_ms
      FROM cases.promotion p
      """;

  private PromotionTable() {}

  /// Which ones are looked for.
  record Wanted(Optional<PromotionState> state, Optional<OrganisationId> organisation) {

    private String where() {
      return " WHERE 1 = 1"
          + (state.isPresent() ? " AND p.state = :state" : "")
          + (organisation.isPresent() ? " AND p.organisation_id = :organisation" : "");
    }

    private Query bound(Query query) {
      state.ifPresent(one -> query.bind("state", one.name()));
      organisation.ifPresent(one -> query.bind("organisation", one.value()));
      return query;
    }
  }

  static void insert(Handle handle, Promotion fresh) {
    Promotion.Consent consent = fresh.consent();
    handle
        .createUpdate(
            """
            INSERT INTO cases.promotion (
              id, organisation_id, box_id, call_id, chat, message, given_at_ms, given_by, for_site,
              for_social, entered_by, entered_at_ms, state, alarmed)
            VALUES (
              :id, :organisation, :box, :call, :chat, :message, :givenAt, :givenBy, :site, :social,
              :by, :at, 'STANDING', false)
            """)
        .bind("id", fresh.id())
        .bind("organisation", fresh.organisation().value())
        .bind("box", consent.box().value())
        .bind("call", consent.call().value())
        .bind("chat", consent.message().chat())
        .bind("message", consent.message().id())
        .bind("givenAt", consent.givenAt().toEpochMilli())
        .bind("givenBy", consent.givenBy())
        .bind("site", consent.allowed().contains(PromotionOutlet.SITE))
        .bind("social", consent.allowed().contains(PromotionOutlet.SOCIAL))
        .bind("by", fresh.enteredBy())
        .bind("at", fresh.enteredAt().toEpochMilli())
        .execute();
  }

  static void withdraw(
      Handle handle, String id, Promotion.Withdrawal withdrawal, PromotionState state) {
    handle
        .createUpdate(
            """
            UPDATE cases.promotion SET state = :state, withdrawn_from_ms = :from,
              withdrawn_by = :by, withdrawal_entered_by = :enteredBy, withdrawn_at_ms = :at,
              removal_due_ms = :due
            WHERE id = :id
            """)
        .bind("state", state.name())
        .bind("from", withdrawal.from().toEpochMilli())
        .bind("by", withdrawal.by())
        .bind("enteredBy", withdrawal.enteredBy())
        .bind("at", withdrawal.at().toEpochMilli())
        .bind("due", withdrawal.due().toEpochMilli())
        .bind("id", id)
        .execute();
  }

  static void end(Handle handle, String id) {
    handle
        .createUpdate("UPDATE cases.promotion SET state = 'ENDED' WHERE id = :id")
        .bind("id", id)
        .execute();
  }

  static void publish(Handle handle, String id, int n, Promotion.Publication publication) {
    handle
        .createUpdate(
            """
            INSERT INTO cases.publication (
              id, promotion_id, n, outlet, place, published_at_ms, entered_by)
            VALUES (:id, :promotion, :n, :outlet, :place, :at, :by)
            """)
        .bind("id", publication.id())
        .bind("promotion", id)
        .bind("n", n)
        .bind("outlet", publication.outlet().name())
        .bind("place", publication.place())
        .bind("at", publication.at().toEpochMilli())
        .bind("by", publication.enteredBy())
        .execute();
  }

  static void remove(Handle handle, String publication, Promotion.Removal removal) {
    handle
        .createUpdate(
            """
            UPDATE cases.publication SET removed_at_ms = :at, removed_by = :by WHERE id = :id
            """)
        .bind("at", removal.at().toEpochMilli())
        .bind("by", removal.by())
        .bind("id", publication)
        .execute();
  }

  /// Those whose time to remove is over and of which no alarm told, and tells no more from now on.
  static List<Promotion> alarming(Handle handle, Instant now, int most) {
    List<Promotion> found =
        whole(
            handle,
            handle
                .createQuery(
                    SELECT
                        + """
                         WHERE p.state = 'TO_REMOVE' AND p.removal_due_ms < :now
                          AND p.alarmed = false
                        ORDER BY p.removal_due_ms FETCH FIRST :most ROWS ONLY
                        """)
                .bind("now", now.toEpochMilli())
                .bind("most", most));
    for (Promotion one : found) {
      handle
          .createUpdate("UPDATE cases.promotion SET alarmed = true WHERE id = :id")
          .bind("id", one.id())
          .execute();
    }
    return found;
  }

  // ---- reading

  static Optional<Promotion> find(Handle handle, String id) {
    return first(whole(handle, handle.createQuery(SELECT + " WHERE p.id = :id").bind("id", id)));
  }

  static Optional<Promotion> of(Handle handle, TelegramMessage message) {
    return first(
        whole(
            handle,
            handle
                .createQuery(SELECT + " WHERE p.chat = :chat AND p.message = :message")
                .bind("chat", message.chat())
                .bind("message", message.id())));
  }

  /// Those of a box of which it has to know, the oldest first.
  static List<Promotion> openOf(Handle handle, BoxId box) {
    return whole(
        handle,
        handle
            .createQuery(
                SELECT
                    + """
                     WHERE p.box_id = :box AND p.state <> 'ENDED' ORDER BY p.entered_at_ms, p.id
                    """)
            .bind("box", box.value()));
  }

  /// Those of a box that are over, the newest first.
  static List<Promotion> endedOf(Handle handle, BoxId box, int most) {
    return whole(
        handle,
        handle
            .createQuery(
                SELECT
                    + """
                     WHERE p.box_id = :box AND p.state = 'ENDED'
                    ORDER BY p.withdrawn_at_ms DESC, p.id FETCH FIRST :most ROWS ONLY
                    """)
            .bind("box", box.value())
            .bind("most", most));
  }

  static long count(Handle handle, Wanted wanted) {
    return wanted
        .bound(handle.createQuery("SELECT COUNT(*) FROM cases.promotion p" + wanted.where()))
        .mapTo(Long.class)
        .one();
  }

  /// First what is to be removed, by when it is due, then what stands, then what is over, the
  /// newest first.
  static List<Promotion> page(Handle handle, Wanted wanted, long skip, int size) {
    return whole(
        handle,
        wanted
            .bound(
                handle.createQuery(
                    SELECT
                        + wanted.where()
                        + """
                         ORDER BY CASE p.state WHEN 'TO_REMOVE' THEN 0 WHEN 'STANDING' THEN 1 ELSE 2 END,
                          CASE p.state WHEN 'TO_REMOVE' THEN p.removal_due_ms ELSE -p.entered_at_ms END,
                          p.id
                        OFFSET :skip ROWS FETCH NEXT :size ROWS ONLY
                        """))
            .bind("skip", skip)
            .bind("size", size));
  }

  private static Optional<Promotion> first(List<Promotion> found) {
    return found.stream().findFirst();
  }

  private static List<Promotion> whole(Handle handle, Query query) {
    List<Promotion> bare = query.map((row, _) -> promotion(row)).list();
    return bare.stream()
        .map(one ->
            new Promotion(
                one.id(),
                one.organisation(),
                one.consent(),
                one.enteredBy(),
                one.enteredAt(),
                one.state(),
                one.withdrawal(),
                publications(handle, one.id())))
        .toList();
  }

  private static List<Promotion.Publication> publications(Handle handle, String id) {
    return handle
        .createQuery(
            """
            SELECT id, outlet, place, published_at_ms, entered_by, removed_at_ms, removed_by
            FROM cases.publication WHERE promotion_id = :id ORDER BY n
            """)
        .bind("id", id)
        .map((row, _) -> publication(row))
        .list();
  }

  private static Promotion.Publication publication(ResultSet row) throws SQLException {
    Optional<String> removedBy = Optional.ofNullable(row.getString("removed_by"));
    Instant removedAt = Instant.ofEpochMilli(row.getLong("removed_at_ms"));
    return new Promotion.Publication(
        row.getString("id"),
        PromotionOutlet.valueOf(row.getString("outlet")),
        row.getString("place"),
        Instant.ofEpochMilli(row.getLong("published_at_ms")),
        row.getString("entered_by"),
        removedBy.map(by -> new Promotion.Removal(removedAt, by)));
  }

  private static Promotion promotion(ResultSet row) throws SQLException {
    Set<PromotionOutlet> allowed = EnumSet.noneOf(PromotionOutlet.class);
    if (row.getBoolean("for_site")) {
      allowed.add(PromotionOutlet.SITE);
    }
    if (row.getBoolean("for_social")) {
      allowed.add(PromotionOutlet.SOCIAL);
    }
    PromotionState state = PromotionState.valueOf(row.getString("state"));
    return new Promotion(
        row.getString("id"),
        new OrganisationId(row.getString("organisation_id")),
        new Promotion.Consent(
            new BoxId(row.getString("box_id")),
            new CallId(row.getString("call_id")),
            new TelegramMessage(row.getString("chat"), row.getLong("message")),
            Instant.ofEpochMilli(row.getLong("given_at_ms")),
            row.getString("given_by"),
            allowed),
        row.getString("entered_by"),
        Instant.ofEpochMilli(row.getLong("entered_at_ms")),
        state,
        state == PromotionState.STANDING ? Optional.empty() : Optional.of(withdrawal(row)),
        List.of());
  }

  private static Promotion.Withdrawal withdrawal(ResultSet row) throws SQLException {
    return new Promotion.Withdrawal(
        Instant.ofEpochMilli(row.getLong("withdrawn_from_ms")),
        row.getString("withdrawn_by"),
        row.getString("withdrawal_entered_by"),
        Instant.ofEpochMilli(row.getLong("withdrawn_at_ms")),
        Instant.ofEpochMilli(row.getLong("removal_due_ms")));
  }
}
