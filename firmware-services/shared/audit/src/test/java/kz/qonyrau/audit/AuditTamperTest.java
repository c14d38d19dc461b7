package kz.qonyrau.audit;

import static kz.qonyrau.testsupport.Eventually.answer;
import static org.assertj.core.api.Assertions.assertThat;

import kz.qonyrau.testdatabases.OnEachDatabase;
import kz.qonyrau.testsupport.NoErrorsLogged;
import kz.qonyrau.testsupport.SteppedClock;
import kz.qonyrau.testsupport.TemporaryStore;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Changes the tables behind the log's back. There are six lines; line 4 ends line 3.
@Tag("PLT-18")
@Timeout(60)
@ExtendWith(NoErrorsLogged.class)
@OnEachDatabase
class AuditTamperTest {

  @RegisterExtension final TemporaryStore database = TemporaryStore.with("AUDIT");

  private final SteppedClock clock = SteppedClock.at("2026-11-24T07:00:00Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2|UPDATE audit.entry SET login = 'operator' WHERE line = 2",
        "2|UPDATE audit.entry SET role_name = 'OPERATOR' WHERE line = 2",
        "2|UPDATE audit.entry SET address = '10.0.0.9' WHERE line = 2",
        "2|UPDATE audit.entry SET area = 'BLOCKS' WHERE line = 2",
        "2|UPDATE audit.entry SET action = 'LIST_DELETED' WHERE line = 2",
        "2|UPDATE audit.entry SET object = 'list/9' WHERE line = 2",
        "2|UPDATE audit.entry SET reason = 'another' WHERE line = 2",
        "2|UPDATE audit.entry SET detail = 'another' WHERE line = 2",
        "2|UPDATE audit.entry SET at_ms = at_ms - 1 WHERE line = 2",
        "4|UPDATE audit.entry SET ends_line = 2 WHERE line = 4",
        "2|UPDATE audit.entry SET hash = previous_hash WHERE line = 2",
        "2|UPDATE audit.entry SET previous_hash = hash WHERE line = 2",
        "1|DELETE FROM audit.entry WHERE line = 1",
        "4|DELETE FROM audit.entry WHERE line = 4",
        "6|DELETE FROM audit.entry WHERE line = 6",
        "5|DELETE FROM audit.entry WHERE line >= 5",
        "1|DELETE FROM audit.entry",
        "6|UPDATE audit.chain SET last_line = 5",
        "7|UPDATE audit.chain SET last_line = 7",
        "6|UPDATE audit.chain SET head_hash = (SELECT hash FROM audit.entry WHERE line = 5)",
        "6|DELETE FROM audit.chain",
      })
  void namesTheFirstLineThatIsWrong(long line, String change) {
    AuditLog log = new AuditLog(database.store(), clock);
    Actor owner = new Actor("owner", "OWNER", "10.0.0.7");
    for (int each = 1; each <= 3; each++) {
      assertThat(
              answer(
                  log.begin(
                      new Act(
                          owner, AuditAction.LIST_RENAMED, "list/" + each, "reason", "detail"))))
          .isPositive();
    }
    answer(log.end(3, "NOT_FOUND"));
    for (int each = 5; each <= 6; each++) {
      assertThat(answer(log.begin(new Act(owner, AuditAction.SIGNED_IN, "", "", "")))).isPositive();
    }
    assertThat(answer(log.verify())).isInstanceOf(AuditVerdict.Sound.class);

    int changed = answer(database.store().write(handle -> handle.execute(change)));

    assertThat(changed).isPositive();
    assertThat(answer(log.verify()))
        .isInstanceOfSatisfying(
            AuditVerdict.Broken.class, broken -> assertThat(broken.firstLine()).isEqualTo(line));
  }
}
