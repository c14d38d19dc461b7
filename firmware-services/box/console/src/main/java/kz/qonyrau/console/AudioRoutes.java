package kz.qonyrau.console;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import kz.qonyrau.campaigns.Prompt;
import kz.qonyrau.speech.AudioCheck;
import kz.qonyrau.speech.AudioFiles;
import kz.qonyrau.speech.SpeechSynthesisException;
import kz.qonyrau.speech.Timbre;
import kz.qonyrau.speech.VoiceProfile;
import kz.qonyrau.speech.Voices;
import kz.qonyrau.speech.reading.Reading;
import kz.qonyrau.web.Answer;
import kz.qonyrau.web.Asked;
import kz.qonyrau.web.Content;
import kz.qonyrau.web.Desk;
import kz.qonyrau.web.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Uploaded recordings and the voice's preview (AC-CAL-04, AC-TTS-02).
final class AudioRoutes {

  private static final Logger log = LoggerFactory.getLogger(AudioRoutes.class);

  static final long LARGEST_UPLOAD_BYTES = 50L << 20;
  static final int PREVIEWS_PER_HOUR = 20;
  static final Duration LONGEST_PREVIEW = Duration.ofSeconds(60);

  /// No voice says that much within [#LONGEST_PREVIEW], so it is not made to.
  private static final int LONGEST_TEXT = 1000;

  private static final String TTS_CALLS_ONLY = "TTS_CALLS_ONLY";
  private static final int BYTES_PER_SECOND = 16_000;

  private record AudioView(
      String id, String name, double seconds, Instant createdAt, List<String> warnings) {}

  private record Words(
      String text, String language, Optional<String> voice, Optional<Context> context) {}

  /// What a text is written for.
  private enum Context {
    CAMPAIGN
  }

  private record VoiceView(String id, String language, Timbre timbre, String name, String engine) {}

  /// How a text is read; positions count characters of the text as JavaScript does.
  private record ReadingView(String words, List<ChangeView> changes) {}

  private record ChangeView(int start, int end, String written, String spoken) {}

  private final AudioShelf shelf;
  private final AudioFiles files;
  private final Voices voices;
  private final InstantSource clock;
  private final Map<String, Deque<Instant>> previews = new HashMap<>();

  AudioRoutes(AudioShelf shelf, AudioFiles files, Voices voices, InstantSource clock) {
    this.shelf = shelf;
    this.files = files;
    this.voices = voices;
    this.clock = clock;
  }

  Desk on(Desk desk) {
    return desk.on(
            "audios", _ -> Answer.ok(shelf.all().await().stream().map(AudioRoutes::view).toList()))
        .onUpload("uploadAudio", LARGEST_UPLOAD_BYTES, this::upload)
        .on("audioWav", this::wav)
        .on("voices", _ -> Answer.ok(voices.all().stream().map(AudioRoutes::view).toList()))
        .on("readText", this::read)
        .on("previewVoice", this::preview);
  }

  private Answer upload(Asked asked) throws IOException {
    String name = asked.text("name").orElseThrow().strip();
    if (name.isEmpty()) {
      throw Problem.unprocessable("NAME_MISSING", "A recording needs a name.");
    }
    return switch (files.check(asked.upload()).await()) {
      case AudioCheck.Refused(var fault, String why) ->
          throw Problem.unprocessable(fault.name(), why);
      case AudioCheck.Usable(byte[] pcm, Duration length, double _, boolean clipped) ->
          Answer.created(view(shelf.keep(name, pcm, length, clipped, asked.person().login())));
    };
  }

  private Answer wav(Asked asked) {
    String id = asked.id("audioId", text -> text);
    if (shelf.find(id).await().isEmpty()) {
      throw Problem.notFound("recording");
    }
    return new Answer.Bytes("audio/wav", Content.of(wav(shelf.sound(id).await())));
  }

  private Answer preview(Asked asked) {
    Words words = asked.body(Words.class);
    Locale language = Locale.forLanguageTag(words.language());
    requireContext(words, asked);
    words.voice().ifPresent(voice -> requireVoice("voice", voice, language));
    if (words.text().length() > LONGEST_TEXT) {
      throw tooLong();
    }
    requireWithinLimit(asked.person().login());
    byte[] pcm = say(words.text(), language, words.voice());
    Duration length = length(pcm);
    // Never the text itself.
    log.atInfo()
        .addKeyValue("person", asked.person().loggable())
        .addKeyValue("characters", words.text().length())
        .addKeyValue("length", length)
        .log("voice preview");
    if (length.compareTo(LONGEST_PREVIEW) > 0) {
      throw tooLong();
    }
    return new Answer.Bytes("audio/wav", Content.of(wav(pcm)));
  }

  private static Problem tooLong() {
    return Problem.unprocessable(
        "PREVIEW_TOO_LONG",
        "A preview lasts at most " + LONGEST_PREVIEW.toSeconds() + " s. Shorten the text.");
  }

