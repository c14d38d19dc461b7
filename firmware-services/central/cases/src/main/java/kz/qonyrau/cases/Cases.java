package kz.qonyrau.cases;

import io.vertx.core.Future;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import kz.qonyrau.store.Store;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.vocabulary.OrganisationId;
import kz.qonyrau.wire.BlocksDocument;
import kz.qonyrau.wire.CaseReport;
import kz.qonyrau.wire.ComplaintSource;
import kz.qonyrau.wire.MalformedMessageException;
import kz.qonyrau.wire.OpeningKey;
import kz.qonyrau.wire.ReportedComplaint;
import kz.qonyrau.wire.ReportedEvidence;
import kz.qonyrau.wire.SealingKey;
import org.jdbi.v3.core.Handle;

/// The register of complaints (AC-SPM-01 to 07). From the moment in which one is received, the
/// number is left alone by all boxes of the customer, until a person has decided otherwise.
///
/// Every method may be called from any thread, save those with a handle, which run in the caller's
/// transaction.
public final class Cases {

  private static final int MOST_VIOLATIONS = 500;

  private final Store store;
  private final CustomerFinder customers;
  private final OpeningKey key;
  private final InstantSource clock;
  private final List<Consumer<OrganisationId>> listeners = new CopyOnWriteArrayList<>();

  /// The register.
  ///
  /// @param key opens what boxes report
  public Cases(Store store, CustomerFinder customers, OpeningKey key, InstantSource clock) {
    this.store = store;
    this.customers = customers;
    this.key = key;
    this.clock = clock;
  }

  /// What boxes seal their reports with.
  public SealingKey sealing() {
    return key.sealing();
  }

  /// Tells `listener` when the boxes of a customer have something new to know, on whatever thread
  /// changed it. It must not block.
  public void onChange(Consumer<OrganisationId> listener) {
    listeners.add(listener);
  }

  /// Says that the boxes of this customer have something new to know.
  public void changed(OrganisationId organisation) {
    listeners.forEach(listener -> listener.accept(organisation));
  }

  // ---- people

  /// Enters a complaint. The number is left alone from now on (AC-SPM-02).
  public Future<EntryResult> enter(ComplaintOrder order) {
    return store
        .write(handle -> enter(handle, order))
        .onSuccess(result -> {
          if (result instanceof EntryResult.Entered(Complaint complaint)) {
            changed(complaint.organisation());
          }
        });
  }

  /// Enters a complaint in the caller's transaction. Whoever commits it says [#changed] then.
  EntryResult enter(Handle handle, ComplaintOrder order) {
    Instant now = clock.instant();
    if (order.facts().contactAt().isAfter(now)) {
      return new EntryResult.InTheFuture();
    }
    return switch (order.against()) {
      case ComplaintOrder.Against.Customer(var organisation) ->
          customers.isCustomer(handle, organisation)
              ? enter(handle, order, organisation, now)
              : new EntryResult.NoSuchCustomer();
      case ComplaintOrder.Against.WhoShowed(var shown) ->
          customers
              .whoShowed(handle, shown, order.facts().contactAt())
              .map(organisation -> enter(handle, order, organisation, now))
              .orElseGet(EntryResult.NobodyShowed::new);
    };
  }

  private EntryResult enter(
      Handle handle, ComplaintOrder order, OrganisationId organisation, Instant now) {
    Complaint complaint =
        received(
            UUID.randomUUID().toString(),
            organisation,
            order.facts(),
            now,
            order.by(),
            Optional.empty());
    insert(handle, complaint, now);
    return new EntryResult.Entered(complaint);
  }

  private static Complaint received(
      String id,
      OrganisationId organisation,
      Complaint.Facts facts,
      Instant at,
      String by,
      Optional<BoxId> box) {
    return new Complaint(
        id,
        organisation,
        facts,
        at,
        by,
        box,
        ComplaintState.RECEIVED,
        at,
        Optional.empty(),
        false,
        Optional.empty(),
        Optional.empty());
  }

