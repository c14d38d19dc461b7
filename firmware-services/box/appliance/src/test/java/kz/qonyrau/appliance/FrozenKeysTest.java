package kz.qonyrau.appliance;

import static kz.qonyrau.testsupport.Eventually.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import kz.qonyrau.audit.AuditAction;
import kz.qonyrau.audit.AuditEntry;
import kz.qonyrau.audit.AuditFilter;
import kz.qonyrau.audit.AuditLog;
import kz.qonyrau.integrations.ApiKey;
import kz.qonyrau.integrations.ApiKeys;
import kz.qonyrau.integrations.Integrations;
import kz.qonyrau.integrations.KeyOrder;
import kz.qonyrau.integrations.Scope;
import kz.qonyrau.integrations.Seal;
import kz.qonyrau.notices.KeptNotice;
import kz.qonyrau.notices.Notices;
import kz.qonyrau.testsupport.Eventually;
import kz.qonyrau.testsupport.Plug;
import kz.qonyrau.testsupport.SteppedClock;
import kz.qonyrau.testsupport.TemporaryStore;
import kz.qonyrau.web.Program;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A key whose program does not slow down is frozen, and the owner and the audit log are told of it
/// in the same moment.
@Tag("SH-API-03")
@Timeout(120)
class FrozenKeysTest {

  @RegisterExtension
  final TemporaryStore database = TemporaryStore.with("INTEGRATION", "NOTICE", "AUDIT");

  private final Vertx vertx = Vertx.vertx();
  private final SteppedClock clock = SteppedClock.at("2026-11-24T04:00:00Z");
  private final AtomicInteger rung = new AtomicInteger();
  private Integrations integrations;
  private Notices notices;
  private AuditLog audit;

  @BeforeEach
  void boot() {
    notices = new Notices(database.store(), clock);
    notices.onChange(rung::incrementAndGet);
    audit = new AuditLog(database.store(), clock);
    integrations = new Integrations(vertx, database.store(), new OpenSeal(), clock, true);
    integrations.keys().alongFrozen(new FrozenKeys(notices, audit));
    var _ = answer(integrations.load());
  }

  @AfterEach
  void end() {
    integrations.close();
    vertx.close().await();
  }

  private ApiKeys keys() {
    return integrations.keys();
  }

  private ApiKeys.Made made() {
    return answer(
            keys()
                .make(new KeyOrder("CRM", Set.of(Scope.CALLS_READ), 60, Optional.empty()), "owner"))
        .orElseThrow();
  }

  private Program program(ApiKeys.Made key) {
    return keys().find(key.secret()).orElseThrow();
  }

  /// Goes on after it was told to wait, in ten minutes one after the other.
  private void doesNotSlowDown(ApiKeys.Made key) {
    for (int minute = 0; minute < 10; minute++) {
      keys().hurried(program(key));
      clock.advance(Duration.ofMinutes(1));
    }
  }

  private List<KeptNotice> told() {
    return answer(notices.newest(false, 100)).notices();
  }

  private List<AuditEntry> audited() {
    return answer(audit.entries(AuditFilter.everything(), Optional.empty(), 100)).stream()
        .filter(entry -> entry.action().equals(AuditAction.API_KEY_FROZEN.name()))
        .toList();
  }

  private Optional<Instant> writtenDown(ApiKeys.Made key) {
    return answer(keys().all()).stream()
        .filter(one -> one.id().equals(key.key().id()))
        .findFirst()
        .flatMap(ApiKey::frozenAt);
  }

  @Test
  void theOwnerIsToldOnceAndAStartLaterItIsStillFrozen() {
    ApiKeys.Made key = made();
    ApiKeys.Made other = made();
    doesNotSlowDown(key);

    assertThat(program(key).frozen()).isTrue();
    assertThat(program(other).frozen()).isFalse();
    Eventually.await(Duration.ofSeconds(10), "written down", () -> writtenDown(key).isPresent());
    assertThat(told())
        .singleElement()
        .satisfies(notice -> {
          assertThat(notice.code()).isEqualTo("API_KEY_FROZEN");
          assertThat(notice.subject()).contains("CRM");
        });
    assertThat(audited()).hasSize(1);
    Eventually.await(Duration.ofSeconds(10), "the bell rings", () -> rung.get() == 1);
    doesNotSlowDown(key);
    assertThat(told()).hasSize(1);

    boot();
    assertThat(program(key).frozen()).isTrue();
    assertThat(answer(keys().thaw(key.key().id()))).isTrue();
    assertThat(program(key).frozen()).isFalse();
    boot();
    assertThat(program(key).frozen()).isFalse();
  }

  @Test
  void onceThawedItHasTenMinutesAgain() {
    ApiKeys.Made key = made();
    doesNotSlowDown(key);
    Eventually.await(Duration.ofSeconds(10), "written down", () -> writtenDown(key).isPresent());
    assertThat(answer(keys().thaw(key.key().id()))).isTrue();

    keys().hurried(program(key));
    assertThat(program(key).frozen()).isFalse();
    doesNotSlowDown(key);
    assertThat(program(key).frozen()).isTrue();
    Eventually.await(Duration.ofSeconds(10), "told again", () -> told().size() == 2);
  }

  @Test
  void neitherAStrangerNorARevokedKeyIsThawed() {
    ApiKeys.Made key = made();
    assertThat(answer(keys().revoke(key.key().id()))).isTrue();

    assertThat(answer(keys().thaw(key.key().id()))).isFalse();
    assertThat(answer(keys().thaw("00000000"))).isFalse();
  }

  /// A cut at any statement leaves all of it or nothing; frozen the key is in any case, until the
  /// next start.
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void keyNoticeAndAuditLogAreOfOneMind(int statement) {
    ApiKeys.Made key = made();
    for (int minute = 0; minute < 9; minute++) {
      keys().hurried(program(key));
      clock.advance(Duration.ofMinutes(1));
    }
    Plug plug = Plug.in(database.store(), statement);
    keys().hurried(program(key));
    assertThat(program(key).frozen()).isTrue();
    Eventually.await(
        Duration.ofSeconds(10),
        "the power is cut or all is written down",
        () -> plug.isPulled() || rung.get() == 1);
    Plug.remove(database.store());

    boot();
    boolean frozen = writtenDown(key).isPresent();
    assertThat(program(key).frozen()).isEqualTo(frozen);
    assertThat(told()).hasSize(frozen ? 1 : 0);
    assertThat(audited()).hasSize(frozen ? 1 : 0);
  }

  /// Seals nothing; what is sealed is not looked at here.
  private static final class OpenSeal implements Seal {

    @Override
    public byte[] seal(byte[] plain, String context) {
      return plain;
    }

    @Override
    public byte[] open(byte[] sealed, String context) {
      return sealed;
    }
  }
}
