package kz.qonyrau.cases;

import static kz.qonyrau.testsupport.Eventually.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import kz.qonyrau.cases.InquiryOrder.Reason;
import kz.qonyrau.testdatabases.OnEachDatabase;
import kz.qonyrau.testsupport.PrivacyScan;
import kz.qonyrau.testsupport.SteppedClock;
import kz.qonyrau.testsupport.TemporaryStore;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.vocabulary.Msisdn;
import kz.qonyrau.vocabulary.OrganisationId;
import kz.qonyrau.wire.CaseReport;
import kz.qonyrau.wire.ComplaintSource;
import kz.qonyrau.wire.MalformedMessageException;
import kz.qonyrau.wire.OpeningKey;
import kz.qonyrau.wire.PassedCode;
import kz.qonyrau.wire.Question;
import kz.qonyrau.wire.QuestionAnswer;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Subscribers who ask who called them, and those who only say that they are somebody.
@Timeout(60)
@OnEachDatabase
class InquiriesTest {

  private static final Msisdn AIGUL = new Msisdn("+77000000002");
  private static final Msisdn NEIGHBOUR = new Msisdn("+77000000003");
  private static final Msisdn SHOWN = new Msisdn("+77172694000");
  private static final Msisdn FOREIGN = new Msisdn("+77172694999");
  private static final OrganisationId NOMAD = OrganisationId.random();
  private static final BoxId BOX = BoxId.random();
  private static final BoxId OTHER_BOX = BoxId.random();
  private static final QuestionAnswer NOBODY = new QuestionAnswer(List.of());

  @RegisterExtension final TemporaryStore database = TemporaryStore.with("CASES");

  private final SteppedClock clock = SteppedClock.at("2026-09-10T05:00:00Z");
  private final OpeningKey key = OpeningKey.random();
  private final List<OrganisationId> complained = new ArrayList<>();
  private final Set<BoxId> askedOtherwise = new HashSet<>();
  private boolean lineIsThere = true;
  private Cases cases;
  private Inquiries inquiries;

  @BeforeEach
  void open() {
    cases = new Cases(database.store(), new OneCustomer(), key, clock);
    cases.onChange(complained::add);
    inquiries = new Inquiries(database.store(), cases, new TwoBoxes(), key, clock);
    inquiries.onChange(askedOtherwise::addAll);
  }

  private static final class OneCustomer implements CustomerFinder {

    @Override
    public boolean isCustomer(Handle handle, OrganisationId organisation) {
      return organisation.equals(NOMAD);
    }

    @Override
    public Optional<OrganisationId> whoShowed(Handle handle, Msisdn shown, Instant at) {
      return shown.equals(SHOWN) ? Optional.of(NOMAD) : Optional.empty();
    }
  }

  private final class TwoBoxes implements BoxFinder {

    @Override
    public List<Owned> showed(Handle handle, Msisdn shown, Instant from, Instant until) {
      return shown.equals(SHOWN) ? List.of(new Owned(BOX, NOMAD)) : List.of();
    }

    @Override
    public List<Owned> all(Handle handle) {
      return List.of(new Owned(BOX, NOMAD), new Owned(OTHER_BOX, OrganisationId.random()));
    }

    @Override
    public Optional<Line> answered(Handle handle, Optional<Msisdn> preferred) {
      return lineIsThere ? Optional.of(new Line(SHOWN, BOX)) : Optional.empty();
    }
  }

  // ---- what is done

  private InquiryOrder order(Msisdn number, Optional<Msisdn> shown) {
    return new InquiryOrder(
        number, shown, clock.instant().minus(Duration.ofDays(7)), Reason.CONTACT_MISSING, "");
  }

  private InquiryOrder complaint() {
    return new InquiryOrder(
        AIGUL, Optional.of(SHOWN), clock.instant(), Reason.COMPLAINS, "Не звоните\nмне");
  }

  private OpeningResult.Opened opened(InquiryOrder order) {
    OpeningResult result = answer(inquiries.open(order));
    assertThat(result).isInstanceOf(OpeningResult.Opened.class);
    return (OpeningResult.Opened) result;
  }

  private OpeningResult.Opened opened() {
    return opened(order(AIGUL, Optional.of(SHOWN)));
  }

  private Inquiries.Outcome types(BoxId box, Msisdn caller, String code) {
    CaseReport report =
        CaseReport.of(
            box, UUID.randomUUID().toString(), new PassedCode(caller, code), key.sealing());
    return take(box, report);
  }

  private Inquiries.Outcome says(BoxId box, String question, QuestionAnswer answer) {
    return take(box, CaseReport.of(box, question, answer, key.sealing()));
  }

  private Inquiries.Outcome take(BoxId box, CaseReport report) {
    Inquiries.Outcome outcome =
        answer(
            database
                .store()
                .write(handle -> inquiries.take(handle, box, inquiries.open(box, report))));
    outcome.tell(inquiries, cases);
    return outcome;
  }

