package kz.qonyrau.fleet;

import io.vertx.core.Future;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import kz.qonyrau.store.Store;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.vocabulary.Tenge;
import org.jdbi.v3.core.Handle;

/// What of a customer's money is set aside for his boxes (SH-BAL-15): what admins decide about it.
/// The renewals in between are made by [Upkeep].
public final class Leases {

  /// More than any customer has.
  private static final Tenge LARGEST = Tenge.of("10000000000.00");

  private final Store store;
  private final Documents documents;
  private final Wallets wallets;
  private final Upkeep upkeep;
  private final InstantSource clock;
  private final Consumer<BoxId> changed;

  Leases(
      Store store,
      Documents documents,
      Wallets wallets,
      Upkeep upkeep,
      InstantSource clock,
      Consumer<BoxId> changed) {
    this.store = store;
    this.documents = documents;
    this.wallets = wallets;
    this.upkeep = upkeep;
    this.clock = clock;
    this.changed = changed;
  }

  /// What became of an order about a lease.
  public sealed interface Result {

    /// Done.
    ///
    /// @param total of the lease that is in force now
    record Done(Tenge total) implements Result {}

    record NoSuchBox() implements Result {}

    /// The box's certificate is refused, so it gets no lease.
    record BoxRefused() implements Result {}
  }

  /// Says how much a box should have at once. It gets what is missing as far as the customer has
  /// free money, and again whenever 30 % is left. A smaller amount takes nothing back.
  ///
  /// @param target zero or more, at most ten billion tenge; zero for no more leases
  /// @param by the admin
  /// @throws IllegalArgumentException if a value is out of range
  public Future<Result> setTarget(BoxId box, Tenge target, String reason, String by) {
    require(reason, by);
    if (target.isNegative() || target.compareTo(LARGEST) > 0) {
      throw new IllegalArgumentException("target: 0 to " + LARGEST);
    }
    return decide(
        box,
        (handle, account, now) -> {
          setTarget(handle, box, target);
          note(handle, box, "LEASE_TARGET", target + " KZT: " + reason, now, by);
          var _ = upkeep.keep(handle, box, now);
        });
  }

  /// Takes back everything that is set aside and not reported as spent, and sets no more aside.
  /// What the box had spent before it hears of it stays a debit (EX-BAL-6).
  ///
  /// @param by the admin
  /// @throws IllegalArgumentException if a value is out of range
  public Future<Result> revoke(BoxId box, String reason, String by) {
    require(reason, by);
    return decide(box, (handle, account, now) -> takeBack(handle, account, now, reason, by));
  }

  /// The same, inside the caller's transaction.
  void takeBack(Handle handle, BoxAccount account, Instant now, String reason, String by) {
    setTarget(handle, account.box(), Tenge.ZERO);
    Tenge left = account.left();
    if (left.isPositive()) {
      Tenge total = account.total().minus(left);
      long version =
          documents
              .issueLease(
                  handle,
                  account,
                  new Documents.Grant(total, free(handle, account, left)),
                  now,
                  account.leaseExpires().filter(now::isBefore).orElse(now.plusSeconds(1)),
                  by)
              .version();
      wallets.takeBack(handle, account.organisation(), account.box(), version, left);
    }
    note(handle, account.box(), "LEASE_REVOKED", left + " KZT: " + reason, now, by);
  }

  /// What the customer has once this comes back from a box.
  private Tenge free(Handle handle, BoxAccount account, Tenge comesBack) {
    Tenge free = wallets.balance(handle, account.organisation()).plus(comesBack);
    return free.isNegative() ? Tenge.ZERO : free;
  }

  static void setTarget(Handle handle, BoxId box, Tenge target) {
    handle
        .createUpdate("UPDATE fleet.box SET lease_target_tiyn = :target WHERE id = :box")
        .bind("target", target.tiyn())
        .bind("box", box.value())
        .execute();
  }

  private interface Deed {
    void carryOut(Handle handle, BoxAccount account, Instant now);
  }

  private Future<Result> decide(BoxId box, Deed deed) {
    return store
        .read(handle -> BoxAccount.find(handle, box))
        .compose(found ->
            found.isEmpty()
                ? Future.<Result>succeededFuture(new Result.NoSuchBox())
                : wallets
                    .ready(box, found.get().organisation())
                    .compose(_ -> store.write(handle -> carryOut(handle, box, deed))))
        .onSuccess(result -> {
          if (result instanceof Result.Done) {
            changed.accept(box);
          }
        });
  }

  private Result carryOut(Handle handle, BoxId box, Deed deed) {
    BoxAccount account = BoxAccount.find(handle, box).orElseThrow();
    if (account.refused()) {
      return new Result.BoxRefused();
    }
    deed.carryOut(handle, account, clock.instant());
    return new Result.Done(BoxAccount.find(handle, box).orElseThrow().total());
  }

  private static void require(String reason, String by) {
    Texts.require("reason", reason, 500);
    Texts.require("by", by, 100);
  }

  private static void note(
      Handle handle, BoxId box, String kind, String detail, Instant now, String by) {
    var _ = Timeline.add(handle, new TimelineEntry(box, now, kind, detail, Optional.of(by)));
  }
}
