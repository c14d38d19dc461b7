package kz.qonyrau.speech.models;

/// Why a word cannot be said with the phones of a model. The names are codes that pages translate.
public enum SayingFault {
  /// espeak-ng takes it for a word of another language.
  OTHER_LANGUAGE,
  /// espeak-ng names its letters, because it cannot read them or finds no vowel.
  SPELLED_OUT,
  /// The model has no phone for a sound that espeak-ng finds in it.
  NO_PHONE,
  /// There is nothing in it to be said.
  NOTHING,
  /// It takes too long to say.
  TOO_LONG
}
