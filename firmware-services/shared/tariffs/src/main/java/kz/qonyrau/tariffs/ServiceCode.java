package kz.qonyrau.tariffs;

import java.util.Optional;

/// What customers are charged for (SH-TAR-01).
public enum ServiceCode {
  /// A part of a text message accepted by the network.
  SMS_PART("PART"),
  /// The time from answer to hang-up.
  CALL_TIME("SECOND"),
  /// Characters of synthesised speech.
  TTS_CHARS("CHARACTER"),
  /// Time listened to by the recogniser.
  STT_TIME("SECOND"),
  /// Time of a dialogue with an automatic interlocutor.
  AI_DIALOG_TIME("SECOND"),
  /// Time recorded.
  REC_TIME("SECOND"),
  /// Time of conversation analysed.
  ANALYTICS_TIME("SECOND"),
  /// A period of conversation analysis.
  ANALYTICS_PLAN("PERIOD"),
  /// A period of seller analytics.
  XTRACK_PLAN("PERIOD");

  private final String countedIn;

  ServiceCode(String countedIn) {
    this.countedIn = countedIn;
  }

  /// The service of that name, exactly as it is written here.
  public static Optional<ServiceCode> find(String name) {
    for (ServiceCode code : values()) {
      if (code.name().equals(name)) {
        return Optional.of(code);
      }
    }
    return Optional.empty();
  }

  /// Whether it is charged by the time it lasts; otherwise it is charged by pieces.
  public boolean isTimed() {
    return countedIn.equals("SECOND");
  }

  /// Whether it is sold for a period, whatever use is made of it.
  public boolean isPlan() {
    return countedIn.equals("PERIOD");
  }

  /// What a usage report counts it in: `SECOND`, `PART`, `CHARACTER` or `PERIOD`.
  public String countedIn() {
    return countedIn;
  }
}
