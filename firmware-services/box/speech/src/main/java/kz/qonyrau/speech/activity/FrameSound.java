package kz.qonyrau.speech.activity;

/// What one frame sounds like.
///
/// @param dbfs mean power below full scale, hum removed
/// @param loud whether it stands out of the line's noise
/// @param pitched whether it has the pitch of a voice, 60 to 400 Hz
/// @param tone whether it is part of a steady tone: a beep, ringing, a fax
record FrameSound(double dbfs, boolean loud, boolean pitched, boolean tone) {

  /// Whether it may belong to speech.
  boolean maySpeak() {
    return loud && !tone;
  }
}
