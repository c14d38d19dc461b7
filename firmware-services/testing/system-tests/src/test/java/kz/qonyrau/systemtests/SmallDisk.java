package kz.qonyrau.systemtests;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A file system of a few kilobytes in memory, mounted on a directory: a disk that fills up.
final class SmallDisk implements AutoCloseable {

  private final Path directory;

  private SmallDisk(Path directory) {
    this.directory = directory;
  }

  /// @param kilobytes how much fits
  /// @throws IllegalStateException if this user may not mount; the tests run as root or with sudo
  static SmallDisk mountedOn(Path directory, int kilobytes) throws IOException {
    Files.createDirectories(directory);
    run(
        "mount",
        "-t",
        "tmpfs",
        "-o",
        "mode=777,size=" + kilobytes + "k",
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
