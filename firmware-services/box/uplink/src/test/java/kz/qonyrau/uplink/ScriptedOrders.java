package kz.qonyrau.uplink;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kz.qonyrau.store.Store;
import kz.qonyrau.wire.CommandDocument;

/// Notes what it was told to do, and does it at once.
final class ScriptedOrders implements Orders {

  final List<String> done = new ArrayList<>();
  private final Store store;

  /// Makes diagnostics fail.
  boolean broken;

  ScriptedOrders(Store store) {
    this.store = store;
  }

  @Override
  public Future<?> pauseCampaigns(CommandDocument command, Instant at, Answer answer) {
    return store.write(handle -> {
      answer.done(handle);
      done.add("pause " + at);
      return true;
    });
  }

  @Override
  public Future<?> resumeCampaigns(
      CommandDocument command, Optional<Instant> pausedAt, Answer answer) {
    return store.write(handle -> {
      answer.done(handle);
      done.add("resume " + pausedAt.map(Instant::toString).orElse("nothing"));
      return true;
    });
  }

  @Override
  public Future<Map<String, String>> diagnostics() {
    return broken
        ? Future.failedFuture(new IllegalStateException("nothing can be measured"))
        : Future.succeededFuture(Map.of("java", "25"));
  }

  @Override
  public Future<?> restart(CommandDocument command) {
    done.add("restart");
    return Future.future(_ -> {});
  }

  @Override
  public void erase(String commandId) {
    done.add("erase " + commandId);
  }
}
