package kz.qonyrau.boxes;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.TrustOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.wire.DocumentSigner;
import kz.qonyrau.wire.TopicKind;
import org.jspecify.annotations.Nullable;

/// One box: reports calls, keeps every report until central's receipt names it, and does wrong what
/// it was ordered to. All of it happens on one event loop, on which every method must be called.
final class SimulatedBox implements Line.Ear {

  private static final int REMEMBERED = 4;
  private static final long SHORTEST_PAUSE_MS = 1_000;
  private static final long LONGEST_PAUSE_MS = 300_000;
  private static final int OVERSIZED_BYTES = 10 * 1024 * 1024;
  private static final byte[] OVERSIZED = new byte[OVERSIZED_BYTES];

  static {
    Arrays.fill(OVERSIZED, (byte) '{');
  }

  /// What all boxes of a fleet share.
  ///
  /// @param meanReportMs between two reports of a box, 0 for none
  /// @param neighbours ids of boxes in whose name others may speak
  /// @param stranger signs what is forged
  record World(
      Vertx vertx,
      NetClient client,
      TrustOptions provider,
      FleetOrder order,
      InstantSource clock,
      Tally tally,
      double meanReportMs,
      List<BoxId> neighbours,
      DocumentSigner stranger) {}

  /// What a box has done in this run.
  ///
  /// @param lastSeq the number of its last report
  /// @param acknowledged reports that central has stored
  /// @param acknowledgedTiyn what those sum up to
  /// @param waiting reports without receipt
  /// @param alarms codes of the alarms that central must have raised
  record Stand(
      BoxId id,
      long lastSeq,
      long acknowledged,
      long acknowledgedTiyn,
      long waiting,
      Set<String> alarms) {}

  private final World world;
  private final Identity identity;
  private final Messages messages;
  private final SplittableRandom random;
  private final Deque<Report> waiting = new ArrayDeque<>(1);
  private final Map<String, Report> flying = new LinkedHashMap<>(2);
  private final Deque<Report> stored = new ArrayDeque<>(1);
  private final Set<String> alarms = new HashSet<>(1);
  private final Map<TopicKind, Long> versions = new EnumMap<>(TopicKind.class);
  private @Nullable Line line;
  private String connection = "";
  private boolean connecting;
  private boolean away;
  private boolean reporting;
  private int failures;
  private int held;
  private long lastSeq;
  private long acknowledged;
  private long acknowledgedTiyn;
  private long spentTiyn;

  /// @param lastSeq how far it counted in earlier runs
  SimulatedBox(World world, Identity identity, long lastSeq, SplittableRandom random) {
    this.world = world;
    this.identity = identity;
    this.messages = new Messages(identity, world.clock().instant());
    this.random = random;
    this.lastSeq = lastSeq;
  }

  // ---- the connection

  /// Connects, and again and again when the connection is lost.
  void connect() {
    if (line != null || connecting || away) {
      return;
    }
    connecting = true;
    world.tally().connecting.increment();
    connection = UUID.randomUUID().toString();
    var order =
        new Line.Order(
            identity.id().value(),
            identity.tls(world.provider()),
            host(),
            port(),
            messages.topic(TopicKind.HEARTBEAT),
            new String(messages.offline(connection, now()), StandardCharsets.UTF_8),
            world.order().bare() ? List.of() : messages.subscriptions());
    var _ =
        Line.open(world.vertx(), world.client(), order, this)
            .onComplete(done -> {
              connecting = false;
              world.tally().connecting.decrement();
              if (done.succeeded()) {
                connected(done.result());
              } else {
                world.tally().failedConnections.increment();
                again();
              }
            });
  }

  private String host() {
    return world
        .order()
        .broker()
        .map(text -> text.split(":", -1)[0])
        .orElse(identity.reply().brokerHost());
  }

  private int port() {
    return world
        .order()
        .broker()
        .map(text -> Integer.parseInt(text.split(":", -1)[1]))
        .orElse(identity.reply().brokerPort());
  }

  private void connected(Line opened) {
    line = opened;
    failures = 0;
    world.tally().connected.increment();
    world.tally().connections.increment();
    beat(connection);
    pump();
  }

