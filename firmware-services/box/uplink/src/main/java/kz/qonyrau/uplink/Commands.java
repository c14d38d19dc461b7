package kz.qonyrau.uplink;

import io.vertx.core.Future;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import kz.qonyrau.audit.Act;
import kz.qonyrau.audit.Actor;
import kz.qonyrau.audit.AuditAction;
import kz.qonyrau.audit.AuditLog;
import kz.qonyrau.store.Outbox;
import kz.qonyrau.store.OutboxMessage;
import kz.qonyrau.store.Store;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.wire.BookStatement.Cause;
import kz.qonyrau.wire.CommandAnswer;
import kz.qonyrau.wire.CommandAnswer.Result;
import kz.qonyrau.wire.CommandDocument;
import kz.qonyrau.wire.CommandDocument.Outline;
import kz.qonyrau.wire.CommandOrder;
import kz.qonyrau.wire.TopicKind;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Orders of central: each is kept, told of in the audit log, carried out once and answered
/// (PLT-13).
///
/// What an order changes in the database is one transaction with its answer, so an order that was
/// begun when the program died has either been answered, or has done nothing and is done now. A
/// restart is answered by the program that was started after it. One order is carried out at a
/// time, in the order in which they came; the one by which the box retires is under way for days
/// ([Retirement]), and others are carried out meanwhile.
final class Commands {

  private static final Logger log = LoggerFactory.getLogger(Commands.class);

  private final Store store;
  private final Outbox outbox;
  private final AuditLog audit;
  private final BoxId box;
  private final CreditLine credit;
  private final Orders orders;
  private final Retirement retirement;
  private final Supplier<Instant> lastWord;
  private final InstantSource clock;
  private final AtomicBoolean busy = new AtomicBoolean();
  private final Set<String> begunHere = ConcurrentHashMap.newKeySet();

  /// @param lastWord the latest time that central vouched for
  Commands(
      Store store,
      Outbox outbox,
      AuditLog audit,
      BoxId box,
      CreditLine credit,
      Orders orders,
      Retirement retirement,
      Supplier<Instant> lastWord,
      InstantSource clock) {
    this.store = store;
    this.outbox = outbox;
    this.audit = audit;
    this.box = box;
    this.credit = credit;
    this.orders = orders;
    this.retirement = retirement;
    this.lastWord = lastWord;
    this.clock = clock;
  }

  /// Keeps an order whose signature was checked, or refuses it with an answer. One that is known is
  /// left as it is.
  ///
  /// @param now the latest time that anybody vouches for
  Future<Void> take(Outline command, Instant now) {
    return store
        .write(handle -> {
          if (CommandTable.knows(handle, command.id())) {
            return true;
          }
          CommandTable.insert(handle, command, clock.instant());
          if (!now.isBefore(command.expires())) {
            refuse(handle, command, Result.EXPIRED);
          } else if (command.known().isEmpty()) {
            refuse(handle, command, Result.UNKNOWN_ORDER);
          }
          return true;
        })
        .mapEmpty();
  }

  private void refuse(Handle handle, Outline command, Result result) {
    long line =
        audit.begin(
            handle,
            new Act(
                actor(command.by()),
                AuditAction.COMMAND_REFUSED,
                "command/" + command.id(),
                command.reason(),
                command.order() + " " + result));
    answer(handle, command.id(), result, Map.of(), clock.instant());
    log.atWarn()
        .addKeyValue("command", command.id())
        .addKeyValue("order", command.order())
        .addKeyValue("result", result)
        .addKeyValue("auditLine", line)
        .log("an order of central is not carried out");
  }

  private static Actor actor(String login) {
    return new Actor("central/" + login, "CENTRAL", "");
  }

  private void answer(
      Handle handle, String id, Result result, Map<String, String> facts, Instant at) {
    CommandTable.answer(handle, id, result, at);
    long seq =
        outbox.put(
            handle,
            new OutboxMessage(
                CommandAnswer.messageIdOf(id),
                TopicKind.ACK.level(),
                new CommandAnswer(id, result, facts).body()));
    log.atInfo()
        .addKeyValue("command", id)
        .addKeyValue("result", result)
        .addKeyValue("seq", seq)
        .log("an order of central is answered");
  }

  /// Carries out the next order, if there is one and none is under way. Does not wait for its end.
  ///
  /// @param now the latest time that anybody vouches for
  /// @return completes when there is nothing to do, or what there is has been begun
  Future<Void> carryOutNext(Instant now) {
    if (!busy.compareAndSet(false, true)) {
      return Future.succeededFuture();
    }
    return store
        .read(handle -> CommandTable.next(handle, box))
        .compose(next -> {
          if (next.isEmpty()) {
            busy.set(false);
            return Future.<Void>succeededFuture();
          }
          return begin(next.get(), now);
        })
        .onFailure(_ -> busy.set(false));
  }

