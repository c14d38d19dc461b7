package kz.qonyrau.complaints;

import static java.nio.charset.StandardCharsets.UTF_8;
import static kz.qonyrau.testsupport.Eventually.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import kz.qonyrau.campaigns.Attestation;
import kz.qonyrau.campaigns.BlockList;
import kz.qonyrau.campaigns.Consent;
import kz.qonyrau.campaigns.ContactCards;
import kz.qonyrau.campaigns.ContactList;
import kz.qonyrau.campaigns.ContactLists;
import kz.qonyrau.campaigns.HouseRules;
import kz.qonyrau.campaigns.ImportOptions;
import kz.qonyrau.campaigns.ImportRequest;
import kz.qonyrau.campaigns.Preview;
import kz.qonyrau.campaigns.PreviewWishes;
import kz.qonyrau.campaigns.Suppressions;
import kz.qonyrau.notices.KeptNotice;
import kz.qonyrau.notices.Notices;
import kz.qonyrau.store.Outbox;
import kz.qonyrau.store.QueuedMessage;
import kz.qonyrau.testsupport.Plug;
import kz.qonyrau.testsupport.SteppedClock;
import kz.qonyrau.testsupport.TemporaryStore;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.vocabulary.ContactListId;
import kz.qonyrau.vocabulary.Msisdn;
import kz.qonyrau.wire.BlockDirective;
import kz.qonyrau.wire.BlockDirective.Standing;
import kz.qonyrau.wire.CaseReport;
import kz.qonyrau.wire.ComplaintSource;
import kz.qonyrau.wire.ContactChannel;
import kz.qonyrau.wire.MalformedMessageException;
import kz.qonyrau.wire.OpeningKey;
import kz.qonyrau.wire.ReportedComplaint;
import kz.qonyrau.wire.ReportedEvidence;
import kz.qonyrau.wire.ReportedEvidence.EvidenceFile;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Complaints over a real database, with the block list, the outbox and the owner's notices.
@Timeout(120)
class ComplaintsTest {

  private static final Instant NOW = Instant.parse("2026-11-24T05:00:00Z");
  private static final Msisdn AIGUL = new Msisdn("+77000000001");
  private static final Msisdn BOLAT = new Msisdn("+77000000002");
  private static final BoxId BOX = BoxId.random();
  private static final OpeningKey CENTRAL = OpeningKey.random();
  private static final CaseSealing SEALING = new CaseSealing(BOX, CENTRAL.sealing());

  @RegisterExtension
  final TemporaryStore database = TemporaryStore.with("OUTBOX", "CAMPAIGN", "COMPLAINT", "NOTICE");

  @TempDir private Path directory;

  private final SteppedClock clock = SteppedClock.at(NOW);
  private final Outbox outbox = new Outbox(clock);
  private Optional<CaseSealing> sealing = Optional.of(SEALING);
  private Suppressions suppressions;
  private ContactCards cards;
  private ContactLists lists;
  private Notices notices;
  private Complaints complaints;
  private int rung;
  private int changes;

  @BeforeEach
  void open() {
    suppressions = new Suppressions(database.store(), clock);
    cards =
        new ContactCards(database.store(), answer(HouseRules.open(database.store(), clock)), clock);
    lists = new ContactLists(database.store(), clock);
    notices = new Notices(database.store(), clock);
    notices.onChange(() -> rung++);
    complaints =
        new Complaints(
            database.store(),
            outbox,
            suppressions,
            cards,
            () -> sealing,
            new ComplaintNotices() {
              @Override
              public void tell(Handle handle, ComplaintNews news, Complaint complaint) {
                notices.tell(handle, news.name(), complaint.shortName(), complaint.evidenceDue());
              }

              @Override
              public void told() {
                notices.told();
              }
            },
            clock);
    complaints.onChange(() -> changes++);
  }

  @AfterEach
  void close() {
    lists.close();
  }

  // ---- what happens

  private static String newId() {
    return UUID.randomUUID().toString();
  }

  private ReportedComplaint said(Msisdn number) {
    return new ReportedComplaint(
        number,
        ContactChannel.CALL,
        clock.instant().minusSeconds(600),
        clock.instant(),
        "owner",
        "Просила больше не звонить",
        Optional.of(new ReportedComplaint.Campaign(newId(), 1200)));
  }

