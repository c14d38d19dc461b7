package kz.qonyrau.billing;

import static kz.qonyrau.testsupport.Eventually.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import kz.qonyrau.ledger.Ledger;
import kz.qonyrau.ledger.Transfer;
import kz.qonyrau.ledger.Verdict;
import kz.qonyrau.ledger.WalletId;
import kz.qonyrau.tariffs.Rerating;
import kz.qonyrau.tariffs.UsageLine;
import kz.qonyrau.testdatabases.OnEachDatabase;
import kz.qonyrau.testsupport.Plug;
import kz.qonyrau.testsupport.SteppedClock;
import kz.qonyrau.testsupport.TemporaryStore;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.vocabulary.OrganisationId;
import kz.qonyrau.vocabulary.Tenge;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
@OnEachDatabase
class BillingTest {

  private static final OrganisationId NOMAD = OrganisationId.random();
  private static final OrganisationId OTHER = OrganisationId.random();
  private static final BoxId BOX = BoxId.random();

  @RegisterExtension final TemporaryStore database = TemporaryStore.with("LEDGER", "BILLING");

  private final SteppedClock clock = SteppedClock.at("2026-09-01T04:00:00Z");
  private final List<OrganisationId> told = new CopyOnWriteArrayList<>();
  private Ledger ledger;
  private Billing billing;

  @BeforeEach
  void openForBusiness() {
    ledger = new Ledger(database.store(), clock);
    billing =
        new Billing(
            database.store(),
            ledger,
            (_, box) -> box.equals(BOX) ? Optional.of(NOMAD) : Optional.empty(),
            (_, _, _) -> {},
            clock);
    answer(billing.start(Optional.of(list("v1", "12.0000"))));
    billing.onChange(told::add);
  }

  private static String list(String version, String price) {
    return """
    {"version": "%s", "publishedAt": "2026-01-01T00:00:00Z", "lines": [
      {"service": "CALL_TIME", "price": "%s", "unit": "PT1M", "step": "PT1S", "minimum": "0.00"}]}
    """
        .formatted(version, price);
  }

  private TopUpResult topUp(String key, WalletKind wallet, String amount) {
    return answer(
        billing.topUp(new TopUp(key, NOMAD, wallet, Tenge.of(amount), "invoice 7", "billing")));
  }

  private Proposal propose(Measure measure) {
    ProposalResult result = answer(billing.approvals().propose(measure, "because", "billing"));
    if (!(result instanceof ProposalResult.Proposed(Proposal proposal))) {
      throw new AssertionError("not proposed: " + result);
    }
    return proposal;
  }

  private DecisionResult approve(Proposal proposal) {
    return answer(billing.approvals().approve(proposal.id(), "", "billing2"));
  }

  private void publish(String version, String price) {
    assertThat(approve(propose(new Measure.Publication(list(version, price)))))
        .isInstanceOf(DecisionResult.Decided.class);
  }

  private boolean differs(Instant at, String price, String amount, String version) {
    List<UsageLine> lines =
        List.of(
            new UsageLine(
                "CALL_TIME", 60, "SECOND", new BigDecimal(price), Tenge.of(amount), version));
    return answer(
        database
            .store()
            .write(handle -> billing.rateAgain(handle, NOMAD, BOX, "call/1", at, lines)));
  }

  private Optional<String> pinnedAt(Instant at) {
    return answer(database.store().read(handle -> billing.pinned(handle, NOMAD, at)))
        .map(pinned -> pinned.version().id());
  }

  private Tenge free(WalletKind wallet) {
    return answer(billing.account(new Billing.Holder(NOMAD, List.of()))).free(wallet);
  }

  @Test
  @Tag("SH-TAR-03")
  @Tag("EX-TAR-1")
  void rulesByTheOldListUntilTheNextTopUpIsCredited() {
    var _ = topUp("first", WalletKind.AUTOCALL, "6000.00");
    clock.set(Instant.parse("2026-09-09T19:00:00Z"));
    publish("v2", "15.0000");
    clock.set(Instant.parse("2026-09-12T05:00:00Z"));
    assertThat(pinnedAt(clock.instant())).contains("v1");

    assertThat(topUp("second", WalletKind.AUTOCALL, "10000.00"))
        .isInstanceOfSatisfying(
            TopUpResult.Credited.class,
            credited -> assertThat(credited.pin().orElseThrow().version().id()).isEqualTo("v2"));

    assertThat(pinnedAt(Instant.parse("2026-09-12T04:59:59Z"))).contains("v1");
    assertThat(pinnedAt(Instant.parse("2026-09-12T05:00:01Z"))).contains("v2");
    assertThat(free(WalletKind.AUTOCALL)).isEqualTo(Tenge.of("16000.00"));
  }

