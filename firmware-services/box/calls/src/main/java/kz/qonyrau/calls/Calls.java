package kz.qonyrau.calls;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import kz.qonyrau.ledger.Balance;
import kz.qonyrau.ledger.HeldMoney;
import kz.qonyrau.ledger.Ledger;
import kz.qonyrau.ledger.SettleResult;
import kz.qonyrau.ledger.WalletId;
import kz.qonyrau.store.Outbox;
import kz.qonyrau.store.Overdue;
import kz.qonyrau.store.Purge;
import kz.qonyrau.store.PurgeWitness;
import kz.qonyrau.store.Store;
import kz.qonyrau.telephony.Way;
import kz.qonyrau.vocabulary.CallId;
import kz.qonyrau.vocabulary.CallOutcome;
import kz.qonyrau.vocabulary.CampaignId;
import kz.qonyrau.vocabulary.Msisdn;
import kz.qonyrau.vocabulary.Tenge;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The call log and the calls that are running now. May be used from any thread.
///
/// A call's final result, its bill and the usage report for central are one transaction; the ledger
/// follows, under an id that is derived from the call, so that a crash between the two is made good
/// by [#recover].
public final class Calls {

  /// Who pays for calls on this box.
  public static final WalletId PAYER = new WalletId("customer/AUTOCALL");

  /// Who is paid.
  public static final WalletId PROVIDER = new WalletId("provider/usage");

  private static final Logger log = LoggerFactory.getLogger(Calls.class);
  private static final String HOLD_PREFIX = "call/";
  private static final int LENGTH_OF_ID = 36;
  private static final int FORGOTTEN_AT_ONCE = 500;

  private final Store store;
  private final Ledger ledger;
  private final Outbox outbox;
  private final InstantSource clock;
  private final CallBook book = new CallBook();
  private final Charges charges;
  private final CallReports reports;
  private final Map<CallId, CallProgress> live = new ConcurrentHashMap<>();
  private final List<Consumer<CallProgress>> watchers = new CopyOnWriteArrayList<>();
  private final List<AlongTheEnd> alongTheEnd = new CopyOnWriteArrayList<>();

  public Calls(Store store, Ledger ledger, Outbox outbox, InstantSource clock) {
    this.store = store;
    this.ledger = ledger;
    this.outbox = outbox;
    this.clock = clock;
    this.charges = new Charges(store);
    this.reports = new CallReports(store);
  }

  /// The calls that are running now, in no particular order.
  public Collection<CallProgress> live() {
    return List.copyOf(live.values());
  }

  /// What others write down of a call's end.
  public interface AlongTheEnd {

    /// Called inside the transaction that writes the end.
    ///
    /// @param call as it ended; asked for only if it is needed
    void ended(Handle handle, Supplier<PlacedCall> call);
  }

  /// Lets something stand or fall with the end of each call.
  public void alongTheEnd(AlongTheEnd along) {
    alongTheEnd.add(along);
  }

  /// Tells every change of a running call, its end included, on the thread that made it: hand over
  /// and return.
  public void onChange(Consumer<CallProgress> watcher) {
    watchers.add(watcher);
  }

  /// The call with its bill and transcript.
  public Future<Optional<PlacedCall>> find(CallId id) {
    return store.read(handle -> book.find(handle, id));
  }

  /// The last call that rang a number, or was to, without its bill and transcript.
  public Future<Optional<PlacedCall>> lastTo(Msisdn callee) {
    return store.read(handle -> book.lastTo(handle, callee));
  }

  /// The calls that rang a number in a stretch of time, or were to, newest first, without bills and
  /// transcripts.
  ///
  /// @param from only calls that began then or later
  /// @param until only calls that began before
  /// @param most 1 to 200
  public Future<List<PlacedCall>> callsTo(Msisdn callee, Instant from, Instant until, int most) {
    if (most < 1 || most > 200) {
      throw new IllegalArgumentException("1 to 200 calls, not " + most);
    }
    return store.read(handle -> book.callsTo(handle, callee, from, until, most));
  }

  /// A page of the log, newest first, without bills and transcripts.
  ///
  /// @param page from 0
  /// @param size 1 to 200
  public Future<CallPage> page(CallFilter filter, int page, int size) {
    if (page < 0 || size < 1 || size > 200) {
      throw new IllegalArgumentException(
          "page " + page + " of size " + size + ", expected page from 0 and size 1 to 200");
    }
    return store.read(handle -> book.page(handle, filter, page, size));
  }

  /// The calls that began from one moment to another, both included, oldest first: for whoever
  /// reads them all, stretch by stretch, each of which costs the same.
  ///
  /// @param size 2 to 1000; a stretch has more only if so many began in one millisecond
  public Future<CallStretch> stretch(Instant from, Instant until, int size) {
    requireStretch(size);
    return store.read(handle -> book.stretch(handle, from, until, size));
  }

