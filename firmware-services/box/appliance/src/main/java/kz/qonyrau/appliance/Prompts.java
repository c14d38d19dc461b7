package kz.qonyrau.appliance;

import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import kz.qonyrau.calls.Sound;
import kz.qonyrau.campaigns.Prompt;
import kz.qonyrau.speech.Voices;

/// Turns what a campaign says into sound. A campaign asks for the same sounds thousands of times,
/// so the latest ones stay in memory. May be used from any thread.
final class Prompts {

  private static final int MOST = 128;

  private final Voices voices;
  private final Function<Prompt.UploadedAudio, Future<byte[]>> uploads;
  private final Map<List<Prompt>, Future<Sound>> latest =
      new LinkedHashMap<>(MOST, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<List<Prompt>, Future<Sound>> eldest) {
          return size() > MOST;
        }
      };

  /// @param uploads gives the sound of an uploaded recording
  Prompts(Voices voices, Function<Prompt.UploadedAudio, Future<byte[]>> uploads) {
    this.voices = voices;
    this.uploads = uploads;
    voices.onChange(this::forget);
  }

  /// A voice that was replaced sounds different, and one that is gone does not speak any more.
  private void forget() {
    synchronized (latest) {
      latest.clear();
    }
  }

  /// The sound of what a campaign says, one thing behind the other; shared between calls.
  ///
  /// @param prompts one or more
  Future<Sound> sound(List<Prompt> prompts) {
    synchronized (latest) {
      Future<Sound> known = latest.get(prompts);
      if (known != null && !known.failed()) {
        return known;
      }
      Future<Sound> made =
          prompts.size() == 1
              ? made(prompts.getFirst())
              : joined(prompts.stream().map(one -> sound(List.of(one))).toList());
      latest.put(prompts, made);
      return made;
    }
  }

  private Future<Sound> made(Prompt prompt) {
    return switch (prompt) {
      case Prompt.SpokenText(var text, var language, var voice) ->
          voices.say(text, language, voice).map(Sound::new);
      case Prompt.UploadedAudio audio -> uploads.apply(audio).map(Sound::new);
    };
  }

  private static Future<Sound> joined(List<Future<Sound>> sounds) {
    return Future.join(sounds)
        .map(_ -> sounds.stream().map(Future::result).reduce(Sound::then).orElseThrow());
  }
}
