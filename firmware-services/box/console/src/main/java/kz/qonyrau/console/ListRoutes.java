package kz.qonyrau.console;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import kz.qonyrau.campaigns.Attestation;
import kz.qonyrau.campaigns.Column;
import kz.qonyrau.campaigns.ColumnRole;
import kz.qonyrau.campaigns.Consent;
import kz.qonyrau.campaigns.Contact;
import kz.qonyrau.campaigns.ContactList;
import kz.qonyrau.campaigns.ContactLists;
import kz.qonyrau.campaigns.Delimiter;
import kz.qonyrau.campaigns.ImportOptions;
import kz.qonyrau.campaigns.ImportRequest;
import kz.qonyrau.campaigns.ListResult;
import kz.qonyrau.campaigns.NumberReading;
import kz.qonyrau.campaigns.Page;
import kz.qonyrau.campaigns.Preview;
import kz.qonyrau.campaigns.PreviewWishes;
import kz.qonyrau.campaigns.Reject;
import kz.qonyrau.campaigns.TextEncoding;
import kz.qonyrau.campaigns.UploadForm;
import kz.qonyrau.vocabulary.ContactListId;
import kz.qonyrau.vocabulary.Msisdn;
import kz.qonyrau.web.Answer;
import kz.qonyrau.web.Asked;
import kz.qonyrau.web.Content;
import kz.qonyrau.web.Csv;
import kz.qonyrau.web.Desk;
import kz.qonyrau.web.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The contact lists: upload, preview, import, origin, pages (AC-CON-01, AC-CON-02).
final class ListRoutes {

  private static final Logger log = LoggerFactory.getLogger(ListRoutes.class);

  static final long LARGEST_UPLOAD_BYTES = 100L << 20;
  private static final int REJECTS_AT_ONCE = 1000;
  private static final String REJECTS = Csv.BEGINNING + "line;code;detail;text";

  // ---- what goes over the wire

  private record ColumnView(int index, String title, ColumnRole role, Optional<String> variable) {}

  private record RowView(
      long line,
      List<String> cells,
      Optional<String> number,
      Optional<String> reason,
      Optional<String> detail) {}

  private record UploadView(
      String id,
      String fileName,
      long bytes,
      Optional<TextEncoding> encoding,
      Optional<Delimiter> delimiter,
      Optional<Integer> sheet,
      Optional<List<String>> sheets,
      boolean header,
      List<ColumnView> columns,
      List<RowView> rows,
      long approximateRows) {}

  private record ColumnOrder(int index, ColumnRole role, Optional<String> variable) {}

  record AttestationOrder(
      String origin,
      LocalDate collectedFrom,
      LocalDate collectedTo,
      List<String> channels,
      boolean lawful,
      // What an earlier answer said may come back with the rest; it is not believed.
      Optional<String> statedBy,
      Optional<Instant> statedAt) {}

  private record ImportOrder(
      String uploadId,
      String name,
      Optional<TextEncoding> encoding,
      Optional<Delimiter> delimiter,
      Optional<Integer> sheet,
      boolean header,
      Optional<Consent> consent,
      List<ColumnOrder> columns,
      Optional<AttestationOrder> attestation) {}

  private record NewName(String name) {}

  private record AttestationView(
      String origin,
      LocalDate collectedFrom,
      LocalDate collectedTo,
      List<String> channels,
      boolean lawful,
      String statedBy,
      Instant statedAt) {}

  private record ListView(
      String id,
      String name,
      ContactList.State state,
      Optional<String> failure,
      Instant createdAt,
      long contacts,
      long duplicates,
      long rejected,
      long otherNumbers,
      long numbersLeftOut,
      long linesRead,
      double progress,
      List<String> variables,
      Optional<AttestationView> attestation) {}

  private record ContactView(
      String number,
      List<String> otherNumbers,
      Consent consentCalls,
      Map<String, String> variables) {}

  private record RejectView(long line, String code, String detail, String text, boolean taken) {}

  private record PageView<T>(long total, List<T> items) {}

