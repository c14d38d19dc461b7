package kz.qonyrau.appliance;

import io.vertx.core.Vertx;
import java.time.Duration;
import kz.qonyrau.calls.Calls;
import kz.qonyrau.complaints.Complaints;
import kz.qonyrau.integrations.Integrations;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the box looks after by itself, again and again, and how often. What fails is in the log,
/// and the next look makes up for it.
final class Rounds {

  private static final Logger log = LoggerFactory.getLogger(Rounds.class);
  private static final Duration CLOCK = Duration.ofSeconds(1);
  private static final Duration MACHINE = Duration.ofMinutes(1);
  private static final Duration STORAGE = Duration.ofSeconds(20);
  private static final Duration LOST_CALLS = Duration.ofMinutes(1);
  private static final Duration BALANCE = Duration.ofMinutes(1);
  private static final Duration COMPLAINTS = Duration.ofMinutes(1);
  private static final Duration OVERDUE = Duration.ofHours(6);
  private static final Duration HOLDS = Duration.ofHours(6);
  private static final Duration FORGOTTEN = Duration.ofHours(1);

  private Rounds() {}

  /// Goes on until `vertx` is closed.
  static void begin(
      Vertx vertx,
      Calls calls,
      ClockWatch clock,
      SystemClock machine,
      StorageWatch storage,
      BalanceWatch balance,
      Complaints complaints,
      Retention retention,
      ForgottenHolds holds,
      Integrations integrations) {
    every(vertx, LOST_CALLS, () -> settle(calls));
    every(vertx, CLOCK, () -> look(clock));
    every(vertx, MACHINE, () -> Thread.ofVirtual().name("system-clock").start(machine::ask));
    every(vertx, STORAGE, () -> Thread.ofVirtual().name("storage").start(storage::look));
    every(
        vertx,
        BALANCE,
        () -> {
          var _ = balance.look();
        });
    every(vertx, COMPLAINTS, () -> tell(complaints));
    every(
        vertx,
        OVERDUE,
        () -> {
          var _ = retention.look();
        });
    every(vertx, FORGOTTEN, () -> forget(integrations));
    every(
        vertx,
        HOLDS,
        () -> {
          var _ = holds.look();
        });
  }

  private static void every(Vertx vertx, Duration time, Runnable look) {
    vertx.setPeriodic(time.toMillis(), _ -> look.run());
  }

  /// Money of calls whose end could not be written down comes free without a restart.
  private static void settle(Calls calls) {
    calls
        .recover()
        .onSuccess(count -> {
          if (count > 0) {
            log.atWarn().addKeyValue("count", count).log("closed calls that were left open");
          }
        })
        .onFailure(failure -> log.atError().setCause(failure).log("could not look for lost calls"));
  }

  private static void look(ClockWatch clock) {
    clock
        .look()
        .onSuccess(_ -> {
          // Asking is what notices a change and logs it.
          var _ = clock.get();
        })
        .onFailure(failure ->
            log.atError().setCause(failure).log("the book does not say when its last row was"));
  }

  private static void tell(Complaints complaints) {
    complaints
        .tellWhatWaits()
        .onFailure(failure ->
            log.atError().setCause(failure).log("complaints wait to be told to central"));
  }

  private static void forget(Integrations integrations) {
    integrations
        .purge()
        .onFailure(failure ->
            log.atWarn().setCause(failure).log("what programs were told long ago stays"));
  }
}
