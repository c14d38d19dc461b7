package kz.qonyrau.speech.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import kz.qonyrau.speech.models.Zips.Entry;
import kz.qonyrau.testsupport.SmallDisk;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Archives come from anywhere.
@Timeout(60)
@Tag("AC-STT-05")
class ModelBundleTest {

  private static final BundleLimits SMALL = new BundleLimits(1 << 20, 4 << 20, 20, 100, 0);
  private static final Entry NETWORK = Entry.file("am/final.mdl", "network");

  @TempDir Path directory;

  private Path zip = Path.of("");
  private Path target = Path.of("");

  @BeforeEach
  void makeTarget() throws IOException {
    zip = directory.resolve("model.zip");
    target = Files.createDirectory(directory.resolve("target"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "vosk-model-small-ru-0.22/", "модель/"})
  void unpacksAModelWithOrWithoutADirectoryAroundIt(String prefix) throws IOException {
    Path model = modelWith(noise(200_000));
    Files.createDirectories(model.resolve("graph/phones"));
    Files.writeString(model.resolve("graph/phones/word_boundary.int"), "1 nonword\n");
    Files.write(model.resolve("graph/disambig_tid.int"), new byte[0]);
    Zips.pack(model, prefix, zip);

    String sum = unpack(SMALL);

    assertThat(ToyModel.content(target)).isEqualTo(ToyModel.content(model));
    assertThat(sum).isEqualTo(ModelExtension.sha256(zip));
    assertThat(Files.getPosixFilePermissions(target.resolve("graph")).toString())
        .doesNotContain("GROUP", "OTHERS");
  }

  @Test
  void unpacksStoredFilesAndLeavesLitterOut() throws IOException {
    Files.write(
        zip,
        Zips.raw(
            Entry.file("m/am/final.mdl", "network").method(0),
            Entry.file("m/.DS_Store", "x"),
            Entry.file("__MACOSX/m/am/._final.mdl", "x")));

    var _ = unpack(SMALL);

    assertThat(Trees.files(target)).containsExactly(Path.of("am/final.mdl"));
    assertThat(target.resolve("am/final.mdl")).hasContent("network");
  }

  @Test
  void unpacksArchivesWithSizesOf64Bits() throws IOException {
    byte[] content = "network".getBytes(StandardCharsets.UTF_8);
    byte[] bytes = Zips.raw(NETWORK.method(0));
    Files.write(zip, with64Bits(bytes, content.length));

    var _ = unpack(SMALL);

    assertThat(target.resolve("am/final.mdl")).hasContent("network");
  }

  static Stream<Arguments> hostile() {
    return Stream.of(
        Arguments.of(ModelFault.NOT_A_ZIP, new byte[0]),
        Arguments.of(
            ModelFault.NOT_A_ZIP, "<html>404</html>".repeat(9).getBytes(StandardCharsets.UTF_8)),
        Arguments.of(ModelFault.NOT_A_MODEL, Zips.raw()),
        Arguments.of(ModelFault.NOT_A_MODEL, Zips.raw(Entry.file("readme", "x"))),
        Arguments.of(ModelFault.NOT_A_MODEL, Zips.raw(Entry.file("a/b/am/final.mdl", "x"))),
        Arguments.of(
            ModelFault.NOT_A_MODEL,
            Zips.raw(Entry.file("a/am/final.mdl", "x"), Entry.file("b/am/final.mdl", "x"))),
        Arguments.of(ModelFault.UNSAFE_NAME, named("../evil")),
        Arguments.of(ModelFault.UNSAFE_NAME, named("a/../../evil")),
        Arguments.of(ModelFault.UNSAFE_NAME, named("/etc/passwd")),
        Arguments.of(ModelFault.UNSAFE_NAME, named("C:/evil")),
        Arguments.of(ModelFault.UNSAFE_NAME, named("c:evil")),
        Arguments.of(ModelFault.UNSAFE_NAME, named("..\\evil")),
        Arguments.of(ModelFault.UNSAFE_NAME, named("a//b")),
        Arguments.of(ModelFault.UNSAFE_NAME, named("./a")),
        Arguments.of(ModelFault.UNSAFE_NAME, named("a/.")),
        Arguments.of(ModelFault.UNSAFE_NAME, named("")),
        Arguments.of(ModelFault.UNSAFE_NAME, named("/")),
        Arguments.of(ModelFault.UNSAFE_NAME, named("a\nb")),
        Arguments.of(ModelFault.UNSAFE_NAME, named("a\u0000b")),
        Arguments.of(ModelFault.UNSAFE_NAME, named("x".repeat(201))),
        Arguments.of(ModelFault.UNSAFE_NAME, named("x/".repeat(16) + "x")),
        Arguments.of(
            ModelFault.NOT_A_FILE, Zips.raw(NETWORK, Entry.file("l", "/etc").attributes(0120777))),
        Arguments.of(
            ModelFault.NOT_A_FILE, Zips.raw(NETWORK, Entry.file("d", "").attributes(0060600))),
        Arguments.of(ModelFault.DUPLICATE, Zips.raw(NETWORK, NETWORK)),
        Arguments.of(
            ModelFault.DUPLICATE, Zips.raw(NETWORK, Entry.file("a", "x"), Entry.file("a/b", "x"))),
        Arguments.of(ModelFault.ENCRYPTED, Zips.raw(NETWORK.flags(1))),
        Arguments.of(ModelFault.UNKNOWN_PACKING, Zips.raw(NETWORK.method(12))),
        Arguments.of(ModelFault.DAMAGED, Zips.raw(NETWORK.method(0).claims(9))),
        Arguments.of(ModelFault.DAMAGED, Zips.raw(NETWORK.claims(6))),
        Arguments.of(ModelFault.DAMAGED, Zips.raw(NETWORK.claims(8))),
        Arguments.of(
            ModelFault.DAMAGED,
            Zips.raw(NETWORK, Entry.file("a/", "x").attributes(0040755).method(0))),
        Arguments.of(ModelFault.TOO_LARGE, Zips.raw(NETWORK, Entry.file("a", "x").claims(5 << 20))),
        Arguments.of(ModelFault.BOMB, Zips.raw(NETWORK, Entry.file("a", "0".repeat(3 << 20)))),
        Arguments.of(ModelFault.TOO_LARGE, Zips.raw(NETWORK, big())),
        Arguments.of(ModelFault.TOO_MANY_FILES, Zips.raw(many(21))));
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void refusesBeforeAnythingIsWritten(ModelFault fault, byte[] archive) throws IOException {
    Files.write(zip, archive);

    assertThatThrownBy(() -> unpack(SMALL))
        .isInstanceOfSatisfying(
            ModelRefusedException.class, refused -> assertThat(refused.fault()).isEqualTo(fault));
    if (fault != ModelFault.DAMAGED) {
      assertThat(target).isEmptyDirectory();
    }
    assertThat(directory.resolve("evil")).doesNotExist();
    assertThat(directory.toFile().list()).containsExactlyInAnyOrder("model.zip", "target");
  }

  @Test
  void refusesPartsThatLieOverEachOther() throws IOException {
    byte[] bytes = Zips.raw(NETWORK, Entry.file("graph/words.txt", "да 1"));
    int list = indexOf(bytes, new byte[] {'P', 'K', 1, 2}, 0);
    int second = indexOf(bytes, new byte[] {'P', 'K', 1, 2}, list + 1);
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(second + 42, 0);
    Files.write(zip, bytes);

    assertThatThrownBy(() -> unpack(SMALL)).hasMessageContaining("lies over another part");
  }

  @Test
  void refusesAnythingThatWasCutOff() throws IOException {
    byte[] bytes = Zips.raw(NETWORK, Entry.file("graph/words.txt", "да 1\n".repeat(30)));
    for (int length = 0; length < bytes.length; length++) {
      Files.write(zip, Arrays.copyOf(bytes, length));
      assertThatThrownBy(() -> unpack(SMALL)).isInstanceOf(ModelRefusedException.class);
    }
  }

  /// One changed byte is refused, or does not matter: what comes out is then what was packed, if
  /// perhaps under another name.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void aChangedByteIsRefusedOrDoesNotMatter(long seed) throws IOException {
    String text = "да 1\nнет 2\n".repeat(40);
    byte[] bytes = Zips.raw(NETWORK, Entry.file("graph/words.txt", text));
    Random random = new Random(seed);
    for (int i = 0; i < 400; i++) {
      byte[] damaged = bytes.clone();
      damaged[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      Files.write(zip, damaged);
      Path out = Files.createDirectory(directory.resolve("out-" + i));
      try {
        var _ =
            new ModelBundle(SMALL, _ -> Long.MAX_VALUE)
                .unpack(zip, Optional.empty(), out, (_, _, _) -> {});
        List<Path> files = Trees.files(out);
        for (Path file : files) {
          assertThat(Files.readString(out.resolve(file))).isIn("network", text);
        }
        assertThat(files).hasSizeBetween(1, 2);
      } catch (ModelRefusedException refused) {
        assertThat(refused.getMessage()).isNotBlank();
      }
      assertThat(directory.resolve("evil")).doesNotExist();
    }
  }

  @Test
  void refusesAnotherFileThanTheExpectedOne() throws IOException {
    Files.write(zip, Zips.raw(NETWORK));
    String sum = ModelExtension.sha256(zip);
    ModelBundle bundle = new ModelBundle(SMALL, _ -> Long.MAX_VALUE);

    assertThatThrownBy(
            () -> bundle.unpack(zip, Optional.of("0".repeat(64)), target, (_, _, _) -> {}))
        .hasMessageContaining(sum);
    assertThat(target).isEmptyDirectory();
    assertThat(
            bundle.unpack(zip, Optional.of(sum.toUpperCase(Locale.ROOT)), target, (_, _, _) -> {}))
        .isEqualTo(sum);
  }

  @Test
  void asksForRoomBeforeAndWhileItUnpacks() throws IOException {
    Path model = modelWith(new byte[150 << 20]);
    Zips.pack(model, "", zip);
    BundleLimits limits = new BundleLimits(1L << 30, 1L << 30, 10, 10_000, 1000);
    long needed = (150L << 20) + 1000;

    assertThatThrownBy(() ->
            new ModelBundle(limits, _ -> needed - 1)
                .unpack(zip, Optional.empty(), target, (_, _, _) -> {}))
        .hasMessageContaining("Remove models that are not needed");
    assertThat(target).isEmptyDirectory();

    AtomicLong asked = new AtomicLong();
    assertThatThrownBy(() ->
            new ModelBundle(limits, _ -> asked.incrementAndGet() < 3 ? needed : 1000)
                .unpack(zip, Optional.empty(), target, (_, _, _) -> {}))
        .isInstanceOfSatisfying(
            ModelRefusedException.class,
            refused -> assertThat(refused.fault()).isEqualTo(ModelFault.NO_ROOM));
    assertThat(asked).hasValue(3);
  }

  @Test
  void knowsTheRoomOfARealDisk() throws IOException {
    Path model = modelWith(noise(300 << 10));
    Zips.pack(model, "", zip);
    try (SmallDisk _ = SmallDisk.mountedOn(target, 200, "700")) {
      ModelBundle bundle = new ModelBundle(SMALL, ModelBundle::usableBytes);

      assertThatThrownBy(() -> bundle.unpack(zip, Optional.empty(), target, (_, _, _) -> {}))
          .hasMessageContaining("must stay free; there are 1 MiB");
    }
  }

  @Test
  void aDiskThatDoesNotTellIsNotFull() {
    assertThat(ModelBundle.usableBytes(Path.of("/proc"))).isEqualTo(Long.MAX_VALUE);
    assertThat(ModelBundle.usableBytes(target)).isPositive().isLessThan(Long.MAX_VALUE);
  }

  @Test
  void tellsHowFarItIsAndStopsWhenToldTo() throws IOException {
    Path model = modelWith(noise(700_000));
    Zips.pack(model, "", zip);
    List<Long> done = new ArrayList<>();

    var _ =
        new ModelBundle(SMALL, _ -> Long.MAX_VALUE)
            .unpack(
                zip,
                Optional.empty(),
                target,
                (stage, bytes, all) -> {
                  if (stage == Progress.Stage.UNPACKING) {
                    done.add(bytes);
                    assertThat(all).isEqualTo(700_000);
                  }
                });

    assertThat(done).isSorted().endsWith(700_000L).hasSizeGreaterThan(5);
    Path other = Files.createDirectory(directory.resolve("other"));
    assertThatThrownBy(() ->
            new ModelBundle(SMALL, _ -> Long.MAX_VALUE)
                .unpack(
                    zip,
                    Optional.empty(),
                    other,
                    (_, bytes, _) -> {
                      if (bytes > 100_000) {
                        throw new ModelRefusedException(ModelFault.CANCELLED, "enough");
                      }
                    }))
        .hasMessage("enough");
  }

  /// A list that is longer than the file's last bytes, as archives with a comment have.
  @Test
  void readsArchivesWithAComment() throws IOException {
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      out.setComment("PK\u0005\u0006".repeat(1000));
      out.putNextEntry(new ZipEntry("am/final.mdl"));
      out.write("network".getBytes(StandardCharsets.UTF_8));
    }

    var _ = unpack(SMALL);

    assertThat(target.resolve("am/final.mdl")).hasContent("network");
  }

  private Path modelWith(byte[] network) throws IOException {
    Path model = directory.resolve("model");
    Files.createDirectories(model.resolve("am"));
    Files.write(model.resolve("am/final.mdl"), network);
    return model;
  }

  private String unpack(BundleLimits limits) throws IOException {
    return new ModelBundle(limits, _ -> Long.MAX_VALUE)
        .unpack(zip, Optional.empty(), target, (_, _, _) -> {});
  }

  private static byte[] named(String name) {
    return Zips.raw(NETWORK, Entry.file(name, "evil"));
  }

  private static Entry big() {
    byte[] bytes = noise(2 << 20);
    return new Entry("a", bytes, 0, 0, 0100644, 3, bytes.length);
  }

  private static Entry[] many(int count) {
    Entry[] entries = new Entry[count];
    for (int i = 0; i < count; i++) {
      entries[i] = Entry.file("graph/" + i, "x");
    }
    return entries;
  }

  private static byte[] noise(int bytes) {
    byte[] noise = new byte[bytes];
    new Random(9).nextBytes(noise);
    return noise;
  }

  private static int indexOf(byte[] bytes, byte[] part, int from) {
    for (int at = from; at + part.length <= bytes.length; at++) {
      if (Arrays.equals(bytes, at, at + part.length, part, 0, part.length)) {
        return at;
      }
    }
    throw new IllegalArgumentException("not there");
  }

  /// Moves the sizes of the only entry, and the place of the list, to where 64 bits are used.
  private static byte[] with64Bits(byte[] bytes, int size) {
    int list = indexOf(bytes, new byte[] {'P', 'K', 1, 2}, 0);
    int end = indexOf(bytes, new byte[] {'P', 'K', 5, 6}, 0);
    ByteBuffer all =
        ByteBuffer.allocate(bytes.length + 20 + 56 + 20).order(ByteOrder.LITTLE_ENDIAN);
    all.put(bytes, 0, end);
    all.putInt(list + 20, -1).putInt(list + 24, -1).putShort(list + 30, (short) 20);
    all.putShort((short) 1).putShort((short) 16).putLong(size).putLong(size);
    int listBytes = all.position() - list;
    int end64 = all.position();
    all.putInt(0x06064b50)
        .putLong(44)
        .putShort((short) 45)
        .putShort((short) 45)
        .putInt(0)
        .putInt(0);
    all.putLong(1).putLong(1).putLong(listBytes).putLong(list);
    all.putInt(0x07064b50).putInt(0).putLong(end64).putInt(1);
    int endAt = all.position();
    all.put(bytes, end, 22);
    all.putShort(endAt + 8, (short) -1).putShort(endAt + 10, (short) -1);
    all.putInt(endAt + 12, -1).putInt(endAt + 16, -1);
    return all.array();
  }
}
