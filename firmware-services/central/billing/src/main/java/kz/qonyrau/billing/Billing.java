package kz.qonyrau.billing;

import io.vertx.core.Future;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;
import kz.qonyrau.ledger.Ledger;
import kz.qonyrau.ledger.WalletId;
import kz.qonyrau.store.Store;
import kz.qonyrau.tariffs.UsageLine;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.vocabulary.OrganisationId;
import kz.qonyrau.vocabulary.Tenge;
import org.jdbi.v3.core.Handle;

/// Customers' money and price lists at central (schema BILLING).
///
/// A credited payment is the only thing that pins a customer to the list that is published at that
/// moment; publishing a list, compensating and reversing leave his pin where it is (SH-TAR-03,
/// SH-TAR-05). Whatever is neither a payment nor a service needs two people.
///
/// Every method may be called from any thread. Futures complete on threads of the store.
public final class Billing {

  private static final int MOST = 500;

  private static final int WALLETS_AT_ONCE = 1_000;

  private final Store store;
  private final Ledger ledger;
  private final Corrections corrections;
  private final WelcomeBonuses bonuses;
  private final CustomerNotices notices;
  private final Registrations registrations;
  private final AnalyticsCharges analytics;
  private final Benefits benefits;
  private final Plans plans;
  private final RatingAgain rating;
  private final Approvals approvals;
  private final InstantSource clock;
  private final List<Consumer<OrganisationId>> listeners = new CopyOnWriteArrayList<>();

  /// @param store with the schemas LEDGER and BILLING
  /// @param owners asked whose a box is
  /// @param notices told what customers are to hear of their money
  public Billing(
      Store store, Ledger ledger, BoxOwners owners, CustomerNotices notices, InstantSource clock) {
    this.store = store;
    this.ledger = ledger;
    this.corrections = new Corrections(ledger, owners);
    this.notices = notices;
    this.bonuses = new WelcomeBonuses(ledger, notices);
    this.registrations = new Registrations(store, bonuses, notices, this::ready, clock, this::tell);
    this.analytics = new AnalyticsCharges(ledger, bonuses, clock);
    this.plans =
        new Plans(store, ledger, analytics, bonuses, notices, this::ready, clock, this::tell);
    BenefitExits exits = new BenefitExits(ledger, notices);
    this.benefits = new Benefits(store, exits, notices, clock, this::tell);
    this.rating = new RatingAgain(exits);
    this.approvals = new Approvals(store, corrections, exits, this::ready, clock, this::tell);
    this.clock = clock;
  }

  /// What customers buy by the month.
  public Plans plans() {
    return plans;
  }

  /// Reduced prices that single customers have.
  public Benefits benefits() {
    return benefits;
  }

  /// Who the customers are by law.
  public Registrations registrations() {
    return registrations;
  }

  /// What the analysis of conversations costs them.
  public AnalyticsCharges analytics() {
    return analytics;
  }

  /// What needs two people.
  public Approvals approvals() {
    return approvals;
  }

  /// Does what the time of day brings: warns of what lapses, and voids what has. Call it every half
  /// minute or so.
  public Future<Void> sweep() {
    return registrations.sweep().compose(_ -> benefits.sweep()).compose(_ -> plans.sweep());
  }

  /// Opens the provider's wallets, and publishes `firstList` if nothing was ever published.
  ///
  /// @param firstList the price list that a new installation begins with
  /// @throws IllegalArgumentException through the future, if that is no price list
  public Future<Void> start(Optional<String> firstList) {
    return ledger
        .openWallet(Corrections.BANK, true)
        .compose(_ -> ledger.openWallet(Corrections.GOODWILL, true))
        .compose(_ -> ledger.openWallet(WelcomeBonuses.PROMOTION, true))
        .compose(_ -> ledger.openWallet(AnalyticsCharges.INCOME, true))
        .compose(_ -> ledger.openWallet(BenefitExits.RECALCULATIONS, true))
        .compose(_ -> ledger.openWallet(Plans.INCOME, true))
        .compose(_ ->
            store.write(handle -> {
              if (firstList.isPresent() && PriceLists.published(handle).isEmpty()) {
                Publishing.fault(handle, firstList.get())
                    .ifPresent(fault -> {
                      throw new IllegalArgumentException("first price list: " + fault.why());
                    });
                return Publishing.publish(handle, firstList.get(), clock.instant(), "installation")
                    .number();
              }
              return 0;
            }))
        .mapEmpty();
  }

