package kz.qonyrau.billing;

import static kz.qonyrau.testsupport.Eventually.answer;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import kz.qonyrau.billing.CustomerNotice.Code;
import kz.qonyrau.ledger.Ledger;
import kz.qonyrau.ledger.Transfer;
import kz.qonyrau.ledger.TransferResult;
import kz.qonyrau.ledger.Verdict;
import kz.qonyrau.ledger.WalletId;
import kz.qonyrau.tariffs.Recalculation;
import kz.qonyrau.tariffs.UsageLine;
import kz.qonyrau.testdatabases.OnEachDatabase;
import kz.qonyrau.testsupport.Plug;
import kz.qonyrau.testsupport.SteppedClock;
import kz.qonyrau.testsupport.TemporaryStore;
import kz.qonyrau.vocabulary.AstanaTime;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.vocabulary.OrganisationId;
import kz.qonyrau.vocabulary.Tenge;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A benefit tariff from the grant to the last posting. What comes from boxes is handed in as their
/// reports are.
@Timeout(60)
@OnEachDatabase
class BenefitsTest {

  private static final OrganisationId NOMAD = OrganisationId.random();
  private static final OrganisationId OTHER = OrganisationId.random();
  private static final BoxId BOX = BoxId.random();
  private static final String TERMS =
      """
      {"benefit": "nomad-1", "prepayment": "1000000.00", "firstDay": "2026-09-01",
       "lastDay": "2026-12-31", "lines": [{"service": "SMS_PART", "price": "8.00"}]}
      """;

  @RegisterExtension final TemporaryStore database = TemporaryStore.with("LEDGER", "BILLING");

  private final SteppedClock clock = SteppedClock.at(astana("2026-08-25T10:00"));
  private final List<CustomerNotice> told = new CopyOnWriteArrayList<>();
  private Ledger ledger;
  private Billing billing;

  private static Instant astana(String local) {
    return AstanaTime.instantOf(LocalDateTime.parse(local));
  }

  private static String list(String version, String price) {
    return """
    {"version": "%s", "publishedAt": "2026-01-01T00:00:00Z", "lines": [
      {"service": "SMS_PART", "price": "%s", "unit": 1, "step": 1, "minimum": "0.00"},
      {"service": "CALL_TIME", "price": "24.00", "unit": "PT1M", "step": "PT1S", "minimum": "0.00"}]}
    """
        .formatted(version, price);
  }

  @BeforeEach
  void open() {
    ledger = new Ledger(database.store(), clock);
    billing =
        new Billing(
            database.store(),
            ledger,
            (_, box) -> box.equals(BOX) ? Optional.of(NOMAD) : Optional.empty(),
            (_, _, notice) -> told.add(notice),
            clock);
    answer(billing.start(Optional.of(list("v1", "12.00"))));
  }

  private ProposalResult propose(Measure measure) {
    return answer(billing.approvals().propose(measure, "because", "billing"));
  }

  private DecisionResult carryOut(Measure measure) {
    if (propose(measure) instanceof ProposalResult.Proposed(Proposal proposal)) {
      return answer(billing.approvals().approve(proposal.id(), "", "approver"));
    }
    throw new AssertionError("not proposed: " + propose(measure));
  }

  private void grant(String terms) {
    assertThat(carryOut(new Measure.BenefitGrant(NOMAD, terms)))
        .isInstanceOf(DecisionResult.Decided.class);
  }

  private void confirm() {
    assertThat(answer(billing.benefits().confirm(NOMAD, "nomad-1", "paper 17"))).isTrue();
  }

  private void topUp(String key, String amount) {
    assertThat(
            answer(
                billing.topUp(
                    new TopUp(
                        key, NOMAD, WalletKind.AUTOCALL, Tenge.of(amount), "invoice", "billing"))))
        .isInstanceOf(TopUpResult.Credited.class);
  }

  private void inForceSince(String astana) {
    grant(TERMS);
    confirm();
    clock.set(astana(astana));
    topUp("prepayment", "1000000.00");
  }

