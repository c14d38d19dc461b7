package kz.qonyrau.speech.models;

/// Why a model, its sources or a word for it, or a voice, cannot be used. The names are codes that
/// pages translate.
public enum ModelFault {
  /// The file is no zip archive.
  NOT_A_ZIP,
  /// The archive is cut off, or its parts contradict each other.
  DAMAGED,
  /// The archive, or what is in it, has more bytes than are accepted.
  TOO_LARGE,
  /// The archive holds more files than are accepted.
  TOO_MANY_FILES,
  /// It would unpack to many times its size, as no model does.
  BOMB,
  /// A name in the archive leads out of it, or cannot be a name of a model's file.
  UNSAFE_NAME,
  /// The archive holds a link or something else that is neither file nor directory.
  NOT_A_FILE,
  /// The same name stands twice in the archive.
  DUPLICATE,
  /// The archive is protected by a password.
  ENCRYPTED,
  /// The archive is packed in a way that this box cannot unpack.
  UNKNOWN_PACKING,
  /// It is not the file whose SHA-256 was expected.
  WRONG_CHECKSUM,
  /// There is no room for it on the disk.
  NO_ROOM,
  /// What was unpacked is not a speech model that this box can use.
  NOT_A_MODEL,
  /// What was unpacked is not a voice that this box can use.
  NOT_A_VOICE,
  /// The voice speaks a language that the box does not.
  FOREIGN_LANGUAGE,
  /// Somebody called it off.
  CANCELLED,
  /// The model has no sources that words could be added to, or they are not as they should be.
  BAD_SOURCES,
  /// A word cannot be added; the message says which and why.
  BAD_WORD,
  /// A program of the operating system is missing or failed; a matter for the technician.
  TOOL_FAILED,
  /// The model does not load, or does not decode; the voice does not speak, or not as people do.
  TRIAL_FAILED,
  /// There is no such model or voice on the shelf.
  UNKNOWN_MODEL,
  /// The model is in force, or calls are still being listened to with it; a campaign speaks with
  /// the voice.
  IN_USE,
  /// Too many other things are waiting to be done with models or voices.
  BUSY
}
