package kz.qonyrau.calls;

import kz.qonyrau.speech.answering.Answer;

/// Who or what answered a call.
public enum AnsweredBy {
  HUMAN,
  /// A voicemail, an answering machine or another recording.
  MACHINE,
  /// The network spoke in place of the subscriber.
  ANNOUNCEMENT,
  /// Nobody spoke.
  SILENCE,
  FAX;

  static AnsweredBy of(Answer answer) {
    return switch (answer) {
      case Answer.Human _ -> HUMAN;
      case Answer.Machine _ -> MACHINE;
      case Answer.Announcement _ -> ANNOUNCEMENT;
      case Answer.Silence _ -> SILENCE;
      case Answer.Fax _ -> FAX;
    };
  }
}
