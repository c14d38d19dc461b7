package kz.qonyrau.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import kz.qonyrau.bench.Bench.Place;
import kz.qonyrau.speech.answering.AnswerTimes;
import kz.qonyrau.speech.vosk.VoskRecognizer;
import kz.qonyrau.speech.vosk.VoskSettings;
import kz.qonyrau.testsupport.answers.Label;
import kz.qonyrau.testsupport.answers.Recordings;
import kz.qonyrau.testsupport.answers.StagedAnswer;

/// Who is taken for whom when a call is answered: on staged calls whose texts and voices were not
/// used for tuning, with recognition and without, beside the rule of Asterisk's `app_amd`.
final class Answering {

  private static final List<String> LANGUAGES =
      List.of(System.getProperty("languages", "ru,kk,en").split(",", -1));
  private static final int LINES = Integer.getInteger("lines", 1);
  private static final boolean TEST = !Boolean.getBoolean("tune");
  private static final Duration ENOUGH = Duration.ofHours(1);

  Figure run(Place place) throws Exception {
    List<StagedAnswer> calls = StagedAnswer.part(TEST, LINES, recordings(place));
    AnswerTally hearing = new AnswerTally();
    AnswerTally deaf = new AnswerTally();
    Baseline baseline = new Baseline();
    double seconds = 0;
    long nanos = 0;
    Map<Locale, Path> models = models(place);
    List<Locale> languages = List.copyOf(models.keySet());
    try (VoskRecognizer recognizer = recognizer(place, models)) {
      for (StagedAnswer call : calls) {
        StagedAnswer.Sound sound = call.sound();
        HeardBefore heard = HeardBefore.of(recognizer, languages, sound.pcm());
        hearing.add(
            AnswerTrial.run(call, sound, Optional.of(heard), languages, AnswerTimes.usual()));
        long begun = System.nanoTime();
        deaf.add(AnswerTrial.run(call, sound, Optional.empty(), languages, AnswerTimes.usual()));
        nanos += System.nanoTime() - begun;
        seconds += sound.pcm().length / 16_000.0;
        baseline.add(call.script().label(), AppAmd.judge(sound.pcm(), sound.answered()));
      }
    }
    System.err.print(hearing.matrix("with recognition"));
    System.err.print(deaf.matrix("without recognition"));
    System.err.print(baseline);
    System.err.print(hearing.misses("with recognition"));
    System.err.print(deaf.misses("without recognition"));
    Map<String, Double> details = new LinkedHashMap<>();
    details.put("calls", (double) calls.size());
    details.put("languages", (double) languages.size());
    details.put("soundSeconds", seconds);
    details.putAll(hearing.figures("hearing_"));
    details.putAll(deaf.figures("deaf_"));
    details.putAll(baseline.figures());
    details.put("detectorMillisPerSecond", nanos / 1e6 / seconds);
    double value = hearing.humansHungUpOnPercent();
    return new Figure(
        "answering",
        value,
        "percent of humans who would be hung up on, with recognition",
        baseline.humansPercent(),
        "app_amd's rule and defaults on the same calls",
        value / Math.max(baseline.humansPercent(), 0.001),
        "value / baseline",
        details);
  }

  /// Asterisk's Russian prompts are in the bundle; the English ones, and with them the scripts that
  /// use them, only where Debian's package is installed.
  private static Recordings recordings(Place place) {
    Map<String, Path> directories = new LinkedHashMap<>();
    directories.put("ru", place.bundles().asterisk().resolve("share/sounds/ru"));
    Path english = Path.of("/usr/share/asterisk/sounds/en_US_f_Allison");
    if (Files.isDirectory(english)) {
      directories.put("en", english);
    }
    return new Recordings(directories);
  }

  /// The models that the repository has, Russian first.
  private static Map<Locale, Path> models(Place place) {
    Map<Locale, Path> models = new LinkedHashMap<>();
    for (String language : LANGUAGES) {
      Path model =
          place.root().resolve("firmware-services/box/speech/models/" + language + "-starter-8k");
      if (Files.isDirectory(model)) {
        models.put(Locale.of(language), model);
      }
    }
    return models;
  }

  private static VoskRecognizer recognizer(Place place, Map<Locale, Path> models) throws Exception {
    VoskSettings usual = VoskSettings.usual();
    return new VoskRecognizer(
        models,
        new VoskSettings(
            1,
            10,
            ENOUGH,
            usual.idle(),
            usual.longest(),
            usual.hang(),
            ENOUGH,
            Duration.ofMinutes(10),
            usual.growth(),
            0),
        Files.createTempDirectory(place.data(), "ears"));
  }

  /// What the other rule did.
  private static final class Baseline {

    private record Case(Label label, AppAmd.Result result) {}

    private final List<Case> cases = new ArrayList<>();

    void add(Label label, AppAmd.Result result) {
      cases.add(new Case(label, result));
    }

    double humansPercent() {
      return share(List.of(Label.HUMAN), AppAmd.Status.MACHINE);
    }

    Map<String, Double> figures() {
      Map<String, Double> figures = new LinkedHashMap<>();
      figures.put("baseline_humansHungUpOnPercent", humansPercent());
      figures.put(
          "baseline_machinesCaughtPercent",
          share(List.of(Label.VOICEMAIL, Label.ANNOUNCEMENT), AppAmd.Status.MACHINE));
      figures.put(
          "baseline_silenceTakenForMachinePercent",
          share(List.of(Label.SILENCE), AppAmd.Status.MACHINE));
      List<Integer> sorted = cases.stream().map(one -> one.result().atMillis()).sorted().toList();
      figures.put(
          "baseline_verdictAfterAnswerP95Seconds",
          sorted.get((sorted.size() - 1) * 95 / 100) / 1000.0);
      return figures;
    }

    private double share(List<Label> labels, AppAmd.Status status) {
      List<Case> some = cases.stream().filter(one -> labels.contains(one.label())).toList();
      return 100.0
          * some.stream().filter(one -> one.result().status() == status).count()
          / Math.max(1, some.size());
    }

    @Override
    public String toString() {
      StringBuilder text =
          new StringBuilder(
              String.format(
                  Locale.ROOT,
                  "app_amd's rule\n%-14s%13s%13s%13s%n",
                  "",
                  "HUMAN",
                  "MACHINE",
                  "NOT_SURE"));
      for (Label label : Label.values()) {
        text.append(String.format(Locale.ROOT, "%-14s", label));
        for (AppAmd.Status status : AppAmd.Status.values()) {
          long count =
              cases.stream()
                  .filter(one -> one.label() == label && one.result().status() == status)
                  .count();
          text.append(String.format(Locale.ROOT, "%13d", count));
        }
        text.append('\n');
      }
      return text.toString();
    }
  }
}
