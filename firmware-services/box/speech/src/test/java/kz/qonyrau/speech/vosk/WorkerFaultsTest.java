package kz.qonyrau.speech.vosk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import kz.qonyrau.speech.Hearing;
import kz.qonyrau.speech.Listening;
import kz.qonyrau.speech.ListeningRequest;
import kz.qonyrau.speech.Prompts;
import kz.qonyrau.speech.RecognitionState;
import kz.qonyrau.speech.RecognitionState.Condition;
import kz.qonyrau.speech.RecognitionUnavailableException;
import kz.qonyrau.speech.Transcript;
import kz.qonyrau.speech.Transcript.Ending;
import kz.qonyrau.speech.vosk.worker.FlightRecorder;
import kz.qonyrau.speech.vosk.worker.Frame;
import kz.qonyrau.speech.vosk.worker.Frame.What;
import kz.qonyrau.testsupport.Eventually;
import kz.qonyrau.vocabulary.CallId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What workers can do to the box: die, stop, never start, fall behind, grow. Each is done to a
/// real one.
@Timeout(120)
@Tag("AC-STT-01")
class WorkerFaultsTest {

  private static final Locale RUSSIAN = Locale.of("ru");
  private static final Path MODEL = Path.of("models/ru-starter-8k");
  private static final List<String> WORDS =
      List.of("семь", "среда", "августа", "завтра", "четверг");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path scratch;