  /// As if a box had sent so many parts, and paid for them what its list says.
  private void parts(String item, long parts, String price, String version, String at) {
    Instant rendered = astana(at);
    Tenge amount = Tenge.of(price).times(parts);
    UsageLine line =
        new UsageLine("SMS_PART", parts, "PART", new BigDecimal(price), amount, version);
    boolean differs =
        answer(
            database
                .store()
                .write(handle ->
                    billing.rateAgain(handle, NOMAD, BOX, item, rendered, List.of(line))));
    assertThat(differs).isFalse();
    Measure.Penalty spent = new Measure.Penalty(NOMAD, WalletKind.AUTOCALL, amount);
    assertThat(carryOut(spent)).isInstanceOf(DecisionResult.Decided.class);
  }

  private Tenge balance() {
    return answer(billing.account(new Billing.Holder(NOMAD, List.of()))).free(WalletKind.AUTOCALL);
  }

  private Optional<String> pinned() {
    return answer(database.store().read(handle -> billing.pinned(handle, NOMAD, clock.instant())))
        .map(pinned -> pinned.version().id());
  }

  private Benefit benefit() {
    return answer(billing.benefits().of(NOMAD)).getFirst();
  }

  private Recalculation preview() {
    return preview(List.of());
  }

  private Recalculation preview(List<WalletId> leases) {
    Benefits.Preview preview =
        answer(billing.benefits().preview(new Billing.Holder(NOMAD, leases), "nomad-1"));
    if (preview instanceof Benefits.Preview.Possible(Recalculation recalculation)) {
      return recalculation;
    }
    throw new AssertionError("not possible: " + preview);
  }

  private void exit() {
    assertThat(carryOut(new Measure.BenefitExit(NOMAD, "nomad-1")))
        .isInstanceOf(DecisionResult.Decided.class);
  }

  @Test
  @Tag("SH-TAR-10")
  @Tag("SH-TAR-11")
  void itHoldsOnceItIsConfirmedPaidAndHasBegun() {
    topUp("before", "1000000.00");
    assertThat(pinned()).contains("v1");
    clock.advance(Duration.ofMinutes(1));
    grant(TERMS);
    assertThat(benefit().confirmation()).isEmpty();
    clock.set(astana("2026-09-02T10:00"));
    answer(billing.sweep());
    assertThat(pinned()).as("not confirmed").contains("v1");

    confirm();
    assertThat(pinned()).as("paid before it was granted").contains("v1");
    assertThat(benefit().failing()).singleElement().asString().contains("PREPAYMENT_MISSING");

    topUp("prepayment", "1000000.00");
    assertThat(pinned()).contains("nomad-1");
    assertThat(benefit().failing()).isEmpty();
    assertThat(benefit().holds()).isTrue();
    assertThat(benefit().restrictions())
        .extracting(Enum::name)
        .containsExactlyInAnyOrder("NO_WITHDRAWAL", "NO_REFUND");
    assertThat(answer(billing.published()))
        .as("what one customer has is not public")
        .extracting(PublishedTariff::id)
        .containsExactly("v1");
    assertThat(answer(billing.benefits().confirm(NOMAD, "nomad-1", "again"))).isFalse();
  }

  @Test
  @Tag("SH-TAR-03")
  @Tag("SH-TAR-10")
  void aTopUpMovesThePinBeneathIt() {
    inForceSince("2026-09-02T10:00");
    assertThat(carryOut(new Measure.Publication(list("v2", "15.00"))))
        .isInstanceOf(DecisionResult.Decided.class);
    clock.set(astana("2026-10-02T10:00"));
    topUp("more", "10.00");
    assertThat(pinned()).contains("nomad-1");

    exit();

    assertThat(pinned()).contains("v2");
  }