  private Complaint entered(Msisdn number) {
    return answer(complaints.enter(newId(), said(number)));
  }

  private BlockDirective word(String id, Msisdn number, Standing standing) {
    return new BlockDirective(
        id,
        number,
        standing,
        ContactChannel.SMS,
        ComplaintSource.SUBSCRIBER,
        NOW.minus(Duration.ofHours(2)),
        NOW.minus(Duration.ofHours(1)),
        clock.instant(),
        Optional.empty(),
        false,
        "They write every day.");
  }

  private static BlockDirective asking(BlockDirective word, Instant due) {
    return new BlockDirective(
        word.caseId(),
        word.number(),
        word.standing(),
        word.channel(),
        word.source(),
        word.contactAt(),
        word.receivedAt(),
        word.since(),
        Optional.of(due),
        word.evidenceReceived(),
        word.text());
  }

  private int obey(BlockDirective... words) {
    return answer(complaints.obey(List.of(words)));
  }

  /// A complaint that central asks about, due in three days.
  private String asked(Msisdn number) {
    String id = newId();
    var unusedCount =
        obey(asking(word(id, number, Standing.PROVISIONAL), NOW.plus(Duration.ofDays(3))));
    return id;
  }

  private AnswerResult give(String id, Optional<EvidenceFile> file) {
    return answer(complaints.answer(newId(), id, "Она согласилась в магазине", file, "owner"));
  }

  private static EvidenceFile scan(int bytes) {
    byte[] content = new byte[bytes];
    Arrays.fill(content, (byte) 7);
    byte[] signature = "%PDF-".getBytes(UTF_8);
    System.arraycopy(signature, 0, content, 0, signature.length);
    return new EvidenceFile(
        "consent.pdf", "application/pdf", Base64.getEncoder().encodeToString(content));
  }

  private ContactListId list(String name, String origin, Msisdn number) {
    try {
      Path file = directory.resolve(newId() + ".csv");
      Files.writeString(file, number.e164() + "\n");
      ContactListId id = ContactListId.random();
      Preview.Table preview = (Preview.Table) lists.preview(file, PreviewWishes.NONE);
      var _ =
          answer(
              lists.importFile(
                  new ImportRequest(
                      id,
                      name,
                      file,
                      new ImportOptions(
                          preview.form(), preview.header(), preview.columns(), Consent.GRANTED),
                      "owner")));
      assertThat(answer(lists.whenImported(id)).orElseThrow().state())
          .isEqualTo(ContactList.State.READY);
      if (!origin.isEmpty()) {
        var _ =
            answer(
                lists.attest(
                    id,
                    new Attestation(
                        origin,
                        LocalDate.parse("2025-01-01"),
                        LocalDate.parse("2026-01-01"),
                        true,
                        false,
                        "owner",
                        clock.instant())));
      }
      return id;
    } catch (IOException failure) {
      throw new AssertionError(failure);
    }
  }

  // ---- what is true then

  private boolean isBlocked(Msisdn number) {
    return answer(cards.card(number)).leftAlone().equals(Optional.of(Consent.BLOCKED));
  }

  private Complaint found(String id) {
    return answer(complaints.find(id)).orElseThrow().complaint();
  }

  private List<KeptNotice> told() {
    return answer(notices.newest(false, 400)).notices();
  }

  private List<String> codes() {
    return told().stream().map(KeptNotice::code).toList();
  }

  private List<QueuedMessage> queued() {
    return answer(database.store().read(handle -> outbox.next(handle, 0, 1000)));
  }

  private static CaseReport report(QueuedMessage message) {
    assertThat(message.kind()).isEqualTo("case");
    return CaseReport.parse(new String(message.body(), UTF_8));
  }

  private long waiting() {
    return answer(complaints.waiting());
  }

  // ---- entered here

