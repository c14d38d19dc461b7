package kz.qonyrau.cases;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import kz.qonyrau.vocabulary.BoxId;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/// The rows of CASES.inquiry and CASES.inquiry_box.
final class InquiryTable {

  private static final String SELECT =
      """
      SELECT i.id, i.purpose, i.reason, i.entered_by, i.asked_at_ms, i.state, i.state_since_ms,
        i.is_found, i.asked, i.answered, i.secret
      FROM cases.inquiry i
      """;

  private InquiryTable() {}

  /// A request with what is sealed of it, while that is kept.
  record Stored(Inquiry inquiry, Optional<String> secret) {}

  /// What is written down when somebody asks.
  ///
  /// @param line which box answers the number that he is to call
  record Fresh(
      String id,
      String tokenSha256,
      InquiryOrder.Reason reason,
      InquiryOrder.Purpose purpose,
      String enteredBy,
      Instant askedAt,
      Optional<BoxId> line,
      String numberMac,
      String secret) {}

  static void insert(Handle handle, Fresh fresh) {
    handle
        .createUpdate(
            """
            INSERT INTO cases.inquiry (
              id, token_sha256, purpose, reason, entered_by, asked_at_ms, state, state_since_ms,
              wrong_codes, is_found, asked, answered, keeps_answers, line_box, number_mac, secret)
            VALUES (
              :id, :token, :purpose, :reason, :by, :at, 'AWAITING_PROOF', :at, 0, false, 0,
              0, false, :line, :mac, :secret)
            """)
        .bind("id", fresh.id())
        .bind("token", fresh.tokenSha256())
        .bind("purpose", fresh.purpose().name())
        .bind("reason", fresh.reason().name())
        .bind("by", fresh.enteredBy())
        .bind("at", fresh.askedAt().toEpochMilli())
        .bindByType("line", fresh.line().map(BoxId::value).orElse(null), String.class)
        .bind("mac", fresh.numberMac())
        .bind("secret", fresh.secret())
        .execute();
  }

  static Optional<Stored> find(Handle handle, String id) {
    return handle
        .createQuery(SELECT + " WHERE i.id = :id")
        .bind("id", id)
        .map((row, _) -> stored(row))
        .findOne();
  }

  static Optional<Stored> byToken(Handle handle, String tokenSha256) {
    return handle
        .createQuery(SELECT + " WHERE i.token_sha256 = :token")
        .bind("token", tokenSha256)
        .map((row, _) -> stored(row))
        .findOne();
  }

  static List<Inquiry> newest(Handle handle, long skip, int size) {
    return handle
        .createQuery(
            SELECT
                + """
                 ORDER BY i.asked_at_ms DESC, i.id
                OFFSET :skip ROWS FETCH NEXT :size ROWS ONLY
                """)
        .bind("skip", skip)
        .bind("size", size)
        .map((row, _) -> stored(row).inquiry())
        .list();
  }

  static long count(Handle handle) {
    return handle.createQuery("SELECT COUNT(*) FROM cases.inquiry").mapTo(Long.class).one();
  }

  /// Those of a number that wait for a code by this box since a moment or later.
  static List<Stored> waiting(Handle handle, List<String> macs, BoxId line, Instant since) {
    if (macs.isEmpty()) {
      return List.of();
    }
    return handle
        .createQuery(
            SELECT
                + """
                 WHERE i.number_mac IN (<macs>) AND i.state = 'AWAITING_PROOF'
                  AND i.line_box = :line AND i.asked_at_ms > :since
                """)
        .bindList("macs", macs)
        .bind("line", line.value())
        .bind("since", since.toEpochMilli())
        .map((row, _) -> stored(row))
        .list();
  }

  /// How often a number asked on a day.
  ///
  /// @param proven how often by somebody whose it is
  record Often(long proven, long others) {}

