package kz.qonyrau.console;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import kz.qonyrau.calls.CallReport;
import kz.qonyrau.calls.CallSums;
import kz.qonyrau.vocabulary.AstanaTime;
import kz.qonyrau.vocabulary.CallOutcome;
import kz.qonyrau.vocabulary.Tenge;
import kz.qonyrau.web.Answer;
import kz.qonyrau.web.Asked;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One side of a report as a file, CSV or XLSX: a row for each line of it, and the sum.
final class ReportFiles {

  private static final Logger log = LoggerFactory.getLogger(ReportFiles.class);
  private static final BigDecimal SECONDS_OF_A_MINUTE = BigDecimal.valueOf(60);
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
  private static final Table.Cell NOTHING = new Table.Cell.Nothing();
  private static final List<Integer> WIDTHS =
      List.of(36, 26, 12, 12, 12, 14, 16, 16, 14, 14, 14, 14, 14, 14, 14, 14);

  /// From which side.
  enum Side {
    CAMPAIGN,
    TRUNK,
    DAY,
    HOUR,
    REASON
  }

  private final CampaignNames names;
  private final String box;
  private final Path directory;
  private final InstantSource clock;

  /// @param directory where files are written before they leave
  ReportFiles(CampaignNames names, String box, Path directory, InstantSource clock) {
    this.names = names;
    this.box = box;
    this.directory = directory;
    this.clock = clock;
  }

  Answer answer(Asked asked, ReportQuery query, CallReport report) throws IOException {
    Side side = Side.valueOf(asked.text("by").orElse(Side.CAMPAIGN.name()));
    boolean xlsx = asked.text("format").orElse("CSV").equals("XLSX");
    FileWords words = new FileWords("report", asked.text("language").orElse("ru"));
    Path file = Files.createDirectories(directory).resolve(UUID.randomUUID().toString());
    try {
      try (Table table =
          xlsx ? new XlsxTable(file, words.of("sheet"), WIDTHS) : new CsvTable(file)) {
        write(table, words, query, side, report);
      }
      log.atInfo()
          .addKeyValue("by", side)
          .addKeyValue("person", asked.person().loggable())
          .log("report exported");
      return new Answer.Download(
          xlsx ? StatementFiles.XLSX : "text/csv; charset=utf-8",
          name(query, side, xlsx),
          new TemporaryFile(file));
    } catch (IOException | RuntimeException | Error failure) {
      TemporaryFile.delete(file);
      throw failure;
    }
  }

  private static String name(ReportQuery query, Side side, boolean xlsx) {
    return ("report-" + side + "-" + query.from() + "-" + query.to()).toLowerCase(Locale.ROOT)
        + (xlsx ? ".xlsx" : ".csv");
  }

  private void write(Table table, FileWords words, ReportQuery query, Side side, CallReport report)
      throws IOException {
    table.heading(List.of(words.of("title." + side)));
    fact(table, words, "box", new Table.Cell.Text(box));
    fact(table, words, "from", new Table.Cell.Day(query.from()));
    fact(table, words, "to", new Table.Cell.Day(query.to()));
    if (query.campaign().isPresent()) {
      fact(
          table,
          words,
          "onlyCampaign",
          new Table.Cell.Text(names.of(query.campaign().get(), words)));
    }
    fact(
        table,
        words,
        "writtenAt",
        new Table.Cell.Moment(AstanaTime.at(clock.instant()).toLocalDateTime()));
    table.row(List.of());
    List<CallOutcome> outcomes =
        Arrays.stream(CallOutcome.values())
            .filter(outcome -> report.whole().outcomes().containsKey(outcome))
            .toList();
    List<String> titles = new ArrayList<>();
    titles.add(words.of("column." + side));
    titles.add(side == Side.REASON ? words.of("column.cause") : "");
    for (String title : List.of("calls", "answered", "share", "minutes", "amount", "perAnswer")) {
      titles.add(words.of("column." + title));
    }
    outcomes.forEach(outcome -> titles.add(words.of("outcome." + outcome, outcome.name())));
    table.heading(titles);
    switch (side) {
      case CAMPAIGN -> {
        for (CallReport.OfCampaign one : report.campaigns()) {
          String name = names.of(one.campaign(), words);
          row(table, text(name.isEmpty() ? one.campaign().value() : name), one.sums(), outcomes);
        }
      }
      case TRUNK -> {
        for (CallReport.OfTrunk one : report.trunks()) {
          String name = one.name().orElseGet(() -> words.of("noTrunk"));
          row(table, text(name), one.sums(), outcomes);
        }
      }
      case DAY -> {
        for (CallReport.Day one : report.days()) {
          row(table, new Table.Cell.Day(one.day()), one.sums(), outcomes);
        }
      }
      case HOUR -> {
        for (int hour = 0; hour < report.hoursOfDay().size(); hour++) {
          String when = "%02d:00–%02d:00".formatted(hour, hour + 1);
          row(table, text(when), report.hoursOfDay().get(hour), outcomes);
        }
      }
      case REASON -> {
        for (CallReport.OfReason one : report.reasons()) {
          String outcome = words.of("outcome." + one.outcome(), one.outcome().name());
          row(table, text(outcome), text(one.cause()), one.sums(), outcomes);
        }
      }
    }
    row(table, text(words.of("sum")), report.whole(), outcomes);
  }

  private static void fact(Table table, FileWords words, String what, Table.Cell value)
      throws IOException {
    table.row(List.of(text(words.of("head." + what)), value));
  }

  private static void row(Table table, Table.Cell key, CallSums sums, List<CallOutcome> outcomes)
      throws IOException {
    row(table, key, NOTHING, sums, outcomes);
  }

  private static void row(
      Table table, Table.Cell key, Table.Cell more, CallSums sums, List<CallOutcome> outcomes)
      throws IOException {
    List<Table.Cell> cells = new ArrayList<>();
    cells.add(key);
    cells.add(more);
    cells.add(count(sums.calls()));
    cells.add(count(sums.answered()));
    cells.add(
        ratio(BigDecimal.valueOf(sums.answered()).multiply(HUNDRED), sums.calls(), 1)
            .<Table.Cell>map(Table.Cell.Count::new)
            .orElse(NOTHING));
    cells.add(
        new Table.Cell.Count(
            BigDecimal.valueOf(sums.talk().toSeconds())
                .divide(SECONDS_OF_A_MINUTE, 1, RoundingMode.HALF_UP)));
    cells.add(new Table.Cell.Money(sums.amount()));
    cells.add(
        ratio(BigDecimal.valueOf(sums.amount().tiyn()), sums.answered(), 0)
            .<Table.Cell>map(tiyn -> new Table.Cell.Money(new Tenge(tiyn.longValueExact())))
            .orElse(NOTHING));
    outcomes.forEach(outcome -> cells.add(count(sums.outcomes().getOrDefault(outcome, 0L))));
    table.row(cells);
  }

  /// Nothing where nothing can be divided.
  private static Optional<BigDecimal> ratio(BigDecimal dividend, long divisor, int digits) {
    return divisor == 0
        ? Optional.empty()
        : Optional.of(dividend.divide(BigDecimal.valueOf(divisor), digits, RoundingMode.HALF_UP));
  }

  private static Table.Cell text(String text) {
    return new Table.Cell.Text(text);
  }

  private static Table.Cell count(long number) {
    return new Table.Cell.Count(BigDecimal.valueOf(number));
  }
}
