package kz.qonyrau.callbacks;

import static kz.qonyrau.testsupport.Eventually.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kz.qonyrau.callbacks.CallBack.Contact;
import kz.qonyrau.callbacks.CallBack.Told;
import kz.qonyrau.callbacks.CallBack.Wish;
import kz.qonyrau.store.HeldPeriod;
import kz.qonyrau.store.Overdue;
import kz.qonyrau.store.Purged;
import kz.qonyrau.telephony.TrunkId;
import kz.qonyrau.testsupport.SteppedClock;
import kz.qonyrau.testsupport.TemporaryStore;
import kz.qonyrau.vocabulary.CallId;
import kz.qonyrau.vocabulary.CampaignId;
import kz.qonyrau.vocabulary.Msisdn;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The log of those who called back, over a real database.
@Tag("AC-WHO-05")
@Timeout(60)
class CallBacksTest {

  private static final Instant NOW = Instant.parse("2026-09-10T07:00:00Z");

  @RegisterExtension private final TemporaryStore database = TemporaryStore.with("CALLBACK");

  private final SteppedClock clock = SteppedClock.at(NOW);
  private List<HeldPeriod> holds = List.of();
  private final CallBacks book = new CallBacks(database.store(), clock);

  private static Contact contact(CampaignId campaign) {
    return new Contact(CallId.random(), campaign, NOW.minus(Duration.ofDays(7)));
  }

  private CallId calls(String number) {
    clock.advance(Duration.ofSeconds(1));
    CallId id = CallId.random();
    assertThat(answer(begins(book, id, number))).isTrue();
    return id;
  }

  private static Future<Boolean> begins(CallBacks book, CallId id, String number) {
    return book.begin(
        id, Optional.of(new Msisdn(number)), new TrunkId("t00000001"), Optional.of("77172000001"));
  }

  private CallId toldOf(CampaignId campaign, String number) {
    CallId id = calls(number);
    var _ =
        answer(book.end(id, Told.CALLED, Optional.of(contact(campaign)), Duration.ofSeconds(9)));
    return id;
  }

  @Test
  void campaignsAfterWhichManyCallBackAreNamed() {
    CampaignId silent = CampaignId.random();
    CampaignId clear = CampaignId.random();
    for (int i = 0; i < CallBacks.MANY; i++) {
      var _ = toldOf(silent, "+7700000001" + i);
    }
    for (int i = 0; i < CallBacks.MANY - 1; i++) {
      var _ = toldOf(clear, "+7700000002" + i);
    }
    // The same person once more.
    var _ = toldOf(clear, "+77000000020");

    assertThat(answer(book.page(0, 1)).frequent())
        .containsExactly(new CallBackPage.Frequent(silent, CallBacks.MANY));

    clock.advance(CallBacks.LATELY);
    assertThat(answer(book.page(0, 1)).frequent()).isEmpty();
  }

  @Test
  void pagesGoFromTheNewestToTheOldest() {
    List<CallId> all = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      all.addFirst(toldOf(CampaignId.random(), "+7700000001" + i));
    }

