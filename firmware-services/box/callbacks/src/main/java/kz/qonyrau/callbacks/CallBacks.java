package kz.qonyrau.callbacks;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import kz.qonyrau.callbacks.CallBack.Contact;
import kz.qonyrau.callbacks.CallBack.Told;
import kz.qonyrau.callbacks.CallBack.Wish;
import kz.qonyrau.store.Overdue;
import kz.qonyrau.store.Purge;
import kz.qonyrau.store.PurgeWitness;
import kz.qonyrau.store.Store;
import kz.qonyrau.telephony.TrunkId;
import kz.qonyrau.vocabulary.AstanaTime;
import kz.qonyrau.vocabulary.CallId;
import kz.qonyrau.vocabulary.Msisdn;

/// The log of those who called back. May be used from any thread.
public final class CallBacks {

  /// So often a number is answered on one day (AC-WHO-05).
  public static final int MOST_A_DAY = 3;

  /// If so many different numbers call back after one campaign within [#LATELY], people do not know
  /// who called them.
  public static final int MANY = 10;

  /// What counts for [#MANY].
  public static final Duration LATELY = Duration.ofDays(30);

  private static final int MOST_PER_PAGE = 1000;
  private static final int PURGED_AT_ONCE = 500;

  private final Store store;
  private final InstantSource clock;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

  /// The log of a box.
  ///
  /// @param store must have the schema CALLBACK
  public CallBacks(Store store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /// Tells `listener` when somebody calls back, and when that call is over. It must not block.
  public void onChange(Runnable listener) {
    listeners.add(listener);
  }

  private void changed() {
    listeners.forEach(Runnable::run);
  }

  /// Closes what was under way when the box went down.
  ///
  /// @return how many calls that were
  public Future<Integer> recover() {
    return store.write(CallBackTable::endOpen);
  }

  /// Writes that a call comes in, unless its number was answered often enough today, by Astana's
  /// time; a hidden number has no such limit.
  ///
  /// @param caller who calls, if he shows it
  /// @param called which number, as the carrier writes it, at most 21 characters
  /// @return whether the call is to be answered
  public Future<Boolean> begin(
      CallId id, Optional<Msisdn> caller, TrunkId trunk, Optional<String> called) {
    Instant now = clock.instant();
    Instant today =
        LocalDate.ofInstant(now, AstanaTime.ZONE).atStartOfDay(AstanaTime.ZONE).toInstant();
    return store
        .write(handle -> {
          if (caller.isPresent()
              && CallBackTable.count(handle, caller.get(), today) >= MOST_A_DAY) {
            CallBackTable.refused(handle, caller.get());
            return false;
          }
          CallBackTable.insert(
              handle,
              new CallBack(
                  id,
                  now,
                  caller,
                  trunk,
                  called,
                  Optional.empty(),
                  Optional.empty(),
                  Duration.ZERO,
                  Optional.empty(),
                  0));
          return true;
        })
        .onSuccess(_ -> changed());
  }

  /// Notes what the caller asked for, when it is done.
  ///
  /// @param contact of which call he had been told
  public Future<Void> wish(CallId id, Contact contact, Wish wish) {
    return store
        .write(handle -> CallBackTable.wish(handle, id, contact, wish))
        .onSuccess(_ -> changed())
        .mapEmpty();
  }

  /// Notes that the call is over.
  ///
  /// @param heard from the answer to the end
  public Future<Void> end(CallId id, Told told, Optional<Contact> contact, Duration heard) {
    return store
        .write(handle -> CallBackTable.end(handle, id, told, contact, heard))
        .onSuccess(_ -> changed())
        .mapEmpty();
  }

  /// A page of the log, newest first.
  ///
  /// @param page counted from 0
  /// @param size 1 to 1000
  /// @throws IllegalArgumentException if there is no such page
  public Future<CallBackPage> page(int page, int size) {
    requireSize(size);
    if (page < 0) {
      throw new IllegalArgumentException("pages are counted from 0, not " + page);
    }
    Instant since = clock.instant().minus(LATELY);
    return store.read(handle ->
        new CallBackPage(
            CallBackTable.count(handle),
            CallBackTable.newest(handle, (long) page * size, size),
            CallBackTable.frequent(handle, since, MANY)));
  }

  /// The calls behind one, the oldest first: for whoever reads them all.
  ///
  /// @param last the last one of the page before; empty for the first ones
  /// @param size 1 to 1000
  public Future<List<CallBack>> after(Optional<CallBack> last, int size) {
    requireSize(size);
    return store.read(handle -> CallBackTable.after(handle, last, size));
  }

  /// Deletes calls that came in too long ago, and which questions of subscribers were answered
  /// then, in portions (SH-RET-01), save what a legal hold keeps (SH-RET-02). Repeating it is safe.
  ///
  /// @param overdue what is more than a week ago: for so long central may ask again what was
  ///   answered
  /// @return how many of both
  public Future<Integer> purge(Overdue overdue, PurgeWitness witness) {
    return Purge.inPortions(
            store, handle -> CallBackTable.purge(handle, overdue, PURGED_AT_ONCE), witness)
        .compose(calls ->
            Purge.inPortions(
                    store, handle -> InquiryTable.purge(handle, overdue, PURGED_AT_ONCE), witness)
                .map(questions -> calls + questions));
  }

  private static void requireSize(int size) {
    if (size < 1 || size > MOST_PER_PAGE) {
      throw new IllegalArgumentException("1 to " + MOST_PER_PAGE + " at once, not " + size);
    }
  }
}
