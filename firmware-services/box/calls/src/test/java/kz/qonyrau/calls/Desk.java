package kz.qonyrau.calls;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import kz.qonyrau.ledger.Balance;
import kz.qonyrau.ledger.Ledger;
import kz.qonyrau.ledger.Transfer;
import kz.qonyrau.ledger.TransferResult;
import kz.qonyrau.ledger.WalletId;
import kz.qonyrau.store.Outbox;
import kz.qonyrau.store.QueuedMessage;
import kz.qonyrau.tariffs.Tariff;
import kz.qonyrau.testsupport.TemporaryStore;
import kz.qonyrau.vocabulary.CallId;
import kz.qonyrau.vocabulary.CampaignId;
import kz.qonyrau.vocabulary.Msisdn;
import kz.qonyrau.vocabulary.Tenge;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// A box's calls over a real store and a real ledger; only the carrier, the ear and the recorder
/// are scripted.
final class Desk implements BeforeEachCallback, AfterEachCallback {

  private static final WalletId BANK = new WalletId("central/leases");

  /// 6.00 KZT a second, so that sums are easy to read; recording and recognition cost as much.
  private static final Tariff TARIFF =
      Tariff.parse(
          """
          {"version": "test-1", "publishedAt": "2026-01-01T00:00:00Z", "lines": [
            {"service": "CALL_TIME", "price": "6.00", "unit": "PT1S", "step": "PT1S", "minimum": "0.00"},
            {"service": "REC_TIME", "price": "1.00", "unit": "PT1S", "step": "PT1S", "minimum": "0.00"},
            {"service": "STT_TIME", "price": "2.00", "unit": "PT1S", "step": "PT1S", "minimum": "0.00"}
          ]}
          """
              .getBytes(StandardCharsets.UTF_8));

  final InstantSource clock = Clock.systemUTC();
  private final Vertx vertx = Vertx.vertx();
  private final TemporaryStore store = TemporaryStore.with("OUTBOX", "LEDGER", "CALLS");
  final Ledger ledger = new Ledger(store.store(), clock);
  private final Outbox outbox = new Outbox(clock);
  final Calls calls = new Calls(store.store(), ledger, outbox, clock);
  final ScriptedCarrier carrier = new ScriptedCarrier(vertx, clock);
  final ScriptedEar ear = new ScriptedEar(vertx);
  final ScriptedRecorder recorder = new ScriptedRecorder();
  private final OutboundCalls outbound =
      new OutboundCalls(
          carrier,
          ear,
          recorder,
          ledger,
          calls,
          () -> TARIFF,
          new CallSettings(Duration.ofSeconds(4), Duration.ofSeconds(1)),
          clock);

  @Override
  public void beforeEach(ExtensionContext context) throws Exception {
    done(ledger.openWallet(BANK, true));
    done(ledger.openWallet(Calls.PAYER, false));
    done(ledger.openWallet(Calls.PROVIDER, true));
    done(
        vertx.deployVerticle(
            outbound, new DeploymentOptions().setThreadingModel(ThreadingModel.VIRTUAL_THREAD)));
  }

  @Override
  public void afterEach(ExtensionContext context) throws Exception {
    done(vertx.close());
    store.close();
  }

  Future<CallResult> place(CallOrder order) {
    return outbound.place(order);
  }

  /// Places the order, and gives what is written down of it.
  PlacedCall placed(CallOrder order) throws Exception {
    done(place(order));
    return await(calls.find(order.id())).orElseThrow();
  }

  void credit(String tenge) throws Exception {
    TransferResult result =
        await(
            ledger.transfer(new Transfer("lease/1", BANK, Calls.PAYER, Tenge.of(tenge), "credit")));
    assertThat(result).isInstanceOf(TransferResult.Transferred.class);
  }

  Balance balance() throws Exception {
    return await(ledger.balance(Calls.PAYER));
  }

  List<QueuedMessage> queued() throws Exception {
    return await(store.store().read(handle -> outbox.next(handle, 0, 100)));
  }

  /// Once the box listens for an answer.
  void whenListening(Runnable then) {
    AtomicBoolean done = new AtomicBoolean();
    calls.onChange(progress -> {
      if (progress.stage() == CallProgress.Stage.LISTENING && !done.getAndSet(true)) {
        then.run();
      }
    });
  }

  static CallOrder order() {
    return new CallOrder(
        CallId.random(),
        CampaignId.random(),
        new Msisdn("+77010000001"),
        new Sound(new byte[3200]),
        Optional.empty(),
        MachineRule.CARRY_ON,
        false,
        Duration.ofSeconds(20));
  }

  static CallOrder recorded(CallOrder order) {
    return new CallOrder(
        order.id(),
        order.campaign(),
        order.callee(),
        order.prompt(),
        order.question(),
        order.machines(),
        true,
        order.ringing());
  }

  static CallOrder asking(CallOrder order, Question question) {
    return new CallOrder(
        order.id(),
        order.campaign(),
        order.callee(),
        order.prompt(),
        Optional.of(question),
        order.machines(),
        order.record(),
        order.ringing());
  }

  static CallOrder withMachines(CallOrder order, MachineRule rule) {
    return new CallOrder(
        order.id(),
        order.campaign(),
        order.callee(),
        order.prompt(),
        order.question(),
        rule,
        order.record(),
        order.ringing());
  }

  static void done(Future<?> future) throws Exception {
    future.await(30, SECONDS);
  }

  static <T> T await(Future<T> future) throws Exception {
    return future.await(30, SECONDS);
  }
}
