package kz.qonyrau.recordings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import kz.qonyrau.recordings.Recording.Codec;
import kz.qonyrau.store.HeldPeriod;
import kz.qonyrau.testsupport.Eventually;
import kz.qonyrau.testsupport.NoErrorsLogged;
import kz.qonyrau.testsupport.SmallDisk;
import kz.qonyrau.testsupport.SteppedClock;
import kz.qonyrau.testsupport.TemporaryStore;
import kz.qonyrau.vocabulary.CallId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Real files, a real database, the real flac program.
@Timeout(60)
@ExtendWith(NoErrorsLogged.class)
class RecordingsTest {

  private static final Instant MADE = Instant.parse("2026-11-30T07:00:00Z"); // 12:00 in Astana
  private static final Duration TWO_SECONDS = Duration.ofSeconds(2);
  private static final DerivedContent NOTHING = _ -> Future.succeededFuture(0);

  @RegisterExtension final TemporaryStore database = TemporaryStore.with("RECORDING");

  @TempDir Path directory;

  private final SteppedClock clock = SteppedClock.at(MADE);
  private List<HeldPeriod> holds = List.of();
  private List<HeldPeriod> holdToCome = List.of();
  private int asksBeforeHold;
  private final List<Recordings> opened = new ArrayList<>();
  private final CallId call = CallId.random();

  @AfterEach
  void closeAll() {
    opened.forEach(Recordings::close);
  }

  @Test
  @Tag("EX-AC-20")
  @Tag("AC-REC-01")
  void makesNoFileForACallThatIsNotToBeRecorded() throws IOException {
    Recordings recordings = open();

    var _ = recordings.begin(call);

    assertThat(everything("spool")).isEmpty();
    assertThat(everything("kept")).isEmpty();
    assertThat(Eventually.answer(recordings.find(call))).isEmpty();
    assertThat(Eventually.answer(recordings.wav(call))).isEmpty();
    assertThat(Eventually.answer(recordings.peaks(call, 10))).isEmpty();
  }

  @Test
  @Tag("EX-AC-20")
  @Tag("AC-REC-02")
  void keepsBothSidesAlignedToTheSampleAndNothingInTheClear() throws IOException {
    Recordings recordings = open();
    short[] frames = new short[2 * 16_000];
    frames[2 * 4_000] = 20_000;
    frames[2 * 12_345 + 1] = -30_000;
    byte[] raw = pcm(frames);
    Files.write(recordings.begin(call), raw);

    RecordingResult.Kept kept = kept(finish(recordings, TWO_SECONDS));

    byte[] wav = wav(recordings);
    ByteBuffer samples = ByteBuffer.wrap(wav).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(Arrays.copyOfRange(wav, 44, wav.length)).isEqualTo(raw);
    assertThat(samples.getShort(44 + 4 * 4_000)).isEqualTo((short) 20_000);
    assertThat(samples.getShort(44 + 4 * 12_345 + 2)).isEqualTo((short) -30_000);
    assertThat(kept.duration()).isEqualTo(TWO_SECONDS);
    assertThat(kept.bytes()).isEqualTo(wav.length);
    assertThat(kept.sha256()).isEqualTo(sha256(wav));
    assertThat(recordings.begin(call)).doesNotExist();
    Recording recording = Eventually.answer(recordings.find(call)).orElseThrow();
    assertThat(recording.result()).isEqualTo(kept);
    assertThat(recording.campaign()).isEqualTo("campaign-1");
    assertThat(recording.contact()).isEqualTo("contact-7");
    assertThat(recording.startedAt()).isEqualTo(MADE);
    awaitCompression(recordings, 1);
    assertThat(everything("kept")).hasSize(1);
    assertThat(Files.readString(everything("kept").getFirst(), StandardCharsets.ISO_8859_1))
        .doesNotContain("RIFF")
        .doesNotContain("fLaC");
  }

  @Test
  @Tag("AC-REC-02")
  void writesAHeadThatEveryPlayerReads() throws IOException {
    Recordings recordings = open();
    Files.write(recordings.begin(call), sound(TWO_SECONDS));

    var _ = finish(recordings, TWO_SECONDS);

    ByteBuffer head = ByteBuffer.wrap(wav(recordings)).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(head.getInt(4)).isEqualTo(36 + 64_000);
    assertThat(head.getShort(22)).isEqualTo((short) 2);
    assertThat(head.getInt(24)).isEqualTo(8000);
    assertThat(head.getInt(28)).isEqualTo(32_000);
    assertThat(head.getShort(34)).isEqualTo((short) 16);
    assertThat(head.getInt(40)).isEqualTo(64_000);
  }