  private final ContactLists lists;
  private final UploadShelf uploads;
  private final InstantSource clock;

  ListRoutes(ContactLists lists, UploadShelf uploads, InstantSource clock) {
    this.lists = lists;
    this.uploads = uploads;
    this.clock = clock;
  }

  Desk on(Desk desk) {
    return desk.onUpload("uploadContacts", LARGEST_UPLOAD_BYTES, this::upload)
        .on("previewUpload", this::preview)
        .on("importList", this::importList)
        .on("lists", _ -> Answer.ok(lists.all().await().stream().map(ListRoutes::view).toList()))
        .on("list", asked -> Answer.ok(view(found(lists.find(listId(asked)).await()))))
        .on(
            "renameList",
            asked ->
                done(lists.rename(listId(asked), asked.body(NewName.class).name().strip()).await()))
        .on("deleteList", this::delete)
        .on("attestList", this::attest)
        .on("contacts", this::contacts)
        .on("rejects", this::rejects)
        .on("rejectsFile", this::rejectsFile);
  }

  private Answer upload(Asked asked) throws IOException {
    String fileName = asked.text("fileName").orElseThrow();
    Preview preview = lists.preview(asked.upload(), PreviewWishes.NONE);
    // Looked at before it is kept: what cannot be read is not worth keeping.
    Preview.Table readable = readable(preview);
    UploadShelf.Waiting kept = uploads.keep(asked.upload(), fileName);
    return Answer.created(view(kept, readable));
  }

  private Answer preview(Asked asked) throws IOException {
    UploadShelf.Waiting upload = waiting(asked.id("uploadId", id -> id));
    PreviewWishes wishes =
        new PreviewWishes(
            asked.text("encoding").map(TextEncoding::valueOf),
            asked.text("delimiter").map(Delimiter::valueOf),
            asked.text("sheet").map(Integer::valueOf),
            asked.flag("header"));
    return Answer.ok(view(upload, readable(lists.preview(upload.file(), wishes))));
  }

  private UploadShelf.Waiting waiting(String id) {
    return uploads.find(id).orElseThrow(() -> Problem.notFound("upload; it may have expired"));
  }

  private static Preview.Table readable(Preview preview) {
    return switch (preview) {
      case Preview.Table readable -> readable;
      case Preview.Unreadable(String code, String detail) ->
          throw Problem.unprocessable(code, detail);
    };
  }

  private Answer importList(Asked asked) {
    ImportOrder order = asked.body(ImportOrder.class);
    String by = asked.person().login();
    ImportOptions options = valid("columns", () -> options(order));
    Optional<Attestation> attestation =
        order.attestation().map(stated -> valid("attestation", () -> attestation(stated, by)));
    UploadShelf.Waiting upload =
        uploads
            .take(order.uploadId())
            .orElseThrow(() -> Problem.notFound("upload; it may have expired"));
    ContactListId id = new ContactListId(upload.id());
    ListResult begun;
    try {
      ImportRequest request =
          valid(
              "name",
              () -> new ImportRequest(id, order.name().strip(), upload.file(), options, by));
      begun = lists.importFile(request).await();
    } catch (Throwable refused) {
      uploads.putBack(upload);
      throw refused;
    }
    var _ = lists.whenImported(id).onComplete(_ -> UploadShelf.delete(upload.file()));
    ContactList list = list(begun);
    if (attestation.isPresent()) {
      list = list(lists.attest(id, attestation.get()).await());
    }
    log.atInfo()
        .addKeyValue("list", id)
        .addKeyValue("person", asked.person().loggable())
        .log("import of contacts begun");
    return Answer.accepted(view(list));
  }

  private static ImportOptions options(ImportOrder order) {
    return new ImportOptions(
        form(order),
        order.header(),
        order.columns().stream()
            .map(column -> new Column(column.index(), "", column.role(), column.variable()))
            .toList(),
        order.consent().orElse(Consent.UNKNOWN));
  }

