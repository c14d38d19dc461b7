package kz.qonyrau.uplink;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import kz.qonyrau.store.Outbox;
import kz.qonyrau.store.Store;
import kz.qonyrau.wire.CommandAnswer;
import kz.qonyrau.wire.CommandDocument;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The end of this box by order of central (PLT-22).
///
/// From its beginning nothing is dialled and what is left of the lease is given back. Then the
/// owner has time to take his data away. When he confirms that he did, or the time is over, calls
/// end, money that they held goes back, and once central has acknowledged everything that waits,
/// the order is answered. When central has that answer, everything may be erased.
///
/// - The time is over by central's clock alone, so a wrong clock of the box erases nothing.
/// - Central refuses a box from the moment on that it stores the answer, and cuts it off before a
///   receipt can get through. So a refusal counts as the receipt: everything else was acknowledged
///   before.
/// - A box that central refuses before it could report can never do so. It gives up when the time
///   is over by its own clock, whether the owner confirmed or not.
///
/// - While a legal hold stands on anything here, it does not begin, and goes no further where it
///   has begun: nothing is answered and nothing is erased (SH-RET-02).
///
/// Every step is one transaction and may be tried again, so a death at any moment delays it only.
public final class Retirement {

  private static final Logger log = LoggerFactory.getLogger(Retirement.class);

  /// How far it is.
  public enum Stage {
    /// The owner takes his data away.
    OWNERS_TIME,
    /// The last calls end, and what waits goes to central.
    LAST_REPORTS,
    /// The order is answered; when central has the answer, everything is erased.
    ANSWERED
  }

  /// How it stands.
  ///
  /// @param commandId the order
  /// @param reason why central ordered it, for the owner
  /// @param ownerUntil when the owner's time is over, by central's clock
  /// @param confirmedBy who said that everything may be erased, if somebody did
  public record State(
      String commandId,
      String reason,
      Instant begunAt,
      Instant ownerUntil,
      Optional<String> confirmedBy,
      Stage stage) {}

  /// What became of the wish to confirm.
  public enum Confirmation {
    DONE,
    /// The owner's time is over: he has confirmed already, or it has passed.
    OVER,
    /// Nobody ordered this box to retire.
    NOT_RETIRING,
    /// A legal hold stands, so nothing may be erased.
    ON_HOLD
  }

  private final Store store;
  private final Outbox outbox;
  private final Duration ownersTime;
  private final InstantSource clock;
  private final AtomicReference<Optional<State>> state = new AtomicReference<>(Optional.empty());
  private final List<Consumer<State>> listeners = new CopyOnWriteArrayList<>();
  private volatile boolean beginning;

  Retirement(Store store, Outbox outbox, Duration ownersTime, InstantSource clock) {
    this.store = store;
    this.outbox = outbox;
    this.ownersTime = ownersTime;
    this.clock = clock;
  }

  /// Reads how it stands; to be done once, before anything is dialled.
  public Future<Void> load() {
    return store
        .read(Retirement::find)
        .map(found -> {
          publish(found);
          return null;
        });
  }

  /// How it stands; empty on a box that is to go on.
  public Optional<State> state() {
    return state.get();
  }

  /// Whether it has begun, so that nothing may be dialled any more. Answers at once.
  public boolean isUnderWay() {
    return beginning || state.get().isPresent();
  }

  boolean isAnswered() {
    return state.get().filter(now -> now.stage() == Stage.ANSWERED).isPresent();
  }

  /// Tells `listener` when it begins and goes on. It must not block.
  public void onChange(Consumer<State> listener) {
    listeners.add(listener);
  }

  private void publish(Optional<State> now) {
    Optional<State> before = state.getAndSet(now);
    beginning = false;
    if (!now.equals(before)) {
      now.ifPresent(one -> listeners.forEach(listener -> listener.accept(one)));
    }
  }

  /// Ends the owner's time, because he has what he wants.
  ///
  /// @param login the owner's, 1 to 100 characters
  public Future<Confirmation> confirm(String login) {
    record Asked(Confirmation confirmation, Optional<State> now) {}
    return store
        .write(handle -> {
          Optional<State> before = find(handle);
          if (before.isEmpty()) {
            return new Asked(Confirmation.NOT_RETIRING, before);
          }
          if (before.get().stage() != Stage.OWNERS_TIME) {
            return new Asked(Confirmation.OVER, before);
          }
          if (LegalHolds.standing(handle).isPresent()) {
            return new Asked(Confirmation.ON_HOLD, before);
          }
          endOwnersTime(handle, Optional.of(login));
          return new Asked(Confirmation.DONE, find(handle));
        })
        .map(asked -> {
          if (asked.now().isPresent()) {
            publish(asked.now());
          }
          return asked.confirmation();
        });
  }

  // ---- for the orders of central

