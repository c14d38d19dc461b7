package kz.qonyrau.calls;

import static java.util.stream.Collectors.joining;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import kz.qonyrau.calls.PlacedCall.CostLine;
import kz.qonyrau.calls.PlacedCall.SpokenLine;
import kz.qonyrau.calls.PlacedCall.SpokenWord;
import kz.qonyrau.telephony.TrunkId;
import kz.qonyrau.telephony.Way;
import kz.qonyrau.vocabulary.CallId;
import kz.qonyrau.vocabulary.CallOutcome;
import kz.qonyrau.vocabulary.CampaignId;
import kz.qonyrau.vocabulary.Msisdn;
import kz.qonyrau.vocabulary.Tenge;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The call log: the rows of schema CALLS. Every method runs inside the caller's transaction.
final class CallBook {

  private static final int LONGEST_TEXT = 4000;
  private static final int LONGEST_WORDS = 32_000;
  private static final int LONGEST_CAUSE = 200;
  private static final int MOST_DIGITS = 64;

  private static final String COLUMNS =
      """
      id, campaign, callee, state, started_at_ms, answered_at_ms, ended_at_ms, answered_ms,
      outcome, cause, tariff_version, amount_tiyn, digits, keys_only, question_result, choice,
      answer_language, answered_with, answered_by, answered_by_reason, answered_by_rule,
      answered_by_confidence, answered_by_corrected, trunk, trunk_name, shown
      """;

  static final String LINE_COLUMNS =
      "service, used_ms, billed_ms, unit_ms, unit_price, amount_tiyn";

  /// Writes that a call is about to be dialled.
  ///
  /// @return the number of rows, 1
  int open(Handle handle, CallOrder order, String tariffVersion, Instant now) {
    return handle
        .createUpdate(
            """
            INSERT INTO calls.phone_call (id, campaign, callee, state, started_at_ms, answered_ms,
              cause, tariff_version, amount_tiyn, digits)
            VALUES (:id, :campaign, :callee, 'OPEN', :now, 0, '', :tariff, 0, '')
            """)
        .bind("id", order.id().value())
        .bind("campaign", order.campaign().value())
        .bind("callee", order.callee().e164())
        .bind("now", now.toEpochMilli())
        .bind("tariff", tariffVersion)
        .execute();
  }

  int answered(Handle handle, CallId id, Instant at, Optional<Way> way) {
    return handle
        .createUpdate(
            """
            UPDATE calls.phone_call
            SET answered_at_ms = :at, trunk = :trunk, trunk_name = :trunkName, shown = :shown
            WHERE id = :id
            """)
        .bind("at", at.toEpochMilli())
        .bind("id", id.value())
        .bind("trunk", way.map(one -> one.trunk().value()).orElse(null))
        .bind("trunkName", way.map(Way::name).orElse(null))
        .bind("shown", way.map(one -> one.shown().e164()).orElse(null))
        .execute();
  }

