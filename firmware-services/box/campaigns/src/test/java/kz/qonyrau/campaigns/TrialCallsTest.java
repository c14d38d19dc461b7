package kz.qonyrau.campaigns;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import kz.qonyrau.campaigns.AttemptResult.NotDialled;
import kz.qonyrau.testsupport.Eventually;
import kz.qonyrau.testsupport.NoErrorsLogged;
import kz.qonyrau.vocabulary.CallId;
import kz.qonyrau.vocabulary.CallOutcome;
import kz.qonyrau.vocabulary.CampaignId;
import kz.qonyrau.vocabulary.ContactListId;
import kz.qonyrau.vocabulary.Msisdn;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Trying a campaign out on one's own number.
@Tag("AC-CMP-08")
@ExtendWith(NoErrorsLogged.class)
class TrialCallsTest extends DialingRoom {

  private static final Msisdn OWN = new Msisdn("+77770000001");
  private static final String NAMED = "phone;имя\n87010000000;Айгүл\n87010000001;Болат\n";

  private final List<Msisdn> inCall = new ArrayList<>();
  private final List<CampaignId> priced = new ArrayList<>();
  private TrialCalls trials;

  @BeforeEach
  void begin() {
    trials =
        new TrialCalls(
            store,
            clock,
            campaigns,
            desk,
            campaign -> {
              priced.add(campaign);
              return Future.succeededFuture(funds);
            },
            () -> gate,
            () -> List.copyOf(inCall));
  }

  private TrialResult call(CampaignId campaign) {
    return await(trials.call(campaign, OWN));
  }

  private CallId placed(TrialResult result) {
    assertThat(result).isInstanceOf(TrialResult.Placed.class);
    return ((TrialResult.Placed) result).call();
  }

  private void refused(CampaignId campaign, TrialResult why) {
    assertThat(call(campaign)).isEqualTo(why);
    assertThat(desk.attempts).isEmpty();
    assertThat(trials.underWay(OWN)).isEmpty();
  }

  private CampaignId draft() throws IOException {
    return drafted(OrderDraft.to(list(NAMED)));
  }

  @Test
  void isTheCallThatARecipientWouldGet() throws IOException {
    OrderDraft draft =
        OrderDraft.to(list(NAMED))
            .saying("Здравствуйте, {имя}!")
            .asking(Questions.yesOrNo("Спасибо, {имя}", Questions.RUSSIAN))
            .recorded("Предупреждаем в начале")
            .machines(MachineRule.HANG_UP);
    CampaignId campaign = drafted(draft);

    CallId call = placed(call(campaign));

    Attempt attempt = desk.attempts.getFirst();
    CampaignOrder order = draft.order();
    assertThat(attempt.id()).isEqualTo(call);
    assertThat(attempt.campaign()).isEqualTo(campaign);
    assertThat(attempt.callee()).isEqualTo(OWN);
    assertThat(attempt.prompt())
        .isEqualTo(
            new Prompt.SpokenText("Здравствуйте, Айгүл!", Locale.of("ru"), Optional.empty()));
    assertThat(attempt.asking())
        .isEqualTo(order.asking().map(one -> one.filled(attempt.variables())));
    assertThat(attempt.ringing()).isEqualTo(order.ringing());
    assertThat(attempt.record()).isTrue();
    assertThat(attempt.machines()).isEqualTo(MachineRule.HANG_UP);
    assertThat(attempt.variables()).isEqualTo(Map.of("имя", "Айгүл"));
    assertThat(desk.asked)
        .contains(attempt.prompt())
        .containsAll(
            order.asking().orElseThrow().filled(attempt.variables()).prompts(attempt.prompt()));
    assertThat(priced).containsOnly(campaign);
  }

  @Test
  void leavesTheCampaignAndItsRecipientsAsTheyAre() throws IOException {
    CampaignId campaign = started(OrderDraft.to(list("87770000001\n87010000001\n")));
    Campaign before = found(campaign);
    List<CampaignEvent> log = await(campaigns.log(campaign)).orElseThrow();

    var _ = placed(call(campaign));
    clock.advance(Duration.ofSeconds(5));
    desk.endDue();

    assertThat(found(campaign)).isEqualTo(before);
    assertThat(await(campaigns.log(campaign))).contains(log);
    assertThat(openAttempts()).isZero();
    assertThat(
            (long)
                await(
                    store.read(handle ->
                        handle
                            .createQuery("SELECT COUNT(*) FROM campaign.attempt")
                            .mapTo(Long.class)
                            .one())))
        .isZero();
    // Neither the gap nor a cap knows of it: the owner is a recipient, too, and is called at once.
    turns(3);
    clock.advance(Duration.ofSeconds(1));
    turns(1);
    assertThat(desk.numbers()).containsExactly("+77770000001", "+77770000001", "+77010000001");
  }

  @Test
  void needsNoWindowAndGoesOnWhileTheCampaignIsPaused() throws IOException {
    CampaignId campaign = started(OrderDraft.to(list(NAMED)));
    var _ = await(campaigns.pause(campaign, "owner", "by hand"));
    clock.advance(Duration.ofHours(15));

    assertThat(placed(call(campaign))).isNotNull();
  }