  private final List<AutoCloseable> opened = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : opened) {
      each.close();
    }
    try (Stream<Path> left = Files.list(scratch.resolve("ears"))) {
      assertThat(left).as("files that workers left behind").isEmpty();
    } catch (NoSuchFileException _) {
      // This test had no recogniser.
    }
  }

  @Test
  void aWorkerThatIsKilledInMidWordCostsNothing() throws Exception {
    VoskRecognizer recognizer = recognizer(new Limits());
    List<Hearing> heard = Collections.synchronizedList(new ArrayList<>());
    Listening listening = recognizer.listen(request(), heard::add);
    byte[] first = Prompts.joined(Prompts.human("wednesday"), Prompts.silence(seconds(2)));
    byte[] second = Prompts.human("thursday");

    feed(listening, first);
    Eventually.await(PATIENCE, "the first word", () -> texts(heard).contains("среда"));
    feed(listening, Arrays.copyOf(second, second.length / 4 * 2));
    kill(onlyWorker(recognizer));
    feed(listening, Arrays.copyOfRange(second, second.length / 4 * 2, second.length));
    Transcript transcript = await(listening.finish());

    assertThat(transcript.text()).isEqualTo("среда\nчетверг");
    assertThat(transcript.lost()).isZero();
    assertThat(transcript.heard().toMillis()).isEqualTo((first.length + second.length) / 16);
    assertThat(transcript.ending()).isEqualTo(Ending.FINISHED);
    Hearing.Utterance last = transcript.utterances().getLast();
    assertThat(last.from()).isBetween(millis(first.length), millis(first.length + second.length));
    assertThat(state(recognizer).deaths()).isEqualTo(1);
    assertThat(state(recognizer).lastDeath()).contains("137");
  }

  @Test
  void whatWasToBeSettledIsSettledByTheNextWorker() throws Exception {
    VoskRecognizer recognizer = recognizer(new Limits().hang(Duration.ofSeconds(1)));
    List<Hearing> heard = Collections.synchronizedList(new ArrayList<>());
    Listening listening = recognizer.listen(request(), heard::add);
    awaitReady(recognizer);

    signal("STOP", onlyWorker(recognizer));
    feed(listening, Prompts.human("wednesday"));
    var _ = await(listening.settle());

    assertThat(texts(heard)).containsExactly("среда");
    feed(listening, Prompts.human("thursday"));
    assertThat(await(listening.finish()).text()).isEqualTo("среда\nчетверг");
  }

  @Test
  void aWorkerThatStandsStillIsReplaced() throws Exception {
    VoskRecognizer recognizer = recognizer(new Limits().hang(Duration.ofSeconds(1)));
    Listening listening = recognizer.listen(request(), WorkerFaultsTest::nobody);
    awaitReady(recognizer);
    long stopped = onlyWorker(recognizer);

    signal("STOP", stopped);
    feed(listening, Prompts.human("august"));
    Transcript transcript = await(listening.finish());

    assertThat(transcript.text()).isEqualTo("августа");
    assertThat(transcript.lost()).isZero();
    assertThat(onlyWorker(recognizer)).isNotEqualTo(stopped);
    assertThat(state(recognizer).lastDeath()).contains("does not answer");
  }

  @Test
  void nativeCodeThatKillsItsProcessNamesTheListening() throws Exception {
    CompletableFuture<Set<Integer>> suspects = new CompletableFuture<>();
    CompletableFuture<Frame> first = new CompletableFuture<>();
    CompletableFuture<String> lastWords = new CompletableFuture<>();
    VoskWorker worker =
        VoskWorker.start(
            "test",
            ModelDirectory.check(MODEL.toAbsolutePath()),
            2,
            0,
            scratch.resolve("alone"),
            Duration.ofSeconds(20),
            new VoskWorker.Watcher() {
              @Override
              public void ready(VoskWorker ready) {}

              @Override
              public void said(VoskWorker by, int listening, Frame frame) {
                if (frame instanceof Frame.Heard heard && heard.what() == What.END) {
                  first.complete(frame);
                }
              }

              @Override
              public void lost(VoskWorker lost, String why, Set<Integer> inNativeCode) {
                lastWords.complete(lost.lastWords());
                suspects.complete(inNativeCode);
              }
            });
    opened.add(() -> worker.kill("the test is over", Set.of()));

    worker.send(new Frame.Open(1, Optional.of("[\"да\"]")));
    worker.send(new Frame.Audio(1, Prompts.human("seven")));
    worker.send(new Frame.Finish(1));
    assertThat(first.get(60, TimeUnit.SECONDS)).isNotNull();
    // What the box never lets through: libvosk 0.3.45 does not survive it.
    worker.send(new Frame.Open(7, Optional.of("[]")));
    worker.send(new Frame.Audio(7, new byte[3200]));

    assertThat(suspects.get(60, TimeUnit.SECONDS)).containsExactly(7);
    assertThat(lastWords.get()).contains("SIGSEGV", "InitDecoding");
    assertThat(Files.exists(scratch.resolve("alone"))).isFalse();
  }

  @Test
  void anUtteranceThatKillsTwiceIsGivenUpAndTheCallGoesOn() throws Exception {
    VoskRecognizer recognizer = recognizer(new Limits());
    List<Hearing> heard = Collections.synchronizedList(new ArrayList<>());
    Listening listening = recognizer.listen(request(), heard::add);
    byte[] deadly = Prompts.noise(Duration.ofSeconds(15), 0.3);
    byte[] after = Prompts.joined(Prompts.silence(seconds(1)), Prompts.human("tomorrow"));

    listening.feed(deadly);
    Set<Long> killed = new HashSet<>();
    Eventually.await(
        PATIENCE,
        "an utterance is given up",
        () -> {
          killWhileInNativeCode(recognizer, killed);
          return !texts(heard).isEmpty();
        });
    feed(listening, after);
    Transcript transcript = await(listening.finish());

    assertThat(killed).hasSizeGreaterThanOrEqualTo(2);
    assertThat(texts(heard)).first().isEqualTo("");
    assertThat(transcript.text()).isEqualTo("завтра");
    assertThat(transcript.lost()).isPositive();
    assertThat(transcript.heard().plus(transcript.lost()).toMillis())
        .isEqualTo((deadly.length + after.length) / 16);
  }

  @Test
  void aModelThatNativeCodeCannotLoadIsNamedInsteadOfBeingTriedForEver() throws Exception {
    Path broken = scratch.resolve("broken");
    try (Stream<Path> files = Files.walk(MODEL)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = broken.resolve(MODEL.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
    Files.delete(broken.resolve("SHA256SUMS"));
    byte[] acoustic = Files.readAllBytes(broken.resolve("am/final.mdl"));
    Files.write(broken.resolve("am/final.mdl"), Arrays.copyOf(acoustic, acoustic.length / 2));

    VoskRecognizer recognizer =
        new VoskRecognizer(
            Map.of(RUSSIAN, broken), new Limits().settings(), scratch.resolve("ears"));
    opened.add(recognizer);
    Eventually.await(
        PATIENCE, "it is given up", () -> state(recognizer).condition() == Condition.FAILED);

    assertThatThrownBy(() -> recognizer.listen(request(), WorkerFaultsTest::nobody))
        .isInstanceOf(RecognitionUnavailableException.class)
        .hasMessageContaining("'ru' does not start");
  }

  @Test
  void whatIsUnderWayWhenRecognitionNeverComesBackEndsInTime() throws Exception {
    VoskRecognizer recognizer =
        recognizer(new Limits().patience(Duration.ofMillis(300)).idle(Duration.ofSeconds(1)));
    awaitReady(recognizer);
    Listening listening = recognizer.listen(request(), WorkerFaultsTest::nobody);
    signal("STOP", onlyWorker(recognizer));
    byte[] audio = Prompts.human("august");

    feed(listening, audio);
    Transcript transcript = await(listening.finish());

    assertThat(transcript.ending()).isEqualTo(Ending.RECOGNITION_LOST);
    assertThat(transcript.lost()).isPositive();
    assertThat(transcript.heard().plus(transcript.lost()).toMillis()).isEqualTo(audio.length / 16);
    assertThat(recognizer.listeningsUnderWay()).isZero();
    signal("CONT", onlyWorker(recognizer));
  }

  @Test
  void theNewestAreToldThatNobodyListensWhenTheBoxCannotKeepUp() throws Exception {
    VoskRecognizer recognizer =
        recognizer(
            new Limits()
                .threads(1)
                .queue(Duration.ofMinutes(5))
                .behind(Duration.ofSeconds(1))
                .hang(Duration.ofMinutes(5)));
    awaitReady(recognizer);
    long worker = onlyWorker(recognizer);
    List<List<Hearing>> heard = new ArrayList<>();
    List<Listening> listenings = new ArrayList<>();
    byte[] much = Prompts.joined(Prompts.silence(seconds(3)), Prompts.human("seven"));

    // However fast this machine is, it cannot keep up now.
    signal("STOP", worker);
    for (int i = 0; i < 4; i++) {
      List<Hearing> each = Collections.synchronizedList(new ArrayList<>());
      heard.add(each);
      listenings.add(recognizer.listen(request(), each::add));
    }
    for (Listening listening : listenings) {
      listening.feed(much);
    }
    Eventually.await(
        PATIENCE, "the newest three are ended", () -> recognizer.listeningsUnderWay() == 1);
    assertThat(recognizer.state().overloaded()).isTrue();
    assertThatThrownBy(() -> recognizer.listen(request(), WorkerFaultsTest::nobody))
        .isInstanceOf(RecognitionUnavailableException.class)
        .hasMessageContaining("keep up");
    assertThat(recognizer.state().deafened()).isEqualTo(4);
    for (int i = 1; i < 4; i++) {
      Transcript transcript = await(listenings.get(i).finish());
      assertThat(transcript.ending()).isEqualTo(Ending.OVERLOAD);
      assertThat(transcript.heard().plus(transcript.lost()).toMillis()).isEqualTo(much.length / 16);
      assertThat(heard.get(i)).last().isInstanceOf(Hearing.Deaf.class);
    }

    signal("CONT", worker);
    assertThat(await(listenings.getFirst().finish()).text()).isEqualTo("семь");
    assertThat(heard.getFirst()).noneMatch(Hearing.Deaf.class::isInstance);
    Eventually.await(PATIENCE, "it listens again", () -> !recognizer.state().overloaded());
    assertThat(transcribe(recognizer, Prompts.human("august")).text()).isEqualTo("августа");
  }

  @Test
  void aWorkerThatHasGrownIsReplacedWithoutAnInterruption() throws Exception {
    VoskRecognizer recognizer =
        recognizer(new Limits().listenings(500).hang(Duration.ofMillis(400)).growth(16L << 20));
    awaitReady(recognizer);
    long first = onlyWorker(recognizer);
    List<Listening> listenings = new ArrayList<>();
    byte[] word = Prompts.human("wednesday");

    Eventually.await(
        PATIENCE,
        "another worker",
        () -> {
          Listening listening = recognizer.listen(request(), WorkerFaultsTest::nobody);
          feed(listening, Arrays.copyOf(word, word.length / 4 * 2));
          listenings.add(listening);
          return !recognizer.workers(RUSSIAN).getFirst().equals(first);
        });
    for (Listening listening : listenings) {
      feed(listening, Arrays.copyOfRange(word, word.length / 4 * 2, word.length));
    }

    for (Listening listening : listenings) {
      Transcript transcript = await(listening.finish());
      assertThat(transcript.text()).isEqualTo("среда");
      assertThat(transcript.lost()).isZero();
    }
    Eventually.await(
        PATIENCE, "the old one is gone", () -> !recognizer.workers(RUSSIAN).contains(first));
    assertThat(state(recognizer).deaths()).isZero();
  }

  @Test
  void aWorkerWhoseBoxIsGoneEndsByItself() throws Exception {
    VoskRecognizer recognizer = recognizer(new Limits());
    awaitReady(recognizer);
    long worker = onlyWorker(recognizer);

    recognizer.close();

    assertThat(ProcessHandle.of(worker).filter(ProcessHandle::isAlive)).isEmpty();
  }

  private static void nobody(Hearing unheard) {}

  private VoskRecognizer recognizer(Limits limits) {
    VoskRecognizer recognizer =
        new VoskRecognizer(Map.of(RUSSIAN, MODEL), limits.settings(), scratch.resolve("ears"));
    opened.add(recognizer);
    return recognizer;
  }

  private static ListeningRequest request() {
    return new ListeningRequest(CallId.random(), RUSSIAN, Optional.of(WORDS));
  }

  private static Transcript transcribe(VoskRecognizer recognizer, byte[] audio)
      throws TimeoutException {
    Listening listening = recognizer.listen(request(), WorkerFaultsTest::nobody);
    feed(listening, audio);
    return await(listening.finish());
  }

  private static void feed(Listening listening, byte[] audio) {
    for (int at = 0; at < audio.length; at += 320) {
      listening.feed(Arrays.copyOfRange(audio, at, Math.min(audio.length, at + 320)));
    }
  }

  private static <T> T await(Future<T> future) throws TimeoutException {
    return future.await(100, TimeUnit.SECONDS);
  }

  private static List<String> texts(List<Hearing> heard) {
    synchronized (heard) {
      return heard.stream()
          .filter(Hearing.Utterance.class::isInstance)
          .map(hearing -> ((Hearing.Utterance) hearing).text())
          .toList();
    }
  }

  private static RecognitionState.Language state(VoskRecognizer recognizer) {
    return recognizer.state().languages().getFirst();
  }

  private static void awaitReady(VoskRecognizer recognizer) {
    Eventually.await(
        PATIENCE, "the worker is ready", () -> state(recognizer).condition() == Condition.READY);
  }

  private static long onlyWorker(VoskRecognizer recognizer) {
    List<Long> workers = recognizer.workers(RUSSIAN);
    assertThat(workers).hasSize(1);
    return workers.getFirst();
  }

  private void killWhileInNativeCode(VoskRecognizer recognizer, Set<Long> killed) {
    List<Long> workers = recognizer.workers(RUSSIAN);
    if (workers.isEmpty() || killed.contains(workers.getFirst())) {
      return;
    }
    Path flights = scratch.resolve("ears").resolve("ru-" + (killed.size() + 1)).resolve("flights");
    if (!FlightRecorder.suspects(flights).isEmpty()) {
      kill(workers.getFirst());
      killed.add(workers.getFirst());
    }
  }

  private static void kill(long pid) {
    ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
  }

  private static void signal(String name, long pid) throws IOException, InterruptedException {
    Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start();
    assertThat(kill.waitFor()).isZero();
  }

  private static Duration seconds(int seconds) {
    return Duration.ofSeconds(seconds);
  }

  private static Duration millis(int bytes) {
    return Duration.ofMillis(bytes / 16);
  }
}
