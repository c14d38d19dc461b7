package kz.qonyrau.console;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import kz.qonyrau.campaigns.BlockImport;
import kz.qonyrau.campaigns.BlockImports;
import kz.qonyrau.campaigns.BlockList;
import kz.qonyrau.campaigns.BlockOrder;
import kz.qonyrau.campaigns.Delimiter;
import kz.qonyrau.campaigns.KazakhNumbers;
import kz.qonyrau.campaigns.NumberReading;
import kz.qonyrau.campaigns.Page;
import kz.qonyrau.campaigns.Reject;
import kz.qonyrau.campaigns.RejectCode;
import kz.qonyrau.campaigns.Suppressions;
import kz.qonyrau.campaigns.TextEncoding;
import kz.qonyrau.campaigns.UploadForm;
import kz.qonyrau.vocabulary.Msisdn;
import kz.qonyrau.web.Answer;
import kz.qonyrau.web.Asked;
import kz.qonyrau.web.Desk;
import kz.qonyrau.web.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whom no campaign may reach: shown, added to, lifted (AC-CON-03).
final class BlockRoutes {

  private static final Logger log = LoggerFactory.getLogger(BlockRoutes.class);

  private record EntryView(
      String number, BlockList list, String reason, String by, Instant since, boolean liftable) {}

  private record PageView(long total, List<EntryView> items) {}

  private record AddForm(List<String> numbers, String reason) {}

  /// @param place among the numbers that were sent, from 0
  private record RefusedView(int place, RejectCode code, String detail) {}

  private record AddedView(int added, int present, List<RefusedView> refused) {}

  private record LiftForm(String number, BlockList list, String reason) {}

  private record ImportForm(
      String uploadId,
      BlockList list,
      String reason,
      Optional<TextEncoding> encoding,
      Optional<Delimiter> delimiter,
      Optional<Integer> sheet,
      boolean header,
      int column) {}

  private record RejectView(long line, RejectCode code, String detail, String text) {}

  private record ImportView(
      String id,
      BlockList list,
      BlockImport.State state,
      Optional<String> failure,
      int rows,
      int done,
      int added,
      int present,
      int repeated,
      int refused,
      List<RejectView> first) {}

  private final Suppressions suppressions;
  private final BlockImports imports;
  private final UploadShelf uploads;
  private final KazakhNumbers reader = new KazakhNumbers();

  BlockRoutes(Suppressions suppressions, BlockImports imports, UploadShelf uploads) {
    this.suppressions = suppressions;
    this.imports = imports;
    this.uploads = uploads;
  }

  Desk on(Desk desk) {
    return desk.on("blocks", this::blocks)
        .on("block", this::block)
        .on("liftBlock", this::lift)
        .on("importBlocks", this::importFile)
        .on("blockImport", asked -> Answer.ok(view(found(imports.find(importId(asked))))))
        .on("blockRejectsFile", this::rejectsFile);
  }

  private Answer blocks(Asked asked) {
    Page<Suppressions.Entry> page =
        suppressions
            .page(
                asked.text("list").map(BlockList::valueOf),
                asked.text("search").orElse(""),
                asked.whole("page", 0),
                asked.whole("size", 50))
            .await();
    return Answer.ok(
        new PageView(
            page.total(),
            page.items().stream()
                .map(entry ->
                    new EntryView(
                        entry.number().e164(),
                        entry.list(),
                        entry.reason(),
                        entry.by(),
                        entry.since(),
                        entry.list().isCustomers()))
                .toList()));
  }

  /// Adds what can be read as numbers, and says of the rest why not.
  private Answer block(Asked asked) {
    AddForm form = asked.body(AddForm.class);
    String reason = reason(form.reason());
    List<Msisdn> numbers = new ArrayList<>();
    List<RefusedView> refused = new ArrayList<>();
    for (int place = 0; place < form.numbers().size(); place++) {
      switch (reader.read(form.numbers().get(place))) {
        case NumberReading.Dialable(Msisdn number) -> numbers.add(number);
        case NumberReading.NoNumber(RejectCode code, String detail) ->
            refused.add(new RefusedView(place, code, detail));
      }
    }
    if (numbers.isEmpty()) {
      return Answer.ok(new AddedView(0, 0, refused));
    }
    Suppressions.Added added =
        suppressions.add(numbers, BlockList.OWN, reason, asked.person().login()).await();
    log.atInfo()
        .addKeyValue("person", asked.person().loggable())
        .addKeyValue("added", added.added())
        .log("numbers blocked");
    return Answer.ok(new AddedView(added.added(), added.present(), refused));
  }

