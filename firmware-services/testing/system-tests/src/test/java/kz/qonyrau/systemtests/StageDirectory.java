package kz.qonyrau.systemtests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import kz.qonyrau.rehearsal.Bundles;
import kz.qonyrau.testsupport.DebianBundle;

/// Where one stage keeps its files: a short path that Asterisk's own user may pass through.
///
/// After a failed test the logs stay, in the module's target directory.
final class StageDirectory implements AutoCloseable {

  private final Path path;

  private StageDirectory(Path path) {
    this.path = path;
  }

  static StageDirectory create() {
    try {
      Path path = Files.createTempDirectory(Path.of("/tmp"), "qonyrau-");
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx--x--x"));
      return new StageDirectory(path);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /// The top of the repository.
  static Path root() {
    return Path.of(System.getProperty("qonyrau.root", ".")).toAbsolutePath().normalize();
  }

  /// What was taken out of Debian's packages.
  ///
  /// @throws IllegalStateException if it was not made; the message names the command
  static Bundles bundles() {
    return new Bundles(DebianBundle.asterisk(), DebianBundle.voices());
  }

  Path path() {
    return path;
  }

  @Override
  public void close() {
    try {
      Path kept = Path.of("target", "stage-logs", path.getFileName().toString());
      keep(path.resolve("logs"), kept);
      keep(path.resolve("box/asterisk/log"), kept.resolve("box-asterisk"));
      keep(path.resolve("carrier/log"), kept.resolve("carrier-asterisk"));
      Files.walkFileTree(
          path,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.delete(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(
                Path directory, @org.jspecify.annotations.Nullable IOException failure)
                throws IOException {
              Files.delete(directory);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot clear " + path, failure);
    }
  }

  private static void keep(Path logs, Path there) throws IOException {
    if (!Files.isDirectory(logs)) {
      return;
    }
    Files.createDirectories(there);
    try (var files = Files.list(logs)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, there.resolve(file.getFileName()));
      }
    }
  }
}