  private static UploadForm form(ImportOrder order) {
    if (order.sheet().isPresent()) {
      return new UploadForm.Workbook(order.sheet().get());
    }
    return new UploadForm.Text(
        order
            .encoding()
            .orElseThrow(() -> new IllegalArgumentException("encoding: a text file needs one")),
        order
            .delimiter()
            .orElseThrow(() -> new IllegalArgumentException("delimiter: a text file needs one")));
  }

  private Attestation attestation(AttestationOrder stated, String by) {
    if (!stated.lawful()) {
      throw Problem.unprocessable(
          "NOT_LAWFUL",
          "Numbers that were not collected lawfully may not be used.",
          List.of(new Problem.Field("lawful", "NOT_LAWFUL", "Must be true.")));
    }
    return new Attestation(
        stated.origin().strip(),
        stated.collectedFrom(),
        stated.collectedTo(),
        stated.channels().contains("CALLS"),
        stated.channels().contains("SMS"),
        by,
        clock.instant());
  }

  private Answer attest(Asked asked) {
    AttestationOrder stated = asked.body(AttestationOrder.class);
    Attestation attestation = valid("origin", () -> attestation(stated, asked.person().login()));
    return done(lists.attest(listId(asked), attestation).await());
  }

  private Answer delete(Asked asked) {
    ContactListId id = listId(asked);
    ContactList gone = list(lists.delete(id).await());
    log.atInfo()
        .addKeyValue("list", id)
        .addKeyValue("contacts", gone.contacts())
        .addKeyValue("person", asked.person().loggable())
        .log("contact list deleted");
    return Answer.done();
  }

  private Answer contacts(Asked asked) {
    Page<Contact> page =
        found(
            lists
                .contacts(
                    listId(asked),
                    asked.whole("page", 0),
                    asked.whole("size", 50),
                    asked.text("search").orElse(""))
                .await());
    return Answer.ok(
        new PageView<>(
            page.total(),
            page.items().stream()
                .map(contact ->
                    new ContactView(
                        contact.number().e164(),
                        contact.others().stream().map(Msisdn::e164).toList(),
                        contact.calls(),
                        contact.variables()))
                .toList()));
  }

  private Answer rejects(Asked asked) {
    Page<Reject> page =
        found(
            lists.rejects(listId(asked), asked.whole("page", 0), asked.whole("size", 50)).await());
    return Answer.ok(
        new PageView<>(
            page.total(),
            page.items().stream()
                .map(reject ->
                    new RejectView(
                        reject.line(),
                        reject.code().name(),
                        reject.detail(),
                        reject.text(),
                        reject.taken()))
                .toList()));
  }

  private Answer rejectsFile(Asked asked) {
    ContactListId id = listId(asked);
    StringBuilder csv = new StringBuilder(REJECTS + ";taken" + Csv.END_OF_ROW);
    long seen = 0;
    for (int page = 0; ; page++) {
      Page<Reject> part = found(lists.rejects(id, page, REJECTS_AT_ONCE).await());
      part.items()
          .forEach(reject ->
              append(csv, reject).append(reject.taken() ? ";YES" : ";NO").append(Csv.END_OF_ROW));
      seen += part.items().size();
      if (part.items().isEmpty() || seen >= part.total()) {
        break;
      }
    }
    log.atInfo()
        .addKeyValue("list", id)
        .addKeyValue("rows", seen)
        .addKeyValue("person", asked.person().loggable())
        .log("rejected rows exported");
    return rejects(csv);
  }

  /// Rows that were refused, as a file; nothing of them was taken.
  static Answer rejectsFile(List<Reject> rejects) {
    StringBuilder csv = new StringBuilder(REJECTS + Csv.END_OF_ROW);
    rejects.forEach(reject -> append(csv, reject).append(Csv.END_OF_ROW));
    return rejects(csv);
  }

  private static StringBuilder append(StringBuilder csv, Reject reject) {
    return csv.append(reject.line())
        .append(';')
        .append(reject.code())
        .append(';')
        .append(Csv.cell(reject.detail()))
        .append(';')
        .append(Csv.cell(reject.text()));
  }