  @Test
  @Tag("SH-TAR-05")
  @Tag("EX-TAR-2")
  void compensationAndOtherWalletsDoNotMoveThePin() {
    var _ = topUp("first", WalletKind.AUTOCALL, "6000.00");
    publish("v2", "15.0000");
    clock.advance(Duration.ofDays(1));

    assertThat(
            approve(
                propose(new Measure.Compensation(NOMAD, WalletKind.AUTOCALL, Tenge.of("120.00")))))
        .isInstanceOf(DecisionResult.Decided.class);
    var _ = topUp("analytics", WalletKind.ANALYTICS, "500.00");

    assertThat(pinnedAt(clock.instant())).contains("v1");
    assertThat(free(WalletKind.AUTOCALL)).isEqualTo(Tenge.of("6120.00"));
    assertThat(free(WalletKind.ANALYTICS)).isEqualTo(Tenge.of("500.00"));
  }

  @Test
  @Tag("EX-TAR-3")
  void aListThatWasReplacedBeforeTheTopUpIsNeverUsed() {
    var _ = topUp("first", WalletKind.AUTOCALL, "6000.00");
    publish("v2", "15.0000");
    clock.advance(Duration.ofDays(10));
    publish("v3", "14.0000");
    clock.advance(Duration.ofDays(1));
    var _ = topUp("second", WalletKind.AUTOCALL, "1.00");

    assertThat(answer(billing.pins(NOMAD)))
        .extracting(pinned -> pinned.version().id())
        .containsExactly("v3", "v1");
  }

  @Test
  @Tag("SH-TAR-03")
  void pinsAreInTheOrderOfTheTopUpsAlsoWhereTheClockWasSetBack() {
    var _ = topUp("first", WalletKind.AUTOCALL, "1.00");
    publish("v2", "15.0000");
    clock.set(clock.instant().minusSeconds(3600));
    var _ = topUp("second", WalletKind.AUTOCALL, "1.00");

    List<Pinned> pins = answer(billing.pins(NOMAD));
    assertThat(pins).extracting(pinned -> pinned.version().id()).containsExactly("v2", "v1");
    assertThat(pins.getFirst().since()).isEqualTo(pins.getLast().since().plusMillis(1));
  }

  @Test
  @Tag("SH-BAL-07")
  void aPaymentIsCreditedOnceForItsKey() {
    var _ = topUp("bank-1", WalletKind.AUTOCALL, "100.00");

    assertThat(topUp("bank-1", WalletKind.AUTOCALL, "100.00"))
        .isEqualTo(new TopUpResult.AlreadyCredited(clock.instant()));
    assertThat(topUp("bank-1", WalletKind.AUTOCALL, "101.00"))
        .isEqualTo(new TopUpResult.KeyTaken());
    assertThat(topUp("bank-1", WalletKind.XTRACK, "100.00")).isEqualTo(new TopUpResult.KeyTaken());

    assertThat(free(WalletKind.AUTOCALL)).isEqualTo(Tenge.of("100.00"));
    assertThat(told).containsExactly(NOMAD);
    assertThat(answer(billing.topUps(NOMAD, 10))).hasSize(1);
  }

  @Test
  @Tag("SH-BAL-07")
  void whereverThePowerFailsAPaymentAndItsPinStandTogether() {
    long credited = 0;
    boolean pulled = true;
    for (int statement = 1; pulled; statement++) {
      answer(billing.ready(NOMAD));
      String key = "power/" + statement;
      clock.advance(Duration.ofSeconds(1));
      publish("power-" + statement, "1.0000");
      int pins = answer(billing.pins(NOMAD)).size();
      // Opening the wallets comes first, and is not what is tried here.
      Plug plug = Plug.in(database.store(), WalletKind.values().length + statement);
      try {
        var _ = topUp(key, WalletKind.AUTOCALL, "1.00");
      } catch (Plug.Pulled _) {
        // What a power cut looks like from here.
      }
      pulled = plug.isPulled();
      Plug.remove(database.store());
      if (!pulled) {
        credited++;
        break;
      }
      assertThat(answer(billing.pins(NOMAD))).as("statement %s", statement).hasSize(pins);
      var _ = topUp(key, WalletKind.AUTOCALL, "1.00");
      credited++;
      assertThat(free(WalletKind.AUTOCALL)).isEqualTo(new Tenge(credited * 100));
      assertThat(answer(billing.pins(NOMAD))).hasSize(pins + 1);
    }
    assertThat(credited).isGreaterThan(5);
    assertThat(answer(ledger.verify())).isInstanceOf(Verdict.Sound.class);
  }

