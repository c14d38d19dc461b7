package kz.qonyrau.testsupport.answers;

/// Who or what answers, in truth.
public enum Label {
  HUMAN,
  VOICEMAIL,
  ANNOUNCEMENT,
  SILENCE,
  FAX
}
