package kz.qonyrau.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import kz.qonyrau.testsupport.Eventually;
import kz.qonyrau.testsupport.NoErrorsLogged;
import kz.qonyrau.testsupport.ToyVoice;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Voices by way of the door, with the real ONNX Runtime and espeak-ng.
@Timeout(value = 180, unit = TimeUnit.SECONDS)
@ExtendWith(NoErrorsLogged.class)
@Tag("AC-TTS-01")
class VoiceRoutesTest {

  private static final String VOICES = "/speech/voices";

  @TempDir private static Path directory;

  private static TestConsole at;

  @BeforeAll
  static void open() {
    at = new TestConsole(Map.of());
  }

  @AfterAll
  static void close() {
    at.close();
  }

  @Test
  void aTechnicianInstallsAVoiceReplacesItAndRemovesIt() throws IOException {
    byte[] archive = archive("ru_RU-toy-low", "ru");

    JsonNode done = ended(VOICES + "?timbre=FEMALE&name=toy.zip", archive, "DONE");

    assertThat(done.path("voiceId").asString()).isEqualTo("piper-ru_RU-toy-low");
    assertThat(done.has("language")).isFalse();
    JsonNode voice = voices().path(0);
    assertThat(voice.path("name").asString()).isEqualTo("ru_RU-toy-low");
    assertThat(voice.path("language").asString()).isEqualTo("ru");
    assertThat(voice.path("timbre").asString()).isEqualTo("FEMALE");
    assertThat(voice.path("samplesPerSecond").asInt()).isEqualTo(16_000);
    assertThat(voice.path("spokenSeconds").asDouble()).isBetween(3.0, 20.0);
    assertThat(voice.path("tookSeconds").asDouble()).isPositive();
    assertThat(voice.path("sha256").asString()).hasSize(64);

    var _ =
        ended(
            VOICES + "?timbre=MALE&name=toy.zip&sha256=" + voice.path("sha256").asString(),
            archive,
            "DONE");

    assertThat(voices().size()).isEqualTo(1);
    assertThat(voices().path(0).path("timbre").asString()).isEqualTo("MALE");
    assertThat(at.directory.resolve("voices")).exists();

    assertThat(at.send(Role.TECHNICIAN, "DELETE", VOICES + "/piper-ru_RU-toy-low", "").statusCode())
        .isEqualTo(204);
    assertThat(voices().isEmpty()).isTrue();
    assertThat(at.send(Role.TECHNICIAN, "DELETE", VOICES + "/piper-ru_RU-toy-low", "").statusCode())
        .isEqualTo(404);
  }

  @Test
  void aVoiceThatIsNoneIsRefusedByItsFault() throws IOException {
    JsonNode foreign =
        ended(VOICES + "?timbre=MALE&name=German", archive("de_DE-toy", "de"), "FAILED");
    assertThat(foreign.path("fault").asString()).isEqualTo("FOREIGN_LANGUAGE");
    assertThat(foreign.path("detail").asString()).contains("Russian (ru)");

    JsonNode text = ended(VOICES + "?timbre=MALE&name=Text", ToyVoice.bytes("no zip"), "FAILED");
    assertThat(text.path("fault").asString()).isEqualTo("NOT_A_ZIP");
  }

  @Test
  void refusesWhatTheContractDoesNotKnowAndWhoMayNot() throws IOException {
    byte[] archive = archive("toy", "kk");

    assertThat(at.upload(Role.TECHNICIAN, VOICES + "?name=x", archive).statusCode()).isEqualTo(400);
    assertThat(at.upload(Role.TECHNICIAN, VOICES + "?timbre=CHILD&name=x", archive).statusCode())
        .isEqualTo(400);
    assertThat(
            at.upload(Role.TECHNICIAN, VOICES + "?timbre=MALE&name=x&sha256=1", archive)
                .statusCode())
        .isEqualTo(400);
    assertThat(at.upload(Role.OPERATOR, VOICES + "?timbre=MALE&name=x", archive).statusCode())
        .isEqualTo(403);
    assertThat(at.get(Role.OPERATOR, VOICES).statusCode()).isEqualTo(403);
    assertThat(
            at.send(
                    Role.TECHNICIAN,
                    "DELETE",
                    "/speech/voice-installations/00000000-0000-0000-0000-000000000000",
                    "")
                .statusCode())
        .isEqualTo(404);
  }

  private static byte[] archive(String name, String voice) throws IOException {
    return Files.readAllBytes(
        ToyVoice.zip(
            directory.resolve(name + ".zip"),
            name,
            ToyVoice.configuration(voice),
            ToyVoice.Network.TONES));
  }

  private static JsonNode voices() {
    return at.read(Role.TECHNICIAN, VOICES).path("voices");
  }

  /// Uploads an archive and waits until its installation has come to that end.
  private static JsonNode ended(String path, byte[] archive, String end) {
    HttpResponse<String> answer = at.upload(Role.TECHNICIAN, path, archive);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    String id = TestConsole.JSON.readTree(answer.body()).path("id").asString();
    Eventually.await(
        Duration.ofSeconds(100),
        "the voice is installed, or not",
        () -> {
          // The door counts requests by this clock: more may come again before the next one does.
          at.clock.advance(Duration.ofMillis(20));
          return !installation(id).path("state").asString().equals("RUNNING");
        });
    JsonNode installation = installation(id);
    assertThat(installation.path("state").asString()).as(installation.toString()).isEqualTo(end);
    return installation;
  }

  private static JsonNode installation(String id) {
    return at.read(Role.TECHNICIAN, VOICES).path("installations").values().stream()
        .filter(one -> one.path("id").asString().equals(id))
        .findFirst()
        .orElseThrow();
  }
}
