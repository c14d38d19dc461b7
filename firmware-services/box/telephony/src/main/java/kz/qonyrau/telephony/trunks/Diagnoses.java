package kz.qonyrau.telephony.trunks;

import static java.util.Objects.requireNonNullElse;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import kz.qonyrau.telephony.DialOutcome;
import kz.qonyrau.telephony.DialRequest;
import kz.qonyrau.telephony.Dialled;
import kz.qonyrau.telephony.LiveCall;
import kz.qonyrau.telephony.Telephony;
import kz.qonyrau.telephony.TrunkId;
import kz.qonyrau.telephony.TrunkStanding;
import kz.qonyrau.telephony.trunks.Diagnosis.Kind;
import kz.qonyrau.telephony.trunks.Diagnosis.Step;
import kz.qonyrau.telephony.trunks.TrunkTerms.Transport;
import kz.qonyrau.vocabulary.CallId;
import kz.qonyrau.vocabulary.Msisdn;

/// Looks at one trunk from the name of its carrier to a call, and says what is wrong, for whoever
/// sets up a box (PLT-14).
///
/// A test call belongs to no campaign and is not charged. It rings as long as any call must
/// (AC-CAL-05) and ends [#LISTENING] after the answer. Safe to use from any thread.
public final class Diagnoses {

  /// Dials by one trunk alone.
  public interface OneTrunk {
    Future<Dialled> dialBy(TrunkId trunk, DialRequest request);
  }

  /// What became of the wish to look.
  public sealed interface Begun {

    record Started(Diagnosis diagnosis) implements Begun {}

    /// The last one of this trunk is not over.
    record UnderWay(Diagnosis diagnosis) implements Begun {}

    /// So many test calls were made within the hour that no more are.
    record TooManyCalls(Duration pause) implements Begun {}
  }

  /// So many test calls a box makes within an hour.
  public static final int CALLS_AN_HOUR = 10;

  static final Duration LISTENING = Duration.ofSeconds(3);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final long PATIENCE_SECONDS = 5;

  private final Vertx vertx;
  private final Telephony telephony;
  private final OneTrunk placer;
  private final InstantSource clock;
  private final Map<TrunkId, Diagnosis> last = new ConcurrentHashMap<>();
  private final Deque<Instant> calls = new ArrayDeque<>();

  public Diagnoses(Vertx vertx, Telephony telephony, OneTrunk placer, InstantSource clock) {
    this.vertx = vertx;
    this.telephony = telephony;
    this.placer = placer;
    this.clock = clock;
  }

  /// What the last look at the trunk found, or has found so far.
  public Optional<Diagnosis> last(TrunkId id) {
    return Optional.ofNullable(last.get(id));
  }

  /// Begins to look at a trunk.
  ///
  /// @param callee whom to call at the end; empty for nobody
  public synchronized Begun begin(Trunk trunk, Optional<Msisdn> callee) {
    Diagnosis before = last.get(trunk.id());
    if (before != null && before.running()) {
      return new Begun.UnderWay(before);
    }
    Instant now = clock.instant();
    if (callee.isPresent()) {
      calls.removeIf(at -> !at.plus(HOUR).isAfter(now));
      if (calls.size() >= CALLS_AN_HOUR) {
        return new Begun.TooManyCalls(Duration.between(now, calls.getFirst().plus(HOUR)));
      }
      calls.addLast(now);
    }
    Diagnosis begun = new Diagnosis(now, true, List.of());
    last.put(trunk.id(), begun);
    Look look = new Look(trunk, callee);
    look.open()
        .compose(_ -> look.resolve())
        .compose(_ -> look.connect())
        .compose(_ -> look.options())
        .compose(_ -> look.registration())
        .compose(_ -> look.call())
        .onComplete(_ -> look.over());
    return new Begun.Started(begun);
  }

  private final class Look {

    private final Trunk trunk;
    private final TrunkTerms terms;
    private final Optional<Msisdn> callee;

    Look(Trunk trunk, Optional<Msisdn> callee) {
      this.trunk = trunk;
      this.terms = trunk.terms();
      this.callee = callee;
    }

    private Future<Void> found(Kind kind, boolean passed, String code, String detail) {
      return found(new Step(kind, passed, code, detail));
    }

