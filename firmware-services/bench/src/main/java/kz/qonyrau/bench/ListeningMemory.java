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
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import kz.qonyrau.bench.Bench.Place;
import kz.qonyrau.speech.Hearing;
import kz.qonyrau.speech.Listening;
import kz.qonyrau.speech.ListeningRequest;
import kz.qonyrau.speech.Transcript;
import kz.qonyrau.speech.vosk.VoskRecognizer;
import kz.qonyrau.speech.vosk.VoskSettings;
import kz.qonyrau.vocabulary.CallId;

/// Whether a recognition worker's memory stays what it is while it listens to call after call: each
/// with a phrase list of its own and some utterances, settled as the end of a voice settles them.
/// The worker is never replaced for having grown.
final class ListeningMemory {

  private static final int UTTERANCES = Integer.getInteger("utterances", 50_000);
  private static final int WARM_UP = Math.min(2000, UTTERANCES / 5);
  private static final int A_CALL = 5;
  private static final Locale RUSSIAN = Locale.of("ru");
  private static final double MIB = 1 << 20;
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private static final List<String> WORDS =
      List.of("да", "нет", "семь", "восемь", "среда", "четверг", "завтра", "до свидания", "пять");

  Figure run(Place place) throws Exception {
    List<byte[]> sounds = sounds(place);
    VoskSettings usual = VoskSettings.usual();
    try (VoskRecognizer recognizer =
        new VoskRecognizer(
            Map.of(
                RUSSIAN, place.root().resolve("firmware-services/box/speech/models/ru-starter-8k")),
            new VoskSettings(
                1,
                10,
                Duration.ofMinutes(1),
                usual.idle(),
                usual.longest(),
                usual.hang(),
                Duration.ofHours(1),
                PATIENCE,
                Long.MAX_VALUE / 2,
                0),
            Files.createTempDirectory(place.data(), "ears"))) {
      long warm = listen(recognizer, sounds, 0, WARM_UP);
      double before = mebibytes(recognizer);
      Map<String, Double> details = new LinkedHashMap<>();
      int steps = 5;
      details.put("understoodAtFirst", (double) warm);
      long understood = 0;
      for (int step = 1; step <= steps; step++) {
        understood +=
            listen(
                recognizer, sounds, WARM_UP + (step - 1) * UTTERANCES / steps, UTTERANCES / steps);
        details.put("workerMibAfter" + step * UTTERANCES / steps, mebibytes(recognizer));
      }
      double after = mebibytes(recognizer);
      details.put("utterances", (double) UTTERANCES);
      details.put("understood", (double) understood);
      details.put("boxHeapMib", heap());
      return new Figure(
          "memory",
          after,
          "MiB resident in the worker after " + UTTERANCES + " utterances",
          before,
          "the same worker after its first " + WARM_UP,
          after / before,
          "value / baseline",
          details);
    }
  }

  /// Some utterances, in calls of a few.
  ///
  /// @return how many were understood
  private static long listen(
      VoskRecognizer recognizer, List<byte[]> sounds, int first, int utterances) throws Exception {
    long understood = 0;
    for (int done = 0; done < utterances; done += A_CALL) {
      List<String> phrases = new ArrayList<>(WORDS);
      // Each step of a dialogue has a list of its own.
      phrases.remove((first + done) / A_CALL % WORDS.size());
      Listening listening =
          recognizer.listen(
              new ListeningRequest(CallId.random(), RUSSIAN, Optional.of(phrases)), _ -> {});
      for (int i = 0; i < A_CALL; i++) {
        listening.feed(sounds.get((first + done + i) % sounds.size()));
        var _ = listening.settle().await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      }
      Transcript transcript = listening.finish().await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      understood +=
          transcript.utterances().stream().filter(Hearing.Utterance::isUnderstood).count();
    }
    return understood;
  }

  private static double mebibytes(VoskRecognizer recognizer) throws Exception {
    long pid = recognizer.workers(RUSSIAN).getFirst();
    return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
            .filter(line -> line.startsWith("VmRSS:"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
            .findFirst()
            .orElseThrow()
        * 1024
        / MIB;
  }

  private static double heap() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return (runtime.totalMemory() - runtime.freeMemory()) / MIB;
  }

  /// Human words of up to a second and a half, from Debian's prompts.
  private static List<byte[]> sounds(Place place) throws Exception {
    List<Path> files;
    try (Stream<Path> all = Files.walk(place.bundles().asterisk().resolve("share/sounds/ru"))) {
      files = all.filter(file -> file.toString().endsWith(".wav")).sorted().toList();
    }
    List<byte[]> sounds = new ArrayList<>();
    for (Path file : files) {
      try (AudioInputStream in = AudioSystem.getAudioInputStream(file.toFile())) {
        byte[] pcm = in.readAllBytes();
        if (pcm.length <= 24_000) {
          sounds.add(pcm);
        }
      }
    }
    return sounds;
  }
}
