package kz.qonyrau.appliance;

import com.typesafe.config.ConfigException;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/// The box's program.
///
/// `Main --config FILE` opens everything, says in one line of JSON on standard output that it is
/// up, and runs until it is asked to end (SIGTERM, SIGINT). It ends with 2 if the configuration is
/// wrong, with 1 if something cannot be opened, and with 85 when central ordered a restart or the
/// box has retired: then whoever supervises it must start it again. After a retirement it first
/// erases everything and then starts as new.
public final class Main {

  private static final Logger log = LoggerFactory.getLogger(Main.class);

  /// The exit code that asks to be started again; ERESTART of Linux.
  static final int RESTART = 85;

  private Main() {}

  public static void main(String... arguments) {
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
    Path configuration;
    Settings settings;
    try {
      configuration = configFile(arguments);
      settings = Settings.read(configuration);
    } catch (ConfigException | IllegalArgumentException refused) {
      System.err.println("The box does not start: " + refused.getMessage());
      System.exit(2);
      return;
    }
    Assembly assembly;
    try {
      Assembly.eraseIfOrdered(settings, configuration);
      assembly = Assembly.open(settings, Main::restart);
    } catch (Exception failure) {
      log.atError().setCause(failure).log("the box does not start");
      System.exit(1);
      return;
    }
    Runtime.getRuntime().addShutdownHook(new Thread(assembly::close, "shutdown"));
    System.out.println("{\"ready\":true,\"http\":" + assembly.httpPort() + "}");
  }

  /// Not on the caller's thread, which the end of the program waits for.
  private static void restart() {
    var _ = Thread.ofPlatform().name("restart").start(() -> System.exit(RESTART));
  }

  private static Path configFile(String... arguments) {
    if (!List.of(arguments).subList(0, Math.min(1, arguments.length)).equals(List.of("--config"))
        || arguments.length != 2) {
      throw new IllegalArgumentException("usage: --config FILE");
    }
    return Path.of(arguments[1]);
  }
}
