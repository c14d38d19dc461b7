package kz.qonyrau.calls;

import static java.nio.charset.StandardCharsets.UTF_8;
import static kz.qonyrau.testsupport.Eventually.answer;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import kz.qonyrau.calls.PlacedCall.CostLine;
import kz.qonyrau.ledger.Hold;
import kz.qonyrau.ledger.HoldResult;
import kz.qonyrau.ledger.Ledger;
import kz.qonyrau.ledger.Transfer;
import kz.qonyrau.ledger.WalletId;
import kz.qonyrau.store.Outbox;
import kz.qonyrau.testsupport.SteppedClock;
import kz.qonyrau.testsupport.TemporaryStore;
import kz.qonyrau.vocabulary.CallId;
import kz.qonyrau.vocabulary.CallOutcome;
import kz.qonyrau.vocabulary.CampaignId;
import kz.qonyrau.vocabulary.Msisdn;
import kz.qonyrau.vocabulary.Tenge;
import kz.qonyrau.wire.UsageReport;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is said to be spent is what was reported, at every moment of every call.
@Timeout(120)
@Tag("SH-BAL-16")
class SpendingTest {

  private static final WalletId BANK = new WalletId("central/leases");
  private static final Tenge CREDIT = Tenge.of("5000.00");

  @RegisterExtension
  final TemporaryStore database = TemporaryStore.with("OUTBOX", "LEDGER", "CALLS");

  private final SteppedClock clock = SteppedClock.at("2026-11-24T04:00:00Z");
  private final Outbox outbox = new Outbox(clock);
  private final List<CallId> held = new ArrayList<>();
  private final List<CallId> open = new ArrayList<>();
  private final List<CallId> ended = new ArrayList<>();

  private Ledger ledger() {
    return new Ledger(database.store(), clock);
  }

  /// Without anything running: as after a start.
  private Calls calls() {
    return new Calls(database.store(), ledger(), outbox, clock);
  }

  private void openTheBook() {
    var _ = answer(ledger().openWallet(BANK, true));
    var _ = answer(ledger().openWallet(Calls.PAYER, false));
    var _ = answer(ledger().openWallet(Calls.PROVIDER, true));
    var _ = answer(ledger().transfer(new Transfer("lease/1", BANK, Calls.PAYER, CREDIT, "")));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void whateverDiesBetweenTheEndOfACallAndItsCharge(long seed) {
    openTheBook();
    Random random = new Random(seed);
    for (int n = 0; n < 250; n++) {
      step(random);
      requireTrue(n);
    }
    assertThat(answer(calls().recover())).isNotNegative();
    requireTrue(250);
    assertThat(spending().held()).isEqualTo(Tenge.ZERO);
  }

  private void step(Random random) {
    clock.advance(Duration.ofMillis(random.nextInt(500)));
    switch (random.nextInt(8)) {
      case 0, 1 -> hold(random);
      case 2 -> extend(random);
      case 3 -> dial(random);
      case 4, 5 -> end(random);
      case 6 -> settle(random);
      default -> {
        if (random.nextInt(6) == 0) {
          assertThat(answer(calls().recover())).isNotNegative();
          held.clear();
          open.clear();
          ended.clear();
        }
      }
    }
  }

  private void hold(Random random) {
    CallId call = CallId.random();
    HoldResult result =
        answer(
            ledger()
                .hold(
                    new Hold(
                        Calls.holdOf(call), Calls.PAYER, new Tenge(1 + random.nextInt(4000)))));
    if (result instanceof HoldResult.Held) {
      held.add(call);
    }
  }

  private void extend(Random random) {
    if (!open.isEmpty()) {
      String id = Calls.holdOf(open.get(random.nextInt(open.size())));
      var _ =
          answer(ledger().extend(id, id + "/" + clock.instant().toEpochMilli(), new Tenge(500)));
    }
  }

  private void dial(Random random) {
    if (!held.isEmpty()) {
      CallId call = held.remove(random.nextInt(held.size()));
      var _ =
          answer(
              calls()
                  .open(
                      new CallOrder(
                          call,
                          CampaignId.random(),
                          new Msisdn("+77010000001"),
                          new Sound(new byte[2]),
                          Optional.empty(),
                          MachineRule.CARRY_ON,
                          false,
                          Duration.ofSeconds(20)),
                      "test-1")
                  .map(true));
      open.add(call);
    }
  }

  private void end(Random random) {
    if (!open.isEmpty()) {
      CallId call = open.remove(random.nextInt(open.size()));
      long most = answer(ledger().findHold(Calls.holdOf(call))).orElseThrow().held().tiyn();
      long cost = random.nextInt(4) == 0 ? 0 : 1 + random.nextLong(most);
      assertThat(answer(calls().end(ended(call, new Tenge(cost))))).isTrue();
      ended.add(call);
    }
  }

  private void settle(Random random) {
    if (!ended.isEmpty()) {
      CallId call = ended.remove(random.nextInt(ended.size()));
      Tenge cost = answer(calls().find(call)).orElseThrow().amount();
      var _ = answer(calls().settle(call, cost).map(true));
    }
  }

  private CallEnd ended(CallId call, Tenge cost) {
    return new CallEnd(
        call,
        clock.instant(),
        Duration.ofSeconds(1),
        CallOutcome.ANSWERED,
        "Q.850 16",
        "",
        false,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        cost.isPositive()
            ? List.of(
                new CostLine(
                    "CALL_TIME",
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(1),
                    "6.00",
                    cost))
            : List.of(),
        List.of());
  }

  private Spending spending() {
    return answer(database.store().write(calls()::spending));
  }

  private void requireTrue(int step) {
    record Seen(Spending spending, Tenge reported) {}
    Seen seen =
        answer(
            database.store().write(handle -> new Seen(calls().spending(handle), reported(handle))));
    assertThat(seen.spending().spent()).as("spent after step %s", step).isEqualTo(seen.reported());
    assertThat(seen.spending().held().isNegative()).isFalse();
    assertThat(
            seen.spending().spent().plus(seen.spending().held()).plus(seen.spending().available()))
        .as("money after step %s", step)
        .isEqualTo(CREDIT);
  }

  private Tenge reported(Handle handle) {
    return outbox.next(handle, 0, 10_000).stream()
        .map(message -> UsageReport.parse(new String(message.body(), UTF_8)).amount())
        .reduce(Tenge.ZERO, Tenge::plus);
  }

  @Test
  void anEndedCallCountsAsSpentBeforeItIsCharged() {
    openTheBook();
    CallId call = CallId.random();
    var _ = answer(ledger().hold(new Hold(Calls.holdOf(call), Calls.PAYER, Tenge.of("18.00"))));
    held.add(call);
    dial(new Random(1));
    assertThat(spending())
        .isEqualTo(new Spending(Tenge.ZERO, Tenge.of("18.00"), Tenge.of("4982.00")));

    assertThat(answer(calls().end(ended(call, Tenge.of("6.00"))))).isTrue();

    assertThat(spending())
        .isEqualTo(new Spending(Tenge.of("6.00"), Tenge.of("12.00"), Tenge.of("4982.00")));
    var _ = answer(calls().settle(call, Tenge.of("6.00")).map(true));
    assertThat(spending())
        .isEqualTo(new Spending(Tenge.of("6.00"), Tenge.ZERO, Tenge.of("4994.00")));
  }
}
