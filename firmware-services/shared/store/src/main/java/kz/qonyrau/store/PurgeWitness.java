package kz.qonyrau.store;

import org.jdbi.v3.core.Handle;

/// Keeps the proofs of what was deleted because its time was over.
@FunctionalInterface
public interface PurgeWitness {

  /// Called inside the transaction that deletes, so that there is no deletion without its proof.
  void purged(Handle handle, Purged what);
}
