package kz.qonyrau.systemtests.uplink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import kz.qonyrau.fleet.Box;
import kz.qonyrau.fleet.BoxState;
import kz.qonyrau.fleet.HourOfUsage;
import kz.qonyrau.fleet.LicenseResult;
import kz.qonyrau.fleet.LicenseTerms;
import kz.qonyrau.fleet.RevocationResult;
import kz.qonyrau.fleet.TimelineEntry;
import kz.qonyrau.ledger.WalletId;
import kz.qonyrau.testsupport.Eventually;
import kz.qonyrau.uplink.UplinkState;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.vocabulary.Tenge;
import kz.qonyrau.wire.LeaseDocument;
import kz.qonyrau.wire.LicenseDocument;
import kz.qonyrau.wire.LicenseLimits;
import kz.qonyrau.wire.LicenseStanding;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A box and central talk through the real broker.
@Timeout(120)
class UplinkTest {

  @TempDir private Path directory;
  private RunningCentral central;

  @BeforeEach
  void startCentral() throws InterruptedException, TimeoutException {
    central = new RunningCentral(directory.resolve("central"));
  }

  @AfterEach
  void stopCentral() {
    central.close();
  }

  private RunningBox box(String name) {
    return new RunningBox(directory.resolve(name), central, Optional.empty());
  }

  private Box seen(BoxId id) {
    return Eventually.answer(central.fleet().views().box(id)).orElseThrow();
  }

  private long tiyn(String wallet) {
    return Eventually.answer(central.ledger().balance(new WalletId(wallet))).available().tiyn();
  }

  @Test
  @Tag("PLT-07")
  @Tag("PLT-08")
  @Tag("PLT-09")
  void aNewBoxJoinsGetsItsLicenseAndCreditAndReportsItsUsage() {
    try (RunningBox box = box("box")) {
      BoxId id = box.join(central.ticket("500.00")).id();
      Eventually.await(
          Duration.ofSeconds(20),
          "license and lease arrive",
          () -> !box.licenses.isEmpty() && !box.leases.isEmpty());

      assertThat(box.leases.getLast().total()).isEqualTo(Tenge.of("500.00"));
      assertThat(box.uplink().license()).isInstanceOf(LicenseStanding.Valid.class);

      box.report(20);
      box.awaitEmptyOutbox(Duration.ofSeconds(20));
      Eventually.await(
          Duration.ofSeconds(10),
          "central sees the box online",
          () -> seen(id).state() == BoxState.ONLINE);

      Box seen = seen(id);
      assertThat(seen.usageMessages()).isEqualTo(20);
      assertThat(seen.money().used()).isEqualTo(Tenge.of("240.00"));
      assertThat(seen.money().granted()).isEqualTo(Tenge.of("500.00"));
      assertThat(seen.vitals()).contains(RunningBox.VITALS);
      assertThat(seen.serial()).isEqualTo("QB-0001");
      assertThat(tiyn("box/" + id)).isEqualTo(26_000);
      assertThat(tiyn("provider/usage")).isEqualTo(24_000);
      assertThat(tiyn("provider/bank")).isEqualTo(-50_000);

      List<HourOfUsage> hours =
          Eventually.answer(
              central
                  .fleet()
                  .views()
                  .usage(
                      Optional.of(id),
                      Instant.now(Clock.systemUTC()).minus(Duration.ofHours(2)),
                      Instant.now(Clock.systemUTC()).plus(Duration.ofHours(1))));
      assertThat(hours.stream().mapToLong(HourOfUsage::answeredAttempts).sum()).isEqualTo(20);
      assertThat(Eventually.answer(central.fleet().views().timeline(id, 50)))
          .extracting(TimelineEntry::kind)
          .contains("ENROLLED", "LICENSE_ISSUED", "LEASE_RENEWED", "TARIFF_PINNED", "ONLINE")
          .doesNotContain("RATING_DIFFERS");
      assertThat(box.pins.getLast().priceList()).contains("t-1");
    }
  }

  @Test
  @Tag("PLT-07")
  void losesNothingAndBooksNothingTwiceThoughTheLineIsCutAgainAndAgain() throws IOException {
    try (CuttableLink link = new CuttableLink(central.brokerPort());
        RunningBox box =
            new RunningBox(directory.resolve("box"), central, Optional.of(link.address()))) {
      BoxId id = box.join(central.ticket("10000.00")).id();
      for (int round = 0; round < 5; round++) {
        int soFar = 60 * round;
        box.report(60);
        Eventually.await(
            Duration.ofSeconds(20),
            "something got through",
            () -> seen(id).usageMessages() > soFar);
        link.cut();
        link.mend();
      }

      box.awaitEmptyOutbox(Duration.ofSeconds(60));

      assertThat(seen(id).usageMessages()).isEqualTo(300);
      assertThat(seen(id).money().used()).isEqualTo(Tenge.of("3600.00"));
    }
  }