  /// Writes down that it begins. From here on nothing is dialled, before the transaction is over.
  ///
  /// @param word the latest time that central vouched for
  /// @throws IllegalStateException if the box is retiring already, a legal hold stands, or the
  ///   order is not under way
  void begin(Handle handle, CommandDocument command, Instant word) {
    Optional<State> already = find(handle);
    if (already.isPresent()) {
      throw new IllegalStateException(
          "the box is retiring already, by the order " + already.get().commandId());
    }
    Optional<KnownHold> hold = LegalHolds.standing(handle);
    if (hold.isPresent()) {
      throw new IllegalStateException(
          "nothing here may be erased: the legal hold " + hold.get().hold().id() + " stands");
    }
    if (!CommandTable.isBegun(handle, command.id())) {
      throw new IllegalStateException("the order " + command.id() + " is not under way");
    }
    beginning = true;
    Instant until = word.plus(ownersTime);
    handle
        .createUpdate(
            """
            INSERT INTO uplink.retirement (only_one, command_id, begun_at_ms, owner_until_ms)
            VALUES (1, :command, :now, :until)
            """)
        .bind("command", command.id())
        .bind("now", clock.instant().toEpochMilli())
        .bind("until", until.toEpochMilli())
        .execute();
    log.atWarn()
        .addKeyValue("command", command.id())
        .addKeyValue("by", command.by())
        .addKeyValue("ownerUntil", until)
        .log("the box retires: nothing is dialled, and the owner may take his data away");
  }

  /// Whether the box retires by this order.
  static boolean isBy(Handle handle, String commandId) {
    return find(handle).filter(now -> now.commandId().equals(commandId)).isPresent();
  }

  /// Does what can be done now.
  ///
  /// @param word the latest time that central vouched for
  /// @param refused whether central refuses this box's certificate
  /// @param answer puts the answer DONE to an order into the outbox
  /// @return whether it is time to erase everything
  Future<Boolean> goOn(
      CreditLine credit, Instant word, boolean refused, BiConsumer<Handle, String> answer) {
    record Gone(Optional<State> now, boolean erase) {}
    Optional<State> known = state.get();
    if (known.filter(now -> belongsToOwner(now, word, refused)).isPresent()) {
      return Future.succeededFuture(false);
    }
    return store
        .write(handle -> {
          Optional<State> before = find(handle);
          boolean erase =
              before.isPresent()
                  && LegalHolds.standing(handle).isEmpty()
                  && step(handle, before.get(), credit, word, refused, answer);
          return new Gone(find(handle), erase);
        })
        .map(gone -> {
          publish(gone.now());
          return gone.erase();
        });
  }

  private boolean belongsToOwner(State now, Instant word, boolean refused) {
    return now.stage() == Stage.OWNERS_TIME
        && word.isBefore(now.ownerUntil())
        && !(refused && isOverHere(now));
  }

  /// Whether the time is over by the box's own clock.
  private boolean isOverHere(State now) {
    return !clock.instant().isBefore(now.ownerUntil());
  }

  private boolean step(
      Handle handle,
      State now,
      CreditLine credit,
      Instant word,
      boolean refused,
      BiConsumer<Handle, String> answer) {
    return switch (now.stage()) {
      case OWNERS_TIME -> {
        if (!belongsToOwner(now, word, refused)) {
          endOwnersTime(handle, Optional.empty());
        }
        yield false;
      }
      case LAST_REPORTS -> {
        if (refused && isOverHere(now)) {
          log.atWarn()
              .addKeyValue("unreported", outbox.depth(handle))
              .log("central refuses this box for good; what waits will never be reported");
          yield true;
        }
        if (credit.isGivenBack(handle, "return/" + now.commandId()) && outbox.depth(handle) == 0) {
          answer.accept(handle, now.commandId());
        }
        yield false;
      }
      case ANSWERED -> refused || !outbox.holds(handle, CommandAnswer.messageIdOf(now.commandId()));
    };
  }

  private void endOwnersTime(Handle handle, Optional<String> confirmedBy) {
    handle
        .createUpdate(
            """
            UPDATE uplink.retirement SET owner_done_at_ms = :now, confirmed_by = :by
            WHERE owner_done_at_ms IS NULL
            """)
        .bind("now", clock.instant().toEpochMilli())
        .bind("by", confirmedBy.orElse(null))
        .execute();
    log.atWarn()
        .addKeyValue("confirmed", confirmedBy.isPresent())
        .log("the owner's time is over; what waits goes to central, then everything is erased");
  }

  private static Optional<State> find(Handle handle) {
    return handle
        .createQuery(
            """
            SELECT command_id, reason, begun_at_ms, owner_until_ms, owner_done_at_ms, confirmed_by,
              result
            FROM uplink.retirement JOIN uplink.command ON id = command_id
            """)
        .map((row, _) -> {
          Stage stage = row.getString("result") != null ? Stage.ANSWERED : Stage.LAST_REPORTS;
          boolean over = row.getObject("owner_done_at_ms") != null;
          return new State(
              row.getString("command_id"),
              row.getString("reason"),
              Instant.ofEpochMilli(row.getLong("begun_at_ms")),
              Instant.ofEpochMilli(row.getLong("owner_until_ms")),
              Optional.ofNullable(row.getString("confirmed_by")),
              over ? stage : Stage.OWNERS_TIME);
        })
        .findOne();
  }
}