  @Test
  @Tag("AC-SPM-01")
  @Tag("AC-SPM-02")
  void whatIsEnteredBlocksAtOnceAndCentralIsToldSealed() {
    ReportedComplaint said = said(AIGUL);
    Complaint complaint = answer(complaints.enter(newId(), said));

    assertThat(isBlocked(AIGUL)).isTrue();
    assertThat(isBlocked(BOLAT)).isFalse();
    assertThat(found(complaint.id())).isEqualTo(complaint);
    assertThat(complaint.standing()).isEqualTo(Standing.PROVISIONAL);
    assertThat(complaint.source()).isEqualTo(ComplaintSource.CUSTOMER);
    assertThat(complaint.enteredBy()).contains("owner");
    assertThat(told()).isEmpty();
    assertThat(queued())
        .singleElement()
        .satisfies(message -> {
          assertThat(new String(message.body(), UTF_8)).doesNotContain("700000", "Просила");
          assertThat(report(message).caseId()).isEqualTo(complaint.id());
          assertThat(report(message).complaint(BOX, CENTRAL)).isEqualTo(said);
        });
    assertThat(answer(cards.card(AIGUL)).blocks())
        .singleElement()
        .satisfies(entry -> {
          assertThat(entry.list()).isEqualTo(BlockList.COMPLAINT);
          assertThat(entry.reason()).isEqualTo("№ " + complaint.shortName());
          assertThat(entry.by()).isEqualTo("owner");
        });
  }

  @Test
  @Tag("AC-SPM-01")
  void waitsUntilCentralSaysWithWhatToSeal() {
    sealing = Optional.empty();
    Complaint first = entered(AIGUL);
    Complaint second = entered(BOLAT);

    assertThat(isBlocked(AIGUL)).isTrue();
    assertThat(answer(complaints.tellWhatWaits())).isZero();
    assertThat(queued()).isEmpty();

    sealing = Optional.of(SEALING);

    assertThat(answer(complaints.tellWhatWaits())).isEqualTo(2);
    assertThat(answer(complaints.tellWhatWaits())).isZero();
    assertThat(queued())
        .extracting(message -> report(message).caseId())
        .containsExactlyInAnyOrder(first.id(), second.id());
  }

  @Test
  @Tag("AC-SPM-01")
  void whatWaitsGoesInStretchesAndNothingTwice() {
    sealing = Optional.empty();
    for (int i = 0; i < 120; i++) {
      var _ = entered(new Msisdn("+7701%07d".formatted(i)));
    }
    sealing = Optional.of(SEALING);

    assertThat(answer(complaints.tellWhatWaits())).isEqualTo(120);
    assertThat(queued()).extracting(QueuedMessage::id).hasSize(120).doesNotHaveDuplicates();
  }

  @Test
  @Tag("AC-SPM-01")
  void underOneIdNothingIsEnteredTwice() {
    String id = newId();
    Complaint first = answer(complaints.enter(id, said(AIGUL)));
    clock.advance(Duration.ofSeconds(1));

    assertThat(answer(complaints.enter(id, said(BOLAT)))).isEqualTo(first);
    assertThat(isBlocked(BOLAT)).isFalse();
    assertThat(queued()).hasSize(1);
  }

  // ---- told by central

  @Test
  @Tag("AC-SPM-02")
  void whatCentralSaysBlocksAndUnblocksAndARepetitionChangesNothing() {
    String id = newId();
    BlockDirective provisional = word(id, AIGUL, Standing.PROVISIONAL);

    assertThat(obey(provisional)).isEqualTo(1);
    assertThat(obey(provisional)).isZero();
    assertThat(isBlocked(AIGUL)).isTrue();
    assertThat(codes()).containsExactly("COMPLAINT_RECEIVED");
    assertThat(told().getFirst().subject()).contains(id.substring(0, 8));
    assertThat(told().getFirst().subject().orElseThrow()).doesNotContain("7000");
    assertThat(rung).isEqualTo(1);
    assertThat(changes).isEqualTo(1);
    assertThat(queued()).isEmpty();

    clock.advance(Duration.ofHours(1));
    BlockDirective rejected = word(id, AIGUL, Standing.REJECTED);

    assertThat(obey(rejected)).isEqualTo(1);
    assertThat(obey(rejected)).isZero();
    assertThat(isBlocked(AIGUL)).isFalse();
    assertThat(codes()).containsExactly("COMPLAINT_REJECTED", "COMPLAINT_RECEIVED");
    assertThat(rung).isEqualTo(2);
  }

