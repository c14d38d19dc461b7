package kz.qonyrau.calls;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import kz.qonyrau.calls.CallProgress.Stage;
import kz.qonyrau.calls.PlacedCall.CostLine;
import kz.qonyrau.ledger.Hold;
import kz.qonyrau.ledger.HoldResult;
import kz.qonyrau.ledger.Ledger;
import kz.qonyrau.speech.Interpreted;
import kz.qonyrau.speech.Recognizer;
import kz.qonyrau.tariffs.ServiceCode;
import kz.qonyrau.tariffs.Tariff;
import kz.qonyrau.telephony.CallPlacer;
import kz.qonyrau.telephony.DialOutcome;
import kz.qonyrau.telephony.DialRequest;
import kz.qonyrau.telephony.Dialled;
import kz.qonyrau.telephony.Ended;
import kz.qonyrau.telephony.HangupCause;
import kz.qonyrau.telephony.LiveCall;
import kz.qonyrau.telephony.Way;
import kz.qonyrau.vocabulary.CallOutcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sees calls through, from the hold to the final result.
///
/// Deployed on virtual threads, so [#seeThrough] reads from top to bottom. While one call waits in
/// an `await`, the verticle works on others; it never runs two at the same instant.
public final class OutboundCalls extends VerticleBase {

  private static final Logger log = LoggerFactory.getLogger(OutboundCalls.class);

  /// How long beyond the ringing time the telephony may take to answer before it counts as broken.
  private static final Duration DIAL_GRACE = CallPlacer.LONGEST_SEARCH.plus(Duration.ofSeconds(15));

  private static final Duration HANG_UP_LIMIT = Duration.ofSeconds(10);
  private static final Duration AFTERMATH_LIMIT = Duration.ofSeconds(30);

  private final CallPlacer placer;
  private final Recognizer recognizer;
  private final Recorder recorder;
  private final Ledger ledger;
  private final Calls calls;
  private final Supplier<Tariff> tariff;
  private final CallSettings settings;
  private final InstantSource clock;

  /// @param tariff the tariff in force; asked once per call, which is rated by it to its end
  public OutboundCalls(
      CallPlacer placer,
      Recognizer recognizer,
      Recorder recorder,
      Ledger ledger,
      Calls calls,
      Supplier<Tariff> tariff,
      CallSettings settings,
      InstantSource clock) {
    this.placer = placer;
    this.recognizer = recognizer;
    this.recorder = recorder;
    this.ledger = ledger;
    this.calls = calls;
    this.tariff = tariff;
    this.settings = settings;
    this.clock = clock;
  }

  @Override
  public Future<?> start() {
    return Future.succeededFuture();
  }

  /// Holds, dials, talks, charges. May be called from any thread.
  ///
  /// The future completes when the final result and its charge are durable. It fails if the box
  /// could not write them down; nobody knows then whether the phone rang, and
  /// [Calls#outcomeAfterRestart] settles it. The order must not be placed again.
  public Future<CallResult> place(CallOrder order) {
    return Future.future(promise ->
        context.runOnContext(_ -> {
          try {
            promise.complete(seeThrough(order));
          } catch (Throwable failure) { // await() rethrows the cause, checked or not.
            calls.forget(order.id());
            promise.fail(failure);
          }
        }));
  }

  private CallResult seeThrough(CallOrder order) {
    Tariff rates = tariff.get();
    PaidTime paid = new PaidTime(rates, servicesOf(order, rates), settings.paidAhead());
    calls.show(
        new CallProgress(
            order.id(),
            order.campaign(),
            order.callee(),
            Stage.HOLDING,
            clock.instant(),
            "",
            false,
            Optional.empty(),
            Optional.empty()));
    if (!hold(order, paid)) {
      calls.forget(order.id());
      return new CallResult.NoFunds();
    }
    calls.open(order, rates.versionId()).await();
    calls.update(order.id(), progress -> progress.at(Stage.DIALING, clock.instant()));

    Optional<Path> raw =
        order.record() ? Optional.of(recorder.begin(order.id())) : Optional.empty();
    BeforeAnswer before = new BeforeAnswer(context, recognizer, order);
    Dialled dialled = dial(order, raw, before);
    before.close();
    CallEnd end =
        switch (dialled.outcome()) {
          case DialOutcome.Answered(LiveCall call, Instant at) ->
              new Talk(order, paid, call, at, dialled.way()).seeThrough();
          case DialOutcome.PlatformFault(String why) ->
              unanswered(order, CallOutcome.PLATFORM_FAULT, why, Optional.empty(), dialled.way());
          case DialOutcome.Unanswered refused ->
              unanswered(
                  order,
                  before.outcome(refused),
                  refused.cause().code(),
                  before.announced(),
                  dialled.way());
        };
    if (end.answered().isZero()) {
      raw.ifPresent(_ -> recorder.abandon(order.id()));
    }
    calls.end(end).await();
    calls.settle(end.id(), end.amount()).await();
    calls.update(order.id(), progress -> progress.ended(end.outcome(), end.at()));
    calls.forget(order.id());
    return new CallResult.Finished(end.outcome(), end.cause(), end.at(), end.who(), end.question());
  }

