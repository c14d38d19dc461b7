package kz.qonyrau.promotions;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import kz.qonyrau.promotions.PublishedRecording.Request;
import kz.qonyrau.vocabulary.CallId;
import kz.qonyrau.wire.PromotedRecording;
import kz.qonyrau.wire.PromotedRecording.Publication;
import kz.qonyrau.wire.PromotedRecording.TelegramMessage;
import kz.qonyrau.wire.PromotedRecording.Withdrawal;
import kz.qonyrau.wire.PromotionOutlet;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/// The rows of PROMOTION.consent and PROMOTION.publication.
final class PromotionTable {

  private static final String SELECT =
      """
      SELECT id, call_id, chat, message, given_at_ms, for_site, for_social, withdrawn_at_ms, due_ms,
        named, asked_at_ms, asked_by
      FROM promotion.consent
      """;

  private PromotionTable() {}

  static Optional<PublishedRecording> find(Handle handle, String id) {
    return whole(handle, handle.createQuery(SELECT + " WHERE id = :id").bind("id", id)).stream()
        .findFirst();
  }

  static List<PublishedRecording> named(Handle handle) {
    return whole(handle, handle.createQuery(SELECT + " WHERE named = true"));
  }

  static List<PublishedRecording> of(Handle handle, CallId call) {
    return whole(
        handle,
        handle
            .createQuery(SELECT + " WHERE call_id = :call ORDER BY given_at_ms DESC, id")
            .bind("call", call.value()));
  }

  static List<PublishedRecording> newest(Handle handle, int most) {
    return whole(
        handle,
        handle
            .createQuery(SELECT + " ORDER BY given_at_ms DESC, id FETCH FIRST :most ROWS ONLY")
            .bind("most", most));
  }

  /// Those of which central could not be told yet that they were withdrawn here.
  static List<PublishedRecording> unreported(Handle handle, int most) {
    return whole(
        handle,
        handle
            .createQuery(
                SELECT
                    + """
                     WHERE asked_at_ms IS NOT NULL AND reported = false
                    ORDER BY asked_at_ms FETCH FIRST :most ROWS ONLY
                    """)
            .bind("most", most));
  }

  static void setReported(Handle handle, String id) {
    handle
        .createUpdate("UPDATE promotion.consent SET reported = true WHERE id = :id")
        .bind("id", id)
        .execute();
  }

  static void setUnnamed(Handle handle, String id) {
    handle
        .createUpdate("UPDATE promotion.consent SET named = false WHERE id = :id")
        .bind("id", id)
        .execute();
  }

  static void ask(Handle handle, String id, Request request) {
    handle
        .createUpdate(
            "UPDATE promotion.consent SET asked_at_ms = :at, asked_by = :by WHERE id = :id")
        .bind("at", request.at().toEpochMilli())
        .bind("by", request.by())
        .bind("id", id)
        .execute();
  }

  /// Puts down what central says of one, whatever was known of it.
  static void put(Handle handle, PromotedRecording told, boolean isThere) {
    handle
        .createUpdate(
            isThere
                ? """
                UPDATE promotion.consent SET call_id = :call, chat = :chat, message = :message,
                  given_at_ms = :givenAt, for_site = :site, for_social = :social,
                  withdrawn_at_ms = :withdrawnAt, due_ms = :due, named = true
                WHERE id = :id
                """
                : """
                INSERT INTO promotion.consent (
                  id, call_id, chat, message, given_at_ms, for_site, for_social, withdrawn_at_ms,
                  due_ms, named, reported)
                VALUES (
                  :id, :call, :chat, :message, :givenAt, :site, :social, :withdrawnAt, :due, true,
                  false)
                """)
        .bind("id", told.id())
        .bind("call", told.call().value())
        .bind("chat", told.message().chat())
        .bind("message", told.message().id())
        .bind("givenAt", told.consentedAt().toEpochMilli())
        .bind("site", told.allowed().contains(PromotionOutlet.SITE))
        .bind("social", told.allowed().contains(PromotionOutlet.SOCIAL))
        .bindByType(
            "withdrawnAt",
            told.withdrawal().map(one -> one.at().toEpochMilli()).orElse(null),
            Long.class)
        .bindByType(
            "due", told.withdrawal().map(one -> one.due().toEpochMilli()).orElse(null), Long.class)
        .execute();
    handle
        .createUpdate("DELETE FROM promotion.publication WHERE consent_id = :id")
        .bind("id", told.id())
        .execute();
    for (int n = 0; n < told.publications().size(); n++) {
      insert(handle, told.id(), n, told.publications().get(n));
    }
  }

  private static void insert(Handle handle, String id, int n, Publication publication) {
    handle
        .createUpdate(
            """
            INSERT INTO promotion.publication (
              consent_id, n, outlet, place, at_ms, removed_at_ms)
            VALUES (:id, :n, :outlet, :place, :at, :removedAt)
            """)
        .bind("id", id)
        .bind("n", n)
        .bind("outlet", publication.outlet().name())
        .bind("place", publication.place())
        .bind("at", publication.at().toEpochMilli())
        .bindByType(
            "removedAt",
            publication.removedAt().map(Instant::toEpochMilli).orElse(null),
            Long.class)
        .execute();
  }

  // ---- reading

  private static List<PublishedRecording> whole(Handle handle, Query query) {
    List<PublishedRecording> bare = query.map((row, _) -> recording(row)).list();
    return bare.stream().map(one -> withPublications(handle, one)).toList();
  }

  private static PublishedRecording withPublications(Handle handle, PublishedRecording bare) {
    PromotedRecording told = bare.told();
    List<Publication> publications =
        handle
            .createQuery(
                """
                SELECT outlet, place, at_ms, removed_at_ms FROM promotion.publication
                WHERE consent_id = :id ORDER BY n
                """)
            .bind("id", told.id())
            .map((row, _) ->
                new Publication(
                    PromotionOutlet.valueOf(row.getString("outlet")),
                    row.getString("place"),
                    Instant.ofEpochMilli(row.getLong("at_ms")),
                    instant(row, "removed_at_ms")))
            .list();
    return new PublishedRecording(
        new PromotedRecording(
            told.id(),
            told.call(),
            told.message(),
            told.consentedAt(),
            told.allowed(),
            told.withdrawal(),
            publications),
        bare.named(),
        bare.request());
  }

  private static PublishedRecording recording(ResultSet row) throws SQLException {
    Set<PromotionOutlet> allowed = EnumSet.noneOf(PromotionOutlet.class);
    if (row.getBoolean("for_site")) {
      allowed.add(PromotionOutlet.SITE);
    }
    if (row.getBoolean("for_social")) {
      allowed.add(PromotionOutlet.SOCIAL);
    }
    Optional<Instant> due = instant(row, "due_ms");
    String askedBy = row.getString("asked_by");
    return new PublishedRecording(
        new PromotedRecording(
            row.getString("id"),
            new CallId(row.getString("call_id")),
            new TelegramMessage(row.getString("chat"), row.getLong("message")),
            Instant.ofEpochMilli(row.getLong("given_at_ms")),
            allowed,
            instant(row, "withdrawn_at_ms").map(at -> new Withdrawal(at, due.orElseThrow())),
            List.of()),
        row.getBoolean("named"),
        instant(row, "asked_at_ms").map(at -> new Request(at, askedBy)));
  }

  private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
  }
}
