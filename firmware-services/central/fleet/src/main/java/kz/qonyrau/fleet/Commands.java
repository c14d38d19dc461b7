package kz.qonyrau.fleet;

import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import kz.qonyrau.billing.DecisionResult;
import kz.qonyrau.billing.Erasures;
import kz.qonyrau.store.Store;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.vocabulary.OrganisationId;
import kz.qonyrau.vocabulary.Tenge;
import kz.qonyrau.wire.CommandAnswer;
import kz.qonyrau.wire.CommandDocument;
import kz.qonyrau.wire.CommandOrder;
import kz.qonyrau.wire.DocumentSigner;
import kz.qonyrau.wire.Schemas;
import kz.qonyrau.wire.SignedDocument;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Commands to boxes (PLT-13). Each is signed, stored before it is sent, sent again with each
/// heartbeat of a box that has not answered, and no longer sent once it has expired.
public final class Commands {

  private static final Logger log = LoggerFactory.getLogger(Commands.class);
  private static final Duration LONGEST = Duration.ofDays(1);
  private static final int LONGEST_REASON = 500;
  private static final String COLUMNS =
      "SELECT id, text, signature, result, answered_at_ms, facts FROM fleet.command ";

  private final Store store;
  private final DocumentSigner signer;
  private final Post post;
  private final Refusals refusals;
  private final InstantSource clock;
  private final Consumer<BoxId> changed;

  Commands(
      Store store,
      DocumentSigner signer,
      Post post,
      Refusals refusals,
      InstantSource clock,
      Consumer<BoxId> changed) {
    this.store = store;
    this.signer = signer;
    this.post = post;
    this.refusals = refusals;
    this.clock = clock;
    this.changed = changed;
  }

  /// What became of the wish to give a command.
  public sealed interface Result {

    /// It is signed and stored, and on its way if the box is there.
    record Given(Command command) implements Result {}

    record NoSuchBox() implements Result {}

    /// The box's certificate is refused, so nothing reaches it.
    record BoxRefused() implements Result {}

    /// Nothing on the box may be erased, and this order would.
    ///
    /// @param why as whoever put it on hold has written
    record LegalHold(String why) implements Result {}
  }

  /// Gives a command. One that gives the lease back also sees to it that no other one follows.
  ///
  /// @param validity after which it must not be begun any more, above zero and at most a day
  /// @param reason for the box's owner, 1 to 500 characters
  /// @param by the admin
  /// @throws IllegalArgumentException if a value is out of range
  public Future<Result> give(
      BoxId box, CommandOrder order, Duration validity, String reason, String by) {
    Texts.require("reason", reason, 500);
    Texts.require("by", by, 100);
    Instant now = clock.instant();
    CommandDocument document =
        new CommandDocument(
            box, UUID.randomUUID().toString(), order, now, now.plus(validity), by, reason);
    SignedDocument signed = document.sign(signer);
    return store
        .write(handle -> give(handle, document, signed))
        .onSuccess(result -> {
          if (result instanceof Result.Given) {
            send(box, signed);
            changed.accept(box);
          }
        });
  }

  private static Result give(Handle handle, CommandDocument document, SignedDocument signed) {
    BoxId box = document.boxId();
    Optional<BoxAccount> account = BoxAccount.find(handle, box);
    if (account.isEmpty()) {
      return new Result.NoSuchBox();
    }
    if (account.get().refused()) {
      return new Result.BoxRefused();
    }
    CommandOrder order = document.order();
    Optional<String> hold = LegalHolds.find(handle, box);
    if (order == CommandOrder.DECOMMISSION && hold.isPresent()) {
      return new Result.LegalHold(hold.get());
    }
    if (order == CommandOrder.RETURN_LEASE || order == CommandOrder.DECOMMISSION) {
      Leases.setTarget(handle, box, Tenge.ZERO);
    }
    insert(handle, document, signed);
    var _ =
        Timeline.add(
            handle,
            new TimelineEntry(
                box,
                document.issuedAt(),
                "COMMAND_GIVEN",
                order + ": " + document.reason(),
                Optional.of(document.by())));
    return new Result.Given(new Command(document, Optional.empty(), Optional.empty(), Map.of()));
  }

