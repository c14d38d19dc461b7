package kz.qonyrau.campaigns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import kz.qonyrau.testsupport.NoErrorsLogged;
import kz.qonyrau.testsupport.Plug;
import kz.qonyrau.vocabulary.ContactListId;
import kz.qonyrau.vocabulary.Msisdn;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Files beside a list: what is kept, and that neither a row nor a file is ever alone for long.
@Tag("AC-CON-02")
@Tag("SH-RET-06")
@Timeout(120)
@ExtendWith(NoErrorsLogged.class)
class ListFilesTest extends ImportRoom {

  private static final byte[] PDF = "%PDF-1.7\nподпись клиента".getBytes(StandardCharsets.UTF_8);

  /// Turns each byte around and puts the context in front: enough to see who asks for what.
  private static final FileSeal SEAL =
      new FileSeal() {
        @Override
        public byte[] seal(byte[] plain, String context) {
          byte[] name = (context + "\n").getBytes(StandardCharsets.UTF_8);
          byte[] sealed = Arrays.copyOf(name, name.length + plain.length);
          for (int i = 0; i < plain.length; i++) {
            sealed[name.length + i] = (byte) ~plain[i];
          }
          return sealed;
        }

        @Override
        public byte[] open(byte[] sealed, String context) {
          byte[] name = (context + "\n").getBytes(StandardCharsets.UTF_8);
          if (!Arrays.equals(Arrays.copyOf(sealed, name.length), name)) {
            throw new IllegalArgumentException("sealed for something else");
          }
          byte[] plain = Arrays.copyOfRange(sealed, name.length, sealed.length);
          for (int i = 0; i < plain.length; i++) {
            plain[i] = (byte) ~plain[i];
          }
          return plain;
        }
      };

  private ListFiles files;
  private Path kept;

  @BeforeEach
  void openFiles() {
    kept = directory.resolve("evidence");
    files = new ListFiles(store, lists, kept, SEAL, clock);
  }

  private ContactListId list(String number) throws IOException {
    return imported(file("номер\n" + number + "\n")).id();
  }

  private ListFileResult keep(ContactListId list, String name, byte[] bytes) throws IOException {
    return keep(list, UUID.randomUUID().toString(), name, bytes);
  }

  private ListFileResult keep(ContactListId list, String id, String name, byte[] bytes)
      throws IOException {
    Path upload = Files.write(directory.resolve("upload.bin"), bytes);
    return files.keep(list, id, name, upload, "owner");
  }

  private ListFile done(ListFileResult result) {
    assertThat(result).isInstanceOf(ListFileResult.Kept.class);
    return ((ListFileResult.Kept) result).file();
  }

  private List<ListFile> of(ContactListId list) {
    return await(files.of(list)).orElseThrow();
  }

