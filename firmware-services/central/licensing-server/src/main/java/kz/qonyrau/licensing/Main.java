package kz.qonyrau.licensing;

import com.typesafe.config.ConfigException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.logging.LogManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/// Starts the licensing server: `--data DIR [--config FILE]`. Prints one line of JSON when it is
/// ready, and stops in good order on SIGTERM.
public final class Main {

  private static final Logger log = LoggerFactory.getLogger(Main.class);
  private static final int USAGE = 2;

  private Main() {}

  /// The program.
  public static void main(String[] arguments) throws InterruptedException, TimeoutException {
    LogManager.getLogManager().reset();
    SLF4JBridgeHandler.install();
    Optional<Path> data = Optional.empty();
    Optional<Path> config = Optional.empty();
    for (int i = 0; i + 1 < arguments.length; i += 2) {
      switch (arguments[i]) {
        case "--data" -> data = Optional.of(Path.of(arguments[i + 1]));
        case "--config" -> config = Optional.of(Path.of(arguments[i + 1]));
        default -> {
          data = Optional.empty();
          i = arguments.length;
        }
      }
    }
    if (data.isEmpty() || arguments.length % 2 != 0) {
      System.err.println("usage: licensing-server --data DIR [--config FILE]");
      System.exit(USAGE);
      return;
    }
    Settings settings;
    try {
      settings = Settings.read(config);
    } catch (ConfigException | IllegalArgumentException wrong) {
      System.err.println(wrong.getMessage());
      System.exit(USAGE);
      return;
    }
    Program central = Program.open(data.get().toAbsolutePath(), settings, Clock.systemUTC());
    CountDownLatch closed = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  central.close();
                  log.atInfo().log("stopped");
                  closed.countDown();
                },
                "stop"));
    System.out.println(central.readyLine());
    System.out.flush();
    closed.await();
  }
}
