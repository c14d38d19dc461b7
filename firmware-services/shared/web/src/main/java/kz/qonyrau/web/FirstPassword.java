package kz.qonyrau.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;

/// A password made for a person at the first start, to be replaced at the first sign-in.
///
/// @param login who it is for
/// @param role what the person may do
/// @param password 16 characters that cannot be mistaken for one another, about 79 bits
public record FirstPassword(String login, String role, String password) {

  private static final String ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789";
  private static final int LENGTH = 16;

  public static FirstPassword random(String login, String role) {
    SecureRandom random = new SecureRandom();
    StringBuilder password = new StringBuilder();
    for (int each = 0; each < LENGTH; each++) {
      password.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return new FirstPassword(login, role, password.toString());
  }

  /// Writes `login role password` lines to a file that only its owner may read, and forces it to
  /// the disk. Do this before the people are stored: a crash in between then loses nothing.
  ///
  /// @throws UncheckedIOException if it cannot be written
  public static void write(Path file, List<FirstPassword> passwords) {
    StringBuilder lines = new StringBuilder();
    for (FirstPassword each : passwords) {
      lines.append(each.login).append(' ').append(each.role).append(' ').append(each.password);
      lines.append('\n');
    }
    store(file, lines.toString());
  }

  /// As [#write], for one password and nothing else in the file.
  public static void writeOne(Path file, FirstPassword password) {
    store(file, password.password + "\n");
  }

  private static void store(Path file, String lines) {
    try {
      Files.deleteIfExists(file);
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(file, lines, StandardCharsets.UTF_8);
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
    } catch (IOException unwritable) {
      throw new UncheckedIOException("cannot write the first passwords to " + file, unwritable);
    }
  }

  /// Leaves the password out.
  @Override
  public String toString() {
    return "FirstPassword of " + login;
  }
}
