package kz.qonyrau.integrations;

import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import kz.qonyrau.store.Store;
import org.jdbi.v3.core.Handle;

/// Follows the rows of an [EventSource]: what a row comes to is written down in one transaction
/// with how far they were read.
final class Follower {

  private static final int AT_ONCE = 200;

  private final Store store;
  private final Webhooks webhooks;
  private final EventSource source;

  Follower(Store store, Webhooks webhooks, EventSource source) {
    this.store = store;
    this.webhooks = webhooks;
    this.source = source;
  }

  /// Reads on to the end. Blocks.
  ///
  /// @return whether there was anything new
  boolean follow() {
    Optional<Long> position = store.read(this::position).await();
    if (position.isEmpty()) {
      long last = source.last().await();
      var _ = move(List.of(), last).await();
      return false;
    }
    long at = position.get();
    List<EventSource.Row> rows = source.after(at, AT_ONCE).await();
    boolean any = !rows.isEmpty();
    while (!rows.isEmpty()) {
      at = rows.getLast().position();
      var _ = move(rows, at).await();
      rows = source.after(at, AT_ONCE).await();
    }
    return any;
  }

  private Future<Boolean> move(List<EventSource.Row> rows, long position) {
    return store.write(handle -> {
      rows.forEach(row -> webhooks.tell(handle, row.event()));
      int known =
          handle
              .createUpdate(
                  "UPDATE integration.progress SET position = :position WHERE source = :source")
              .bind("position", position)
              .bind("source", source.name())
              .execute();
      if (known == 0) {
        handle
            .createUpdate(
                "INSERT INTO integration.progress (source, position) VALUES (:source, :position)")
            .bind("position", position)
            .bind("source", source.name())
            .execute();
      }
      return true;
    });
  }

  private Optional<Long> position(Handle handle) {
    return handle
        .createQuery("SELECT position FROM integration.progress WHERE source = :source")
        .bind("source", source.name())
        .mapTo(Long.class)
        .findOne();
  }
}