  /// Tells `listener` whose money or pin has changed, on whatever thread changed it. It must not
  /// block.
  public void onChange(Consumer<OrganisationId> listener) {
    listeners.add(listener);
  }

  private void tell(OrganisationId organisation) {
    listeners.forEach(listener -> listener.accept(organisation));
  }

  // ---- money

  /// Opens a customer's wallets. Safe to repeat; everything here does it before it needs them.
  public Future<Void> ready(OrganisationId organisation) {
    List<Future<?>> opened = new ArrayList<>();
    for (WalletKind kind : WalletKind.values()) {
      opened.add(ledger.openWallet(kind.of(organisation), true));
    }
    return Future.all(opened).mapEmpty();
  }

  /// Credits a payment and pins the customer to the published list, in one transaction (SH-BAL-04,
  /// SH-TAR-03).
  public Future<TopUpResult> topUp(TopUp topUp) {
    return ready(topUp.organisation())
        .compose(_ -> store.write(handle -> topUp(handle, topUp)))
        .onSuccess(result -> {
          if (result instanceof TopUpResult.Credited) {
            tell(topUp.organisation());
          }
        });
  }

  private TopUpResult topUp(Handle handle, TopUp topUp) {
    Optional<CreditedTopUp> earlier = TopUps.find(handle, topUp.key());
    if (earlier.isPresent()) {
      TopUp known = earlier.get().topUp();
      boolean same =
          known.organisation().equals(topUp.organisation())
              && known.wallet() == topUp.wallet()
              && known.amount().equals(topUp.amount());
      return same
          ? new TopUpResult.AlreadyCredited(earlier.get().at())
          : new TopUpResult.KeyTaken();
    }
    Instant now = clock.instant();
    corrections.topUp(handle, topUp);
    TopUps.insert(handle, topUp, now);
    bonuses.keep(handle, topUp.organisation(), WelcomeBonus.KeptBy.TOP_UP, now);
    notices.tell(
        handle,
        topUp.organisation(),
        CustomerNotice.of(
            CustomerNotice.Code.PAYMENT_CREDITED,
            topUp.key(),
            Optional.of(topUp.amount()),
            Optional.empty()));
    Optional<Pinned> pin =
        topUp.wallet() == WalletKind.AUTOCALL ? pin(handle, topUp, now) : Optional.empty();
    benefits.watch(handle, topUp.organisation(), now);
    return new TopUpResult.Credited(now, pin);
  }

  /// Only this moves a pin (SH-TAR-05), and only to another list than the one that rates already.
  private static Optional<Pinned> pin(Handle handle, TopUp topUp, Instant now) {
    Optional<PublishedTariff> published = PriceLists.published(handle);
    Optional<Pinned> pinned = PriceLists.newestBasePin(handle, topUp.organisation());
    if (published.equals(pinned.map(Pinned::version))) {
      return Optional.empty();
    }
    // Pins are in the order of the top-ups, also where the clock was set back.
    Instant earliest = pinned.map(last -> last.since().plusMillis(1)).orElse(Instant.EPOCH);
    Instant since = now.isBefore(earliest) ? earliest : now;
    return published.map(
        list -> PriceLists.pin(handle, topUp.organisation(), list, since, topUp.key()));
  }

  /// A customer's payments, newest first.
  ///
  /// @param size at most so many, 1 to 500
  public Future<List<CreditedTopUp>> topUps(OrganisationId organisation, int size) {
    requireSize(size);
    return store.read(handle -> TopUps.of(handle, organisation, size));
  }

  /// Whose money is asked for.
  ///
  /// @param leases the wallets of what is set aside for his boxes
  public record Holder(OrganisationId organisation, List<WalletId> leases) {

    /// Copies the list.
    public Holder {
      leases = List.copyOf(leases);
    }

