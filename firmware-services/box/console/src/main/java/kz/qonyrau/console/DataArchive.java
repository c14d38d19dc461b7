package kz.qonyrau.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import kz.qonyrau.callbacks.CallBack;
import kz.qonyrau.callbacks.CallBacks;
import kz.qonyrau.calls.CallStretch;
import kz.qonyrau.calls.Calls;
import kz.qonyrau.calls.PlacedCall;
import kz.qonyrau.calls.UnderstoodLine;
import kz.qonyrau.campaigns.Campaign;
import kz.qonyrau.campaigns.CampaignTemplate;
import kz.qonyrau.campaigns.Campaigns;
import kz.qonyrau.campaigns.ContactList;
import kz.qonyrau.campaigns.ContactLists;
import kz.qonyrau.campaigns.ListFile;
import kz.qonyrau.campaigns.ListFiles;
import kz.qonyrau.campaigns.ListedContact;
import kz.qonyrau.campaigns.ReachedRecipient;
import kz.qonyrau.campaigns.Suppressions;
import kz.qonyrau.complaints.Complaint;
import kz.qonyrau.complaints.Complaints;
import kz.qonyrau.console.DataColumns.Column;
import kz.qonyrau.console.DataColumns.ContactOf;
import kz.qonyrau.console.DataColumns.EvidenceOf;
import kz.qonyrau.console.DataColumns.RecipientOf;
import kz.qonyrau.console.DataColumns.Said;
import kz.qonyrau.insight.LineOfCall;
import kz.qonyrau.insight.Transcriptions;
import kz.qonyrau.vocabulary.AstanaTime;

/// One zip with all that is the customer's and no sound, written while it is read (PLT-22). For one
/// thread, and one use.
///
/// The database is read in pages, each a transaction of its own that is over before its rows are
/// written: however slowly somebody takes the file, no reader of the store waits for him, and
/// memory holds one page. Calls are those that had begun when the file was asked for.
final class DataArchive {

  /// Rows that are read at once.
  static final int PAGE = 1000;

  /// Whoever takes longer is not taking it.
  static final Duration LIMIT = Duration.ofHours(2);

  /// Where everything comes from.
  record Sources(
      ContactLists lists,
      ListFiles listFiles,
      Campaigns campaigns,
      Calls calls,
      Transcriptions transcriptions,
      Suppressions suppressions,
      Complaints complaints,
      CallBacks callBacks) {}

  /// Reads what comes behind the last row of the page before, or from the beginning; empty behind
  /// the end.
  @FunctionalInterface
  interface Source<T> {
    List<T> after(Optional<T> last);
  }

  /// Takes a row to where it belongs.
  @FunctionalInterface
  interface Taker<T> {
    void take(T row) throws IOException;
  }

  /// Fills a table.
  @FunctionalInterface
  private interface Filling<T> {
    void fill(Taker<T> rows) throws IOException;
  }

  /// How much is in it.
  record Summary(long contacts, long calls) {}

  /// A zip that gives its memory back without being finished: one that is not whole has no
  /// directory, so that nobody can open it.
  private static final class Zip extends ZipOutputStream {

    Zip(OutputStream out) {
      super(out, StandardCharsets.UTF_8);
      setLevel(Deflater.BEST_SPEED);
    }

    void release() {
      def.end();
    }
  }

  private final Sources sources;
  private final CampaignNames names;
  private final InstantSource clock;
  private final Instant begun;
  private final String readme;
  private final List<DataColumns.Content> contents = new ArrayList<>();

  /// @param box what the business calls it
  /// @param boxId empty text if it has none
  DataArchive(Sources sources, String box, String boxId, InstantSource clock) throws IOException {
    this.sources = sources;
    this.names = new CampaignNames(sources.campaigns());
    this.clock = clock;
    this.begun = clock.instant();
    this.readme =
        resource()
            .replace("{box}", box)
            .replace("{boxId}", boxId)
            .replace("{madeAt}", CsvTable.text(AstanaTime.at(begun).toLocalDateTime()));
  }