  private Future<Void> begin(CommandTable.Open open, Instant now) {
    CommandDocument command = open.command();
    return switch (open.state()) {
      case RECEIVED ->
          store
              .write(handle -> {
                if (!now.isBefore(command.expires())) {
                  refuse(handle, outline(command), Result.EXPIRED);
                  return false;
                }
                CommandTable.begin(handle, command.id());
                return audit.begin(
                        handle,
                        new Act(
                            actor(command.by()),
                            AuditAction.COMMAND_BEGUN,
                            "command/" + command.id(),
                            command.reason(),
                            command.order().name()))
                    > 0;
              })
              .compose(begun -> {
                if (begun) {
                  begunHere.add(command.id());
                  carryOut(command);
                } else {
                  busy.set(false);
                }
                return Future.succeededFuture();
              });
      case BEGUN -> {
        if (command.order() == CommandOrder.RESTART && !begunHere.contains(command.id())) {
          yield done(command, Map.of()).onComplete(_ -> busy.set(false)).mapEmpty();
        }
        begunHere.add(command.id());
        carryOut(command);
        yield Future.succeededFuture();
      }
      case ANSWERED -> throw new IllegalStateException("an answered order is open");
    };
  }

  private static Outline outline(CommandDocument command) {
    return new Outline(
        command.boxId(),
        command.id(),
        command.order().name(),
        command.issuedAt(),
        command.expires(),
        command.by(),
        command.reason());
  }

  private void carryOut(CommandDocument command) {
    log.atInfo()
        .addKeyValue("command", command.id())
        .addKeyValue("order", command.order())
        .addKeyValue("by", command.by())
        .log("carrying out an order of central");
    Future<?> done;
    try {
      done = deed(command);
    } catch (RuntimeException failure) {
      done = Future.failedFuture(failure);
    }
    var _ =
        done.onSuccess(_ -> busy.set(false))
            .onFailure(failure -> {
              log.atWarn()
                  .addKeyValue("command", command.id())
                  .setCause(failure)
                  .log("an order of central failed");
              fail(command);
            });
  }

  private Future<?> deed(CommandDocument command) {
    String id = command.id();
    Instant at = Instant.ofEpochMilli(clock.instant().toEpochMilli());
    Orders.Answer answer = handle -> answer(handle, id, Result.DONE, Map.of(), at);
    return switch (command.order()) {
      case PAUSE_CAMPAIGNS -> orders.pauseCampaigns(command, at, answer);
      case RESUME_CAMPAIGNS ->
          store
              .read(handle -> CommandTable.lastDone(handle, CommandOrder.PAUSE_CAMPAIGNS))
              .compose(pausedAt -> orders.resumeCampaigns(command, pausedAt, answer));
      case SEND_STATEMENT ->
          store.write(handle -> {
            credit.state(handle, statementOf(id), Cause.ORDERED);
            answer.done(handle);
            return true;
          });
      case RETURN_LEASE ->
          store.write(handle -> {
            credit.giveBack(handle, "return/" + id, statementOf(id));
            answer.done(handle);
            return true;
          });
      case COLLECT_DIAGNOSTICS -> orders.diagnostics().compose(facts -> done(command, facts));
      case RESTART -> orders.restart(command);
      case DECOMMISSION ->
          orders
              .pauseCampaigns(
                  command,
                  at,
                  handle -> {
                    retirement.begin(handle, command, lastWord.get());
                    credit.giveBack(handle, "return/" + id, statementOf(id));
                  })
              .onComplete(_ -> {
                // Whether it has begun or not; if this fails, going on with it finds out.
                var _ = retirement.load();
              });
    };
  }

  /// The message id of the statement that an order asked for.
  static String statementOf(String commandId) {
    return CreditLine.messageIdOf(commandId);
  }

  /// Goes on with the end of this box, where it has begun.
  ///
  /// @param refused whether central refuses this box's certificate
  /// @return whether it is time to erase everything
  Future<Boolean> retire(boolean refused) {
    return retirement.goOn(
        credit,
        lastWord.get(),
        refused,
        (handle, id) -> answer(handle, id, Result.DONE, Map.of(), clock.instant()));
  }

  private Future<Boolean> done(CommandDocument command, Map<String, String> facts) {
    return store.write(handle -> {
      answer(handle, command.id(), Result.DONE, facts, clock.instant());
      return true;
    });
  }

  private void fail(CommandDocument command) {
    var _ =
        store
            .write(handle -> {
              // Where the store did not say whether it was kept, it may have been.
              if (!Retirement.isBy(handle, command.id())) {
                answer(handle, command.id(), Result.FAILED, Map.of(), clock.instant());
              }
              return true;
            })
            .onFailure(failure ->
                log.atWarn()
                    .addKeyValue("command", command.id())
                    .setCause(failure)
                    .log("a failed order could not be answered; it is tried again"))
            .onComplete(_ -> busy.set(false));
  }
}