    private Stream<WalletId> wallets() {
      return Stream.concat(
          Arrays.stream(WalletKind.values()).map(kind -> kind.of(organisation)), leases.stream());
    }
  }

  /// A customer's money at one moment.
  public Future<Account> account(Holder holder) {
    return accounts(List.of(holder)).map(List::getFirst);
  }

  /// The same of several customers, each at one moment, in the order in which they are asked for.
  public Future<List<Account>> accounts(List<Holder> holders) {
    return store.read(handle -> {
      Optional<PublishedTariff> published = PriceLists.published(handle);
      List<Account> accounts = new ArrayList<>(holders.size());
      List<Holder> together = new ArrayList<>();
      int wallets = 0;
      for (Holder holder : holders) {
        together.add(holder);
        wallets += WalletKind.values().length + holder.leases().size();
        if (wallets >= WALLETS_AT_ONCE) {
          accounts.addAll(accounts(handle, together, published));
          together.clear();
          wallets = 0;
        }
      }
      accounts.addAll(accounts(handle, together, published));
      return accounts;
    });
  }

  private List<Account> accounts(
      Handle handle, List<Holder> holders, Optional<PublishedTariff> published) {
    Map<WalletId, Tenge> balances =
        ledger.available(handle, holders.stream().flatMap(Holder::wallets).toList());
    return holders.stream()
        .map(holder -> {
          OrganisationId organisation = holder.organisation();
          Map<WalletKind, Tenge> free = new EnumMap<>(WalletKind.class);
          for (WalletKind kind : WalletKind.values()) {
            free.put(kind, balances.getOrDefault(kind.of(organisation), Tenge.ZERO));
          }
          Tenge leased =
              holder.leases().stream()
                  .map(wallet -> balances.getOrDefault(wallet, Tenge.ZERO))
                  .reduce(Tenge.ZERO, Tenge::plus);
          return new Account(
              organisation, free, leased, PriceLists.newestPin(handle, organisation), published);
        })
        .toList();
  }

  // ---- price lists

  /// Everything that was ever published, newest first.
  public Future<List<PublishedTariff>> published() {
    return store.read(handle -> PriceLists.all(handle, true));
  }

  /// By which lists a customer was rated, newest first.
  public Future<List<Pinned>> pins(OrganisationId organisation) {
    return store.read(handle -> PriceLists.pins(handle, organisation));
  }

  /// By which list a customer was rated at a moment, inside the caller's transaction; empty before
  /// his first top-up.
  public Optional<Pinned> pinned(Handle handle, OrganisationId organisation, Instant at) {
    return PriceLists.pinned(handle, organisation, at);
  }

  // ---- rating again

  /// Rates again what a box has rated, in the caller's transaction; what differs becomes a case for
  /// a person (SH-TAR-17). Before a customer's first top-up nothing is compared.
  ///
  /// @param item names what was used
  /// @param renderedAt when its use began
  /// @return whether something differs
  public boolean rateAgain(
      Handle handle,
      OrganisationId organisation,
      BoxId box,
      String item,
      Instant renderedAt,
      List<UsageLine> lines) {
    return rating.check(handle, organisation, box, item, renderedAt, lines, clock.instant());
  }

  /// Where boxes and central do not agree on a price: the open ones, or all, newest first.
  ///
  /// @param size at most so many, 1 to 500
  public Future<List<RatingCase>> ratingCases(boolean openOnly, int size) {
    requireSize(size);
    return store.read(handle -> RatingCases.list(handle, openOnly, size));
  }

  /// Closes a case: somebody has looked at it. What he wants to give back he proposes as a
  /// compensation.
  ///
  /// @param note what he found, 1 to 500 characters
  /// @return false if there is no such case, or it is closed
  public Future<Boolean> closeRatingCase(String id, String note, String by) {
    Texts.require("note", note, 500);
    Texts.require("by", by, 100);
    return store.write(handle -> RatingCases.close(handle, id, note, by, clock.instant()));
  }

  private static void requireSize(int size) {
    if (size < 1 || size > MOST) {
      throw new IllegalArgumentException("size: 1 to " + MOST + ", not " + size);
    }
  }
}
