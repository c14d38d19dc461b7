package kz.qonyrau.notices;

import io.vertx.core.Future;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import kz.qonyrau.notices.KeptNotice.Origin;
import kz.qonyrau.store.Store;
import kz.qonyrau.vocabulary.Tenge;
import kz.qonyrau.wire.Notice;
import org.jdbi.v3.core.Handle;

/// What the owner is told on his pages, and the rules by which he is warned of a low balance.
///
/// Whatever is told is one transaction with what is remembered of it, so a notice comes once
/// whatever the last statement before a death was, and everything here may be repeated. Of each
/// origin [#MOST] are kept; those that were dismissed go first, the oldest before the others.
///
/// Safe to use from any thread.
public final class Notices {

  /// So many notices of central are kept, and as many of the box's own.
  public static final int MOST = 200;

  private static final int LONGEST_LOGIN = 100;

  private final Store store;
  private final InstantSource clock;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final List<Runnable> wishListeners = new CopyOnWriteArrayList<>();

  /// @param store must have the schema NOTICE
  public Notices(Store store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /// Tells `listener` when there is a new notice or one was dismissed. It must not block.
  public void onChange(Runnable listener) {
    listeners.add(listener);
  }

  /// Tells `listener` when the owner wants to be warned otherwise. It must not block.
  public void onWarnings(Runnable listener) {
    wishListeners.add(listener);
  }

  private void changed() {
    listeners.forEach(Runnable::run);
  }

  /// Takes in what central has to tell, each notice once, in whatever order they come.
  ///
  /// @param notices at most [#MOST]; what is known already stays as it is
  /// @return how many were new
  /// @throws IllegalArgumentException if there are more than are kept
  public Future<Integer> take(List<Notice> notices) {
    if (notices.size() > MOST) {
      throw new IllegalArgumentException("more notices than are kept: " + notices.size());
    }
    if (notices.isEmpty()) {
      return Future.succeededFuture(0);
    }
    List<String> ids = notices.stream().map(Notice::id).toList();
    return store
        .write(handle -> {
          Set<String> known = new HashSet<>(NoticeTable.known(handle, ids));
          int added = 0;
          for (Notice notice : notices) {
            if (known.add(notice.id())) {
              NoticeTable.insert(
                  handle,
                  new KeptNotice(
                      notice.id(),
                      notice.code(),
                      notice.at(),
                      notice.amount(),
                      notice.until(),
                      notice.subject(),
                      Origin.CENTRAL,
                      Optional.empty()));
              added++;
            }
          }
          if (added > 0) {
            // What may come again must not be forgotten, or it would be told again.
            NoticeTable.prune(handle, Origin.CENTRAL, MOST, ids);
          }
          return added;
        })
        .onSuccess(added -> {
          if (added > 0) {
            changed();
          }
        });
  }

  /// What the owner sees.
  ///
  /// @param undismissed how many there are in all that he has not dismissed
  /// @param notices the newest first
  public record Shown(int undismissed, List<KeptNotice> notices) {}

  /// The newest notices.
  ///
  /// @param undismissedOnly without those that the owner has dismissed
  /// @param limit at least 1
  public Future<Shown> newest(boolean undismissedOnly, int limit) {
    return store.read(handle ->
        new Shown(
            NoticeTable.undismissed(handle), NoticeTable.newest(handle, undismissedOnly, limit)));
  }

  /// How many notices the owner has not dismissed.
  public Future<Integer> undismissed() {
    return store.read(NoticeTable::undismissed);
  }

  /// Puts a notice aside. One that was dismissed before stays dismissed by whoever did it.
  ///
  /// @param by a login, 1 to 100 characters
  /// @return false if there is no such notice
  public Future<Boolean> dismiss(String id, String by) {
    return store
        .write(handle ->
            NoticeTable.dismiss(handle, List.of(id), clock.instant(), requireLogin(by)) > 0
                || !NoticeTable.known(handle, List.of(id)).isEmpty())
        .onSuccess(_ -> changed());
  }

  /// Puts all of these aside. Whoever asks names those that he has seen, so that none that comes at
  /// the same moment is lost on him. Others than those that are there are left out.
  ///
  /// @param by a login, 1 to 100 characters
  /// @return how many were put aside by that
  public Future<Integer> dismissAll(Collection<String> ids, String by) {
    if (ids.isEmpty()) {
      return Future.succeededFuture(0);
    }
    return store
        .write(handle -> NoticeTable.dismiss(handle, ids, clock.instant(), requireLogin(by)))
        .onSuccess(_ -> changed());
  }

  private static String requireLogin(String by) {
    if (by.isEmpty() || by.length() > LONGEST_LOGIN) {
      throw new IllegalArgumentException("a login has 1 to " + LONGEST_LOGIN + " characters");
    }
    return by;
  }

  /// When the owner wants to be warned.
  public Future<Warnings> warnings() {
    return store.read(handle -> WarningTable.find(handle).warnings());
  }

  /// Has the owner warned as he wants from now on. What stays as it was does not tell again.
  public Future<Warnings> setWarnings(Warnings wanted) {
    return store
        .write(handle -> {
          Alertness before = WarningTable.find(handle);
          Alertness next = before.with(wanted);
          WarningTable.change(handle, before, next);
          return next.warnings();
        })
        .onSuccess(_ -> wishListeners.forEach(Runnable::run));
  }

  /// Looks at the balance, and tells the owner what he wants to be told of it.
  ///
  /// @param funds what there is, read inside the same transaction; empty if nothing is known, which
  ///   changes nothing
  /// @return what was told by that
  public Future<List<KeptNotice>> weigh(Function<Handle, Optional<Funds>> funds) {
    return store
        .write(handle -> {
          Optional<Funds> known = funds.apply(handle);
          return known.isEmpty() ? List.<KeptNotice>of() : weigh(handle, known.get());
        })
        .onSuccess(told -> {
          if (!told.isEmpty()) {
            changed();
          }
        });
  }

  private List<KeptNotice> weigh(Handle handle, Funds funds) {
    Alertness before = WarningTable.find(handle);
    Alertness.Outcome outcome = before.look(funds);
    WarningTable.change(handle, before, outcome.next());
    Instant now = Instant.ofEpochMilli(clock.millis());
    List<KeptNotice> told =
        outcome.codes().stream().map(code -> own(code, now, funds.balance())).toList();
    if (!told.isEmpty()) {
      told.forEach(notice -> NoticeTable.insert(handle, notice));
      NoticeTable.prune(handle, Origin.BOX, MOST, told.stream().map(KeptNotice::id).toList());
    }
    return told;
  }

  /// Tells the owner something of the box's own, inside the caller's transaction. Call [#told] when
  /// that is durable.
  ///
  /// @param code what is told
  /// @param subject the name of what is spoken of
  public void tell(Handle handle, String code, String subject) {
    tell(handle, code, subject, Optional.empty());
  }

  /// The same of something that ends.
  ///
  /// @param until the moment that is spoken of, if any
  public void tell(Handle handle, String code, String subject, Optional<Instant> until) {
    KeptNotice notice =
        new KeptNotice(
            UUID.randomUUID().toString(),
            code,
            Instant.ofEpochMilli(clock.millis()),
            Optional.empty(),
            until,
            Optional.of(subject),
            Origin.BOX,
            Optional.empty());
    NoticeTable.insert(handle, notice);
    NoticeTable.prune(handle, Origin.BOX, MOST, List.of(notice.id()));
  }

  /// Has the listeners look at what was told.
  public void told() {
    changed();
  }

  private static KeptNotice own(String code, Instant at, Tenge amount) {
    return new KeptNotice(
        UUID.randomUUID().toString(),
        code,
        at,
        Optional.of(amount),
        Optional.empty(),
        Optional.empty(),
        Origin.BOX,
        Optional.empty());
  }
}
