package kz.qonyrau.wire;

import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import kz.qonyrau.vocabulary.BoxId;
import tools.jackson.databind.node.ObjectNode;

/// What a box has to say of one complaint, to a subscriber who asks who called him, or of one
/// published recording. Nothing of it can be read on the way: a case is the only thing for which a
/// number leaves a box, and each is sealed for central by itself (PLT-24).
///
/// @param caseId a UUID that names the complaint, the question that is answered, the consent that
///   is withdrawn, or the report
/// @param kind what is sealed
/// @param sealed a [ReportedComplaint], a [ReportedEvidence], a [PassedCode], a [QuestionAnswer] or
///   a [ReportedWithdrawal]
public record CaseReport(String caseId, Kind kind, String sealed) {

  /// What a report is about.
  public enum Kind {
    /// It was entered at the box.
    COMPLAINT,
    /// The customer answers it.
    EVIDENCE,
    /// Somebody who called the box typed a code.
    CODE,
    /// The box answers a question.
    ANSWER,
    /// The customer withdraws his consent to a publication.
    WITHDRAWAL
  }

  private static final int LONGEST_SEALED = 240_000;

  /// @throws MalformedMessageException if a component is not of its form
  public CaseReport {
    if (!Ids.UUID.matcher(caseId).matches()) {
      throw new MalformedMessageException("case.caseId", "is not a UUID in lower case");
    }
    if (sealed.isEmpty() || sealed.length() > LONGEST_SEALED) {
      throw new MalformedMessageException(
          "case.sealed", "does not have 1 to " + LONGEST_SEALED + " characters");
    }
  }

  /// Seals a complaint that was entered at a box.
  ///
  /// @param central what central gave the box to seal with
  public static CaseReport of(
      BoxId box, String caseId, ReportedComplaint complaint, SealingKey central) {
    return seal(box, caseId, Kind.COMPLAINT, complaint.write(), central);
  }

  /// Seals what a customer answers.
  ///
  /// @param central what central gave the box to seal with
  public static CaseReport of(
      BoxId box, String caseId, ReportedEvidence evidence, SealingKey central) {
    return seal(box, caseId, Kind.EVIDENCE, evidence.write(), central);
  }

  /// Seals a code that somebody typed.
  ///
  /// @param central what central gave the box to seal with
  public static CaseReport of(BoxId box, String caseId, PassedCode code, SealingKey central) {
    return seal(box, caseId, Kind.CODE, code.write(), central);
  }

  /// Seals what the box says to a question.
  ///
  /// @param questionId which one
  /// @param central what central gave the box to seal with
  public static CaseReport of(
      BoxId box, String questionId, QuestionAnswer answer, SealingKey central) {
    return seal(box, questionId, Kind.ANSWER, answer.write(), central);
  }

  /// Seals that a consent is withdrawn.
  ///
  /// @param consentId which one
  /// @param central what central gave the box to seal with
  public static CaseReport of(
      BoxId box, String consentId, ReportedWithdrawal withdrawal, SealingKey central) {
    return seal(box, consentId, Kind.WITHDRAWAL, withdrawal.write(), central);
  }

  private static CaseReport seal(
      BoxId box, String caseId, Kind kind, ObjectNode node, SealingKey central) {
    byte[] plain = Json.write(node).getBytes(StandardCharsets.UTF_8);
    return new CaseReport(caseId, kind, central.seal(plain, context(box, caseId, kind)));
  }

  /// The complaint, of a report of that kind.
  ///
  /// @param box who sent it
  /// @throws MalformedMessageException if it was sealed for another key, box or complaint, or
  ///   anything is wrong with it
  public ReportedComplaint complaint(BoxId box, OpeningKey central) {
    return read(box, Kind.COMPLAINT, central, ReportedComplaint::read);
  }

  /// The answer, of a report of that kind.
  ///
  /// @param box who sent it
  /// @throws MalformedMessageException if it was sealed for another key, box or complaint, or
  ///   anything is wrong with it
  public ReportedEvidence evidence(BoxId box, OpeningKey central) {
    return read(box, Kind.EVIDENCE, central, ReportedEvidence::read);
  }

  /// The code, of a report of that kind.
  ///
  /// @param box who sent it
  /// @throws MalformedMessageException if it was sealed for another key, box or report, or anything
  ///   is wrong with it
  public PassedCode code(BoxId box, OpeningKey central) {
    return read(box, Kind.CODE, central, PassedCode::read);
  }

  /// What is said to the question, of a report of that kind.
  ///
  /// @param box who sent it
  /// @throws MalformedMessageException if it was sealed for another key, box or question, or
  ///   anything is wrong with it
  public QuestionAnswer answer(BoxId box, OpeningKey central) {
    return read(box, Kind.ANSWER, central, QuestionAnswer::read);
  }

  /// What is withdrawn, of a report of that kind.
  ///
  /// @param box who sent it
  /// @throws MalformedMessageException if it was sealed for another key, box or consent, or
  ///   anything is wrong with it
  public ReportedWithdrawal withdrawal(BoxId box, OpeningKey central) {
    return read(box, Kind.WITHDRAWAL, central, ReportedWithdrawal::read);
  }

  private <T> T read(BoxId box, Kind wanted, OpeningKey central, Function<Fields, T> content) {
    Fields fields = open(box, wanted, central);
    T read = content.apply(fields);
    fields.end();
    return read;
  }

  private Fields open(BoxId box, Kind wanted, OpeningKey central) {
    byte[] plain = central.open(sealed, context(box, caseId, wanted));
    return Json.object("case", Json.text("case", plain));
  }

  private static String context(BoxId box, String caseId, Kind kind) {
    return "case " + box + " " + caseId + " " + kind;
  }

  /// Reads the body of a `case/1` envelope. What is sealed is not looked at.
  ///
  /// @throws MalformedMessageException if anything is wrong with it
  public static CaseReport parse(String body) {
    Fields fields = Json.object("case", body);
    CaseReport report =
        new CaseReport(
            fields.text("caseId", Ids.UUID, "a UUID in lower case"),
            fields.word("kind", Kind::valueOf, "a kind"),
            fields.text("sealed", LONGEST_SEALED));
    fields.end();
    return report;
  }

  /// The body of a `case/1` envelope, for the outbox.
  public byte[] body() {
    ObjectNode node = Json.object();
    node.put("caseId", caseId);
    node.put("kind", kind.name());
    node.put("sealed", sealed);
    return Json.write(node).getBytes(StandardCharsets.UTF_8);
  }
}