  @Test
  @Tag("AC-SPM-02")
  void anOlderWordDoesNotReplaceANewerOne() {
    String id = newId();
    BlockDirective older = word(id, AIGUL, Standing.PROVISIONAL);
    clock.advance(Duration.ofMinutes(1));
    BlockDirective newer = word(id, AIGUL, Standing.REJECTED);

    assertThat(obey(newer)).isEqualTo(1);
    assertThat(obey(older)).isZero();
    assertThat(found(id).standing()).isEqualTo(Standing.REJECTED);
    assertThat(isBlocked(AIGUL)).isFalse();
    assertThat(told()).isEmpty();
  }

  /// A box's clock may be ahead.
  @Test
  @Tag("AC-SPM-02")
  void centralsFirstWordReplacesThisBoxesOwnWhateverTheirClocksSay() {
    clock.set(NOW.plus(Duration.ofDays(2)));
    Complaint complaint = entered(AIGUL);
    clock.set(NOW);

    assertThat(obey(word(complaint.id(), AIGUL, Standing.REJECTED))).isEqualTo(1);
    assertThat(found(complaint.id()).standing()).isEqualTo(Standing.REJECTED);
    assertThat(found(complaint.id()).enteredBy()).contains("owner");
    assertThat(found(complaint.id()).campaign()).isEqualTo(complaint.campaign());
    assertThat(isBlocked(AIGUL)).isFalse();
    assertThat(codes()).containsExactly("COMPLAINT_REJECTED");
  }

  @Test
  @Tag("AC-SPM-02")
  @Tag("AC-SPM-05")
  void aNumberIsFreeWhenTheLastOfItsComplaintsIs() {
    Complaint own = entered(AIGUL);
    String others = newId();
    var unusedFirst = obey(word(others, AIGUL, Standing.PROVISIONAL));
    clock.advance(Duration.ofHours(1));

    var unusedSecond = obey(word(own.id(), AIGUL, Standing.REJECTED));
    assertThat(isBlocked(AIGUL)).isTrue();
    var unusedThird = obey(word(others, AIGUL, Standing.CONFIRMED));
    assertThat(isBlocked(AIGUL)).isTrue();
    clock.advance(Duration.ofDays(400));
    var unusedFourth = obey(word(others, AIGUL, Standing.LIFTED));

    assertThat(isBlocked(AIGUL)).isFalse();
    assertThat(codes())
        .containsExactlyInAnyOrder(
            "COMPLAINT_RECEIVED", "COMPLAINT_REJECTED", "COMPLAINT_CONFIRMED", "BLOCK_LIFTED");
  }

  @Test
  @Tag("AC-SPM-02")
  void inOnePageANumberMayBeFreedAndBlocked() {
    String ended = newId();
    var unusedFirst = obey(word(ended, AIGUL, Standing.PROVISIONAL));
    clock.advance(Duration.ofHours(1));

    var unusedSecond =
        obey(
            word(newId(), AIGUL, Standing.PROVISIONAL),
            word(ended, AIGUL, Standing.REJECTED),
            word(newId(), BOLAT, Standing.CONFIRMED));

    assertThat(isBlocked(AIGUL)).isTrue();
    assertThat(isBlocked(BOLAT)).isTrue();
  }

  @Test
  @Tag("AC-SPM-02")
  void anotherBlockOfTheNumberStays() {
    var _ = answer(suppressions.add(List.of(AIGUL), BlockList.OWN, "asked us to", "owner"));
    String id = newId();
    var unusedFirst = obey(word(id, AIGUL, Standing.PROVISIONAL));
    clock.advance(Duration.ofHours(1));
    var unusedSecond = obey(word(id, AIGUL, Standing.REJECTED));

    assertThat(answer(cards.card(AIGUL)).blocks())
        .extracting(Suppressions.Entry::list)
        .containsExactly(BlockList.OWN);
  }

  @ParameterizedTest
  @EnumSource
  @Tag("AC-SPM-05")
  void ofWhatABoxHearsLateItIsToldOnlyWhatStillHolds(Standing standing) {
    var unusedCount = obey(word(newId(), AIGUL, standing));

    assertThat(isBlocked(AIGUL)).isEqualTo(standing.blocks());
    assertThat(codes())
        .isEqualTo(
            switch (standing) {
              case PROVISIONAL -> List.of("COMPLAINT_RECEIVED");
              case CONFIRMED -> List.of("COMPLAINT_CONFIRMED");
              case REJECTED, LIFTED -> List.of();
            });
  }