  @Test
  void saysWhatItCanWhileTheListsAreEmptyOrGone() throws IOException {
    ContactListId list = list(NAMED);
    CampaignId campaign = drafted(OrderDraft.to(list).saying("Здравствуйте, {имя}!"));
    CampaignId nothingElse = drafted(OrderDraft.to(list).saying("{имя}"));
    var _ = await(lists.delete(list));

    refused(nothingElse, new TrialResult.Unspeakable());
    var _ = placed(call(campaign));
    assertThat(desk.attempts.getFirst().variables()).isEmpty();
    assertThat(desk.attempts.getFirst().prompt())
        .isEqualTo(new Prompt.SpokenText("Здравствуйте, !", Locale.of("ru"), Optional.empty()));
  }

  @Test
  void takesTheExampleFromTheFirstListThatHasOne() throws IOException {
    ContactListId gone = list(NAMED);
    ContactListId other = list("phone;имя\n87020000000;Дана\n");
    CampaignId campaign = drafted(OrderDraft.to(gone, other).saying("{имя}, здравствуйте!"));
    var _ = await(lists.delete(gone));

    var _ = placed(call(campaign));
    assertThat(desk.attempts.getFirst().variables()).isEqualTo(Map.of("имя", "Дана"));
  }

  @Test
  void isRefusedForACampaignThatIsNotThereOrOver() throws IOException {
    refused(CampaignId.random(), new TrialResult.NoSuchCampaign());
    CampaignId campaign = started(OrderDraft.to(list(NAMED)));
    var _ = await(campaigns.cancel(campaign, "owner", "by hand"));
    refused(campaign, new TrialResult.Over(CampaignState.CANCELLED));
  }

  @ParameterizedTest
  @EnumSource(
      value = IdleReason.class,
      names = {"LICENSE", "LEASE_EXPIRED", "NO_FUNDS", "RETIRING", "SUSPENDED", "TELEPHONY_DOWN"})
  void isRefusedWhileTheBoxMayNotDial(IdleReason reason) throws IOException {
    gate = new GateState.Stopped(reason);
    refused(draft(), new TrialResult.Stopped(reason));
    assertThat(desk.asked).isEmpty();
  }

  @Test
  void isRefusedWithoutALineOrWithoutRoomForItsRecording() throws IOException {
    CampaignId recorded = drafted(OrderDraft.to(list(NAMED)).recorded("Предупреждаем"));
    gate = new GateState.Open(10, 600, false);
    refused(recorded, new TrialResult.Stopped(IdleReason.STORAGE_FULL));

    gate = new GateState.Open(2, 600, false);
    inCall.addAll(List.of(new Msisdn("+77010000001"), new Msisdn("+77010000002")));
    refused(draft(), new TrialResult.Stopped(IdleReason.CHANNELS_BUSY));

    inCall.removeLast();
    assertThat(placed(call(draft()))).isNotNull();
  }

  @Test
  @Tag("AC-CAL-01")
  void hasItsChannelWhichCampaignsDoNotGet() throws IOException {
    gate = new GateState.Open(1, 600);
    DialingGate left = trials.besideTrials();
    assertThat(left.state()).isEqualTo(gate);

    var _ = placed(call(draft()));
    assertThat(left.state()).isEqualTo(new GateState.Open(0, 600));
    assertThat(await(trials.sayCode(new Msisdn("+77770000002"), code())))
        .isEqualTo(new TrialResult.Stopped(IdleReason.CHANNELS_BUSY));

    clock.advance(Duration.ofSeconds(5));
    desk.endDue();
    assertThat(left.state()).isEqualTo(gate);
    gate = new GateState.Stopped(IdleReason.LICENSE);
    assertThat(left.state()).isEqualTo(gate);
  }

  @Test
  @Tag("SH-BAL-05")
  void isRefusedIfTheMoneyDoesNotCoverIt() throws IOException {
    funds = false;
    refused(draft(), new TrialResult.NoFunds());
  }

  @ParameterizedTest
  @EnumSource(
      value = Consent.class,
      names = {"BLOCKED", "WITHDRAWN"})
  @Tag("AC-SPM-08")
  void leavesANumberAloneBeforeItsMoneyIsLookedAt(Consent why) throws IOException {
    funds = false;
    suppress(OWN.e164(), why);

    refused(draft(), new TrialResult.LeftAlone(why));
    assertThat(await(trials.sayCode(OWN, code()))).isEqualTo(new TrialResult.LeftAlone(why));
    assertThat(priced).isEmpty();
  }

