package kz.qonyrau.store;

import io.vertx.core.Future;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/// Deletes what is overdue in portions that let others write in between, each in one transaction
/// with its proof.
public final class Purge {

  private Purge() {}

  /// Deletes until nothing is left to delete. What was deleted before a failure stays deleted and
  /// proven.
  ///
  /// @param portion deletes some of it, inside the transaction that it is given; empty if nothing
  ///   is left
  /// @return how many entries
  public static Future<Integer> inPortions(
      Store store, Function<Handle, Optional<Purged>> portion, PurgeWitness witness) {
    return store
        .write(handle -> {
          Optional<Purged> proof = portion.apply(handle);
          proof.ifPresent(what -> witness.purged(handle, what));
          return proof.map(Purged::count).orElse(0);
        })
        .compose(count ->
            count == 0
                ? Future.succeededFuture(0)
                : inPortions(store, portion, witness).map(more -> more + count));
  }
}
