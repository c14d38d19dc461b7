package kz.qonyrau.office;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import kz.qonyrau.billing.Account;
import kz.qonyrau.billing.Billing;
import kz.qonyrau.billing.CreditedTopUp;
import kz.qonyrau.billing.Pinned;
import kz.qonyrau.billing.PublishedTariff;
import kz.qonyrau.billing.TopUp;
import kz.qonyrau.billing.TopUpResult;
import kz.qonyrau.billing.WalletKind;
import kz.qonyrau.fleet.Customer;
import kz.qonyrau.fleet.Fleet;
import kz.qonyrau.vocabulary.OrganisationId;
import kz.qonyrau.vocabulary.Tenge;
import kz.qonyrau.web.Answer;
import kz.qonyrau.web.Asked;
import kz.qonyrau.web.Desk;
import kz.qonyrau.web.Problem;

/// The customers' money: wallets, payments, and by which price list each is rated.
final class AccountRoutes {

  private static final int TOP_UPS = 100;

  private final Fleet fleet;
  private final Billing billing;

  AccountRoutes(Fleet fleet, Billing billing) {
    this.fleet = fleet;
    this.billing = billing;
  }

  void putOn(Desk desk) {
    var _ =
        desk.on("accounts", _ -> accounts()).on("account", this::account).on("topUp", this::topUp);
  }

  private record TopUpOrder(String wallet, long amountTiyn, String key, String reference) {}

  private record WalletJson(String wallet, long freeTiyn, long leasedTiyn, long totalTiyn) {

    static WalletJson of(WalletKind kind, Account account) {
      long free = account.free(kind).tiyn();
      // Only this one is spent by boxes.
      long leased = kind == WalletKind.AUTOCALL ? account.leased().tiyn() : 0;
      return new WalletJson(kind.name(), free, leased, free + leased);
    }
  }

  private record PinJson(String version, Instant since, String list, boolean benefit) {

    static PinJson of(Pinned pinned) {
      return new PinJson(
          pinned.version().id(),
          pinned.since(),
          pinned.version().text(),
          pinned.version().holder().isPresent());
    }
  }

  private record PublishedJson(String version, Instant publishedAt, String list) {

    static PublishedJson of(PublishedTariff tariff) {
      return new PublishedJson(tariff.id(), tariff.publishedAt(), tariff.text());
    }
  }

  private record TopUpJson(
      String key, String wallet, long amountTiyn, String reference, String by, Instant at) {

    static TopUpJson of(CreditedTopUp credited) {
      TopUp topUp = credited.topUp();
      return new TopUpJson(
          topUp.key(),
          topUp.wallet().name(),
          topUp.amount().tiyn(),
          topUp.reference(),
          topUp.by(),
          credited.at());
    }
  }

  private record AccountJson(
      String id,
      String name,
      int boxes,
      Optional<Long> usualDayTiyn,
      List<WalletJson> wallets,
      Optional<PinJson> pinned,
      Optional<PublishedJson> published,
      List<TopUpJson> topUps) {}

  private Answer accounts() {
    List<Customer> customers = fleet.views().customers().await();
    Map<OrganisationId, Account> accounts =
        billing.accounts(customers.stream().map(Customer::holder).toList()).await().stream()
            .collect(Collectors.toMap(Account::organisation, Function.identity()));
    Map<OrganisationId, Tenge> usual = fleet.views().usualDays().await();
    return Answer.ok(
        customers.stream()
            .map(customer ->
                json(
                    customer,
                    Objects.requireNonNull(accounts.get(customer.id())),
                    Optional.ofNullable(usual.get(customer.id())),
                    List.of()))
            .toList());
  }

  private static AccountJson json(
      Customer customer, Account account, Optional<Tenge> usualDay, List<TopUpJson> topUps) {
    return new AccountJson(
        customer.id().value(),
        customer.name(),
        customer.boxes().size(),
        usualDay.map(Tenge::tiyn),
        Arrays.stream(WalletKind.values()).map(kind -> WalletJson.of(kind, account)).toList(),
        account.pinned().map(PinJson::of),
        account.published().map(PublishedJson::of),
        topUps);
  }

  private Answer account(Asked asked) {
    return Answer.ok(now(customer(asked)));
  }

  private AccountJson now(Customer customer) {
    return json(
        customer,
        billing.account(customer.holder()).await(),
        fleet.views().usualDay(customer.id()).await(),
        billing.topUps(customer.id(), TOP_UPS).await().stream().map(TopUpJson::of).toList());
  }

  private Customer customer(Asked asked) {
    return fleet
        .views()
        .customer(asked.id("organisationId", OrganisationId::new))
        .await()
        .orElseThrow(() -> Problem.notFound("account"));
  }

  private Answer topUp(Asked asked) {
    Customer customer = customer(asked);
    TopUpOrder order = asked.body(TopUpOrder.class);
    if (WalletKind.valueOf(order.wallet()) == WalletKind.ANALYTICS_BONUS) {
      throw Problem.unprocessable(
          "WALLET_NOT_PAID_INTO", "wallet: promotional units are given and not paid for.");
    }
    TopUpResult result =
        billing
            .topUp(
                new TopUp(
                    order.key(),
                    customer.id(),
                    WalletKind.valueOf(order.wallet()),
                    new Tenge(order.amountTiyn()),
                    order.reference(),
                    asked.person().login()))
            .await();
    return switch (result) {
      case TopUpResult.Credited _, TopUpResult.AlreadyCredited _ -> Answer.ok(now(customer));
      case TopUpResult.KeyTaken _ ->
          throw Problem.unprocessable(
              "KEY_TAKEN", "This key was used for another payment. Choose a new one.");
    };
  }
}