  /// What happens while the voice speaks counts, too.
  @ParameterizedTest
  @ValueSource(strings = {"blocked", "shut", "spent", "called"})
  void looksAgainBeforeItDials(String what) throws IOException {
    Promise<Boolean> spoken = Promise.promise();
    desk.ready = spoken.future();
    Future<TrialResult> asked = trials.call(draft(), OWN);
    Eventually.await(Duration.ofSeconds(10), "the voice is asked", () -> !desk.asked.isEmpty());
    Map<String, Runnable> changes =
        Map.of(
            "blocked", () -> suppress(OWN.e164(), Consent.BLOCKED),
            "shut", () -> gate = new GateState.Stopped(IdleReason.LICENSE),
            "spent", () -> funds = false,
            "called", () -> inCall.add(OWN));
    Objects.requireNonNull(changes.get(what)).run();
    spoken.complete(true);

    assertThat(await(asked)).isNotInstanceOf(TrialResult.Placed.class);
    assertThat(desk.attempts).isEmpty();
  }

  @Test
  @Tag("AC-TTS-05")
  void isRefusedWithoutAVoice() throws IOException {
    desk.ready = Future.succeededFuture(false);
    refused(draft(), new TrialResult.NoVoice());
    desk.ready = Future.failedFuture(new IllegalArgumentException("no such letters"));
    refused(draft(), new TrialResult.Unspeakable());
  }

  @Test
  @Tag("AC-STT-05")
  void isRefusedIfNobodyUnderstandsTheAnswers() throws IOException {
    CampaignId campaign =
        drafted(
            OrderDraft.to(list(NAMED))
                .asking(Questions.yesOrNo("Рахмет", Questions.RUSSIAN, Questions.KAZAKH)));
    refused(campaign, new TrialResult.NotHeard(List.of(Locale.of("kk"))));
  }

  @Test
  void isOneAtATimeToANumber() throws IOException {
    CampaignId campaign = draft();
    Promise<Boolean> spoken = Promise.promise();
    desk.ready = spoken.future();
    Future<TrialResult> first = trials.call(campaign, OWN);
    assertThat(call(campaign)).isEqualTo(new TrialResult.InCall());
    assertThat(await(trials.sayCode(OWN, code()))).isEqualTo(new TrialResult.InCall());
    spoken.complete(true);
    CallId call = placed(await(first));

    assertThat(trials.underWay(OWN)).contains(call);
    assertThat(call(campaign)).isEqualTo(new TrialResult.InCall());
    assertThat(await(trials.call(campaign, new Msisdn("+77770000002"))))
        .isInstanceOf(TrialResult.Placed.class);

    clock.advance(Duration.ofSeconds(5));
    desk.endDue();
    assertThat(trials.underWay(OWN)).isEmpty();
    inCall.add(OWN);
    assertThat(call(campaign)).isEqualTo(new TrialResult.InCall());
    inCall.clear();
    assertThat(placed(call(campaign))).isNotEqualTo(call);
  }

  @Test
  void isKnownFromTheMomentOnInWhichItIsPlaced() throws IOException {
    CampaignId campaign = draft();
    desk.ends(OWN.e164(), CallOutcome.BUSY);
    CallId call = placed(call(campaign));
    assertThat(trials.find(call)).contains(new TrialCall(call, campaign, Optional.empty()));

    clock.advance(Duration.ofSeconds(5));
    desk.endDue();
    assertThat(trials.find(call).orElseThrow().result().orElseThrow().outcome())
        .isEqualTo(CallOutcome.BUSY);
    assertThat(trials.find(CallId.random())).isEmpty();
  }

  @Test
  void endsIfTheHoldFailsAfterAllOrTheDeskDoes() throws IOException {
    CampaignId campaign = draft();
    desk.broke = true;
    CallId broke = placed(call(campaign));
    assertThat(trials.find(broke).orElseThrow().result().orElseThrow().notDialled())
        .contains(NotDialled.NO_FUNDS);

    desk.failing = true;
    CallId lost = placed(call(campaign));
    assertThat(trials.find(lost).orElseThrow().result().orElseThrow().outcome())
        .isEqualTo(CallOutcome.PLATFORM_FAULT);
    assertThat(trials.underWay(OWN)).isEmpty();
  }

  @Test
  void saysACodeOutsideOfAllCampaigns() {
    CallId call = placed(await(trials.sayCode(OWN, code())));

    Attempt attempt = desk.attempts.getFirst();
    assertThat(attempt.id()).isEqualTo(call);
    assertThat(attempt.campaign()).isEqualTo(TrialCalls.CODES);
    assertThat(attempt.prompt()).isEqualTo(code());
    assertThat(attempt.record()).isFalse();
    assertThat(attempt.asking()).isEmpty();
    assertThat(priced).containsOnly(TrialCalls.CODES);
  }

  @Test
  void aBookThatDoesNotAnswerLeavesNothingUnderWay() throws IOException {
    CampaignId campaign = draft();
    TrialCalls broken =
        new TrialCalls(
            store,
            clock,
            campaigns,
            desk,
            _ -> Future.failedFuture(new IllegalStateException("no book")),
            () -> gate,
            List::of);

    assertThat(broken.call(campaign, OWN).transform(Future::succeededFuture).await().failed())
        .isTrue();
    assertThat(broken.besideTrials().state()).isEqualTo(gate);
  }

  private static Prompt code() {
    return new Prompt.SpokenText("один, два, три", Locale.of("ru"), Optional.empty());
  }
}