    assertThat(answer(book.page(0, 3)).total()).isEqualTo(7);
    List<CallId> paged = new ArrayList<>();
    for (int page = 0; page < 3; page++) {
      answer(book.page(page, 3)).items().forEach(one -> paged.add(one.id()));
    }
    assertThat(paged).isEqualTo(all);
  }

  @Test
  void whoeverReadsThemAllMeetsEachOnce() {
    List<CallId> all = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      all.add(toldOf(CampaignId.random(), "+7700000001" + i));
    }

    List<CallId> read = new ArrayList<>();
    Optional<CallBack> last = Optional.empty();
    do {
      List<CallBack> some = answer(book.after(last, 3));
      some.forEach(one -> read.add(one.id()));
      last = some.isEmpty() ? Optional.empty() : Optional.of(some.getLast());
    } while (last.isPresent());
    assertThat(read).isEqualTo(all);
  }

  @Test
  void whatWasUnderWayWhenTheBoxWentDownIsClosedOnce() {
    CallId ended = toldOf(CampaignId.random(), "+77000000011");
    CallId open = calls("+77000000012");
    CampaignId campaign = CampaignId.random();
    var _ = answer(book.wish(open, contact(campaign), Wish.LEAVE_ALONE));

    assertThat(answer(book.recover())).isEqualTo(1);
    assertThat(answer(book.recover())).isZero();

    List<CallBack> items = answer(book.page(0, 10)).items();
    assertThat(items).extracting(CallBack::id).containsExactly(open, ended);
    assertThat(items)
        .extracting(one -> one.told().orElseThrow())
        .containsExactly(Told.NOTHING, Told.CALLED);
    assertThat(items.getFirst().wish()).contains(Wish.LEAVE_ALONE);
    assertThat(items.getFirst().contact().orElseThrow().campaign()).isEqualTo(campaign);
  }

  @Test
  void theLimitOfADayHoldsAcrossRestarts() {
    for (int i = 0; i < CallBacks.MOST_A_DAY; i++) {
      var _ = calls("+77000000011");
    }
    CallBacks again = new CallBacks(database.store(), clock);
    assertThat(answer(again.recover())).isEqualTo(3);

    assertThat(answer(begins(again, CallId.random(), "+77000000011"))).isFalse();
  }

  @Test
  @Tag("SH-RET-02")
  void thoseOnLegalHoldStayUntilItIsLifted() {
    CallId held = toldOf(CampaignId.random(), "+77000000011");
    Instant began = answer(book.page(0, 1)).items().getFirst().at();
    clock.advance(Duration.ofMinutes(1));
    CallId newer = toldOf(CampaignId.random(), "+77000000012");
    Instant later = clock.instant().plusSeconds(60);
    List<Purged> proofs = new ArrayList<>();
    holds = List.of(new HeldPeriod("h", began, began.plusMillis(1), Optional.empty()));

    assertThat(answer(book.purge(before(later), (_, proof) -> proofs.add(proof)))).isOne();
    assertThat(answer(book.page(0, 10)).items())
        .extracting(CallBack::id)
        .containsExactly(held)
        .doesNotContain(newer);

    holds = List.of(new HeldPeriod("h", began, began.plusMillis(1), Optional.of(later)));
    assertThat(answer(book.purge(before(later), (_, proof) -> proofs.add(proof)))).isOne();
    assertThat(answer(book.page(0, 10)).total()).isZero();
    assertThat(proofs).extracting(Purged::keptBy).containsExactly(List.of(), List.of("h"));
  }

  private Overdue before(Instant moment) {
    return new Overdue(clock, _ -> moment, _ -> holds);
  }

  @Test
  @Tag("SH-RET-01")
  void thoseOfLongAgoAreDeletedWithAProof() {
    CallId old = toldOf(CampaignId.random(), "+77000000011");
    Instant began = clock.instant();
    CallId newer = toldOf(CampaignId.random(), "+77000000012");
    List<Purged> proofs = new ArrayList<>();

    assertThat(answer(book.purge(before(began), (_, proof) -> proofs.add(proof)))).isZero();
    assertThat(answer(book.purge(before(clock.instant()), (_, proof) -> proofs.add(proof))))
        .isEqualTo(1);

    assertThat(answer(book.page(0, 10)).items()).extracting(CallBack::id).containsExactly(newer);
    assertThat(proofs)
        .containsExactly(Purged.of("CALL_BACKS", List.of(old.value()), began, began, List.of()));
  }

  @ParameterizedTest
  @CsvSource({"-1, 10", "0, 0", "0, 1001"})
  void refusesPagesThatDoNotExist(int page, int size) {
    assertThatIllegalArgumentException().isThrownBy(() -> book.page(page, size));
  }
}
