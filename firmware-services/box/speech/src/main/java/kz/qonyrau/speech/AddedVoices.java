package kz.qonyrau.speech;

import java.time.Duration;
import java.util.List;

/// Voices that come and go while the box runs, as [InstalledVoices] sees them. Safe to use from any
/// thread.
public interface AddedVoices {

  /// A voice that is a program of its own: it reads a text in UTF-8 from its standard input and
  /// writes a WAV file, 16 bits and one channel, to its standard output; the file's header need not
  /// know how long it is.
  ///
  /// @param command the program and its arguments
  /// @param sound what it sounds like: another value for every other sound
  /// @param samplesPerSecond of the WAV file
  /// @param limit how long it may take for a text
  record Added(
      VoiceProfile profile,
      List<String> command,
      String sound,
      int samplesPerSecond,
      Duration limit) {

    public Added {
      command = List.copyOf(command);
    }
  }

  /// Those that are there, in order.
  List<Added> voices();

  /// Who is told, on any thread, whenever [#voices] has become another one.
  void onChange(Runnable listener);

  /// No more texts will be spoken with this voice, which is no longer one of [#voices]: what it is
  /// made of may go.
  void released(Added voice);

  /// No voices, ever.
  static AddedVoices none() {
    return new AddedVoices() {
      @Override
      public List<Added> voices() {
        return List.of();
      }

      @Override
      public void onChange(Runnable listener) {
        // Nothing changes.
      }

      @Override
      public void released(Added voice) {
        throw new IllegalStateException("there never was such a voice");
      }
    };
  }
}
