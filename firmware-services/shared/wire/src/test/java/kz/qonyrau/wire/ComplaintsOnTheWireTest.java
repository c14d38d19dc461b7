package kz.qonyrau.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import kz.qonyrau.testsupport.PrivacyScan;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.vocabulary.Msisdn;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Complaints name numbers, so they cross the line sealed and in no other way.
@Tag("PLT-24")
@Tag("AC-SPM-02")
class ComplaintsOnTheWireTest {

  private static final Msisdn NUMBER = new Msisdn("+77000000001");
  private static final Instant AT = Instant.parse("2026-11-24T05:00:00Z");
  private static final BoxId BOX = BoxId.random();

  private final OpeningKey box = OpeningKey.random();
  private final OpeningKey central = OpeningKey.random();

  private static BlockDirective directive(String text) {
    return new BlockDirective(
        UUID.randomUUID().toString(),
        NUMBER,
        BlockDirective.Standing.PROVISIONAL,
        ContactChannel.CALL,
        ComplaintSource.SUBSCRIBER,
        AT,
        AT,
        AT,
        Optional.of(AT.plusSeconds(60)),
        false,
        text);
  }

  private BlocksDocument sealed(List<BlockDirective> directives, long version) {
    return BlocksDocument.seal(BOX, version, central.sealing(), directives, box.sealing());
  }

  @Test
  void aBoxReadsWhatWasSealedForItAndNobodyElseDoes() {
    List<BlockDirective> directives =
        List.of(directive("Не звоните"), directive("Қоңырау шалмаңыз"));

    SignedDocument signed = sealed(directives, 7).sign(SomeKeys.PROVIDER);
    BlocksDocument read = BlocksDocument.parse(signed);

    assertThat(read.open(box)).isEqualTo(directives);
    assertThatThrownBy(() -> read.open(central)).isInstanceOf(MalformedMessageException.class);
    PrivacyScan scan = new PrivacyScan();
    scan.watchFor(NUMBER);
    assertThat(scan.findIn(signed.text())).isEmpty();
    assertThat(signed.text()).doesNotContain("звоните");
  }

  @Test
  void whatWasSealedForOneVersionOrBoxDoesNotOpenInAnother() {
    BlocksDocument seventh = sealed(List.of(directive("a")), 7);

    assertThatThrownBy(
            () -> new BlocksDocument(BOX, 8, seventh.reports(), seventh.sealed()).open(box))
        .isInstanceOf(MalformedMessageException.class);
    assertThatThrownBy(() ->
            new BlocksDocument(BoxId.random(), 7, seventh.reports(), seventh.sealed()).open(box))
        .isInstanceOf(MalformedMessageException.class);
  }

  /// As many of the longest texts in the widest script as are said to fit pass by the line, in a
  /// file, and into the column where documents are kept.
  @Test
  void aFullPageOfTheLongestTextsFits() {
    List<BlockDirective> all = new ArrayList<>();
    for (int i = 0; i < BlocksDocument.MOST; i++) {
      all.add(directive("電".repeat(BlockDirective.LONGEST_TEXT)));
    }
    List<BlockDirective> many = all.subList(0, BlocksDocument.fitting(all));
    assertThat(many).hasSizeGreaterThan(5);

    SignedDocument signed = sealed(many, 1).sign(SomeKeys.PROVIDER);

    assertThat(DocumentFile.parse(new DocumentFile(List.of(signed)).write()).documents())
        .containsExactly(signed);
    Envelope envelope =
        Envelope.sign(
            UUID.randomUUID().toString(),
            BOX,
            0,
            AT,
            Schemas.BLOCKLIST,
            signed.body(),
            SomeKeys.PROVIDER);
    assertThat(Envelope.parse(envelope.bytes())).isEqualTo(envelope);
    assertThat(BlocksDocument.parse(signed).open(box)).isEqualTo(many);
    assertThat(signed.text()).hasSizeLessThan(32_000);
  }

