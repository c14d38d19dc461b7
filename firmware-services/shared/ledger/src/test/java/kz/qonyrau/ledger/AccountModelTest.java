package kz.qonyrau.ledger;

import static kz.qonyrau.testsupport.Eventually.answer;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import kz.qonyrau.testdatabases.OnEachDatabase;
import kz.qonyrau.testsupport.NoErrorsLogged;
import kz.qonyrau.testsupport.SteppedClock;
import kz.qonyrau.testsupport.TemporaryStore;
import kz.qonyrau.vocabulary.Tenge;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Random books, in which the clock is set back now and then, and random questions about them; the
/// answers are compared with a list that is filled beside the book.
@Timeout(120)
@ExtendWith(NoErrorsLogged.class)
@OnEachDatabase
class AccountModelTest {

  private static final WalletId BANK = new WalletId("central/leases");
  private static final WalletId PROVIDER = new WalletId("provider/usage");
  private static final WalletId CUSTOMER = new WalletId("customer/AUTOCALL");
  private static final WalletId OTHER = new WalletId("customer/OTHER");
  private static final Instant START = Instant.parse("2026-11-24T07:00:00Z");

  private record Line(Instant at, MovementKind kind, long tiyn, long total, long available) {}

  @RegisterExtension final TemporaryStore database = TemporaryStore.with("LEDGER");

  private final SteppedClock clock = SteppedClock.at(START);
  private final List<Line> model = new ArrayList<>();
  private final Map<String, Long> open = new HashMap<>();
  private long available;
  private long held;
  private int number;

  @Tag("SH-BAL-01")
  @Tag("SH-BAL-03")
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void movementsAlwaysSumToTheBalance(long seed) {
    Ledger ledger = new Ledger(database.store(), clock);
    Random random = new Random(seed);
    for (WalletId id : List.of(BANK, PROVIDER, CUSTOMER, OTHER)) {
      assertThat(answer(ledger.openWallet(id, id.equals(BANK))).id()).isEqualTo(id);
    }
    for (int n = 0; n < 250; n++) {
      // Every row has a time of its own here, so that the model need not know the numbers of rows.
      boolean setBack = random.nextInt(25) == 0;
      clock.advance(
          setBack
              ? Duration.ofNanos(-1_003_000_000L * random.nextInt(20) - 1_000_000L * n)
              : Duration.ofMillis(3 + random.nextInt(2000)));
      step(ledger, random);
    }
    long head = answer(ledger.head()).rows();
    Account account = ledger.account(CUSTOMER);
    assertThat(answer(ledger.balance(CUSTOMER)).total().tiyn()).isEqualTo(available + held);
    assertThat(sum(model.stream().filter(line -> !line.kind().isReservation()).toList()))
        .isEqualTo(available + held);

    for (int n = 0; n < 40; n++) {
      Instant from = START.plusMillis(random.nextInt(300_000) - 30_000);
      Span span = n == 0 ? Span.ALWAYS : new Span(from, from.plusMillis(random.nextInt(200_000)));
      Turnover turnover = answer(account.turnover(span, head));
      List<Line> money = lines(MovementKind.MONEY, span);
      assertThat(turnover.opening().tiyn())
          .as("seed %d, %s", seed, span)
          .isEqualTo(sum(lines(MovementKind.MONEY, new Span(Span.ALWAYS.from(), span.from()))));
      assertThat(turnover.income().minus(turnover.expenses()).tiyn()).isEqualTo(sum(money));
      assertThat(turnover.opening().plus(turnover.income()).minus(turnover.expenses()))
          .isEqualTo(turnover.closing());

      Set<MovementKind> kinds = EnumSet.noneOf(MovementKind.class);
      for (MovementKind kind : MovementKind.values()) {
        if (random.nextBoolean()) {
          kinds.add(kind);
        }
      }
      assertThat(pages(account, kinds, span, head, 1 + random.nextInt(30)))
          .as("seed %d, %s %s", seed, kinds, span)
          .isEqualTo(newestFirst(lines(kinds, span)));
      assertThat(walked(account, kinds, span, head))
          .as("seed %d, %s %s", seed, kinds, span)
          .isEqualTo(lines(kinds, span));
      Tally tally = answer(account.tally(kinds, span, head));
      assertThat(tally.rows()).isEqualTo(lines(kinds, span).size());
    }
  }

