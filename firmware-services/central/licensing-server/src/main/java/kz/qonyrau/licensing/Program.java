package kz.qonyrau.licensing;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.TimeoutException;

/// What a process of central is, while it runs.
sealed interface Program extends AutoCloseable permits Assembly, LoneBroker {

  /// Opens what the settings' role says. Blocks for a few seconds.
  ///
  /// @param data where what belongs to this process alone lives
  /// @throws IllegalStateException or another unchecked exception if a part cannot be opened; what
  ///   was opened before it is closed again
  static Program open(Path data, Settings settings, InstantSource clock)
      throws InterruptedException, TimeoutException {
    return settings.role() == Settings.Role.BROKER
        ? LoneBroker.open(data, settings, clock)
        : Assembly.open(data, settings, clock);
  }

  /// One line of JSON for whoever started it.
  String readyLine();

  @Override
  void close();
}
