package kz.qonyrau.audit;

/// What an examination of the whole log found (PLT-18).
public sealed interface AuditVerdict {

  /// Every line follows from the one before it.
  ///
  /// @param headHash SHA-256 of the last line, 64 hexadecimal digits; it stands for the whole log
  record Sound(long lines, String headHash) implements AuditVerdict {}

  /// The log was changed from outside, or the disk has failed.
  ///
  /// @param firstLine the first line that is wrong or missing, from 1
  record Broken(long firstLine, String why) implements AuditVerdict {}
}