  /// As a box does: pauses double and vary, so that a fleet does not come back all at once.
  private void again() {
    long base = Math.min(LONGEST_PAUSE_MS, SHORTEST_PAUSE_MS << Math.min(failures, 16));
    failures++;
    later(base / 2 + random.nextLong(base / 2 + 1), this::connect);
  }

  @Override
  public void ended() {
    line = null;
    world.tally().connected.decrement();
    // What was on its way goes again, in order.
    List<Report> back = List.copyOf(flying.values());
    flying.clear();
    for (Report report : back.reversed()) {
      waiting.addFirst(report);
    }
    if (!away) {
      world.tally().hangUps.increment();
      again();
    }
  }

  private void beat(String of) {
    Duration every = world.order().heartbeat();
    if (every.isZero() || world.order().bare()) {
      return;
    }
    Line now = line;
    if (now == null || !of.equals(connection)) {
      return;
    }
    now.publish(
        messages.topic(TopicKind.HEARTBEAT),
        messages.heartbeat(connection, versions, open(), spentTiyn, now()));
    world.tally().heartbeats.increment();
    later(every.toMillis(), () -> beat(of));
  }

  // ---- reporting

  /// Begins to report, at random times.
  void begin() {
    if (world.meanReportMs() > 0 && !world.order().bare()) {
      reporting = true;
      nextReport();
    }
  }

  /// Stops reporting and makes haste with what is left.
  void stop() {
    reporting = false;
    away = false;
    connect();
  }

  private void nextReport() {
    double wait = -Math.log(1 - random.nextDouble()) * world.meanReportMs();
    later(
        (long) Math.min(wait, 86_400_000),
        () -> {
          if (reporting) {
            report();
            nextReport();
          }
        });
  }

  private void report() {
    EnumSet<Misbehaviour> drawn = draw();
    Report report = messages.report(++lastSeq, time(drawn), random);
    spentTiyn += report.tiyn;
    world.tally().reports.increment();
    if (drawn.contains(Misbehaviour.REORDER)) {
      world.tally().count(Misbehaviour.REORDER);
      held++;
      later(
          500 + random.nextLong(2_000),
          () -> {
            held--;
            waiting.add(report);
            pump();
          });
    } else {
      waiting.add(report);
    }
    pump();
    drawn.forEach(what -> misbehave(what, report));
  }

  private EnumSet<Misbehaviour> draw() {
    EnumSet<Misbehaviour> drawn = EnumSet.noneOf(Misbehaviour.class);
    world
        .order()
        .shares()
        .forEach((what, share) -> {
          if (random.nextDouble() < share) {
            drawn.add(what);
          }
        });
    return drawn;
  }

  private Instant time(Set<Misbehaviour> drawn) {
    Instant now = now();
    if (!drawn.contains(Misbehaviour.CLOCK)) {
      return now;
    }
    world.tally().count(Misbehaviour.CLOCK);
    long wrong = 60L << random.nextInt(21);
    return now.plusSeconds(random.nextBoolean() ? wrong : -wrong);
  }

  private void pump() {
    Line now = line;
    while (now != null && flying.size() < world.order().window()) {
      Report report = waiting.poll();
      if (report == null) {
        break;
      }
      flying.put(report.msgId, report);
      send(now, report);
      later(world.order().resendAfter().toMillis(), () -> sendAgain(report));
    }
  }

  private void send(Line now, Report report) {
    report.lastSentNanos = System.nanoTime();
    if (report.firstSentNanos == 0) {
      report.firstSentNanos = report.lastSentNanos;
    } else {
      world.tally().resent.increment();
    }
    publish(now, messages.usage(report));
  }

  private void publish(Line now, byte[] bytes) {
    world.tally().published.increment();
    now.publish(messages.topic(TopicKind.USAGE), bytes);
  }

  private void sendAgain(Report report) {
    Line now = line;
    long late = world.order().resendAfter().toNanos();
    if (now != null
        && flying.get(report.msgId) == report
        && System.nanoTime() - report.lastSentNanos >= late - 1_000_000) {
      send(now, report);
      later(world.order().resendAfter().toMillis(), () -> sendAgain(report));
    }
  }

  // ---- misbehaving

