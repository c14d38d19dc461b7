package kz.qonyrau.office;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import kz.qonyrau.fleet.Books;
import kz.qonyrau.fleet.CheckedStatement;
import kz.qonyrau.fleet.Command;
import kz.qonyrau.fleet.Commands;
import kz.qonyrau.fleet.Fleet;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.vocabulary.Tenge;
import kz.qonyrau.web.Answer;
import kz.qonyrau.web.Asked;
import kz.qonyrau.web.Desk;
import kz.qonyrau.web.Problem;
import kz.qonyrau.wire.BookStatement;
import kz.qonyrau.wire.CommandAnswer;
import kz.qonyrau.wire.CommandDocument;
import kz.qonyrau.wire.CommandOrder;
import kz.qonyrau.wire.SignedDocument;

/// What boxes are told to do (PLT-13) and what they hold, and how their books compare with ours
/// (SH-BAL-16).
final class CommandRoutes {

  private static final int SHOWN = 50;

  private final Fleet fleet;
  private final InstantSource clock;

  CommandRoutes(Fleet fleet, InstantSource clock) {
    this.fleet = fleet;
    this.clock = clock;
  }

  void putOn(Desk desk) {
    var _ =
        desk.on("commands", this::commands)
            .on("giveCommand", this::give)
            .on("statements", this::statements)
            .on("acceptStatement", this::accept)
            .on("boxDocuments", this::documents);
  }

  private record Order(String order, String reason, OptionalInt validMinutes) {}

  private record CommandJson(
      String id,
      String order,
      String state,
      String reason,
      String by,
      Instant issuedAt,
      Instant expires,
      Optional<Instant> answeredAt,
      Map<String, String> facts) {

    static CommandJson of(Command command, Instant now) {
      CommandDocument document = command.document();
      return new CommandJson(
          document.id(),
          document.order().name(),
          command
              .result()
              .map(CommandAnswer.Result::name)
              .orElse(command.isOpen(now) ? "OPEN" : "UNANSWERED"),
          document.reason(),
          document.by(),
          document.issuedAt(),
          document.expires(),
          command.answeredAt(),
          command.facts());
    }
  }

  private record StatementJson(
      long seq,
      Instant at,
      String cause,
      String state,
      Optional<String> finding,
      long leaseVersion,
      long grantedTiyn,
      long returnedTiyn,
      long spentTiyn,
      Optional<Long> spentHereTiyn,
      long heldTiyn,
      long availableTiyn,
      long rows,
      String head) {

    static StatementJson of(CheckedStatement checked) {
      BookStatement statement = checked.statement();
      return new StatementJson(
          checked.seq(),
          checked.at(),
          statement.cause().name(),
          checked.state().name(),
          checked.finding(),
          statement.leaseVersion(),
          statement.granted().tiyn(),
          statement.returned().tiyn(),
          statement.spent().tiyn(),
          checked.spentHere().map(Tenge::tiyn),
          statement.held().tiyn(),
          statement.available().tiyn(),
          statement.rows(),
          statement.head());
    }
  }

  private Answer commands(Asked asked) {
    Instant now = clock.instant();
    return Answer.ok(
        fleet.commands().of(known(asked), SHOWN).await().stream()
            .map(command -> CommandJson.of(command, now))
            .toList());
  }

  private Answer give(Asked asked) {
    BoxId box = asked.id("boxId", BoxId::new);
    Order order = asked.body(Order.class);
    Duration validity =
        order.validMinutes().isPresent()
            ? Duration.ofMinutes(order.validMinutes().getAsInt())
            : CommandDocument.USUAL_VALIDITY;
    Commands.Result result =
        fleet
            .commands()
            .give(
                box,
                CommandOrder.valueOf(order.order()),
                validity,
                order.reason(),
                asked.person().login())
            .await();
    return switch (result) {
      case Commands.Result.Given(Command command) ->
          Answer.created(CommandJson.of(command, clock.instant()));
      case Commands.Result.NoSuchBox _ -> throw Problem.notFound("box");
      case Commands.Result.BoxRefused _ ->
          throw Problem.conflict(
              "BOX_REFUSED", "The box's certificate is refused; nothing reaches it.");
      case Commands.Result.LegalHold(String why) ->
          throw Problem.conflict("LEGAL_HOLD", "Nothing on the box may be erased: " + why);
    };
  }

  private Answer statements(Asked asked) {
    return Answer.ok(
        fleet.books().of(known(asked), SHOWN).await().stream().map(StatementJson::of).toList());
  }

  private record Finding(String note) {}

  private Answer accept(Asked asked) {
    BoxId box = known(asked);
    Books.Acceptance acceptance =
        fleet
            .books()
            .accept(
                box,
                asked.whole("seq").orElseThrow(),
                asked.body(Finding.class).note(),
                asked.person().login())
            .await();
    return switch (acceptance) {
      case ACCEPTED -> statements(asked);
      case NO_SUCH_STATEMENT -> throw Problem.notFound("statement");
      case NOT_OPEN ->
          throw Problem.conflict(
              "STATEMENT_NOT_OPEN",
              "It agrees, waits, was accepted, or a newer one was compared since.");
    };
  }

  private record DocumentJson(String schema, String text, String signature) {

    static DocumentJson of(SignedDocument document) {
      return new DocumentJson(document.schema(), document.text(), document.signature());
    }
  }

  /// As `wire.DocumentFile` is written.
  private record FileJson(List<DocumentJson> documents) {}

  private Answer documents(Asked asked) {
    return Answer.ok(
        new FileJson(
            fleet.views().documentsOf(known(asked)).await().stream()
                .map(DocumentJson::of)
                .toList()));
  }

  private BoxId known(Asked asked) {
    return fleet
        .views()
        .box(asked.id("boxId", BoxId::new))
        .await()
        .orElseThrow(() -> Problem.notFound("box"))
        .id();
  }
}