  @Test
  @Tag("EX-TAR-4")
  @Tag("SH-TAR-12")
  @Tag("SH-TAR-13")
  @Tag("SH-TAR-15")
  void exitWithMoneyLeft() {
    inForceSince("2026-09-02T10:00");
    clock.set(astana("2026-09-20T10:00"));
    parts("one", 20_000, "8.00", "nomad-1", "2026-09-10T10:00");
    parts("two", 30_000, "8.00", "nomad-1", "2026-09-11T10:00");
    assertThat(balance()).isEqualTo(Tenge.of("600000.00"));
    Recalculation preview = preview();
    assertThat(preview.items()).isEqualTo(2);
    assertThat(preview.baseCost()).isEqualTo(Tenge.of("600000.00"));
    assertThat(preview.adjustment()).isEqualTo(Tenge.of("200000.00"));
    assertThat(preview.resultingBalance()).isEqualTo(Tenge.of("400000.00"));
    assertThat(preview.refundable()).isEqualTo(Tenge.ZERO);
    assertThat(balance()).as("a preview").isEqualTo(Tenge.of("600000.00"));

    exit();

    assertThat(balance()).isEqualTo(Tenge.of("400000.00"));
    assertThat(pinned()).contains("v1");
    assertThat(benefit().end())
        .isPresent()
        .get()
        .satisfies(end -> assertThat(end.kind()).isEqualTo(Benefit.End.Kind.EXIT));
    assertThat(told.getLast().code()).isEqualTo(Code.BENEFIT_ENDED);
    assertThat(told.getLast().amount()).contains(Tenge.of("200000.00"));
    assertThat(propose(new Measure.BenefitExit(NOMAD, "nomad-1")))
        .isInstanceOfSatisfying(
            ProposalResult.NotPossible.class,
            refused -> assertThat(refused.code()).isEqualTo("BENEFIT_OVER"));
    assertThat(answer(ledger.verify())).isInstanceOf(Verdict.Sound.class);
  }

  @Test
  @Tag("EX-TAR-5")
  @Tag("SH-TAR-12")
  void eachItemIsRatedAtTheBasePriceOfItsDay() {
    inForceSince("2026-09-02T10:00");
    clock.set(astana("2026-10-01T00:00"));
    assertThat(carryOut(new Measure.Publication(list("v2", "15.00"))))
        .isInstanceOf(DecisionResult.Decided.class);
    clock.set(astana("2026-11-01T10:00"));
    parts("september", 20_000, "8.00", "nomad-1", "2026-09-10T10:00");
    parts("october", 30_000, "8.00", "nomad-1", "2026-10-11T10:00");

    Recalculation preview = preview();
    assertThat(preview.baseCost()).isEqualTo(Tenge.of("690000.00"));
    exit();

    assertThat(balance()).isEqualTo(Tenge.of("310000.00"));
  }

  @Test
  @Tag("EX-TAR-6")
  @Tag("SH-TAR-14")
  @Tag("SH-BAL-08")
  void aShortfallIsDueOnlyOnceItIsConfirmed() {
    inForceSince("2026-09-02T10:00");
    clock.set(astana("2026-09-20T10:00"));
    parts("all", 100_000, "8.00", "nomad-1", "2026-09-10T10:00");
    assertThat(preview().resultingBalance()).isEqualTo(Tenge.of("-200000.00"));
    assertThat(preview().shortfall()).isEqualTo(Tenge.of("200000.00"));
    assertThat(propose(new Measure.BenefitExit(NOMAD, "nomad-1")))
        .isInstanceOf(ProposalResult.Proposed.class);
    assertThat(balance()).isEqualTo(Tenge.of("200000.00"));

    exit();

    assertThat(balance()).isEqualTo(Tenge.of("-200000.00"));
  }

