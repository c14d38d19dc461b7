package kz.qonyrau.testsupport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// A directory with a short path under `/tmp` that other users may walk through but not list (mode
/// 711), as Asterisk's sockets need it. Deleted afterwards.
public final class UnprivilegedDirectory implements AutoCloseable, AfterEachCallback {

  private final Path path;

  public UnprivilegedDirectory() {
    try {
      path = Files.createTempDirectory(Path.of("/tmp"), "q");
      var _ = Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx--x--x"));
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot make a directory under /tmp", failure);
    }
  }

  public Path path() {
    return path;
  }

  @Override
  public void afterEach(ExtensionContext context) {
    close();
  }

  /// Deletes the directory and what is in it. Links are not followed.
  @Override
  public void close() {
    if (!Files.exists(path)) {
      return;
    }
    try {
      var _ = Files.walkFileTree(path, new Deletion());
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot delete " + path, failure);
    }
  }

  private static final class Deletion extends SimpleFileVisitor<Path> {

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.deleteIfExists(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) {
      return FileVisitResult.CONTINUE; // A process that is ending may delete its own files.
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
        throws IOException {
      Files.deleteIfExists(directory);
      return FileVisitResult.CONTINUE;
    }
  }
}
