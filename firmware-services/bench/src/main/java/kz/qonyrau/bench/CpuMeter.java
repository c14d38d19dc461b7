package kz.qonyrau.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/// Processor time that some processes use from now on, from `/proc`.
final class CpuMeter {

  /// The kernel's unit, `getconf CLK_TCK`, is 100 on every Linux that we support.
  private static final double TICKS_PER_SECOND = 100;

  private final Map<String, Long> processes;
  private final Map<String, Double> before;

  /// @param processes their ids by a name
  CpuMeter(Map<String, Long> processes) {
    this.processes = Map.copyOf(processes);
    this.before = read();
  }

  /// How much each has used since the meter was made, by name.
  Map<String, Double> seconds() {
    Map<String, Double> used = read();
    used.replaceAll((name, seconds) -> seconds - before.getOrDefault(name, 0.0));
    return used;
  }

  private Map<String, Double> read() {
    Map<String, Double> seconds = new TreeMap<>();
    processes.forEach((name, pid) -> seconds.put(name, read(pid)));
    return seconds;
  }

  private static double read(long pid) {
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
