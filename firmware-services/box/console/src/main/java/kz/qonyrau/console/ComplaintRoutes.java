package kz.qonyrau.console;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import kz.qonyrau.campaigns.Campaign;
import kz.qonyrau.campaigns.Campaigns;
import kz.qonyrau.campaigns.KazakhNumbers;
import kz.qonyrau.campaigns.ListFile;
import kz.qonyrau.campaigns.ListFiles;
import kz.qonyrau.campaigns.NumberReading;
import kz.qonyrau.campaigns.RejectCode;
import kz.qonyrau.complaints.AnswerResult;
import kz.qonyrau.complaints.Complaint;
import kz.qonyrau.complaints.ComplaintAnswer;
import kz.qonyrau.complaints.ComplaintCase;
import kz.qonyrau.complaints.ComplaintPage;
import kz.qonyrau.complaints.Complaints;
import kz.qonyrau.vocabulary.CampaignId;
import kz.qonyrau.vocabulary.Msisdn;
import kz.qonyrau.web.Answer;
import kz.qonyrau.web.Asked;
import kz.qonyrau.web.Desk;
import kz.qonyrau.web.Problem;
import kz.qonyrau.wire.BlockDirective.Standing;
import kz.qonyrau.wire.ComplaintSource;
import kz.qonyrau.wire.ContactChannel;
import kz.qonyrau.wire.MalformedMessageException;
import kz.qonyrau.wire.ReportedComplaint;
import kz.qonyrau.wire.ReportedEvidence.ConsentRecord;
import kz.qonyrau.wire.ReportedEvidence.EvidenceFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Complaints of subscribers: shown, entered, answered (AC-SPM-01, AC-SPM-04).
final class ComplaintRoutes {

  private static final Logger log = LoggerFactory.getLogger(ComplaintRoutes.class);

  /// Who complains of anything longer ago has mistyped the year.
  private static final Duration LONGEST_AGO = Duration.ofDays(3653);

  /// @param name empty text if the campaign was deleted
  private record CampaignView(String id, String name) {}

  private record ComplaintView(
      String id,
      String number,
      ContactChannel channel,
      ComplaintSource source,
      Instant contactAt,
      Instant receivedAt,
      Optional<String> enteredBy,
      String text,
      Optional<CampaignView> campaign,
      Standing standing,
      Instant since,
      Optional<Instant> evidenceDue,
      boolean evidenceReceived,
      int answers) {}

  private record PageView(long total, List<ComplaintView> items, long waiting) {}

  private record CountView(long waiting) {}

  private record AnswerView(
      String id, Instant at, String by, String note, Optional<String> file, boolean late) {}

  private record RecordView(
      String list,
      Instant importedAt,
      String origin,
      boolean forCalls,
      boolean forMessages,
      String statedBy,
      Instant statedAt) {}

  /// A file beside a list that holds the number.
  ///
  /// @param fits whether it is small enough to go along with an answer
  private record EvidenceView(
      String listId,
      String list,
      String fileId,
      String name,
      String type,
      long bytes,
      boolean fits) {}

  private record CaseView(
      String id,
      String number,
      ContactChannel channel,
      ComplaintSource source,
      Instant contactAt,
      Instant receivedAt,
      Optional<String> enteredBy,
      String text,
      Optional<CampaignView> campaign,
      Standing standing,
      Instant since,
      Optional<Instant> evidenceDue,
      boolean evidenceReceived,
      List<AnswerView> answers,
      List<RecordView> records,
      List<EvidenceView> evidence) {}

  private record EntryForm(
      String number,
      ContactChannel channel,
      String contactAt,
      String text,
      Optional<String> campaign) {}

  private record FileForm(String name, String type, String base64) {}

  private record EvidenceForm(String listId, String fileId) {}

  private record AnswerForm(
      String note, Optional<FileForm> file, Optional<EvidenceForm> evidence) {}

  private final Complaints complaints;
  private final Campaigns campaigns;
  private final ListFiles listFiles;
  private final CampaignNames names;
  private final InstantSource clock;
  private final KazakhNumbers reader = new KazakhNumbers();

  ComplaintRoutes(
      Complaints complaints,
      Campaigns campaigns,
      ListFiles listFiles,
      CampaignNames names,
      InstantSource clock) {
    this.complaints = complaints;
    this.campaigns = campaigns;
    this.listFiles = listFiles;
    this.names = names;
    this.clock = clock;
  }

  Desk on(Desk desk) {
    return desk.on("complaints", this::page)
        .on("enterComplaint", this::enter)
        .on("complaint", this::complaint)
        .on("answerComplaint", this::answer);
  }