  /// Writes the one final result, and counts the call.
  ///
  /// @param call as it was before
  /// @return false if the call had one already; nothing is changed then
  boolean end(Handle handle, PlacedCall call, CallEnd end) {
    QuestionColumns question = QuestionColumns.of(end.question());
    int rows =
        handle
            .createUpdate(
                """
                UPDATE calls.phone_call
                SET state = 'ENDED', ended_at_ms = :at, answered_ms = :answered, outcome = :outcome,
                  cause = :cause, amount_tiyn = :amount, digits = :digits, keys_only = :keysOnly,
                  question_result = :question, choice = :choice, answer_language = :language,
                  answered_with = :with, answered_by = :by, answered_by_reason = :reason,
                  answered_by_rule = :rule, answered_by_confidence = :confidence,
                  trunk = :trunk, trunk_name = :trunkName, shown = :shown
                WHERE id = :id AND state = 'OPEN'
                """)
            .bind("at", end.at().toEpochMilli())
            .bind("answered", end.answered().toMillis())
            .bind("outcome", end.outcome().name())
            .bind("cause", clip(end.cause(), LONGEST_CAUSE))
            .bind("amount", end.amount().tiyn())
            .bind("digits", clip(end.digits(), MOST_DIGITS))
            .bind("keysOnly", end.keysOnly())
            .bind("question", question.result())
            .bind("choice", question.choice())
            .bind("language", question.language())
            .bind("with", question.with())
            .bind("by", end.who().map(who -> who.by().name()).orElse(null))
            .bind("reason", end.who().flatMap(WhoAnswered::reason).orElse(null))
            .bind("rule", end.who().map(WhoAnswered::rule).orElse(null))
            .bind("confidence", end.who().map(WhoAnswered::confidence).orElse(null))
            .bind("trunk", end.way().map(way -> way.trunk().value()).orElse(null))
            .bind("trunkName", end.way().map(Way::name).orElse(null))
            .bind("shown", end.way().map(way -> way.shown().e164()).orElse(null))
            .bind("id", end.id().value())
            .execute();
    if (rows == 0) {
      return false;
    }
    HourTable.count(handle, call, end, clip(end.cause(), LONGEST_CAUSE));
    for (CostLine line : end.lines()) {
      handle
          .createUpdate(
              """
              INSERT INTO calls.cost_line (call_id, service, used_ms, billed_ms, unit_ms,
                unit_price, amount_tiyn)
              VALUES (:id, :service, :used, :billed, :unit, :price, :amount)
              """)
          .bind("id", end.id().value())
          .bind("service", line.service())
          .bind("used", line.used().toMillis())
          .bind("billed", line.billed().toMillis())
          .bind("unit", line.unit().toMillis())
          .bind("price", line.unitPrice())
          .bind("amount", line.amount().tiyn())
          .execute();
    }
    int number = 0;
    for (SpokenLine spoken : end.transcript()) {
      handle
          .createUpdate(
              """
              INSERT INTO calls.utterance (call_id, line_no, spoken, from_ms, to_ms, confidence,
                words, language)
              VALUES (:id, :line, :spoken, :from, :to, :confidence, :words, :language)
              """)
          .bind("id", end.id().value())
          .bind("line", number++)
          .bind("language", spoken.language())
          .bind("spoken", clip(spoken.text(), LONGEST_TEXT))
          .bind("from", spoken.from().toMillis())
          .bind("to", spoken.to().toMillis())
          .bind("confidence", spoken.confidence())
          .bind("words", wordsAsText(spoken.words()))
          .execute();
    }
    return true;
  }

  /// Deletes what was understood in these calls; what they came to stays.
  ///
  /// @return the calls of which there was something
  Set<CallId> deleteTranscripts(Handle handle, List<CallId> calls) {
    Set<CallId> deleted = new HashSet<>();
    for (CallId call : calls) {
      int lines =
          handle
              .createUpdate("DELETE FROM calls.utterance WHERE call_id = :call")
              .bind("call", call.value())
              .execute();
      if (lines > 0) {
        deleted.add(call);
      }
    }
    return deleted;
  }

  /// The call with its bill and transcript.
  Optional<PlacedCall> find(Handle handle, CallId id) {
    return handle
        .createQuery("SELECT " + COLUMNS + " FROM calls.phone_call WHERE id = :id")
        .bind("id", id.value())
        .map((row, _) -> call(row, linesOf(handle, id), transcriptOf(handle, id)))
        .findOne();
  }

  /// The last call to a number, without its bill and transcript.
  Optional<PlacedCall> lastTo(Handle handle, Msisdn callee) {
    return handle
        .createQuery(
            "SELECT "
                + COLUMNS
                + """
                 FROM calls.phone_call WHERE callee = :callee
                ORDER BY started_at_ms DESC FETCH FIRST ROW ONLY
                """)
        .bind("callee", callee.e164())
        .map((row, _) -> call(row, List.of(), List.of()))
        .findOne();
  }

