package kz.qonyrau.console;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import kz.qonyrau.calls.Bill;
import kz.qonyrau.ledger.Movement;
import kz.qonyrau.ledger.MovementKind;
import kz.qonyrau.ledger.Tally;
import kz.qonyrau.ledger.Turnover;
import kz.qonyrau.vocabulary.CallId;
import kz.qonyrau.vocabulary.CampaignId;
import kz.qonyrau.web.Answer;
import kz.qonyrau.web.Asked;
import kz.qonyrau.web.Desk;
import kz.qonyrau.web.Problem;

/// The statement: every income and every expense with what it was for, page by page and as a file
/// (SH-BAL-03).
final class StatementRoutes {

  private record ChargeView(
      String service, double billedSeconds, String price, long unitSeconds, long amountTiyn) {}

  private record MovementView(
      long row,
      Instant at,
      MovementKind kind,
      long amountTiyn,
      long balanceTiyn,
      long availableTiyn,
      String reference,
      Optional<String> reason,
      Optional<String> callId,
      Optional<String> campaignId,
      Optional<String> campaignName,
      Optional<String> tariffVersion,
      List<ChargeView> charges) {}

  private record PageView(
      long upTo,
      long openingTiyn,
      long incomeTiyn,
      long expensesTiyn,
      long closingTiyn,
      long total,
      long foundIncomeTiyn,
      long foundExpensesTiyn,
      List<MovementView> items) {}

  private final Statements statements;
  private final StatementFiles files;

  StatementRoutes(Statements statements, StatementFiles files) {
    this.statements = statements;
    this.files = files;
  }

  Desk on(Desk desk) {
    return desk.on("statement", this::page).on("statementFile", files::answer);
  }

  private Answer page(Asked asked) {
    StatementQuery query = StatementQuery.of(asked);
    long upTo = statements.newest();
    OptionalLong before = asked.whole("before");
    if (before.isPresent() && !Statements.isRow(before.getAsLong(), upTo)) {
      throw Problem.invalid(
          List.of(
              new Problem.Field(
                  "before",
                  "NO_SUCH_ROW",
                  "Must be the number of the last row of the page before.")));
    }
    Tally found = statements.tally(query, upTo);
    Turnover period = statements.turnover(query, upTo, found);
    return Answer.ok(
        new PageView(
            upTo,
            period.opening().tiyn(),
            period.income().tiyn(),
            period.expenses().tiyn(),
            period.closing().tiyn(),
            found.rows(),
            found.income().tiyn(),
            found.expenses().tiyn(),
            statements.page(query, upTo, before, asked.whole("size", 50)).stream()
                .map(StatementRoutes::view)
                .toList()));
  }

  private static MovementView view(StatementEntry entry) {
    Movement movement = entry.movement();
    boolean charge = movement.kind() == MovementKind.CAPTURE;
    return new MovementView(
        movement.row(),
        movement.at(),
        movement.kind(),
        movement.amount().tiyn(),
        movement.total().tiyn(),
        movement.available().tiyn(),
        movement.id(),
        Optional.of(movement.reason()).filter(reason -> !reason.isEmpty()),
        entry.call().map(CallId::value),
        entry.campaign().map(CampaignId::value),
        Optional.of(entry.campaignName()).filter(name -> !name.isEmpty()),
        charge ? entry.bill().map(Bill::tariffVersion) : Optional.empty(),
        entry.lines().stream()
            .map(line ->
                new ChargeView(
                    line.service(),
                    line.billed().toMillis() / 1000.0,
                    line.unitPrice(),
                    line.unit().toSeconds(),
                    line.amount().tiyn()))
            .toList());
  }
}
