package kz.qonyrau.appliance;

import static kz.qonyrau.testsupport.Eventually.answer;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import kz.qonyrau.calls.CallSettings;
import kz.qonyrau.calls.Calls;
import kz.qonyrau.campaigns.Campaigns;
import kz.qonyrau.campaigns.HouseRules;
import kz.qonyrau.campaigns.TrialCalls;
import kz.qonyrau.campaigns.Understanding;
import kz.qonyrau.ledger.Ledger;
import kz.qonyrau.ledger.Transfer;
import kz.qonyrau.ledger.TransferResult;
import kz.qonyrau.ledger.WalletId;
import kz.qonyrau.tariffs.Tariff;
import kz.qonyrau.testsupport.SteppedClock;
import kz.qonyrau.testsupport.TemporaryStore;
import kz.qonyrau.vocabulary.CampaignId;
import kz.qonyrau.vocabulary.Tenge;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("SH-BAL-05")
@Timeout(60)
class BoxMoneyTest {

  private static final WalletId BANK = new WalletId("central/leases");
  private static final Tariff TARIFF =
      Tariff.parse(
          """
          {"version": "test-1", "publishedAt": "2026-01-01T00:00:00Z", "lines": [
            {"service": "CALL_TIME", "price": "6.00", "unit": "PT1S", "step": "PT1S", "minimum": "0.00"},
            {"service": "REC_TIME", "price": "1.00", "unit": "PT1S", "step": "PT1S", "minimum": "0.00"}
          ]}
          """
              .getBytes(StandardCharsets.UTF_8));

  private static final Understanding NOTHING =
      new Understanding() {
        @Override
        public Set<Locale> languages() {
          return Set.of();
        }

        @Override
        public List<String> unknownWords(Locale language, String phrase) {
          return List.of();
        }
      };

  @RegisterExtension final TemporaryStore database = TemporaryStore.with("LEDGER", "CAMPAIGN");

  private final SteppedClock clock = SteppedClock.at("2026-11-24T04:00:00Z");
  private final Ledger ledger = new Ledger(database.store(), clock);
  private BoxMoney money;

  @BeforeEach
  void open() {
    var _ = answer(ledger.openWallet(BANK, true));
    var _ = answer(ledger.openWallet(Calls.PAYER, false));
    HouseRules rules = answer(HouseRules.open(database.store(), clock));
    money =
        new BoxMoney(
            ledger,
            new Campaigns(database.store(), clock, rules, NOTHING),
            () -> TARIFF,
            CallSettings.DEFAULT);
  }

  private void credit(String id, String tenge) {
    assertThat(
            answer(
                ledger.transfer(
                    new Transfer(id, BANK, Calls.PAYER, Tenge.of(tenge), "for the test"))))
        .isInstanceOf(TransferResult.Transferred.class);
  }

  /// A minute is held at first, of which nothing is recorded.
  @Test
  @Tag("AC-CMP-08")
  void aCallWithACodeCostsItsTimeAlone() {
    credit("lease/1", "359.99");
    assertThat(answer(money.nextCallFits(TrialCalls.CODES))).isFalse();
    credit("lease/2", "0.01");
    assertThat(answer(money.nextCallFits(TrialCalls.CODES))).isTrue();
  }

  @Test
  void nothingIsHeldForACampaignThatIsNotThere() {
    credit("lease/1", "100000.00");
    assertThat(answer(money.nextCallFits(CampaignId.random()))).isFalse();
  }
}