  /// How two people have boxes erased (SH-SUS-05): the same order that ends a box at its owner's
  /// wish, given inside the caller's transaction. It goes out with the box's next heartbeat.
  Erasures erasures() {
    return new Erasures() {
      @Override
      public Optional<DecisionResult.NotPossible> fault(
          Handle handle, OrganisationId organisation, BoxId box) {
        Optional<BoxAccount> account =
            BoxAccount.find(handle, box).filter(found -> found.organisation().equals(organisation));
        if (account.isEmpty()) {
          return refused("NO_SUCH_BOX", "box: the customer has none of this id");
        }
        if (account.get().refused()) {
          return refused("BOX_REFUSED", "box: its certificate is refused; nothing reaches it");
        }
        return LegalHolds.find(handle, box)
            .flatMap(why -> refused("LEGAL_HOLD", "box: on legal hold: " + why));
      }

      @Override
      public void erase(Handle handle, BoxId box, String reason, String by) {
        Instant now = clock.instant();
        CommandDocument document =
            new CommandDocument(
                box,
                UUID.randomUUID().toString(),
                CommandOrder.DECOMMISSION,
                now,
                now.plus(LONGEST),
                by,
                reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON));
        Result result = give(handle, document, document.sign(signer));
        if (!(result instanceof Result.Given)) {
          throw new IllegalStateException("the order to erase " + box + " was refused: " + result);
        }
      }
    };
  }

  private static Optional<DecisionResult.NotPossible> refused(String code, String why) {
    return Optional.of(new DecisionResult.NotPossible(code, why));
  }

  private static void insert(Handle handle, CommandDocument command, SignedDocument signed) {
    handle
        .createUpdate(
            """
            INSERT INTO fleet.command (
              id, box_id, order_name, reason, issued_by, issued_at_ms, expires_at_ms, text,
              signature)
            VALUES (:id, :box, :order, :reason, :by, :at, :expires, :text, :signature)
            """)
        .bind("id", command.id())
        .bind("box", command.boxId().value())
        .bind("order", command.order().name())
        .bind("reason", command.reason())
        .bind("by", command.by())
        .bind("at", command.issuedAt().toEpochMilli())
        .bind("expires", command.expires().toEpochMilli())
        .bind("text", signed.text())
        .bind("signature", signed.signature())
        .execute();
  }

  private void send(BoxId box, SignedDocument signed) {
    var _ =
        post.command(box, signed)
            .onFailure(failure ->
                log.atInfo()
                    .addKeyValue("box", box)
                    .addKeyValue("why", failure.getMessage())
                    .log("a command waits for the box's next heartbeat"));
  }

  /// Sends again what the box has not answered and may still begin.
  Future<Void> sendOpen(BoxId box) {
    long now = clock.millis();
    return store
        .read(handle ->
            handle
                .createQuery(
                    """
                    SELECT text, signature FROM fleet.command
                    WHERE box_id = :box AND result IS NULL AND expires_at_ms > :now
                    ORDER BY issued_at_ms
                    """)
                .bind("box", box.value())
                .bind("now", now)
                .map((row, _) ->
                    new SignedDocument(
                        Schemas.COMMAND, row.getString("text"), row.getString("signature")))
                .list())
        .map(open -> {
          open.forEach(signed -> send(box, signed));
          return null;
        });
  }

  /// Notes a box's answer, in the caller's transaction. A second answer changes nothing.
  ///
  /// @return whether the box has retired with it
  boolean answered(Handle handle, BoxId box, CommandAnswer answer, Instant now) {
    int noted =
        handle
            .createUpdate(
                """
                UPDATE fleet.command SET result = :result, answered_at_ms = :now, facts = :facts
                WHERE id = :id AND box_id = :box AND result IS NULL
                """)
            .bind("result", answer.result().name())
            .bind("now", now.toEpochMilli())
            .bind("facts", new String(answer.body(), StandardCharsets.UTF_8))
            .bind("id", answer.commandId())
            .bind("box", box.value())
            .execute();
    if (noted == 0) {
      return false;
    }
    Command command = find(handle, answer.commandId()).orElseThrow();
    CommandOrder order = command.document().order();
    var _ =
        Timeline.add(
            handle,
            new TimelineEntry(
                box, now, "COMMAND_ANSWERED", order + ": " + answer.result(), Optional.empty()));
    if (order != CommandOrder.DECOMMISSION || answer.result() != CommandAnswer.Result.DONE) {
      return false;
    }
    var _ =
        refusals.refuse(
            handle,
            BoxAccount.find(handle, box).orElseThrow(),
            "RETIRED",
            command.document().reason(),
            now,
            command.document().by());
    return true;
  }

  private static Optional<Command> find(Handle handle, String id) {
    return handle
        .createQuery(COLUMNS + "WHERE id = :id")
        .bind("id", id)
        .map((row, _) -> command(row))
        .findOne();
  }

  /// The commands that were given to a box, newest first.
  ///
  /// @param size at most so many, 1 to 500
  public Future<List<Command>> of(BoxId box, int size) {
    return store.read(handle ->
        handle
            .createQuery(
                COLUMNS
                    + "WHERE box_id = :box ORDER BY issued_at_ms DESC, id"
                    + " FETCH FIRST :size ROWS ONLY")
            .bind("box", box.value())
            .bind("size", size)
            .map((row, _) -> command(row))
            .list());
  }

  private static Command command(ResultSet row) throws SQLException {
    CommandDocument document =
        CommandDocument.parse(
                new SignedDocument(
                    Schemas.COMMAND, row.getString("text"), row.getString("signature")))
            .orElseThrow();
    long answeredAt = row.getLong("answered_at_ms");
    if (row.wasNull()) {
      return new Command(document, Optional.empty(), Optional.empty(), Map.of());
    }
    CommandAnswer answer = CommandAnswer.parse(row.getString("facts"));
    return new Command(
        document,
        Optional.of(answer.result()),
        Optional.of(Instant.ofEpochMilli(answeredAt)),
        answer.facts());
  }
}
