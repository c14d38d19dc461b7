package kz.qonyrau.complaints;

import io.vertx.core.Future;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import kz.qonyrau.campaigns.BlockList;
import kz.qonyrau.campaigns.ContactCards;
import kz.qonyrau.campaigns.Suppressions;
import kz.qonyrau.store.Outbox;
import kz.qonyrau.store.Store;
import kz.qonyrau.vocabulary.Msisdn;
import kz.qonyrau.wire.BlockDirective;
import kz.qonyrau.wire.BlockDirective.Standing;
import kz.qonyrau.wire.ComplaintSource;
import kz.qonyrau.wire.ReportedComplaint;
import kz.qonyrau.wire.ReportedEvidence;
import kz.qonyrau.wire.ReportedEvidence.EvidenceFile;
import org.jdbi.v3.core.Handle;

/// Complaints of subscribers. A number stands in the block list COMPLAINT for as long as any of its
/// complaints blocks it, and nothing else takes it out of there (AC-SPM-02, AC-SPM-05, AC-SPM-08).
///
/// Each change is one transaction with the block list, with what the owner is told and with what
/// central is told, so whatever the last statement before a death was, all of it is true or none.
/// Everything may be repeated. Safe to use from any thread.
public final class Complaints {

  /// So often one complaint is answered at this box.
  public static final int MOST_ANSWERS = 20;

  private static final int MOST_PER_PAGE = 1000;

  /// So many reports are queued in one transaction, so that others get their turn in between;
  /// answers may have files.
  private static final int COMPLAINTS_AT_ONCE = 50;

  private static final int ANSWERS_AT_ONCE = 5;
  private static final String CENTRAL = "central";

  private final Store store;
  private final Suppressions suppressions;
  private final ConsentRecords records;
  private final CaseReports reports;
  private final ComplaintNotices notices;
  private final InstantSource clock;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

  /// The complaints of a box.
  ///
  /// @param store must have the schemas COMPLAINT, CAMPAIGN and OUTBOX
  /// @param cards know which lists a number stands in
  /// @param sealing with what reports are sealed; empty while central has not said so, and they
  ///   wait until then. Asked inside of transactions, so it answers at once
  public Complaints(
      Store store,
      Outbox outbox,
      Suppressions suppressions,
      ContactCards cards,
      Supplier<Optional<CaseSealing>> sealing,
      ComplaintNotices notices,
      InstantSource clock) {
    this.store = store;
    this.suppressions = suppressions;
    this.records = new ConsentRecords(cards);
    this.reports = new CaseReports(outbox, sealing);
    this.notices = notices;
    this.clock = clock;
  }

  /// Tells `listener` when a complaint is new, stands otherwise or was answered. It must not block.
  public void onChange(Runnable listener) {
    listeners.add(listener);
  }

  private void changed() {
    listeners.forEach(Runnable::run);
  }

  /// Takes in a complaint that the customer received himself (AC-SPM-01). From that moment on no
  /// campaign reaches the number, and central is told.
  ///
  /// @param id a UUID; under one that is known nothing is entered anew
  /// @return the complaint as it stands
  public Future<Complaint> enter(String id, ReportedComplaint entered) {
    return store
        .write(handle -> {
          Optional<ComplaintTable.Stored> known = ComplaintTable.find(handle, id);
          if (known.isPresent()) {
            return known.get().complaint();
          }
          Complaint complaint =
              new Complaint(
                  id,
                  entered.number(),
                  entered.channel(),
                  ComplaintSource.CUSTOMER,
                  entered.contactAt(),
                  entered.enteredAt(),
                  entered.text(),
                  Optional.of(entered.enteredBy()),
                  entered.campaign(),
                  Standing.PROVISIONAL,
                  entered.enteredAt(),
                  Optional.empty(),
                  false,
                  0);
          ComplaintTable.insert(handle, complaint, false);
          settle(handle, complaint.number());
          reports.tell(handle, complaint);
          return complaint;
        })
        .onSuccess(_ -> changed());
  }

