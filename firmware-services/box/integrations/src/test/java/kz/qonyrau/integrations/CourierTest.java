package kz.qonyrau.integrations;

import static kz.qonyrau.testsupport.Eventually.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import kz.qonyrau.testsupport.Eventually;
import kz.qonyrau.testsupport.Plug;
import kz.qonyrau.testsupport.SteppedClock;
import kz.qonyrau.testsupport.TemporaryStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What receivers get, over real HTTP: until they have it, and then never again.
@Tag("SH-API-02")
@Timeout(60)
class CourierTest {

  private static final Duration PATIENCE = Duration.ofSeconds(3);

  @RegisterExtension final TemporaryStore database = TemporaryStore.with("INTEGRATION");

  private final SteppedClock clock = SteppedClock.at("2026-11-24T07:00:00Z");
  private final Vertx vertx = Vertx.vertx();
  private final List<HttpServer> servers = new ArrayList<>();
  private Webhooks webhooks;
  private Courier courier;

  /// A seal that changes every byte and knows its context.
  private static final class Xor implements Seal {

    @Override
    public byte[] seal(byte[] plain, String context) {
      byte[] sealed = plain.clone();
      for (int each = 0; each < sealed.length; each++) {
        sealed[each] ^= (byte) (context.hashCode() | 1);
      }
      return sealed;
    }

    @Override
    public byte[] open(byte[] sealed, String context) {
      return seal(sealed, context);
    }
  }

  /// What a receiver got.
  private record Got(String event, String timestamp, String signature, String body) {}

  private final List<Got> got = new CopyOnWriteArrayList<>();

  @BeforeEach
  void open() {
    begin(true);
    courier.start();
  }

  /// As after a start of the program.
  private void begin(boolean localMayReceive) {
    webhooks = new Webhooks(database.store(), new Xor(), clock, localMayReceive);
    var _ = answer(webhooks.load());
    courier = new Courier(vertx, database.store(), webhooks, clock, PATIENCE);
  }

  @AfterEach
  void close() {
    courier.close();
    var _ = answer(Future.join(servers.stream().map(HttpServer::close).toList()));
    var _ = answer(vertx.close());
  }

  /// A receiver that takes down what it gets and then does what it is told.
  private String receiver(BiConsumer<HttpServerRequest, Integer> does) {
    HttpServer server =
        vertx
            .createHttpServer()
            .requestHandler(request ->
                request
                    .body()
                    .onSuccess(body -> {
                      got.add(
                          new Got(
                              header(request, "Event-Id"),
                              header(request, "Timestamp"),
                              header(request, "Signature"),
                              body.toString()));
                      does.accept(request, got.size());
                    }));
    servers.add(server);
    return "http://127.0.0.1:" + answer(server.listen(0, "127.0.0.1")).actualPort() + "/hook?a=1";
  }

  private static String header(HttpServerRequest request, String name) {
    return Optional.ofNullable(request.getHeader("X-Qonyrau-" + name)).orElse("none");
  }

  private static void says(HttpServerRequest request, int status) {
    var _ = request.response().setStatusCode(status).end("thanks");
  }

  private Webhooks.Made webhook(String url) {
    return answer(webhooks.make(UUID.randomUUID(), url, Set.of(EventKind.LIST_READY), "owner"))
        .orElseThrow();
  }

  private Event happens(String what) {
    Event event = Event.of(EventKind.LIST_READY, what, clock.instant(), Map.of("name", what));
    var _ =
        answer(
            database
                .store()
                .write(handle -> {
                  webhooks.tell(handle, event);
                  return true;
                }));
    courier.look();
    return event;
  }

  private List<Delivery> deliveries(Webhooks.Made made) {
    return answer(webhooks.deliveries(made.webhook().id(), 0, 100));
  }

  private static void await(String what, BooleanSupplier condition) {
    Eventually.await(Duration.ofSeconds(20), what, condition);
  }