  @Test
  @Tag("SH-TAR-15")
  void thePreviewCountsWhatIsSetAsideForHisBoxesToo() {
    inForceSince("2026-09-02T10:00");
    WalletId lease = new WalletId("lease/" + BOX);
    var _ = answer(ledger.openWallet(lease, false));
    Transfer aside =
        new Transfer(
            "lease/" + BOX + "/1",
            WalletKind.AUTOCALL.of(NOMAD),
            lease,
            Tenge.of("50000.00"),
            "set aside");
    assertThat(answer(ledger.transfer(aside))).isInstanceOf(TransferResult.Transferred.class);

    assertThat(preview(List.of()).resultingBalance()).isEqualTo(Tenge.of("950000.00"));
    assertThat(preview(List.of(lease)).resultingBalance()).isEqualTo(Tenge.of("1000000.00"));
  }

  @Test
  @Tag("EX-TAR-7")
  void exitBeforeAnyService() {
    inForceSince("2026-09-02T10:00");

    exit();

    assertThat(balance()).isEqualTo(Tenge.of("1000000.00"));
  }

  /// A box that was offline tells later what it had rendered before its customer left.
  @Test
  @Tag("SH-TAR-12")
  @Tag("SH-BAL-07")
  void whatIsToldLateIsChargedAtItsBasePriceToo() {
    inForceSince("2026-09-02T10:00");
    clock.set(astana("2026-09-20T10:00"));
    exit();
    clock.set(astana("2026-09-25T10:00"));

    parts("late", 100, "8.00", "nomad-1", "2026-09-15T10:00");

    assertThat(balance()).isEqualTo(Tenge.of("998800.00"));
    assertThat(answer(ledger.verify())).isInstanceOf(Verdict.Sound.class);
  }

  @Test
  @Tag("SH-TAR-11")
  void itStopsToHoldWhereTheVolumeFallsBehindAndHoldsAgainWhenItIsReached() {
    grant(
        """
        {"benefit": "nomad-1", "prepayment": "0.00", "firstDay": "2026-09-01",
         "lastDay": "2026-09-10", "lines": [
           {"service": "SMS_PART", "price": "8.00", "committed": 1000}]}
        """);
    confirm();
    topUp("some", "100000.00");
    clock.set(astana("2026-09-01T10:00"));
    answer(billing.sweep());
    assertThat(pinned()).contains("nomad-1");
    told.clear();

    clock.set(astana("2026-09-03T00:00"));
    answer(billing.sweep());
    answer(billing.sweep());
    assertThat(pinned()).contains("v1");
    assertThat(benefit().failing())
        .singleElement()
        .asString()
        .isEqualTo("VOLUME_BEHIND: SMS_PART 0 of 200");
    assertThat(told).extracting(CustomerNotice::code).containsExactly(Code.BENEFIT_AT_RISK);

    parts("catching-up", 300, "8.00", "nomad-1", "2026-09-02T10:00");
    clock.set(astana("2026-09-03T01:00"));
    answer(billing.sweep());
    assertThat(pinned()).contains("nomad-1");

    clock.set(astana("2026-09-11T00:00"));
    answer(billing.sweep());
    assertThat(pinned()).contains("v1");
    assertThat(benefit().end().orElseThrow().kind()).isEqualTo(Benefit.End.Kind.OVER);
    assertThat(balance()).as("nothing is rated again").isEqualTo(Tenge.of("97600.00"));
  }

