package kz.qonyrau.appliance;

import static kz.qonyrau.testsupport.Eventually.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import kz.qonyrau.audit.AuditAction;
import kz.qonyrau.audit.AuditEntry;
import kz.qonyrau.audit.AuditFilter;
import kz.qonyrau.audit.AuditLog;
import kz.qonyrau.audit.AuditVerdict;
import kz.qonyrau.callbacks.CallBack;
import kz.qonyrau.callbacks.CallBack.Told;
import kz.qonyrau.callbacks.CallBacks;
import kz.qonyrau.calls.Calls;
import kz.qonyrau.campaigns.Campaigns;
import kz.qonyrau.campaigns.HouseRules;
import kz.qonyrau.campaigns.Understanding;
import kz.qonyrau.ledger.Ledger;
import kz.qonyrau.recordings.RecordingSettings;
import kz.qonyrau.recordings.Recordings;
import kz.qonyrau.recordings.Vault;
import kz.qonyrau.store.Outbox;
import kz.qonyrau.telephony.TrunkId;
import kz.qonyrau.testsupport.ExpectedError;
import kz.qonyrau.testsupport.SteppedClock;
import kz.qonyrau.testsupport.TemporaryStore;
import kz.qonyrau.uplink.LegalHolds;
import kz.qonyrau.vocabulary.CallId;
import kz.qonyrau.vocabulary.CampaignId;
import kz.qonyrau.vocabulary.Msisdn;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// What goes when its time is over, to the day, and what is written down of it.
@Timeout(60)
@Tag("SH-RET-01")
@Tag("SH-RET-03")
class RetentionTest {

  /// The last second of 30 November in Astana.
  private static final Instant CALLED = Instant.parse("2025-11-30T18:59:59Z");

  private static final String HOLD = "5b1c9e56-9a3c-4c51-8d35-0e8f3b1f7a10";

  @RegisterExtension
  final TemporaryStore database =
      TemporaryStore.with(
          "OUTBOX", "AUDIT", "LEDGER", "CALLS", "CAMPAIGN", "CALLBACK", "RECORDING", "UPLINK");

  @TempDir private Path directory;

  private final SteppedClock clock = SteppedClock.at(CALLED);
  private boolean trusted = true;
  private AuditLog audit;
  private Calls calls;
  private CallBacks callBacks;
  private Recordings recordings;
  private Retention retention;

  @BeforeEach
  void open() throws IOException {
    audit = new AuditLog(database.store(), clock);
    calls =
        new Calls(database.store(), new Ledger(database.store(), clock), new Outbox(clock), clock);
    callBacks = new CallBacks(database.store(), clock);
    recordings =
        new Recordings(
            database.store(),
            Vault.open(directory.resolve("keys")),
            RecordingSettings.below(directory.resolve("recordings")),
            clock,
            LegalHolds::periods);
    retention =
        new Retention(
            calls,
            new Campaigns(
                database.store(),
                clock,
                answer(HouseRules.open(database.store(), clock)),
                new Deaf()),
            callBacks,
            recordings,
            _ -> Future.succeededFuture(0),
            audit,
            LegalHolds::periods,
            () -> trusted,
            clock);
  }

  @AfterEach
  void close() {
    recordings.close();
  }

  private void execute(String sql, Object... values) {
    int rows = answer(database.store().write(handle -> handle.execute(sql, values)));
    assertThat(rows).isNotNegative();
  }

  private CallId called() {
    CallId call = CallId.random();
    execute(
        "INSERT INTO calls.phone_call (id, campaign, callee, state, started_at_ms, ended_at_ms,"
            + " answered_ms, outcome, cause, tariff_version, amount_tiyn, digits)"
            + " VALUES (?, ?, '+77010000001', 'ENDED', ?, ?, 0, 'BUSY', '', 't', 0, '')",
        call.value(),
        CampaignId.random().value(),
        clock.instant().toEpochMilli(),
        clock.instant().toEpochMilli());
    return call;
  }

  private CallId calledBack() {
    CallId call = CallId.random();
    assertThat(
            answer(
                callBacks.begin(
                    call,
                    Optional.of(new Msisdn("+77010000001")),
                    new TrunkId("t00000001"),
                    Optional.empty())))
        .isTrue();
    var _ = answer(callBacks.end(call, Told.NOT_CALLED, Optional.empty(), Duration.ZERO));
    return call;
  }

  private void hold(String from, String to) {
    execute(
        "INSERT INTO uplink.legal_hold (id, from_day, to_day, reason, by_whom, since_ms,"
            + " license_version, taken_ms) VALUES (?, ?, ?, 'claim 12', 'counsel', 0, 1, 0)",
        HOLD,
        from,
        to);
  }