  @Test
  @Tag("AC-SPM-04")
  void theOwnerIsAskedForProofOnceForEachTime() {
    String id = newId();
    BlockDirective word = word(id, AIGUL, Standing.PROVISIONAL);
    Instant due = NOW.plus(Duration.ofDays(3));
    var unusedFirst = obey(word);
    assertThat(waiting()).isZero();

    var unusedSecond = obey(asking(word, due));
    var unusedThird = obey(asking(word, due));

    assertThat(codes()).containsExactlyInAnyOrder("COMPLAINT_RECEIVED", "EVIDENCE_ASKED");
    assertThat(told())
        .filteredOn(notice -> notice.code().equals("EVIDENCE_ASKED"))
        .first()
        .satisfies(notice -> assertThat(notice.until()).contains(due));
    assertThat(waiting()).isEqualTo(1);
  }

  @Test
  @Tag("AC-SPM-08")
  void importingTheNumberAgainDoesNotUnblockIt() {
    var _ = list("old", "Клиенты магазина", AIGUL);
    var unusedCount = obey(word(newId(), AIGUL, Standing.CONFIRMED));

    var _ = list("new", "Согласие на сайте", AIGUL);

    assertThat(isBlocked(AIGUL)).isTrue();
    assertThat(answer(cards.card(AIGUL)).listings())
        .hasSize(2)
        .allSatisfy(listing -> assertThat(listing.contact().calls()).isEqualTo(Consent.BLOCKED));
  }

  // ---- answers

  @Test
  @Tag("AC-SPM-04")
  void anAnswerTakesTheFileAndWhatTheListsSayAlong() {
    var _ = list("nobody answers for", "", AIGUL);
    var _ = list("older", "Клиенты\tмагазина", AIGUL);
    clock.advance(Duration.ofSeconds(1));
    var _ = list("newer", "Согласие на сайте", AIGUL);
    var _ = list("others", "Согласие на сайте", BOLAT);
    String id = asked(AIGUL);
    assertThat(answer(complaints.find(id)).orElseThrow().records())
        .extracting(ReportedEvidence.ConsentRecord::list)
        .containsExactly("newer", "older");

    AnswerResult result = give(id, Optional.of(scan(1000)));

    assertThat(result)
        .isInstanceOfSatisfying(
            AnswerResult.Given.class,
            given -> {
              assertThat(given.answer().late()).isFalse();
              assertThat(given.answer().file()).contains("consent.pdf");
              assertThat(answer(complaints.find(id)).orElseThrow().answers())
                  .containsExactly(given.answer());
            });
    assertThat(found(id).evidenceReceived()).isTrue();
    assertThat(waiting()).isZero();
    ReportedEvidence sent = report(queued().getFirst()).evidence(BOX, CENTRAL);
    assertThat(sent.note()).isEqualTo("Она согласилась в магазине");
    assertThat(sent.file()).contains(scan(1000));
    assertThat(sent.records())
        .extracting(record -> record.list() + ": " + record.origin())
        .containsExactly("newer: Согласие на сайте", "older: Клиенты магазина");
    assertThat(sent.records().getFirst().forCalls()).isTrue();
    assertThat(sent.records().getFirst().forMessages()).isFalse();
  }

  @Test
  @Tag("AC-SPM-04")
  void anAnswerWaitsWithItsFileAndRecordsUntilItCanBeSealed() {
    var _ = list("shop", "Клиенты магазина", AIGUL);
    String id = asked(AIGUL);
    sealing = Optional.empty();
    var _ = give(id, Optional.of(scan(EvidenceFile.LIMIT_BYTES)));
    assertThat(queued()).isEmpty();
    var _ = list("came later", "Клиенты магазина", AIGUL);
    sealing = Optional.of(SEALING);

    assertThat(answer(complaints.tellWhatWaits())).isEqualTo(1);
    assertThat(answer(complaints.tellWhatWaits())).isZero();

    ReportedEvidence sent = report(queued().getFirst()).evidence(BOX, CENTRAL);
    assertThat(sent.file()).contains(scan(EvidenceFile.LIMIT_BYTES));
    assertThat(sent.records())
        .extracting(ReportedEvidence.ConsentRecord::list)
        .containsExactly("shop");
  }