  private void awaitTries(Webhooks.Made made, int tries) {
    await(tries + " tries", () -> deliveries(made).getFirst().tries() == tries);
  }

  private void awaitState(Webhooks.Made made, Delivery.State state) {
    await(state.name(), () -> deliveries(made).getFirst().state() == state);
  }

  /// The courier looks for what is due while what it carries is being answered.
  @Test
  void whoAnsweredIsNotToldAgainByALookOfThatMoment() {
    Webhooks.Made made = webhook(receiver((request, _) -> says(request, 200)));
    int events = 100;
    for (int i = 0; i < events; i++) {
      var _ = happens("list " + i);
    }
    await(
        "all told",
        () -> {
          courier.look();
          return deliveries(made).stream().allMatch(one -> one.state() == Delivery.State.DONE);
        });

    assertThat(got).hasSize(events).extracting(Got::event).doesNotHaveDuplicates();
  }

  @Test
  void anEventIsToldSignedAndOnce() {
    Webhooks.Made made = webhook(receiver((request, _) -> says(request, 200)));

    Event event = happens("list 1");
    awaitState(made, Delivery.State.DONE);
    var _ = happens("list 1");
    var _ = happens("list 2");
    await("the second", () -> got.size() == 2);
    clock.advance(Duration.ofDays(1));
    courier.look();
    var _ = happens("list 3");
    await("the third", () -> got.size() == 3);

    Got first = got.getFirst();
    assertThat(first.event).isEqualTo(event.id().toString());
    assertThat(first.timestamp).isEqualTo(Long.toString(event.at().getEpochSecond()));
    assertThat(first.signature).isEqualTo(Signature.of(made.secret(), first.timestamp, first.body));
    assertThat(first.body).contains("\"event\":\"list.ready\"", "\"name\":\"list 1\"");
    assertThat(got).extracting(Got::event).doesNotHaveDuplicates();
  }

  @Test
  void whoFailsTwiceGetsItAThirdTimeAndNeverAgain() {
    Webhooks.Made made = webhook(receiver((request, time) -> says(request, time <= 2 ? 500 : 204)));

    var _ = happens("list 1");
    awaitTries(made, 1);
    assertThat(deliveries(made).getFirst().lastAnswer()).isEqualTo("HTTP 500");
    assertThat(deliveries(made).getFirst().nextTry()).contains(clock.instant().plusSeconds(10));
    clock.advance(Duration.ofSeconds(10));
    courier.look();
    awaitTries(made, 2);
    assertThat(deliveries(made).getFirst().nextTry()).contains(clock.instant().plusSeconds(20));
    clock.advance(Duration.ofSeconds(20));
    courier.look();
    awaitState(made, Delivery.State.DONE);
    clock.advance(Duration.ofDays(2));
    var _ = happens("list 2");
    await("the next event", () -> got.size() == 4);
    await(
        "both are done",
        () -> deliveries(made).stream().allMatch(one -> one.state() == Delivery.State.DONE));

    assertThat(deliveries(made)).hasSize(2);
    assertThat(got.stream().map(Got::event).distinct()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"hangs", "closes", "redirects", "talks without end"})
  void whoDoesAnythingButAnswerIsToldAgain(String what) {
    String url =
        receiver((request, time) -> {
          if (time > 1) {
            says(request, 200);
            return;
          }
          switch (what) {
            case "closes" -> request.connection().close();
            case "redirects" -> {
              request.response().putHeader("Location", "http://127.0.0.1:1/");
              says(request, 302);
            }
            case "talks without end" ->
                vertx.setPeriodic(
                    5,
                    _ -> {
                      if (!request.response().closed()) {
                        request.response().writeContinue();
                      }
                    });
            default -> {
              // Says nothing.
            }
          }
        });
    Webhooks.Made made = webhook(url);

    var _ = happens("list 1");
    awaitTries(made, 1);
    assertThat(deliveries(made).getFirst().state()).isEqualTo(Delivery.State.PENDING);
    clock.advance(Duration.ofSeconds(10));
    courier.look();

    awaitState(made, Delivery.State.DONE);
    assertThat(got.stream().map(Got::event).distinct()).hasSize(1);
  }