  private static Answer rejects(StringBuilder csv) {
    return new Answer.Download(
        "text/csv; charset=utf-8",
        "rejects.csv",
        Content.of(csv.toString().getBytes(StandardCharsets.UTF_8)));
  }

  /// What a page is told of a list that has changed.
  Optional<Object> news(ContactListId id) {
    return lists.find(id).await().map(ListRoutes::view);
  }

  private static ContactListId listId(Asked asked) {
    return asked.id("listId", ContactListId::new);
  }

  private static Answer done(ListResult result) {
    return Answer.ok(view(list(result)));
  }

  private static ContactList list(ListResult result) {
    return switch (result) {
      case ListResult.Done(ContactList list) -> list;
      case ListResult.NoSuchList _ -> throw Problem.notFound("list");
      case ListResult.WrongState(ContactList.State state) ->
          throw Problem.conflict("LIST_" + state, "The list is " + state + "; wait or reload.");
      case ListResult.InUse _ ->
          throw Problem.conflict(
              "LIST_IN_USE", "A campaign that is under way calls this list. End it first.");
    };
  }

  private static <T> T found(Optional<T> value) {
    return value.orElseThrow(() -> Problem.notFound("list"));
  }

  @FunctionalInterface
  private interface Making<T> {
    T make();
  }

  private static <T> T valid(String field, Making<T> making) {
    try {
      return making.make();
    } catch (IllegalArgumentException refused) {
      String why = Optional.ofNullable(refused.getMessage()).orElse("Is not possible.");
      throw Problem.unprocessable(
          "INVALID_IMPORT", why, List.of(new Problem.Field(field, "INVALID", why)));
    }
  }

  private static UploadView view(UploadShelf.Waiting upload, Preview.Table preview) {
    Optional<UploadForm.Text> text =
        preview.form() instanceof UploadForm.Text form ? Optional.of(form) : Optional.empty();
    Optional<UploadForm.Workbook> workbook =
        preview.form() instanceof UploadForm.Workbook form ? Optional.of(form) : Optional.empty();
    return new UploadView(
        upload.id(),
        upload.fileName(),
        preview.bytes(),
        text.map(UploadForm.Text::encoding),
        text.map(UploadForm.Text::delimiter),
        workbook.map(UploadForm.Workbook::sheet),
        workbook.map(_ -> preview.sheets()),
        preview.header(),
        preview.columns().stream()
            .map(column ->
                new ColumnView(column.index(), column.title(), column.role(), column.variable()))
            .toList(),
        preview.rows().stream()
            .map(row ->
                switch (row.number()) {
                  case NumberReading.Dialable(var number) ->
                      new RowView(
                          row.line(),
                          row.cells(),
                          Optional.of(number.e164()),
                          Optional.empty(),
                          Optional.empty());
                  case NumberReading.NoNumber(var code, var detail) ->
                      new RowView(
                          row.line(),
                          row.cells(),
                          Optional.empty(),
                          Optional.of(code.name()),
                          Optional.of(detail));
                })
            .toList(),
        preview.approximateRows());
  }

  private static ListView view(ContactList list) {
    return new ListView(
        list.id().value(),
        list.name(),
        list.state(),
        list.failure().filter(failure -> !failure.isEmpty()),
        list.createdAt(),
        list.contacts(),
        list.duplicates(),
        list.rejected(),
        list.otherNumbers(),
        list.numbersLeftOut(),
        list.linesRead(),
        list.progress(),
        list.variables(),
        list.attestation()
            .map(stated ->
                new AttestationView(
                    stated.origin(),
                    stated.collectedFrom(),
                    stated.collectedTo(),
                    Stream.of(stated.forCalls() ? "CALLS" : "", stated.forMessages() ? "SMS" : "")
                        .filter(channel -> !channel.isEmpty())
                        .toList(),
                    true,
                    stated.statedBy(),
                    stated.statedAt())));
  }
}