  @ParameterizedTest
  @Tag("SH-TAR-10")
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|TERMS_INVALID|benefit",
        "{\"benefit\": \"v1\", \"prepayment\": \"1.00\", \"firstDay\": \"2026-09-01\", \"lastDay\": \"2026-09-02\", \"lines\": [{\"service\": \"SMS_PART\", \"price\": \"8.00\"}]}|VERSION_TAKEN|v1",
        "{\"benefit\": \"b1\", \"prepayment\": \"1.00\", \"firstDay\": \"2026-09-01\", \"lastDay\": \"2026-09-02\", \"lines\": [{\"service\": \"SMS_PART\", \"price\": \"12.00\"}]}|TERMS_INVALID|lines[0].price",
        "{\"benefit\": \"b1\", \"prepayment\": \"0.00\", \"firstDay\": \"2026-09-01\", \"lastDay\": \"2026-09-02\", \"lines\": [{\"service\": \"SMS_PART\", \"price\": \"8.00\"}]}|TERMS_INVALID|prepayment",
        "{\"benefit\": \"b1\", \"prepayment\": \"1.00\", \"firstDay\": \"2026-09-03\", \"lastDay\": \"2026-09-02\", \"lines\": [{\"service\": \"SMS_PART\", \"price\": \"8.00\"}]}|TERMS_INVALID|lastDay",
        "{\"benefit\": \"b1\", \"prepayment\": \"1.00\", \"firstDay\": \"tomorrow\", \"lastDay\": \"2026-09-02\", \"lines\": [{\"service\": \"SMS_PART\", \"price\": \"8.00\"}]}|TERMS_INVALID|firstDay",
        "{\"benefit\": \"b1\", \"prepayment\": \"1.00\", \"firstDay\": \"2026-09-01\", \"lastDay\": \"2026-09-02\", \"lines\": [{\"service\": \"TTS_CHARS\", \"price\": \"8.00\"}]}|TERMS_INVALID|lines[0].service",
        "not JSON|TERMS_INVALID|document",
      })
  void refusesTermsThatCannotHold(String terms, String code, String field) {
    assertThat(propose(new Measure.BenefitGrant(NOMAD, terms)))
        .isInstanceOfSatisfying(
            ProposalResult.NotPossible.class,
            refused -> {
              assertThat(refused.code()).isEqualTo(code);
              assertThat(refused.why()).contains(field);
            });
  }

  @Test
  @Tag("SH-TAR-10")
  void oneAtATimeAndNobodyElses() {
    grant(TERMS);

    assertThat(propose(new Measure.BenefitGrant(NOMAD, TERMS.replace("nomad-1", "nomad-2"))))
        .isInstanceOfSatisfying(
            ProposalResult.NotPossible.class,
            refused -> assertThat(refused.code()).isEqualTo("BENEFIT_RUNS"));
    assertThat(propose(new Measure.BenefitExit(OTHER, "nomad-1")))
        .isInstanceOfSatisfying(
            ProposalResult.NotPossible.class,
            refused -> assertThat(refused.code()).isEqualTo("NO_SUCH_BENEFIT"));
    assertThat(answer(billing.benefits().confirm(OTHER, "nomad-1", "paper"))).isFalse();
  }

  /// Before each statement of an exit in turn: it is all there, or nothing of it.
  @Test
  @Tag("PLT-06")
  @Tag("SH-TAR-12")
  void aPowerCutLeavesNoHalfExit() {
    inForceSince("2026-09-02T10:00");
    clock.set(astana("2026-09-20T10:00"));
    parts("one", 10, "8.00", "nomad-1", "2026-09-10T10:00");
    parts("two", 20, "8.00", "nomad-1", "2026-09-10T10:00");
    Tenge before = balance();
    ProposalResult proposed = propose(new Measure.BenefitExit(NOMAD, "nomad-1"));
    assertThat(proposed).isInstanceOf(ProposalResult.Proposed.class);
    String id = proposed instanceof ProposalResult.Proposed(Proposal proposal) ? proposal.id() : "";

    boolean pulled = true;
    int tries = 0;
    for (int statement = 1; pulled; statement++) {
      Plug plug = Plug.in(database.store(), statement);
      try {
        var _ = answer(billing.approvals().approve(id, "", "approver"));
      } catch (Plug.Pulled _) {
        // What a power cut looks like from here.
      }
      pulled = plug.isPulled();
      Plug.remove(database.store());
      tries++;
      if (pulled) {
        assertThat(balance()).isEqualTo(before);
        assertThat(benefit().end()).isEmpty();
        assertThat(pinned()).contains("nomad-1");
      }
    }

    assertThat(tries).isGreaterThan(8);
    assertThat(balance()).isEqualTo(before.minus(Tenge.of("120.00")));
    assertThat(answer(ledger.verify())).isInstanceOf(Verdict.Sound.class);
  }
}