  private static void insert(Handle handle, Complaint complaint, Instant now) {
    ComplaintTable.insert(handle, complaint);
    ComplaintTable.note(handle, complaint.id(), "RECEIVED", now, complaint.enteredBy(), "");
    DirectiveTable.put(handle, complaint, now);
  }

  /// Does something about a complaint (AC-SPM-03).
  ///
  /// @param note why, 1 to 500 characters
  /// @param by the login of who does it
  /// @throws IllegalArgumentException if a text is out of its range
  public Future<StepResult> step(String id, Step step, String note, String by) {
    Texts.require("note", note, 500);
    Texts.require("by", by, 100);
    return store
        .write(handle -> step(handle, id, step, note, by))
        .onSuccess(result -> {
          if (result instanceof StepResult.Done(Complaint complaint, var _)) {
            changed(complaint.organisation());
          }
        });
  }

  private StepResult step(Handle handle, String id, Step step, String note, String by) {
    Optional<Complaint> found = ComplaintTable.find(handle, id);
    if (found.isEmpty()) {
      return new StepResult.NoSuchComplaint();
    }
    Instant now = clock.instant();
    return switch (Examination.step(found.get(), step, now)) {
      case Examination.Outcome.NotNow _ -> new StepResult.NotNow(found.get().state());
      case Examination.Outcome.TooEarly(Instant due) -> new StepResult.TooEarly(due);
      case Examination.Outcome.To(Complaint next, boolean isNews) -> {
        ComplaintTable.update(handle, next);
        ComplaintTable.note(handle, id, step.event(), now, by, note);
        if (isNews) {
          DirectiveTable.put(handle, next, now);
        }
        yield new StepResult.Done(
            next, step == Step.CONFIRM ? repeated(handle, next, now) : Optional.empty());
      }
    };
  }

  private static Optional<Violation> repeated(Handle handle, Complaint complaint, Instant now) {
    List<Repetition.Confirmed> all =
        ComplaintTable.confirmed(handle, complaint.organisation(), now.minus(Repetition.SPAN));
    Repetition.Confirmed newest =
        new Repetition.Confirmed(complaint.id(), now, complaint.facts().campaign());
    Optional<Violation> violation =
        Repetition.of(newest, all)
            .map(found ->
                new Violation(
                    UUID.randomUUID().toString(),
                    complaint.organisation(),
                    found.why(),
                    found.campaign(),
                    now,
                    found.complaints()));
    violation.ifPresent(opened -> ViolationTable.insert(handle, opened));
    return violation;
  }

  // ---- looking

  /// A page of complaints.
  ///
  /// @param total how many there are in all
  public record Page(long total, List<Complaint> complaints) {

    public Page {
      complaints = List.copyOf(complaints);
    }
  }

  /// Complaints that nobody has decided, the oldest first, or all, the newest first.
  ///
  /// @param page counted from 0
  /// @param size 1 to 200
  public Future<Page> page(boolean openOnly, int page, int size) {
    if (page < 0 || size < 1 || size > 200) {
      throw new IllegalArgumentException("no such page: " + page + " of " + size);
    }
    ComplaintTable.Wanted wanted =
        openOnly ? ComplaintTable.Wanted.OPEN : ComplaintTable.Wanted.ALL;
    return store.read(handle ->
        new Page(
            ComplaintTable.count(handle, wanted), ComplaintTable.page(handle, wanted, page, size)));
  }

  /// A complaint with all that was done about it.
  public Future<Optional<ComplaintDetail>> find(String id) {
    return store.read(handle ->
        ComplaintTable.find(handle, id)
            .map(complaint ->
                new ComplaintDetail(
                    complaint,
                    ComplaintTable.history(handle, id),
                    EvidenceTable.of(handle, id),
                    ViolationTable.of(handle, id))));
  }

