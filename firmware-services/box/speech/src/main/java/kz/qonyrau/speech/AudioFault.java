package kz.qonyrau.speech;

/// Why a sound file cannot be used. The names are codes that pages translate.
public enum AudioFault {
  /// Not WAV, MP3, OGG or FLAC.
  UNKNOWN_FORMAT,
  /// The right kind of file, but damaged, encrypted or empty.
  UNREADABLE,
  /// The file has more bytes than are accepted.
  TOO_LARGE,
  /// Plays for less than two seconds (AC-CAL-05).
  TOO_SHORT,
  /// Plays for more than ten minutes.
  TOO_LONG,
  /// Nothing can be heard in it (AC-CAL-05).
  SILENT,
  /// This box lacks the decoder; a matter for the technician, not for the file.
  DECODER_MISSING
}
