package kz.qonyrau.boxes;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.net.NetClientOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.wire.ClaimTicket;
import kz.qonyrau.wire.DocumentSigner;

/// A whole fleet, from the claim tickets to the comparison of what it reported with what central
/// shows.
public final class SimulatedFleet {

  private static final int AT_ONCE = 8;
  private static final int CONNECTING = 64;
  private static final Duration LOOK = Duration.ofMillis(100);
  private static final Duration SETTLING = Duration.ofSeconds(20);
  private static final int FAULTS_SHOWN = 20;

  private final FleetOrder order;
  private final InstantSource clock;
  private final Consumer<String> progress;
  private final Tally tally = new Tally();
  private volatile boolean ended;

  /// A fleet that has not begun.
  ///
  /// @param progress told in a few words what is being done
  public SimulatedFleet(FleetOrder order, InstantSource clock, Consumer<String> progress) {
    this.order = order;
    this.clock = clock;
    this.progress = progress;
  }

  /// What is known when every box is connected.
  ///
  /// @param connected of all boxes
  public record Ready(int connected, int enrolled, Duration enrolling, Duration connecting) {}

  /// Ends the reporting early; what is left is still sent and compared.
  public void end() {
    ended = true;
  }

  /// How many boxes are connected at this moment.
  public long connected() {
    return tally.connected.sum();
  }

  /// Plays it. Blocks until the end.
  ///
  /// @param ready told once, when all boxes are connected or patience is at its end
  /// @throws IllegalStateException if central refuses the login, a claim or a box
  public FleetReport play(Consumer<Ready> ready) {
    IdentityFiles files = new IdentityFiles(order.identities());
    try (Central central = Central.signIn(order.central(), order.loginFile(), order.login())) {
      long begun = System.nanoTime();
      List<Identity> identities = identities(files, central);
      Duration enrolling = since(begun);
      Map<BoxId, Central.Booked> before = central.booked();
      Vertx vertx =
          Vertx.vertx(
              new VertxOptions()
                  .setEventLoopPoolSize(order.threads())
                  // Sealing 10 MB takes a while before the compiler has seen it.
                  .setMaxEventLoopExecuteTime(TimeUnit.SECONDS.toNanos(20)));
      try {
        return play(vertx, identities, files, central, before, enrolling, ready);
      } finally {
        close(vertx);
      }
    }
  }

  // ---- enrolment

  private int enrolled;

  private List<Identity> identities(IdentityFiles files, Central central) {
    List<Optional<Identity>> kept = inParallel(order.boxes(), files::find);
    List<Integer> missing =
        IntStream.range(0, kept.size())
            .filter(number -> kept.get(number).isEmpty())
            .boxed()
            .toList();
    List<Identity> all = new ArrayList<>(kept.stream().flatMap(Optional::stream).toList());
    if (!missing.isEmpty()) {
      all.addAll(enrol(missing, files, central));
    }
    return all;
  }

  private List<Identity> enrol(List<Integer> missing, IdentityFiles files, Central central) {
    progress.accept("enrolling " + missing.size() + " boxes");
    enrolled = missing.size();
    Tickets tickets = new Tickets(central);
    ClaimTicket first = tickets.next(missing.getFirst());
    AtomicInteger done = new AtomicInteger();
    try (EnrolmentDesk desk = EnrolmentDesk.at(order.door(), first)) {
      return inParallel(
          missing.size(),
          each -> {
            int number = missing.get(each);
            Identity identity =
                desk.enrol(serial(number), each == 0 ? first : tickets.next(number));
            files.keep(number, identity);
            int sofar = done.incrementAndGet();
            if (sofar % 1_000 == 0) {
              progress.accept(sofar + " enrolled");
            }
            return identity;
          });
    }
  }

  private static String serial(int number) {
    return "SIM-%06d".formatted(number);
  }

  /// Tickets out of a file, or made by the API.
  private final class Tickets {
    private final Central central;
    private final Deque<String> given = new ArrayDeque<>();

    Tickets(Central central) {
      this.central = central;
      order.tickets().ifPresent(file -> given.addAll(lines(file)));
    }

    ClaimTicket next(int number) {
      if (order.tickets().isEmpty()) {
        return central.claim("Simulated LLP", serial(number));
      }
      synchronized (given) {
        String next = given.poll();
        if (next == null) {
          throw new IllegalStateException("--tickets has too few tickets for " + serial(number));
        }
        return ClaimTicket.parse(next);
      }
    }

    private static List<String> lines(Path file) {
      try {
        return Files.readAllLines(file).stream().filter(line -> !line.isBlank()).toList();
      } catch (IOException failure) {
        throw new UncheckedIOException("cannot read " + file, failure);
      }
    }
  }

