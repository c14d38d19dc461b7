package kz.qonyrau.console;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import kz.qonyrau.campaigns.Campaign;
import kz.qonyrau.campaigns.Campaigns;
import kz.qonyrau.campaigns.Prompt;
import kz.qonyrau.speech.Timbre;
import kz.qonyrau.speech.models.Installation;
import kz.qonyrau.speech.models.ModelFault;
import kz.qonyrau.speech.models.ModelRefusedException;
import kz.qonyrau.speech.models.Progress;
import kz.qonyrau.speech.piper.PiperShelf;
import kz.qonyrau.speech.piper.ShelvedVoice;
import kz.qonyrau.web.Answer;
import kz.qonyrau.web.Asked;
import kz.qonyrau.web.Desk;
import kz.qonyrau.web.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The voices that technicians install: which there are, uploads and how far they are, removal
/// (AC-TTS-01). What they sound like is heard in campaigns alone (AC-TTS-03).
final class VoiceRoutes {

  private static final Logger log = LoggerFactory.getLogger(VoiceRoutes.class);

  static final long LARGEST_UPLOAD_BYTES = 512L << 20;

  private record VoiceView(
      String id,
      String name,
      String language,
      Timbre timbre,
      long bytes,
      int samplesPerSecond,
      int speakers,
      String sha256,
      double spokenSeconds,
      double tookSeconds,
      Instant installedAt) {}

  private record InstallationView(
      String id,
      String name,
      Installations.State state,
      Optional<Progress.Stage> stage,
      double share,
      Optional<String> voiceId,
      Optional<ModelFault> fault,
      Optional<String> detail) {}

  private record ShelfView(List<VoiceView> voices, List<InstallationView> installations) {}

  private final PiperShelf shelf;
  private final Campaigns campaigns;
  private final Archives archives;
  private final Installations<ShelvedVoice> installations = new Installations<>(ShelvedVoice::id);

  VoiceRoutes(PiperShelf shelf, Campaigns campaigns, Archives archives) {
    this.shelf = shelf;
    this.campaigns = campaigns;
    this.archives = archives;
  }

  Desk on(Desk desk) {
    return desk.on("installedVoices", _ -> Answer.ok(view()))
        .onUpload("installVoice", LARGEST_UPLOAD_BYTES, this::install)
        .on("cancelVoiceInstallation", this::cancel)
        .on("removeVoice", this::remove);
  }

  private Answer install(Asked asked) throws IOException {
    Timbre timbre = Timbre.valueOf(asked.text("timbre").orElseThrow());
    String name = asked.text("name").orElseThrow().strip();
    Optional<String> sum = asked.text("sha256").map(String::strip).filter(text -> !text.isEmpty());
    Path zip = archives.keep(asked.upload());
    Installations.View begun =
        installations.begin(
            Optional.empty(),
            name,
            Progress.Stage.CHECKING,
            progress -> {
              Installation<ShelvedVoice> installation = shelf.install(timbre, zip, sum, progress);
              var _ = installation.installed().onComplete(_ -> Archives.delete(zip));
              return installation;
            });
    log.atInfo()
        .addKeyValue("person", asked.person().loggable())
        .addKeyValue("name", name)
        .log("voice uploaded");
    return Answer.accepted(view(begun));
  }

  private Answer cancel(Asked asked) {
    if (!installations.cancel(asked.id("installationId", text -> text))) {
      throw Problem.notFound("installation");
    }
    return Answer.done();
  }

  private Answer remove(Asked asked) {
    String id = asked.id("voiceId", text -> text);
    requireUnused(id);
    try {
      var _ = shelf.remove(id).await();
    } catch (ModelRefusedException refused) {
      throw refused.fault() == ModelFault.UNKNOWN_MODEL
          ? Problem.notFound("voice")
          : ModelRoutes.problem(refused);
    }
    log.atInfo()
        .addKeyValue("person", asked.person().loggable())
        .addKeyValue("voice", id)
        .log("voice removed");
    return Answer.done();
  }

  /// A campaign under way would have to pause. How many there are may be told to a technician, and
  /// nothing else of them.
  private void requireUnused(String id) {
    long speaking =
        campaigns.all().await().stream()
            .filter(campaign -> campaign.state().isUnderWay())
            .filter(campaign -> speaks(campaign, id))
            .count();
    if (speaking > 0) {
      throw Problem.unprocessable(
          "VOICE_IN_USE",
          "Campaigns under way that speak with this voice: "
              + speaking
              + ". Wait for their end, or have them cancelled.");
    }
  }

  private static boolean speaks(Campaign campaign, String id) {
    return campaign.order().prompt() instanceof Prompt.SpokenText(var _, var _, var voice)
        && voice.equals(Optional.of(id));
  }

  private ShelfView view() {
    return new ShelfView(
        shelf.shelved().stream().map(VoiceRoutes::view).toList(),
        installations.all().stream().map(VoiceRoutes::view).toList());
  }

  private static VoiceView view(ShelvedVoice voice) {
    return new VoiceView(
        voice.id(),
        voice.name(),
        voice.language().getLanguage(),
        voice.timbre(),
        voice.bytes(),
        voice.samplesPerSecond(),
        voice.speakers(),
        voice.sha256(),
        voice.spoken().toMillis() / 1000.0,
        voice.took().toMillis() / 1000.0,
        voice.installedAt());
  }

  private static InstallationView view(Installations.View one) {
    return new InstallationView(
        one.id(),
        one.name(),
        one.state(),
        one.stage(),
        one.share(),
        one.modelId(),
        one.fault(),
        one.detail());
  }
}
