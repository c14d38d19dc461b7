package kz.qonyrau.store;

import org.jdbi.v3.core.Handle;

/// A piece of work on the database, run in a transaction that [Store] begins and ends.
///
/// It must not commit, roll back, close the handle, keep it, or wait for another piece of work.
///
/// @param <T> what it answers
@FunctionalInterface
public interface Work<T> {

  /// Does the work and answers.
  ///
  /// @throws Exception whatever the work throws; it reaches the caller's future as it is, and
  ///   nothing of this work is kept
  T run(Handle handle) throws Exception;
}
