package kz.qonyrau.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.vocabulary.CallId;
import kz.qonyrau.wire.PromotedRecording.Publication;
import kz.qonyrau.wire.PromotedRecording.TelegramMessage;
import kz.qonyrau.wire.PromotedRecording.Withdrawal;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What central tells a box of published recordings, and what the box says to it.
@Tag("SH-NOT-11")
@Tag("AC-REC-06")
class PromotionsOnTheWireTest {

  private static final Instant NOW = Instant.parse("2026-11-24T04:00:00.123Z");
  private static final BoxId BOX = BoxId.random();
  private static final OpeningKey KEY = OpeningKey.random();

  /// A recording in whose places is as much as can be, withdrawn and removed.
  private static PromotedRecording largest(int n) {
    return new PromotedRecording(
        UUID.randomUUID().toString(),
        CallId.random(),
        new TelegramMessage("-999999999999999" + n % 10, Integer.MAX_VALUE - n),
        NOW,
        Set.of(PromotionOutlet.SITE, PromotionOutlet.SOCIAL),
        Optional.of(new Withdrawal(NOW, NOW.plusSeconds(1))),
        Collections.nCopies(
            PromotedRecording.MOST_PUBLICATIONS,
            new Publication(
                PromotionOutlet.SOCIAL, "\"қ\n".repeat(66), NOW, Optional.of(NOW.plusSeconds(1)))));
  }

  private static PromotedRecording unpublished(int n) {
    return new PromotedRecording(
        UUID.randomUUID().toString(),
        CallId.random(),
        new TelegramMessage("1", n),
        NOW,
        Set.of(PromotionOutlet.SITE),
        Optional.empty(),
        List.of());
  }

  @Test
  void whatFitsCanBeSealedAndIsOpenedByTheBoxAlone() {
    List<PromotedRecording> many = new ArrayList<>();
    for (int n = 1; n < 100; n++) {
      many.add(largest(n));
    }

    List<PromotedRecording> fitting = PromotionDocument.fitting(many);
    PromotionDocument document = PromotionDocument.seal(BOX, 7, fitting, KEY.sealing());

    assertThat(fitting).isNotEmpty();
    assertThat(document.open(KEY)).isEqualTo(fitting);
    assertThat(document.sealed()).doesNotContain(fitting.getFirst().message().chat());
    assertThatThrownBy(() -> document.open(OpeningKey.random()))
        .isInstanceOf(MalformedMessageException.class);
    PromotionDocument anothers = new PromotionDocument(BoxId.random(), 7, document.sealed());
    assertThatThrownBy(() -> anothers.open(KEY)).isInstanceOf(MalformedMessageException.class);
    PromotionDocument older = new PromotionDocument(BOX, 6, document.sealed());
    assertThatThrownBy(() -> older.open(KEY)).isInstanceOf(MalformedMessageException.class);
  }

  /// What is told to fit has to fit when everything is withdrawn and removed, too.
  @Test
  void roomIsKeptForWhatIsStillToCome() {
    PromotedRecording one = largest(1);
    assertThat(one.bytes()).isGreaterThan(Json.write(one.write()).length());
    PromotedRecording bare = unpublished(1);
    assertThat(bare.bytes())
        .isGreaterThan(
            Json.write(
                    new PromotedRecording(
                            bare.id(),
                            bare.call(),
                            largest(1).message(),
                            NOW,
                            largest(1).allowed(),
                            largest(1).withdrawal(),
                            List.of())
                        .write())
                .length());
  }

  @Test
  void moreThanFitsIsRefused() {
    List<PromotedRecording> many = new ArrayList<>();
    for (int n = 1; n <= PromotionDocument.MOST + 1; n++) {
      many.add(unpublished(n));
    }
    assertThat(PromotionDocument.fit(many)).isFalse();
    assertThat(PromotionDocument.fitting(many)).hasSizeLessThanOrEqualTo(PromotionDocument.MOST);
    assertThatThrownBy(() -> PromotionDocument.seal(BOX, 1, many, KEY.sealing()))
        .isInstanceOfSatisfying(
            MalformedMessageException.class,
            refusal -> assertThat(refusal.field()).isEqualTo("promotion.recordings"));
  }

  @Test
  void oneConsentStandsInADocumentOnce() {
    PromotedRecording one = unpublished(1);
    for (PromotedRecording other : List.of(one, unpublished(1))) {
      assertThatThrownBy(() -> PromotionDocument.seal(BOX, 1, List.of(one, other), KEY.sealing()))
          .isInstanceOfSatisfying(
              MalformedMessageException.class,
              refusal -> assertThat(refusal.field()).isEqualTo("promotion.recordings"));
    }
  }

  @Test
  void aWithdrawalIsGoodOfOneBoxAndConsentAlone() {
    String id = UUID.randomUUID().toString();
    ReportedWithdrawal said = new ReportedWithdrawal(NOW, "owner");
    CaseReport report =
        CaseReport.parse(
            new String(
                CaseReport.of(BOX, id, said, KEY.sealing()).body(),
                java.nio.charset.StandardCharsets.UTF_8));

    assertThat(report.withdrawal(BOX, KEY)).isEqualTo(said);
    assertThatThrownBy(() -> report.withdrawal(BoxId.random(), KEY))
        .isInstanceOf(MalformedMessageException.class);
    CaseReport moved = new CaseReport(UUID.randomUUID().toString(), report.kind(), report.sealed());
    assertThatThrownBy(() -> moved.withdrawal(BOX, KEY))
        .isInstanceOf(MalformedMessageException.class);
    CaseReport disguised = new CaseReport(id, CaseReport.Kind.CODE, report.sealed());
    assertThatThrownBy(() -> disguised.code(BOX, KEY))
        .isInstanceOf(MalformedMessageException.class);
  }
}