  @Test
  @Tag("PLT-07")
  void losesNothingAndBooksNothingTwiceThoughCentralRestartsInMidStream()
      throws InterruptedException, TimeoutException {
    try (RunningBox box = box("box")) {
      BoxId id = box.join(central.ticket("10000.00")).id();
      box.report(250);
      Eventually.await(
          Duration.ofSeconds(30), "the stream runs", () -> seen(id).usageMessages() > 20);

      central.stop();
      box.report(250);
      central.start();
      box.awaitEmptyOutbox(Duration.ofSeconds(60));

      assertThat(seen(id).usageMessages()).isEqualTo(500);
      assertThat(seen(id).money().used()).isEqualTo(Tenge.of("6000.00"));
      assertThat(tiyn("provider/usage")).isEqualTo(600_000);
    }
  }

  @Test
  @Tag("PLT-08")
  void theLastWillMarksTheBoxOfflineAndTheNextHeartbeatOnline() throws IOException {
    try (CuttableLink link = new CuttableLink(central.brokerPort());
        RunningBox box =
            new RunningBox(directory.resolve("box"), central, Optional.of(link.address()))) {
      BoxId id = box.join(central.ticket("0.00")).id();
      Eventually.await(Duration.ofSeconds(20), "online", () -> seen(id).state() == BoxState.ONLINE);

      link.cut();
      Eventually.await(
          Duration.ofSeconds(20), "offline", () -> seen(id).state() == BoxState.OFFLINE);
      Eventually.await(
          Duration.ofSeconds(20),
          "the box knows it",
          () -> box.uplink().status().state() == UplinkState.OFFLINE);
      link.mend();
      Eventually.await(
          Duration.ofSeconds(20), "online again", () -> seen(id).state() == BoxState.ONLINE);
    }
  }

  @Test
  @Tag("PLT-10")
  @Tag("SH-BAL-15")
  void newDocumentsReachTheBoxAndStayInForceOverARestart() {
    try (RunningBox box = box("box")) {
      BoxId id = box.join(central.ticket("100.00")).id();
      LicenseTerms terms =
          new LicenseTerms(
              Instant.now(Clock.systemUTC()).plus(Duration.ofDays(10)),
              Set.of("calls"),
              new LicenseLimits(5, 60));
      assertThat(Eventually.answer(central.fleet().issueLicense(id, terms, "admin")))
          .isInstanceOf(LicenseResult.Issued.class);
      central.topUp("50.00");
      Eventually.await(
          Duration.ofSeconds(20),
          "the newest are in force",
          () ->
              box.leases.stream().map(LeaseDocument::version).anyMatch(v -> v == 2)
                  && box.licenses.stream().map(LicenseDocument::version).anyMatch(v -> v == 2));
      assertThat(box.leases.getLast().total()).isEqualTo(Tenge.of("150.00"));
      assertThat(box.uplink().license().allows("calls")).isTrue();
      assertThat(box.uplink().license().allows("recording")).isFalse();

      box.leases.clear();
      box.restart();
      Eventually.await(
          Duration.ofSeconds(20), "told again at the start", () -> !box.leases.isEmpty());

      assertThat(box.leases.getFirst().version()).isEqualTo(2);
      assertThat(box.uplink().license().allows("recording")).isFalse();
    }
  }

  @Test
  @Tag("PLT-08")
  void aRefusedBoxIsDisconnectedAndStaysOut() {
    try (RunningBox box = box("box")) {
      BoxId id = box.join(central.ticket("0.00")).id();

      assertThat(Eventually.answer(central.fleet().revoke(id, "stolen", "admin")))
          .isInstanceOf(RevocationResult.Revoked.class);
      Eventually.await(
          Duration.ofSeconds(20),
          "the box is told that its certificate is refused",
          () ->
              box.uplink().status().fault().equals(Optional.of("CERTIFICATE_REFUSED"))
                  && box.uplink().status().state() == UplinkState.OFFLINE);

      assertThat(seen(id).state()).isEqualTo(BoxState.REVOKED);
    }
  }
}
