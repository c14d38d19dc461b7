package kz.qonyrau.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import kz.qonyrau.bench.Bench.Place;
import kz.qonyrau.rehearsal.Stage;
import kz.qonyrau.rehearsal.StageSettings;

/// How long a box takes from the command to its first page, and to being ready, beside a JVM of the
/// same kind that starts and does nothing.
final class Startup {

  private static final int ROUNDS = 5;

  Figure run(Place place) throws Exception {
    Stage stage =
        Stage.on(place.root(), place.bundles(), place.data(), StageSettings.USUAL.asForMonths());
    try {
      stage.start(_ -> {});
      double[] page = new double[ROUNDS];
      double[] ready = new double[ROUNDS];
      double[] nothing = new double[ROUNDS];
      for (int round = 0; round < ROUNDS; round++) {
        stage.stop("box");
        long begun = System.nanoTime();
        Thread first = Thread.ofVirtual().unstarted(() -> awaitPage(stage.boxPort()));
        first.start();
        stage.startBox();
        first.join();
        page[round] = seconds(begun);
        stage.awaitLicensed();
        ready[round] = seconds(begun);
        nothing[round] = emptyJvm();
      }
      double value = median(page);
      double baseline = median(nothing);
      return new Figure(
          "startup",
          value,
          "seconds from the command to the first page, median of " + ROUNDS,
          baseline,
          "a JVM that starts, prints its version and ends",
          value / baseline,
          "value / baseline",
          Map.of("readyAndOnlineSeconds", median(ready)));
    } finally {
      stage.close();
    }
  }

  private static void awaitPage(int port) {
    HttpClient client = HttpClient.newHttpClient();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/healthz"))
            .timeout(Duration.ofSeconds(2))
            .build();
    while (true) {
      try {
        if (client.send(request, BodyHandlers.discarding()).statusCode() == 200) {
          return;
        }
      } catch (IOException _) {
        java.util.concurrent.locks.LockSupport.parkNanos(5_000_000);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private static double emptyJvm() throws Exception {
    long begun = System.nanoTime();
    Process process =
        new ProcessBuilder(System.getProperty("java.home") + "/bin/java", "-Xmx1g", "--version")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (process.waitFor() != 0) {
      throw new IllegalStateException("a JVM that does nothing failed");
    }
    return seconds(begun);
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) / 1e9;
  }

  static double median(double[] values) {
    double[] sorted = values.clone();
    java.util.Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
