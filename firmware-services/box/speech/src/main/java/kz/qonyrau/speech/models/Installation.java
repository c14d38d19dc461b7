package kz.qonyrau.speech.models;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.concurrent.atomic.AtomicBoolean;

/// A model or a voice that is being put onto its shelf, on a thread of the shelf.
///
/// @param <T> what it becomes
public final class Installation<T> {

  private final Promise<T> installed = Promise.promise();
  private final AtomicBoolean cancelled = new AtomicBoolean();

  /// One that has not begun.
  public Installation() {}

  /// What is on the shelf, once it is. Fails with [ModelRefusedException] if it was refused or
  /// called off, and with [java.io.IOException] if the disk fails; nothing of it is left then.
  public Future<T> installed() {
    return installed.future();
  }

  /// Calls it off; without effect once it is on the shelf.
  public void cancel() {
    cancelled.set(true);
  }

  /// Where the shelf says how it ended.
  public Promise<T> promise() {
    return installed;
  }

  /// Goes on only if nobody has called it off.
  ///
  /// @throws ModelRefusedException with [ModelFault#CANCELLED] if somebody has
  public void requireWanted() {
    if (cancelled.get() || Thread.currentThread().isInterrupted()) {
      throw new ModelRefusedException(ModelFault.CANCELLED, "the installation was called off");
    }
  }
}