  private void step(Ledger ledger, Random random) {
    String id = "n" + ++number;
    long amount = 1L + random.nextInt(1000);
    switch (random.nextInt(7)) {
      case 0, 1 -> {
        TransferResult made =
            answer(ledger.transfer(new Transfer(id, BANK, CUSTOMER, new Tenge(amount), "")));
        assertThat(made).isInstanceOf(TransferResult.Transferred.class);
        note(MovementKind.TOP_UP, amount, amount, 0);
      }
      case 2 -> {
        WalletId to = random.nextBoolean() ? BANK : OTHER;
        if (answer(ledger.transfer(new Transfer(id, CUSTOMER, to, new Tenge(amount), "")))
            instanceof TransferResult.Transferred) {
          note(MovementKind.TRANSFER, -amount, -amount, 0);
        }
      }
      case 3, 4 -> {
        if (answer(ledger.hold(new Hold(id, CUSTOMER, new Tenge(amount))))
            instanceof HoldResult.Held) {
          open.put(id, amount);
          note(MovementKind.HOLD, -amount, -amount, amount);
        }
      }
      case 5 -> {
        String hold = anyOf(random);
        if (!hold.isEmpty()
            && answer(ledger.extend(hold, id, new Tenge(amount))) instanceof HoldResult.Held) {
          open.merge(hold, amount, Long::sum);
          note(MovementKind.EXTENSION, -amount, -amount, amount);
        }
      }
      default -> settle(ledger, random, anyOf(random));
    }
  }

  private void settle(Ledger ledger, Random random, String hold) {
    Long all = open.remove(hold);
    if (all == null) {
      return;
    }
    long cost = random.nextInt(3) == 0 ? 0 : random.nextInt(1 + Math.toIntExact(all));
    SettleResult settled = answer(ledger.capture(hold, new Tenge(cost), PROVIDER));
    assertThat(settled).isInstanceOf(SettleResult.Settled.class);
    if (cost > 0) {
      note(MovementKind.CAPTURE, -cost, 0, -cost);
    }
    if (all > cost) {
      note(MovementKind.RELEASE, all - cost, all - cost, cost - all);
    }
  }

  private String anyOf(Random random) {
    List<String> ids = open.keySet().stream().sorted().toList();
    return ids.isEmpty() ? "" : ids.get(random.nextInt(ids.size()));
  }

  private void note(MovementKind kind, long tiyn, long toAvailable, long toHeld) {
    available += toAvailable;
    held += toHeld;
    model.add(new Line(clock.instant(), kind, tiyn, available + held, available));
  }

  private List<Line> lines(Set<MovementKind> kinds, Span span) {
    return model.stream()
        .filter(line -> kinds.contains(line.kind()) && span.contains(line.at()))
        .toList();
  }

  private static List<Line> newestFirst(List<Line> lines) {
    // Stable: of rows of one moment the one that was written last comes first.
    return lines.reversed().stream().sorted(Comparator.comparing(Line::at).reversed()).toList();
  }

  private static long sum(List<Line> lines) {
    return lines.stream().mapToLong(Line::tiyn).sum();
  }

  private static List<Line> pages(
      Account account, Set<MovementKind> kinds, Span span, long head, int size) {
    List<Line> all = new ArrayList<>();
    OptionalLong before = OptionalLong.empty();
    List<Movement> page;
    do {
      page = answer(account.page(kinds, span, head, before, size));
      page.forEach(movement -> all.add(line(movement)));
      before = page.isEmpty() ? before : OptionalLong.of(page.getLast().row());
    } while (page.size() == size);
    return all;
  }

  private static List<Line> walked(Account account, Set<MovementKind> kinds, Span span, long head) {
    List<Line> all = new ArrayList<>();
    Walk walk = answer(account.walk(kinds, span, head));
    while (walk.goesOn()) {
      answer(walk.next()).forEach(movement -> all.add(line(movement)));
    }
    return all;
  }

  private static Line line(Movement movement) {
    return new Line(
        movement.at(),
        movement.kind(),
        movement.amount().tiyn(),
        movement.total().tiyn(),
        movement.available().tiyn());
  }
}
