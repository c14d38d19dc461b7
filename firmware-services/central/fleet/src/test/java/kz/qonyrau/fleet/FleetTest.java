package kz.qonyrau.fleet;

import static kz.qonyrau.testsupport.Eventually.answer;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import kz.qonyrau.ledger.Verdict;
import kz.qonyrau.testdatabases.OnEachDatabase;
import kz.qonyrau.testsupport.Eventually;
import kz.qonyrau.testsupport.Plug;
import kz.qonyrau.testsupport.SteppedClock;
import kz.qonyrau.testsupport.TemporaryStore;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.vocabulary.Tenge;
import kz.qonyrau.wire.ClaimTicket;
import kz.qonyrau.wire.Envelope;
import kz.qonyrau.wire.LicenseLimits;
import kz.qonyrau.wire.Topic;
import kz.qonyrau.wire.TopicKind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// The fleet without a broker: messages are handed in as the broker would.
@Timeout(60)
@OnEachDatabase
class FleetTest {

  @RegisterExtension
  final TemporaryStore database = TemporaryStore.with("LEDGER", "BILLING", "CASES", "FLEET");

  @TempDir private Path keys;

  private final SteppedClock clock = SteppedClock.at("2026-11-24T04:10:00Z");
  private StagedFleet stage;
  private Fleet fleet;
  private StagedFleet.StagedBox box;

  @BeforeEach
  void enrolOneBox() {
    stage = new StagedFleet(database.store(), keys, clock);
    fleet = stage.fleet;
    box = stage.enrol("200000.00");
    stage.topUp("100.00");
  }

  private Envelope usageAt(Instant at) {
    return box.usage(box.report(at, "2.00"));
  }

  /// Pulls the plug before the first statement of the message's transaction, then before the
  /// second, and on until it gets through. Each time, the message that comes again is booked once.
  @Test
  @Tag("PLT-07")
  @Tag("EX-PLT-2")
  void booksAMessageOnceWhicheverStatementIsTheLast() {
    long booked = 0;
    boolean pulled = true;
    for (int statement = 1; pulled; statement++) {
      Envelope message = box.usage("12.00");
      Plug plug = Plug.in(database.store(), statement);
      try {
        var _ = answer(box.send(TopicKind.USAGE, message));
      } catch (Plug.Pulled _) {
        // What a power cut looks like from here.
      }
      pulled = plug.isPulled();
      Plug.remove(database.store());

      Optional<Fleet.Acknowledged> again = answer(box.send(TopicKind.USAGE, message));
      booked += 1_200;

      assertThat(again).contains(new Fleet.Acknowledged(box.id, message.msgId()));
      assertThat(box.seen().money().used().tiyn())
          .as("before statement %s", statement)
          .isEqualTo(booked);
      assertThat(stage.tiyn("provider/usage")).isEqualTo(booked);
    }
    assertThat(answer(stage.ledger.verify())).isInstanceOf(Verdict.Sound.class);
  }

  @Test
  void countsUsageByTheHourInWhichTheAttemptBegan() {
    Instant four = Instant.parse("2026-11-24T04:00:00Z");
    List<Instant> times = List.of(four, four.plusSeconds(3599), four.plusSeconds(3600));
    for (Instant at : times) {
      var _ = answer(box.send(TopicKind.USAGE, usageAt(at)));
    }

    List<HourOfUsage> hours =
        answer(fleet.views().usage(Optional.of(box.id), four, four.plus(Duration.ofHours(5))));

    assertThat(hours).extracting(HourOfUsage::hour).containsExactly(four, four.plusSeconds(3600));
    assertThat(hours).extracting(HourOfUsage::attempts).containsExactly(2L, 1L);
    assertThat(hours.getFirst().answered()).isEqualTo(Duration.ofMinutes(1));
    assertThat(hours.getFirst().amount()).isEqualTo(Tenge.of("4.00"));
    assertThat(answer(fleet.views().usage(Optional.empty(), four, four.plus(Duration.ofHours(5)))))
        .isEqualTo(hours);
    assertThat(answer(fleet.views().glance()).today().attempts()).isEqualTo(3);
  }

  @Test
  @Tag("PLT-08")
  void aLastWillThatComesLateDoesNotMarkABoxOfflineThatIsBack() {
    String first = UUID.randomUUID().toString();
    String second = UUID.randomUUID().toString();
    beat(first);
    beat(second);

    box.dies(first);
    assertThat(box.seen().state()).isEqualTo(BoxState.ONLINE);

    box.dies(second);
    assertThat(box.seen().state()).isEqualTo(BoxState.OFFLINE);
  }

  @Test
  void aBoxWhoseHeartbeatsStopIsOfflineWhateverItsConnectionSays() {
    assertThat(box.seen().state()).isEqualTo(BoxState.NEVER_SEEN);
    beat(UUID.randomUUID().toString());

    clock.advance(Duration.ofMinutes(3));
    answer(fleet.sweep());
    assertThat(box.seen().state()).isEqualTo(BoxState.ONLINE);

    clock.advance(Duration.ofSeconds(1));
    answer(fleet.sweep());
    assertThat(box.seen().state()).isEqualTo(BoxState.OFFLINE);
  }

