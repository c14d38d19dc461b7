package kz.qonyrau.bench;

import io.vertx.core.Future;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import kz.qonyrau.bench.Bench.Place;
import kz.qonyrau.speech.Listening;
import kz.qonyrau.speech.ListeningRequest;
import kz.qonyrau.speech.RecognitionState.Condition;
import kz.qonyrau.speech.Transcript;
import kz.qonyrau.speech.vosk.VoskRecognizer;
import kz.qonyrau.speech.vosk.VoskSettings;
import kz.qonyrau.vocabulary.CallId;

/// How much speech a core recognises through the box's service, worker process and all, beside a
/// bare loop around the same library; and how many live calls a core can listen to.
final class SpeechRate {

  private static final Locale RUSSIAN = Locale.of("ru");
  private static final int FILES = Integer.getInteger("files", 200);
  private static final int TOGETHER = 4;
  private static final int WARM_UPS = Integer.getInteger("warm-ups", 3);
  private static final int PIECE = 3200;
  private static final int FRAME = 320;
  private static final Duration STEP = Duration.ofSeconds(8);
  private static final Duration BEHIND = Duration.ofMillis(500);
  private static final int MOST_CALLS = 400;
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final List<String> PHRASES =
      List.of("да", "нет", "семь", "восемь", "среда", "четверг", "завтра", "до свидания");

  Figure run(Place place) throws Exception {
    Path model = place.root().resolve("firmware-services/box/speech/models/ru-starter-8k");
    List<Path> sounds = sounds(place);
    double[] bare = bare(place, model, sounds);
    double[] ours = ours(place, model, sounds);
    Map<String, Double> details = new LinkedHashMap<>();
    details.put("audioSeconds", ours[0]);
    details.put("workerCpuSeconds", ours[1]);
    details.put("boxCpuSeconds", ours[2]);
    details.put("bareCpuSeconds", bare[1]);
    details.put("callsPerCoreWithPhraseList", (double) liveCalls(place, model, sounds));
    double value = ours[0] / (ours[1] + ours[2]);
    double baseline = bare[0] / bare[1];
    return new Figure(
        "speech",
        value,
        "hours of audio per core-hour, whole vocabulary, partial results every 0.2 s",
        baseline,
        "a Python loop around the same libvosk and model",
        value / baseline,
        "value / baseline",
        details);
  }

  /// Human prompts from Debian, as plain samples.
  private static List<Path> sounds(Place place) throws Exception {
    List<Path> originals;
    try (Stream<Path> all = Files.walk(place.bundles().asterisk().resolve("share/sounds/ru"))) {
      originals = all.filter(file -> file.toString().endsWith(".wav")).sorted().toList();
    }
    Path directory = Files.createDirectory(place.data().resolve("sounds"));
    List<Path> sounds = new ArrayList<>();
    for (Path original : originals) {
      byte[] pcm = samples(original);
      if (pcm.length >= 2 * 16_000 && sounds.size() < FILES) {
        sounds.add(Files.write(directory.resolve(sounds.size() + ".pcm"), pcm));
      }
    }
    return sounds;
  }

  private static byte[] samples(Path wav) throws Exception {
    try (AudioInputStream in = AudioSystem.getAudioInputStream(wav.toFile())) {
      if (in.getFormat().getSampleRate() != 8000 || in.getFormat().getSampleSizeInBits() != 16) {
        throw new IOException(wav + " is not 8 kHz, 16 bits");
      }
      return in.readAllBytes();
    }
  }

  private static double[] bare(Place place, Path model, List<Path> sounds) throws Exception {
    Path library = place.data().resolve("libvosk.so");
    try (InputStream in =
        SpeechRate.class.getClassLoader().getResourceAsStream("linux-x86-64/libvosk.so")) {
      if (in == null) {
        throw new IOException("libvosk is not on the class path");
      }
      Files.copy(in, library);
    }
    List<String> command =
        new ArrayList<>(
            List.of(
                "python3",
                place.root().resolve("firmware-services/bench/bare-vosk.py").toString(),
                library.toString(),
                model.toString(),
                Integer.toString(PIECE)));
    sounds.forEach(sound -> command.add(sound.toString()));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String said =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    if (process.waitFor() != 0) {
      throw new IllegalStateException("the bare loop failed");
    }
    return Stream.of(said.split(" ", -1)).mapToDouble(Double::parseDouble).toArray();
  }

