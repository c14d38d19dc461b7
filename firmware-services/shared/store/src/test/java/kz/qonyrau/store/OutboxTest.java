package kz.qonyrau.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import kz.qonyrau.testdatabases.OnEachDatabase;
import kz.qonyrau.testdatabases.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("PLT-07")
@Timeout(60)
@OnEachDatabase
class OutboxTest {

  private static final Instant NOON = Instant.parse("2026-11-24T07:00:00Z");

  private final Store store;
  private final Outbox outbox = new Outbox(InstantSource.fixed(NOON));

  OutboxTest(TestDatabase product) {
    store =
        Store.open(
            new StoreSettings(product.newUrl(), 2, Duration.ofSeconds(5), Optional.empty()),
            List.of("OUTBOX"));
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void numbersHaveNoGapsWhateverFails() {
    for (int n = 0; n < 50; n++) {
      boolean fails = n % 3 == 1;
      Future<Long> put =
          store.write(handle -> {
            long seq = outbox.put(handle, message());
            if (fails) {
              throw new IllegalStateException("after the number was drawn");
            }
            return seq;
          });
      if (fails) {
        assertThatThrownBy(() -> answer(put)).isInstanceOf(IllegalStateException.class);
      } else {
        long seq = answer(put);
        assertThat(seq).isPositive();
      }
    }

    List<QueuedMessage> queued = next(0, 100);
    assertThat(queued)
        .extracting(QueuedMessage::seq)
        .containsExactlyElementsOf(LongStream.rangeClosed(1, 33).boxed().toList());
  }

  @Test
  void puttingTheSameAgainChangesNothing() {
    OutboxMessage message = message();

    long first = put(message);
    long second = put(message());
    long again = put(new OutboxMessage(message.id(), message.kind(), message.body().clone()));

    assertThat(List.of(first, second, again)).containsExactly(1L, 2L, 1L);
    assertThat(depth()).isEqualTo(2);
  }

  @Test
  void refusesOtherContentUnderTheSameId() {
    OutboxMessage message = message();
    assertThat(put(message)).isEqualTo(1);

    assertThatThrownBy(() -> put(new OutboxMessage(message.id(), "heartbeat", message.body())))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> put(new OutboxMessage(message.id(), message.kind(), new byte[] {1})))
        .isInstanceOf(IllegalStateException.class);

    assertThat(next(0, 10))
        .containsExactly(new QueuedMessage(1, message.id(), message.kind(), message.body(), NOON));
  }

  @Test
  void anAcknowledgedMessageIsGoneAndItsNumberIsNotDrawnAgain() {
    List<OutboxMessage> messages = IntStream.range(0, 5).mapToObj(_ -> message()).toList();
    messages.forEach(message -> assertThat(put(message)).isPositive());
    List<String> acknowledged = messages.subList(0, 3).stream().map(OutboxMessage::id).toList();

    int removed = answer(store.write(handle -> outbox.acknowledge(handle, acknowledged)));
    int again = answer(store.write(handle -> outbox.acknowledge(handle, acknowledged)));
    int none = answer(store.write(handle -> outbox.acknowledge(handle, List.of())));

    assertThat(List.of(removed, again, none)).containsExactly(3, 0, 0);
    assertThat(depth()).isEqualTo(2);
    assertThat(put(message())).isEqualTo(6);
    assertThat(next(4, 10)).extracting(QueuedMessage::seq).containsExactly(5L, 6L);
  }

  @Test
  void readsNoMoreThanItIsAskedFor() {
    IntStream.range(0, 20).forEach(_ -> assertThat(put(message())).isPositive());

    assertThat(next(0, 7)).hasSize(7);
    assertThat(next(7, 7)).extracting(QueuedMessage::seq).startsWith(8L).hasSize(7);
    assertThatThrownBy(() -> next(0, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> next(0, 10_001)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void keepsABodyToTheLastByte() {
    byte[] body = new byte[1 << 20];
    for (int i = 0; i < body.length; i++) {
      body[i] = (byte) (i * 31);
    }
    OutboxMessage large = new OutboxMessage(UUID.randomUUID().toString(), "usage", body);
    OutboxMessage empty = new OutboxMessage(UUID.randomUUID().toString(), "usage", new byte[0]);
    assertThat(List.of(put(large), put(empty), put(large), put(empty)))
        .containsExactly(1L, 2L, 1L, 2L);

    assertThat(next(0, 2).getFirst().body()).isEqualTo(body);
    assertThat(next(0, 2).getLast().body()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1",
        "not-a-uuid-but-thirty-six-characters",
        "123E4567-E89B-12D3-A456-426614174000"
      })
  void refusesIdsThatAreNoUuids(String id) {
    assertThatThrownBy(() -> new OutboxMessage(id, "usage", new byte[0]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Usage", "usage/x", "+", "#", "averyveryverylongkindofmessage"})
  void refusesKindsThatAreNoLevelOfATopic(String kind) {
    String id = UUID.randomUUID().toString();
    assertThatThrownBy(() -> new OutboxMessage(id, kind, new byte[0]))
        .isInstanceOf(IllegalArgumentException.class);
    byte[] tooLong = new byte[(1 << 20) + 1];
    assertThatThrownBy(() -> new OutboxMessage(id, "usage", tooLong))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static OutboxMessage message() {
    String id = UUID.randomUUID().toString();
    return new OutboxMessage(
        id, "usage", ("{\"id\":\"" + id + "\"}").getBytes(StandardCharsets.UTF_8));
  }

  private long put(OutboxMessage message) {
    return answer(store.write(handle -> outbox.put(handle, message)));
  }

  private long depth() {
    return answer(store.read(outbox::depth));
  }

  private List<QueuedMessage> next(long after, int limit) {
    return answer(store.read(handle -> outbox.next(handle, after, limit)));
  }

  private static <T> T answer(Future<T> future) {
    try {
      return future.await(20, TimeUnit.SECONDS);
    } catch (TimeoutException late) {
      throw new AssertionError("no answer within 20 s", late);
    }
  }
}
