package kz.qonyrau.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Files of contacts between their upload and their import. They are forgotten a day after the
/// upload, when 20 newer ones have come, and at a restart. May be used from any thread.
final class UploadShelf {

  /// A file that waits to be imported.
  record Waiting(String id, String fileName, Path file, Instant since) {}

  private static final Logger log = LoggerFactory.getLogger(UploadShelf.class);
  private static final Duration LONGEST = Duration.ofHours(24);
  private static final int MOST = 20;

  private final Path directory;
  private final InstantSource clock;
  private final Map<String, Waiting> waiting = new LinkedHashMap<>();

  /// Makes the directory, or empties it of what an earlier run has left.
  UploadShelf(Path directory, InstantSource clock) {
    this.directory = directory;
    this.clock = clock;
    try {
      Files.createDirectories(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      try (Stream<Path> left = Files.list(directory)) {
        left.filter(Files::isRegularFile).forEach(UploadShelf::delete);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot use " + directory, failure);
    }
  }

  /// Takes a file over.
  synchronized Waiting keep(Path file, String fileName) throws IOException {
    waiting.values().stream()
        .filter(old -> old.since.plus(LONGEST).isBefore(clock.instant()))
        .map(Waiting::id)
        .toList()
        .forEach(this::forget);
    while (waiting.size() >= MOST) {
      forget(waiting.keySet().iterator().next());
    }
    String id = UUID.randomUUID().toString();
    Path kept = Files.move(file, directory.resolve(id + ".csv"));
    Waiting upload = new Waiting(id, fileName, kept, clock.instant());
    waiting.put(id, upload);
    return upload;
  }

  synchronized Optional<Waiting> find(String id) {
    return Optional.ofNullable(waiting.get(id));
  }

  /// Takes a file off the shelf, so that nothing but [#delete] removes it.
  synchronized Optional<Waiting> take(String id) {
    return Optional.ofNullable(waiting.remove(id));
  }

  synchronized void putBack(Waiting upload) {
    waiting.put(upload.id, upload);
  }

  private void forget(String id) {
    Waiting old = waiting.remove(id);
    if (old != null) {
      delete(old.file);
    }
  }

  static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException failure) {
      log.atWarn().setCause(failure).log("an uploaded file could not be deleted");
    }
  }
}
