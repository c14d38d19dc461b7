package kz.qonyrau.speech.models;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.concurrent.atomic.AtomicBoolean;

/// A model that is being put onto the shelf, on a thread of the shelf.
public final class Installation {

  private final Promise<ShelvedModel> model = Promise.promise();
  private final AtomicBoolean cancelled = new AtomicBoolean();

  Installation() {}

  /// The model, once it is on the shelf. Fails with [ModelRefusedException] if it was refused or
  /// called off, and with [java.io.IOException] if the disk fails; nothing of it is left then.
  public Future<ShelvedModel> model() {
    return model.future();
  }

  /// Calls it off; without effect once it is on the shelf.
  public void cancel() {
    cancelled.set(true);
  }

  Promise<ShelvedModel> promise() {
    return model;
  }

  void requireWanted() {
    if (cancelled.get() || Thread.currentThread().isInterrupted()) {
      throw new ModelRefusedException(ModelFault.CANCELLED, "the installation was called off");
    }
  }
}
