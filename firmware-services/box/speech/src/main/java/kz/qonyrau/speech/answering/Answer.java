package kz.qonyrau.speech.answering;

/// Who or what is at the other end.
public sealed interface Answer {

  /// Somebody to talk to, or possibly somebody: what is doubtful is a human.
  record Human() implements Answer {}

  /// An answering machine, a voicemail, or another recording that did not say what it is.
  record Machine() implements Answer {}

  /// The network speaks, or signals, in place of the subscriber.
  record Announcement(Reason reason) implements Answer {}

  /// The line is open and nobody speaks. It may be a human who waits.
  record Silence() implements Answer {}

  /// A fax machine or a modem.
  record Fax() implements Answer {}

  /// Why the subscriber does not answer.
  enum Reason {
    /// Temporarily unavailable, without a reason.
    UNAVAILABLE,
    /// Switched off or out of coverage; operators say both in one sentence.
    OFF_OR_OUT_OF_COVERAGE,
    /// There is no such number; calling again is no use.
    DOES_NOT_EXIST,
    /// Blocked, suspended, or calls to it are barred.
    BARRED,
    BUSY,
    /// It rang and nobody answered.
    NO_ANSWER,
    /// The network is overloaded.
    CONGESTION,
    /// An announcement for certain, but what it said was not understood.
    UNKNOWN
  }
}