  /// What was understood in all calls, behind a line, by call and line: for whoever reads it all.
  ///
  /// @param last the last one of the page before; empty for the first ones
  /// @param size 2 to 1000
  public Future<List<UnderstoodLine>> understood(Optional<UnderstoodLine> last, int size) {
    requireStretch(size);
    String call = last.map(line -> line.call().value()).orElse("");
    int after = last.map(UnderstoodLine::number).orElse(-1);
    return store.read(handle -> book.understood(handle, call, after, size));
  }

  private static void requireStretch(int size) {
    if (size < 2 || size > 1000) {
      throw new IllegalArgumentException("2 to 1000 at once, not " + size);
    }
  }

  /// Ended calls by the hour in which they began, oldest first; hours without calls are left out.
  ///
  /// @param since the beginning of the first hour
  public Future<List<HourOfCalls>> hours(Instant since) {
    return store.read(handle -> HourTable.since(handle, since));
  }

  /// Notes what somebody found who listened to the call: who really answered.
  ///
  /// @return false if there is no such call, or nobody asked who answered it
  public Future<Boolean> correct(CallId id, AnsweredBy who) {
    return store.write(handle -> book.correct(handle, id, who));
  }

  /// The box's verdicts on who answered, beside what people found.
  public Future<List<JudgedCalls>> judged() {
    return store.read(book::judged);
  }

  /// How the questions of a campaign's ended calls went.
  public Future<List<GivenAnswers>> answers(CampaignId campaign) {
    return store.read(handle -> book.answers(handle, campaign));
  }

  /// Deletes what was understood in these calls, and nothing else of them; to be done before their
  /// recordings go (SH-RET-01). Repeating it is safe.
  ///
  /// @return the calls of which there was something
  public Future<Set<CallId>> deleteTranscripts(List<CallId> ids) {
    return store.write(handle -> book.deleteTranscripts(handle, ids));
  }

  /// Forgets who was called in calls that began too long ago, with the keys that were pressed and
  /// what was understood, in portions that let others write in between, save what a legal hold
  /// keeps (SH-RET-02). What calls came to and cost stays (SH-RET-01). Repeating it is safe.
  ///
  /// @return of how many calls
  public Future<Integer> forgetNumbers(Overdue overdue, PurgeWitness witness) {
    return Purge.inPortions(
        store, handle -> ForgottenNumbers.forget(handle, overdue, FORGOTTEN_AT_ONCE), witness);
  }

  /// What all ended calls of a campaign cost.
  public Future<Tenge> costOf(CampaignId campaign) {
    return store.read(handle -> book.costOf(handle, campaign));
  }

  /// The final result of a call that this box may have placed before it went down; empty if it
  /// never got as far as dialling. Ask after [#recover].
  public Future<Optional<CallResult.Finished>> outcomeAfterRestart(CallId id) {
    return find(id)
        .map(call ->
            call.filter(row -> row.outcome().isPresent() && row.endedAt().isPresent())
                .map(row ->
                    new CallResult.Finished(
                        row.outcome().orElseThrow(),
                        row.cause(),
                        row.endedAt().orElseThrow(),
                        row.who(),
                        row.question())));
  }

  /// Closes what a crash left open: calls without a result become PLATFORM_FAULT and cost nothing,
  /// holds are captured or released as the log says. Safe to repeat, and harmless to running calls.
  ///
  /// @return how many calls and holds had to be closed
  public Future<Integer> recover() {
    return store
        .read(book::open)
        .compose(open -> {
          Future<Integer> closed = Future.succeededFuture(0);
          for (PlacedCall call : open) {
            if (!live.containsKey(call.id())) {
              closed = closed.compose(count -> closeLost(call).map(count + 1));
            }
          }
          return closed;
        })
        .compose(calls -> ledger.openHolds().compose(holds -> settleAll(holds, calls)));
  }

  private Future<Boolean> closeLost(PlacedCall call) {
    log.atWarn().addKeyValue("call", call.id()).log("call was lost when the box went down");
    return end(
        new CallEnd(
            call.id(),
            clock.instant(),
            Duration.ZERO,
            CallOutcome.PLATFORM_FAULT,
            "lost when the box went down",
            call.digits(),
            false,
            Optional.empty(),
            Optional.empty(),
            call.way(),
            List.of(),
            List.of()));
  }

  private Future<Integer> settleAll(List<HeldMoney> holds, int closedSoFar) {
    Future<Integer> closed = Future.succeededFuture(closedSoFar);
    for (HeldMoney hold : holds) {
      if (hold.id().startsWith(HOLD_PREFIX)) {
        CallId call = new CallId(hold.id().substring(HOLD_PREFIX.length()));
        if (!live.containsKey(call)) {
          closed =
              closed.compose(count ->
                  find(call)
                      .compose(row -> settle(call, row.map(PlacedCall::amount).orElse(Tenge.ZERO)))
                      .map(count + 1));
        }
      }
    }
    return closed;
  }

