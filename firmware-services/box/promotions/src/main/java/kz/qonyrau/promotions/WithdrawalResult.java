package kz.qonyrau.promotions;

/// What became of a withdrawal.
public sealed interface WithdrawalResult {

  /// Central is told, or was before.
  record Asked(PublishedRecording recording) implements WithdrawalResult {}

  /// Central knows of a withdrawal already.
  record Withdrawn(PublishedRecording recording) implements WithdrawalResult {}

  record NoSuchConsent() implements WithdrawalResult {}
}
