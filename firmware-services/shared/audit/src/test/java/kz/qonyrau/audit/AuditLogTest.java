package kz.qonyrau.audit;

import static kz.qonyrau.testsupport.Eventually.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import kz.qonyrau.testdatabases.OnEachDatabase;
import kz.qonyrau.testsupport.NoErrorsLogged;
import kz.qonyrau.testsupport.SteppedClock;
import kz.qonyrau.testsupport.TemporaryStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("PLT-18")
@Tag("SH-ACC-09")
@Timeout(60)
@ExtendWith(NoErrorsLogged.class)
@OnEachDatabase
class AuditLogTest {

  private static final Actor OWNER = new Actor("owner", "OWNER", "10.0.0.7");
  private static final Actor TECHNICIAN = new Actor("technician", "TECHNICIAN", "10.0.0.8");

  @RegisterExtension final TemporaryStore database = TemporaryStore.with("AUDIT");

  private final SteppedClock clock = SteppedClock.at("2026-11-24T07:00:00Z");
  private AuditLog log;

  @BeforeEach
  void open() {
    log = new AuditLog(database.store(), clock);
  }

  @Test
  void tellsWhoDidWhatToWhatAndWhyNewestFirst() {
    long first = begin(OWNER, AuditAction.NUMBERS_BLOCKED, "blocks", "asked us to", "3 numbers");
    clock.advance(Duration.ofSeconds(5));
    long second = begin(TECHNICIAN, AuditAction.MODEL_REMOVED, "model/ru", "", "");

    assertThat(everything())
        .containsExactly(
            new AuditEntry(
                second,
                Instant.parse("2026-11-24T07:00:05Z"),
                TECHNICIAN,
                "TECHNICAL",
                "MODEL_REMOVED",
                "model/ru",
                "",
                "",
                Optional.empty()),
            new AuditEntry(
                first,
                Instant.parse("2026-11-24T07:00:00Z"),
                OWNER,
                "BLOCKS",
                "NUMBERS_BLOCKED",
                "blocks",
                "asked us to",
                "3 numbers",
                Optional.empty()));
  }

  @Test
  void whatWasRefusedSaysSoAndStaysOneEntry() {
    long line = begin(OWNER, AuditAction.CAMPAIGN_STARTED, "campaign/1", "", "");

    answer(log.end(line, "LIST_NOT_ATTESTED"));

    assertThat(everything())
        .singleElement()
        .satisfies(entry -> assertThat(entry.ending()).contains("LIST_NOT_ATTESTED"));
    assertThat(answer(log.verify()))
        .isInstanceOfSatisfying(
            AuditVerdict.Sound.class, sound -> assertThat(sound.lines()).isEqualTo(2));
  }

  @Test
  void onlyWhatWasBegunCanEnd() {
    long line = begin(OWNER, AuditAction.CAMPAIGN_STARTED, "campaign/1", "", "");
    answer(log.end(line, "X"));

    for (long wrong : new long[] {0, -1, line + 1, 999}) {
      assertThatThrownBy(() -> answer(log.end(wrong, "X")))
          .hasStackTraceContaining("no line " + wrong + " to end");
    }
  }

  @Test
  void aTransactionThatFailsLeavesNoLine() {
    assertThatThrownBy(() ->
            answer(
                database
                    .store()
                    .write(handle -> {
                      long line = log.begin(handle, act(OWNER, AuditAction.CREDIT_GRANTED));
                      throw new IllegalStateException(
                          "line " + line + ", and the money did not move");
                    })))
        .hasStackTraceContaining("line 1, and the money did not move");

    assertThat(everything()).isEmpty();
    assertThat(begin(OWNER, AuditAction.SIGNED_IN, "", "", "")).isEqualTo(1);
    assertThat(answer(log.verify())).isInstanceOf(AuditVerdict.Sound.class);
  }

  @Test
  void whoSeesNoAreaSeesNothingButHisOwn() {
    assertThat(begin(OWNER, AuditAction.CREDIT_GRANTED, "", "", "")).isPositive();
    long own = begin(TECHNICIAN, AuditAction.SIGNED_IN, "", "", "");

    assertThat(found(filter(Set.of(), "technician"))).containsExactly(own);
    assertThat(found(filter(Set.of(), "nobody"))).isEmpty();
    assertThat(
            answer(
                log.entries(
                    new AuditFilter(
                        Set.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()),
                    Optional.empty(),
                    10)))
        .isEmpty();
    assertThat(found(filter(EnumSet.of(AuditArea.MONEY), "technician"))).hasSize(2);
  }

