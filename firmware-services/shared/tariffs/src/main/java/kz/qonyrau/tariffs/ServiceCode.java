package kz.qonyrau.tariffs;

/// What customers are charged for (SH-TAR-01).
public enum ServiceCode {
  /// A part of a text message accepted by the network.
  SMS_PART(false),
  /// The time from answer to hang-up.
  CALL_TIME(true),
  /// Characters of synthesised speech.
  TTS_CHARS(false),
  /// Time listened to by the recogniser.
  STT_TIME(true),
  /// Time of a dialogue with an automatic interlocutor.
  AI_DIALOG_TIME(true),
  /// Time recorded.
  REC_TIME(true),
  /// Time of conversation analysed.
  ANALYTICS_TIME(true),
  /// A period of conversation analysis.
  ANALYTICS_PLAN(false),
  /// A period of seller analytics.
  XTRACK_PLAN(false);

  private final boolean timed;

  ServiceCode(boolean timed) {
    this.timed = timed;
  }

  /// Whether it is charged by the time it lasts.
  public boolean isTimed() {
    return timed;
  }
}
