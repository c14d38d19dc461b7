package kz.qonyrau.insight;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import kz.qonyrau.insight.Transcription.State;
import kz.qonyrau.speech.RecognitionUnavailableException;
import kz.qonyrau.speech.vosk.VoskRecognizer;
import kz.qonyrau.speech.vosk.VoskSettings;
import kz.qonyrau.testsupport.Eventually;
import kz.qonyrau.testsupport.TemporaryStore;
import kz.qonyrau.vocabulary.CallId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// Real Vosk over real words, a real database.
@Timeout(180)
@Tag("AN-PRC-03")
class TranscriptionsTest {

  private static final Locale RUSSIAN = Locale.of("ru");
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Transcriptions.Rests SHORT =
      new Transcriptions.Rests(Duration.ofMillis(50), Duration.ofMillis(50));
  private static final int SECOND = 16_000;

  @RegisterExtension final TemporaryStore database = TemporaryStore.with("INSIGHT");

  @TempDir Path scratch;

  private final Shelf shelf = new Shelf();
  private final List<AutoCloseable> opened = new ArrayList<>();
  private final AtomicInteger borrowings = new AtomicInteger();
  private final AtomicInteger givenBack = new AtomicInteger();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : opened.reversed()) {
      each.close();
    }
  }

  @Test
  void bothSidesAreTranscribedWithTimes() throws IOException {
    CallId call = CallId.random();
    shelf.put(
        call,
        joined(silence(1), word("wednesday"), silence(4)),
        joined(silence(4), word("august"), silence(2)));
    Transcriptions transcriptions = open();

    var _ = transcriptions.order(call, RUSSIAN).await();
    Transcription done = awaitEnd(transcriptions, call);

    assertThat(done.state()).isEqualTo(State.DONE);
    assertThat(done.share()).isEqualTo(1);
    assertThat(done.lost()).isZero();
    assertThat(done.realTimeFactor()).isPositive();
    assertThat(done.endedAt()).isPresent();
    List<TranscribedLine> lines = transcriptions.lines(call).await();
    assertThat(lines).extracting(TranscribedLine::side).containsExactly(Side.SUBSCRIBER, Side.BOX);
    assertThat(lines).extracting(TranscribedLine::text).containsExactly("среда", "августа");
    assertThat(lines.getFirst().from()).isBetween(Duration.ofMillis(900), Duration.ofMillis(1600));
    assertThat(lines.getLast().from()).isBetween(Duration.ofMillis(3900), Duration.ofMillis(4800));
    assertThat(lines.getLast().words())
        .singleElement()
        .satisfies(word -> {
          assertThat(word.text()).isEqualTo("августа");
          assertThat(word.from()).isEqualTo(lines.getLast().from());
          assertThat(word.confidence()).isBetween(0.0, 1.0);
        });
  }

  @Test
  void aTranscriptThatWasBrokenOffGoesOnWhereItWas() throws Exception {
    CallId call = CallId.random();
    byte[] minute = joined(silence(1), word("tomorrow"), silence(50));
    byte[] left = joined(minute, minute, minute, word("august"), silence(2));
    shelf.put(call, left, silence(left.length / SECOND));
    CountDownLatch first = new CountDownLatch(1);
    Transcriptions broken = open();
    broken.onProgress(_ -> {
      if (broken.find(call).await().orElseThrow().done().toSeconds() > 0) {
        first.countDown();
      }
    });
    var _ = broken.order(call, RUSSIAN).await();
    first.await();
    broken.close();
    Transcription halfway = broken.find(call).await().orElseThrow();
    assertThat(halfway.state()).isEqualTo(State.WAITING);
    assertThat(halfway.share()).isStrictlyBetween(0.0, 1.0);

    Transcriptions again = open();
    Transcription done = awaitEnd(again, call);

    assertThat(done.state()).isEqualTo(State.DONE);
    assertThat(again.lines(call).await())
        .extracting(TranscribedLine::text)
        .containsExactly("завтра", "завтра", "завтра", "августа");
    assertThat(shelf.firstSample.get(call))
        .as("what the second run read first")
        .isEqualTo(halfway.done().toMillis() * 8);
  }

  @Test
  @Tag("SH-RET-01")
  void aTranscriptThatIsDeletedWhileItIsMadeDoesNotComeBack() throws Exception {
    CallId call = CallId.random();
    CallId other = CallId.random();
    byte[] minute = joined(silence(1), word("tomorrow"), silence(50));
    byte[] left = joined(minute, minute, minute, word("august"), silence(2));
    shelf.put(call, left, silence(left.length / SECOND));
    shelf.put(other, joined(word("seven"), silence(1)), silence(1));
    CountDownLatch first = new CountDownLatch(1);
    Transcriptions transcriptions = open();
    transcriptions.onProgress(_ -> {
      if (!transcriptions.lines(call).await().isEmpty()) {
        first.countDown();
      }
    });
    var _ = transcriptions.order(call, RUSSIAN).await();
    first.await();

    assertThat(transcriptions.delete(List.of(call, other)).await()).containsExactly(call);

    // The other comes after whatever was still being done for the first.
    var _ = transcriptions.order(other, RUSSIAN).await();
    assertThat(awaitEnd(transcriptions, other).state()).isEqualTo(State.DONE);
    assertThat(transcriptions.find(call).await()).isEmpty();
    assertThat(transcriptions.lines(call).await()).isEmpty();
    assertThat(transcriptions.delete(List.of(call)).await()).isEmpty();
  }

  @Test
  void orderingTwiceTranscribesOnceAndAFailedOneIsTriedAgain() throws IOException {
    CallId call = CallId.random();
    Transcriptions transcriptions = open();

    var _ = transcriptions.order(call, RUSSIAN).await();
    Transcription failed = awaitEnd(transcriptions, call);
    assertThat(failed.state()).isEqualTo(State.FAILED);
    assertThat(failed.reason()).contains("no recording");

    shelf.put(call, joined(word("seven"), silence(1)), silence(1));
    var _ = transcriptions.order(call, RUSSIAN).await();
    Eventually.await(
        PATIENCE,
        "the second try",
        () -> transcriptions.find(call).await().orElseThrow().state() == State.DONE);
    var _ = transcriptions.order(call, RUSSIAN).await();
    assertThat(transcriptions.find(call).await().orElseThrow().state()).isEqualTo(State.DONE);
    assertThat(transcriptions.lines(call).await()).hasSize(1);
  }

  @Test
  void aBrokenRecordingFailsAloneAndSaysWhy() throws IOException {
    CallId broken = CallId.random();
    CallId whole = CallId.random();
    shelf.put(whole, joined(word("seven"), silence(1)), silence(1));
    shelf.unreadable.put(broken, "its file was changed");
    Transcriptions transcriptions = open();

    var _ = transcriptions.order(broken, RUSSIAN).await();
    var _ = transcriptions.order(whole, RUSSIAN).await();

    assertThat(awaitEnd(transcriptions, broken).reason()).contains("its file was changed");
    assertThat(awaitEnd(transcriptions, whole).state()).isEqualTo(State.DONE);
  }

  @Test
  @Tag("AC-STT-05")
  void aLanguageWithoutAModelWaitsAndHoldsNobodyUp() throws IOException {
    CallId kazakh = CallId.random();
    CallId russian = CallId.random();
    shelf.put(kazakh, silence(1), silence(1));
    shelf.put(russian, joined(word("seven"), silence(1)), silence(1));
    Transcriptions transcriptions = open();

    var _ = transcriptions.order(kazakh, Locale.of("kk")).await();
    var _ = transcriptions.order(russian, RUSSIAN).await();

    assertThat(awaitEnd(transcriptions, russian).state()).isEqualTo(State.DONE);
    Eventually.await(
        PATIENCE,
        "the reason is shown",
        () -> transcriptions.find(kazakh).await().orElseThrow().reason().contains("'kk'"));
    assertThat(transcriptions.find(kazakh).await().orElseThrow().state())
        .isIn(State.WAITING, State.RUNNING);
  }

  @Test
  void silenceAndNothingAtAllAreTranscribedToNothing() {
    CallId silent = CallId.random();
    CallId empty = CallId.random();
    shelf.put(silent, silence(3), silence(3));
    shelf.put(empty, new byte[0], new byte[0]);
    Transcriptions transcriptions = open();

    var _ = transcriptions.order(silent, RUSSIAN).await();
    var _ = transcriptions.order(empty, RUSSIAN).await();

    for (CallId call : List.of(silent, empty)) {
      assertThat(awaitEnd(transcriptions, call).state()).isEqualTo(State.DONE);
      assertThat(transcriptions.lines(call).await()).isEmpty();
    }
  }

  @Test
  void theRecogniserIsBorrowedForTheWorkAndGivenBack() throws IOException {
    CallId call = CallId.random();
    shelf.put(call, joined(word("seven"), silence(1)), silence(1));
    Transcriptions transcriptions = open();
    assertThat(borrowings).hasValue(0);

    var _ = transcriptions.order(call, RUSSIAN).await();
    var _ = awaitEnd(transcriptions, call);

    Eventually.await(PATIENCE, "it is given back", () -> givenBack.get() == 1);
    assertThat(borrowings).hasValue(1);
  }

  @Test
  void aRecogniserThatIsNotThereIsWaitedFor() throws IOException {
    CallId call = CallId.random();
    shelf.put(call, joined(word("seven"), silence(1)), silence(1));
    AtomicInteger asked = new AtomicInteger();
    Transcriptions transcriptions =
        new Transcriptions(
            database.store(),
            shelf,
            () -> {
              if (asked.incrementAndGet() < 3) {
                throw new RecognitionUnavailableException("the disk is full");
              }
              return borrow();
            },
            InstantSource.fixed(Instant.parse("2026-11-25T04:00:00Z")),
            SHORT);
    opened.add(transcriptions);

    var _ = transcriptions.order(call, RUSSIAN).await();

    assertThat(awaitEnd(transcriptions, call).state()).isEqualTo(State.DONE);
    assertThat(asked).hasValue(3);
  }

  private Transcriptions open() {
    Transcriptions transcriptions =
        new Transcriptions(
            database.store(),
            shelf,
            this::borrow,
            InstantSource.fixed(Instant.parse("2026-11-25T04:00:00Z")),
            SHORT);
    opened.add(transcriptions);
    return transcriptions;
  }

  private BorrowedRecognizer borrow() {
    VoskRecognizer recognizer =
        new VoskRecognizer(
            Map.of(RUSSIAN, Path.of("../speech/models/ru-starter-8k")),
            VoskSettings.background(),
            scratch.resolve("ears-" + borrowings.incrementAndGet()));
    return new BorrowedRecognizer(
        recognizer,
        () -> {
          recognizer.close();
          givenBack.incrementAndGet();
        });
  }

  @Test
  @Tag("PLT-22")
  void allLinesAreReadWhereverAPageEnds() {
    List<CallId> calls = List.of(CallId.random(), CallId.random());
    var _ =
        database
            .store()
            .write(handle -> {
              for (CallId call : calls) {
                TranscriptionTable.order(handle, call, RUSSIAN, Instant.EPOCH);
                TranscriptionTable.measured(handle, call, 8000);
                List<TranscribedLine> lines = new ArrayList<>();
                for (Side side : Side.values()) {
                  for (int line = 0; line < 3; line++) {
                    Duration from = Duration.ofSeconds(line);
                    lines.add(
                        new TranscribedLine(side, side + " " + line, from, from, 0.5, List.of()));
                  }
                }
                assertThat(
                        TranscriptionTable.advance(
                            handle, call, 0, 8000, lines, Duration.ZERO, Duration.ZERO))
                    .isTrue();
                TranscriptionTable.end(handle, call, State.DONE, "", Instant.EPOCH);
              }
              return true;
            })
            .await();
    Transcriptions transcriptions = open();

    for (int size : List.of(1, 2, 3, 5, 12, 1000)) {
      List<String> read = new ArrayList<>();
      List<LineOfCall> page = transcriptions.after(Optional.empty(), size).await();
      while (!page.isEmpty()) {
        assertThat(page).extracting(LineOfCall::language).containsOnly(RUSSIAN);
        page.forEach(line -> read.add(line.call() + " " + line.line().text()));
        page = transcriptions.after(Optional.of(page.getLast()), size).await();
      }
      assertThat(read).hasSize(12).isSorted().doesNotHaveDuplicates();
    }
  }

  private static Transcription awaitEnd(Transcriptions transcriptions, CallId call) {
    Eventually.await(
        PATIENCE,
        "the transcript ends",
        () -> transcriptions.find(call).await().orElseThrow().endedAt().isPresent());
    return transcriptions.find(call).await().orElseThrow();
  }

  private static byte[] word(String name) throws IOException {
    byte[] file =
        Files.readAllBytes(Path.of("../speech/src/test/resources/prompts/" + name + ".wav"));
    return Arrays.copyOfRange(file, 44, file.length / 2 * 2);
  }

  private static byte[] silence(int seconds) {
    return new byte[seconds * SECOND];
  }

  private static byte[] joined(byte[]... parts) {
    ByteBuffer all = ByteBuffer.allocate(Arrays.stream(parts).mapToInt(part -> part.length).sum());
    Arrays.stream(parts).forEach(all::put);
    return all.array();
  }

  /// Recordings in memory.
  private static final class Shelf implements ConversationAudio {

    private final Map<CallId, byte[]> sounds = new ConcurrentHashMap<>();
    private final Map<CallId, String> unreadable = new ConcurrentHashMap<>();
    private final Map<CallId, Long> firstSample = new ConcurrentHashMap<>();

    void put(CallId call, byte[] left, byte[] right) {
      int samples = Math.max(left.length, right.length) / 2;
      ByteBuffer sound = ByteBuffer.allocate(4 * samples).order(ByteOrder.LITTLE_ENDIAN);
      for (int i = 0; i < samples; i++) {
        sound.putShort(sample(left, i)).putShort(sample(right, i));
      }
      sounds.put(call, sound.array());
    }

    private static short sample(byte[] pcm, int at) {
      return 2 * at < pcm.length
          ? ByteBuffer.wrap(pcm).order(ByteOrder.LITTLE_ENDIAN).getShort(2 * at)
          : 0;
    }

    @Override
    public Future<Optional<Open>> open(CallId call) {
      String why = unreadable.get(call);
      if (why != null) {
        return Future.failedFuture(new UncheckedIOException(new IOException(why)));
      }
      firstSample.remove(call);
      return Future.succeededFuture(
          Optional.ofNullable(sounds.get(call))
              .map(sound ->
                  new Open() {
                    @Override
                    public long samples() {
                      return sound.length / 4;
                    }

                    @Override
                    public void read(long sample, ByteBuffer target) {
                      firstSample.putIfAbsent(call, sample);
                      target.put(sound, (int) (4 * sample), target.remaining());
                    }

                    @Override
                    public void close() {}
                  }));
    }
  }
}