  @Test
  @Tag("AC-SPM-04")
  void whatDoesNotFitBesideALargeFileIsTheOldestRecords() {
    for (int i = 0; i < 22; i++) {
      var _ = list("購".repeat(120), "購".repeat(500), AIGUL);
    }
    String id = asked(AIGUL);

    assertThat(
            answer(
                complaints.answer(
                    newId(),
                    id,
                    "購".repeat(ReportedEvidence.LONGEST_NOTE),
                    Optional.of(scan(EvidenceFile.LIMIT_BYTES)),
                    "owner")))
        .isInstanceOf(AnswerResult.Given.class);

    assertThat(report(queued().getFirst()).evidence(BOX, CENTRAL).records())
        .hasSizeBetween(10, ReportedEvidence.MOST_RECORDS);
  }

  /// Central's word may cross with the answer; only a newer question wants another one.
  @Test
  @Tag("AC-SPM-04")
  void whoIsAskedAgainAnswersAgain() {
    String id = newId();
    BlockDirective question =
        asking(word(id, AIGUL, Standing.PROVISIONAL), NOW.plus(Duration.ofDays(3)));
    var unusedCount = obey(question);
    var _ = give(id, Optional.empty());

    assertThat(obey(question)).isZero();
    assertThat(found(id).evidenceReceived()).isTrue();
    assertThat(waiting()).isZero();

    clock.advance(Duration.ofHours(1));
    assertThat(obey(asking(word(id, AIGUL, Standing.PROVISIONAL), NOW.plus(Duration.ofDays(4)))))
        .isEqualTo(1);
    assertThat(found(id).evidenceReceived()).isFalse();
    assertThat(waiting()).isEqualTo(1);

    assertThat(give(id, Optional.empty())).isInstanceOf(AnswerResult.Given.class);
    assertThat(found(id).evidenceReceived()).isTrue();
    assertThat(waiting()).isZero();
  }

  @Test
  @Tag("AC-SPM-04")
  void isAnsweredOnlyWhereThatIsAsked() {
    Complaint unasked = entered(AIGUL);
    String decided = asked(BOLAT);
    clock.advance(Duration.ofHours(1));
    var unusedCount = obey(word(decided, BOLAT, Standing.CONFIRMED));

    assertThat(give(unasked.id(), Optional.empty())).isEqualTo(new AnswerResult.NotAsked());
    assertThat(give(decided, Optional.empty()))
        .isEqualTo(new AnswerResult.Decided(Standing.CONFIRMED));
    assertThat(give(newId(), Optional.empty())).isEqualTo(new AnswerResult.NoSuchComplaint());
    assertThat(queued()).hasSize(1);
  }

  @Test
  @Tag("AC-SPM-04")
  void anAnswerAfterItsTimeIsTakenAndMarked() {
    String id = asked(AIGUL);
    clock.set(NOW.plus(Duration.ofDays(3)).plusMillis(1));

    assertThat(give(id, Optional.empty()))
        .isInstanceOfSatisfying(
            AnswerResult.Given.class, given -> assertThat(given.answer().late()).isTrue());
  }

  @Test
  @Tag("AC-SPM-04")
  void underOneIdNothingIsAnsweredTwiceAndNobodyAnswersForEver() {
    String id = asked(AIGUL);
    String answerId = newId();
    AnswerResult first = answer(complaints.answer(answerId, id, "one", Optional.empty(), "owner"));

    assertThat(answer(complaints.answer(answerId, id, "two", Optional.empty(), "owner")))
        .isEqualTo(first);
    for (int i = 1; i < Complaints.MOST_ANSWERS; i++) {
      assertThat(give(id, Optional.empty())).isInstanceOf(AnswerResult.Given.class);
    }
    assertThat(give(id, Optional.empty())).isEqualTo(new AnswerResult.TooMany());
    assertThat(queued()).hasSize(Complaints.MOST_ANSWERS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "a\u0000b", "a\u001bb"})
  @Tag("AC-SPM-04")
  void refusesANoteThatNoMessageCarries(String note) {
    String id = asked(AIGUL);

    assertThatThrownBy(() -> complaints.answer(newId(), id, note, Optional.empty(), "owner"))
        .isInstanceOf(MalformedMessageException.class)
        .hasMessageContaining("case.note");
  }

