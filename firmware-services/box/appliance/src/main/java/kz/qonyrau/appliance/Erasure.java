package kz.qonyrau.appliance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Erases everything that the box keeps, at the start after it has retired (PLT-22).
///
/// That it is to be done stands in a file of the data directory, written before the program ends
/// and deleted last, so a death at any moment is followed by the rest at the next start. Keys go
/// first, overwritten, and are gone from the disk before anything else is touched: after that
/// nobody can read the database, recordings and prompts that are still there.
final class Erasure {

  private static final Logger log = LoggerFactory.getLogger(Erasure.class);

  private static final String ORDER = "erase-everything";

  /// The keys of what is kept, and those by which central knew this box.
  private static final List<String> KEYS = List.of("keys", "identity");

  /// What a file system keeps for itself in its topmost directory; it is root's.
  private static final String LOST_AND_FOUND = "lost+found";

  private final Path data;
  private final Path instance;
  private final Set<Path> kept;
  private final Consumer<Path> before;

  /// @param data the data directory, which stays
  /// @param instance where Asterisk's own files are, which may be elsewhere
  /// @param kept files and directories that stay where they lie in one of these, such as the
  ///   configuration
  Erasure(Path data, Path instance, Set<Path> kept) {
    this(data, instance, kept, _ -> {});
  }

  /// @param before told what is deleted next
  Erasure(Path data, Path instance, Set<Path> kept, Consumer<Path> before) {
    this.data = data;
    this.instance = instance;
    this.kept =
        kept.stream()
            .map(path -> path.toAbsolutePath().normalize())
            .collect(Collectors.toUnmodifiableSet());
    this.before = before;
  }

  /// Sees to it that the next start erases everything. When this returns, that stands on the disk.
  ///
  /// @param why for the log of that start
  /// @throws UncheckedIOException if it cannot be written; trying again is safe
  static void order(Path data, String why) {
    Path order = data.resolve(ORDER);
    try {
      try (FileChannel file =
          FileChannel.open(
              order,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        ByteBuffer text = ByteBuffer.wrap((why + "\n").getBytes(StandardCharsets.UTF_8));
        while (text.hasRemaining()) {
          file.write(text);
        }
        file.force(true);
      }
      sync(data);
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot write " + order, failure);
    }
  }

  /// Whether there is something to erase.
  boolean isOrdered() {
    return Files.exists(order(), LinkOption.NOFOLLOW_LINKS);
  }

  private Path order() {
    return data.resolve(ORDER);
  }

  /// Erases. Must be called before anything in the data directory is opened. Blocks for as long as
  /// the disk takes to forget so many files.
  ///
  /// @throws IOException if something cannot be deleted; the next start tries again
  void carryOut() throws IOException {
    log.atWarn()
        .addKeyValue("data", data)
        .addKeyValue("because", Files.readString(order()).strip())
        .log("erasing everything, keys first");
    for (String name : KEYS) {
      delete(data.resolve(name), true);
    }
    sync(data);
    log.atWarn().log("the keys are gone; what is left cannot be read any more and is deleted now");
    delete(instance, false);
    for (Path entry : entries()) {
      String name = entry.getFileName().toString();
      if (!name.equals(ORDER) && !name.equals(LOST_AND_FOUND)) {
        delete(entry, false);
      }
    }
    sync(data);
    before.accept(order());
    Files.delete(order());
    sync(data);
    log.atWarn().log("everything is erased; the box starts as new");
  }

  private List<Path> entries() throws IOException {
    try (Stream<Path> entries = Files.list(data)) {
      return entries.sorted().toList();
    }
  }

  /// Deletes a file or a directory with all that is in it. Links are not followed.
  private void delete(Path top, boolean overwritten) throws IOException {
    if (!Files.exists(top, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Files.walkFileTree(
        top,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            return kept.contains(directory)
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (kept.contains(file)) {
              return FileVisitResult.CONTINUE;
            }
            before.accept(file);
            if (overwritten && attributes.isRegularFile()) {
              overwrite(file, attributes.size());
            }
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            if (kept.stream().noneMatch(path -> path.startsWith(directory))) {
              before.accept(directory);
              Files.delete(directory);
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /// A disk that writes in place forgets the key with this; of others nobody knows.
  private static void overwrite(Path file, long size) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      ByteBuffer nothing = ByteBuffer.allocate(Math.toIntExact(Math.min(size, 1 << 20)));
      while (nothing.hasRemaining()) {
        channel.write(nothing);
      }
      channel.force(true);
    }
  }

  private static void sync(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
