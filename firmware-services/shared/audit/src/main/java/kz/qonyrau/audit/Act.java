package kz.qonyrau.audit;

/// Something that is about to be done. Texts that are too long are cut, control characters become
/// spaces. None of them may hold a telephone number, a spoken text or a password.
///
/// @param object what it is done to, for example `campaign/…`, up to 100 characters; may be empty
/// @param reason why, in the words of who does it, up to 500 characters; may be empty
/// @param detail what else matters, up to 500 characters; may be empty
public record Act(Actor actor, AuditAction action, String object, String reason, String detail) {

  public Act {
    object = AuditText.line(object, 100);
    reason = AuditText.line(reason, 500);
    detail = AuditText.line(detail, 500);
  }
}
