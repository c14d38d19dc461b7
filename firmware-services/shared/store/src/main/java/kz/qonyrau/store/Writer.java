package kz.qonyrau.store;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one thread that writes. Whatever waits when it comes round shares one commit.
final class Writer {

  private static final Logger log = LoggerFactory.getLogger(Writer.class);

  /// How many pieces of work may wait. At a thousand a second the last waits ten seconds, longer
  /// than anyone would still want its answer.
  private static final int LONGEST_QUEUE = 10_000;

  private static final int LARGEST_BATCH = 256;

  /// After this much work the batch commits, so that one long import does not hold up the answers
  /// to those before it.
  private static final Duration LONGEST_BATCH = Duration.ofMillis(50);

  private final Database database;
  private final Jdbi jdbi;
  private final BlockingQueue<Entry<?>> queue = new ArrayBlockingQueue<>(LONGEST_QUEUE);
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Thread thread;
  private @Nullable Handle handle;

  Writer(Database database) {
    this.database = database;
    this.jdbi = Jdbi.create(database.writing());
    this.thread = Thread.ofPlatform().name("store-writer").unstarted(this::run);
  }

  void start() {
    handle = open();
    thread.start();
  }

  <T> Future<T> submit(Work<T> work) {
    Entry<T> entry = new Entry<>(work);
    if (closed.get()) {
      return Future.failedFuture(new StoreRefusesException("the store is closed"));
    }
    if (!queue.offer(entry)) {
      return Future.failedFuture(
          new StoreRefusesException(LONGEST_QUEUE + " pieces of work are waiting to be written"));
    }
    if (closed.get() && queue.remove(entry)) {
      return Future.failedFuture(new StoreRefusesException("the store is closed"));
    }
    return entry.promise.future();
  }