  // ---- the whole course

  @Test
  @Tag("EX-AC-17")
  void aComplaintIsAnsweredAndRejectedAndTheBlockIsLifted() {
    var _ = list("shop", "Клиенты магазина", AIGUL);
    Complaint complaint = entered(AIGUL);
    assertThat(isBlocked(AIGUL)).isTrue();
    clock.advance(Duration.ofMinutes(5));
    Instant due = NOW.plus(Duration.ofDays(3));
    var unusedFirst = obey(asking(word(complaint.id(), AIGUL, Standing.PROVISIONAL), due));
    assertThat(codes()).containsExactly("EVIDENCE_ASKED");

    clock.advance(Duration.ofDays(2));
    assertThat(give(complaint.id(), Optional.of(scan(5000))))
        .isInstanceOf(AnswerResult.Given.class);
    assertThat(isBlocked(AIGUL)).isTrue();
    clock.advance(Duration.ofHours(3));
    var unusedSecond = obey(word(complaint.id(), AIGUL, Standing.REJECTED));

    assertThat(isBlocked(AIGUL)).isFalse();
    assertThat(codes()).containsExactly("COMPLAINT_REJECTED", "EVIDENCE_ASKED");
    assertThat(queued())
        .extracting(message -> report(message).kind())
        .containsExactly(CaseReport.Kind.COMPLAINT, CaseReport.Kind.EVIDENCE);
  }

  @Test
  @Tag("EX-AC-17")
  @Tag("AC-SPM-05")
  void withoutAnAnswerItIsConfirmedAndTheBlockStays() {
    String id = asked(AIGUL);
    clock.advance(Duration.ofDays(4));
    var unusedFirst = obey(word(id, AIGUL, Standing.CONFIRMED));
    clock.advance(Duration.ofDays(1000));

    assertThat(give(id, Optional.empty())).isEqualTo(new AnswerResult.Decided(Standing.CONFIRMED));
    assertThat(isBlocked(AIGUL)).isTrue();
    assertThat(waiting()).isZero();
  }

  // ---- shown

