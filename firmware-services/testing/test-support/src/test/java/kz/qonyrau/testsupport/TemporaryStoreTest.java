package kz.qonyrau.testsupport;

import static kz.qonyrau.testsupport.Eventually.answer;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import kz.qonyrau.store.Outbox;
import kz.qonyrau.store.OutboxMessage;
import kz.qonyrau.store.QueuedMessage;
import kz.qonyrau.testdatabases.OnEachDatabase;
import kz.qonyrau.testdatabases.TestDatabase;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
@OnEachDatabase
class TemporaryStoreTest {

  @RegisterExtension final TemporaryStore database = TemporaryStore.with("OUTBOX");

  private final SteppedClock clock = SteppedClock.at("2026-11-24T04:00:00Z");
  private final Outbox outbox = new Outbox(clock);

  @Tag("PLT-07")
  @Test
  void whatWasPutIsReadInOrder() {
    OutboxMessage first = message("usage");
    OutboxMessage second = message("heartbeat");

    var _ =
        answer(
            database
                .store()
                .write(handle -> List.of(outbox.put(handle, first), outbox.put(handle, second))));

    List<QueuedMessage> queued =
        answer(database.store().read(handle -> outbox.next(handle, 0, 10)));
    assertThat(queued)
        .containsExactly(
            new QueuedMessage(1, first.id(), "usage", first.body(), clock.instant()),
            new QueuedMessage(2, second.id(), "heartbeat", second.body(), clock.instant()));
  }

  @Test
  void isOfTheProductWhoseTurnItIs(TestDatabase product) {
    String name =
        answer(
            database
                .store()
                .read(handle -> handle.getConnection().getMetaData().getDatabaseProductName()));

    assertThat(name)
        .isEqualTo(
            switch (product) {
              case DERBY -> "Apache Derby";
              case POSTGRESQL -> "PostgreSQL";
            });
  }

  private static OutboxMessage message(String kind) {
    return new OutboxMessage(
        UUID.randomUUID().toString(), kind, "{}".getBytes(StandardCharsets.UTF_8));
  }
}
