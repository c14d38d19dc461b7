package kz.qonyrau.fleet;

import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import kz.qonyrau.store.Store;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.vocabulary.Tenge;
import kz.qonyrau.wire.BookStatement;
import kz.qonyrau.wire.Envelope;
import kz.qonyrau.wire.LeaseDocument;
import kz.qonyrau.wire.MalformedMessageException;
import org.jdbi.v3.core.Handle;

/// Compares the boxes' books with central's (SH-BAL-16).
///
/// A statement is queued behind the usage that it includes, so it can be judged to the tiyn as soon
/// as every message with a smaller number is there, whatever came later. Until then it waits; what
/// waits for too long is a gap, and that is a mismatch too.
public final class Books {

  /// How long messages before a statement may be missing.
  private static final Duration PATIENCE = Duration.ofHours(1);

  private static final String COLUMNS =
      """
      SELECT seq, at_ms, body, state, finding, spent_here_tiyn, received_at_ms
      FROM fleet.book_statement
      """;

  private final Store store;
  private final Documents documents;
  private final Wallets wallets;
  private final InstantSource clock;
  private final Consumer<BoxId> changed;

  Books(
      Store store,
      Documents documents,
      Wallets wallets,
      InstantSource clock,
      Consumer<BoxId> changed) {
    this.store = store;
    this.documents = documents;
    this.wallets = wallets;
    this.clock = clock;
    this.changed = changed;
  }

  /// A box's statements, newest first.
  ///
  /// @param size at most so many, 1 to 500
  public Future<List<CheckedStatement>> of(BoxId box, int size) {
    return store.read(handle ->
        handle
            .createQuery(
                COLUMNS + "WHERE box_id = :box ORDER BY seq DESC FETCH FIRST :size ROWS ONLY")
            .bind("box", box.value())
            .bind("size", size)
            .map((row, _) -> statement(row))
            .list());
  }

  /// Stores a statement, takes back what the box gave back, and judges it if it can be judged.
  ///
  /// @return the alarm, if there is a new one to tell
  Optional<TimelineEntry> take(
      Handle handle, Envelope envelope, BookStatement statement, Instant now) {
    BoxId box = envelope.boxId();
    handle
        .createUpdate(
            """
            INSERT INTO fleet.book_statement (box_id, seq, at_ms, body, state, received_at_ms)
            VALUES (:box, :seq, :at, :body, 'WAITING', :now)
            """)
        .bind("box", box.value())
        .bind("seq", envelope.seq())
        .bind("at", envelope.ts().toEpochMilli())
        .bind("body", new String(statement.body(), StandardCharsets.UTF_8))
        .bind("now", now.toEpochMilli())
        .execute();
    takeReturned(handle, box, statement);
    return judge(handle, box, envelope.seq(), statement, now, now);
  }

  private void takeReturned(Handle handle, BoxId box, BookStatement statement) {
    BoxAccount account = BoxAccount.find(handle, box).orElseThrow();
    Tenge more = statement.returned().minus(account.returned());
    // More than is set aside cannot be given back: the judgement will say so.
    if (!more.isPositive() || more.compareTo(account.left()) > 0) {
      return;
    }
    handle
        .createUpdate("UPDATE fleet.box SET returned_tiyn = :returned WHERE id = :box")
        .bind("returned", statement.returned().tiyn())
        .bind("box", box.value())
        .execute();
    wallets.giveBack(handle, account.organisation(), box, statement.returned(), more);
  }

  /// Judges what waits, because messages have come or have been missing for too long.
  ///
  /// @return the alarms to tell
  List<TimelineEntry> judgeWaiting(Handle handle, Instant now) {
    record Waiting(BoxId box, CheckedStatement statement) {}
    List<Waiting> waiting =
        handle
            .createQuery(
                """
                SELECT box_id, seq, at_ms, body, state, finding, spent_here_tiyn, received_at_ms
                FROM fleet.book_statement WHERE state = 'WAITING'
                ORDER BY received_at_ms FETCH FIRST 500 ROWS ONLY
                """)
            .map((row, _) -> new Waiting(new BoxId(row.getString("box_id")), statement(row)))
            .list();
    List<TimelineEntry> alarms = new ArrayList<>();
    for (Waiting each : waiting) {
      CheckedStatement one = each.statement();
      judge(handle, each.box(), one.seq(), one.statement(), one.receivedAt(), now)
          .ifPresent(alarms::add);
    }
    return alarms;
  }

