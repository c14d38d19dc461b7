package kz.qonyrau.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import java.util.stream.Stream;
import kz.qonyrau.ledger.Tally;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.web.Answer;
import kz.qonyrau.web.Asked;
import kz.qonyrau.web.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The statement as a file for accountants, CSV or XLSX. It is written to the disk before the first
/// byte leaves, so that it is whole or refused.
final class StatementFiles {

  private static final Logger log = LoggerFactory.getLogger(StatementFiles.class);
  static final String XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
  static final long MOST = 200_000;

  private final Statements statements;
  private final CampaignNames names;
  private final String box;
  private final Supplier<Optional<BoxId>> boxId;
  private final Path directory;
  private final InstantSource clock;
  // One at a time: a long one keeps a core busy for a while, and calls go first.
  private final Semaphore free = new Semaphore(1);

  /// @param directory for nobody else; what an earlier run left there is deleted
  StatementFiles(
      Statements statements,
      CampaignNames names,
      String box,
      Supplier<Optional<BoxId>> boxId,
      Path directory,
      InstantSource clock) {
    this.statements = statements;
    this.names = names;
    this.box = box;
    this.boxId = boxId;
    this.directory = directory;
    this.clock = clock;
    clear();
  }

  private void clear() {
    if (!Files.isDirectory(directory)) {
      return;
    }
    try (Stream<Path> leftOver = Files.list(directory)) {
      leftOver.forEach(TemporaryFile::delete);
    } catch (IOException failure) {
      log.atWarn().setCause(failure).log("left-over statements are not deleted");
    }
  }

  Answer answer(Asked asked) throws IOException {
    StatementQuery query = StatementQuery.of(asked);
    boolean xlsx = asked.text("format").orElse("CSV").equals("XLSX");
    FileWords words = new FileWords("statement", asked.text("language").orElse("ru"));
    long upTo = statements.newest();
    Tally found = statements.tally(query, upTo);
    requireFew(found.rows());
    if (!free.tryAcquire()) {
      throw Problem.tooMany(
          "STATEMENT_BUSY",
          "Another statement is being written. Try again in a moment.",
          Duration.ofSeconds(5));
    }
    Path file = Files.createDirectories(directory).resolve(UUID.randomUUID().toString());
    try {
      write(file, xlsx, words, query, upTo, found);
      log.atInfo()
          .addKeyValue("movements", found.rows())
          .addKeyValue("person", asked.person().loggable())
          .log("statement exported");
      return new Answer.Download(
          xlsx ? XLSX : "text/csv; charset=utf-8", name(query, xlsx), new TemporaryFile(file));
    } catch (IOException | RuntimeException | Error failure) {
      TemporaryFile.delete(file);
      throw failure;
    } finally {
      free.release();
    }
  }

  /// Refuses what would be too long for a file, before anything is written.
  static void requireFew(long rows) {
    if (rows > MOST) {
      String fix =
          "The statement has "
              + rows
              + " movements and a file at most "
              + MOST
              + ". Narrow the period, or choose a campaign.";
      throw Problem.unprocessable(
          "STATEMENT_TOO_LONG", fix, List.of(new Problem.Field("from", "STATEMENT_TOO_LONG", fix)));
    }
  }

  private void write(
      Path file, boolean xlsx, FileWords words, StatementQuery query, long upTo, Tally found)
      throws IOException {
    try (Table table =
        xlsx
            ? new XlsxTable(file, words.of("sheet"), StatementLayout.WIDTHS)
            : new CsvTable(file)) {
      new StatementLayout(table, words, query.showsReservations())
          .write(
              new StatementLayout.Head(
                  box,
                  boxId.get().map(BoxId::value),
                  query,
                  query.campaign().map(id -> named(names.of(id, words), id.value())),
                  statements.turnover(query, upTo, found),
                  clock.instant(),
                  upTo),
              statements.all(query, upTo));
    }
  }

  private static String named(String name, String otherwise) {
    return name.isEmpty() ? otherwise : name;
  }

  private static String name(StatementQuery query, boolean xlsx) {
    return Stream.of(Optional.of("statement"), query.from(), query.to())
            .flatMap(Optional::stream)
            .map(Object::toString)
            .map(part -> part.replaceAll("[^A-Za-z0-9-]", ""))
            .reduce((left, right) -> left + "-" + right)
            .orElseThrow()
        + "."
        + (xlsx ? "XLSX" : "CSV").toLowerCase(Locale.ROOT);
  }
}
