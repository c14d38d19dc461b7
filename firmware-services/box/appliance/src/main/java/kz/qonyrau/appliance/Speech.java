package kz.qonyrau.appliance;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import kz.qonyrau.insight.BorrowedRecognizer;
import kz.qonyrau.speech.InstalledVoices;
import kz.qonyrau.speech.Sealer;
import kz.qonyrau.speech.models.ModelShelf;
import kz.qonyrau.speech.piper.PiperShelf;
import kz.qonyrau.speech.vosk.VoskRecognizer;
import kz.qonyrau.speech.vosk.VoskSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the box hears and speaks with.
///
/// @param recognizer listens to calls
/// @param models what it listens by
/// @param installedVoices those voices that technicians install
/// @param voices all that speak
/// @param data the data directory
record Speech(
    VoskRecognizer recognizer,
    ModelShelf models,
    PiperShelf installedVoices,
    InstalledVoices voices,
    Path data) {

  private static final Logger log = LoggerFactory.getLogger(Speech.class);
  private static final Duration LOADING = Duration.ofSeconds(20);
  private static final int CACHED_PROMPTS = 2000;

  /// Opens all of it, each as a part, and begins to load the models.
  ///
  /// @param sealer for sounds that are kept on the disk
  static Speech open(Settings settings, Sealer sealer, Parts parts, InstantSource clock)
      throws IOException {
    Path data = settings.data();
    VoskRecognizer recognizer =
        parts.keep(
            "recogniser",
            new VoskRecognizer(Map.of(), VoskSettings.usual(), data.resolve("recognition")),
            VoskRecognizer::close);
    ModelShelf models =
        parts.keep(
            "speech models",
            ModelShelf.open(data.resolve("speech-models"), settings.models(), clock),
            ModelShelf::close);
    startListening(models, recognizer);
    PiperShelf piper =
        parts.keep(
            "installed voices", PiperShelf.open(data.resolve("voices"), clock), PiperShelf::close);
    InstalledVoices voices =
        parts.keep(
            "voices",
            InstalledVoices.open(
                settings.voices(), piper, data.resolve("prompts"), sealer, CACHED_PROMPTS),
            InstalledVoices::close);
    return new Speech(recognizer, models, piper, voices, data);
  }

  /// A model that takes longer is loaded while the rest starts; until then nobody is listened to in
  /// its language, and the page says so.
  private static void startListening(ModelShelf models, VoskRecognizer recognizer) {
    try {
      var _ = models.start(recognizer).await(LOADING.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException _) {
      log.atWarn().log("speech models are still being loaded");
    }
  }

  /// One more recogniser, of the models that run now, for whoever does not mind to wait for calls.
  BorrowedRecognizer background() {
    VoskRecognizer recognizer =
        new VoskRecognizer(
            models.running(), VoskSettings.background(), data.resolve("recognition-of-recordings"));
    return new BorrowedRecognizer(recognizer, recognizer::close);
  }
}