  /// Does what central says of complaints. What is older than what is known changes nothing, and
  /// neither does what is known.
  ///
  /// @return how many complaints stand otherwise than before
  public Future<Integer> obey(List<BlockDirective> directives) {
    if (directives.isEmpty()) {
      return Future.succeededFuture(0);
    }
    return store
        .write(handle -> {
          Set<Msisdn> numbers = new LinkedHashSet<>();
          int changed = 0;
          for (BlockDirective directive : directives) {
            numbers.add(directive.number());
            Optional<ComplaintTable.Stored> known = ComplaintTable.find(handle, directive.caseId());
            known.ifPresent(one -> numbers.add(one.complaint().number()));
            changed += heed(handle, known, directive) ? 1 : 0;
          }
          numbers.forEach(number -> settle(handle, number));
          return changed;
        })
        .onSuccess(changed -> {
          if (changed > 0) {
            notices.told();
            changed();
          }
        });
  }

  private boolean heed(
      Handle handle, Optional<ComplaintTable.Stored> known, BlockDirective directive) {
    Optional<Complaint> before = known.map(ComplaintTable.Stored::complaint);
    if (known
        .filter(one -> one.heard() && directive.since().isBefore(one.complaint().since()))
        .isPresent()) {
      return false;
    }
    Complaint now = standing(handle, before, directive);
    if (known.filter(one -> one.heard() && one.complaint().equals(now)).isPresent()) {
      return false;
    }
    if (known.isPresent()) {
      ComplaintTable.update(handle, now);
    } else {
      ComplaintTable.insert(handle, now, true);
    }
    ComplaintNews.of(before, now).forEach(news -> notices.tell(handle, news, now));
    return true;
  }

  /// Central may ask again, and not have heard yet of what was answered to that.
  private static Complaint standing(
      Handle handle, Optional<Complaint> before, BlockDirective directive) {
    int answers = before.map(Complaint::answers).orElse(0);
    boolean onItsWay =
        answers > 0 && AnswerTable.isAnsweredSince(handle, directive.caseId(), directive.since());
    return new Complaint(
        directive.caseId(),
        directive.number(),
        directive.channel(),
        directive.source(),
        directive.contactAt(),
        directive.receivedAt(),
        directive.text(),
        before.flatMap(Complaint::enteredBy),
        before.flatMap(Complaint::campaign),
        directive.standing(),
        directive.since(),
        directive.evidenceDue(),
        directive.evidenceReceived() || onItsWay,
        answers);
  }

  /// Has the block list say what the number's complaints come to.
  private void settle(Handle handle, Msisdn number) {
    Optional<Complaint> blocking = ComplaintTable.blocking(handle, number);
    if (blocking.isPresent()) {
      var _ =
          suppressions.block(
              handle,
              number,
              BlockList.COMPLAINT,
              "№ " + blocking.get().shortName(),
              blocking.get().enteredBy().orElse(CENTRAL));
    } else {
      var _ = suppressions.unblock(handle, number, BlockList.COMPLAINT);
    }
  }

  /// Whether central asks what the customer has to say.
  static boolean mayBeAnswered(Complaint complaint) {
    return complaint.standing() == Standing.PROVISIONAL && complaint.evidenceDue().isPresent();
  }

  /// Answers a complaint for which central asks for proof, after its time as well. What the box's
  /// lists say of the number goes along by itself (AC-SPM-04).
  ///
  /// @param answerId a UUID; under one that is known nothing is given anew
  /// @param by the login of who answers
  /// @throws kz.qonyrau.wire.MalformedMessageException if an id or a text is not of its form
  public Future<AnswerResult> answer(
      String answerId, String id, String note, Optional<EvidenceFile> file, String by) {
    ReportedEvidence bare =
        new ReportedEvidence(answerId, clock.instant(), by, note, List.of(), file);
    return store
        .write(handle -> {
          Optional<ComplaintAnswer> given = AnswerTable.find(handle, answerId);
          if (given.isPresent()) {
            return new AnswerResult.Given(given.get());
          }
          Optional<Complaint> known =
              ComplaintTable.find(handle, id).map(ComplaintTable.Stored::complaint);
          return known.isPresent()
              ? answer(handle, known.get(), bare)
              : new AnswerResult.NoSuchComplaint();
        })
        .onSuccess(_ -> changed());
  }

