package kz.qonyrau.speech.piper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;
import kz.qonyrau.speech.models.ModelFault;
import kz.qonyrau.speech.models.ModelRefusedException;
import kz.qonyrau.speech.piper.worker.VoiceFile;
import kz.qonyrau.testsupport.ToyVoice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class VoiceConfigurationTest {

  @TempDir Path directory;

  @Test
  void aPublishedConfigurationIsTakenWithWhatItSays() throws IOException {
    VoiceConfiguration read = read(ToyVoice.configuration("ru").encode());

    assertThat(read.language()).isEqualTo(Locale.of("ru"));
    VoiceFile file = read.file();
    assertThat(file.espeak()).isEqualTo("ru");
    assertThat(file.samplesPerSecond()).isEqualTo(16_000);
    assertThat(file.speakers()).isEqualTo(1);
    assertThat(List.of(file.noise(), file.length(), file.rhythm()))
        .containsExactly(0.667f, 1f, 0.8f);
    assertThat(file.ids())
        .hasSize(ToyVoice.PHONEMES.length())
        .containsEntry((int) '^', List.of(1L));
  }

  @Test
  void whatIsOptionalMayBeMissing() throws IOException {
    JsonObject bare = ToyVoice.configuration("en-us");
    for (String field :
        List.of("language", "inference", "phoneme_type", "phoneme_map", "num_symbols")) {
      bare.remove(field);
    }

    VoiceConfiguration read = read(bare.encode());

    assertThat(read.language()).isEqualTo(Locale.of("en"));
    assertThat(read.file().noise()).isEqualTo(0.667f);
    assertThat(read.file().length()).isEqualTo(1f);
    assertThat(read.file().rhythm()).isEqualTo(0.8f);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ru", "kk", "en-us", "en-gb-x-rp"})
  void theLanguagesOfTheBoxAreTaken(String voice) throws IOException {
    assertThat(read(ToyVoice.configuration(voice).encode()).language().getLanguage())
        .isEqualTo(voice.substring(0, 2));
  }

  @ParameterizedTest
  @ValueSource(strings = {"de", "uk", "tt", "eng"})
  void anotherLanguageIsRefusedAndThoseOfTheBoxAreNamed(String voice) {
    assertThatThrownBy(() -> read(ToyVoice.configuration(voice).encode()))
        .isInstanceOfSatisfying(
            ModelRefusedException.class,
            refused -> assertThat(refused.fault()).isEqualTo(ModelFault.FOREIGN_LANGUAGE))
        .hasMessageContaining("Russian (ru), Kazakh (kk) and English (en)");
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        mistake("audio must be", all -> all.put("audio", 16_000)),
        mistake("audio.sample_rate", all -> all.getJsonObject("audio").put("sample_rate", 7999)),
        mistake("audio.sample_rate", all -> all.getJsonObject("audio").put("sample_rate", 48_001)),
        mistake("audio.sample_rate", all -> all.getJsonObject("audio").put("sample_rate", "16000")),
        mistake("audio.sample_rate", all -> all.getJsonObject("audio").put("sample_rate", 16e3)),
        mistake("audio.sample_rate", all -> all.getJsonObject("audio").remove("sample_rate")),
        mistake(
            "audio.sample_rate", all -> all.getJsonObject("audio").put("sample_rate", 1L << 40)),
        mistake("espeak must be", all -> all.remove("espeak")),
        mistake("espeak.voice", all -> all.getJsonObject("espeak").put("voice", 1)),
        mistake("espeak.voice", all -> all.getJsonObject("espeak").put("voice", "ru --pho")),
        mistake("espeak.voice", all -> all.getJsonObject("espeak").put("voice", "ru/../../x")),
        mistake("espeak.voice", all -> all.getJsonObject("espeak").put("voice", "-f/etc/passwd")),
        mistake("espeak.voice", all -> all.getJsonObject("espeak").put("voice", "ru\n")),
        mistake("two languages", all -> all.getJsonObject("language").put("code", "kk_KZ")),
        mistake("language.code", all -> all.getJsonObject("language").put("code", 7)),
        mistake("phoneme_type must be espeak", all -> all.put("phoneme_type", "text")),
        mistake("phoneme_type must be espeak", all -> all.put("phoneme_type", new JsonArray())),
        mistake("phoneme_map", all -> all.put("phoneme_map", new JsonObject().put("a", "b"))),
        mistake("num_speakers", all -> all.put("num_speakers", 0)),
        mistake("num_speakers", all -> all.put("num_speakers", 1.5)),
        mistake("num_speakers", all -> all.remove("num_speakers")),
        mistake("num_symbols", all -> all.put("num_symbols", -1)),
        mistake("inference must be", all -> all.put("inference", new JsonArray())),
        mistake(
            "inference.length_scale",
            all -> all.getJsonObject("inference").put("length_scale", 0.1)),
        mistake(
            "inference.length_scale",
            all -> all.getJsonObject("inference").put("length_scale", 1e300)),
        mistake(
            "inference.noise_scale",
            all -> all.getJsonObject("inference").put("noise_scale", "0.5")),
        mistake("inference.noise_w", all -> all.getJsonObject("inference").put("noise_w", -1)),
        mistake("phoneme_id_map must be", all -> all.remove("phoneme_id_map")),
        mistake("one character", all -> ids(all).put("ab", new JsonArray().add(1))),
        mistake("one character", all -> ids(all).put("", new JsonArray().add(1))),
        mistake("list of 1 to 8", all -> ids(all).put("a", 5)),
        mistake("list of 1 to 8", all -> ids(all).put("a", new JsonArray())),
        mistake("below 256", all -> ids(all).put("a", new JsonArray().add(256))),
        mistake("below 256", all -> ids(all).put("a", new JsonArray().add(-1))),
        mistake("below 256", all -> ids(all).put("a", new JsonArray().add(1.5))),
        mistake("below 256", all -> ids(all).put("a", new JsonArray().add("1"))),
        mistake("below 256", all -> ids(all).put("a", new JsonArray().addNull())),
        mistake("lacks _", all -> ids(all).remove("_")),
        mistake("lacks ^", all -> ids(all).remove("^")),
        mistake("lacks $", all -> ids(all).remove("$")));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void aMistakeIsRefusedByTheNameOfItsField(String said, Consumer<JsonObject> mistake) {
    JsonObject wrong = ToyVoice.configuration("ru");
    mistake.accept(wrong);

    assertThatThrownBy(() -> read(wrong.encode()))
        .isInstanceOfSatisfying(
            ModelRefusedException.class,
            refused -> assertThat(refused.fault()).isEqualTo(ModelFault.NOT_A_VOICE))
        .hasMessageContaining(said);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "[]", "7", "{", "{\"audio\":", "\u0000", "{} {"})
  void whatIsNoJsonObjectIsRefused(String text) {
    assertThatThrownBy(() -> read(text)).isInstanceOf(ModelRefusedException.class);
  }

  @Test
  void whatIsTooDeepTooLargeOrNoTextIsRefused() {
    assertThatThrownBy(() -> read("{\"a\":" + "[".repeat(100_000)))
        .isInstanceOf(ModelRefusedException.class);
    assertThatThrownBy(() -> read("{\"a\":\"" + "x".repeat(1 << 20) + "\"}"))
        .isInstanceOf(ModelRefusedException.class)
        .hasMessageContaining("1048576 bytes");
    assertThatThrownBy(
            () -> {
              Files.write(directory.resolve("c.json"), new byte[] {'{', (byte) 0xff, '}'});
              VoiceConfiguration.read(directory.resolve("c.json"));
            })
        .isInstanceOf(ModelRefusedException.class);
  }

  private static Arguments mistake(String said, Consumer<JsonObject> mistake) {
    return Arguments.of(said, mistake);
  }

  private static JsonObject ids(JsonObject all) {
    return all.getJsonObject("phoneme_id_map");
  }

  private VoiceConfiguration read(String text) throws IOException {
    return VoiceConfiguration.read(Files.writeString(directory.resolve("c.json"), text));
  }
}
