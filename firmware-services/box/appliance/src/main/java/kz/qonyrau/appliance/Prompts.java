package kz.qonyrau.appliance;

import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import kz.qonyrau.campaigns.Prompt;
import kz.qonyrau.speech.Voices;

/// Turns what a campaign says into sound. A campaign of one text asks for the same sound thousands
/// of times, so the latest ones stay in memory. May be used from any thread.
final class Prompts {

  private static final int MOST = 64;

  private final Voices voices;
  private final Function<Prompt.UploadedAudio, Future<byte[]>> uploads;
  private final Map<Prompt, Future<byte[]>> latest =
      new LinkedHashMap<>(MOST, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Prompt, Future<byte[]>> eldest) {
          return size() > MOST;
        }
      };

  /// @param uploads gives the sound of an uploaded recording
  Prompts(Voices voices, Function<Prompt.UploadedAudio, Future<byte[]>> uploads) {
    this.voices = voices;
    this.uploads = uploads;
  }

  /// The sound of what a campaign says.
  ///
  /// @return signed 16-bit little-endian samples, 8 kHz, one channel, shared: not to be changed
  Future<byte[]> sound(Prompt prompt) {
    synchronized (latest) {
      Future<byte[]> known = latest.get(prompt);
      if (known != null && !known.failed()) {
        return known;
      }
      Future<byte[]> made =
          switch (prompt) {
            case Prompt.SpokenText(var text, var language, var voice) ->
                voices.say(text, language, voice);
            case Prompt.UploadedAudio audio -> uploads.apply(audio);
          };
      latest.put(prompt, made);
      return made;
    }
  }
}
