package kz.qonyrau.uplink;

import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import kz.qonyrau.store.Outbox;
import kz.qonyrau.store.OutboxMessage;
import kz.qonyrau.store.Store;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.vocabulary.Tenge;
import kz.qonyrau.wire.BookStatement;
import kz.qonyrau.wire.BookStatement.Cause;
import kz.qonyrau.wire.LeaseDocument;
import kz.qonyrau.wire.TopicKind;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings the purse to what the lease in force says, and tells central how the book stands
/// (SH-BAL-15, 16).
///
/// Every statement posts the lease first, in the same transaction, so that what it says was granted
/// is that lease's. It is queued behind all usage that it includes.
final class CreditLine {

  private static final Logger log = LoggerFactory.getLogger(CreditLine.class);

  private final Store store;
  private final Outbox outbox;
  private final Purse purse;
  private final BoxId box;
  private final Supplier<Optional<LeaseDocument>> lease;
  private volatile Tenge owed = Tenge.ZERO;

  /// @param lease the one in force now
  CreditLine(
      Store store, Outbox outbox, Purse purse, BoxId box, Supplier<Optional<LeaseDocument>> lease) {
    this.store = store;
    this.outbox = outbox;
    this.purse = purse;
    this.box = box;
    this.lease = lease;
  }

  /// Whether a lease took back money that calls still hold: it goes back when they are over, and
  /// nothing new may be paid from it.
  boolean owes() {
    return owed.isPositive();
  }

  /// Posts the lease in force. If anything was taken back, central is told how the book stands.
  Future<Void> apply() {
    return store
        .write(handle -> {
          Optional<LeaseDocument> held = lease.get();
          if (post(handle, held).takenBack().isPositive()) {
            put(handle, held, UUID.randomUUID().toString(), Cause.RETURN);
          }
          return true;
        })
        .mapEmpty();
  }

  /// Tells central how the book stands.
  Future<Void> state(Cause cause) {
    return store
        .write(handle -> {
          state(handle, UUID.randomUUID().toString(), cause);
          return true;
        })
        .mapEmpty();
  }

  /// As [#state(Cause)], inside the caller's transaction.
  void state(Handle handle, String messageId, Cause cause) {
    Optional<LeaseDocument> held = lease.get();
    var _ = post(handle, held);
    put(handle, held, messageId, cause);
  }

  /// Tells central how the book stands, once for a day.
  ///
  /// @return false if it was told before
  Future<Boolean> stateDaily(LocalDate day) {
    return store.write(handle -> {
      if (isStated(handle, day)) {
        return false;
      }
      state(handle, BookStatement.messageIdOf(box, day), Cause.DAILY);
      return handle
              .createUpdate("INSERT INTO uplink.stated_day (stated_on) VALUES (:day)")
              .bind("day", day.toString())
              .execute()
          == 1;
    });
  }

  private static boolean isStated(Handle handle, LocalDate day) {
    return handle
        .createQuery("SELECT stated_on FROM uplink.stated_day WHERE stated_on = :day")
        .bind("day", day.toString())
        .mapTo(String.class)
        .findOne()
        .isPresent();
  }

  /// Gives back what is available, and tells central how the book stands.
  ///
  /// @param id names this return for good
  void giveBack(Handle handle, String id, String messageId) {
    Optional<LeaseDocument> held = lease.get();
    var _ = post(handle, held);
    Tenge amount = purse.giveBack(handle, id);
    put(handle, held, messageId, Cause.RETURN);
    log.atInfo().addKeyValue("amount", amount).log("credit given back");
  }

  /// Gives back what has come free, or in, since [#giveBack].
  ///
  /// @param id names the whole return; each part of it is named after the book's length
  /// @return whether nothing was left, and no call holds anything
  boolean isGivenBack(Handle handle, String id) {
    BookStatement now = purse.statement(handle, Cause.RETURN, 0);
    if (now.held().isPositive()) {
      return false;
    }
    if (now.available().isPositive()) {
      String part = id + "/" + now.rows();
      giveBack(handle, part, messageIdOf(part));
      return false;
    }
    return true;
  }

  /// The message id of the statement that is sent with something.
  static String messageIdOf(String what) {
    return UUID.nameUUIDFromBytes(("ledger/" + what).getBytes(StandardCharsets.UTF_8)).toString();
  }

  private Purse.Posting post(Handle handle, Optional<LeaseDocument> held) {
    Purse.Posting posting =
        held.map(document -> purse.post(handle, document))
            .orElseGet(() -> new Purse.Posting(Tenge.ZERO, Tenge.ZERO, Tenge.ZERO));
    owed = posting.owed();
    return posting;
  }

  private void put(Handle handle, Optional<LeaseDocument> held, String messageId, Cause cause) {
    long version = held.map(LeaseDocument::version).orElse(0L);
    BookStatement statement = purse.statement(handle, cause, version);
    long seq =
        outbox.put(
            handle, new OutboxMessage(messageId, TopicKind.LEDGER.level(), statement.body()));
    log.atInfo()
        .addKeyValue("cause", cause)
        .addKeyValue("seq", seq)
        .addKeyValue("rows", statement.rows())
        .log("told central how the book stands");
  }
}