  /// What became of the wish to accept a difference.
  public enum Acceptance {
    /// Accepted: later statements are compared from this one.
    ACCEPTED,
    /// There is no such statement of that box.
    NO_SUCH_STATEMENT,
    /// It agrees, waits, was accepted, or a newer one was compared since.
    NOT_OPEN
  }

  /// Takes a box's statement as it is, although it does not agree: a person has looked into it.
  /// Nothing is posted; what is to be given back or charged two people decide.
  ///
  /// @param note what he found, 1 to 500 characters
  /// @param by the admin
  public Future<Acceptance> accept(BoxId box, long seq, String note, String by) {
    Texts.require("note", note, 500);
    Texts.require("by", by, 100);
    return store
        .write(handle -> accept(handle, box, seq, note, by))
        .onSuccess(done -> {
          if (done == Acceptance.ACCEPTED) {
            changed.accept(box);
          }
        });
  }

  private Acceptance accept(Handle handle, BoxId box, long seq, String note, String by) {
    Optional<CheckedStatement> found =
        handle
            .createQuery(COLUMNS + "WHERE box_id = :box AND seq = :seq")
            .bind("box", box.value())
            .bind("seq", seq)
            .map((row, _) -> statement(row))
            .findOne();
    if (found.isEmpty()) {
      return Acceptance.NO_SUCH_STATEMENT;
    }
    if (found.get().state() != CheckedStatement.State.MISMATCH
        || seq <= checked(handle, box).seq()) {
      return Acceptance.NOT_OPEN;
    }
    BookStatement statement = found.get().statement();
    Instant now = clock.instant();
    conclude(
        handle,
        box,
        seq,
        CheckedStatement.State.ACCEPTED,
        found.get().finding().orElse(""),
        found.get().spentHere(),
        now);
    compareFrom(handle, box, seq, statement.spent(), statement.rows());
    handle
        .createUpdate("DELETE FROM fleet.alarm WHERE box_id = :box AND code = 'LEDGER_MISMATCH'")
        .bind("box", box.value())
        .execute();
    var _ =
        Timeline.add(
            handle,
            new TimelineEntry(
                box, now, "MISMATCH_ACCEPTED", "statement " + seq + ": " + note, Optional.of(by)));
    return Acceptance.ACCEPTED;
  }

  private static void compareFrom(Handle handle, BoxId box, long seq, Tenge spent, long rows) {
    handle
        .createUpdate(
            """
            UPDATE fleet.box SET checked_seq = :seq, checked_spent_tiyn = :spent,
              checked_rows = :rows
            WHERE id = :box
            """)
        .bind("seq", seq)
        .bind("spent", spent.tiyn())
        .bind("rows", rows)
        .bind("box", box.value())
        .execute();
  }

  private record Checked(long seq, Tenge spent, long rows) {}

  private Optional<TimelineEntry> judge(
      Handle handle,
      BoxId box,
      long seq,
      BookStatement statement,
      Instant receivedAt,
      Instant now) {
    Checked checked = checked(handle, box);
    if (seq <= checked.seq()) {
      // A newer one was judged before it; what this one says is contained in that.
      conclude(handle, box, seq, CheckedStatement.State.AGREES, "", Optional.empty(), now);
      return Optional.empty();
    }
    long missing = seq - 1 - checked.seq() - messages(handle, box, checked.seq(), seq);
    if (missing > 0) {
      if (Duration.between(receivedAt, now).compareTo(PATIENCE) < 0) {
        return Optional.empty();
      }
      return mismatch(
          handle, box, seq, missing + " messages before it never came", Optional.empty(), now);
    }
    Tenge spentHere = checked.spent().plus(spent(handle, box, checked.seq(), seq));
    Optional<String> fault = fault(handle, box, statement, checked, spentHere);
    if (fault.isPresent()) {
      return mismatch(handle, box, seq, fault.get(), Optional.of(spentHere), now);
    }
    conclude(handle, box, seq, CheckedStatement.State.AGREES, "", Optional.of(spentHere), now);
    compareFrom(handle, box, seq, spentHere, statement.rows());
    return Optional.empty();
  }

  private Optional<String> fault(
      Handle handle, BoxId box, BookStatement statement, Checked checked, Tenge spentHere) {
    if (!statement.spent().equals(spentHere)) {
      return Optional.of(
          "the box spent "
              + statement.spent()
              + " KZT, its messages before it say "
              + spentHere
              + " KZT");
    }
    if (statement.rows() < checked.rows()) {
      return Optional.of(
          "its book has " + statement.rows() + " rows and had " + checked.rows() + " before");
    }
    if (statement.returned().compareTo(BoxAccount.find(handle, box).orElseThrow().returned()) > 0) {
      return Optional.of(
          "it gave back " + statement.returned() + " KZT in all, more than it could have");
    }
    return leaseFault(handle, box, statement);
  }

