package kz.qonyrau.uplink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static kz.qonyrau.testsupport.Eventually.answer;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import kz.qonyrau.store.Outbox;
import kz.qonyrau.testsupport.Plug;
import kz.qonyrau.testsupport.SteppedClock;
import kz.qonyrau.testsupport.TemporaryStore;
import kz.qonyrau.uplink.Purse.Posting;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.vocabulary.Tenge;
import kz.qonyrau.wire.BookStatement;
import kz.qonyrau.wire.BookStatement.Cause;
import kz.qonyrau.wire.LeaseDocument;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
@Tag("SH-BAL-16")
class CreditLineTest {

  private static final BoxId BOX = BoxId.random();
  private static final Instant NOW = Instant.parse("2026-11-24T04:00:00Z");
  private static final LocalDate DAY = LocalDate.parse("2026-11-24");

  @RegisterExtension final TemporaryStore database = TemporaryStore.with("OUTBOX", "UPLINK");

  private final Outbox outbox = new Outbox(SteppedClock.at(NOW));
  private final SmallPurse purse = new SmallPurse();

  /// As after a start of the program.
  private CreditLine line() {
    LeaseDocument lease =
        new LeaseDocument(BOX, 7, Tenge.of("5.00"), Tenge.ZERO, NOW, NOW.plus(Duration.ofDays(1)));
    return new CreditLine(database.store(), outbox, purse, BOX, () -> Optional.of(lease));
  }

  private List<BookStatement> statements() {
    return answer(database.store().read(handle -> outbox.next(handle, 0, 100))).stream()
        .map(message -> BookStatement.parse(new String(message.body(), UTF_8)))
        .toList();
  }

  @Test
  void aDayHasOneStatementWhateverRestartsAndWhateverWasAcknowledged() {
    assertThat(answer(line().stateDaily(DAY))).isTrue();
    assertThat(answer(line().stateDaily(DAY))).isFalse();
    int removed =
        answer(
            database
                .store()
                .write(handle ->
                    outbox.acknowledge(handle, List.of(BookStatement.messageIdOf(BOX, DAY)))));
    assertThat(removed).isEqualTo(1);
    assertThat(answer(line().stateDaily(DAY))).isFalse();
    assertThat(statements()).isEmpty();

    assertThat(answer(line().stateDaily(DAY.plusDays(1)))).isTrue();

    assertThat(statements()).extracting(BookStatement::cause).containsExactly(Cause.DAILY);
    assertThat(statements().getFirst().leaseVersion()).isEqualTo(7);
  }

  @Test
  void theDayIsNotedWithItsStatementOrNotAtAll() {
    boolean pulled = true;
    LocalDate day = DAY;
    for (int statement = 1; pulled; statement++) {
      day = day.plusDays(1);
      LocalDate today = day;
      Plug plug = Plug.in(database.store(), statement);
      try {
        var _ = answer(line().stateDaily(today));
      } catch (Plug.Pulled _) {
        assertThat(plug.isPulled()).isTrue();
      }
      pulled = plug.isPulled();
      Plug.remove(database.store());

      assertThat(answer(line().stateDaily(today))).isEqualTo(pulled);
    }
  }

  @Test
  @Tag("SH-BAL-15")
  void whatIsTakenBackIsToldAndWhatIsOwedIsKnown() {
    CreditLine line = line();
    purse.posting = new Posting(Tenge.ZERO, Tenge.of("1.00"), Tenge.of("2.00"));
    var _ = answer(line.apply().map(true));
    assertThat(line.owes()).isTrue();

    purse.posting = new Posting(Tenge.ZERO, Tenge.ZERO, Tenge.ZERO);
    var _ = answer(line.apply().map(true));

    assertThat(line.owes()).isFalse();
    assertThat(statements()).extracting(BookStatement::cause).containsExactly(Cause.RETURN);
  }
}