  private Answer page(Asked asked) {
    ComplaintPage page =
        complaints
            .page(
                !asked.text("show").orElse("open").equals("all"),
                asked.whole("page", 0),
                asked.whole("size", 50))
            .await();
    return Answer.ok(
        new PageView(page.total(), page.items().stream().map(this::view).toList(), page.waiting()));
  }

  /// How many wait for an answer, as open pages are told.
  Object count() {
    return new CountView(complaints.waiting().await());
  }

  private Answer complaint(Asked asked) {
    ComplaintCase whole =
        complaints.find(id(asked)).await().orElseThrow(() -> Problem.notFound("complaint"));
    ComplaintView view = view(whole.complaint());
    return Answer.ok(
        new CaseView(
            view.id(),
            view.number(),
            view.channel(),
            view.source(),
            view.contactAt(),
            view.receivedAt(),
            view.enteredBy(),
            view.text(),
            view.campaign(),
            view.standing(),
            view.since(),
            view.evidenceDue(),
            view.evidenceReceived(),
            whole.answers().stream().map(ComplaintRoutes::view).toList(),
            whole.records().stream().map(ComplaintRoutes::view).toList(),
            listFiles.of(whole.complaint().number()).await().stream()
                .map(ComplaintRoutes::view)
                .toList()));
  }

  private static String id(Asked asked) {
    return asked.id("complaintId", UUID::fromString).toString();
  }

  private Answer enter(Asked asked) {
    EntryForm form = asked.body(EntryForm.class);
    ReportedComplaint entered;
    try {
      entered =
          new ReportedComplaint(
              number(form.number()),
              form.channel(),
              contactAt(form.contactAt()),
              clock.instant(),
              asked.person().login(),
              prose(form.text()),
              form.campaign().map(this::campaign));
    } catch (MalformedMessageException malformed) {
      throw refused("text", malformed);
    }
    Complaint complaint = complaints.enter(asked.seed().toString(), entered).await();
    log.atInfo()
        .addKeyValue("person", asked.person().loggable())
        .addKeyValue("complaint", complaint.id())
        .log("a complaint was entered");
    return Answer.created(view(complaint));
  }

  private Msisdn number(String written) {
    return switch (reader.read(written)) {
      case NumberReading.Dialable(Msisdn number) -> number;
      case NumberReading.NoNumber(RejectCode code, String detail) ->
          throw CampaignRoutes.refused("number", code.name(), detail);
    };
  }

  private Instant contactAt(String written) {
    Instant now = clock.instant();
    Instant at;
    try {
      at = OffsetDateTime.parse(written).toInstant();
    } catch (DateTimeException _) {
      throw CampaignRoutes.refused(
          "contactAt", "INVALID_TIME", "Write a time as 2026-11-24T10:00:00Z.");
    }
    if (at.isAfter(now)) {
      throw CampaignRoutes.refused(
          "contactAt", "IN_FUTURE", "The subscriber cannot have been reached after now.");
    }
    if (at.isBefore(now.minus(LONGEST_AGO))) {
      throw CampaignRoutes.refused(
          "contactAt", "TOO_LONG_AGO", "That was more than ten years ago. Check the year.");
    }
    return at;
  }

  private ReportedComplaint.Campaign campaign(String id) {
    Optional<Campaign> found;
    try {
      found = campaigns.find(new CampaignId(id)).await();
    } catch (IllegalArgumentException _) {
      found = Optional.empty();
    }
    long recipients =
        found
            .orElseThrow(() ->
                CampaignRoutes.refused(
                    "campaign", "NO_SUCH_CAMPAIGN", "There is no such campaign."))
            .progress()
            .recipients();
    if (recipients < 1) {
      throw CampaignRoutes.refused(
          "campaign", "NOBODY_REACHED", "This campaign was not started; it has reached nobody.");
    }
    return new ReportedComplaint.Campaign(id, recipients);
  }