  private void misbehave(Misbehaviour what, Report report) {
    Line now = line;
    if (now == null) {
      return;
    }
    switch (what) {
      case DUPLICATE -> publish(now, messages.usage(report));
      case REPLAY -> {
        if (stored.isEmpty()) {
          return;
        }
        publish(now, messages.usage(stored.getFirst()));
      }
      case FORK -> {
        if (stored.isEmpty()) {
          return;
        }
        alarming(now, what, messages.fork(stored.getFirst(), random));
      }
      case FORGERY -> alarming(now, what, messages.forged(world.stranger(), now(), random));
      case NAME -> alarming(now, what, messages.inTheNameOf(neighbour(), now(), random));
      case GARBAGE -> alarming(now, what, garbage());
      case TOPIC ->
          now.publish(
              Messages.topic(neighbour(), TopicKind.USAGE),
              messages.forged(world.stranger(), now(), random));
      case OVERSIZED -> now.publish(messages.topic(TopicKind.USAGE), OVERSIZED);
      case OFFLINE -> goAway(now);
      case REORDER, CLOCK -> {
        return; // Done and counted already.
      }
    }
    world.tally().count(what);
  }

  /// Sends what central must raise an alarm about, if the broker takes it: a connection that ends
  /// first takes it along.
  private void alarming(Line now, Misbehaviour what, byte[] bytes) {
    world.tally().published.increment();
    now.publish(messages.topic(TopicKind.USAGE), bytes, () -> what.alarm().ifPresent(alarms::add));
  }

  private BoxId neighbour() {
    List<BoxId> all = world.neighbours();
    BoxId chosen = all.get(random.nextInt(all.size()));
    return chosen.equals(identity.id()) ? BoxId.random() : chosen;
  }

  private byte[] garbage() {
    byte[] bytes = new byte[1 + random.nextInt(2_000)];
    random.nextBytes(bytes);
    return bytes;
  }

  private void goAway(Line now) {
    away = true;
    if (random.nextBoolean()) {
      now.publish(messages.topic(TopicKind.HEARTBEAT), messages.offline(connection, now()));
      now.leave();
    } else {
      now.cut();
    }
    double mean = world.order().offline().toMillis();
    double spell = Math.min(10 * mean, -Math.log(1 - random.nextDouble()) * mean);
    later(
        (long) spell,
        () -> {
          away = false;
          connect();
        });
  }

  // ---- downward

  @Override
  public void heard(String topic, byte[] message) {
    switch (messages.read(topic, message)) {
      case Messages.Heard.Acknowledged(List<String> ids) -> {
        world.tally().receipts.increment();
        ids.forEach(this::acknowledged);
        pump();
      }
      case Messages.Heard.InForce(TopicKind kind, long version) -> {
        world.tally().documents.increment();
        var _ = versions.merge(kind, version, Math::max).toString();
      }
      case Messages.Heard.Strange _ -> world.tally().strange.increment();
    }
  }

  private void acknowledged(String msgId) {
    Report report = flying.remove(msgId);
    if (report == null) {
      report = takeWaiting(msgId);
    }
    if (report == null) {
      world.tally().acknowledgedAgain.increment();
      return;
    }
    acknowledged++;
    acknowledgedTiyn += report.tiyn;
    world.tally().acknowledged.increment();
    world.tally().waited(System.nanoTime() - report.firstSentNanos);
    if (world.order().shares().isEmpty()) {
      return;
    }
    if (stored.size() == REMEMBERED) {
      var _ = stored.removeFirst();
    }
    stored.addLast(report);
  }

  /// A report that was sent before the connection was lost, and whose receipt came after.
  private @Nullable Report takeWaiting(String msgId) {
    for (Report report : waiting) {
      if (report.firstSentNanos != 0 && report.msgId.equals(msgId)) {
        waiting.remove(report);
        return report;
      }
    }
    return null;
  }

  // ---- the end

  /// Says good-bye, and what it has done.
  Stand leave() {
    away = true;
    Line now = line;
    if (now != null) {
      if (!world.order().bare()) {
        now.publish(messages.topic(TopicKind.HEARTBEAT), messages.offline(connection, now()));
      }
      now.leave();
    }
    return new Stand(
        identity.id(), lastSeq, acknowledged, acknowledgedTiyn, open(), Set.copyOf(alarms));
  }

  private long open() {
    return 0L + waiting.size() + flying.size() + held;
  }

  private Instant now() {
    return world.clock().instant();
  }

  private void later(long ms, Runnable what) {
    world.vertx().setTimer(Math.max(1, ms), _ -> what.run());
  }
}