  /// The calls to a number in a stretch of time, newest first, without bills and transcripts.
  List<PlacedCall> callsTo(Handle handle, Msisdn callee, Instant from, Instant until, int most) {
    return handle
        .createQuery(
            "SELECT "
                + COLUMNS
                + """
                 FROM calls.phone_call
                WHERE callee = :callee AND started_at_ms >= :from AND started_at_ms < :until
                ORDER BY started_at_ms DESC, id FETCH FIRST :most ROWS ONLY
                """)
        .bind("callee", callee.e164())
        .bind("from", from.toEpochMilli())
        .bind("until", until.toEpochMilli())
        .bind("most", most)
        .map((row, _) -> call(row, List.of(), List.of()))
        .list();
  }

  /// Calls that had no final result when the box went down.
  List<PlacedCall> open(Handle handle) {
    return handle
        .createQuery("SELECT " + COLUMNS + " FROM calls.phone_call WHERE state = 'OPEN'")
        .map((row, _) -> call(row, List.of(), List.of()))
        .list();
  }

  CallPage page(Handle handle, CallFilter filter, int page, int size) {
    String where =
        " WHERE (:campaign = '' OR campaign = :campaign) AND (:outcome = '' OR outcome = :outcome)";
    String campaign = filter.campaign().map(CampaignId::value).orElse("");
    String outcome = filter.outcome().map(CallOutcome::name).orElse("");
    long total =
        handle
            .createQuery("SELECT COUNT(*) FROM calls.phone_call" + where)
            .bind("campaign", campaign)
            .bind("outcome", outcome)
            .mapTo(Long.class)
            .one();
    List<PlacedCall> items =
        handle
            .createQuery(
                "SELECT "
                    + COLUMNS
                    + " FROM calls.phone_call"
                    + where
                    + """
                     ORDER BY started_at_ms DESC, id
                    OFFSET :skip ROWS FETCH NEXT :size ROWS ONLY
                    """)
            .bind("campaign", campaign)
            .bind("outcome", outcome)
            .bind("skip", (long) page * size)
            .bind("size", size)
            .map((row, _) -> call(row, List.of(), List.of()))
            .list();
    return new CallPage(total, items);
  }

  /// The calls that began from one moment to another, both included, as far as `size` goes. A
  /// stretch ends between two moments, so that none is cut in two.
  CallStretch stretch(Handle handle, Instant from, Instant until, int size) {
    List<PlacedCall> calls = begun(handle, from, until, size);
    if (calls.size() < size) {
      return new CallStretch(calls, Optional.empty());
    }
    Instant last = calls.getLast().startedAt();
    if (last.equals(calls.getFirst().startedAt())) {
      return new CallStretch(
          begun(handle, last, last, Integer.MAX_VALUE), Optional.of(last.plusMillis(1)));
    }
    return new CallStretch(
        calls.stream().filter(call -> call.startedAt().isBefore(last)).toList(), Optional.of(last));
  }

  private static List<PlacedCall> begun(Handle handle, Instant from, Instant until, int size) {
    return handle
        .createQuery(
            "SELECT "
                + COLUMNS
                + """
                 FROM calls.phone_call
                WHERE started_at_ms >= :from AND started_at_ms <= :until
                ORDER BY started_at_ms FETCH FIRST :size ROWS ONLY
                """)
        .bind("from", from.toEpochMilli())
        .bind("until", until.toEpochMilli())
        .bind("size", size)
        .map((row, _) -> call(row, List.of(), List.of()))
        .list();
  }