  @Test
  void anAnswerWithoutEndIsAnAnswer() {
    Webhooks.Made made =
        webhook(
            receiver((request, _) -> {
              request.response().setChunked(true);
              vertx.setPeriodic(
                  5,
                  timer -> {
                    if (request.response().closed()) {
                      vertx.cancelTimer(timer);
                    } else {
                      var _ = request.response().write("more ");
                    }
                  });
            }));

    var _ = happens("list 1");

    awaitState(made, Delivery.State.DONE);
  }

  @Test
  void oneThatHangsHoldsUpNobodyElse() {
    Webhooks.Made hanging = webhook(receiver((_, _) -> {}));
    AtomicLong others = new AtomicLong();
    HttpServer other =
        vertx
            .createHttpServer()
            .requestHandler(request -> {
              others.incrementAndGet();
              says(request, 200);
            });
    servers.add(other);
    int port = answer(other.listen(0, "127.0.0.1")).actualPort();
    Webhooks.Made quick = webhook("http://127.0.0.1:" + port);

    for (int each = 0; each < 20; each++) {
      var _ = happens("list " + each);
    }

    await(
        "the quick one is through",
        () -> {
          // Whatever came too late on a busy machine is told again.
          clock.advance(Duration.ofSeconds(1));
          courier.look();
          return deliveries(quick).stream().allMatch(one -> one.state() == Delivery.State.DONE);
        });
    assertThat(others.get()).isGreaterThanOrEqualTo(20);
    assertThat(deliveries(hanging)).extracting(Delivery::state).doesNotContain(Delivery.State.DONE);
  }

  @Test
  void afterThreeDaysItIsGivenUpUntilTheOwnerSaysSo() {
    int[] status = {503};
    Webhooks.Made made = webhook(receiver((request, _) -> says(request, status[0])));
    Event event = happens("list 1");
    Instant end = clock.instant().plus(Duration.ofDays(3));
    int tries = 0;
    while (deliveries(made).getFirst().state() == Delivery.State.PENDING) {
      awaitTries(made, ++tries);
      deliveries(made)
          .getFirst()
          .nextTry()
          .ifPresent(next -> clock.advance(Duration.between(clock.instant(), next)));
      courier.look();
    }
    assertThat(deliveries(made).getFirst().state()).isEqualTo(Delivery.State.GIVEN_UP);
    assertThat(clock.instant()).isBetween(end.minus(Duration.ofHours(6)), end);

    status[0] = 200;
    assertThat(answer(webhooks.again(made.webhook().id(), event.id().toString()))).isTrue();

    awaitState(made, Delivery.State.DONE);
    assertThat(answer(webhooks.again(made.webhook().id(), event.id().toString()))).isFalse();
  }

  @Test
  void whatWasNotToldBeforeADeathIsToldAfterIt() {
    courier.close();
    Webhooks.Made made = webhook(receiver((request, _) -> says(request, 200)));
    var _ = happens("list 1");
    assertThat(got).isEmpty();

    begin(true);
    courier.start();

    awaitState(made, Delivery.State.DONE);
    assertThat(got).hasSize(1);
    assertThat(got.getFirst().signature)
        .isEqualTo(Signature.of(made.secret(), got.getFirst().timestamp, got.getFirst().body));
  }

  @Test
  void anAnswerThatCannotBeWrittenDownIsNotAskedForAgain() {
    Webhooks.Made made = webhook(receiver((request, _) -> says(request, 200)));
    Event event = happens("list 0");
    awaitState(made, Delivery.State.DONE);
    got.clear();
    // Reads nothing for writing but the result of the next delivery.
    courier.close();
    Event next = happens("list 1");
    Plug plug = Plug.in(database.store(), 1);
    begin(true);
    courier.start();

    await("the plug is pulled", plug::isPulled);
    await(
        "it is written down all the same",
        () -> deliveries(made).stream().allMatch(one -> one.state() == Delivery.State.DONE));

    assertThat(got).extracting(Got::event).containsExactly(next.id().toString());
    assertThat(event.id()).isNotEqualTo(next.id());
  }

