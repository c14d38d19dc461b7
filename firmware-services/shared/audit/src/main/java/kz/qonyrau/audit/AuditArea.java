package kz.qonyrau.audit;

/// What an action is about. Roles see entries by area.
public enum AuditArea {
  /// Signing in and out, passwords, what was asked for and is not allowed.
  ACCESS,
  /// Lists of contacts.
  CONTACTS,
  /// Who must not be called.
  BLOCKS,
  /// Campaigns and their sound.
  CAMPAIGNS,
  /// Recordings and transcripts.
  CONTENT,
  /// Prices, payments, credit.
  MONEY,
  /// Boxes, their licenses and certificates.
  FLEET,
  /// The box itself: programs, models, voices.
  TECHNICAL
}