  private Answer answer(Asked asked) throws IOException {
    AnswerForm form = asked.body(AnswerForm.class);
    Optional<EvidenceFile> file = form.file().map(ComplaintRoutes::file);
    if (form.evidence().isPresent()) {
      if (file.isPresent()) {
        throw CampaignRoutes.refused(
            "evidence", "TWO_FILES", "One file goes along with an answer. Name one of the two.");
      }
      file = Optional.of(evidence(id(asked), form.evidence().get()));
    }
    AnswerResult result;
    try {
      result =
          complaints
              .answer(
                  asked.seed().toString(),
                  id(asked),
                  prose(form.note()),
                  file,
                  asked.person().login())
              .await();
    } catch (MalformedMessageException malformed) {
      throw refused("note", malformed);
    }
    return switch (result) {
      case AnswerResult.Given(ComplaintAnswer answer) -> {
        log.atInfo()
            .addKeyValue("person", asked.person().loggable())
            .addKeyValue("complaint", id(asked))
            .addKeyValue("late", answer.late())
            .log("a complaint was answered");
        yield Answer.created(view(answer));
      }
      case AnswerResult.NoSuchComplaint _ -> throw Problem.notFound("complaint");
      case AnswerResult.NotAsked _ ->
          throw Problem.conflict(
              "NOT_ASKED", "The provider has not asked for proof yet. You are told when it does.");
      case AnswerResult.Decided(Standing standing) ->
          throw Problem.conflict(
              "ALREADY_DECIDED", "The complaint was decided, and is " + standing + ".");
      case AnswerResult.TooMany _ ->
          throw Problem.conflict(
              "TOO_MANY_ANSWERS",
              "It was answered "
                  + Complaints.MOST_ANSWERS
                  + " times. Write to the provider if something is still missing.");
    };
  }

  /// A copy of what lies beside a list: what becomes of that later changes no answer.
  private EvidenceFile evidence(String complaintId, EvidenceForm form) throws IOException {
    Msisdn number =
        complaints
            .find(complaintId)
            .await()
            .orElseThrow(() -> Problem.notFound("complaint"))
            .complaint()
            .number();
    ListFiles.OfList found =
        listFiles.of(number).await().stream()
            .filter(one ->
                one.list().value().equals(form.listId()) && one.file().id().equals(form.fileId()))
            .findFirst()
            .orElseThrow(() ->
                CampaignRoutes.refused(
                    "evidence",
                    "NO_SUCH_EVIDENCE",
                    "There is no such file beside a list that holds the number. Reload."));
    if (!fits(found.file())) {
      throw CampaignRoutes.refused(
          "evidence",
          "EVIDENCE_TOO_LARGE",
          "A file that goes along has at most " + EvidenceFile.LIMIT_BYTES + " bytes.");
    }
    byte[] bytes = listFiles.content(found.list(), found.file());
    return new EvidenceFile(
        found.file().name(),
        found.file().kind().mediaType(),
        Base64.getEncoder().encodeToString(bytes));
  }

  private static boolean fits(ListFile file) {
    return file.bytes() <= EvidenceFile.LIMIT_BYTES;
  }

  private static EvidenceView view(ListFiles.OfList one) {
    return new EvidenceView(
        one.list().value(),
        one.listName(),
        one.file().id(),
        one.file().name(),
        one.file().kind().mediaType(),
        one.file().bytes(),
        fits(one.file()));
  }

  private static EvidenceFile file(FileForm form) {
    try {
      return new EvidenceFile(form.name().strip(), form.type(), form.base64());
    } catch (MalformedMessageException malformed) {
      String field =
          switch (malformed.field()) {
            case "case.fileName" -> "file.name";
            case "case.fileType" -> "file.type";
            default -> "file.base64";
          };
      throw refused(field, malformed);
    }
  }

  /// What people type, without what browsers put between its lines.
  private static String prose(String typed) {
    return typed.strip().replace("\r\n", "\n").replace('\t', ' ');
  }

  private static Problem refused(String field, MalformedMessageException malformed) {
    return CampaignRoutes.refused(field, "NOT_ALLOWED", "This " + malformed.why() + ".");
  }

  private ComplaintView view(Complaint complaint) {
    return new ComplaintView(
        complaint.id(),
        complaint.number().e164(),
        complaint.channel(),
        complaint.source(),
        complaint.contactAt(),
        complaint.receivedAt(),
        complaint.enteredBy(),
        complaint.text(),
        complaint
            .campaign()
            .map(one -> new CampaignView(one.id(), names.of(new CampaignId(one.id())))),
        complaint.standing(),
        complaint.since(),
        complaint.evidenceDue(),
        complaint.evidenceReceived(),
        complaint.answers());
  }

  private static AnswerView view(ComplaintAnswer answer) {
    return new AnswerView(
        answer.id(), answer.at(), answer.by(), answer.note(), answer.file(), answer.late());
  }

  private static RecordView view(ConsentRecord record) {
    return new RecordView(
        record.list(),
        record.imported(),
        record.origin(),
        record.forCalls(),
        record.forMessages(),
        record.statedBy(),
        record.statedAt());
  }
}