  private void lift() {
    execute("UPDATE uplink.legal_hold SET lifted_ms = ?", clock.instant().toEpochMilli());
  }

  private List<AuditEntry> proofs() {
    return answer(audit.entries(AuditFilter.everything(), Optional.empty(), 100)).stream()
        .filter(entry -> entry.action().equals(AuditAction.DATA_PURGED.name()))
        .toList();
  }

  private boolean isKnown(CallId call) {
    return answer(calls.find(call)).orElseThrow().callee().isPresent();
  }

  @Test
  @Tag("SH-RET-02")
  void whatIsOnLegalHoldStaysAndGoesInTheNextLookWhenItIsLiftedWithAProofThatSaysWhy() {
    CallId held = called();
    CallId callBack = calledBack();
    clock.set(CALLED.plusSeconds(1));
    CallId dayAfter = called();
    hold("2025-11-30", "2025-11-30");
    clock.set(Instant.parse("2027-01-10T00:00:00Z"));

    assertThat(answer(retention.look())).isEqualTo(1);
    assertThat(isKnown(dayAfter)).isFalse();
    assertThat(isKnown(held)).isTrue();
    assertThat(answer(callBacks.page(0, 10)).items()).extracting(CallBack::id).contains(callBack);
    assertThat(answer(retention.look())).isZero();

    lift();
    assertThat(answer(retention.look())).isEqualTo(2);
    assertThat(isKnown(held)).isFalse();
    assertThat(answer(callBacks.page(0, 10)).total()).isZero();
    assertThat(proofs().stream().filter(one -> one.detail().endsWith(" keptByHold=" + HOLD)))
        .hasSize(2);
    assertThat(proofs()).hasSize(3);
  }

  @Test
  @Tag("SH-RET-02")
  void aHoldThatWasLiftedInTimeKeptNothingLonger() {
    CallId call = called();
    hold("2025-11-30", "2025-11-30");
    clock.set(Instant.parse("2026-03-01T00:00:00Z"));
    lift();
    clock.set(Instant.parse("2026-12-01T00:00:00Z"));

    assertThat(answer(retention.look())).isEqualTo(1);

    assertThat(isKnown(call)).isFalse();
    assertThat(proofs())
        .singleElement()
        .satisfies(one -> assertThat(one.detail()).doesNotContain("keptByHold"));
  }

  @Test
  void numbersAreKeptForTwelveMonthsAndNotADayLonger() {
    CallId call = called();
    CallId callBack = calledBack();

    clock.set(Instant.parse("2026-11-30T18:59:59Z"));
    assertThat(answer(retention.look())).isZero();
    assertThat(isKnown(call)).isTrue();

    clock.set(Instant.parse("2026-11-30T19:00:00Z"));
    assertThat(answer(retention.look())).isEqualTo(2);
    assertThat(isKnown(call)).isFalse();
    assertThat(answer(callBacks.page(0, 10)).total()).isZero();

    assertThat(proofs())
        .extracting(AuditEntry::detail)
        .satisfiesExactlyInAnyOrder(
            detail ->
                assertThat(detail)
                    .startsWith("class=CALL_LOG count=1 from=2025-11-30T18:59:59Z")
                    .matches(".* sha256=[0-9a-f]{64}")
                    .doesNotContain(call.value()),
            detail ->
                assertThat(detail).startsWith("class=CALL_BACKS").doesNotContain(callBack.value()));
    assertThat(answer(audit.verify())).isInstanceOf(AuditVerdict.Sound.class);
    assertThat(answer(retention.look())).isZero();
    assertThat(proofs()).hasSize(2);
  }

  @Test
  @Tag("PLT-15")
  void nothingGoesWhileTheClockIsNotBelieved() {
    CallId call = called();
    clock.advance(Duration.ofDays(4000));
    trusted = false;

    assertThat(answer(retention.look())).isZero();
    assertThat(isKnown(call)).isTrue();

    trusted = true;
    assertThat(answer(retention.look())).isEqualTo(1);
  }

  @Test
  @ExpectedError("what is overdue stays")
  void whatFailsKeepsNothingElseFromGoing() {
    CallId call = called();
    var _ = calledBack();
    clock.advance(Duration.ofDays(400));
    execute("DROP TABLE calls.forgotten");

    assertThat(answer(retention.look())).isEqualTo(1);

    assertThat(isKnown(call)).isTrue();
    assertThat(answer(callBacks.page(0, 10)).total()).isZero();
  }

  /// Nobody is listened to.
  private static final class Deaf implements Understanding {

    @Override
    public Set<Locale> languages() {
      return Set.of();
    }

    @Override
    public List<String> unknownWords(Locale language, String phrase) {
      return List.of();
    }
  }
}
