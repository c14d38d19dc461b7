package kz.qonyrau.fleet;

import io.vertx.core.Future;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import kz.qonyrau.store.Store;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.vocabulary.Msisdn;
import kz.qonyrau.wire.LicenseDocument;
import org.jdbi.v3.core.Handle;

/// The numbers that subscribers see (AC-CAL-03): the provider's, each assigned to one box at a
/// time. What a box may show stands in its license, so no customer shows a number of his own
/// choice. Who had a number when is kept for good.
public final class NumberPool {

  /// So many numbers are added at once at most.
  public static final int MOST_AT_ONCE = 1000;

  private final Store store;
  private final Documents documents;
  private final InstantSource clock;
  private final Consumer<BoxId> changed;

  NumberPool(Store store, Documents documents, InstantSource clock, Consumer<BoxId> changed) {
    this.store = store;
    this.documents = documents;
    this.clock = clock;
    this.changed = changed;
  }

  /// What became of an order. Only [Done] has changed anything.
  public sealed interface Result {

    /// It is done.
    ///
    /// @param box whose license has changed, if any has
    record Done(Optional<BoxId> box) implements Result {}

    record NoSuchNumber() implements Result {}

    record NoSuchBox() implements Result {}

    /// The box's certificate is refused.
    record BoxRefused() implements Result {}

    /// The number is assigned; it has to be released first.
    record AssignedTo(BoxId box) implements Result {}

    /// The number is assigned to nobody.
    record Free() implements Result {}

    /// The box has as many numbers as fit into a license.
    record TooMany(int most) implements Result {}
  }

  /// All numbers, in order.
  public Future<List<PoolNumber>> all() {
    return store.read(NumberTable::all);
  }

  /// Takes numbers into the pool. Those that are there already stay as they are.
  ///
  /// @param numbers at most [#MOST_AT_ONCE]
  /// @return those that are new
  public Future<List<Msisdn>> add(List<Msisdn> numbers, String by) {
    Texts.require("by", by, 100);
    if (numbers.size() > MOST_AT_ONCE) {
      throw new IllegalArgumentException("more than " + MOST_AT_ONCE + " numbers at once");
    }
    return store.write(handle -> {
      List<Msisdn> fresh = new ArrayList<>();
      for (Msisdn number : numbers) {
        if (!NumberTable.isThere(handle, number)) {
          NumberTable.insert(handle, number, clock.instant(), by);
          fresh.add(number);
        }
      }
      return List.copyOf(fresh);
    });
  }

  /// Takes a number that is assigned to nobody out of the pool.
  public Future<Result> remove(Msisdn number) {
    return store.write(handle -> {
      if (!NumberTable.isThere(handle, number)) {
        return new Result.NoSuchNumber();
      }
      Optional<BoxId> holder = NumberTable.holder(handle, number);
      if (holder.isPresent()) {
        return new Result.AssignedTo(holder.get());
      }
      NumberTable.delete(handle, number);
      return new Result.Done(Optional.empty());
    });
  }

  /// Lets one box show a number, and no other.
  ///
  /// @param note why, 1 to 500 characters
  /// @param by the admin
  public Future<Result> assign(Msisdn number, BoxId box, String note, String by) {
    Texts.require("note", note, 500);
    Texts.require("by", by, 100);
    return told(store.write(handle -> assign(handle, number, box, note, by)));
  }

  private Result assign(Handle handle, Msisdn number, BoxId box, String note, String by) {
    Optional<BoxAccount> account = BoxAccount.find(handle, box);
    if (account.isEmpty()) {
      return new Result.NoSuchBox();
    }
    if (account.get().refused()) {
      return new Result.BoxRefused();
    }
    if (!NumberTable.isThere(handle, number)) {
      return new Result.NoSuchNumber();
    }
    Optional<BoxId> holder = NumberTable.holder(handle, number);
    if (holder.isPresent()) {
      return new Result.AssignedTo(holder.get());
    }
    if (NumberTable.of(handle, box).orElse(List.of()).size() >= LicenseDocument.MOST_NUMBERS) {
      return new Result.TooMany(LicenseDocument.MOST_NUMBERS);
    }
    Instant now = clock.instant();
    NumberTable.assign(handle, number, box, note, now, by);
    documents.renumber(handle, box, now, by);
    note(handle, box, now, "NUMBER_ASSIGNED", number.e164() + ": " + note, by);
    return new Result.Done(Optional.of(box));
  }

  /// Takes a number away from the box that has it. Trunks that show it take no calls any more.
  ///
  /// @param note why, 1 to 500 characters
  /// @param by the admin
  public Future<Result> release(Msisdn number, String note, String by) {
    Texts.require("note", note, 500);
    Texts.require("by", by, 100);
    return told(
        store.write(handle -> {
          if (!NumberTable.isThere(handle, number)) {
            return new Result.NoSuchNumber();
          }
          Optional<BoxId> holder = NumberTable.holder(handle, number);
          if (holder.isEmpty()) {
            return new Result.Free();
          }
          Instant now = clock.instant();
          NumberTable.release(handle, number, note, now, by);
          documents.renumber(handle, holder.get(), now, by);
          note(handle, holder.get(), now, "NUMBER_RELEASED", number.e164() + ": " + note, by);
          return new Result.Done(holder);
        }));
  }

  private Future<Result> told(Future<Result> result) {
    return result.onSuccess(what -> {
      if (what instanceof Result.Done(Optional<BoxId> box)) {
        box.ifPresent(changed);
      }
    });
  }

  private static void note(
      Handle handle, BoxId box, Instant now, String kind, String detail, String by) {
    var _ = Timeline.add(handle, new TimelineEntry(box, now, kind, detail, Optional.of(by)));
  }
}