  private Optional<String> leaseFault(Handle handle, BoxId box, BookStatement statement) {
    Tenge granted =
        statement.leaseVersion() == 0
            ? Tenge.ZERO
            : documents
                .lease(handle, box, statement.leaseVersion())
                .map(LeaseDocument::total)
                .orElse(Tenge.ZERO.minus(new Tenge(1)));
    if (granted.isNegative()) {
      return Optional.of("it names lease " + statement.leaseVersion() + ", which was never issued");
    }
    // What it had spent or holds when a lease was taken back stays above the lease's total.
    boolean kept =
        statement.granted().compareTo(granted) > 0 && !statement.available().isPositive();
    return statement.granted().equals(granted) || kept
        ? Optional.empty()
        : Optional.of(
            "it was granted "
                + statement.granted()
                + " KZT, lease "
                + statement.leaseVersion()
                + " says "
                + granted
                + " KZT");
  }

  private static Checked checked(Handle handle, BoxId box) {
    return handle
        .createQuery(
            "SELECT checked_seq, checked_spent_tiyn, checked_rows FROM fleet.box WHERE id = :box")
        .bind("box", box.value())
        .map((row, _) ->
            new Checked(
                row.getLong("checked_seq"),
                new Tenge(row.getLong("checked_spent_tiyn")),
                row.getLong("checked_rows")))
        .one();
  }

  private static long messages(Handle handle, BoxId box, long after, long before) {
    return handle
        .createQuery(
            """
            SELECT COUNT(DISTINCT seq) FROM fleet.message
            WHERE box_id = :box AND seq > :after AND seq < :before
            """)
        .bind("box", box.value())
        .bind("after", after)
        .bind("before", before)
        .mapTo(Long.class)
        .one();
  }

  private static Tenge spent(Handle handle, BoxId box, long after, long before) {
    return new Tenge(
        handle
            .createQuery(
                """
                SELECT COALESCE(SUM(amount_tiyn), 0) FROM fleet.usage_item
                WHERE box_id = :box AND seq > :after AND seq < :before
                """)
            .bind("box", box.value())
            .bind("after", after)
            .bind("before", before)
            .mapTo(Long.class)
            .one());
  }

  private static Optional<TimelineEntry> mismatch(
      Handle handle, BoxId box, long seq, String finding, Optional<Tenge> spentHere, Instant now) {
    conclude(handle, box, seq, CheckedStatement.State.MISMATCH, finding, spentHere, now);
    return Timeline.alarm(handle, box, "LEDGER_MISMATCH", "statement " + seq + ": " + finding, now);
  }

  private static void conclude(
      Handle handle,
      BoxId box,
      long seq,
      CheckedStatement.State state,
      String finding,
      Optional<Tenge> spentHere,
      Instant now) {
    handle
        .createUpdate(
            """
            UPDATE fleet.book_statement SET state = :state, finding = :finding,
              spent_here_tiyn = :spent, judged_at_ms = :now
            WHERE box_id = :box AND seq = :seq
            """)
        .bind("state", state.name())
        .bindByType("finding", finding.isEmpty() ? null : finding, String.class)
        .bindByType("spent", spentHere.map(Tenge::tiyn).orElse(null), Long.class)
        .bind("now", now.toEpochMilli())
        .bind("box", box.value())
        .bind("seq", seq)
        .execute();
  }

  private static CheckedStatement statement(ResultSet row) throws SQLException {
    BookStatement statement;
    try {
      statement = BookStatement.parse(row.getString("body"));
    } catch (MalformedMessageException malformed) {
      throw new IllegalStateException("a stored statement cannot be read", malformed);
    }
    long spent = row.getLong("spent_here_tiyn");
    Optional<Tenge> spentHere = row.wasNull() ? Optional.empty() : Optional.of(new Tenge(spent));
    return new CheckedStatement(
        row.getLong("seq"),
        Instant.ofEpochMilli(row.getLong("at_ms")),
        statement,
        CheckedStatement.State.valueOf(row.getString("state")),
        Optional.ofNullable(row.getString("finding")),
        spentHere,
        Instant.ofEpochMilli(row.getLong("received_at_ms")));
  }
}