  @Test
  @Tag("SH-BAL-17")
  void nobodyApprovesWhatHeProposedHimself() {
    Proposal proposal = propose(new Measure.Penalty(NOMAD, WalletKind.AUTOCALL, Tenge.of("5.00")));

    assertThat(answer(billing.approvals().approve(proposal.id(), "", "billing")))
        .isEqualTo(new DecisionResult.WrongPerson("billing"));
    assertThat(answer(billing.approvals().withdraw(proposal.id(), "billing2")))
        .isEqualTo(new DecisionResult.WrongPerson("billing"));
    assertThat(free(WalletKind.AUTOCALL)).isEqualTo(Tenge.ZERO);

    assertThat(answer(billing.approvals().reject(proposal.id(), "no such clause", "billing2")))
        .isInstanceOfSatisfying(
            DecisionResult.Decided.class,
            decided -> {
              assertThat(decided.proposal().state()).isEqualTo(Proposal.State.REJECTED);
              assertThat(decided.proposal().decidedBy()).contains("billing2");
              assertThat(decided.proposal().note()).contains("no such clause");
            });
    assertThat(approve(proposal)).isEqualTo(new DecisionResult.NotOpen(Proposal.State.REJECTED));
    assertThat(answer(billing.approvals().approve(UUID.randomUUID().toString(), "", "billing2")))
        .isEqualTo(new DecisionResult.NoSuchProposal());
    assertThat(free(WalletKind.AUTOCALL)).isEqualTo(Tenge.ZERO);
  }

  @Test
  @Tag("SH-BAL-17")
  void oneTakesOnesOwnProposalBack() {
    Proposal proposal =
        propose(new Measure.Compensation(NOMAD, WalletKind.AUTOCALL, Tenge.of("5.00")));

    assertThat(answer(billing.approvals().withdraw(proposal.id(), "billing")))
        .isInstanceOf(DecisionResult.Decided.class);

    assertThat(answer(billing.approvals().proposals(true, 10))).isEmpty();
    assertThat(answer(billing.approvals().proposals(false, 10)))
        .singleElement()
        .extracting(Proposal::state)
        .isEqualTo(Proposal.State.WITHDRAWN);
  }

  @Test
  @Tag("SH-BAL-08")
  @Tag("SH-BAL-17")
  void onlyAPenaltyTakesAWalletBelowZero() {
    var _ = topUp("first", WalletKind.AUTOCALL, "10.00");

    var _ = approve(propose(new Measure.Penalty(NOMAD, WalletKind.AUTOCALL, Tenge.of("25.00"))));

    assertThat(free(WalletKind.AUTOCALL)).isEqualTo(Tenge.of("-15.00"));
  }

  @Test
  @Tag("SH-BAL-17")
  void aPostingIsReversedWholeAndOnce() {
    var _ = topUp("wrong", WalletKind.AUTOCALL, "100.00");
    var reversal = new Measure.Reversal(NOMAD, "top-up/wrong");
    Proposal first = propose(reversal);
    Proposal second = propose(reversal);

    assertThat(approve(first)).isInstanceOf(DecisionResult.Decided.class);
    assertThat(approve(second))
        .isInstanceOfSatisfying(
            DecisionResult.NotPossible.class,
            refused -> assertThat(refused.code()).isEqualTo("ALREADY_REVERSED"));

    assertThat(free(WalletKind.AUTOCALL)).isEqualTo(Tenge.ZERO);
    assertThat(answer(billing.approvals().proposals(true, 10)))
        .as("what cannot be carried out stays open")
        .extracting(Proposal::id)
        .containsExactly(second.id());
    assertThat(answer(ledger.verify())).isInstanceOf(Verdict.Sound.class);
  }

  @Test
  @Tag("SH-BAL-17")
  void whatABoxUsedGoesBackToItsOwnCustomerOnly() {
    WalletId box = new WalletId("box/" + BOX);
    WalletId usage = new WalletId("provider/usage");
    answer(billing.ready(NOMAD));
    var _ = answer(ledger.openWallet(box, true).compose(_ -> ledger.openWallet(usage, true)));
    var _ = answer(ledger.transfer(new Transfer("usage/x", box, usage, Tenge.of("12.00"), "call")));

    assertThat(refusal(new Measure.Reversal(OTHER, "usage/x"))).isEqualTo("NOT_THIS_CUSTOMER");
    assertThat(refusal(new Measure.Reversal(NOMAD, "usage/y"))).isEqualTo("NO_SUCH_POSTING");
    var _ = approve(propose(new Measure.Reversal(NOMAD, "usage/x")));

    assertThat(free(WalletKind.AUTOCALL)).isEqualTo(Tenge.of("12.00"));
    assertThat(refusal(new Measure.Reversal(NOMAD, "reversal/usage/x")))
        .isEqualTo("NOT_REVERSIBLE");
  }

