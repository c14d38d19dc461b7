package kz.qonyrau.appliance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;

/// The box's own secrets, each in a file that only the box's user can read. A secret is made once,
/// at the first start, and never leaves the box.
final class Keys {

  private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");

  private final Path directory;

  private Keys(Path directory) {
    this.directory = directory;
  }

  /// @param directory made if missing, with mode 0700
  static Keys in(Path directory) {
    try {
      Files.createDirectories(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      return new Keys(directory);
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot use the key directory " + directory, failure);
    }
  }

  Path directory() {
    return directory;
  }

  /// 256 random bits as 64 hexadecimal digits, the same at every start.
  ///
  /// @throws IllegalStateException if the file is there but does not hold a secret: nothing that
  ///   was locked with it could be opened with a new one
  String secret(String name) {
    Path file = directory.resolve(name);
    try {
      if (!Files.exists(file)) {
        make(file);
      }
      String secret = Files.readString(file).strip();
      if (!FORM.matcher(secret).matches()) {
        throw new IllegalStateException(
            file + " does not hold a key; put back the one from the backup, or the data is lost");
      }
      return secret;
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot read the key " + file, failure);
    }
  }

  private static void make(Path file) throws IOException {
    byte[] bits = new byte[32];
    new SecureRandom().nextBytes(bits);
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    Path made =
        Files.createFile(
            fresh,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(made, HexFormat.of().formatHex(bits));
    // Whole or not at all: a key that is cut short locks the data away for ever.
    Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
