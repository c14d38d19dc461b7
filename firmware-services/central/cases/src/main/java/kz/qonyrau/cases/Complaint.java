package kz.qonyrau.cases;

import java.time.Instant;
import java.util.Optional;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.vocabulary.Msisdn;
import kz.qonyrau.vocabulary.OrganisationId;
import kz.qonyrau.wire.BlockDirective;
import kz.qonyrau.wire.ComplaintSource;
import kz.qonyrau.wire.ContactChannel;
import kz.qonyrau.wire.ReportedComplaint;

/// A complaint and how it stands.
///
/// @param id a UUID
/// @param organisation against whom
/// @param facts what is complained of
/// @param receivedAt when it was entered
/// @param enteredBy who did, his login
/// @param box where, if it was at a box
/// @param stateSince since when it is in its state
/// @param evidenceDue until when the customer may answer; empty while nobody has asked him
/// @param evidenceReceived whether he has answered
/// @param verdict what was decided, which stays when the complaint is closed
/// @param liftedAt when the subscriber had agreed again, after it was confirmed
public record Complaint(
    String id,
    OrganisationId organisation,
    Facts facts,
    Instant receivedAt,
    String enteredBy,
    Optional<BoxId> box,
    ComplaintState state,
    Instant stateSince,
    Optional<Instant> evidenceDue,
    boolean evidenceReceived,
    Optional<Decision> verdict,
    Optional<Instant> liftedAt) {

  /// What is complained of (AC-SPM-01).
  ///
  /// @param number of the subscriber
  /// @param channel by what he was reached
  /// @param source from whom it was learnt
  /// @param contactAt when he was reached, as he says
  /// @param campaign which campaign reached him, if that is known
  /// @param numberProof how it was shown that the number is his, if it was
  /// @param text what he says, 1 to 500 characters
  public record Facts(
      Msisdn number,
      ContactChannel channel,
      ComplaintSource source,
      Instant contactAt,
      Optional<ReportedComplaint.Campaign> campaign,
      Optional<String> numberProof,
      String text) {}

  /// A verdict and its moment.
  public record Decision(Verdict verdict, Instant at) {}

  /// Whether the time has passed in which the customer was to answer, and he has not: that counts
  /// as no proof (AC-SPM-04).
  public boolean isUnanswered(Instant now) {
    return state == ComplaintState.EVIDENCE_REQUESTED
        && evidenceDue.filter(due -> !now.isBefore(due)).isPresent();
  }

  /// What it means for the number.
  public BlockDirective.Standing standing() {
    if (verdict.isEmpty()) {
      return BlockDirective.Standing.PROVISIONAL;
    }
    return switch (verdict.get().verdict()) {
      case REJECTED -> BlockDirective.Standing.REJECTED;
      case CONFIRMED_SPAM ->
          liftedAt.isPresent() ? BlockDirective.Standing.LIFTED : BlockDirective.Standing.CONFIRMED;
    };
  }

  /// The same in another state.
  Complaint in(ComplaintState next, Instant since) {
    return with(next, since, evidenceDue, evidenceReceived, verdict, liftedAt);
  }

  /// The same, while the customer is asked for proof that he has not given yet.
  Complaint asked(Instant since, Instant due) {
    return with(
        ComplaintState.EVIDENCE_REQUESTED, since, Optional.of(due), false, verdict, liftedAt);
  }

  /// The same with an answer of the customer.
  Complaint answered() {
    return with(state, stateSince, evidenceDue, true, verdict, liftedAt);
  }

  /// The same with a verdict.
  Complaint decided(Verdict what, Instant at) {
    return with(
        what == Verdict.REJECTED ? ComplaintState.REJECTED : ComplaintState.CONFIRMED_SPAM,
        at,
        evidenceDue,
        evidenceReceived,
        Optional.of(new Decision(what, at)),
        liftedAt);
  }

  /// The same after the subscriber has agreed again.
  Complaint lifted(Instant at) {
    return with(state, stateSince, evidenceDue, evidenceReceived, verdict, Optional.of(at));
  }

  private Complaint with(
      ComplaintState next,
      Instant since,
      Optional<Instant> due,
      boolean received,
      Optional<Decision> decision,
      Optional<Instant> lifted) {
    return new Complaint(
        id,
        organisation,
        facts,
        receivedAt,
        enteredBy,
        box,
        next,
        since,
        due,
        received,
        decision,
        lifted);
  }

  /// What boxes are told of it.
  ///
  /// @param since since when it stands so
  BlockDirective directive(Instant since) {
    return new BlockDirective(
        id,
        facts.number(),
        standing(),
        facts.channel(),
        facts.source(),
        facts.contactAt(),
        receivedAt,
        since,
        evidenceDue,
        evidenceReceived,
        facts.text());
  }
}
