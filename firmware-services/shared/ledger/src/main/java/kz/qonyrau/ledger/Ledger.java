package kz.qonyrau.ledger;

import io.vertx.core.Future;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import kz.qonyrau.store.Store;
import kz.qonyrau.vocabulary.Tenge;
import org.jdbi.v3.core.Handle;

/// The double-entry book of prepaid money (SH-BAL-01).
///
/// Everything that moves money appends a row that is never changed or deleted: a transfer, a hold
/// (from the wallet to its held part), a capture, a release. Balances change in the same
/// transaction, so they sum to zero after every call, and each row carries the hash of the row
/// before it, so [#verify] sees a row that was changed or taken away.
///
/// Whoever starts a movement chooses its id and keeps it over retries. The same id with the same
/// content moves nothing a second time and says so (SH-BAL-07); with other content it is refused.
///
/// Methods that return a future write on the store's one writer and complete when the commit is on
/// the disk. If such a future fails it may be unknown whether the money moved, and asking again
/// with the same id is safe. Methods that take a [Handle] do the same inside the caller's own
/// transaction, for facts that must stand or fall together with the movement.
public final class Ledger {

  /// The reason that stands in the row of a hold that was too old.
  static final String EXPIRED = "expired";

  private final Store store;
  private final InstantSource clock;