  private List<Question> questions(BoxId box) {
    return answer(database.store().read(handle -> inquiries.questions(handle, box)));
  }

  private Inquiry.Answered look(OpeningResult.Opened opened) {
    return answer(inquiries.look(opened.token())).orElseThrow();
  }

  private InquiryState state(OpeningResult.Opened opened) {
    return look(opened).inquiry().state();
  }

  private QuestionAnswer called() {
    return new QuestionAnswer(
        List.of(
            new QuestionAnswer.Sender(
                "Автосервис «Орда»",
                "+7 727 123 45 67",
                List.of(clock.instant().minus(Duration.ofDays(7))))));
  }

  private static String wrong(String code) {
    return code.equals("000000") ? "000001" : "000000";
  }

  private String everythingInTheDatabase() {
    return answer(
        database
            .store()
            .read(handle -> {
              List<String> all = new ArrayList<>();
              for (String table : List.of("inquiry", "inquiry_box", "day_salt")) {
                all.add(
                    handle
                        .createQuery("SELECT * FROM cases." + table)
                        .mapToMap()
                        .list()
                        .toString());
              }
              return String.join("\n", all);
            }));
  }

  // ---- what is to be true

  @Test
  @Tag("EX-AC-18")
  @Tag("AC-WHO-01")
  void whoProvesHisNumberLearnsWhoCalledAndWhen() {
    OpeningResult.Opened opened = opened();
    assertThat(state(opened)).isEqualTo(InquiryState.AWAITING_PROOF);
    assertThat(opened.call()).isEqualTo(SHOWN);
    assertThat(questions(BOX)).isEmpty();

    var _ = types(BOX, AIGUL, opened.code());

    assertThat(askedOtherwise).containsExactly(BOX);
    assertThat(questions(OTHER_BOX)).isEmpty();
    Question question = questions(BOX).getFirst();
    assertThat(question.number()).isEqualTo(AIGUL);
    assertThat(question.from()).isBefore(clock.instant().minus(Duration.ofDays(7)));
    assertThat(state(opened)).isEqualTo(InquiryState.ASKING);

    var _ = says(BOX, question.id(), called());

    assertThat(questions(BOX)).isEmpty();
    assertThat(look(opened))
        .satisfies(answered -> {
          assertThat(answered.inquiry().state()).isEqualTo(InquiryState.ANSWERED);
          assertThat(answered.inquiry().found()).isTrue();
          assertThat(answered.senders()).isEqualTo(called().senders());
        });
  }

  @Test
  @Tag("AC-WHO-02")
  void whoWasNotCalledLearnsThatNobodyDid() {
    OpeningResult.Opened opened = opened(order(NEIGHBOUR, Optional.empty()));
    var _ = types(BOX, NEIGHBOUR, opened.code());
    assertThat(askedOtherwise).containsExactlyInAnyOrder(BOX, OTHER_BOX);
    String id = questions(BOX).getFirst().id();

    var _ = says(BOX, id, NOBODY);
    assertThat(state(opened)).isEqualTo(InquiryState.ASKING);
    var _ = says(OTHER_BOX, id, NOBODY);

    assertThat(look(opened).inquiry().state()).isEqualTo(InquiryState.ANSWERED);
    assertThat(look(opened).inquiry().found()).isFalse();
    assertThat(look(opened).senders()).isEmpty();
  }

  @Test
  @Tag("EX-AC-18")
  @Tag("AC-WHO-01")
  void whoDoesNotControlTheNumberIsRefused() {
    OpeningResult.Opened opened = opened();

    assertThat(types(BOX, NEIGHBOUR, opened.code()).isNews()).isFalse();
    assertThat(types(BOX, AIGUL, wrong(opened.code())).asked()).isEmpty();
    assertThat(types(OTHER_BOX, AIGUL, opened.code()).isNews()).isFalse();

    assertThat(state(opened)).isEqualTo(InquiryState.AWAITING_PROOF);
    assertThat(questions(BOX)).isEmpty();
  }

  @Test
  @Tag("AC-WHO-01")
  void aCodeIsGoodOnceAndForAQuarterOfAnHour() {
    OpeningResult.Opened late = opened();
    clock.advance(Inquiries.CODE);
    var _ = types(BOX, AIGUL, late.code());
    assertThat(questions(BOX)).isEmpty();
    answer(inquiries.sweep());
    assertThat(state(late)).isEqualTo(InquiryState.EXPIRED);

    OpeningResult.Opened opened = opened();
    var _ = types(BOX, AIGUL, opened.code());
    assertThat(types(BOX, AIGUL, opened.code()).isNews()).isFalse();
    assertThat(questions(BOX)).hasSize(1);
  }