  @Test
  @Tag("AC-SPM-01")
  void arePagedNewestFirstAndReadOneAfterTheOther() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      ids.add(entered(new Msisdn("+7701%07d".formatted(i))).id());
      clock.advance(Duration.ofMinutes(1));
    }
    BlockDirective end =
        new BlockDirective(
            ids.get(4),
            new Msisdn("+77010000004"),
            Standing.REJECTED,
            ContactChannel.CALL,
            ComplaintSource.CUSTOMER,
            NOW,
            found(ids.get(4)).receivedAt(),
            clock.instant(),
            Optional.empty(),
            false,
            "x");
    var unusedCount = obey(end);

    ComplaintPage open = answer(complaints.page(true, 0, 3));
    assertThat(open.total()).isEqualTo(4);
    assertThat(open.items())
        .extracting(Complaint::id)
        .containsExactly(ids.get(3), ids.get(2), ids.get(1));
    assertThat(answer(complaints.page(false, 1, 3)).items())
        .extracting(Complaint::id)
        .containsExactly(ids.get(1), ids.get(0));
    for (int size = 1; size <= 6; size++) {
      List<String> read = new ArrayList<>();
      List<Complaint> page = answer(complaints.after(Optional.empty(), size));
      while (!page.isEmpty()) {
        page.forEach(one -> read.add(one.id()));
        page = answer(complaints.after(Optional.of(page.getLast()), size));
      }
      assertThat(read).isEqualTo(ids);
    }
    assertThatThrownBy(() -> complaints.page(true, -1, 3))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> complaints.page(true, 0, 1001))
        .isInstanceOf(IllegalArgumentException.class);
  }

  // ---- power cuts

  /// Lets something happen with the power cut before its n-th statement, for every n, and again
  /// after the start.
  ///
  /// @param course may be repeated under the number that it is given
  /// @param traces what it leaves in all, counted
  private void isOneWholeWhereverThePowerIsCut(
      Function<Integer, Runnable> course, Function<Integer, List<Long>> traces) {
    boolean pulled = true;
    for (int statement = 1; pulled; statement++) {
      Runnable one = course.apply(statement);
      List<Long> before = traces.apply(statement);
      Plug plug = Plug.in(database.store(), statement);
      try {
        one.run();
      } catch (Plug.Pulled _) {
        // What a power cut looks like from here.
      }
      pulled = plug.isPulled();
      Plug.remove(database.store());
      if (pulled) {
        assertThat(traces.apply(statement)).as("cut at " + statement).isEqualTo(before);
        one.run();
      }
      List<Long> after = traces.apply(statement);
      for (int i = 0; i < after.size(); i++) {
        assertThat(after.get(i)).as("trace " + i).isEqualTo(before.get(i) + 1);
      }
      one.run();
      assertThat(traces.apply(statement)).as("repeated").isEqualTo(after);
      assertThat(statement).isLessThan(40);
    }
  }

  private static Msisdn numbered(int statement) {
    return new Msisdn("+7702%07d".formatted(statement));
  }

  private static String idOf(String what, int statement) {
    return UUID.nameUUIDFromBytes((what + statement).getBytes(UTF_8)).toString();
  }

  private long rows(String table) {
    return answer(
        database
            .store()
            .read(handle ->
                handle.createQuery("SELECT COUNT(*) FROM " + table).mapTo(Long.class).one()));
  }

  @Test
  @Tag("AC-SPM-02")
  void complaintBlockAndReportAreOne() {
    isOneWholeWhereverThePowerIsCut(
        statement ->
            () -> {
              var _ = answer(complaints.enter(idOf("case", statement), said(numbered(statement))));
            },
        _ ->
            List.of(
                rows("complaint.complaint"),
                rows("campaign.suppression_entry"),
                rows("campaign.suppression"),
                (long) queued().size()));
  }

  @Test
  @Tag("AC-SPM-02")
  void whatCentralSaysAndWhatTheOwnerIsToldAreOne() {
    isOneWholeWhereverThePowerIsCut(
        statement -> {
          BlockDirective word =
              word(idOf("word", statement), numbered(statement), Standing.PROVISIONAL);
          return () -> {
            var unusedCount = obey(word);
          };
        },
        _ ->
            List.of(
                rows("complaint.complaint"),
                rows("campaign.suppression_entry"),
                (long) told().size()));
  }

  @Test
  @Tag("AC-SPM-05")
  void theEndOfAComplaintIsOneWithTheEndOfItsBlock() {
    isOneWholeWhereverThePowerIsCut(
        statement -> {
          String id = idOf("end", statement);
          var unusedCount = obey(word(id, numbered(statement), Standing.CONFIRMED));
          clock.advance(Duration.ofSeconds(1));
          BlockDirective end = word(id, numbered(statement), Standing.LIFTED);
          return () -> {
            var unusedEnd = obey(end);
          };
        },
        statement ->
            List.of(
                isBlocked(numbered(statement)) ? 0L : 1L,
                found(idOf("end", statement)).standing() == Standing.LIFTED ? 1L : 0L,
                codes().stream().filter("BLOCK_LIFTED"::equals).count()));
  }

  @Test
  @Tag("AC-SPM-04")
  void anAnswerAndItsReportAreOne() {
    var _ = list("shop", "Клиенты магазина", AIGUL);
    String id = asked(AIGUL);
    isOneWholeWhereverThePowerIsCut(
        statement ->
            () -> {
              var _ =
                  answer(
                      complaints.answer(
                          idOf("answer", statement),
                          id,
                          "She agreed.",
                          Optional.of(scan(2000)),
                          "owner"));
            },
        _ ->
            List.of(
                rows("complaint.answer"),
                rows("complaint.consent_record"),
                (long) queued().size(),
                rows("complaint.answer WHERE reported = TRUE")));
  }

  @Test
  @Tag("AC-SPM-01")
  void whatWaitedIsToldOnceWhereverThePowerIsCut() {
    isOneWholeWhereverThePowerIsCut(
        statement -> {
          sealing = Optional.empty();
          var _ = answer(complaints.enter(idOf("late", statement), said(numbered(statement))));
          sealing = Optional.of(SEALING);
          return () -> {
            var unusedCount = answer(complaints.tellWhatWaits());
          };
        },
        _ -> List.of((long) queued().size(), rows("complaint.complaint WHERE reported = TRUE")));
  }
}