  private static String resource() throws IOException {
    try (InputStream text = DataArchive.class.getResourceAsStream("/data/README.txt")) {
      if (text == null) {
        throw new IOException("the explanation of the files is missing from the program");
      }
      return new String(text.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /// Writes everything. If this fails, what was written is no zip.
  ///
  /// @throws IOException if it cannot be read or written whole
  Summary writeTo(OutputStream out) throws IOException {
    Zip zip = new Zip(out);
    try {
      next(zip, "README.txt");
      zip.write(("\uFEFF" + readme.replace("\n", "\r\n")).getBytes(StandardCharsets.UTF_8));
      List<ContactList> lists = sources.lists().all().await().reversed();
      List<Campaign> campaigns = sources.campaigns().all().await().reversed();
      table(zip, "lists.csv", DataColumns.lists(), rows -> takeAll(lists, rows));
      List<EvidenceOf> evidence = new ArrayList<>();
      for (ContactList list : lists) {
        evidence(zip, list, evidence);
      }
      table(zip, "evidence.csv", DataColumns.evidence(), rows -> takeAll(evidence, rows));
      table(
          zip,
          "contacts.csv",
          DataColumns.contacts(fields(lists)),
          rows -> {
            for (ContactList list : lists) {
              contacts(list, rows);
            }
          });
      table(zip, "campaigns.csv", DataColumns.campaigns(), rows -> takeAll(campaigns, rows));
      List<CampaignTemplate> templates = sources.campaigns().templates().all().await();
      table(zip, "templates.csv", DataColumns.templates(), rows -> takeAll(templates, rows));
      table(
          zip,
          "recipients.csv",
          DataColumns.recipients(),
          rows -> {
            for (Campaign campaign : campaigns) {
              recipients(campaign, rows);
            }
          });
      table(zip, "results.csv", DataColumns.results(names::of), this::calls);
      table(zip, "transcripts.csv", DataColumns.transcripts(), this::transcripts);
      table(zip, "suppressions.csv", DataColumns.suppressions(), this::suppressions);
      table(zip, "complaints.csv", DataColumns.complaints(names::of), this::complaints);
      table(zip, "call-backs.csv", DataColumns.callBacks(names::of), this::callBacks);
      table(zip, "contents.csv", DataColumns.contents(), rows -> takeAll(contents, rows));
      zip.finish();
      return new Summary(rowsOf("contacts.csv"), rowsOf("results.csv"));
    } finally {
      zip.release();
    }
  }

  private long rowsOf(String file) {
    return contents.stream()
        .filter(content -> content.file().equals(file))
        .mapToLong(DataColumns.Content::rows)
        .sum();
  }

  private void next(Zip zip, String file) throws IOException {
    ZipEntry entry = new ZipEntry(file);
    entry.setTimeLocal(AstanaTime.at(begun).toLocalDateTime());
    zip.putNextEntry(entry);
  }

  private <T> void table(Zip zip, String file, List<Column<T>> columns, Filling<T> filling)
      throws IOException {
    next(zip, file);
    long[] rows = {0};
    try (CsvTable table = CsvTable.within(zip)) {
      table.heading(columns.stream().map(Column::title).toList());
      filling.fill(row -> {
        table.row(columns.stream().map(column -> column.cell().apply(row)).toList());
        rows[0]++;
      });
    }
    zip.closeEntry();
    contents.add(new DataColumns.Content(file, rows[0]));
  }

  private static <T> void takeAll(List<T> some, Taker<T> rows) throws IOException {
    for (T one : List.copyOf(some)) {
      rows.take(one);
    }
  }

  /// The keys of all lists, in the order in which lists were made.
  private static Set<String> fields(List<ContactList> lists) {
    Set<String> fields = new LinkedHashSet<>();
    lists.forEach(list -> fields.addAll(list.variables()));
    return fields;
  }

  /// Writes the files themselves; one that is removed meanwhile is not there.
  private void evidence(Zip zip, ContactList list, List<EvidenceOf> written) throws IOException {
    for (ListFile file : sources.listFiles().of(list.id()).await().orElse(List.of())) {
      requireTime();
      byte[] content;
      try {
        content = sources.listFiles().content(list.id(), file);
      } catch (NoSuchFileException gone) {
        if (sources.listFiles().find(list.id(), file.id()).await().isPresent()) {
          throw gone;
        }
        continue;
      }
      String path = "evidence/" + file.id() + file.kind().ending();
      next(zip, path);
      zip.write(content);
      zip.closeEntry();
      written.add(new EvidenceOf(list, path, file));
    }
  }

  private void contacts(ContactList list, Taker<ContactOf> rows) throws IOException {
    if (list.state() != ContactList.State.READY) {
      return;
    }
    long[] taken = {0};
    Source<ListedContact> source =
        last ->
            sources.lists().listed(list.id(), last.map(ListedContact::row).orElse(0), PAGE).await();
    pages(
        source,
        contact -> {
          rows.take(new ContactOf(list, contact));
          taken[0]++;
        },
        this::requireTime);
    if (taken[0] != list.contacts()) {
      throw new IOException(
          "list %s has %d contacts, of which %d could be read; was it deleted meanwhile?"
              .formatted(list.id(), list.contacts(), taken[0]));
    }
  }

  private void recipients(Campaign campaign, Taker<RecipientOf> rows) throws IOException {
    Source<ReachedRecipient> source =
        last ->
            sources
                .campaigns()
                .reached(campaign.id(), last.map(ReachedRecipient::row).orElse(0), PAGE)
                .await();
    pages(source, reached -> rows.take(new RecipientOf(campaign, reached)), this::requireTime);
  }

  private void calls(Taker<PlacedCall> rows) throws IOException {
    Optional<Instant> next = Optional.of(Instant.EPOCH);
    while (next.isPresent()) {
      requireTime();
      CallStretch stretch = sources.calls().stretch(next.get(), begun, PAGE).await();
      takeAll(stretch.calls(), rows);
      next = stretch.next();
    }
  }

  private void transcripts(Taker<Said> rows) throws IOException {
    Source<UnderstoodLine> understood = last -> sources.calls().understood(last, PAGE).await();
    pages(understood, line -> rows.take(Said.of(line)), this::requireTime);
    Source<LineOfCall> transcribed = last -> sources.transcriptions().after(last, PAGE).await();
    pages(transcribed, line -> rows.take(Said.of(line)), this::requireTime);
  }

  private void suppressions(Taker<Suppressions.Entry> rows) throws IOException {
    pages(last -> sources.suppressions().after(last, PAGE).await(), rows, this::requireTime);
  }

  private void complaints(Taker<Complaint> rows) throws IOException {
    pages(last -> sources.complaints().after(last, PAGE).await(), rows, this::requireTime);
  }

  private void callBacks(Taker<CallBack> rows) throws IOException {
    pages(last -> sources.callBacks().after(last, PAGE).await(), rows, this::requireTime);
  }

  /// Takes every row of a source; a page is asked for when all of the one before are taken.
  ///
  /// @param before what is asked before each page
  static <T> void pages(Source<T> source, Taker<T> rows, Check before) throws IOException {
    Optional<T> last = Optional.empty();
    while (true) {
      before.require();
      List<T> page = source.after(last);
      if (page.isEmpty()) {
        return;
      }
      for (T row : page) {
        rows.take(row);
      }
      last = Optional.of(page.getLast());
    }
  }

  /// Whether it may go on.
  @FunctionalInterface
  interface Check {
    void require() throws IOException;
  }

  private void requireTime() throws IOException {
    if (clock.instant().isAfter(begun.plus(LIMIT))) {
      throw new IOException("the file was not taken within " + LIMIT.toHours() + " h");
    }
  }
}