  private AnswerResult answer(Handle handle, Complaint complaint, ReportedEvidence bare) {
    if (complaint.standing() != Standing.PROVISIONAL) {
      return new AnswerResult.Decided(complaint.standing());
    }
    Optional<Instant> due = complaint.evidenceDue();
    if (due.isEmpty()) {
      return new AnswerResult.NotAsked();
    }
    if (complaint.answers() >= MOST_ANSWERS) {
      return new AnswerResult.TooMany();
    }
    ReportedEvidence answer =
        new ReportedEvidence(
            bare.id(),
            bare.at(),
            bare.by(),
            bare.note(),
            records.of(handle, complaint.number()),
            bare.file());
    boolean late = answer.at().isAfter(due.get());
    AnswerTable.insert(handle, complaint.id(), answer, late);
    ComplaintTable.setEvidenceReceived(handle, complaint.id());
    reports.tell(handle, complaint.id(), answer);
    return new AnswerResult.Given(
        new ComplaintAnswer(
            answer.id(),
            answer.at(),
            answer.by(),
            answer.note(),
            answer.file().map(EvidenceFile::name),
            late));
  }

  /// Queues what central could not be told yet, because it had not said how.
  ///
  /// @return how much that was
  public Future<Integer> tellWhatWaits() {
    if (!reports.canSeal()) {
      return Future.succeededFuture(0);
    }
    return store
        .read(handle ->
            !ComplaintTable.unreported(handle, 1).isEmpty() || AnswerTable.hasUnreported(handle))
        .compose(some -> some ? store.write(this::tellSome) : Future.succeededFuture(0))
        .compose(told ->
            told == 0 ? Future.succeededFuture(0) : tellWhatWaits().map(more -> more + told));
  }

  private int tellSome(Handle handle) {
    if (!reports.canSeal()) {
      return 0;
    }
    List<Complaint> complaints = ComplaintTable.unreported(handle, COMPLAINTS_AT_ONCE);
    complaints.forEach(complaint -> reports.tell(handle, complaint));
    if (complaints.size() == COMPLAINTS_AT_ONCE) {
      return complaints.size();
    }
    List<AnswerTable.Unreported> answers = AnswerTable.unreported(handle, ANSWERS_AT_ONCE);
    answers.forEach(answer -> reports.tell(handle, answer.complaintId(), answer.evidence()));
    return complaints.size() + answers.size();
  }

  /// A page of the complaints, newest first.
  ///
  /// @param openOnly only those that are being looked into
  /// @param page counted from 0
  /// @param size 1 to 1000
  /// @throws IllegalArgumentException if there is no such page
  public Future<ComplaintPage> page(boolean openOnly, int page, int size) {
    requireSize(size);
    if (page < 0) {
      throw new IllegalArgumentException("pages are counted from 0, not " + page);
    }
    return store.read(handle ->
        new ComplaintPage(
            ComplaintTable.count(handle, openOnly),
            ComplaintTable.newest(handle, openOnly, (long) page * size, size),
            ComplaintTable.waiting(handle)));
  }

  /// A complaint with its answers; empty if there is no such one.
  public Future<Optional<ComplaintCase>> find(String id) {
    return store.read(handle ->
        ComplaintTable.find(handle, id)
            .map(ComplaintTable.Stored::complaint)
            .map(complaint ->
                new ComplaintCase(
                    complaint,
                    AnswerTable.of(handle, id),
                    records.of(handle, complaint.number()))));
  }

  /// How many complaints wait for an answer.
  public Future<Long> waiting() {
    return store.read(ComplaintTable::waiting);
  }

  /// The complaints behind one, the oldest first: for whoever reads them all.
  ///
  /// @param last the last one of the page before; empty for the first ones
  /// @param size 1 to 1000
  public Future<List<Complaint>> after(Optional<Complaint> last, int size) {
    requireSize(size);
    return store.read(handle -> ComplaintTable.after(handle, last, size));
  }

  private static void requireSize(int size) {
    if (size < 1 || size > MOST_PER_PAGE) {
      throw new IllegalArgumentException("1 to " + MOST_PER_PAGE + " at once, not " + size);
    }
  }
}
