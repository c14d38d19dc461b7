package kz.qonyrau.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// What a process has right now.
record Vitals(double residentMiB, int threads, int files) {

  static Vitals of(long pid) throws IOException {
    Path proc = Path.of("/proc", Long.toString(pid));
    double kib = 0;
    int threads = 0;
    for (String line : Files.readAllLines(proc.resolve("status"))) {
      if (line.startsWith("VmRSS:")) {
        kib = Long.parseLong(line.replaceAll("\\D", ""));
      } else if (line.startsWith("Threads:")) {
        threads = Integer.parseInt(line.replaceAll("\\D", ""));
      }
    }
    try (Stream<Path> files = Files.list(proc.resolve("fd"))) {
      return new Vitals(kib / 1024, threads, (int) files.count());
    }
  }
}
