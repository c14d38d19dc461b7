package kz.qonyrau.campaigns;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kz.qonyrau.vocabulary.CallId;
import kz.qonyrau.vocabulary.CallOutcome;
import kz.qonyrau.vocabulary.CampaignId;
import kz.qonyrau.vocabulary.Msisdn;
import org.jdbi.v3.core.Handle;

/// The statements about recipients and attempts. Each moves a row only from the state that it
/// expects, so that repeating one changes nothing, and keeps the tally in step.
final class AttemptTable {

  private AttemptTable() {}

  /// An attempt to be opened.
  record Opening(CallId call, long campaignNo, Candidate candidate) {}

  /// What became of an opening.
  sealed interface Opened {

    /// The row is written; dial.
    record Ready(Map<String, String> variables) implements Opened {}

    /// The number must be left alone, which is the recipient's result.
    record Excluded() implements Opened {}

    /// The campaign does not run any more, or the recipient does not wait; nothing was written.
    record Refused() implements Opened {}
  }

  record OpenAttempt(CallId call, long campaignNo, CampaignId campaign, Candidate candidate) {}

  record PastCall(CampaignId campaign, Msisdn number, Instant start, Instant end) {}

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
        ListTable.find(handle, new kz.qonyrau.vocabulary.ContactListId(list.get()))
            .filter(found -> found.state().equals("READY"));
    long contacts = stored.map(found -> found.list().contacts()).orElse(0L);
    if (at.contact >= contacts) {
      move(handle, campaignNo, at.place + 1, 0, at.base + (int) contacts);
      return;
    }
    int to = (int) Math.min(contacts, at.contact + ListTable.BATCH);
    insertRecipients(handle, campaignNo, stored.orElseThrow().listNo(), at, to);
    tallyNew(handle, campaignNo, at.base + at.contact, at.base + to);
    move(handle, campaignNo, at.place, to, at.base);
  }

  private record Cursor(int place, int contact, int base, Category category) {}

  private static void move(Handle handle, long campaignNo, int place, int contact, int base) {
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
                row.getString("state").equals("PENDING")
                    ? CampaignTable.PENDING
                    : row.getString("result"),
                row.getLong("amount")))
        .list()
        .forEach(
            entry -> CampaignTable.tally(handle, campaignNo, entry.getKey(), entry.getValue()));
  }

  /// Who waits among the recipients after `after` up to `to`, in order.
  static List<Candidate> pending(Handle handle, long campaignNo, int after, int to) {
    return handle
        .createQuery(
            """
            SELECT seq, number FROM campaign.recipient
            WHERE campaign_no = :no AND seq > :after AND seq <= :to AND state = 'PENDING'
            ORDER BY seq
            """)
        .bind("no", campaignNo)
        .bind("after", after)
        .bind("to", to)
        .map((row, _) -> new Candidate(row.getInt("seq"), new Msisdn(row.getString("number"))))
        .list();
  }

  /// Opens attempts, each unless its number is to be left alone or its campaign stands.
  static List<Opened> open(Handle handle, List<Opening> openings, Instant at) {
    Map<Long, Boolean> running = new HashMap<>();
    List<Opened> opened = new ArrayList<>();
    for (Opening opening : openings) {
      boolean runs = running.computeIfAbsent(opening.campaignNo(), no -> isRunning(handle, no));
      opened.add(runs ? open(handle, opening, at) : new Opened.Refused());
    }
    return List.copyOf(opened);
  }

  private static boolean isRunning(Handle handle, long campaignNo) {
    return handle
        .createQuery("SELECT state FROM campaign.campaign WHERE campaign_no = :no")
        .bind("no", campaignNo)
        .mapTo(String.class)
        .one()
        .equals(CampaignState.RUNNING.name());
  }

  private static Opened open(Handle handle, Opening opening, Instant at) {
    long no = opening.campaignNo();
    Candidate candidate = opening.candidate();
    Optional<Consent> suppressed = Suppressions.status(handle, candidate.number());
    if (suppressed.isPresent()) {
      String why = suppressed.get().name();
      if (moveRecipient(handle, no, candidate.seq(), "PENDING", "EXCLUDED", why)) {
        CampaignTable.tally(handle, no, CampaignTable.PENDING, -1);
        CampaignTable.tally(handle, no, why, 1);
      }
      return new Opened.Excluded();
    }
    if (!moveRecipient(handle, no, candidate.seq(), "PENDING", "ACTIVE", "")) {
      return new Opened.Refused();
    }
    CampaignTable.tally(handle, no, CampaignTable.PENDING, -1);
    CampaignTable.tally(handle, no, CampaignTable.ACTIVE, 1);
    handle
        .createUpdate(
            """
            INSERT INTO campaign.attempt (
                call_id, campaign_no, recipient_seq, number, state, started_at_ms, by_machine)
            VALUES (:call, :no, :seq, :number, 'OPEN', :at, FALSE)
            """)
        .bind("call", opening.call().value())
        .bind("no", no)
        .bind("seq", candidate.seq())
        .bind("number", candidate.number().e164())
        .bind("at", at.toEpochMilli())
        .execute();
    return new Opened.Ready(variables(handle, no, candidate.seq()));
  }

  private static Map<String, String> variables(Handle handle, long campaignNo, int seq) {
    return handle
        .createQuery(
            """
            SELECT l.variables AS keys_of_list, k.variables AS held
            FROM campaign.recipient r
            JOIN campaign.contact_list l ON l.list_no = r.list_no
            JOIN campaign.contact k ON k.list_no = r.list_no AND k.seq = r.contact_seq
            WHERE r.campaign_no = :no AND r.seq = :seq
            """)
        .bind("no", campaignNo)
        .bind("seq", seq)
        .map((row, _) ->
            Variables.byKey(Variables.read(row.getString("keys_of_list")), row.getString("held")))
        .findOne()
        .orElse(Map.of());
  }

  /// The variables of those who wait among the recipients after `after` up to `to`.
  static List<Map<String, String>> variablesOfPending(
      Handle handle, long campaignNo, int after, int to) {
    return handle
        .createQuery(
            """
            SELECT l.variables AS keys_of_list, k.variables AS held
            FROM campaign.recipient r
            JOIN campaign.contact_list l ON l.list_no = r.list_no
            JOIN campaign.contact k ON k.list_no = r.list_no AND k.seq = r.contact_seq
            WHERE r.campaign_no = :no AND r.seq > :after AND r.seq <= :to AND r.state = 'PENDING'
            """)
        .bind("no", campaignNo)
        .bind("after", after)
        .bind("to", to)
        .map((row, _) ->
            Variables.byKey(Variables.read(row.getString("keys_of_list")), row.getString("held")))
        .list();
  }

  private static boolean moveRecipient(
      Handle handle, long campaignNo, int seq, String from, String to, String result) {
    return moveRecipient(handle, campaignNo, seq, from, to, result, Optional.empty());
  }

  private static boolean moveRecipient(
      Handle handle,
      long campaignNo,
      int seq,
      String from,
      String to,
      String result,
      Optional<Instant> due) {
    return handle
            .createUpdate(
                """
                UPDATE campaign.recipient SET state = :to, result = :result, due_at_ms = :due
                WHERE campaign_no = :no AND seq = :seq AND state = :from
                """)
            .bind("to", to)
            .bind("result", result)
            .bind("due", due.map(Instant::toEpochMilli).orElse(null))
            .bind("no", campaignNo)
            .bind("seq", seq)
            .bind("from", from)
            .execute()
        == 1;
  }

  /// Writes the final result of an attempt. It is the recipient's, unless he is called again. The
  /// first result stays.
  ///
  /// @param campaign of the attempt, as it stands now
  static void close(
      Handle handle, CampaignTable.Stored campaign, OpenAttempt attempt, AttemptResult result) {
    if (!closeAttempt(handle, attempt.call(), "CLOSED", result)) {
      return;
    }
    withdraw(handle, campaign, attempt, result);
    long no = attempt.campaignNo();
    int seq = attempt.candidate().seq();
    String outcome = result.outcome().name();
    Optional<Instant> again = again(handle, campaign, seq, result);
    if (!moveRecipient(
        handle, no, seq, "ACTIVE", again.isEmpty() ? "DONE" : "WAITING", outcome, again)) {
      return;
    }
    CampaignTable.tally(handle, no, CampaignTable.ACTIVE, -1);
    CampaignTable.tally(
        handle, no, again.isEmpty() ? outcome : CampaignTable.waiting(result.outcome()), 1);
  }

  /// Whoever asked not to be called is called no more, from the same transaction on.
  private static void withdraw(
      Handle handle, CampaignTable.Stored campaign, OpenAttempt attempt, AttemptResult result) {
    campaign.order().asking().stream()
        .flatMap(asking -> asking.answers().stream())
        .filter(answer -> answer.withdraws() && result.answer().equals(Optional.of(answer.name())))
        .findFirst()
        .ifPresent(answer -> {
          var _ =
              Suppressions.insert(
                  handle,
                  new Suppressions.Entry(
                      attempt.candidate().number(),
                      BlockList.SUBSCRIBER,
                      "«" + answer.name() + "», " + campaign.order().name(),
                      Campaigns.SYSTEM,
                      result.endedAt()));
        });
  }

  private static Optional<Instant> again(
      Handle handle, CampaignTable.Stored campaign, int seq, AttemptResult result) {
    RetryPolicy policy = campaign.order().retries();
    if (campaign.state().isOver() || policy.retries().isEmpty()) {
      return Optional.empty();
    }
    Map<RetryReason, Integer> before = new EnumMap<>(RetryReason.class);
    int[] attempts = {0};
    handle
        .createQuery(
            """
            SELECT outcome, by_machine, COUNT(*) AS amount FROM campaign.attempt
            WHERE campaign_no = :no AND recipient_seq = :seq AND state = 'CLOSED'
            GROUP BY outcome, by_machine
            """)
        .bind("no", campaign.campaignNo())
        .bind("seq", seq)
        .map((row, _) ->
            Map.entry(
                RetryReason.of(
                    CallOutcome.valueOf(row.getString("outcome")), row.getBoolean("by_machine")),
                row.getInt("amount")))
        .forEach(entry -> {
          attempts[0] += entry.getValue();
          entry.getKey().ifPresent(reason -> before.merge(reason, entry.getValue(), Integer::sum));
        });
    return policy.next(result, before, attempts[0], campaign.order().schedule());
  }

  /// Lets recipients wait for their call whose pause is over, those who are due first first.
  ///
  /// @param to the last who may; whoever comes behind has not been looked at since the start
  static List<Candidate> wake(Handle handle, long campaignNo, int to, Instant now, int most) {
    record Due(Candidate candidate, CallOutcome after) {}
    List<Due> due =
        handle
            .createQuery(
                """
                SELECT seq, number, result FROM campaign.recipient
                WHERE campaign_no = :no AND due_at_ms <= :now AND seq <= :to AND state = 'WAITING'
                ORDER BY due_at_ms FETCH FIRST :most ROWS ONLY
                """)
            .bind("no", campaignNo)
            .bind("now", now.toEpochMilli())
            .bind("to", to)
            .bind("most", most)
            .map((row, _) ->
                new Due(
                    new Candidate(row.getInt("seq"), new Msisdn(row.getString("number"))),
                    CallOutcome.valueOf(row.getString("result"))))
            .list();
    for (Due one : due) {
      if (moveRecipient(handle, campaignNo, one.candidate.seq(), "WAITING", "PENDING", "")) {
        CampaignTable.tally(handle, campaignNo, CampaignTable.waiting(one.after), -1);
        CampaignTable.tally(handle, campaignNo, CampaignTable.PENDING, 1);
      }
    }
    return due.stream().map(Due::candidate).toList();
  }

  /// When the next recipient up to `to` is due who waits to be called again; empty if nobody does.
  static Optional<Instant> nextDue(Handle handle, long campaignNo, int to) {
    return handle
        .createQuery(
            """
            SELECT due_at_ms FROM campaign.recipient
            WHERE campaign_no = :no AND due_at_ms > 0 AND seq <= :to
            ORDER BY due_at_ms FETCH FIRST ROW ONLY
            """)
        .bind("no", campaignNo)
        .bind("to", to)
        .mapTo(Long.class)
        .findOne()
        .map(Instant::ofEpochMilli);
  }

  /// Closes an attempt of which nothing was dialled; the recipient waits again.
  static void withdraw(Handle handle, OpenAttempt attempt, AttemptResult result) {
    if (!closeAttempt(handle, attempt.call(), "WITHDRAWN", result)) {
      return;
    }
    long no = attempt.campaignNo();
    if (moveRecipient(handle, no, attempt.candidate().seq(), "ACTIVE", "PENDING", "")) {
      CampaignTable.tally(handle, no, CampaignTable.ACTIVE, -1);
      CampaignTable.tally(handle, no, CampaignTable.PENDING, 1);
    }
  }

  private static boolean closeAttempt(
      Handle handle, CallId call, String state, AttemptResult result) {
    String cause = result.cause();
    return handle
            .createUpdate(
                """
                UPDATE campaign.attempt
                SET state = :state, outcome = :outcome, cause = :cause, ended_at_ms = :at,
                  by_machine = :byMachine
                WHERE call_id = :call AND state = 'OPEN'
                """)
            .bind("state", state)
            .bind("outcome", state.equals("CLOSED") ? result.outcome().name() : null)
            .bind("cause", cause.length() > 200 ? cause.substring(0, 200) : cause)
            .bind("at", result.endedAt().toEpochMilli())
            .bind("byMachine", result.byMachine())
            .bind("call", call.value())
            .execute()
        == 1;
  }

  /// Attempts that were under way when the program stopped.
  static List<OpenAttempt> open(Handle handle) {
    return handle
        .createQuery(
            """
            SELECT a.call_id, a.campaign_no, c.id, a.recipient_seq, a.number
            FROM campaign.attempt a
            JOIN campaign.campaign c ON c.campaign_no = a.campaign_no
            WHERE a.state = 'OPEN'
            ORDER BY a.started_at_ms
            """)
        .map((row, _) ->
            new OpenAttempt(
                new CallId(row.getString("call_id")),
                row.getLong("campaign_no"),
                new CampaignId(row.getString("id")),
                new Candidate(row.getInt("recipient_seq"), new Msisdn(row.getString("number")))))
        .list();
  }

  /// Calls that ended after `since`, oldest first.
  static List<PastCall> since(Handle handle, Instant since) {
    return handle
        .createQuery(
            """
            SELECT c.id, a.number, a.started_at_ms, a.ended_at_ms
            FROM campaign.attempt a
            JOIN campaign.campaign c ON c.campaign_no = a.campaign_no
            WHERE a.ended_at_ms > :since AND a.state = 'CLOSED'
            ORDER BY a.ended_at_ms
            """)
        .bind("since", since.toEpochMilli())
        .map((row, _) ->
            new PastCall(
                new CampaignId(row.getString("id")),
                new Msisdn(row.getString("number")),
                Instant.ofEpochMilli(row.getLong("started_at_ms")),
                Instant.ofEpochMilli(row.getLong("ended_at_ms"))))
        .list();
  }
}
