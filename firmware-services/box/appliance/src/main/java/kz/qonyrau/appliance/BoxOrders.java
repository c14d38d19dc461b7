package kz.qonyrau.appliance;

import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import kz.qonyrau.campaigns.Campaigns;
import kz.qonyrau.uplink.Orders;
import kz.qonyrau.wire.CommandDocument;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Carries out what central orders (PLT-13).
final class BoxOrders implements Orders {

  private static final Logger log = LoggerFactory.getLogger(BoxOrders.class);
  private static final int LONGEST_NAME = 100;

  private final Campaigns campaigns;
  private final Supplier<Future<Map<String, String>>> diagnostics;
  private final Runnable restart;
  private final Path data;

  /// @param data the data directory
  /// @param restart ends the program so that whoever supervises it starts it again; returns at once
  BoxOrders(
      Campaigns campaigns,
      Supplier<Future<Map<String, String>>> diagnostics,
      Path data,
      Runnable restart) {
    this.campaigns = campaigns;
    this.diagnostics = diagnostics;
    this.data = data;
    this.restart = restart;
  }

  @Override
  public Future<?> pauseCampaigns(CommandDocument command, Instant at, Answer answer) {
    return campaigns.pauseAll(by(command), command.reason(), at, answer::done);
  }

  @Override
  public Future<?> resumeCampaigns(
      CommandDocument command, Optional<Instant> pausedAt, Answer answer) {
    return campaigns.resumeAll(
        pausedAt.orElse(Instant.EPOCH), by(command), command.reason(), answer::done);
  }

  private static String by(CommandDocument command) {
    String by = "central/" + command.by();
    return by.length() <= LONGEST_NAME ? by : by.substring(0, LONGEST_NAME);
  }

  @Override
  public Future<Map<String, String>> diagnostics() {
    return diagnostics.get();
  }

  @Override
  public Future<?> restart(CommandDocument command) {
    log.atWarn()
        .addKeyValue("by", command.by())
        .addKeyValue("exitCode", Main.RESTART)
        .log("the program ends to be started again, which is for whoever supervises it");
    restart.run();
    return Future.future(_ -> {});
  }

  @Override
  public void erase(String commandId) {
    Erasure.order(data, "the order " + commandId + " of central");
    log.atWarn()
        .addKeyValue("command", commandId)
        .addKeyValue("exitCode", Main.RESTART)
        .log(
            "central has taken its leave of this box; the program ends, and its next start, which"
                + " is for whoever supervises it, erases everything");
    restart.run();
  }
}