  private static <T> List<T> inParallel(int count, Function<Integer, T> each) {
    try (ExecutorService workers = Executors.newFixedThreadPool(AT_ONCE)) {
      List<Callable<T>> tasks = new ArrayList<>();
      for (int number = 0; number < count; number++) {
        int mine = number;
        tasks.add(() -> each.apply(mine));
      }
      List<T> results = new ArrayList<>();
      for (var result : workers.invokeAll(tasks)) {
        results.add(result.get());
      }
      return results;
    } catch (InterruptedException failure) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", failure);
    } catch (ExecutionException failure) {
      throw new IllegalStateException(
          Objects.requireNonNullElse(failure.getCause(), failure).getMessage(), failure);
    }
  }

  // ---- the play

  /// A box and the event loop that it lives on.
  private record Placed(SimulatedBox box, Context context) {

    void run(Consumer<SimulatedBox> what) {
      context.runOnContext(_ -> what.accept(box));
    }

    <T> Future<T> ask(Function<SimulatedBox, T> what) {
      Promise<T> promise = Promise.promise();
      context.runOnContext(_ -> promise.complete(what.apply(box)));
      return promise.future();
    }
  }

  private FleetReport play(
      Vertx vertx,
      List<Identity> identities,
      IdentityFiles files,
      Central central,
      Map<BoxId, Central.Booked> before,
      Duration enrolling,
      Consumer<Ready> ready) {
    List<Placed> boxes = place(vertx, identities, files.sequences());
    progress.accept("connecting");
    long begun = System.nanoTime();
    connect(boxes);
    var _ = within(order.patience(), () -> tally.connected.sum() >= boxes.size());
    Duration connecting = since(begun);
    ready.accept(new Ready((int) tally.connected.sum(), enrolled, enrolling, connecting));

    progress.accept("reporting for " + order.length().toSeconds() + " s");
    long reportingBegun = System.nanoTime();
    boxes.forEach(box -> box.run(SimulatedBox::begin));
    var _ = within(order.length(), this::isOver);
    Duration reporting = since(reportingBegun);
    long acknowledgedInTime = tally.acknowledged.sum();

    progress.accept("waiting for the last receipts");
    long drainingBegun = System.nanoTime();
    boxes.forEach(box -> box.run(SimulatedBox::stop));
    var _ = within(order.patience(), () -> tally.acknowledged.sum() >= tally.reports.sum());
    Duration draining = since(drainingBegun);

    List<SimulatedBox.Stand> stands = new ArrayList<>();
    for (Placed box : boxes) {
      stands.add(await(box.ask(SimulatedBox::leave)));
    }
    Map<BoxId, Long> sequences = new HashMap<>();
    stands.forEach(stand -> sequences.put(stand.id(), stand.lastSeq()));
    files.keep(sequences);
    progress.accept("comparing with central");
    Map<String, Long> counts = counts();
    counts.put("acknowledgedWhileReporting", acknowledgedInTime);
    return compare(stands, central, before, enrolling, connecting, reporting, draining, counts);
  }

  private boolean isOver() {
    return ended || (order.reports() > 0 && tally.reports.sum() >= order.reports());
  }

  private List<Placed> place(Vertx vertx, List<Identity> identities, Map<BoxId, Long> sequences) {
    List<Context> contexts = new ArrayList<>();
    for (int each = 0; each < order.threads(); each++) {
      var _ =
          await(
              vertx.deployVerticle(context -> {
                synchronized (contexts) {
                  contexts.add(context);
                }
                return Future.succeededFuture();
              }));
    }
    SimulatedBox.World world =
        new SimulatedBox.World(
            vertx,
            vertx.createNetClient(new NetClientOptions().setConnectTimeout(30_000)),
            identities.getFirst().authority(),
            order,
            clock,
            tally,
            order.reportsPerSecond() == 0 ? 0 : 1000.0 * order.boxes() / order.reportsPerSecond(),
            identities.stream().map(Identity::id).toList(),
            new DocumentSigner(DocumentSigner.newKeyPair().getPrivate()));
    SplittableRandom seeds = new SplittableRandom(order.seed());
    List<Placed> boxes = new ArrayList<>();
    for (int number = 0; number < identities.size(); number++) {
      Identity identity = identities.get(number);
      boxes.add(
          new Placed(
              new SimulatedBox(
                  world, identity, sequences.getOrDefault(identity.id(), 0L), seeds.split()),
              contexts.get(number % contexts.size())));
    }
    return boxes;
  }

  /// Lets boxes connect at the pace that was ordered, or more slowly if handshakes take longer.
  private void connect(List<Placed> boxes) {
    long begun = System.nanoTime();
    long pause = TimeUnit.SECONDS.toNanos(1) / order.connectsPerSecond();
    for (int number = 0; number < boxes.size(); number++) {
      long due = begun + number * pause;
      while (System.nanoTime() - due < 0 || tally.connecting.sum() >= CONNECTING) {
        LockSupport.parkNanos(Math.max(1_000_000, due - System.nanoTime()));
      }
      boxes.get(number).run(SimulatedBox::connect);
    }
  }

  private Map<String, Long> counts() {
    Map<String, Long> counts = new TreeMap<>();
    counts.put("connectedAtTheEnd", tally.connected.sum());
    counts.put("connections", tally.connections.sum());
    counts.put("failedConnections", tally.failedConnections.sum());
    counts.put("hangUps", tally.hangUps.sum());
    counts.put("heartbeats", tally.heartbeats.sum());
    counts.put("documents", tally.documents.sum());
    counts.put("strange", tally.strange.sum());
    counts.put("reports", tally.reports.sum());
    counts.put("published", tally.published.sum());
    counts.put("resent", tally.resent.sum());
    counts.put("receipts", tally.receipts.sum());
    counts.put("acknowledged", tally.acknowledged.sum());
    counts.put("acknowledgedAgain", tally.acknowledgedAgain.sum());
    return counts;
  }

  // ---- the comparison

  private FleetReport compare(
      List<SimulatedBox.Stand> stands,
      Central central,
      Map<BoxId, Central.Booked> before,
      Duration enrolling,
      Duration connecting,
      Duration reporting,
      Duration draining,
      Map<String, Long> counts) {
    List<String> faults = new ArrayList<>();
    int alarms = 0;
    for (SimulatedBox.Stand stand : stands) {
      for (String code : stand.alarms()) {
        if (within(SETTLING, () -> central.hasAlarm(stand.id(), code))) {
          alarms++;
        } else {
          faults.add("box " + stand.id() + " has no alarm " + code);
        }
      }
    }
    Map<BoxId, Central.Booked> after = central.booked();
    long messages = 0;
    long tiyn = 0;
    for (SimulatedBox.Stand stand : stands) {
      Central.Booked was = before.getOrDefault(stand.id(), Central.Booked.NOTHING);
      Central.Booked is = after.getOrDefault(stand.id(), Central.Booked.NOTHING);
      long newMessages = is.messages() - was.messages();
      long newTiyn = is.tiyn() - was.tiyn();
      messages += newMessages;
      tiyn += newTiyn;
      check(faults, stand, "messages", newMessages, stand.acknowledged());
      check(faults, stand, "tiyn", newTiyn, stand.acknowledgedTiyn());
      if (stand.waiting() > 0) {
        faults.add("box " + stand.id() + " has " + stand.waiting() + " reports without receipt");
      }
    }
    if (tally.strange.sum() > 0) {
      faults.add("boxes got " + tally.strange.sum() + " messages that they could not believe");
    }
    return new FleetReport(
        stands.size(),
        enrolled,
        enrolling,
        connecting,
        reporting,
        draining,
        counts,
        tally.misbehaviours(),
        List.of(tally.waitedMs(0.5), tally.waitedMs(0.95), tally.waitedMs(0.99)),
        stands.stream().mapToLong(SimulatedBox.Stand::waiting).sum(),
        stands.stream().mapToLong(SimulatedBox.Stand::acknowledgedTiyn).sum(),
        messages,
        tiyn,
        alarms,
        shown(faults));
  }

  private static void check(
      Collection<String> faults, SimulatedBox.Stand stand, String what, long is, long should) {
    if (is != should) {
      faults.add(
          "central booked %d %s for box %s, acknowledged were %d"
              .formatted(is, what, stand.id(), should));
    }
  }

  private static List<String> shown(List<String> faults) {
    if (faults.size() <= FAULTS_SHOWN) {
      return faults;
    }
    List<String> shown = new ArrayList<>(faults.subList(0, FAULTS_SHOWN));
    shown.add("and " + (faults.size() - FAULTS_SHOWN) + " more");
    return shown;
  }

  // ---- waiting

  private static boolean within(Duration longest, BooleanSupplier condition) {
    long end = System.nanoTime() + longest.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        return false;
      }
      LockSupport.parkNanos(LOOK.toNanos());
    }
    return true;
  }

  private static <T> T await(Future<T> future) {
    try {
      return future.await(60, TimeUnit.SECONDS);
    } catch (TimeoutException late) {
      throw new IllegalStateException("an event loop hangs", late);
    }
  }

  private static void close(Vertx vertx) {
    var _ = await(vertx.close().map(true));
  }

  private static Duration since(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos);
  }
}