  @Test
  void shortTextsFillAPage() {
    List<BlockDirective> many = new ArrayList<>();
    for (int i = 0; i <= BlocksDocument.MOST; i++) {
      many.add(directive("Нет"));
    }

    assertThat(BlocksDocument.fitting(many)).isEqualTo(BlocksDocument.MOST);
    assertThat(BlocksDocument.fitting(many.subList(0, 3))).isEqualTo(3);
    assertThat(BlocksDocument.fitting(List.of())).isZero();
    assertThat(sealed(many.subList(0, BlocksDocument.MOST), 1).sign(SomeKeys.PROVIDER).text())
        .hasSizeLessThan(32_000);
  }

  @Test
  void moreThanAPageAndTwoWordsOnOneComplaintAreRefused() {
    BlockDirective one = directive("a");
    assertThatThrownBy(() -> sealed(List.of(one, one), 1))
        .isInstanceOf(MalformedMessageException.class)
        .hasMessageContaining("twice");
    List<BlockDirective> many = new ArrayList<>();
    for (int i = 0; i <= BlocksDocument.MOST; i++) {
      many.add(directive("a"));
    }
    assertThatThrownBy(() -> sealed(many, 1)).isInstanceOf(MalformedMessageException.class);
    assertThat(sealed(List.of(), 1).open(box)).isEmpty();
  }

  @Test
  void whatABoxReportsIsForCentralAlone() {
    String id = UUID.randomUUID().toString();
    ReportedComplaint complaint =
        new ReportedComplaint(
            NUMBER,
            ContactChannel.CALL,
            AT,
            AT,
            "operator",
            "Хватит звонить",
            Optional.of(new ReportedComplaint.Campaign(id, 1000)));
    CaseReport report = CaseReport.of(BOX, id, complaint, central.sealing());
    String body = new String(report.body(), UTF_8);

    CaseReport read = CaseReport.parse(body);

    assertThat(read.complaint(BOX, central)).isEqualTo(complaint);
    assertThat(body).doesNotContain("7000000001").doesNotContain("Хватит");
    assertThatThrownBy(() -> read.complaint(BoxId.random(), central))
        .isInstanceOf(MalformedMessageException.class);
    assertThatThrownBy(() -> read.evidence(BOX, central))
        .isInstanceOf(MalformedMessageException.class);
    assertThatThrownBy(() ->
            new CaseReport(UUID.randomUUID().toString(), read.kind(), read.sealed())
                .complaint(BOX, central))
        .isInstanceOf(MalformedMessageException.class);
  }

  /// The largest file, the longest note and all records fit into one message.
  @Test
  @Tag("AC-SPM-04")
  void theLargestAnswerFitsIntoOneMessage() {
    byte[] bytes = new byte[ReportedEvidence.EvidenceFile.LIMIT_BYTES];
    System.arraycopy("%PDF-1.4".getBytes(UTF_8), 0, bytes, 0, 8);
    ReportedEvidence.ConsentRecord record =
        new ReportedEvidence.ConsentRecord(
            "ә".repeat(200), AT, "ә".repeat(500), true, true, "ә".repeat(100), AT);
    ReportedEvidence evidence =
        new ReportedEvidence(
            UUID.randomUUID().toString(),
            AT,
            "owner",
            "電".repeat(ReportedEvidence.LONGEST_NOTE),
            Collections.nCopies(ReportedEvidence.MOST_RECORDS, record),
            Optional.of(
                new ReportedEvidence.EvidenceFile(
                    "согласие.pdf", "application/pdf", Base64.getEncoder().encodeToString(bytes))));
    String id = UUID.randomUUID().toString();

    CaseReport report = CaseReport.of(BOX, id, evidence, central.sealing());
    Envelope envelope =
        Envelope.sign(
            UUID.randomUUID().toString(),
            BOX,
            1,
            AT,
            Schemas.CASE,
            new String(report.body(), UTF_8),
            SomeKeys.DEVICE);

    CaseReport read = CaseReport.parse(Envelope.parse(envelope.bytes()).body());
    assertThat(read.evidence(BOX, central)).isEqualTo(evidence);
    assertThat(read.evidence(BOX, central).file().orElseThrow().bytes()).isEqualTo(bytes);
  }
}