  private boolean hold(CallOrder order, PaidTime paid) {
    HoldResult result =
        ledger.hold(new Hold(Calls.holdOf(order.id()), Calls.PAYER, paid.priceOfNext())).await();
    return switch (result) {
      case HoldResult.Held _ -> {
        paid.extend();
        yield true;
      }
      case HoldResult.NotEnoughFunds _, HoldResult.NoSuchWallet _ -> false;
      case HoldResult.AlreadyHeld _, HoldResult.HoldIsOver _, HoldResult.IdTaken _ ->
          throw new IllegalStateException(
              "call " + order.id() + " was placed before; an attempt is dialled once");
    };
  }

  private Dialled dial(CallOrder order, Optional<Path> raw, BeforeAnswer before) {
    try {
      return placer
          .dial(new DialRequest(order.id(), order.callee(), order.ringing(), raw), before.sink())
          .timeout(order.ringing().plus(DIAL_GRACE).toMillis(), TimeUnit.MILLISECONDS)
          .await();
    } catch (
        Throwable failure) { // Whatever it was, the attempt gets its result and its money back.
      log.atError()
          .addKeyValue("call", order.id())
          .setCause(failure)
          .log("dialling failed inside the box");
      return new Dialled(
          new DialOutcome.PlatformFault(
              "dialling failed inside the box: " + failure.getClass().getSimpleName()),
          Optional.empty());
    }
  }

  private CallEnd unanswered(
      CallOrder order,
      CallOutcome outcome,
      String cause,
      Optional<WhoAnswered> announced,
      Optional<Way> way) {
    return new CallEnd(
        order.id(),
        clock.instant(),
        Duration.ZERO,
        outcome,
        cause,
        "",
        false,
        Optional.empty(),
        announced,
        way,
        List.of(),
        List.of());
  }

  /// What the call uses and the tariff has a price for.
  private static Set<ServiceCode> servicesOf(CallOrder order, Tariff rates) {
    Set<ServiceCode> services = EnumSet.of(ServiceCode.CALL_TIME);
    if (order.record()) {
      services.add(ServiceCode.REC_TIME);
    }
    if (order.listens()) {
      services.add(ServiceCode.STT_TIME);
    }
    services.removeIf(service -> !rates.covers(service));
    return services;
  }

  /// An answered call, until it is over and billed.
  private final class Talk {

    private final CallOrder order;
    private final PaidTime paid;
    private final LiveCall call;
    private final Instant answeredAt;
    private final Optional<Way> way;
    private final Promise<Void> mustClose = Promise.promise();
    private final Conversation conversation;
    private int extensions;
    private long timer = -1;

    Talk(CallOrder order, PaidTime paid, LiveCall call, Instant answeredAt, Optional<Way> way) {
      this.order = order;
      this.paid = paid;
      this.call = call;
      this.answeredAt = answeredAt;
      this.way = way;
      this.conversation = new Conversation(vertx, context, order, call, calls, clock);
    }

    CallEnd seeThrough() {
      conversation.begin(recognizer);
      watchTheMoney();
      calls.answered(order.id(), answeredAt, way).await();

      Ended ended = converse();
      vertx.cancelTimer(timer);
      conversation.close();
      Duration answered = Duration.between(answeredAt, ended.at());
      Optional<Interpreted> heard = conversation.heard(AFTERMATH_LIMIT);
      boolean recorded = order.record() && recordingKept(answered);
      return bill(ended, answered.isNegative() ? Duration.ZERO : answered, recorded, heard);
    }