  static Often often(Handle handle, String mac) {
    return handle
        .createQuery(
            """
            SELECT COUNT(CASE WHEN state NOT IN ('AWAITING_PROOF', 'EXPIRED') THEN 1 END) AS proven,
              COUNT(*) AS asked
            FROM cases.inquiry WHERE number_mac = :mac
            """)
        .bind("mac", mac)
        .map((row, _) ->
            new Often(row.getLong("proven"), row.getLong("asked") - row.getLong("proven")))
        .one();
  }

  /// Counts a wrong code.
  ///
  /// @return how many there were now
  static int wrongCode(Handle handle, String id) {
    handle
        .createUpdate("UPDATE cases.inquiry SET wrong_codes = wrong_codes + 1 WHERE id = :id")
        .bind("id", id)
        .execute();
    return handle
        .createQuery("SELECT wrong_codes FROM cases.inquiry WHERE id = :id")
        .bind("id", id)
        .mapTo(Integer.class)
        .one();
  }

  static void turn(Handle handle, String id, InquiryState state, Instant now) {
    handle
        .createUpdate(
            """
            UPDATE cases.inquiry SET state = :state, state_since_ms = :now,
              secret = CASE WHEN :kept = 1 THEN secret ELSE NULL END
            WHERE id = :id
            """)
        .bind("state", state.name())
        .bind("now", now.toEpochMilli())
        // The number is needed for as long as boxes are asked.
        .bind("kept", state == InquiryState.ASKING ? 1 : 0)
        .bind("id", id)
        .execute();
  }

  /// Counts an answer.
  ///
  /// @param found whether the box called him
  static void countAnswer(Handle handle, String id, boolean found) {
    handle
        .createUpdate(
            found
                ? """
                UPDATE cases.inquiry
                SET answered = answered + 1, is_found = true, keeps_answers = true WHERE id = :id
                """
                : "UPDATE cases.inquiry SET answered = answered + 1 WHERE id = :id")
        .bind("id", id)
        .execute();
  }

  static void setFetched(Handle handle, String id, Instant now) {
    handle
        .createUpdate(
            "UPDATE cases.inquiry SET fetched_at_ms = :now WHERE id = :id AND fetched_at_ms IS NULL")
        .bind("now", now.toEpochMilli())
        .bind("id", id)
        .execute();
  }

  // ---- boxes

  static void ask(Handle handle, String id, Set<BoxId> boxes) {
    PreparedBatch rows =
        handle.prepareBatch(
            "INSERT INTO cases.inquiry_box (inquiry_id, box_id) VALUES (:id, :box)");
    boxes.forEach(box -> rows.bind("id", id).bind("box", box.value()).add());
    var _ = rows.execute();
    handle
        .createUpdate("UPDATE cases.inquiry SET asked = :asked WHERE id = :id")
        .bind("asked", boxes.size())
        .bind("id", id)
        .execute();
  }

  /// Whether a box was asked, and whether it has answered; empty if it was not.
  static Optional<Boolean> hasAnswered(Handle handle, String id, BoxId box) {
    return handle
        .createQuery(
            """
            SELECT CASE WHEN answered_at_ms IS NULL THEN 0 ELSE 1 END
            FROM cases.inquiry_box WHERE inquiry_id = :id AND box_id = :box
            """)
        .bind("id", id)
        .bind("box", box.value())
        .mapTo(Integer.class)
        .findOne()
        .map(one -> one == 1);
  }

  static void answer(Handle handle, String id, BoxId box, Instant now, Optional<String> sealed) {
    handle
        .createUpdate(
            """
            UPDATE cases.inquiry_box SET answered_at_ms = :now, answer = :answer
            WHERE inquiry_id = :id AND box_id = :box
            """)
        .bind("now", now.toEpochMilli())
        .bindByType("answer", sealed.orElse(null), String.class)
        .bind("id", id)
        .bind("box", box.value())
        .execute();
  }

  /// An answer as it came.
  record Sealed(BoxId box, String text) {}

