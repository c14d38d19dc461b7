package kz.qonyrau.speech.models;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A thread that does one thing after the other, with a short queue. Who asks never waits.
public final class ShelfThread implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ShelfThread.class);
  private static final int MOST_WAITING = 16;
  private static final int ENDING_SECONDS = 20;

  /// What is to be done, with a result.
  public interface Work<T> {
    T done() throws IOException, InterruptedException;
  }

  /// What is to be done, with nothing to tell.
  public interface Task {
    void run() throws IOException, InterruptedException;
  }

  private final ExecutorService thread;

  public ShelfThread(String name) {
    this.thread =
        new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MOST_WAITING),
            Thread.ofPlatform().daemon().name(name).factory());
  }

  /// Does something in its turn. What is thrown becomes the future's failure; it fails with
  /// [ModelFault#BUSY] if too much is waiting, or the thread was closed.
  public <T> Future<T> ask(Work<T> work) {
    Promise<T> promise = Promise.promise();
    ask(work, promise);
    return promise.future();
  }

  /// As above, with a promise of the caller's.
  public <T> void ask(Work<T> work, Promise<T> promise) {
    try {
      thread.execute(() -> {
        try {
          promise.complete(work.done());
        } catch (InterruptedException stopped) {
          Thread.currentThread().interrupt();
          promise.fail(stopped);
        } catch (Throwable failure) { // Whatever it is, who waits is told.
          promise.fail(failure);
        }
      });
    } catch (RejectedExecutionException full) {
      promise.fail(
          new ModelRefusedException(
              ModelFault.BUSY,
              "the shelf is closed, or too much is waiting to be done there; try again later",
              full));
    }
  }

  /// As above, with nothing to tell.
  public Future<Void> order(Task task) {
    return ask(
            () -> {
              task.run();
              return true;
            })
        .mapEmpty();
  }

  /// Calls off what is being done and what waits. Waits up to 20 s.
  @Override
  public void close() {
    thread.shutdownNow();
    try {
      if (!thread.awaitTermination(ENDING_SECONDS, TimeUnit.SECONDS)) {
        LOG.atWarn().log("work on a shelf does not end");
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