  private List<String> onDisk() throws IOException {
    try (Stream<Path> there = Files.list(kept)) {
      return there.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static byte[] pdf(int length) {
    return Arrays.copyOf(PDF, length);
  }

  @Test
  void keepsAFileSealedAndGivesItBack() throws IOException {
    ContactListId list = list("87012345678");

    ListFile file = done(keep(list, "Анкеты 2026.PDF", PDF));

    assertThat(of(list)).containsExactly(file);
    assertThat(file.name()).isEqualTo("Анкеты 2026.pdf");
    assertThat(file.kind()).isEqualTo(FileKind.PDF);
    assertThat(file.bytes()).isEqualTo(PDF.length);
    assertThat(file.addedAt()).isEqualTo(clock.instant());
    assertThat(files.content(list, file)).isEqualTo(PDF);
    assertThat(onDisk()).containsExactly(file.id() + ".sealed");
    assertThat(Files.readString(kept.resolve(onDisk().getFirst()), StandardCharsets.ISO_8859_1))
        .doesNotContain("%PDF");
    assertThat(Files.getPosixFilePermissions(kept.resolve(onDisk().getFirst()))).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({
    "89504e470d0a1a0a00, PNG",
    "ffd8ffe000, JPEG",
    "255044462d312e34, PDF",
    "504b030400, ",
    "4d5a900000, ",
    "89504e47, ",
    "3c68746d6c3e, ",
    "20255044462d, "
  })
  void aFileIsWhatItBeginsAs(String hex, String kind) throws IOException {
    byte[] bytes = java.util.HexFormat.of().parseHex(hex);

    ListFileResult result = keep(list("87012345678"), "form.pdf", bytes);

    if (kind == null) {
      assertThat(result).isEqualTo(new ListFileResult.OtherKind());
      assertThat(onDisk()).isEmpty();
    } else {
      assertThat(done(result).kind().name()).isEqualTo(kind);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "../../etc/passwd | passwd.pdf",
        "C:\\Users\\x\\Договор.pdf | Договор.pdf",
        "scan.exe | scan.exe.pdf",
        "fdp\u202Eexe.pdf | fdpexe.pdf",
        "... | file.pdf",
        "/ | file.pdf",
        ".pdf | file.pdf",
        "zero\u200Bwidth\uFEFF.PDF | zerowidth.pdf",
        "a<b>:c*?.pdf | a_b__c__.pdf",
        "Өтініш құжаты.jpeg | Өтініш құжаты.jpeg.pdf"
      })
  void namesMisleadNobody(String given, String name) {
    assertThat(FileKind.PDF.name(given)).isEqualTo(name);
  }

  @Test
  void longNamesAreCutWithoutBreakingALetter() {
    String name = FileKind.JPEG.name("x" + "\uD83D\uDCC4".repeat(90) + ".jpeg");

    assertThat(name).hasSizeLessThanOrEqualTo(120).endsWith("\uD83D\uDCC4.jpeg");
    assertThat(FileKind.JPEG.name("\uD83D.jpg")).isEqualTo("file.jpg");
    assertThat(FileKind.JPEG.name("a\u0000b\rc\nd\u0007.jpg")).isEqualTo("a b c d.jpg");
  }

  @Test
  void aListHasTenFilesOf5MibAnd25TogetherAtMost() throws IOException {
    ContactListId list = list("87012345678");
    ContactListId other = list("87012345678");
    int largest = (int) ListFiles.LARGEST_BYTES;

    assertThat(keep(list, "x", new byte[0])).isEqualTo(new ListFileResult.Empty());
    assertThat(keep(list, "x", pdf(largest + 1))).isEqualTo(new ListFileResult.TooLarge());
    for (int i = 0; i < 4; i++) {
      var unusedFile = done(keep(list, "large", pdf(largest)));
    }
    var unusedFile = done(keep(list, "less", pdf(largest - 100)));
    assertThat(keep(list, "more", pdf(101))).isEqualTo(new ListFileResult.Full(100));
    for (int i = 0; i < 5; i++) {
      var unusedSmall = done(keep(list, "small", pdf(20)));
    }
    assertThat(keep(list, "one more", PDF)).isEqualTo(new ListFileResult.TooMany());
    assertThat(of(list)).hasSize(10);
    assertThat(onDisk()).hasSize(10);
    assertThat(done(keep(other, "elsewhere", PDF)).name()).isEqualTo("elsewhere.pdf");
    assertThat(keep(ContactListId.random(), "x", PDF)).isEqualTo(new ListFileResult.NoSuchList());
  }

  @Test
  void keepsAFileOnceHoweverOftenItIsRepeated() throws IOException {
    ContactListId list = list("87012345678");
    String id = UUID.randomUUID().toString();

    ListFile first = done(keep(list, id, "a.pdf", PDF));
    clock.advance(java.time.Duration.ofSeconds(1));

    assertThat(done(keep(list, id, "a.pdf", PDF))).isEqualTo(first);
    assertThat(of(list)).hasSize(1);
  }

  @Test
  void aFileIsFoundByItsOwnListAlone() throws IOException {
    ContactListId list = list("87012345678");
    ContactListId other = list("87012345678");
    ListFile file = done(keep(list, "a", PDF));

    assertThat(await(files.find(other, file.id()))).isEmpty();
    assertThat(await(files.remove(other, file.id()))).isEmpty();
    assertThatThrownBy(() -> files.content(other, file)).isInstanceOf(IOException.class);
    assertThat(await(files.remove(list, file.id()))).contains(file);
    assertThat(await(files.remove(list, file.id()))).isEmpty();
    assertThat(onDisk()).isEmpty();
  }

  @Test
  @Tag("AC-SPM-04")
  void aNumberHasTheFilesOfTheListsThatHoldIt() throws IOException {
    ContactListId old = list("87012345678");
    ContactListId fresh = list("87012345678");
    ContactListId other = list("87012345679");
    ListFile first = done(keep(old, "old", PDF));
    ListFile second = done(keep(fresh, "fresh", PDF));
    var unusedFile = done(keep(other, "other", PDF));

    assertThat(await(files.of(new Msisdn("+77012345678"))))
        .extracting(ListFiles.OfList::file)
        .containsExactly(second, first);
  }

  @Test
  @Tag("AC-CON-07")
  void filesGoWithTheirList() throws IOException {
    ContactListId list = list("87012345678");
    ContactListId other = list("87012345678");
    var unusedFile = done(keep(list, "a", PDF));
    ListFile stays = done(keep(other, "b", PDF));

    assertThat(await(lists.delete(list))).isInstanceOf(ListResult.Done.class);

    assertThat(onDisk()).containsExactly(stays.id() + ".sealed");
    assertThat(await(files.of(list))).isEmpty();
    assertThat(count("campaign.list_file")).isEqualTo(1);
    assertThat(keep(list, "late", PDF)).isEqualTo(new ListFileResult.NoSuchList());
  }

  @Test
  void whatWasChangedOnTheDiskIsNotGivenOut() throws IOException {
    ContactListId list = list("87012345678");
    ListFile file = done(keep(list, "a", PDF));
    Files.write(kept.resolve(onDisk().getFirst()), new byte[40], StandardOpenOption.WRITE);

    assertThatThrownBy(() -> files.content(list, file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("was changed");
  }

  @Test
  void aRestartForgetsWhatTheDiskHasLost() throws IOException {
    ContactListId list = list("87012345678");
    ListFile lost = done(keep(list, "a", PDF));
    ListFile there = done(keep(list, "b", PDF));
    Files.delete(kept.resolve(lost.id() + ".sealed"));

    assertThat(files.recover()).isEqualTo(1);

    assertThat(of(list)).containsExactly(there);
    assertThat(files.recover()).isZero();
  }

  /// Pulls the plug before the first statement, then before the second, and on until all of adding,
  /// removing and deleting the list gets through.
  @Test
  void rowsAndFilesAreOfOneMindWhicheverStatementIsTheLast() throws IOException {
    boolean pulled = true;
    for (int statement = 1; pulled; statement++) {
      ContactListId list = list("87012345678");
      ListFile first = done(keep(list, "a", PDF));

      Plug plug = Plug.in(store, statement);
      try {
        var unusedFile = done(keep(list, "b", PDF));
        var _ = await(files.remove(list, first.id()));
        var _ = await(lists.delete(list));
      } catch (Plug.Pulled _) {
        // What a power cut looks like from here.
      }
      pulled = plug.isPulled();
      Plug.remove(store);
      Files.write(kept.resolve(UUID.randomUUID() + ".new"), PDF);

      ContactLists again = new ContactLists(store, clock);
      ListFiles after = new ListFiles(store, again, kept, SEAL, clock);
      assertThat(await(again.recover())).isZero();
      assertThat(after.recover()).isPositive();

      List<ListFile> left = await(after.of(list)).orElse(List.of());
      assertThat(onDisk())
          .as("before statement " + statement)
          .containsExactlyElementsOf(
              left.stream().map(file -> file.id() + ".sealed").sorted().toList());
      for (ListFile file : left) {
        assertThat(after.content(list, file)).isEqualTo(PDF);
      }
      if (await(again.find(list)).isPresent()) {
        var _ = await(again.delete(list));
      }
      again.close();
      assertThat(onDisk()).isEmpty();
    }
    assertThat(count("campaign.list_file")).isZero();
  }
}
