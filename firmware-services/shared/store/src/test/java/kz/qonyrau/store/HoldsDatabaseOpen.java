package kz.qonyrau.store;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A process of its own that opens the database named on its command line until its input ends.
final class HoldsDatabaseOpen {

  private HoldsDatabaseOpen() {}

  public static void main(String[] arguments) throws IOException {
    StoreSettings settings =
        new StoreSettings(arguments[0], 1, Duration.ofSeconds(5), Optional.empty());
    try (Store store = Store.open(settings, List.of("SAMPLE"))) {
      System.out.println("open " + (store != null));
      System.out.flush();
      while (System.in.read() >= 0) {
        // Waits for the end.
      }
    }
  }
}
