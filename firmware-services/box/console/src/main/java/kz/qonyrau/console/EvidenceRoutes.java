package kz.qonyrau.console;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import kz.qonyrau.campaigns.ListFile;
import kz.qonyrau.campaigns.ListFileResult;
import kz.qonyrau.campaigns.ListFiles;
import kz.qonyrau.vocabulary.ContactListId;
import kz.qonyrau.web.Answer;
import kz.qonyrau.web.Asked;
import kz.qonyrau.web.Content;
import kz.qonyrau.web.Desk;
import kz.qonyrau.web.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Files that prove how the numbers of a list were collected: added, shown, taken, removed
/// (AC-CON-02).
final class EvidenceRoutes {

  private static final Logger log = LoggerFactory.getLogger(EvidenceRoutes.class);

  private record FileView(
      String id, String name, String type, long bytes, Instant addedAt, String addedBy) {}

  private final ListFiles files;

  EvidenceRoutes(ListFiles files) {
    this.files = files;
  }

  Desk on(Desk desk) {
    return desk.on("evidence", this::all)
        .onUpload("addEvidence", ListFiles.LARGEST_BYTES, this::add)
        .on("evidenceFile", this::file)
        .on("removeEvidence", this::remove);
  }

  private Answer all(Asked asked) {
    List<ListFile> all =
        files.of(listId(asked)).await().orElseThrow(() -> Problem.notFound("list"));
    return Answer.ok(all.stream().map(EvidenceRoutes::view).toList());
  }

  private Answer add(Asked asked) throws IOException {
    ContactListId list = listId(asked);
    ListFileResult result =
        files.keep(
            list,
            asked.seed().toString(),
            asked.text("fileName").orElseThrow(),
            asked.upload(),
            asked.person().login());
    return switch (result) {
      case ListFileResult.Kept(ListFile file) -> {
        log.atInfo()
            .addKeyValue("list", list)
            .addKeyValue("file", file.id())
            .addKeyValue("bytes", file.bytes())
            .addKeyValue("person", asked.person().loggable())
            .log("a file was put beside a list");
        yield Answer.created(view(file));
      }
      case ListFileResult.NoSuchList _ -> throw Problem.notFound("list");
      case ListFileResult.Empty _ ->
          throw CampaignRoutes.refused("file", "EMPTY_FILE", "The file has no bytes.");
      case ListFileResult.OtherKind _ ->
          throw CampaignRoutes.refused(
              "file",
              "NO_EVIDENCE",
              "The file is neither a PDF nor a JPEG nor a PNG picture. Save it as one of them.");
      case ListFileResult.TooLarge _ ->
          throw new Problem(
              413, "TOO_LARGE", "The file may have at most " + ListFiles.LARGEST_BYTES + " bytes.");
      case ListFileResult.TooMany _ ->
          throw Problem.conflict(
              "TOO_MUCH_EVIDENCE",
              "A list has at most " + ListFiles.MOST_FILES + " files. Remove one first.");
      case ListFileResult.Full(long freeBytes) ->
          throw Problem.conflict(
              "EVIDENCE_FULL",
              "The files of a list have at most "
                  + ListFiles.MOST_BYTES
                  + " bytes together; "
                  + freeBytes
                  + " are left. Make the file smaller, or remove another one.");
    };
  }

  private Answer file(Asked asked) throws IOException {
    ContactListId list = listId(asked);
    ListFile file =
        files.find(list, fileId(asked)).await().orElseThrow(() -> Problem.notFound("file"));
    byte[] bytes = files.content(list, file);
    log.atInfo()
        .addKeyValue("list", list)
        .addKeyValue("file", file.id())
        .addKeyValue("person", asked.person().loggable())
        .log("a file beside a list was taken");
    return new Answer.Download(
        file.kind().mediaType(),
        "evidence-" + file.id().substring(0, 8) + file.kind().ending(),
        Content.of(bytes));
  }

  private Answer remove(Asked asked) {
    ContactListId list = listId(asked);
    Optional<ListFile> gone = files.remove(list, fileId(asked)).await();
    ListFile file = gone.orElseThrow(() -> Problem.notFound("file"));
    log.atInfo()
        .addKeyValue("list", list)
        .addKeyValue("file", file.id())
        .addKeyValue("person", asked.person().loggable())
        .log("a file beside a list was removed");
    return Answer.done();
  }

  private static ContactListId listId(Asked asked) {
    return asked.id("listId", ContactListId::new);
  }

  private static String fileId(Asked asked) {
    return asked.id("fileId", UUID::fromString).toString();
  }

  private static FileView view(ListFile file) {
    return new FileView(
        file.id(), file.name(), file.kind().mediaType(), file.bytes(), file.addedAt(), file.by());
  }
}