  public Ledger(Store store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /// Opens a wallet with nothing in it, or finds it as it is.
  ///
  /// @param mayOverdraw whether transfers may take it below zero: the provider's side of the book,
  ///   and wallets that penalties may reach
  /// @throws IllegalArgumentException for a name that is kept for held money or is longer than 75
  ///   characters
  public Future<Wallet> openWallet(WalletId id, boolean mayOverdraw) {
    if (id.isHeld()) {
      throw new IllegalArgumentException("names that end in /held are the ledger's own: " + id);
    }
    var _ = id.held(); // Refuses a name that leaves no room for the ending.
    return store.write(handle -> {
      Optional<Wallet> present = Book.wallet(handle, id);
      if (present.isEmpty()) {
        Book.open(handle, id, mayOverdraw, clock.instant());
        return new Wallet(id, Tenge.ZERO, mayOverdraw);
      }
      if (present.get().mayOverdraw() != mayOverdraw) {
        throw new IllegalStateException(
            "wallet " + id + " is there already and " + overdraft(!mayOverdraw));
      }
      return present.get();
    });
  }

  private static String overdraft(boolean mayOverdraw) {
    return mayOverdraw ? "may be overdrawn" : "may not be overdrawn";
  }

  /// Moves money between two wallets, or says why it did not.
  public Future<TransferResult> transfer(Transfer transfer) {
    return store.write(handle -> transfer(handle, transfer));
  }

  /// As [#transfer(Transfer)], inside the caller's transaction.
  public TransferResult transfer(Handle handle, Transfer transfer) {
    Optional<Row> earlier = Book.find(handle, TransferKind.TRANSFER, transfer.id());
    if (earlier.isPresent()) {
      Row row = earlier.get();
      Transfer made = transferOf(row);
      return made.equals(transfer)
          ? new TransferResult.AlreadyTransferred(row.at())
          : new TransferResult.IdTaken(made);
    }
    Optional<Wallet> debit = Book.wallet(handle, transfer.debit());
    if (debit.isEmpty()) {
      return new TransferResult.NoSuchWallet(transfer.debit());
    }
    Optional<Wallet> credit = Book.wallet(handle, transfer.credit());
    if (credit.isEmpty()) {
      return new TransferResult.NoSuchWallet(transfer.credit());
    }
    if (!debit.get().mayOverdraw() && debit.get().balance().compareTo(transfer.amount()) < 0) {
      return new TransferResult.NotEnoughFunds(debit.get().balance());
    }
    Row row =
        Book.append(
            handle,
            TransferKind.TRANSFER,
            transfer.id(),
            Optional.empty(),
            debit.get(),
            credit.get(),
            transfer.amount(),
            transfer.reason(),
            clock.instant());
    return new TransferResult.Transferred(row.at());
  }

  /// Sets money aside before an item is rendered (SH-BAL-06). It never takes a wallet below zero,
  /// not even one that may be overdrawn (SH-BAL-08).
  public Future<HoldResult> hold(Hold hold) {
    return store.write(handle -> hold(handle, hold));
  }

  /// As [#hold(Hold)], inside the caller's transaction.
  public HoldResult hold(Handle handle, Hold hold) {
    Optional<Row> earlier = Book.find(handle, TransferKind.HOLD, hold.id());
    if (earlier.isPresent()) {
      Row row = earlier.get();
      boolean same = row.debit().equals(hold.wallet()) && row.amount().equals(hold.amount());
      return same ? asItStands(handle, row, hold.id()) : new HoldResult.IdTaken(hold.id());
    }
    Optional<Wallet> wallet = Book.wallet(handle, hold.wallet());
    if (wallet.isEmpty()) {
      return new HoldResult.NoSuchWallet(hold.wallet());
    }
    if (wallet.get().balance().compareTo(hold.amount()) < 0) {
      return new HoldResult.NotEnoughFunds(wallet.get().balance());
    }
    Row row =
        moveToHeld(handle, TransferKind.HOLD, hold.id(), hold.id(), wallet.get(), hold.amount());
    Book.insertHold(handle, row);
    return new HoldResult.Held(hold.amount(), row.at());
  }

  /// Sets more money aside for an item that goes on, with the same rules as [#hold(Hold)].
  ///
  /// Fails with an `IllegalArgumentException` if there is no such hold.
  ///
  /// @param extensionId names this extension, as an id names a hold
  /// @param more above zero
  public Future<HoldResult> extend(String holdId, String extensionId, Tenge more) {
    return store.write(handle -> extend(handle, holdId, extensionId, more));
  }

  /// As [#extend(String, String, Tenge)], inside the caller's transaction.
  ///
  /// @throws IllegalArgumentException if there is no such hold, the amount is not above zero or the
  ///   id is not of its form
  public HoldResult extend(Handle handle, String holdId, String extensionId, Tenge more) {
    LedgerText.requireId("extension id", extensionId);
    if (!more.isPositive()) {
      throw new IllegalArgumentException("an amount is above zero, not " + more);
    }
    Optional<Row> earlier = Book.find(handle, TransferKind.EXTENSION, extensionId);
    if (earlier.isPresent()) {
      Row row = earlier.get();
      boolean same = row.holdId().equals(Optional.of(holdId)) && row.amount().equals(more);
      return same ? asItStands(handle, row, holdId) : new HoldResult.IdTaken(extensionId);
    }
    HeldMoney hold =
        Book.hold(handle, holdId)
            .orElseThrow(() -> new IllegalArgumentException("no hold " + holdId + " to extend"));
    if (hold.state() != HoldState.HELD) {
      return new HoldResult.HoldIsOver(hold.state());
    }
    Wallet wallet = require(handle, hold.wallet());
    if (wallet.balance().compareTo(more) < 0) {
      return new HoldResult.NotEnoughFunds(wallet.balance());
    }
    Row row = moveToHeld(handle, TransferKind.EXTENSION, extensionId, holdId, wallet, more);
    Tenge held = hold.held().plus(more);
    Book.growHold(handle, hold, held, row.at());
    return new HoldResult.Held(held, row.at());
  }

  private static HoldResult asItStands(Handle handle, Row earlier, String holdId) {
    HeldMoney hold =
        Book.hold(handle, holdId)
            .orElseThrow(
                () -> new IllegalStateException("hold " + holdId + " has a row but no state"));
    return hold.state() == HoldState.HELD
        ? new HoldResult.AlreadyHeld(hold.held(), earlier.at())
        : new HoldResult.HoldIsOver(hold.state());
  }

  private Row moveToHeld(
      Handle handle, TransferKind kind, String id, String holdId, Wallet wallet, Tenge amount) {
    WalletId heldId = wallet.id().held();
    Instant now = clock.instant();
    Optional<Wallet> held = Book.wallet(handle, heldId);
    if (held.isEmpty()) {
      Book.open(handle, heldId, false, now);
    }
    return Book.append(
        handle,
        kind,
        id,
        Optional.of(holdId),
        wallet,
        held.orElseGet(() -> new Wallet(heldId, Tenge.ZERO, false)),
        amount,
        "",
        now);
  }

  /// Charges the real cost of an item and gives back the rest, in one transaction.
  ///
  /// A hold is settled once. Settling it again, by whatever amount, answers what the first settling
  /// did. Fails with an `IllegalArgumentException` if the wallet `to` does not exist.
  ///
  /// @param amount zero up to what is held; zero gives everything back
  /// @param to who earns it, for example `provider/usage`
  public Future<SettleResult> capture(String holdId, Tenge amount, WalletId to) {
    return store.write(handle -> capture(handle, holdId, amount, to));
  }

  /// As [#capture(String, Tenge, WalletId)], inside the caller's transaction.
  ///
  /// @throws IllegalArgumentException if the amount is below zero, or the wallet does not exist or
  ///   keeps held money
  public SettleResult capture(Handle handle, String holdId, Tenge amount, WalletId to) {
    if (amount.isNegative()) {
      throw new IllegalArgumentException("a cost is not below zero, as " + amount + " is");
    }
    if (to.isHeld()) {
      throw new IllegalArgumentException("held money is not captured into held money: " + to);
    }
    return settle(
        handle,
        holdId,
        hold -> {
          if (amount.compareTo(hold.held()) > 0) {
            return new SettleResult.MoreThanHeld(hold.held());
          }
          Instant now = clock.instant();
          if (amount.isPositive()) {
            moveFromHeld(handle, TransferKind.CAPTURE, hold, to, amount, "", now);
          }
          Tenge rest = hold.held().minus(amount);
          if (rest.isPositive()) {
            moveFromHeld(handle, TransferKind.RELEASE, hold, hold.wallet(), rest, "", now);
          }
          Book.settleHold(
              handle, hold, amount, amount.isPositive() ? HoldState.CAPTURED : HoldState.RELEASED);
          return new SettleResult.Settled(amount, rest, Instant.ofEpochMilli(now.toEpochMilli()));
        });
  }

  /// Gives back all that is held, because the item is not chargeable. A hold that was captured or
  /// released before answers [SettleResult.AlreadySettled].
  public Future<SettleResult> release(String holdId) {
    return store.write(handle -> release(handle, holdId));
  }

  /// As [#release(String)], inside the caller's transaction.
  public SettleResult release(Handle handle, String holdId) {
    return settle(
        handle,
        holdId,
        hold -> {
          Instant now = clock.instant();
          moveFromHeld(handle, TransferKind.RELEASE, hold, hold.wallet(), hold.held(), "", now);
          Book.settleHold(handle, hold, Tenge.ZERO, HoldState.RELEASED);
          return new SettleResult.Settled(
              Tenge.ZERO, hold.held(), Instant.ofEpochMilli(now.toEpochMilli()));
        });
  }

  /// Gives back what was held for items of which nobody has heard since: whoever should have
  /// settled them never will. A settling that comes all the same answers
  /// [SettleResult.AlreadySettled].
  ///
  /// @param before holds that have not been made or extended since; far enough back that no item
  ///   lasts so long
  /// @return the holds as they stood, oldest first; each is worth an entry in the log
  public Future<List<HeldMoney>> expire(Instant before) {
    return store.write(handle -> expire(handle, before));
  }

  /// As [#expire(Instant)], inside the caller's transaction.
  public List<HeldMoney> expire(Handle handle, Instant before) {
    List<HeldMoney> old = Book.holdsNotGrownSince(handle, before);
    for (HeldMoney hold : old) {
      moveFromHeld(
          handle, TransferKind.RELEASE, hold, hold.wallet(), hold.held(), EXPIRED, clock.instant());
      Book.settleHold(handle, hold, Tenge.ZERO, HoldState.EXPIRED);
    }
    return old;
  }

  private static SettleResult settle(
      Handle handle, String holdId, Function<HeldMoney, SettleResult> openHold) {
    Optional<HeldMoney> found = Book.hold(handle, holdId);
    if (found.isEmpty()) {
      return new SettleResult.NoSuchHold(holdId);
    }
    HeldMoney hold = found.get();
    return switch (hold.state()) {
      case HELD -> openHold.apply(hold);
      case CAPTURED, RELEASED, EXPIRED ->
          new SettleResult.AlreadySettled(hold.captured(), hold.released());
    };
  }

  private static void moveFromHeld(
      Handle handle,
      TransferKind kind,
      HeldMoney hold,
      WalletId to,
      Tenge amount,
      String reason,
      Instant at) {
    var _ =
        Book.append(
            handle,
            kind,
            hold.id(),
            Optional.of(hold.id()),
            require(handle, hold.wallet().held()),
            require(handle, to),
            amount,
            reason,
            at);
  }

  private static Wallet require(Handle handle, WalletId id) {
    return Book.wallet(handle, id)
        .orElseThrow(() -> new IllegalArgumentException("no wallet " + id));
  }

  /// A hold as it stands, whether open or settled.
  public Future<Optional<HeldMoney>> findHold(String holdId) {
    return store.read(handle -> Book.hold(handle, holdId));
  }

  /// The holds that nobody has settled, oldest first: after a restart, the items that were under
  /// way.
  public Future<List<HeldMoney>> openHolds() {
    return store.read(this::openHolds);
  }

  /// As [#openHolds()], inside the caller's transaction.
  public List<HeldMoney> openHolds(Handle handle) {
    return Book.openHolds(handle);
  }

  /// What a wallet can spend and what of it is held. Fails with an `IllegalArgumentException` if
  /// there is no such wallet.
  public Future<Balance> balance(WalletId id) {
    // On the writer: a reader could see the money between the wallet and its held part.
    return store.write(handle -> balance(handle, id));
  }

  /// The newest row of the book, as heartbeats report it.
  public Future<BookHead> head() {
    return store.read(this::head);
  }

  /// As [#head()], inside the caller's transaction.
  public BookHead head(Handle handle) {
    Book.Head head = Book.head(handle);
    return new BookHead(head.line(), head.hash());
  }

  /// When the newest row was written, by the clock of then; empty while the book is.
  public Future<Optional<Instant>> newestAt() {
    return store.read(handle -> Book.postedAt(handle, Book.head(handle).line()));
  }

  /// The transfer that was made under this id; empty if none was.
  public Optional<Transfer> posted(Handle handle, String id) {
    return Book.find(handle, TransferKind.TRANSFER, id).map(Ledger::transferOf);
  }

  private static Transfer transferOf(Row row) {
    return new Transfer(row.id(), row.debit(), row.credit(), row.amount(), row.reason());
  }

  /// What wallets can spend at one moment, inside the caller's transaction, which may be a reading
  /// one: nothing that moves between two of them is told twice or not at all. What is held is not
  /// told.
  ///
  /// @param ids at most some 30 000
  /// @return without wallets that do not exist
  public Map<WalletId, Tenge> available(Handle handle, Collection<WalletId> ids) {
    return Book.wallets(handle, ids).stream()
        .collect(Collectors.toMap(Wallet::id, Wallet::balance));
  }

  /// As [#balance(WalletId)], inside the caller's transaction, which must be a writing one.
  ///
  /// @throws IllegalArgumentException if there is no such wallet
  public Balance balance(Handle handle, WalletId id) {
    return new Balance(
        require(handle, id).balance(),
        Book.wallet(handle, id.held()).map(Wallet::balance).orElse(Tenge.ZERO));
  }

  /// The row in which a hold was captured; empty if it never was.
  public OptionalLong captureOf(Handle handle, String holdId) {
    return Book.find(handle, TransferKind.CAPTURE, holdId).stream()
        .mapToLong(Row::line)
        .findFirst();
  }

  /// What a customer's wallet went through. A wallet that earns captures is none.
  public Account account(WalletId wallet) {
    return new Account(store, wallet);
  }

  /// Examines the whole book: recomputes every row's hash from the first on, and compares balances
  /// and holds with the rows. Takes a few seconds for each hundred thousand rows; the writer is
  /// held up only for the last few.
  public Future<Verdict> verify() {
    return new Examination(store).run();
  }
}