  /// How the customer's money stands, inside the caller's transaction: `spent` is the sum of all
  /// usage that was reported up to here, to the tiyn (SH-BAL-16).
  ///
  /// A call is reported when it ends and charged in the transaction after that. Between the two its
  /// cost is still held; it counts as spent, because central hears of it first.
  public Spending spending(Handle handle) {
    Balance payer = ledger.balance(handle, PAYER);
    Map<CallId, Tenge> held = new HashMap<>();
    for (HeldMoney hold : ledger.openHolds(handle)) {
      callOf(hold.id()).ifPresent(call -> held.put(call, hold.held()));
    }
    Tenge reported = Tenge.ZERO;
    for (Map.Entry<CallId, Tenge> ended : book.costs(handle, held.keySet()).entrySet()) {
      // No call costs more than is held for it. If one did, it could not be charged, and central
      // must see the difference.
      Tenge most = held.getOrDefault(ended.getKey(), Tenge.ZERO);
      Tenge cost = ended.getValue();
      reported = reported.plus(cost.compareTo(most) > 0 ? most : cost);
    }
    return new Spending(
        ledger.balance(handle, PROVIDER).available().plus(reported),
        payer.held().minus(reported),
        payer.available());
  }

  /// What calls came to, by period.
  public CallReports reports() {
    return reports;
  }

  /// Which calls were charged what.
  public Charges charges() {
    return charges;
  }

  /// The call that a movement in the ledger belongs to, by the movement's id.
  public static Optional<CallId> callOf(String movement) {
    int end = HOLD_PREFIX.length() + LENGTH_OF_ID;
    boolean whole = movement.length() == end || movement.startsWith("/", end);
    if (!movement.startsWith(HOLD_PREFIX) || !whole) {
      return Optional.empty();
    }
    try {
      return Optional.of(new CallId(movement.substring(HOLD_PREFIX.length(), end)));
    } catch (IllegalArgumentException notAnId) {
      return Optional.empty();
    }
  }

  /// How the ids of a call's movements in the ledger begin, if its id begins so.
  public static String movementsOf(String beginningOfCall) {
    return HOLD_PREFIX + beginningOfCall;
  }

  static String holdOf(CallId call) {
    return HOLD_PREFIX + call.value();
  }

  Future<Void> open(CallOrder order, String tariffVersion) {
    return store
        .write(handle -> book.open(handle, order, tariffVersion, clock.instant()))
        .mapEmpty();
  }

  Future<Void> answered(CallId call, Instant at, Optional<Way> way) {
    return store.write(handle -> book.answered(handle, call, at, way)).mapEmpty();
  }

  /// Writes the final result and, in the same transaction, the usage report (PLT-07).
  ///
  /// @return false if the call had a final result already
  Future<Boolean> end(CallEnd end) {
    return store.write(handle -> {
      Optional<PlacedCall> call = book.find(handle, end.id());
      if (call.isEmpty() || !book.end(handle, call.get(), end)) {
        return false;
      }
      alongTheEnd.forEach(
          along -> along.ended(handle, () -> book.find(handle, end.id()).orElseThrow()));
      return outbox.put(handle, UsageReports.of(call.get(), end)) > 0;
    });
  }

  /// Captures what the call cost and releases the rest; without a cost all is released (SH-BAL-06).
  /// Repeating it changes nothing.
  Future<Void> settle(CallId call, Tenge amount) {
    Future<SettleResult> settled =
        amount.isPositive()
            ? store.write(handle -> charge(handle, call, amount))
            : ledger.release(holdOf(call));
    return settled
        .onSuccess(result -> {
          switch (result) {
            case SettleResult.Settled _, SettleResult.AlreadySettled _ -> {}
            case SettleResult.NoSuchHold _, SettleResult.MoreThanHeld _ ->
                log.atError()
                    .addKeyValue("call", call)
                    .addKeyValue("amount", amount)
                    .addKeyValue("result", result)
                    .log("call could not be charged");
          }
        })
        .mapEmpty();
  }

  /// The charge and the note of whose it was stand or fall together.
  private SettleResult charge(Handle handle, CallId call, Tenge amount) {
    SettleResult result = ledger.capture(handle, holdOf(call), amount, PROVIDER);
    if (result instanceof SettleResult.Settled settled) {
      long line = ledger.captureOf(handle, holdOf(call)).orElseThrow();
      if (Charges.note(handle, call, line, settled.at(), amount) != 1) {
        throw new IllegalStateException("call " + call + " is charged and not in the log");
      }
    }
    return result;
  }

  void show(CallProgress progress) {
    live.put(progress.id(), progress);
    tell(progress);
  }

  void update(CallId call, UnaryOperator<CallProgress> change) {
    CallProgress now = live.computeIfPresent(call, (_, before) -> change.apply(before));
    if (now != null) {
      tell(now);
    }
  }

  void forget(CallId call) {
    live.remove(call);
  }

  private void tell(CallProgress progress) {
    for (Consumer<CallProgress> watcher : watchers) {
      watcher.accept(progress);
    }
  }
}