  /// Does what is waiting, then ends the thread. Waits for it.
  void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    // Room for the last entry appears as soon as the thread takes one.
    boolean interrupted = false;
    boolean told = false;
    while (!told || thread.isAlive()) {
      try {
        if (!told) {
          queue.put(Entry.LAST);
          told = true;
        }
        thread.join();
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    boolean goOn = true;
    while (goOn) {
      try {
        Entry<?> first = queue.take();
        goOn = first != Entry.LAST && runBatch(first);
      } catch (InterruptedException _) {
        // Nobody has a reason to interrupt this thread, and Derby would close itself.
      }
    }
    closeHandle();
  }

  /// Runs the first entry and what has come in meanwhile, then commits.
  ///
  /// @return whether to go on
  private boolean runBatch(Entry<?> first) {
    boolean goOn = true;
    List<Entry<?>> done = new ArrayList<>();
    Handle connection;
    try {
      connection = connection();
    } catch (SQLException | RuntimeException | Error failure) {
      return failWaiting(first, failure);
    }
    long start = System.nanoTime();
    @Nullable Entry<?> next = first;
    while (next != null) {
      if (next == Entry.LAST) {
        goOn = false;
        break;
      }
      switch (runOne(connection, next)) {
        case DONE -> done.add(next);
        case UNDONE -> {}
        case ALL_LOST -> {
          Throwable failure = next.failure();
          done.forEach(entry -> entry.fail(failure));
          giveUp(connection);
          return true;
        }
      }
      next =
          done.size() < LARGEST_BATCH && System.nanoTime() - start < LONGEST_BATCH.toNanos()
              ? queue.poll()
              : null;
    }
    commit(connection, done);
    return goOn;
  }

  /// Whoever is in the queue now has waited as long as the first, and gets the same answer at once.
  private boolean failWaiting(Entry<?> first, Throwable failure) {
    List<Entry<?>> waiting = new ArrayList<>(List.of(first));
    queue.drainTo(waiting);
    boolean goOn = !waiting.remove(Entry.LAST);
    waiting.forEach(entry -> entry.fail(failure));
    return goOn;
  }

  /// The writer's connection, in a transaction that nothing was done in yet and that keeps other
  /// nodes out. One that broke since the last batch is opened anew.
  private Handle connection() throws SQLException {
    Handle present = handle;
    if (present != null && !present.isClosed()) {
      try {
        begin(present);
        return present;
      } catch (StoreRefusesException othersWrite) {
        giveUp(present);
        throw othersWrite;
      } catch (SQLException | RuntimeException broken) {
        log.atInfo().setCause(broken).log("the writer's connection broke and is opened anew");
        closeHandle();
      }
    }
    Handle opened = open();
    handle = opened;
    try {
      begin(opened);
      return opened;
    } catch (SQLException | RuntimeException | Error failure) {
      giveUp(opened);
      throw failure;
    }
  }

  private void begin(Handle connection) throws SQLException {
    if (!connection.isInTransaction()) {
      connection.begin();
    }
    database.keepOthersOut(connection.getConnection());
  }

  private Handle open() {
    Handle opened = jdbi.open();
    opened.setStatementBuilder(new KeptStatements());
    return opened;
  }

  private enum Ran {
    DONE,
    UNDONE,
    ALL_LOST
  }

  private static <T> Ran runOne(Handle connection, Entry<T> entry) {
    Connection jdbc = connection.getConnection();
    Savepoint before;
    try {
      before = jdbc.setSavepoint();
    } catch (SQLException | RuntimeException | Error failure) {
      entry.fail(failure);
      return Ran.ALL_LOST;
    }
    try {
      entry.run(connection);
      if (connection.isClosed() || !connection.isInTransaction()) {
        throw new IllegalStateException("a piece of work ended the transaction that it shares");
      }
      jdbc.releaseSavepoint(before);
      return Ran.DONE;
    } catch (Throwable failure) {
      try {
        jdbc.rollback(before);
      } catch (SQLException | RuntimeException lost) {
        // A deadlock or a broken connection has undone the whole transaction.
        failure.addSuppressed(lost);
        entry.fail(failure);
        return Ran.ALL_LOST;
      }
      entry.fail(failure);
      return Ran.UNDONE;
    }
  }

  private void commit(Handle connection, List<Entry<?>> done) {
    try {
      connection.commit();
    } catch (RuntimeException | Error failure) {
      done.forEach(entry -> entry.fail(failure));
      giveUp(connection);
      return;
    }
    done.forEach(Entry::succeed);
  }

  /// Rolls back if that still works, and drops a connection that does not.
  private void giveUp(Handle connection) {
    try {
      if (!connection.isClosed() && connection.isInTransaction()) {
        connection.rollback();
      }
      if (!connection.isClosed() && !Database.isDead(connection.getConnection())) {
        return;
      }
    } catch (RuntimeException failure) {
      log.atWarn().setCause(failure).log("the writer's connection is broken and is opened anew");
    }
    closeHandle();
  }

  private void closeHandle() {
    Handle last = handle;
    handle = null;
    if (last != null) {
      try {
        if (!last.isClosed() && last.isInTransaction()) {
          last.rollback();
        }
        last.close();
      } catch (RuntimeException failure) {
        log.atDebug().setCause(failure).log("closing a broken connection");
      }
    }
  }

  /// A piece of work, its answer between run and commit, and the promise to its caller.
  private static final class Entry<T> {

    /// Ends the thread when its turn comes.
    static final Entry<String> LAST = new Entry<>(_ -> "");

    private final Work<T> work;
    private final Promise<T> promise = Promise.promise();
    private @Nullable T answer;
    private @Nullable Throwable failure;

    Entry(Work<T> work) {
      this.work = work;
    }

    void run(Handle connection) throws Exception {
      answer = work.run(connection);
    }

    @SuppressWarnings("NullAway") // A work over a nullable type may answer null.
    void succeed() {
      try {
        promise.complete(answer);
      } catch (Throwable listenerFailed) {
        log.atError().setCause(listenerFailed).log("a listener to a write threw");
      }
    }

    Throwable failure() {
      return failure == null ? new IllegalStateException("the work has not failed") : failure;
    }

    void fail(Throwable cause) {
      failure = cause;
      try {
        promise.fail(cause);
      } catch (Throwable listenerFailed) {
        log.atError().setCause(listenerFailed).log("a listener to a write threw");
      }
    }
  }
}
