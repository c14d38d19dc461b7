package kz.qonyrau.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// The threads that read, each with a connection of its own that cannot write.
final class Readers {

  private static final int LONGEST_QUEUE = 10_000;
  private static final int MOST_ATTEMPTS = 3;

  /// How the states begin of what a second attempt may be spared: a lost deadlock, in Derby's words
  /// and in PostgreSQL's, a broken connection, and a server that is going down or coming up.
  private static final List<String> PASSING = List.of("40001", "40P01", "08", "57P0");

  private final Duration patience;
  private final HikariDataSource pool;
  private final Jdbi jdbi;
  private final ThreadPoolExecutor threads;

  Readers(DataSource connections, int count, Duration patience) {
    this.patience = patience;
    HikariConfig config = new HikariConfig();
    config.setPoolName("store-readers");
    config.setDataSource(connections);
    config.setReadOnly(true);
    config.setAutoCommit(false);
    config.setMaximumPoolSize(count);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(patience.toMillis());
    pool = new HikariDataSource(config);
    jdbi = Jdbi.create(pool);
    AtomicInteger number = new AtomicInteger();
    threads =
        new ThreadPoolExecutor(
            count,
            count,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(LONGEST_QUEUE),
            task ->
                Thread.ofPlatform()
                    .daemon()
                    .name("store-reader-" + number.incrementAndGet())
                    .unstarted(task));
  }

  <T> Future<T> submit(Work<T> work) {
    Promise<T> promise = Promise.promise();
    try {
      threads.execute(() -> run(work, promise));
    } catch (RejectedExecutionException _) {
      return Future.failedFuture(
          new StoreRefusesException(
              threads.isShutdown()
                  ? "the store is closed"
                  : LONGEST_QUEUE + " pieces of work are waiting to read"));
    }
    return promise.future();
  }

  private <T> void run(Work<T> work, Promise<T> promise) {
    T answer;
    try {
      answer = attempt(work);
    } catch (Throwable failure) {
      promise.fail(failure);
      return;
    }
    promise.complete(answer);
  }

  /// Reading changes nothing, so a reader that lost a deadlock against the writer, or its
  /// connection, goes again.
  private <T> T attempt(Work<T> work) throws Exception {
    for (int attempt = 1; ; attempt++) {
      try {
        return runOnce(work);
      } catch (Exception failure) {
        if (attempt == MOST_ATTEMPTS || !mayGoBetter(failure)) {
          throw failure;
        }
      }
    }
  }

  private <T> T runOnce(Work<T> work) throws Exception {
    try (Handle handle = jdbi.open()) {
      handle.begin();
      T answer;
      try {
        answer = work.run(handle);
      } catch (Exception | Error failure) {
        giveUp(handle, failure);
        throw failure;
      }
      if (handle.isInTransaction()) {
        handle.rollback();
      }
      return answer;
    }
  }

  /// Whether it may go better next time is said by the failure, not by a connection that broke with
  /// it.
  private static void giveUp(Handle handle, Throwable failure) {
    try {
      if (handle.isInTransaction()) {
        handle.rollback();
      }
    } catch (RuntimeException alsoFailed) {
      failure.addSuppressed(alsoFailed);
    }
  }

  private static boolean mayGoBetter(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql
          && PASSING.stream().anyMatch(String.valueOf(sql.getSQLState())::startsWith)) {
        return true;
      }
    }
    return false;
  }

  /// Lets reads under way finish, as long as the busy timeout allows.
  void close() {
    threads.shutdown();
    try {
      if (!threads.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        threads.getQueue().clear();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    pool.close();
  }
}