  @Test
  void findsByAreaByLoginAndByTime() {
    long morning = begin(OWNER, AuditAction.CREDIT_GRANTED, "", "", "");
    clock.advance(Duration.ofHours(6));
    long noon = begin(TECHNICIAN, AuditAction.CREDIT_GRANTED, "", "", "");
    long noonToo = begin(OWNER, AuditAction.NUMBERS_BLOCKED, "", "", "");
    Instant atNoon = clock.instant();

    assertThat(
            found(
                only(
                    Optional.of(AuditArea.MONEY),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty())))
        .containsExactly(noon, morning);
    assertThat(
            found(
                only(
                    Optional.empty(), Optional.of("owner"), Optional.of(atNoon), Optional.empty())))
        .containsExactly(noonToo);
    assertThat(
            found(only(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(atNoon))))
        .containsExactly(morning);
    assertThat(
            found(
                only(
                    Optional.empty(),
                    Optional.of("' OR 1=1 --"),
                    Optional.empty(),
                    Optional.empty())))
        .isEmpty();
  }

  @Test
  void isReadPageByPage() {
    IntStream.rangeClosed(1, 25)
        .forEach(
            line -> assertThat(begin(OWNER, AuditAction.SIGNED_IN, "", "", "")).isEqualTo(line));

    List<AuditEntry> first = answer(log.entries(AuditFilter.everything(), Optional.empty(), 10));
    List<AuditEntry> last = answer(log.entries(AuditFilter.everything(), Optional.of(6L), 10));

    assertThat(first).extracting(AuditEntry::line).startsWith(25L).endsWith(16L).hasSize(10);
    assertThat(last).extracting(AuditEntry::line).containsExactly(5L, 4L, 3L, 2L, 1L);
    assertThatThrownBy(() -> log.entries(AuditFilter.everything(), Optional.empty(), 1001))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("size: 1 to 1000");
  }

  @Test
  void takesAnyTextAndComesBackSound() {
    String hostile = "\ud83d\ude00".repeat(600) + "\ud83d";
    List<String> texts =
        List.of(
            "",
            "x".repeat(5000),
            hostile,
            "a\r\nb\0c",
            "\udc00 alone",
            "'; DROP TABLE audit.entry;");
    for (String text : texts) {
      assertThat(
              answer(
                  log.begin(
                      new Act(
                          new Actor(text, text, text),
                          AuditAction.NUMBERS_BLOCKED,
                          text,
                          text,
                          text))))
          .isPositive();
    }

    assertThat(answer(log.verify()))
        .isEqualTo(
            new AuditVerdict.Sound(
                texts.size(), ((AuditVerdict.Sound) answer(log.verify())).headHash()));
    assertThat(everything())
        .allSatisfy(entry -> {
          assertThat(entry.reason().length()).isLessThanOrEqualTo(500);
          assertThat(entry.reason()).doesNotContainPattern("\\p{Cntrl}");
          assertThat(entry.object().length()).isLessThanOrEqualTo(100);
        });
    assertThat(everything().get(1).reason()).isEqualTo("alone");
  }

  private long begin(Actor actor, AuditAction action, String object, String reason, String detail) {
    return answer(log.begin(new Act(actor, action, object, reason, detail)));
  }

  private static Act act(Actor actor, AuditAction action) {
    return new Act(actor, action, "", "", "");
  }

  /// Of everything, what is asked for.
  private static AuditFilter only(
      Optional<AuditArea> area,
      Optional<String> login,
      Optional<Instant> from,
      Optional<Instant> until) {
    return new AuditFilter(
        EnumSet.allOf(AuditArea.class), Optional.empty(), area, login, from, until);
  }

  private static AuditFilter filter(Set<AuditArea> areas, String own) {
    return new AuditFilter(
        areas,
        Optional.of(own),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private List<AuditEntry> everything() {
    return answer(log.entries(AuditFilter.everything(), Optional.empty(), 1000));
  }

  private List<Long> found(AuditFilter filter) {
    return answer(log.entries(filter, Optional.empty(), 100)).stream()
        .map(AuditEntry::line)
        .toList();
  }
}