  /// At midnight the salt of the day changes.
  @Test
  @Tag("AC-WHO-01")
  void aCodeIsGoodOverMidnight() {
    clock.advance(Duration.ofHours(13).plusMinutes(55));
    OpeningResult.Opened opened = opened();
    clock.advance(Duration.ofMinutes(10));

    var _ = types(BOX, AIGUL, opened.code());

    assertThat(state(opened)).isEqualTo(InquiryState.ASKING);
  }

  @Test
  @Tag("AC-WHO-01")
  void afterFiveWrongCodesNoneIsGood() {
    OpeningResult.Opened opened = opened();
    for (int i = 0; i < Inquiries.MOST_WRONG_CODES; i++) {
      var _ = types(BOX, AIGUL, wrong(opened.code()));
    }

    var _ = types(BOX, AIGUL, opened.code());

    assertThat(state(opened)).isEqualTo(InquiryState.EXPIRED);
    assertThat(questions(BOX)).isEmpty();
  }

  @Test
  @Tag("AC-WHO-03")
  @Tag("PLT-24")
  void noNumberIsInTheDatabaseAndNothingSealedStaysWhenAllIsAnswered() {
    PrivacyScan scan = new PrivacyScan();
    scan.watchFor(AIGUL);
    OpeningResult.Opened opened = opened();
    assertThat(scan.findIn(everythingInTheDatabase())).isEmpty();
    var _ = types(BOX, AIGUL, opened.code());
    assertThat(scan.findIn(everythingInTheDatabase())).isEmpty();
    var _ = says(BOX, questions(BOX).getFirst().id(), called());

    assertThat(column("secret")).isEmpty();
    assertThat(scan.findIn(everythingInTheDatabase())).isEmpty();
  }

  private List<String> column(String name) {
    return answer(
        database
            .store()
            .read(handle ->
                handle
                    .createQuery(
                        "SELECT " + name + " FROM cases.inquiry WHERE " + name + " IS NOT NULL")
                    .mapTo(String.class)
                    .list()));
  }

  @Test
  @Tag("AC-WHO-03")
  void anAnswerIsGoneAnHourAfterItWasFetchedAndItsReasonStays() {
    OpeningResult.Opened opened = opened();
    var _ = types(BOX, AIGUL, opened.code());
    var _ = says(BOX, questions(BOX).getFirst().id(), called());
    clock.advance(Duration.ofDays(2));
    answer(inquiries.sweep());
    assertThat(look(opened).senders()).hasSize(1);

    clock.advance(Inquiries.FETCHED);
    answer(inquiries.sweep());

    assertThat(look(opened).senders()).isEmpty();
    assertThat(look(opened).inquiry().found()).isTrue();
    assertThat(look(opened).inquiry().reason()).isEqualTo(Reason.CONTACT_MISSING);
    assertThat(everythingInTheDatabase()).doesNotContain("salt_day=2026-09-10");
  }

  @Test
  @Tag("AC-WHO-03")
  void aBoxThatIsAwayIsAskedForAWeekAndItsLateAnswerChangesNothing() {
    OpeningResult.Opened opened = opened(order(AIGUL, Optional.empty()));
    var _ = types(BOX, AIGUL, opened.code());
    String id = questions(BOX).getFirst().id();
    var _ = says(BOX, id, called());
    assertThat(look(opened).senders()).hasSize(1);
    clock.advance(Inquiries.PATIENCE.minusSeconds(1));
    answer(inquiries.sweep());
    assertThat(questions(OTHER_BOX)).hasSize(1);

    clock.advance(Duration.ofSeconds(1));
    askedOtherwise.clear();
    answer(inquiries.sweep());

    assertThat(askedOtherwise).containsExactly(OTHER_BOX);
    assertThat(questions(OTHER_BOX)).isEmpty();
    assertThat(column("secret")).isEmpty();
    assertThat(state(opened)).isEqualTo(InquiryState.CLOSED);
    assertThat(look(opened).senders()).isEmpty();
    assertThat(says(OTHER_BOX, id, called()).isNews()).isFalse();
    assertThat(says(OTHER_BOX, id, called()).unasked()).isFalse();
  }

  @Test
  @Tag("AC-WHO-03")
  void anAnswerCountsOnceAndOnlyFromABoxThatWasAsked() {
    OpeningResult.Opened opened = opened();
    var _ = types(BOX, AIGUL, opened.code());
    String id = questions(BOX).getFirst().id();

    assertThat(says(OTHER_BOX, id, called()).unasked()).isTrue();
    assertThat(says(BOX, UUID.randomUUID().toString(), called()).unasked()).isTrue();
    var _ = says(BOX, id, NOBODY);
    assertThat(says(BOX, id, called()).isNews()).isFalse();

    assertThat(look(opened).inquiry().found()).isFalse();
    assertThatThrownBy(
            () -> inquiries.open(OTHER_BOX, CaseReport.of(BOX, id, called(), key.sealing())))
        .isInstanceOf(MalformedMessageException.class);
  }

