package kz.qonyrau.campaigns;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import kz.qonyrau.store.Store;
import kz.qonyrau.vocabulary.ContactListId;
import kz.qonyrau.vocabulary.Msisdn;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Files that prove how the numbers of lists were collected: a row each, the content sealed in a
/// file of its own (AC-CON-02, SH-RET-06). They are there as long as their list is.
///
/// A file is on the disk before its row and goes after it, so a crash leaves files without a row at
/// most, which [#recover] deletes. May be used from any thread.
public final class ListFiles {

  /// So many files one list may have.
  public static final int MOST_FILES = 10;

  /// The largest file.
  public static final long LARGEST_BYTES = 5L << 20;

  /// How much all files of a list may have together.
  public static final long MOST_BYTES = 25L << 20;

  private static final Logger log = LoggerFactory.getLogger(ListFiles.class);
  private static final String ENDING = ".sealed";

  private final Store store;
  private final Path directory;
  private final FileSeal seal;
  private final InstantSource clock;

  /// A file with the list that it belongs to.
  public record OfList(ContactListId list, String listName, ListFile file) {}

  /// Makes `directory`, readable by this program's user alone, if it is missing.
  ///
  /// @param directory for nobody else
  /// @throws UncheckedIOException if it cannot
  public ListFiles(
      Store store, ContactLists lists, Path directory, FileSeal seal, InstantSource clock) {
    this.store = store;
    this.directory = directory;
    this.seal = seal;
    this.clock = clock;
    try {
      Files.createDirectories(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot make " + directory, failure);
    }
    lists.whenFilesGo(this::delete);
  }

  /// Brings files and rows together after a crash: files without a row go, and so does the row of a
  /// file that the disk has lost. Blocks; call it once, before anything else.
  ///
  /// @return how many files and rows that were
  public int recover() {
    Set<String> known = new HashSet<>(store.read(ListFileTable::ids).await());
    int gone = 0;
    try (Stream<Path> there = Files.list(directory)) {
      for (Path file : there.toList()) {
        String name = file.getFileName().toString();
        boolean wanted =
            name.endsWith(ENDING)
                && known.remove(name.substring(0, name.length() - ENDING.length()));
        if (!wanted) {
          Files.delete(file);
          gone++;
        }
      }
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot read " + directory, failure);
    }
    for (String lost : known) {
      log.atWarn().addKeyValue("file", lost).log("the disk has lost a file of a list");
      var unusedResult =
          store
              .write(handle -> {
                ListFileTable.remove(handle, lost);
                return true;
              })
              .await();
      gone++;
    }
    return gone;
  }

  /// Keeps a file beside a list. Blocks on the disk and the store; not for event loops.
  ///
  /// @param id a UUID; under one that is known nothing is kept anew
  /// @param name as the person's computer calls it
  /// @param file is only read
  /// @param by the person's login
  /// @throws IOException if it cannot be read or written
  public ListFileResult keep(ContactListId list, String id, String name, Path file, String by)
      throws IOException {
    long size = Files.size(file);
    if (size == 0) {
      return new ListFileResult.Empty();
    }
    if (size > LARGEST_BYTES) {
      return new ListFileResult.TooLarge();
    }
    byte[] bytes = Files.readAllBytes(file);
    Optional<FileKind> kind = FileKind.of(bytes);
    if (kind.isEmpty()) {
      return new ListFileResult.OtherKind();
    }
    ListFile kept =
        new ListFile(
            id,
            kind.get().name(name),
            kind.get(),
            bytes.length,
            sha256(bytes),
            clock.instant(),
            by);
    // Looked at before anything is written, and again by whoever writes the row.
    ListFileResult expected = store.read(handle -> judged(handle, list, kept)).await();
    if (!(expected instanceof ListFileResult.Kept(ListFile before)) || !before.equals(kept)) {
      return expected;
    }
    write(seal.seal(bytes, context(list, id)), id);
    // If this fails nobody knows whether the row is there, so the file stays until a restart.
    ListFileResult result =
        store
            .write(handle -> {
              ListFileResult judged = judged(handle, list, kept);
              if (judged instanceof ListFileResult.Kept(ListFile fresh) && fresh.equals(kept)) {
                ListFileTable.insert(
                    handle, ListTable.find(handle, list).orElseThrow().listNo(), kept);
              }
              return judged;
            })
            .await();
    if (!(result instanceof ListFileResult.Kept)) {
      Files.deleteIfExists(path(id));
    }
    return result;
  }

  private static ListFileResult judged(Handle handle, ContactListId list, ListFile file) {
    Optional<ListTable.Stored> stored = present(handle, list);
    if (stored.isEmpty()) {
      return new ListFileResult.NoSuchList();
    }
    Optional<ListFile> known = ListFileTable.find(handle, stored.get().listNo(), file.id());
    if (known.isPresent()) {
      return new ListFileResult.Kept(known.get());
    }
    List<ListFile> others = ListFileTable.of(handle, stored.get().listNo());
    if (others.size() >= MOST_FILES) {
      return new ListFileResult.TooMany();
    }
    long free = MOST_BYTES - others.stream().mapToLong(ListFile::bytes).sum();
    return file.bytes() > free ? new ListFileResult.Full(free) : new ListFileResult.Kept(file);
  }

  private static Optional<ListTable.Stored> present(Handle handle, ContactListId list) {
    return ListTable.find(handle, list).filter(stored -> !stored.isDeleted());
  }

  private void write(byte[] sealed, String id) throws IOException {
    Path fresh = directory.resolve(id + ".new");
    try (FileChannel channel =
        FileChannel.open(
            fresh,
            Set.of(
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      ByteBuffer rest = ByteBuffer.wrap(sealed);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
      channel.force(true);
    } catch (IOException failure) {
      // A full disk gets back what could be written of it.
      Files.deleteIfExists(fresh);
      throw failure;
    }
    Files.move(fresh, path(id), StandardCopyOption.ATOMIC_MOVE);
    try (FileChannel names = FileChannel.open(directory, StandardOpenOption.READ)) {
      names.force(true);
    }
  }

  /// The files of a list, the oldest first; empty if there is no such list.
  public Future<Optional<List<ListFile>>> of(ContactListId list) {
    return store.read(
        handle -> present(handle, list).map(stored -> ListFileTable.of(handle, stored.listNo())));
  }

  /// A file of a list; empty if that has no such one.
  public Future<Optional<ListFile>> find(ContactListId list, String id) {
    return store.read(handle ->
        present(handle, list).flatMap(stored -> ListFileTable.find(handle, stored.listNo(), id)));
  }

  /// The files of the lists in which a number stands, those of the newest list first.
  public Future<List<OfList>> of(Msisdn number) {
    return store.read(handle -> {
      List<OfList> files = new ArrayList<>();
      for (ListTable.Stored stored : ListTable.all(handle)) {
        ContactList list = stored.list();
        if (list.state() == ContactList.State.READY
            && ListTable.contact(handle, stored, number).isPresent()) {
          ListFileTable.of(handle, stored.listNo())
              .forEach(file -> files.add(new OfList(list.id(), list.name(), file)));
        }
      }
      return files;
    });
  }

  /// What is in a file. Blocks on the disk; not for event loops.
  ///
  /// @throws IOException if it cannot be read, or is not what was kept
  public byte[] content(ContactListId list, ListFile file) throws IOException {
    try {
      return seal.open(Files.readAllBytes(path(file.id())), context(list, file.id()));
    } catch (IllegalArgumentException changed) {
      throw new IOException("the file " + file.id() + " of a list was changed", changed);
    }
  }

  /// Removes a file of a list.
  ///
  /// @return what was removed; empty if there is no such list or file
  public Future<Optional<ListFile>> remove(ContactListId list, String id) {
    return store
        .write(handle -> {
          Optional<ListFile> file =
              present(handle, list)
                  .flatMap(stored -> ListFileTable.find(handle, stored.listNo(), id));
          file.ifPresent(one -> ListFileTable.remove(handle, one.id()));
          return file;
        })
        .compose(file -> delete(file.stream().map(ListFile::id).toList()).map(file));
  }

  /// Not on the store's thread, which others wait for.
  private Future<Void> delete(List<String> ids) {
    Promise<Void> done = Promise.promise();
    Thread.ofVirtual()
        .name("list-files")
        .start(() -> {
          for (String id : ids) {
            try {
              Files.deleteIfExists(path(id));
            } catch (IOException failure) {
              log.atWarn()
                  .addKeyValue("file", id)
                  .setCause(failure)
                  .log("a file of a list is deleted at the next start only");
            }
          }
          done.complete();
        });
    return done.future();
  }

  private Path path(String id) {
    return directory.resolve(id + ENDING);
  }

  private static String context(ContactListId list, String id) {
    return "list-file/" + list.value() + "/" + id;
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("no SHA-256", impossible);
    }
  }
}
