package kz.qonyrau.speech.activity;

import java.util.ArrayList;
import java.util.List;

/// Hears when the other side of a call begins to speak and when it has ended.
///
/// Not speech are: what is shorter than [ActivitySettings#shortest]; what has no pitch, such as
/// clicks, coughs, wind and line noise, and whispering with them; steady tones; and the echo, up to
/// 500 ms late, of what the box plays itself, which [#plays] has to tell. Whoever is not louder
/// than that echo is taken for it.
///
/// Has no clock and no thread of its own: all times are counts of the samples fed, and the same
/// audio in pieces of any size gives the same events. For one thread at a time.
public final class SpeechActivity {

  /// Sounds that are further apart than that do not make one beginning.
  private static final int GAP_FRAMES = 6;

  private final ActivitySettings settings;
  private final Frames frames = new Frames();
  private final VoiceDetector voices = new VoiceDetector();
  private final Echo echo = new Echo();
  private long heard;

  private boolean speaking;
  private long from;
  private long to;
  private int quiet;
  private int loud;
  private int pitched;

  public SpeechActivity(ActivitySettings settings) {
    this.settings = settings;
  }

  /// The box begins to play this now, or as soon as it has played what it was told before; what
  /// comes back of it is no speech. Call it when the first sample leaves, not when it is queued
  /// somewhere.
  ///
  /// @param pcm as for [#hear], of any length; kept without a copy until it has been played, so it
  ///   must not be changed
  /// @throws IllegalArgumentException if the length is odd
  public void plays(byte[] pcm) {
    echo.played().play(pcm, heard);
  }

  /// The box plays nothing any more; what is under way already may still come back.
  public void playsNothing() {
    echo.played().stop(heard);
  }

  /// Whether somebody is speaking, as far as is known.
  public boolean isSpeaking() {
    return speaking;
  }

  /// How many samples have been heard, whole frames only.
  public long heard() {
    return heard;
  }

  /// Hears the next piece of audio.
  ///
  /// @param pcm signed 16-bit little-endian samples, 8 kHz, one channel; any number of them
  /// @return what became known with it, in order; mostly nothing
  /// @throws IllegalArgumentException if the length is odd, that is, not whole samples
  public List<SpeechEvent> hear(byte[] pcm) {
    List<SpeechEvent> events = new ArrayList<>();
    frames.cut(pcm, frame -> hear(frame, events));
    return events;
  }

  private void hear(short[] frame, List<SpeechEvent> events) {
    heard += Frames.SAMPLES;
    FrameSound sound = voices.hear(frame);
    echo.hear(frame);
    boolean counts = sound.maySpeak() && !echo.explains(heard, sound.dbfs());
    if (speaking) {
      goOn(counts, events);
    } else {
      lookForBeginning(counts, counts && sound.pitched(), events);
    }
  }

  private void goOn(boolean counts, List<SpeechEvent> events) {
    if (counts) {
      to = heard;
      quiet = 0;
      return;
    }
    if (++quiet >= settings.quietFrames()) {
      speaking = false;
      forget();
      events.add(new SpeechEvent.Ended(from, to, heard));
    }
  }

  private void lookForBeginning(boolean counts, boolean hasPitch, List<SpeechEvent> events) {
    if (!counts) {
      if (++quiet >= GAP_FRAMES) {
        forget();
      }
      return;
    }
    if (loud == 0) {
      from = heard - Frames.SAMPLES;
    }
    quiet = 0;
    loud++;
    pitched += hasPitch ? 1 : 0;
    to = heard;
    if (loud >= settings.shortestFrames()
        && pitched >= Math.max(settings.pitchedFrames(), loud / 4)) {
      speaking = true;
      events.add(new SpeechEvent.Began(from, heard));
    }
  }

  private void forget() {
    loud = 0;
    pitched = 0;
    quiet = 0;
  }
}