  @Test
  @Tag("AC-WHO-05")
  void aNumberAsksThreeTimesADayAndNobodyUsesThatUpForHim() {
    for (int i = 0; i < Inquiries.MOST_A_DAY; i++) {
      var _ = types(BOX, AIGUL, opened().code());
    }
    assertThat(answer(inquiries.open(order(AIGUL, Optional.of(SHOWN)))))
        .isEqualTo(new OpeningResult.TooMany());
    assertThat(answer(inquiries.enter(order(AIGUL, Optional.of(SHOWN)), "officer")))
        .isEqualTo(new OpeningResult.TooMany());
    clock.advance(Duration.ofDays(1));
    assertThat(state(opened())).isEqualTo(InquiryState.AWAITING_PROOF);

    for (int i = 0; i < Inquiries.MOST_UNPROVEN_A_DAY; i++) {
      assertThat(opened(order(NEIGHBOUR, Optional.empty())).code()).hasSize(6);
    }
    assertThat(answer(inquiries.open(order(NEIGHBOUR, Optional.empty()))))
        .isEqualTo(new OpeningResult.TooMany());
  }

  @Test
  void whatCannotBeAskedIsRefusedAtOnce() {
    Instant now = clock.instant();
    assertThat(answer(inquiries.open(order(AIGUL, Optional.of(FOREIGN)))))
        .isEqualTo(new OpeningResult.NotOurs());
    assertThat(answer(inquiries.open(at(now.plusMillis(1)))))
        .isEqualTo(new OpeningResult.InTheFuture());
    assertThat(answer(inquiries.open(at(now.minus(Inquiries.LONGEST_AGO).minusMillis(1)))))
        .isEqualTo(new OpeningResult.TooLongAgo());
    lineIsThere = false;
    assertThat(answer(inquiries.open(order(AIGUL, Optional.of(SHOWN)))))
        .isEqualTo(new OpeningResult.NoLine());
    assertThat(answer(inquiries.page(0, 10)).total()).isZero();
  }

  private static InquiryOrder at(Instant contact) {
    return new InquiryOrder(AIGUL, Optional.empty(), contact, Reason.NOT_REACHABLE, "");
  }

  @Test
  @Tag("AC-WHO-01")
  void whoCalledStaffHasProvenItAndOnlyStaffSeeThat() {
    OpeningResult result = answer(inquiries.enter(order(AIGUL, Optional.of(SHOWN)), "officer"));
    String id = ((OpeningResult.Entered) result).id();
    assertThat(questions(BOX)).extracting(Question::id).containsExactly(id);
    var _ = says(BOX, id, called());

    assertThat(answer(inquiries.find(id)).orElseThrow().senders()).hasSize(1);
    assertThat(answer(inquiries.find(opensAndFinds()))).isEmpty();
  }

  private String opensAndFinds() {
    clock.advance(Duration.ofSeconds(1));
    var unusedToken = opened();
    return answer(inquiries.page(0, 1)).inquiries().getFirst().id();
  }

  @Test
  @Tag("AC-SPM-01")
  void aComplaintOnThePageIsEnteredWhenTheNumberIsProven() {
    OpeningResult.Opened opened = opened(complaint());
    assertThat(answer(cases.page(false, 0, 10)).total()).isZero();

    var _ = types(BOX, AIGUL, opened.code());

    assertThat(state(opened)).isEqualTo(InquiryState.COMPLAINED);
    assertThat(complained).containsExactly(NOMAD);
    assertThat(questions(BOX)).isEmpty();
    assertThat(answer(cases.page(true, 0, 10)).complaints())
        .singleElement()
        .satisfies(entered -> {
          assertThat(entered.facts().number()).isEqualTo(AIGUL);
          assertThat(entered.facts().source()).isEqualTo(ComplaintSource.SUBSCRIBER);
          assertThat(entered.facts().numberProof()).isPresent();
          assertThat(entered.facts().text()).isEqualTo("Не звоните\nмне");
        });
    assertThat(column("secret")).isEmpty();
  }

  @Test
  void whoGivesUpIsForgotten() {
    OpeningResult.Opened opened = opened();
    var _ = types(BOX, AIGUL, opened.code());
    askedOtherwise.clear();

    assertThat(answer(inquiries.forget(opened.token()))).isTrue();

    assertThat(askedOtherwise).containsExactly(BOX);
    assertThat(questions(BOX)).isEmpty();
    assertThat(column("secret")).isEmpty();
    assertThat(answer(inquiries.forget("x".repeat(43)))).isFalse();
    assertThat(answer(inquiries.look("x".repeat(43)))).isEmpty();
  }
}