  private Answer importFile(Asked asked) {
    ImportForm form = asked.body(ImportForm.class);
    String reason = reason(form.reason());
    UploadForm written = written(form);
    Optional<BlockImport> before =
        imports.find(form.uploadId()).filter(one -> one.state() != BlockImport.State.FAILED);
    if (before.isPresent()) {
      return Answer.accepted(view(before.get()));
    }
    UploadShelf.Waiting upload =
        uploads
            .take(form.uploadId())
            .orElseThrow(() -> Problem.notFound("upload; it may have expired"));
    BlockOrder order =
        new BlockOrder(
            upload.id(),
            upload.file(),
            written,
            form.header(),
            form.column(),
            form.list(),
            reason,
            asked.person().login());
    BlockImport begun = imports.begin(order, done -> ended(upload, done, asked));
    return Answer.accepted(view(begun));
  }

  private void ended(UploadShelf.Waiting upload, BlockImport done, Asked asked) {
    if (done.state() == BlockImport.State.FAILED) {
      // It may be repeated, perhaps read another way.
      uploads.putBack(upload);
    } else {
      UploadShelf.delete(upload.file());
    }
    log.atInfo()
        .addKeyValue("person", asked.person().loggable())
        .addKeyValue("list", done.list())
        .addKeyValue("state", done.state())
        .addKeyValue("failure", done.failure().orElse(""))
        .addKeyValue("added", done.added())
        .addKeyValue("refused", done.refused())
        .log("numbers of a file blocked");
  }

  private static UploadForm written(ImportForm form) {
    if (form.sheet().isPresent()) {
      return new UploadForm.Workbook(form.sheet().get());
    }
    return new UploadForm.Text(
        form.encoding()
            .orElseThrow(() ->
                CampaignRoutes.refused("encoding", "MISSING", "A text file needs an encoding.")),
        form.delimiter()
            .orElseThrow(() ->
                CampaignRoutes.refused("delimiter", "MISSING", "A text file needs a delimiter.")));
  }

  private Answer rejectsFile(Asked asked) {
    List<Reject> rejects = found(imports.rejects(importId(asked)));
    log.atInfo()
        .addKeyValue("rows", rejects.size())
        .addKeyValue("person", asked.person().loggable())
        .log("rejected rows exported");
    return ListRoutes.rejectsFile(rejects);
  }

  private static String importId(Asked asked) {
    return asked.id("importId", UUID::fromString).toString();
  }

  private static <T> T found(Optional<T> value) {
    return value.orElseThrow(() -> Problem.notFound("import; it may be forgotten"));
  }

  private static ImportView view(BlockImport one) {
    return new ImportView(
        one.id(),
        one.list(),
        one.state(),
        one.failure(),
        one.rows(),
        one.done(),
        one.added(),
        one.present(),
        one.repeated(),
        one.refused(),
        one.first().stream()
            .map(each -> new RejectView(each.line(), each.code(), each.detail(), each.text()))
            .toList());
  }

  private Answer lift(Asked asked) {
    LiftForm form = asked.body(LiftForm.class);
    String reason = reason(form.reason());
    if (!form.list().isCustomers()) {
      throw Problem.conflict(
          "NOT_YOURS_TO_LIFT", "Only the provider lifts entries of the list " + form.list() + ".");
    }
    Msisdn number =
        reader.read(form.number()) instanceof NumberReading.Dialable(Msisdn read)
            ? read
            : notFound();
    if (!suppressions.lift(number, form.list()).await()) {
      throw Problem.notFound("entry");
    }
    log.atWarn()
        .addKeyValue("person", asked.person().loggable())
        .addKeyValue("list", form.list())
        .addKeyValue("why", reason)
        .log("a number may be called again");
    return Answer.done();
  }

  private static Msisdn notFound() {
    throw Problem.notFound("entry");
  }

  private static String reason(String text) {
    String reason = text.strip();
    if (reason.isEmpty()) {
      throw CampaignRoutes.refused("reason", "MISSING", "Say why.");
    }
    return reason;
  }
}
