package kz.qonyrau.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Processor time that a process has used so far, from `/proc`.
final class CpuTime {

  /// The kernel's unit, `getconf CLK_TCK`, is 100 on every Linux that we support.
  private static final double TICKS_PER_SECOND = 100;

  private CpuTime() {}

  static double seconds(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      // The second field is the program's name in brackets and may hold blanks.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
    } catch (IOException failure) {
      throw new UncheckedIOException("process " + pid + " has gone", failure);
    }
  }
}
