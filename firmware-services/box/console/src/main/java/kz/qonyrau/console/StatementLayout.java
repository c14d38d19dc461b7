package kz.qonyrau.console;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import kz.qonyrau.calls.Bill;
import kz.qonyrau.calls.PlacedCall.CostLine;
import kz.qonyrau.campaigns.TrialCalls;
import kz.qonyrau.ledger.Movement;
import kz.qonyrau.ledger.Turnover;
import kz.qonyrau.vocabulary.AstanaTime;
import kz.qonyrau.vocabulary.Tenge;

/// What stands where in the file of a statement: whose it is and its sums, then a row for every
/// service of every charge and for every other movement, then the sum. The column of amounts holds
/// income and expenses and nothing else, so it always adds up; reservations have a column of their
/// own.
final class StatementLayout {

  /// What is said above the rows.
  ///
  /// @param campaign the name of the campaign that was asked for
  record Head(
      String box,
      Optional<String> boxId,
      StatementQuery query,
      Optional<String> campaign,
      Turnover period,
      Instant writtenAt,
      long upTo) {}

  /// As many characters as the columns are wide.
  static final List<Integer> WIDTHS =
      List.of(24, 20, 18, 32, 44, 22, 12, 12, 10, 16, 16, 16, 16, 16);

  private static final Table.Cell NOTHING = new Table.Cell.Nothing();

  private final Table table;
  private final FileWords words;
  private final boolean reservations;
  private Tenge sum = Tenge.ZERO;

  StatementLayout(Table table, FileWords words, boolean reservations) {
    this.table = table;
    this.words = words;
    this.reservations = reservations;
  }

  void write(Head head, Iterator<List<StatementEntry>> entries) throws IOException {
    writeHead(head);
    table.row(List.of());
    List<String> titles =
        new ArrayList<>(
            List.of(
                "row",
                "at",
                "kind",
                "object",
                "reference",
                "service",
                "quantity",
                "price",
                "unit",
                "tariff",
                "amount",
                "balance"));
    if (reservations) {
      titles.addAll(List.of("reserved", "available"));
    }
    table.heading(titles.stream().map(title -> words.of("column." + title)).toList());
    while (entries.hasNext()) {
      for (StatementEntry entry : entries.next()) {
        write(entry);
      }
    }
    List<Table.Cell> last = new ArrayList<>();
    last.add(text(words.of("sum")));
    last.addAll(Collections.nCopies(9, NOTHING));
    last.add(new Table.Cell.Money(sum));
    table.row(last);
  }

  private void writeHead(Head head) throws IOException {
    StatementQuery query = head.query();
    table.heading(List.of(words.of("title")));
    fact("box", text(head.box()));
    if (head.boxId().isPresent()) {
      fact("boxId", text(head.boxId().get()));
    }
    fact("from", query.from().map(this::day).orElseGet(() -> text(words.of("fromStart"))));
    fact("to", query.to().map(this::day).orElseGet(() -> text(words.of("toNow"))));
    fact("opening", new Table.Cell.Money(head.period().opening()));
    fact("income", new Table.Cell.Money(head.period().income()));
    fact("expenses", new Table.Cell.Money(head.period().expenses()));
    fact("closing", new Table.Cell.Money(head.period().closing()));
    if (query.kind().isPresent()) {
      fact("onlyKind", text(words.of("kind." + query.kind().get())));
    }
    if (head.campaign().isPresent()) {
      fact("onlyCampaign", text(head.campaign().get()));
    }
    if (query.text().isPresent()) {
      fact("onlyText", text(query.text().get()));
    }
    fact("writtenAt", moment(head.writtenAt()));
    fact("upTo", count(BigDecimal.valueOf(head.upTo())));
  }

  private void fact(String what, Table.Cell value) throws IOException {
    table.row(List.of(text(words.of("head." + what)), value));
  }

  private void write(StatementEntry entry) throws IOException {
    Movement movement = entry.movement();
    List<CostLine> lines = entry.lines();
    if (lines.isEmpty()) {
      Tenge amount = movement.kind().isReservation() ? Tenge.ZERO : movement.amount();
      write(entry, Optional.empty(), amount, movement.total());
      return;
    }
    // After each service stands what was left after it; the last one has what the book says.
    Tenge left = movement.total().minus(movement.amount());
    for (CostLine line : lines) {
      left = left.minus(line.amount());
      write(entry, Optional.of(line), line.amount().negated(), left);
    }
  }

  private void write(StatementEntry entry, Optional<CostLine> line, Tenge amount, Tenge left)
      throws IOException {
    Movement movement = entry.movement();
    boolean reservation = movement.kind().isReservation();
    String object = entry.campaignName().isEmpty() ? movement.reason() : name(entry);
    List<Table.Cell> cells = new ArrayList<>();
    cells.add(count(BigDecimal.valueOf(movement.row())));
    cells.add(moment(movement.at()));
    cells.add(text(words.of("kind." + movement.kind())));
    cells.add(text(object));
    cells.add(text(movement.id()));
    cells.add(
        line.map(one -> text(words.of("service." + one.service(), one.service()))).orElse(NOTHING));
    cells.add(line.map(one -> seconds(one.billed())).orElse(NOTHING));
    cells.add(line.map(one -> count(new BigDecimal(one.unitPrice()))).orElse(NOTHING));
    cells.add(line.map(one -> seconds(one.unit())).orElse(NOTHING));
    cells.add(
        line.flatMap(_ -> entry.bill()).map(Bill::tariffVersion).map(this::text).orElse(NOTHING));
    cells.add(reservation ? NOTHING : new Table.Cell.Money(amount));
    cells.add(new Table.Cell.Money(left));
    if (reservations) {
      cells.add(reservation ? new Table.Cell.Money(movement.amount()) : NOTHING);
      cells.add(new Table.Cell.Money(movement.available()));
    }
    table.row(cells);
    sum = sum.plus(amount);
  }

  private String name(StatementEntry entry) {
    return entry.campaign().equals(Optional.of(TrialCalls.CODES))
        ? words.of("codes")
        : entry.campaignName();
  }

  private Table.Cell text(String text) {
    return new Table.Cell.Text(text);
  }

  private Table.Cell day(LocalDate day) {
    return new Table.Cell.Day(day);
  }

  private static Table.Cell moment(Instant at) {
    return new Table.Cell.Moment(AstanaTime.at(at).toLocalDateTime());
  }

  private static Table.Cell count(BigDecimal number) {
    return new Table.Cell.Count(number);
  }

  private static Table.Cell seconds(Duration time) {
    BigDecimal exact = BigDecimal.valueOf(time.toMillis(), 3).stripTrailingZeros();
    return count(exact.scale() < 0 ? exact.setScale(0) : exact);
  }
}