  /// Seconds of audio, of the worker's and of this process's time.
  private static double[] ours(Place place, Path model, List<Path> sounds) throws Exception {
    try (VoskRecognizer recognizer = recognizer(place, model, Duration.ofHours(1))) {
      // A JVM whose compiler has come to rest is what a box is.
      double warmUp = 0;
      for (int i = 0; i < WARM_UPS; i++) {
        warmUp = listenToAll(recognizer, sounds);
      }
      CpuMeter meter =
          new CpuMeter(
              Map.of(
                  "worker", recognizer.workers(RUSSIAN).getFirst(),
                  "box", ProcessHandle.current().pid()));
      double audio = listenToAll(recognizer, sounds);
      if (audio < warmUp) {
        throw new IllegalStateException("less was heard than in the warm-up");
      }
      Map<String, Double> used = meter.seconds();
      return new double[] {audio, used.getOrDefault("worker", 0.0), used.getOrDefault("box", 0.0)};
    }
  }

  private static double listenToAll(VoskRecognizer recognizer, List<Path> sounds) throws Exception {
    double audio = 0;
    Deque<Future<Transcript>> underWay = new ArrayDeque<>();
    for (Path sound : sounds) {
      if (underWay.size() == TOGETHER) {
        audio += heard(underWay.remove());
      }
      Listening listening =
          recognizer.listen(
              new ListeningRequest(CallId.random(), RUSSIAN, Optional.empty()), _ -> {});
      listening.feed(Files.readAllBytes(sound));
      underWay.add(listening.finish());
    }
    for (Future<Transcript> rest : underWay) {
      audio += heard(rest);
    }
    return audio;
  }

  private static double heard(Future<Transcript> future) throws Exception {
    Transcript transcript = future.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    if (!transcript.lost().isZero()) {
      throw new IllegalStateException("audio was lost: " + transcript);
    }
    return transcript.heard().toMillis() / 1000.0;
  }

  /// How many calls at the pace of talk one thread keeps up with: the largest number in steps of a
  /// tenth at which nobody was more than half a second behind.
  private static int liveCalls(Place place, Path model, List<Path> sounds) throws Exception {
    try (VoskRecognizer recognizer = recognizer(place, model, Duration.ofMinutes(1))) {
      int kept = 0;
      for (int calls = 10; calls <= MOST_CALLS; calls += Math.max(2, calls / 10)) {
        if (!keepsUp(recognizer, sounds, calls)) {
          break;
        }
        kept = calls;
      }
      return kept;
    }
  }

  private static boolean keepsUp(VoskRecognizer recognizer, List<Path> sounds, int calls)
      throws Exception {
    List<Listening> listenings = new ArrayList<>();
    List<byte[]> audio = new ArrayList<>();
    for (int call = 0; call < calls; call++) {
      listenings.add(
          recognizer.listen(
              new ListeningRequest(CallId.random(), RUSSIAN, Optional.of(PHRASES)), _ -> {}));
      audio.add(Files.readAllBytes(sounds.get(call % sounds.size())));
    }
    boolean inTime = true;
    long begun = System.nanoTime();
    long frames = STEP.toMillis() / 20;
    for (int frame = 0; frame < frames; frame++) {
      for (int call = 0; call < calls; call++) {
        byte[] all = audio.get(call);
        int from = frame * FRAME % (all.length / FRAME * FRAME);
        listenings.get(call).feed(Arrays.copyOfRange(all, from, from + FRAME));
      }
      if (recognizer.state().languages().getFirst().behind().compareTo(BEHIND) > 0) {
        inTime = false;
      }
      LockSupport.parkNanos(begun + (frame + 1) * 20_000_000L - System.nanoTime());
    }
    for (Listening listening : listenings) {
      var _ = listening.finish().await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
    return inTime;
  }

  private static VoskRecognizer recognizer(Place place, Path model, Duration queue)
      throws IOException {
    VoskSettings usual = VoskSettings.usual();
    VoskRecognizer recognizer =
        new VoskRecognizer(
            Map.of(RUSSIAN, model),
            new VoskSettings(
                1,
                MOST_CALLS,
                queue,
                usual.idle(),
                usual.longest(),
                usual.hang(),
                Duration.ofHours(1),
                PATIENCE,
                usual.growth(),
                0),
            Files.createTempDirectory(place.data(), "ears"));
    while (recognizer.state().languages().getFirst().condition() != Condition.READY) {
      LockSupport.parkNanos(10_000_000);
    }
    return recognizer;
  }
}