  @Test
  @Tag("AC-REC-02")
  void givesBackTheSameWavAfterCompression() throws IOException {
    Recordings recordings = open();
    byte[] raw = sound(Duration.ofSeconds(20));
    Files.write(recordings.begin(call), raw);
    RecordingResult.Kept kept = kept(finish(recordings, Duration.ofSeconds(20)));
    awaitCompression(recordings, 1);

    byte[] wav = wav(recordings);

    assertThat(sha256(wav)).isEqualTo(kept.sha256());
    assertThat(Arrays.copyOfRange(wav, 44, wav.length)).isEqualTo(raw);
    Recording recording = Eventually.answer(recordings.find(call)).orElseThrow();
    assertThat(recording.codec()).contains(Codec.FLAC);
    assertThat(recording.storedBytes()).isLessThan(wav.length);
    assertThat(recording.result()).isEqualTo(kept);
    assertThat(everything("kept")).hasSize(1);
    assertThat(everything("scratch")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void readsAnyRangeOfARecordingCompressedOrNot(boolean compressed) throws IOException {
    Recordings recordings = restartWithWav();
    if (compressed) {
      var _ = Eventually.answer(recordings.recover());
      awaitCompression(recordings, 1);
    }
    try (Playback playback = Eventually.answer(recordings.wav(call)).orElseThrow()) {
      byte[] whole = playback.range(0, playback.length()).readAllBytes();
      Random random = new Random(11);

      for (int i = 0; i < 200; i++) {
        int from = random.nextInt(whole.length);
        int to = from + random.nextInt(whole.length - from + 1);
        assertThat(playback.range(from, to).readAllBytes())
            .isEqualTo(Arrays.copyOfRange(whole, from, to));
      }

      assertThat(playback.range(40, 50).readAllBytes())
          .isEqualTo(Arrays.copyOfRange(whole, 40, 50));
      assertThat(playback.read(whole.length, ByteBuffer.allocate(10))).isZero();
      assertThatThrownBy(() -> playback.range(-1, 5)).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> playback.range(0, whole.length + 1L))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void showsTheWaveformOfBothSides() throws IOException {
    Recordings recordings = open();
    short[] frames = new short[2 * 16_000];
    for (int i = 4_000; i < 8_000; i++) {
      frames[2 * i] = (short) (i % 2 == 0 ? 16_384 : -16_384);
    }
    frames[2 * 15_999 + 1] = Short.MIN_VALUE;
    Files.write(recordings.begin(call), pcm(frames));
    var _ = finish(recordings, TWO_SECONDS);

    Peaks four = Eventually.answer(recordings.peaks(call, 4)).orElseThrow();
    Peaks finest = Eventually.answer(recordings.peaks(call, 1000)).orElseThrow();

    assertThat(four.subscriber().get(0)).isEqualTo(new Peaks.Peak(0, 0));
    assertThat(four.subscriber().get(1)).isEqualTo(new Peaks.Peak(-0.5, 0.5));
    assertThat(four.subscriber().get(2)).isEqualTo(new Peaks.Peak(0, 0));
    assertThat(four.box().get(3)).isEqualTo(new Peaks.Peak(-1, 0));
    assertThat(finest.subscriber()).hasSize(1000);
    assertThat(finest.box()).hasSize(1000);
    assertThatThrownBy(() -> recordings.peaks(call, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          -1,     10, wrote no sound
          0,      10, an empty file
          320001, 10, in the middle of a sample
          160000, 10, only 5000 ms of a call of 10000 ms
          """)
  @Tag("AC-REC-05")
  void reportsARecordingThatIsNotWhole(int bytes, int seconds, String why) throws IOException {
    Recordings recordings = open();
    if (bytes >= 0) {
      Files.write(recordings.begin(call), new byte[bytes]);
    }

    RecordingResult result = finish(recordings, Duration.ofSeconds(seconds));

    assertThat(result)
        .isInstanceOfSatisfying(
            RecordingResult.Failed.class, failed -> assertThat(failed.why()).contains(why));
    assertThat(Eventually.answer(recordings.find(call)).orElseThrow().result()).isEqualTo(result);
    assertThat(Eventually.answer(recordings.wav(call))).isEmpty();
    assertThat(everything("kept")).isEmpty();
    assertThat(everything("spool")).isEmpty();
  }

  @Test
  void waitsForTheEndOfAFileThatIsStillWritten() throws IOException {
    Recordings recordings = open();
    byte[] raw = sound(Duration.ofSeconds(4));
    Path path = recordings.begin(call);
    Files.write(path, Arrays.copyOf(raw, raw.length / 4));

    Future<RecordingResult> result = recordings.finish(request(call, Duration.ofSeconds(4)));
    Files.write(
        path, Arrays.copyOfRange(raw, raw.length / 4, raw.length), StandardOpenOption.APPEND);

    assertThat(kept(Eventually.answer(result)).duration()).isEqualTo(Duration.ofSeconds(4));
  }

  @Test
  void takesAsMuchAsTheCallLessTheStatedSlack() throws IOException {
    Recordings recordings = open();
    Files.write(recordings.begin(call), sound(Duration.ofMillis(8400)));

    assertThat(finish(recordings, Duration.ofSeconds(10))).isInstanceOf(RecordingResult.Kept.class);
  }

  @Test
  void finishesOnceHoweverOftenItIsAsked() throws IOException {
    Recordings recordings = open();
    Files.write(recordings.begin(call), sound(TWO_SECONDS));

    List<Future<RecordingResult>> answers =
        Stream.generate(() -> recordings.finish(request(call, TWO_SECONDS))).limit(10).toList();

    RecordingResult first = Eventually.answer(answers.getFirst());
    assertThat(first).isInstanceOf(RecordingResult.Kept.class);
    for (Future<RecordingResult> answer : answers) {
      assertThat(Eventually.answer(answer)).isEqualTo(first);
    }
    assertThat(finish(recordings, TWO_SECONDS)).isEqualTo(first);
  }

  @Test
  @Tag("AC-REC-05")
  void reportsAFullDiskAndLeavesNothingHalfWritten() throws Exception {
    Path small = Files.createDirectory(directory.resolve("kept"));
    try (SmallDisk _ = SmallDisk.mountedOn(small, 1024, "700")) {
      Recordings recordings = open();
      Files.write(recordings.begin(call), sound(Duration.ofMinutes(1)));

      RecordingResult result = finish(recordings, Duration.ofMinutes(1));

      assertThat(result)
          .isEqualTo(new RecordingResult.Failed("there was no room left on the disk"));
      assertThat(everything("kept")).isEmpty();
      CallId next = CallId.random();
      Files.write(recordings.begin(next), sound(TWO_SECONDS));
      assertThat(Eventually.answer(recordings.finish(request(next, TWO_SECONDS))))
          .isInstanceOf(RecordingResult.Kept.class);
    } finally {
      closeAll();
    }
  }

  @Test
  @Tag("EX-RET-1")
  @Tag("AC-REC-04")
  @Tag("SH-RET-01")
  @Tag("SH-RET-03")
  void keepsARecordingForThreeCalendarMonthsAndNoLonger() throws IOException {
    Recordings recordings = open();
    Files.write(recordings.begin(call), sound(TWO_SECONDS));
    RecordingResult.Kept kept = kept(finish(recordings, TWO_SECONDS));

    clock.set(Instant.parse("2027-02-28T18:59:59Z"));
    assertThat(Eventually.answer(recordings.purgeOverdue(NOTHING))).isEmpty();
    assertThat(wav(recordings)).hasSize((int) kept.bytes());

    clock.set(Instant.parse("2027-02-28T19:00:00Z"));
    assertThat(Eventually.answer(recordings.wav(call))).isEmpty();
    assertThat(Eventually.answer(recordings.peaks(call, 10))).isEmpty();
    PurgeRecord proof = Eventually.answer(recordings.purgeOverdue(NOTHING)).orElseThrow();

    assertThat(proof.count()).isEqualTo(1);
    assertThat(proof.oldest()).isEqualTo(MADE);
    assertThat(proof.sha256())
        .isEqualTo(
            sha256((kept.id() + " " + kept.sha256() + "\n").getBytes(StandardCharsets.UTF_8)));
    assertThat(Eventually.answer(recordings.purges())).containsExactly(proof);
    assertThat(Eventually.answer(recordings.find(call))).isEmpty();
    assertThat(everything("kept")).isEmpty();
    assertThat(Eventually.answer(recordings.purgeOverdue(NOTHING))).isEmpty();
  }

  @Test
  @Tag("SH-RET-02")
  @Tag("SH-RET-03")
  void aLegalHoldKeepsARecordingBeyondItsTimeAndTheProofSaysSo() throws IOException {
    Recordings recordings = open();
    Files.write(recordings.begin(call), sound(TWO_SECONDS));
    RecordingResult.Kept kept = kept(finish(recordings, TWO_SECONDS));
    // The call began before midnight and was answered after it.
    HeldPeriod hold =
        new HeldPeriod("h", MADE.minusSeconds(86_400), MADE.minusSeconds(20), Optional.empty());
    holds = List.of(hold);
    Instant lifted = Instant.parse("2027-06-01T00:00:00Z");
    clock.set(lifted);

    assertThat(
            Eventually.answer(
                recordings.purgeOverdue(
                    _ -> Future.failedFuture("nothing of it is to be touched"))))
        .isEmpty();
    assertThat(wav(recordings)).hasSize((int) kept.bytes());
    assertThat(Eventually.answer(recordings.peaks(call, 10))).isPresent();

    holds = List.of(new HeldPeriod("h", hold.from(), hold.until(), Optional.of(lifted)));
    assertThat(Eventually.answer(recordings.wav(call))).isEmpty();
    PurgeRecord proof = Eventually.answer(recordings.purgeOverdue(NOTHING)).orElseThrow();
    assertThat(proof.keptBy()).containsExactly("h");
    assertThat(Eventually.answer(recordings.purges())).containsExactly(proof);
    assertThat(everything("kept")).isEmpty();
  }

  @Test
  @Tag("SH-RET-02")
  void aHoldThatComesWhileOthersGoKeepsWhatHasNotGoneYet() throws IOException {
    Recordings recordings = open();
    Files.write(recordings.begin(call), sound(TWO_SECONDS));
    assertThat(finish(recordings, TWO_SECONDS)).isInstanceOf(RecordingResult.Kept.class);
    clock.set(Instant.parse("2027-06-01T00:00:00Z"));
    HeldPeriod hold = new HeldPeriod("h", MADE, MADE.plusSeconds(1), Optional.empty());
    asksBeforeHold = 1;
    holdToCome = List.of(hold);

    assertThat(Eventually.answer(recordings.purgeOverdue(NOTHING))).isEmpty();
    assertThat(everything("kept")).isNotEmpty();
  }

  @Test
  @Tag("SH-RET-01")
  void whatWasMadeOfARecordingGoesBeforeIt() throws IOException {
    Recordings recordings = open();
    Files.write(recordings.begin(call), sound(TWO_SECONDS));
    assertThat(finish(recordings, TWO_SECONDS)).isInstanceOf(RecordingResult.Kept.class);
    awaitCompression(recordings, 1);
    clock.set(Instant.parse("2027-02-28T19:00:00Z"));
    List<CallId> asked = new ArrayList<>();
    List<Path> kept = everything("kept");

    assertThatThrownBy(() ->
            Eventually.answer(recordings.purgeOverdue(_ -> Future.failedFuture("out of order"))))
        .hasMessageContaining("out of order");
    assertThat(Eventually.answer(recordings.find(call))).isPresent();
    assertThat(everything("kept")).isEqualTo(kept).isNotEmpty();
    assertThat(Eventually.answer(recordings.purges())).isEmpty();

    PurgeRecord proof =
        Eventually.answer(
                recordings.purgeOverdue(calls -> {
                  asked.addAll(calls);
                  assertThat(kept).allMatch(Files::exists);
                  return Future.succeededFuture(calls.size());
                }))
            .orElseThrow();

    assertThat(asked).containsExactly(call);
    assertThat(proof.derived()).isOne();
    assertThat(Eventually.answer(recordings.purges())).containsExactly(proof);
    assertThat(everything("kept")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-30T07:00:00Z, 2027-02-28T19:00:00Z",
    "2026-11-24T19:00:00Z, 2027-02-25T19:00:00Z",
    "2026-11-24T18:59:59Z, 2027-02-24T19:00:00Z",
    "2027-11-30T07:00:00Z, 2028-02-29T19:00:00Z"
  })
  @Tag("EX-RET-1")
  void countsMonthsByTheCalendarOfAstana(Instant made, Instant until) {
    assertThat(Recordings.retainUntil(made)).isEqualTo(until);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  @Tag("SH-RET-06")
  void refusesToPlayWhatWasChanged(boolean compressed) throws IOException {
    Recordings recordings = restartWithWav();
    if (compressed) {
      var _ = Eventually.answer(recordings.recover());
      awaitCompression(recordings, 1);
    }
    try (RandomAccessFile file =
        new RandomAccessFile(everything("kept").getFirst().toFile(), "rw")) {
      long middle = file.length() / 2;
      file.seek(middle);
      int old = file.read();
      file.seek(middle);
      file.write(old ^ 1);
    }

    assertThatThrownBy(() -> wav(recordings)).isInstanceOf(RecordingUnavailableException.class);
  }

  @Test
  @Tag("SH-RET-06")
  void refusesToPlayAnotherCallsRecordingInItsPlaceOrHalfOfIt() throws IOException {
    Recordings recordings = open();
    CallId other = CallId.random();
    for (CallId each : List.of(call, other)) {
      Files.write(recordings.begin(each), sound(TWO_SECONDS));
      var _ = Eventually.answer(recordings.finish(request(each, TWO_SECONDS)));
    }
    awaitCompression(recordings, 2);
    List<Path> files = everything("kept");
    byte[] second = Files.readAllBytes(files.get(1));

    Files.write(files.get(0), second);
    Files.write(files.get(1), Arrays.copyOf(second, second.length / 2));

    for (CallId each : List.of(call, other)) {
      assertThatThrownBy(() -> Eventually.answer(recordings.wav(each)))
          .isInstanceOf(RecordingUnavailableException.class);
    }
  }

  @Test
  void tidiesUpAfterACrash() throws IOException {
    Recordings before = open();
    Files.write(before.begin(call), sound(TWO_SECONDS));
    var _ = finish(before, TWO_SECONDS);
    awaitCompression(before, 1);
    before.close();
    CallId cut = CallId.random();
    Files.write(before.begin(cut), sound(Duration.ofSeconds(1)));
    Files.write(before.begin(call), sound(TWO_SECONDS));
    Files.write(directory.resolve("spool/notes.raw"), new byte[3]);
    Path kept = everything("kept").getFirst();
    Files.write(kept.resolveSibling("x.wav.sealed.part"), new byte[10]);
    Files.write(
        kept.resolveSibling(kept.getFileName().toString().replace("flac", "wav")), new byte[10]);
    Files.write(directory.resolve("scratch/play1.part"), new byte[10]);

    Recordings after = unopened();
    Recovery recovery = Eventually.answer(after.recover());

    assertThat(recovery).isEqualTo(new Recovery(List.of(cut), 2, 0));
    assertThat(everything("kept")).containsExactly(kept);
    assertThat(everything("scratch")).isEmpty();
    assertThat(everything("spool")).containsExactly(directory.resolve("spool/notes.raw"));
    assertThat(Eventually.answer(after.find(cut)).orElseThrow().result())
        .isEqualTo(
            new RecordingResult.Failed("the box stopped while this call was being recorded"));
    assertThat(wav(after)).hasSize(44 + 64_000);
  }

  @Test
  void goesOnCompressingAfterARestart() throws IOException {
    Recordings after = restartWithWav();

    Recovery recovery = Eventually.answer(after.recover());
    awaitCompression(after, 1);

    assertThat(recovery.waiting()).isEqualTo(1);
    assertThat(Eventually.answer(after.find(call)).orElseThrow().codec()).contains(Codec.FLAC);
    assertThat(wav(after)).hasSize(44 + 64_000);
    assertThat(after.compression()).isEqualTo(new CompressionProgress(0, 1, 0));
  }

  @Test
  void keepsTheWavWhenCompressionFails() throws IOException {
    Recordings after = restartWithWav();
    Path file = everything("kept").getFirst();
    byte[] sealed = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(sealed, sealed.length / 2));

    var _ = Eventually.answer(after.recover());
    Eventually.await(
        Duration.ofSeconds(20), "the attempt", () -> after.compression().failed() == 1);

    assertThat(everything("kept")).containsExactly(file);
    assertThat(Eventually.answer(after.find(call)).orElseThrow().codec()).contains(Codec.WAV);
  }

  @Test
  void discardsWhatNobodyAnswered() throws IOException {
    Recordings recordings = open();
    Files.write(recordings.begin(call), new byte[4000]);

    var _ = Eventually.answer(recordings.discard(call));

    assertThat(everything("spool")).isEmpty();
    assertThat(Eventually.answer(recordings.find(call))).isEmpty();
  }

  @Test
  void keepsTheDirectoriesToItself() throws IOException {
    var _ = open();

    for (String name : List.of("kept", "scratch", "keys")) {
      assertThat(
              PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve(name))))
          .isEqualTo("rwx------");
    }
  }

  /// As a run leaves it that ends before the compression: the row and the file say WAV.
  private Recordings restartWithWav() throws IOException {
    Recordings first = open();
    KeptFiles files =
        new KeptFiles(
            directory.resolve("kept"),
            directory.resolve("scratch"),
            Vault.open(directory.resolve("keys")));
    Path raw = Files.write(first.begin(call), sound(TWO_SECONDS));
    KeptFiles.Written written = files.keep(call, raw, 64_000);
    Files.delete(raw);
    String id = "11111111-1111-1111-1111-111111111111";
    Recording recording =
        new Recording(
            id,
            call,
            "campaign-1",
            "contact-7",
            MADE,
            TWO_SECONDS,
            new RecordingResult.Kept(id, TWO_SECONDS, written.sha256(), 64_044),
            Optional.of(Codec.WAV),
            written.storedBytes(),
            Recordings.retainUntil(MADE));
    var _ =
        Eventually.answer(
            database
                .store()
                .write(handle -> {
                  RecordingBook.insert(
                      handle,
                      new RecordingBook.Row(recording, 16_000, written.path(), written.peaks()));
                  return true;
                }));
    return unopened();
  }

  private Recordings open() throws IOException {
    Recordings recordings = unopened();
    var _ = Eventually.answer(recordings.recover());
    return recordings;
  }

  private List<HeldPeriod> holds() {
    return asksBeforeHold-- > 0 || holdToCome.isEmpty() ? holds : holdToCome;
  }

  private Recordings unopened() throws IOException {
    Recordings recordings =
        new Recordings(
            database.store(),
            Vault.open(directory.resolve("keys")),
            new RecordingSettings(
                directory.resolve("spool"),
                directory.resolve("kept"),
                directory.resolve("scratch"),
                Duration.ofMillis(20),
                Duration.ofMillis(1000)),
            clock,
            _ -> holds());
    opened.add(recordings);
    return recordings;
  }

  private RecordingResult finish(Recordings recordings, Duration answered) {
    return Eventually.answer(recordings.finish(request(call, answered)));
  }

  private static FinishRequest request(CallId call, Duration answered) {
    return new FinishRequest(call, "campaign-1", "contact-7", MADE, answered);
  }

  private static RecordingResult.Kept kept(RecordingResult result) {
    assertThat(result).isInstanceOf(RecordingResult.Kept.class);
    return (RecordingResult.Kept) result;
  }

  private byte[] wav(Recordings recordings) throws IOException {
    try (Playback playback = Eventually.answer(recordings.wav(call)).orElseThrow()) {
      return playback.range(0, playback.length()).readAllBytes();
    }
  }

  private static void awaitCompression(Recordings recordings, int count) {
    Eventually.await(
        Duration.ofSeconds(20),
        count + " compressed recordings",
        () -> recordings.compression().done() >= count && recordings.compression().waiting() == 0);
  }

  private List<Path> everything(String name) throws IOException {
    try (Stream<Path> files = Files.walk(directory.resolve(name))) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static byte[] sound(Duration length) {
    Random random = new Random(3);
    short[] frames = new short[(int) (2 * Sound.samples(length))];
    for (int i = 0; i < frames.length; i++) {
      frames[i] = (short) (8000 * Math.sin(i / 20.0) + random.nextInt(200));
    }
    return pcm(frames);
  }

  private static byte[] pcm(short[] frames) {
    ByteBuffer bytes = ByteBuffer.allocate(2 * frames.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asShortBuffer().put(frames);
    return bytes.array();
  }

  private static String sha256(byte[] bytes) {
    return HexFormat.of().formatHex(Sound.sha256().digest(bytes));
  }
}