    private Future<Void> found(Step step) {
      last.computeIfPresent(
          trunk.id(),
          (_, before) -> {
            List<Step> steps = new ArrayList<>(before.steps());
            steps.add(step);
            return new Diagnosis(before.begunAt(), true, steps);
          });
      return Future.succeededFuture();
    }

    void over() {
      last.computeIfPresent(
          trunk.id(), (_, before) -> new Diagnosis(before.begunAt(), false, before.steps()));
    }

    private Optional<TrunkStanding> standing() {
      return telephony.state().trunks().stream()
          .filter(one -> one.id().equals(trunk.id()))
          .findFirst();
    }

    Future<Void> open() {
      if (trunk.suspension().isPresent()) {
        return found(Kind.OPEN, false, "SUSPENDED", trunk.suspension().get().why());
      }
      if (!trunk.mayShow()) {
        return found(Kind.OPEN, false, "NO_NUMBER", terms.callerNumber().e164());
      }
      return terms.enabled()
          ? found(Kind.OPEN, true, "OPEN", "")
          : found(Kind.OPEN, false, "OFF", "");
    }

    Future<Void> resolve() {
      return vertx
          .executeBlocking(() -> addresses(terms.host()), false)
          .timeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
          .compose(
              addresses -> found(Kind.RESOLVE, true, "RESOLVED", requireNonNullElse(addresses, "")))
          .recover(failure ->
              found(
                  Kind.RESOLVE,
                  false,
                  failure instanceof UnknownHostException ? "NAME_UNKNOWN" : "NO_NAME_SERVER",
                  ""));
    }

    private static String addresses(String host) throws UnknownHostException {
      return Arrays.stream(InetAddress.getAllByName(host))
          .map(InetAddress::getHostAddress)
          .limit(8)
          .collect(Collectors.joining(", "));
    }

    Future<Void> connect() {
      if (terms.transport() == Transport.UDP) {
        return Future.succeededFuture();
      }
      TlsLook connection = new TlsLook(terms, clock);
      // Each read has a limit of its own; a server that drips has this one.
      long limit =
          vertx.setTimer(TimeUnit.SECONDS.toMillis(3 * PATIENCE_SECONDS), _ -> connection.giveUp());
      return vertx
          .executeBlocking(connection::steps, false)
          .timeout(4 * PATIENCE_SECONDS, TimeUnit.SECONDS)
          .recover(_ ->
              Future.succeededFuture(List.of(new Step(Kind.CONNECT, false, "NOT_CONNECTED", ""))))
          .compose(steps ->
              Future.all(
                  requireNonNullElse(steps, List.<Step>of()).stream().map(this::found).toList()))
          .eventually(() -> {
            var unusedFiredAlready = vertx.cancelTimer(limit);
            return Future.succeededFuture();
          })
          .mapEmpty();
    }

    Future<Void> options() {
      if (!trunk.isOpen()) {
        return Future.succeededFuture();
      }
      Optional<Duration> roundTrip = standing().flatMap(TrunkStanding::roundTrip);
      return roundTrip
          .map(time -> found(Kind.OPTIONS, true, "ANSWERS", time.toMillis() + " ms"))
          .orElseGet(() -> found(Kind.OPTIONS, false, "NO_ANSWER", ""));
    }

    Future<Void> registration() {
      if (!trunk.isOpen() || terms.login().isEmpty()) {
        return Future.succeededFuture();
      }
      return standing().flatMap(TrunkStanding::registered).orElse(false)
          ? found(Kind.REGISTRATION, true, "REGISTERED", "")
          : found(Kind.REGISTRATION, false, "NOT_REGISTERED", "");
    }

    Future<Void> call() {
      if (!trunk.isOpen() || callee.isEmpty()) {
        return Future.succeededFuture();
      }
      return placer
          .dialBy(
              trunk.id(),
              new DialRequest(
                  CallId.random(), callee.get(), DialRequest.SHORTEST_RINGING, Optional.empty()))
          .compose(dialled -> {
            if (dialled.outcome() instanceof DialOutcome.Answered(LiveCall call, Instant _)) {
              vertx.setTimer(LISTENING.toMillis(), _ -> call.hangUp());
            }
            return found(CallFinding.of(dialled.outcome(), terms));
          });
    }
  }
}
