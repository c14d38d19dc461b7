package kz.qonyrau.testsupport;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A file system of a few kilobytes in memory, mounted on a directory: a disk that fills up. It
/// belongs to whoever runs the test.
public final class SmallDisk implements AutoCloseable {

  private final Path directory;

  private SmallDisk(Path directory) {
    this.directory = directory;
  }

  /// Mounts one; the directory is made if it is missing.
  ///
  /// @param kilobytes how much fits
  /// @param mode who may do what there, in octal
  /// @throws IllegalStateException if this user may not mount; the tests run as root or with sudo
  public static SmallDisk mountedOn(Path directory, int kilobytes, String mode) throws IOException {
    Files.createDirectories(directory);
    run(
        "mount",
        "-t",
        "tmpfs",
        "-o",
        "mode=%s,uid=%s,size=%dk"
            .formatted(mode, Files.getAttribute(directory, "unix:uid"), kilobytes),
        "tmpfs",
        directory.toString());
    return new SmallDisk(directory);
  }

  @Override
  public void close() throws IOException {
    // Lazily: a program that still runs may hold a file open.
    run("umount", "-l", directory.toString());
  }

  private static void run(String... command) throws IOException {
    List<String> all = new ArrayList<>();
    if (!"root".equals(System.getProperty("user.name"))) {
      all.addAll(List.of("sudo", "-n"));
    }
    all.addAll(List.of(command));
    Process process = new ProcessBuilder(all).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IllegalStateException(
            String.join(" ", all) + " failed; a full disk takes root or sudo to make: " + output);
      }
    } catch (InterruptedException failure) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", failure);
    }
  }
}
