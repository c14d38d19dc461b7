package kz.qonyrau.speech;

/// What kind of voice it is (AC-TTS-01).
public enum Timbre {
  FEMALE,
  MALE
}
