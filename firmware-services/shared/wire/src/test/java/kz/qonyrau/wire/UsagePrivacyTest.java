package kz.qonyrau.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import kz.qonyrau.testsupport.PrivacyScan;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.vocabulary.CallId;
import kz.qonyrau.vocabulary.CallOutcome;
import kz.qonyrau.vocabulary.CampaignId;
import kz.qonyrau.vocabulary.Msisdn;
import kz.qonyrau.vocabulary.Tenge;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// EX-PLT-4 in small: a report has no place for a telephone number.
class UsagePrivacyTest {

  @Test
  @Tag("PLT-24")
  @Tag("EX-PLT-4")
  void aDayOfReportsHoldsNoneOfTheNumbersThatWereCalled() {
    Random random = new Random(24);
    PrivacyScan scan = new PrivacyScan();
    StringBuilder day = new StringBuilder();
    for (int i = 0; i < 5_000; i++) {
      Msisdn callee =
          new Msisdn(
              "+7701" + String.format(java.util.Locale.ROOT, "%07d", random.nextInt(9_999_999)));
      scan.watchFor(callee);
      // Ids are made as the box makes them: from nothing that belongs to the callee.
      CallId call = CallId.random();
      long tiyn = random.nextInt(100_000);
      UsageReport report =
          new UsageReport(
              UsageReport.itemIdOf(call),
              call,
              CampaignId.random(),
              CallOutcome.ANSWERED,
              Instant.parse("2026-11-24T04:00:00Z").plusMillis(random.nextInt(86_400_000)),
              Duration.ofMillis(random.nextInt(600_000)),
              List.of(
                  new RatedLine(
                      "CALL_TIME",
                      random.nextInt(600),
                      "SECOND",
                      new BigDecimal("0.4000"),
                      new Tenge(tiyn),
                      "autocall-2026.11")),
              new Tenge(tiyn));
      day.append(
          new String(
              Envelope.sign(
                      UsageReport.messageIdOf(report.itemId()),
                      BoxId.random(),
                      i,
                      Instant.parse("2026-11-24T04:00:00Z"),
                      Schemas.USAGE,
                      new String(report.body(), java.nio.charset.StandardCharsets.UTF_8),
                      SomeKeys.DEVICE)
                  .bytes(),
              java.nio.charset.StandardCharsets.UTF_8));
      day.append('\n');
    }

    assertThat(scan.findIn(day.toString())).isEmpty();
  }

  @Test
  void theScanFindsANumberInEveryCommonNotation() {
    PrivacyScan scan = new PrivacyScan();
    scan.watchFor(new Msisdn("+77011234567"));

    for (String notation :
        List.of(
            "+77011234567",
            "77011234567",
            "87011234567",
            "7011234567",
            "+7 701 123 45 67",
            "8 (701) 123-45-67",
            "+7(701)123.45.67",
            "tel:+7-701-123-4567",
            "\\u002b77011234567",
            "Kzc3MDExMjM0NTY3",
            "0077011234567")) {
      assertThat(scan.findIn("{\"x\":\"" + notation + "\"}")).as(notation).hasSize(1);
    }
    assertThat(scan.findIn("{\"x\":\"+77011234568\", \"n\": 1701, \"m\": 1234567}")).isEmpty();
  }
}