  /// What subscribers said, behind a line, by call and line.
  List<UnderstoodLine> understood(Handle handle, String call, int after, int size) {
    return handle
        .createQuery(
            """
            SELECT call_id, line_no, language, spoken, from_ms, to_ms, confidence
            FROM calls.utterance
            WHERE call_id >= :call AND (call_id > :call OR line_no > :after)
            ORDER BY call_id, line_no FETCH FIRST :size ROWS ONLY
            """)
        .bind("call", call)
        .bind("after", after)
        .bind("size", size)
        .map((row, _) ->
            new UnderstoodLine(
                new CallId(row.getString("call_id")),
                row.getInt("line_no"),
                new SpokenLine(
                    row.getString("language"),
                    row.getString("spoken"),
                    Duration.ofMillis(row.getLong("from_ms")),
                    Duration.ofMillis(row.getLong("to_ms")),
                    row.getDouble("confidence"),
                    List.of())))
        .list();
  }

  /// Notes who answered by what a person found.
  ///
  /// @return false if nobody asked who answered that call
  boolean correct(Handle handle, CallId id, AnsweredBy who) {
    return handle
            .createUpdate(
                """
                UPDATE calls.phone_call SET answered_by_corrected = :who
                WHERE id = :id AND answered_by IS NOT NULL
                """)
            .bind("who", who.name())
            .bind("id", id.value())
            .execute()
        > 0;
  }

  /// How many calls got which verdict, by what persons found; calls that nobody listened to are
  /// left out.
  List<JudgedCalls> judged(Handle handle) {
    return handle
        .createQuery(
            """
            SELECT answered_by, answered_by_corrected, COUNT(*) AS calls FROM calls.phone_call
            WHERE answered_by_corrected IS NOT NULL
            GROUP BY answered_by, answered_by_corrected
            ORDER BY answered_by, answered_by_corrected
            """)
        .map((row, _) ->
            new JudgedCalls(
                AnsweredBy.valueOf(row.getString("answered_by")),
                AnsweredBy.valueOf(row.getString("answered_by_corrected")),
                row.getLong("calls")))
        .list();
  }

  /// How the questions of a campaign's ended calls went.
  List<GivenAnswers> answers(Handle handle, CampaignId campaign) {
    return handle
        .createQuery(
            """
            SELECT question_result, choice, answer_language, answered_with, COUNT(*) AS calls
            FROM calls.phone_call
            WHERE campaign = :campaign AND question_result IS NOT NULL
            GROUP BY question_result, choice, answer_language, answered_with
            ORDER BY question_result, choice, answer_language, answered_with
            """)
        .bind("campaign", campaign.value())
        .map((row, _) ->
            new GivenAnswers(QuestionColumns.read(row).orElseThrow(), row.getLong("calls")))
        .list();
  }

  /// What all ended calls of a campaign cost.
  Tenge costOf(Handle handle, CampaignId campaign) {
    return new Tenge(
        handle
            .createQuery(
                """
                SELECT COALESCE(SUM(amount_tiyn), 0) FROM calls.phone_call
                WHERE campaign = :campaign AND state = 'ENDED'
                """)
            .bind("campaign", campaign.value())
            .mapTo(Long.class)
            .one());
  }

  /// What those of these calls cost that have ended.
  Map<CallId, Tenge> costs(Handle handle, Collection<CallId> calls) {
    if (calls.isEmpty()) {
      return Map.of();
    }
    Map<CallId, Tenge> costs = new HashMap<>();
    handle
        .createQuery(
            """
            SELECT id, amount_tiyn FROM calls.phone_call
            WHERE state = 'ENDED' AND id IN (<ids>)
            """)
        .bindList("ids", calls.stream().map(CallId::value).toList())
        .map((row, _) ->
            Map.entry(new CallId(row.getString("id")), new Tenge(row.getLong("amount_tiyn"))))
        .forEach(cost -> costs.put(cost.getKey(), cost.getValue()));
    return costs;
  }

  private static List<CostLine> linesOf(Handle handle, CallId id) {
    return handle
        .createQuery(
            "SELECT " + LINE_COLUMNS + " FROM calls.cost_line WHERE call_id = :id ORDER BY service")
        .bind("id", id.value())
        .map((row, _) -> line(row))
        .list();
  }