  /// Voices serve calls and nothing else (AC-TTS-03); a person hears a preview, no program gets one
  /// (AC-TTS-02).
  private static void requireContext(Words words, Asked asked) {
    if (words.context().isEmpty() || asked.program().isPresent()) {
      log.atWarn()
          .addKeyValue("person", asked.person().loggable())
          .addKeyValue("characters", words.text().length())
          .addKeyValue("security", TTS_CALLS_ONLY)
          .addKeyValue("violation", "B")
          .log("speech was asked for without a campaign, and refused");
      String detail =
          asked.program().isPresent()
              ? "Speech is made for calls alone, and not for programs."
              : "Say what the text is for: context CAMPAIGN. Speech is made for calls alone.";
      throw Problem.misuse(
          TTS_CALLS_ONLY, detail, List.of(new Problem.Field("context", TTS_CALLS_ONLY, detail)));
    }
  }

  private synchronized void requireWithinLimit(String login) {
    Instant now = clock.instant();
    Deque<Instant> recent = previews.computeIfAbsent(login, _ -> new ArrayDeque<>());
    recent.removeIf(at -> !at.plus(Duration.ofHours(1)).isAfter(now));
    if (recent.size() >= PREVIEWS_PER_HOUR) {
      throw Problem.tooMany(
          "PREVIEW_LIMIT",
          "At most " + PREVIEWS_PER_HOUR + " previews an hour.",
          Duration.between(now, recent.getFirst().plus(Duration.ofHours(1))));
    }
    recent.addLast(now);
  }

  /// @throws Problem 422 if the voice is not installed, or speaks another language
  void requireVoice(String field, String voice, Locale language) {
    if (!voices.speaks(voice, language)) {
      String detail = "There is no such voice for this language.";
      throw Problem.unprocessable(
          "NO_SUCH_VOICE", detail, List.of(new Problem.Field(field, "NO_SUCH_VOICE", detail)));
    }
  }

  /// Whether any voice speaks a language.
  boolean speaks(Locale language) {
    return voices.all().stream().anyMatch(voice -> voice.language().equals(language));
  }

  private Answer read(Asked asked) {
    Words words = asked.body(Words.class);
    Reading reading = voices.read(words.text(), Locale.forLanguageTag(words.language()));
    return Answer.ok(
        new ReadingView(
            reading.words(),
            reading.changes().stream()
                .map(change ->
                    new ChangeView(
                        change.start(),
                        change.end(),
                        words.text().substring(change.start(), change.end()),
                        change.spoken()))
                .toList()));
  }

  private static VoiceView view(VoiceProfile voice) {
    return new VoiceView(
        voice.id(), voice.language().getLanguage(), voice.timbre(), voice.name(), voice.engine());
  }

  private byte[] say(String text, Locale language, Optional<String> voice) {
    try {
      return voices.say(text, language, voice).await();
    } catch (IllegalArgumentException unspeakable) {
      throw Problem.unprocessable(
          "TEXT_NOT_SPEAKABLE",
          "This text cannot be spoken in this language.",
          List.of(new Problem.Field("text", "TEXT_NOT_SPEAKABLE", "Cannot be spoken.")));
    } catch (SpeechSynthesisException broken) {
      log.atError().setCause(broken).log("the voice does not speak");
      throw new Problem(
          503, "VOICE_UNAVAILABLE", "The voice does not work at the moment. Try again.");
    }
  }

  static Duration length(byte[] pcm) {
    return Duration.ofMillis(pcm.length * 1000L / BYTES_PER_SECOND);
  }

  /// Samples, 8 kHz and one channel, as a WAV file.
  static byte[] wav(byte[] pcm) {
    ByteBuffer file = ByteBuffer.allocate(44 + pcm.length).order(ByteOrder.LITTLE_ENDIAN);
    file.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + pcm.length);
    file.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
    file.putShort((short) 1).putShort((short) 1).putInt(8000).putInt(BYTES_PER_SECOND);
    file.putShort((short) 2).putShort((short) 16);
    file.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(pcm.length).put(pcm);
    return file.array();
  }

  private static AudioView view(AudioShelf.Audio audio) {
    return new AudioView(
        audio.id(),
        audio.title(),
        audio.length().toMillis() / 1000.0,
        audio.createdAt(),
        audio.clipped() ? List.of("CLIPPED") : List.of());
  }

  /// How long the message of a campaign lasts, for a contact like most.
  ///
  /// @throws Problem 422 if the recording is gone or the text cannot be spoken
  Duration messageLength(Prompt prompt) {
    return switch (prompt) {
      case Prompt.UploadedAudio(String id, var _) ->
          shelf
              .find(id)
              .await()
              .map(AudioShelf.Audio::length)
              .orElseThrow(() -> Problem.unprocessable("NO_SUCH_AUDIO", "The recording is gone."));
      case Prompt.SpokenText(String text, Locale language, Optional<String> voice) ->
          length(say(text.replaceAll("[{}]", ""), language, voice));
    };
  }

  /// A recording as a campaign's message; empty if there is none of this id.
  Optional<Prompt> prompt(String audioId) {
    return shelf
        .find(audioId)
        .await()
        .map(audio -> new Prompt.UploadedAudio(audio.id(), shelf.file(audio.id())));
  }
}