  @Test
  void rowsOfOthersAreFollowedWithoutLossWhicheverStatementIsTheLast() {
    Webhooks.Made made = webhook(receiver((request, _) -> says(request, 200)));
    List<EventSource.Row> rows = new CopyOnWriteArrayList<>();
    EventSource source =
        new EventSource() {
          @Override
          public String name() {
            return "lists";
          }

          @Override
          public Future<List<Row>> after(long position, int size) {
            return Future.succeededFuture(
                rows.stream().filter(row -> row.position() > position).limit(size).toList());
          }

          @Override
          public Future<Long> last() {
            return Future.succeededFuture(rows.isEmpty() ? 0 : rows.getLast().position());
          }
        };
    rows.add(row(1));
    Follower follower = new Follower(database.store(), webhooks, source);
    assertThat(follower.follow()).as("what was before is not told").isFalse();
    int position = 1;
    for (int statement = 1; statement <= 8; statement++) {
      rows.add(row(++position));
      Plug plug = Plug.in(database.store(), statement);
      try {
        var _ = follower.follow();
      } catch (RuntimeException pulled) {
        assertThat(plug.isPulled()).isTrue();
      }
      Plug.remove(database.store());
      var _ = follower.follow();
      var _ = follower.follow();
    }
    courier.look();

    await("all are told", () -> got.size() == rows.size() - 1);
    assertThat(deliveries(made)).hasSize(rows.size() - 1);
    assertThat(got).extracting(Got::event).doesNotHaveDuplicates();
  }

  private EventSource.Row row(int position) {
    return new EventSource.Row(
        position, Event.of(EventKind.LIST_READY, "row " + position, clock.instant(), Map.of()));
  }

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1/hook",
    "http://localhost:8080/",
    "http://box.localhost/",
    "http://[::1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://169.254.169.254/latest",
    "http://[fe80::1]/",
    "http://0.0.0.0/",
    "http://224.0.0.1/",
    "http://2130706433/",
    "ftp://crm.example/",
    "file:///etc/passwd",
    "javascript:alert(1)",
    "http://user:secret@crm.example/",
    "http:///hook",
    "http://crm.example/#part",
    "http://crm.example:70000/",
    "crm.example/hook",
    "'http://crm.example/ space'",
    "''"
  })
  void addressesThatNobodyMayBeToldAtAreRefused(String url) {
    Webhooks strict = new Webhooks(database.store(), new Xor(), clock, false);

    assertThatThrownBy(() -> strict.make(UUID.randomUUID(), url, Set.of(EventKind.LIST_READY), "o"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("secret");
  }

  @Test
  void aNameThatLeadsToThisMachineIsNotFollowed() {
    String url = receiver((request, _) -> says(request, 200));
    Webhooks.Made made = webhook(url);
    courier.close();
    var _ = happens("list 1");

    begin(false);
    courier.start();

    awaitTries(made, 1);
    assertThat(deliveries(made).getFirst().lastAnswer()).isEqualTo("the host is unknown");
    assertThat(got).isEmpty();
  }

  @Test
  void aWebhookThatIsRemovedIsToldNothingMore() {
    Webhooks.Made made = webhook(receiver((request, _) -> says(request, 500)));
    var _ = happens("list 1");
    awaitTries(made, 1);

    assertThat(answer(webhooks.remove(made.webhook().id()))).isTrue();
    var _ = happens("list 2");
    clock.advance(Duration.ofDays(1));
    courier.look();

    assertThat(deliveries(made)).isEmpty();
    assertThat(webhooks.all()).isEmpty();
    assertThat(got).hasSize(1);
  }
}
