package kz.qonyrau.campaigns;

/// What stops a campaign from starting. The names are stable; pages translate them.
public enum Blocker {
  /// A list was deleted.
  NO_SUCH_LIST,
  /// A list is still being imported, or its import failed.
  LIST_NOT_READY,
  /// Nobody has stated where the numbers of a list come from (AC-CON-02).
  LIST_NOT_ATTESTED,
  /// The statement about a list does not cover calls.
  LIST_NOT_FOR_CALLS,
  /// No contact may be called.
  NO_RECIPIENTS,
  /// Every window of the schedule is past (AC-CMP-02).
  NO_WINDOW,
  /// The message is shorter than 2 s (AC-CAL-05).
  MESSAGE_TOO_SHORT,
  /// A text names a variable that a list does not have.
  UNKNOWN_VARIABLE,
  /// Answers are expected in a language for which there is no speech model (AC-STT-05).
  NO_SPEECH_MODEL
}