  static CostLine line(ResultSet row) throws SQLException {
    return new CostLine(
        row.getString("service"),
        Duration.ofMillis(row.getLong("used_ms")),
        Duration.ofMillis(row.getLong("billed_ms")),
        Duration.ofMillis(row.getLong("unit_ms")),
        row.getString("unit_price"),
        new Tenge(row.getLong("amount_tiyn")));
  }

  private static List<SpokenLine> transcriptOf(Handle handle, CallId id) {
    return handle
        .createQuery(
            """
            SELECT language, spoken, from_ms, to_ms, confidence, words FROM calls.utterance
            WHERE call_id = :id ORDER BY line_no
            """)
        .bind("id", id.value())
        .map((row, _) ->
            new SpokenLine(
                row.getString("language"),
                row.getString("spoken"),
                Duration.ofMillis(row.getLong("from_ms")),
                Duration.ofMillis(row.getLong("to_ms")),
                row.getDouble("confidence"),
                wordsOf(row.getString("words"))))
        .list();
  }

  private static PlacedCall call(ResultSet row, List<CostLine> lines, List<SpokenLine> transcript)
      throws SQLException {
    return new PlacedCall(
        new CallId(row.getString("id")),
        new CampaignId(row.getString("campaign")),
        Optional.ofNullable(row.getString("callee")).map(Msisdn::new),
        Instant.ofEpochMilli(row.getLong("started_at_ms")),
        instant(row, "answered_at_ms"),
        instant(row, "ended_at_ms"),
        Duration.ofMillis(row.getLong("answered_ms")),
        Optional.ofNullable(row.getString("outcome")).map(CallOutcome::valueOf),
        row.getString("cause"),
        row.getString("tariff_version"),
        new Tenge(row.getLong("amount_tiyn")),
        row.getString("digits"),
        row.getBoolean("keys_only"),
        QuestionColumns.read(row),
        who(row),
        way(row),
        lines,
        transcript);
  }

  private static Optional<Way> way(ResultSet row) throws SQLException {
    String trunk = row.getString("trunk");
    return trunk == null
        ? Optional.empty()
        : Optional.of(
            new Way(
                new TrunkId(trunk),
                row.getString("trunk_name"),
                new Msisdn(row.getString("shown"))));
  }

  private static Optional<WhoAnswered> who(ResultSet row) throws SQLException {
    String by = row.getString("answered_by");
    if (by == null) {
      return Optional.empty();
    }
    return Optional.of(
        new WhoAnswered(
            AnsweredBy.valueOf(by),
            Optional.ofNullable(row.getString("answered_by_reason")),
            row.getString("answered_by_rule"),
            row.getDouble("answered_by_confidence"),
            Optional.ofNullable(row.getString("answered_by_corrected")).map(AnsweredBy::valueOf)));
  }

  private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
  }

  private static String wordsAsText(List<SpokenWord> words) {
    String text =
        words.stream()
            .map(word ->
                word.from().toMillis()
                    + "\t"
                    + word.to().toMillis()
                    + "\t"
                    + word.confidence()
                    + "\t"
                    + word.text().replace('\t', ' ').replace('\n', ' '))
            .collect(joining("\n"));
    // Words of an utterance that is longer than any real one are dropped whole, not cut in the
    // middle; the text itself stays.
    return text.length() > LONGEST_WORDS ? "" : text;
  }

  private static List<SpokenWord> wordsOf(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      return List.of();
    }
    return text.lines()
        .map(line -> line.split("\t", 4))
        .map(part ->
            new SpokenWord(
                part[3],
                Duration.ofMillis(Long.parseLong(part[0])),
                Duration.ofMillis(Long.parseLong(part[1])),
                Double.parseDouble(part[2])))
        .toList();
  }

  private static String clip(String text, int length) {
    return text.length() <= length ? text : text.substring(0, length);
  }
}
