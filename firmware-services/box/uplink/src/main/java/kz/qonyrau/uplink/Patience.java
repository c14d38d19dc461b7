package kz.qonyrau.uplink;

import io.vertx.core.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// How long the uplink's thread waits for the database, and for whoever acts on documents.
final class Patience {

  private static final int SECONDS = 60;

  private Patience() {}

  /// Waits for an answer. A failed future fails as it did, whether or not that is declared.
  static <T> T await(Future<T> future) throws TimeoutException {
    return future.await(SECONDS, TimeUnit.SECONDS);
  }
}