  /// A file that came with an answer.
  public Future<Optional<ComplaintDetail.AnswerFile>> file(String complaint, String answer) {
    return store.read(handle -> EvidenceTable.file(handle, complaint, answer));
  }

  /// What repeated, the newest first, at most 500.
  public Future<List<Violation>> violations() {
    return store.read(handle -> ViolationTable.list(handle, MOST_VIOLATIONS));
  }

  // ---- boxes

  /// Opens what a box reported.
  ///
  /// @throws MalformedMessageException if it was not sealed for us by this box, or anything is
  ///   wrong with it
  public CaseNews open(BoxId box, CaseReport report) {
    return switch (report.kind()) {
      case COMPLAINT -> new CaseNews.Entered(report.caseId(), report.complaint(box, key));
      case EVIDENCE -> new CaseNews.Answered(report.caseId(), report.evidence(box, key));
      case CODE, ANSWER, WITHDRAWAL ->
          throw new MalformedMessageException("case.kind", "is of no complaint");
    };
  }

  /// Takes what a box reported. Whoever commits it says [#changed] then.
  ///
  /// @param organisation whose box it is
  public Taken take(Handle handle, BoxId box, OrganisationId organisation, CaseNews news) {
    Optional<Complaint> known = ComplaintTable.find(handle, news.caseId());
    if (known.filter(complaint -> !complaint.organisation().equals(organisation)).isPresent()) {
      return Taken.FOREIGN_CASE;
    }
    Instant now = clock.instant();
    return switch (news) {
      case CaseNews.Entered(String id, ReportedComplaint reported) -> {
        if (known.isPresent()) {
          yield Taken.KNOWN;
        }
        insert(handle, entered(id, organisation, box, reported), now);
        yield Taken.NOTED;
      }
      case CaseNews.Answered(var _, ReportedEvidence evidence) -> {
        if (known.isEmpty()) {
          yield Taken.UNKNOWN_CASE;
        }
        if (EvidenceTable.isThere(handle, evidence.id())) {
          yield Taken.KNOWN;
        }
        answered(handle, known.get(), box, evidence, now);
        yield Taken.NOTED;
      }
    };
  }

  /// It is received when it arrives: central's clock counts, and not the box's.
  private Complaint entered(
      String id, OrganisationId organisation, BoxId box, ReportedComplaint reported) {
    return received(
        id,
        organisation,
        new Complaint.Facts(
            reported.number(),
            reported.channel(),
            ComplaintSource.CUSTOMER,
            reported.contactAt(),
            reported.campaign(),
            Optional.empty(),
            reported.text()),
        clock.instant(),
        reported.enteredBy(),
        Optional.of(box));
  }

  private static void answered(
      Handle handle, Complaint complaint, BoxId box, ReportedEvidence evidence, Instant now) {
    EvidenceTable.insert(handle, complaint.id(), box, evidence);
    Complaint next = Examination.answered(complaint, now);
    ComplaintTable.update(handle, next);
    ComplaintTable.note(
        handle, complaint.id(), "EVIDENCE_RECEIVED", now, evidence.by(), evidence.note());
    DirectiveTable.put(handle, next, now);
  }

  /// What the boxes of a customer have to know, behind an ordinal, as much as goes into one
  /// [BlocksDocument].
  public List<NumberedDirective> directivesAfter(
      Handle handle, OrganisationId organisation, long ordinal) {
    List<NumberedDirective> next =
        DirectiveTable.after(handle, organisation, ordinal, BlocksDocument.MOST);
    return next.subList(
        0, BlocksDocument.fitting(next.stream().map(NumberedDirective::directive).toList()));
  }

  /// The highest ordinal of what the boxes of a customer have to know; 0 for nothing.
  public long newestDirective(Handle handle, OrganisationId organisation) {
    return DirectiveTable.newest(handle, organisation);
  }
}
