package kz.qonyrau.speech.answering;

/// Why a verdict is what it is.
///
/// @param detail what was heard or measured, for whoever wonders; holds phrases of the tables only,
///   never what a subscriber said
public record Evidence(Rule rule, String detail) {

  /// What decided, the weakest first.
  public enum Rule {
    /// Time was up and nothing was clear.
    DOUBT,
    /// Nobody spoke for too long.
    QUIET,
    /// Something short was said, then somebody waited for an answer.
    SHORT_GREETING,
    /// It talked on without a pause.
    LONG_SPEECH,
    /// A word was recognised that people answer with.
    HUMAN_PHRASE,
    /// It beeped after speaking.
    BEEP,
    /// A phrase of a table was recognised.
    MACHINE_PHRASE,
    /// The network's or a fax's own signal.
    TONE,
    /// A key was pressed.
    KEY
  }
}
