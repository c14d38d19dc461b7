package kz.qonyrau.speech.models;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// Directories of files: made for this program's user alone, copied, forced onto the disk, removed.
public final class Trees {

  private Trees() {}

  /// Makes a directory that only this program's user can enter, unless it is there.
  public static void makePrivate(Path directory) throws IOException {
    Files.createDirectories(
        directory,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }

  /// Removes a directory with all that is in it, or a file; without effect if it is not there.
  /// Links are removed, not followed.
  public static void delete(Path tree) throws IOException {
    try (Stream<Path> all = Files.walk(tree)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    } catch (NoSuchFileException _) {
      // It is gone.
    }
  }

  /// The files below a directory, as paths relative to it, in the order of their names.
  public static List<Path> files(Path tree) throws IOException {
    try (Stream<Path> all = Files.walk(tree)) {
      return all.filter(Files::isRegularFile).map(tree::relativize).sorted().toList();
    }
  }

  /// How much the files below a directory hold.
  public static long bytes(Path tree) throws IOException {
    long bytes = 0;
    for (Path file : files(tree)) {
      bytes += Files.size(tree.resolve(file));
    }
    return bytes;
  }

  /// Copies a file into another tree, with the directories above it.
  static void copy(Path from, Path to) throws IOException {
    Path parent = to.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
  }

  /// Forces all files and names below a directory onto the disk.
  public static void sync(Path tree) throws IOException {
    try (Stream<Path> all = Files.walk(tree)) {
      for (Path each : all.toList()) {
        syncOne(each);
      }
    }
  }

  /// Forces a file, or the names in a directory, onto the disk.
  public static void syncOne(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
