package kz.qonyrau.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Uploaded zip archives while they are being installed. May be used from any thread.
final class Archives {

  private static final Logger log = LoggerFactory.getLogger(Archives.class);

  private final Path directory;

  /// @param directory for nobody else
  Archives(Path directory) {
    this.directory = directory;
  }

  /// Takes a file over.
  Path keep(Path upload) throws IOException {
    Files.createDirectories(directory);
    return Files.move(upload, directory.resolve(UUID.randomUUID() + ".zip"));
  }

  static void delete(Path zip) {
    try {
      Files.deleteIfExists(zip);
    } catch (IOException failure) {
      log.atWarn().setCause(failure).log("an uploaded archive is not deleted");
    }
  }
}
