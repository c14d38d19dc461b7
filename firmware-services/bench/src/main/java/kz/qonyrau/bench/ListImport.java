package kz.qonyrau.bench;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import kz.qonyrau.bench.Bench.Place;
import kz.qonyrau.rehearsal.Campaigning;
import kz.qonyrau.rehearsal.Stage;
import kz.qonyrau.rehearsal.StageSettings;

/// How long a box takes to import a list of 200 000 contacts (AC-CON-01), beside reading the same
/// file line by line and doing nothing with it.
final class ListImport {

  private static final int ROWS = Integer.getInteger("rows", 200_000);
  private static final int ROUNDS = 3;

  Figure run(Place place) throws Exception {
    Path file = place.data().resolve("list.csv");
    write(file);
    Stage stage =
        Stage.on(place.root(), place.bundles(), place.data(), StageSettings.USUAL.asForMonths());
    try {
      stage.start(_ -> {});
      Campaigning business = new Campaigning(stage.box());
      double[] imports = new double[ROUNDS];
      double[] reads = new double[ROUNDS];
      Map<String, Double> details = new LinkedHashMap<>();
      for (int round = 0; round < ROUNDS; round++) {
        reads[round] = read(file);
        long begun = System.nanoTime();
        String list = business.list("round " + round, BodyPublishers.ofFile(file));
        imports[round] = (System.nanoTime() - begun) / 1e9;
        long contacts = stage.box().get("/lists/" + list).path("contacts").asLong();
        if (contacts != ROWS) {
          throw new IllegalStateException(contacts + " contacts came of " + ROWS + " rows");
        }
        details.put("round" + (round + 1) + "Seconds", imports[round]);
      }
      details.put("rows", (double) ROWS);
      details.put("boxPeakMiB", peakMiB(stage.pid("box")));
      double value = Startup.median(imports);
      double baseline = Startup.median(reads);
      return new Figure(
          "import",
          value,
          "seconds from the upload to a list that can be used, median of " + ROUNDS,
          baseline,
          "reading the same file line by line",
          value / baseline,
          "value / baseline",
          details);
    } finally {
      stage.close();
    }
  }

  private static void write(Path file) throws IOException {
    try (BufferedWriter writer = Files.newBufferedWriter(file)) {
      writer.write("телефон;имя;заказ;сумма\r\n");
      for (int row = 0; row < ROWS; row++) {
        writer.write(
            "8 (701) %03d-%02d-%02d;Абонент %d;A-%d;%d,50\r\n"
                .formatted(
                    row / 10_000 % 1000, row / 100 % 100, row % 100, row, row, row % 90_000));
      }
    }
  }

  private static double read(Path file) throws IOException {
    long begun = System.nanoTime();
    long characters = 0;
    try (BufferedReader reader = Files.newBufferedReader(file)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        characters += line.length();
      }
    }
    if (characters < ROWS) {
      throw new IOException("the file is too short: " + characters);
    }
    return (System.nanoTime() - begun) / 1e9;
  }

  private static double peakMiB(long pid) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"))) {
      if (line.startsWith("VmHWM:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
      }
    }
    throw new IOException("no VmHWM for " + pid);
  }
}