    private Ended converse() {
      first(conversation.over(), call.ended(), mustClose.future());
      if (mustClose.future().isComplete() && !conversation.over().isComplete()) {
        // The message itself goes on to the end of what is paid for.
        first(conversation.promptPlayed(), call.ended());
      }
      call.hangUp();
      try {
        return call.ended().timeout(HANG_UP_LIMIT.toMillis(), TimeUnit.MILLISECONDS).await();
      } catch (Throwable failure) {
        log.atError().addKeyValue("call", order.id()).setCause(failure).log("call did not end");
        return new Ended(clock.instant(), HangupCause.UNKNOWN, true);
      }
    }

    /// Extends the hold a while before paid time is over; without money the call closes
    /// (SH-BAL-06).
    private void watchTheMoney() {
      Duration covered = paid.covered();
      timer = vertx.setTimer(millisUntil(covered.minus(settings.closing())), _ -> extend());
    }

    private void extend() {
      String id = Calls.holdOf(order.id());
      ledger
          .extend(id, id + "/" + ++extensions, paid.priceOfNext())
          .onComplete(outcome -> {
            if (outcome.succeeded() && outcome.result() instanceof HoldResult.Held) {
              context.runOnContext(_ -> {
                paid.extend();
                watchTheMoney();
              });
            } else {
              context.runOnContext(_ -> closeInTime());
            }
          });
    }

    private void closeInTime() {
      log.atInfo().addKeyValue("call", order.id()).log("no money for another step, call closes");
      calls.update(order.id(), progress -> progress.at(Stage.CLOSING, clock.instant()));
      timer = vertx.setTimer(millisUntil(paid.covered()), _ -> call.hangUp());
      mustClose.tryComplete();
    }

    private long millisUntil(Duration afterAnswer) {
      long millis = Duration.between(clock.instant(), answeredAt.plus(afterAnswer)).toMillis();
      return Math.max(1, millis);
    }

    private boolean recordingKept(Duration answered) {
      try {
        return recorder
            .finish(order.id(), order.campaign(), answeredAt, answered)
            .timeout(AFTERMATH_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
            .await();
      } catch (Throwable failure) { // A failed recording does not fail the call (AC-REC-05).
        log.atError().addKeyValue("call", order.id()).setCause(failure).log("recording failed");
        return false;
      }
    }

    private CallEnd bill(
        Ended ended, Duration answered, boolean recorded, Optional<Interpreted> heard) {
      // The box charges for recognition only if it listened to the end (AC-STT-04).
      boolean listened = heard.filter(Interpreted::isWhole).isPresent();
      CallOutcome outcome =
          ended.platformFault() ? CallOutcome.PLATFORM_FAULT : CallOutcome.ANSWERED;
      Set<ServiceCode> delivered = EnumSet.noneOf(ServiceCode.class);
      if (outcome == CallOutcome.ANSWERED) {
        delivered.add(ServiceCode.CALL_TIME);
        if (listened) {
          delivered.add(ServiceCode.STT_TIME);
        }
        if (recorded) {
          delivered.add(ServiceCode.REC_TIME);
        }
      }
      List<CostLine> lines =
          paid.bill(answered, delivered).stream()
              .map(item ->
                  new CostLine(
                      item.service().name(),
                      answered,
                      item.quantity(),
                      item.unit(),
                      item.unitPrice().toPlainString(),
                      item.amount()))
              .toList();
      return new CallEnd(
          order.id(),
          ended.at(),
          answered,
          outcome,
          ended.platformFault() ? "lost with Asterisk" : ended.cause().code(),
          conversation.digits(),
          order.listens() && !listened,
          conversation.result(),
          conversation.verdict().map(WhoAnswered::of),
          way,
          lines,
          heard.map(Transcripts::lines).orElse(List.of()));
    }

    /// Waits until one of them is complete, however it went.
    private void first(Future<?>... futures) {
      Promise<Void> any = Promise.promise();
      for (Future<?> future : futures) {
        future.onComplete(_ -> any.tryComplete());
      }
      any.future().await();
    }
  }
}