  /// A fleet at rest is written half as often, and nobody is taken for offline by that.
  @Test
  @Tag("PLT-08")
  void aHeartbeatThatSaysNothingNewIsNotWrittenAndKeepsTheBoxOnline() {
    String connection = UUID.randomUUID().toString();
    beat(connection);
    Instant first = box.seen().lastSeen().orElseThrow();
    clock.advance(Duration.ofSeconds(60));
    beat(connection);
    assertThat(box.seen().lastSeen()).contains(first);

    box.beats(connection, 1, 1, 1, 7);
    assertThat(box.seen().lastSeen()).as("its book has grown").contains(clock.instant());

    for (int minute = 0; minute < 10; minute++) {
      clock.advance(Duration.ofSeconds(59));
      answer(fleet.sweep());
      assertThat(box.seen().state()).isEqualTo(BoxState.ONLINE);
      clock.advance(Duration.ofSeconds(1));
      box.beats(connection, 1, 1, 1, 7);
    }

    box.dies(connection);
    assertThat(box.seen().state()).isEqualTo(BoxState.OFFLINE);
    box.beats(connection, 1, 1, 1, 7);
    assertThat(box.seen().state()).as("the end was late news").isEqualTo(BoxState.ONLINE);
  }

  private void beat(String connection) {
    box.beats(connection, 1, 1, 1, 0);
  }

  @Test
  @Tag("PLT-10")
  void aHeartbeatFromABoxThatLacksDocumentsGetsThemAgain() {
    // The first one tells central with what to seal.
    beat(UUID.randomUUID().toString());
    box.blocklist = box.toldOfComplaints().version();
    beat(UUID.randomUUID().toString());
    awaitQuiet();
    stage.sent.clear();

    beat(UUID.randomUUID().toString());
    assertThat(stage.sent).as("it has them all").isEmpty();

    box.beats(UUID.randomUUID().toString(), 1, 1, 0, 0);
    Eventually.await(
        Duration.ofSeconds(10), "all documents are sent", () -> stage.sent.size() >= 5);
    assertThat(stage.sent)
        .extracting(StagedFleet.Sent::topic)
        .containsExactlyInAnyOrder(
            new Topic(box.id, TopicKind.LICENCE),
            new Topic(box.id, TopicKind.LEASE),
            new Topic(box.id, TopicKind.TARIFF),
            new Topic(box.id, TopicKind.NOTICE),
            new Topic(box.id, TopicKind.BLOCKLIST));
  }

  /// Waits for what enrolment and the top-up send.
  private void awaitQuiet() {
    Eventually.await(
        Duration.ofSeconds(10),
        "the box was sent its first documents",
        () ->
            stage.sent.stream().map(StagedFleet.Sent::topic).distinct().count() == 5
                && stage.sent.size() >= 10);
  }

  @Test
  @Tag("PLT-09")
  void licensesGetGrowingVersionsAndImpossibleTermsAreRefused() {
    LicenseTerms terms =
        new LicenseTerms(
            clock.instant().plus(Duration.ofDays(1)), Set.of("calls"), new LicenseLimits(1, 20));

    assertThat(answer(fleet.issueLicense(box.id, terms, "admin")))
        .isInstanceOfSatisfying(
            LicenseResult.Issued.class,
            issued -> assertThat(issued.license().version()).isEqualTo(2));
    assertThat(
            answer(
                fleet.issueLicense(
                    box.id,
                    new LicenseTerms(clock.instant(), Set.of("calls"), new LicenseLimits(1, 20)),
                    "admin")))
        .isInstanceOf(LicenseResult.Refused.class);
    assertThat(answer(fleet.issueLicense(BoxId.random(), terms, "admin")))
        .isEqualTo(new LicenseResult.NoSuchBox());
    assertThat(box.seen().license().orElseThrow().version()).isEqualTo(2);
  }

  @Test
  @Tag("PLT-08")
  void aRefusedBoxIsNotAdmittedNotHeardAndNotEnrolledAgain() {
    ClaimTicket ticket = stage.ticket("0.00");
    StagedFleet.StagedBox boxToRefuse = stage.new StagedBox(ticket);
    BoxId other = boxToRefuse.id;
    assertThat(fleet.admissions().isAdmitted(other)).isTrue();

    assertThat(answer(fleet.revoke(other, "stolen", "admin")))
        .isEqualTo(new RevocationResult.Revoked(clock.instant()));
    assertThat(answer(fleet.revoke(other, "stolen", "admin")))
        .isEqualTo(new RevocationResult.AlreadyRevoked(clock.instant()));

    assertThat(fleet.admissions().isAdmitted(other)).isFalse();
    assertThat(boxToRefuse.enrol(ticket, boxToRefuse.csr))
        .isInstanceOfSatisfying(
            EnrolmentResult.Refused.class,
            refused -> assertThat(refused.refusal().code()).isEqualTo("BOX_REVOKED"));
    assertThat(answer(fleet.views().box(other)).orElseThrow().state()).isEqualTo(BoxState.REVOKED);
  }

  @Test
  void onlyKeysOnTheAgreedCurveAreCertified() {
    ClaimTicket ticket = stage.ticket("0.00");
    for (String request :
        List.of(
            StagedFleet.csr("EC", "secp384r1", "SHA256withECDSA"),
            StagedFleet.csr("RSA", "", "SHA256withRSA"))) {
      assertThat(box.enrol(ticket, request))
          .isInstanceOfSatisfying(
              EnrolmentResult.Refused.class,
              refused -> {
                assertThat(refused.refusal().code()).isEqualTo("MALFORMED");
                assertThat(refused.refusal().field()).contains("csr");
              });
    }
  }

  @Test
  void keepsItsKeysOverARestartAndRefusesToMakeNewOnesWhenSomeAreLost() throws Exception {
    Authority again = Authority.open(keys, clock, new SecureRandom());
    assertThat(again.certificate()).isEqualTo(authorityOf(again).certificate());

    java.nio.file.Files.delete(keys.resolve("documents.pub"));
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> Authority.open(keys, clock, new SecureRandom()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("restore");
  }

  private Authority authorityOf(Authority first) {
    Authority second = Authority.open(keys, clock, new SecureRandom());
    assertThat(second.documentVerifier().text()).isEqualTo(first.documentVerifier().text());
    return second;
  }
}
