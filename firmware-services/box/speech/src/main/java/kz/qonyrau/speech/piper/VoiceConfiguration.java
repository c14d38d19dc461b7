package kz.qonyrau.speech.piper;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import kz.qonyrau.speech.models.ModelFault;
import kz.qonyrau.speech.models.ModelRefusedException;
import kz.qonyrau.speech.piper.worker.VoiceFile;

/// The configuration of a Piper voice, `NAME.onnx.json`: up to 1 MiB of JSON.
///
/// | field | what is taken |
/// |---|---|
/// | `audio.sample_rate` | 8000 to 48000 |
/// | `espeak.voice` | a voice of espeak-ng for Russian, Kazakh or English, such as `ru` or `en-us` |
/// | `language.code` | optional: the same language |
/// | `phoneme_type` | `espeak`, or nothing |
/// | `num_speakers` | 1 to 10,000; of several, the first one speaks |
/// | `num_symbols` | optional: 1 to 4096, more than any number of a phoneme |
/// | `phoneme_map` | optional: empty |
/// | `phoneme_id_map` | each phoneme, one code point, with 1 to 8 numbers; `_`, `^` and `$` among them |
/// | `inference` | optional: `noise_scale` 0 to 2, `length_scale` 0.25 to 4, `noise_w` 0 to 2 |
///
/// All else says nothing about how it is to be spoken with, and is left alone.
///
/// @param language what it speaks
/// @param file the same for the program that speaks
record VoiceConfiguration(Locale language, VoiceFile file) {

  private static final int MOST_BYTES = 1 << 20;
  private static final List<String> LANGUAGES = List.of("ru", "kk", "en");

  /// It becomes an argument.
  private static final Pattern ESPEAK_VOICE = Pattern.compile("[a-z]{2,3}(?:-[a-z0-9]{1,8}){0,3}");

  private static final int MOST_SYMBOLS = 4096;
  private static final int MOST_NUMBERS = 8;

  /// Reads a configuration.
  ///
  /// @throws ModelRefusedException if it is not such a one; the message names the field
  static VoiceConfiguration read(Path file) throws IOException {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(MOST_BYTES + 1);
    }
    if (bytes.length > MOST_BYTES) {
      throw refused("it has more than " + MOST_BYTES + " bytes");
    }
    try {
      return parsed(
          new JsonObject(
              StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString()));
    } catch (DecodeException | CharacterCodingException broken) {
      throw new ModelRefusedException(
          ModelFault.NOT_A_VOICE, "the voice's configuration is no JSON object in UTF-8", broken);
    }
  }

  private static VoiceConfiguration parsed(JsonObject all) {
    Object type = all.getValue("phoneme_type");
    if (type != null && !type.equals("espeak")) {
      throw refused(
          "phoneme_type must be espeak; a voice that was trained with letters or other phonemes"
              + " cannot be used");
    }
    String espeak = text(object(all, "espeak"), "espeak.", "voice");
    if (!ESPEAK_VOICE.matcher(espeak).matches()) {
      throw refused("espeak.voice must be the name of a voice of espeak-ng, such as ru or en-us");
    }
    String language = language(espeak);
    requireSame(language, all);
    requireEmpty(all, "phoneme_map");
    JsonObject inference =
        all.containsKey("inference") ? object(all, "inference") : new JsonObject();
    int symbols =
        all.containsKey("num_symbols")
            ? whole(all, "", "num_symbols", 1, MOST_SYMBOLS)
            : MOST_SYMBOLS;
    return new VoiceConfiguration(
        Locale.of(language),
        new VoiceFile(
            espeak,
            whole(object(all, "audio"), "audio.", "sample_rate", 8000, 48_000),
            whole(all, "", "num_speakers", 1, 10_000),
            scale(inference, "noise_scale", 0.667f, 0, 2),
            scale(inference, "length_scale", 1, 0.25f, 4),
            scale(inference, "noise_w", 0.8f, 0, 2),
            ids(object(all, "phoneme_id_map"), symbols)));
  }

  private static String language(String code) {
    String language = code.split("[-_]", 2)[0];
    if (!LANGUAGES.contains(language)) {
      throw new ModelRefusedException(
          ModelFault.FOREIGN_LANGUAGE,
          "the voice speaks '"
              + language
              + "'; the box speaks Russian (ru), Kazakh (kk) and English (en)");
    }
    return language;
  }

  private static void requireSame(String language, JsonObject all) {
    if (all.getValue("language") == null) {
      return;
    }
    String code = text(object(all, "language"), "language.", "code");
    if (!language(code).equals(language)) {
      throw refused("language.code and espeak.voice are of two languages");
    }
  }

  private static void requireEmpty(JsonObject all, String field) {
    if (all.getValue(field) != null && !object(all, field).isEmpty()) {
      throw refused(field + " must be empty; phonemes cannot be replaced by others");
    }
  }

  private static Map<Integer, List<Long>> ids(JsonObject map, int symbols) {
    Map<Integer, List<Long>> ids = new TreeMap<>();
    for (String phoneme : map.fieldNames()) {
      if (phoneme.codePointCount(0, phoneme.length()) != 1) {
        throw refused("phoneme_id_map: each phoneme must be one character");
      }
      if (!(map.getValue(phoneme) instanceof JsonArray array)
          || array.isEmpty()
          || array.size() > MOST_NUMBERS) {
        throw refused("phoneme_id_map: each phoneme must have a list of 1 to 8 numbers");
      }
      List<Long> numbers = new ArrayList<>();
      for (int i = 0; i < array.size(); i++) {
        if (!(array.getValue(i) instanceof Integer number) || number < 0 || number >= symbols) {
          throw refused("phoneme_id_map: a number must be whole, from 0 and below " + symbols);
        }
        numbers.add((long) number);
      }
      ids.put(phoneme.codePointAt(0), List.copyOf(numbers));
    }
    for (int needed : new int[] {VoiceFile.PAUSE, VoiceFile.BEGIN, VoiceFile.END}) {
      if (!ids.containsKey(needed)) {
        throw refused("phoneme_id_map lacks " + Character.toString(needed));
      }
    }
    if (ids.size() > MOST_SYMBOLS) {
      throw refused("phoneme_id_map has more than " + MOST_SYMBOLS + " phonemes");
    }
    return ids;
  }

  private static JsonObject object(JsonObject in, String field) {
    if (in.getValue(field) instanceof JsonObject object) {
      return object;
    }
    throw refused(field + " must be a JSON object");
  }

  private static String text(JsonObject in, String path, String field) {
    if (in.getValue(field) instanceof String text) {
      return text;
    }
    throw refused(path + field + " must be a text");
  }

  private static int whole(JsonObject in, String path, String field, int least, int most) {
    if (in.getValue(field) instanceof Integer number && number >= least && number <= most) {
      return number;
    }
    throw refused(path + field + " must be a whole number from " + least + " to " + most);
  }

  private static float scale(JsonObject in, String field, float usual, float least, float most) {
    Object value = in.getValue(field);
    if (value == null) {
      return usual;
    }
    if (value instanceof Number number) {
      double scale = number.doubleValue();
      if (scale >= least && scale <= most) {
        return (float) scale;
      }
    }
    throw refused("inference." + field + " must be a number from " + least + " to " + most);
  }

  private static ModelRefusedException refused(String why) {
    return new ModelRefusedException(
        ModelFault.NOT_A_VOICE, "the voice's configuration cannot be used: " + why);
  }
}