  static List<Sealed> answers(Handle handle, String id) {
    return handle
        .createQuery(
            """
            SELECT box_id, answer FROM cases.inquiry_box
            WHERE inquiry_id = :id AND answer IS NOT NULL ORDER BY answered_at_ms, box_id
            """)
        .bind("id", id)
        .map((row, _) -> new Sealed(new BoxId(row.getString("box_id")), row.getString("answer")))
        .list();
  }

  static List<BoxId> unanswered(Handle handle, String id) {
    return handle
        .createQuery(
            """
            SELECT box_id FROM cases.inquiry_box WHERE inquiry_id = :id AND answered_at_ms IS NULL
            """)
        .bind("id", id)
        .map((row, _) -> new BoxId(row.getString("box_id")))
        .list();
  }

  /// What a box is asked and has not answered, the oldest first.
  static List<Stored> openFor(Handle handle, BoxId box, int most) {
    return handle
        .createQuery(
            SELECT
                + """
                  JOIN cases.inquiry_box q ON q.inquiry_id = i.id
                WHERE q.box_id = :box AND q.answered_at_ms IS NULL AND i.state = 'ASKING'
                ORDER BY i.state_since_ms, i.id FETCH FIRST :most ROWS ONLY
                """)
        .bind("box", box.value())
        .bind("most", most)
        .map((row, _) -> stored(row))
        .list();
  }

  // ---- time

  static List<String> before(Handle handle, InquiryState state, Instant since, int most) {
    return handle
        .createQuery(
            """
            SELECT id FROM cases.inquiry WHERE state = :state AND state_since_ms <= :since
            ORDER BY state_since_ms FETCH FIRST :most ROWS ONLY
            """)
        .bind("state", state.name())
        .bind("since", since.toEpochMilli())
        .bind("most", most)
        .mapTo(String.class)
        .list();
  }

  /// Those whose answers were fetched before a moment, or asked for before another.
  static List<String> withOldAnswers(Handle handle, Instant fetched, Instant asked, int most) {
    return handle
        .createQuery(
            """
            SELECT id FROM cases.inquiry
            WHERE keeps_answers = true AND (fetched_at_ms <= :fetched OR asked_at_ms <= :asked)
            FETCH FIRST :most ROWS ONLY
            """)
        .bind("fetched", fetched.toEpochMilli())
        .bind("asked", asked.toEpochMilli())
        .bind("most", most)
        .mapTo(String.class)
        .list();
  }

  /// Forgets which boxes were asked of one for which none is asked any more, and what they said.
  static void forgetBoxes(Handle handle, String id) {
    handle
        .createUpdate("DELETE FROM cases.inquiry_box WHERE inquiry_id = :id")
        .bind("id", id)
        .execute();
    handle
        .createUpdate("UPDATE cases.inquiry SET keeps_answers = false WHERE id = :id")
        .bind("id", id)
        .execute();
  }

  /// Forgets which boxes were asked, but for those that called him.
  static void forgetStrangers(Handle handle, String id) {
    handle
        .createUpdate("DELETE FROM cases.inquiry_box WHERE inquiry_id = :id AND answer IS NULL")
        .bind("id", id)
        .execute();
  }

  private static Stored stored(ResultSet row) throws SQLException {
    return new Stored(
        new Inquiry(
            row.getString("id"),
            InquiryOrder.Purpose.valueOf(row.getString("purpose")),
            InquiryOrder.Reason.valueOf(row.getString("reason")),
            row.getString("entered_by"),
            Instant.ofEpochMilli(row.getLong("asked_at_ms")),
            InquiryState.valueOf(row.getString("state")),
            Instant.ofEpochMilli(row.getLong("state_since_ms")),
            row.getBoolean("is_found"),
            row.getInt("asked"),
            row.getInt("answered")),
        Optional.ofNullable(row.getString("secret")));
  }
}