  private String refusal(Measure measure) {
    ProposalResult result = answer(billing.approvals().propose(measure, "because", "billing"));
    if (!(result instanceof ProposalResult.NotPossible(String code, var _))) {
      throw new AssertionError("not refused: " + result);
    }
    return code;
  }

  @Test
  @Tag("SH-TAR-01")
  @Tag("SH-TAR-02")
  void aVersionIsPublishedOnceAndNeverChanges() {
    Proposal one = propose(new Measure.Publication(list("v2", "15.0000")));
    Proposal two = propose(new Measure.Publication(list("v2", "16.0000")));
    var _ = approve(one);

    assertThat(approve(two))
        .isInstanceOfSatisfying(
            DecisionResult.NotPossible.class,
            refused -> assertThat(refused.code()).isEqualTo("VERSION_TAKEN"));
    assertThat(refusal(new Measure.Publication(list("v1", "1.0000")))).isEqualTo("VERSION_TAKEN");
    assertThat(refusal(new Measure.Publication("{}"))).isEqualTo("LIST_INVALID");
    assertThat(refusal(new Measure.Publication(list("v3", "1.00000")))).isEqualTo("LIST_INVALID");
    assertThat(answer(billing.published()))
        .extracting(PublishedTariff::id, PublishedTariff::publishedBy)
        .containsExactly(tuple("v2", "billing2"), tuple("v1", "installation"));
  }

  @Test
  void refusesWhatIsOutOfRangeByName() {
    assertThatThrownBy(() -> topUp("a b", WalletKind.AUTOCALL, "1.00")).hasMessageContaining("key");
    assertThatThrownBy(() -> topUp("k", WalletKind.AUTOCALL, "0.00"))
        .hasMessageContaining("amount");
    assertThatThrownBy(
            () -> new Measure.Compensation(NOMAD, WalletKind.AUTOCALL, Tenge.of("-1.00")))
        .hasMessageContaining("amount");
    assertThatThrownBy(() ->
            billing
                .approvals()
                .propose(new Measure.Publication(list("v9", "1.0000")), "line\nbreak", "billing"))
        .hasMessageContaining("reason");
  }

  @Test
  @Tag("SH-TAR-04")
  @Tag("SH-TAR-17")
  void whatABoxRatedOtherwiseIsOneCaseForEachReason() {
    Instant before = clock.instant();
    assertThat(differs(before.minusMillis(1), "99", "99.00", "v0")).as("no pin yet").isFalse();
    var _ = topUp("first", WalletKind.AUTOCALL, "6000.00");
    publish("v2", "15.0000");
    clock.advance(Duration.ofDays(1));
    var _ = topUp("second", WalletKind.AUTOCALL, "1.00");
    Instant after = clock.instant();

    assertThat(differs(before, "12", "12.00", "v1")).isFalse();
    assertThat(differs(after, "15", "15.00", "v2")).isFalse();
    assertThat(differs(after, "12", "12.00", "v1")).as("a pin that came late").isTrue();
    assertThat(differs(after, "12", "12.00", "v1")).isTrue();
    assertThat(differs(after, "15", "15.01", "v2")).isTrue();

    List<RatingCase> cases = answer(billing.ratingCases(true, 10));
    assertThat(cases)
        .extracting(RatingCase::why, RatingCase::items, RatingCase::boxAmount)
        .containsExactlyInAnyOrder(
            tuple(Rerating.Why.OTHER_VERSION, 2L, Tenge.of("24.00")),
            tuple(Rerating.Why.OTHER_AMOUNT, 1L, Tenge.of("15.01")));
    assertThat(cases.stream().mapToLong(each -> each.centralAmount().tiyn()).sum()).isEqualTo(4500);

    String late =
        cases.stream()
            .filter(each -> each.why() == Rerating.Why.OTHER_VERSION)
            .findFirst()
            .orElseThrow()
            .id();
    assertThat(answer(billing.closeRatingCase(late, "the box was offline", "billing"))).isTrue();
    assertThat(answer(billing.closeRatingCase(late, "again", "billing"))).isFalse();
    assertThat(answer(billing.ratingCases(true, 10))).hasSize(1);
    assertThat(answer(billing.ratingCases(false, 10))).hasSize(2);

    assertThat(differs(after, "12", "12.00", "v1")).isTrue();
    assertThat(answer(billing.ratingCases(true, 10))).as("a new case").hasSize(2);
  }
}
