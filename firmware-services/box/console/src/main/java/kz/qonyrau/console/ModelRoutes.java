package kz.qonyrau.console;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import kz.qonyrau.speech.models.Installation;
import kz.qonyrau.speech.models.ModelFault;
import kz.qonyrau.speech.models.ModelRefusedException;
import kz.qonyrau.speech.models.ModelShelf;
import kz.qonyrau.speech.models.Progress;
import kz.qonyrau.speech.models.ShelvedLanguage;
import kz.qonyrau.speech.models.ShelvedModel;
import kz.qonyrau.speech.models.TrialResult;
import kz.qonyrau.speech.vosk.OnPeople;
import kz.qonyrau.web.Answer;
import kz.qonyrau.web.Asked;
import kz.qonyrau.web.Desk;
import kz.qonyrau.web.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The speech models of the box, for technicians: what is installed, uploads and how far they are,
/// trials, which is in force, and the step back (AC-STT-05).
final class ModelRoutes {

  private static final Logger log = LoggerFactory.getLogger(ModelRoutes.class);

  static final long LARGEST_UPLOAD_BYTES = 4L << 30;

  private record ModelView(
      String id,
      String name,
      boolean starter,
      long bytes,
      int words,
      int samplesPerSecond,
      boolean takesPhrases,
      boolean rejects,
      boolean takesWords,
      OnPeople onPeople,
      Optional<String> base,
      Optional<String> sha256,
      Optional<Instant> installedAt) {}

  private record LanguageView(
      String language,
      Optional<String> inForce,
      Optional<String> running,
      Optional<String> previous,
      Optional<String> trouble,
      List<ModelView> models) {}

  private record ShelfView(List<LanguageView> languages, List<Installations.View> installations) {}

  private record TrialView(
      boolean passed,
      Optional<String> heard,
      Optional<String> why,
      double loadingSeconds,
      double realTimeFactor,
      long memoryBytes) {}

  private final ModelShelf shelf;
  private final Installations<ShelvedModel> installations;
  private final Archives archives;

  ModelRoutes(ModelShelf shelf, Installations<ShelvedModel> installations, Archives archives) {
    this.shelf = shelf;
    this.installations = installations;
    this.archives = archives;
  }

  Desk on(Desk desk) {
    return desk.on("speechModels", _ -> Answer.ok(view()))
        .onUpload("installModel", LARGEST_UPLOAD_BYTES, this::install)
        .on("cancelInstallation", this::cancel)
        .on("tryModel", this::tryOut)
        .on("forceModel", this::putInForce)
        .on("stepBackModel", this::stepBack)
        .on("removeModel", this::remove);
  }

  private Answer install(Asked asked) throws IOException {
    String language = asked.text("language").orElseThrow();
    String name = asked.text("name").orElseThrow().strip();
    Path zip = archives.keep(asked.upload());
    Optional<String> sum = asked.text("sha256").map(String::strip).filter(text -> !text.isEmpty());
    Installations.View begun;
    try {
      begun =
          installations.begin(
              Optional.of(language),
              name,
              Progress.Stage.CHECKING,
              progress -> {
                Installation<ShelvedModel> installation =
                    shelf.install(Locale.of(language), name, zip, sum, progress);
                var _ = installation.installed().onComplete(_ -> Archives.delete(zip));
                return installation;
              });
    } catch (IllegalArgumentException unusable) {
      Archives.delete(zip);
      throw Problem.unprocessable("INVALID_MODEL", String.valueOf(unusable.getMessage()));
    } catch (ModelRefusedException refused) {
      Archives.delete(zip);
      throw problem(refused);
    }
    log.atInfo()
        .addKeyValue("person", asked.person().loggable())
        .addKeyValue("language", language)
        .addKeyValue("name", name)
        .log("speech model uploaded");
    return Answer.accepted(begun);
  }

  private Answer cancel(Asked asked) {
    if (!installations.cancel(asked.id("installationId", text -> text))) {
      throw Problem.notFound("installation");
    }
    return Answer.done();
  }

  private Answer tryOut(Asked asked) {
    try {
      return Answer.ok(
          view(shelf.tryOut(asked.id("modelId", text -> text), Optional.empty()).await()));
    } catch (ModelRefusedException refused) {
      throw problem(refused);
    }
  }

  private Answer putInForce(Asked asked) {
    String id = asked.id("modelId", text -> text);
    try {
      var _ = shelf.putInForce(id).await();
    } catch (ModelRefusedException refused) {
      throw problem(refused);
    }
    log.atInfo()
        .addKeyValue("person", asked.person().loggable())
        .addKeyValue("model", id)
        .log("speech model put in force");
    return Answer.ok(view());
  }

  private Answer stepBack(Asked asked) {
    String language = asked.text("language").orElseThrow();
    try {
      var _ = shelf.stepBack(Locale.of(language)).await();
    } catch (ModelRefusedException refused) {
      throw problem(refused);
    }
    log.atInfo()
        .addKeyValue("person", asked.person().loggable())
        .addKeyValue("language", language)
        .log("stepped back to the speech model before");
    return Answer.ok(view());
  }

  private Answer remove(Asked asked) {
    String id = asked.id("modelId", text -> text);
    try {
      var _ = shelf.remove(id).await();
    } catch (ModelRefusedException refused) {
      throw problem(refused);
    }
    log.atInfo()
        .addKeyValue("person", asked.person().loggable())
        .addKeyValue("model", id)
        .log("speech model removed");
    return Answer.done();
  }

  static Problem problem(ModelRefusedException refused) {
    String detail = String.valueOf(refused.getMessage());
    return refused.fault() == ModelFault.UNKNOWN_MODEL
        ? Problem.notFound("model")
        : Problem.unprocessable(refused.fault().name(), detail);
  }

  private ShelfView view() {
    return new ShelfView(
        shelf.languages().stream().map(ModelRoutes::view).toList(), installations.all());
  }

  private static LanguageView view(ShelvedLanguage language) {
    return new LanguageView(
        language.language().getLanguage(),
        language.inForce(),
        language.running(),
        language.previous(),
        Optional.of(language.trouble()).filter(trouble -> !trouble.isEmpty()),
        language.models().stream().map(ModelRoutes::view).toList());
  }

  private static ModelView view(ShelvedModel model) {
    return new ModelView(
        model.id(),
        model.name(),
        model.isStarter(),
        model.bytes(),
        model.words(),
        model.samplesPerSecond(),
        model.takesPhrases(),
        model.rejects(),
        model.takesWords(),
        model.onPeople(),
        model.base(),
        Optional.of(model.sha256()).filter(sum -> !sum.isEmpty()),
        Optional.of(model.installedAt()).filter(_ -> !model.isStarter()));
  }

  private static TrialView view(TrialResult result) {
    return switch (result) {
      case TrialResult.Passed passed ->
          new TrialView(
              true,
              Optional.of(passed.heard()),
              Optional.empty(),
              passed.loading().toMillis() / 1000.0,
              passed.audio().isZero()
                  ? 0
                  : (double) passed.decoding().toMillis() / passed.audio().toMillis(),
              passed.peakBytes());
      case TrialResult.Failed(String why) ->
          new TrialView(false, Optional.empty(), Optional.of(why), 0, 0, 0);
    };
  }
}
