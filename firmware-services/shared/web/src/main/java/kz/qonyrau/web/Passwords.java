package kz.qonyrau.web;

import com.password4j.Argon2Function;
import com.password4j.types.Argon2;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.security.SecureRandom;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// Argon2id with 19 MiB, two passes and one lane. A hash costs tens of milliseconds of one core, so
/// it is worked out on two threads of its own, with at most 64 waiting; beyond that the future
/// fails with a [Problem] 503.
public final class Passwords implements AutoCloseable {

  /// The shortest password a person may choose, in characters.
  public static final int SHORTEST = 10;

  private static final int MEMORY_KIB = 19 * 1024;
  private static final int PASSES = 2;
  private static final int LANES = 1;
  private static final int HASH_BYTES = 32;
  private static final int SALT_BYTES = 16;
  private static final int WAITING_MAX = 64;

  private final Argon2Function argon2 =
      Argon2Function.getInstance(MEMORY_KIB, PASSES, LANES, HASH_BYTES, Argon2.ID);
  private final SecureRandom random = new SecureRandom();
  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          2,
          2,
          10,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(WAITING_MAX),
          Thread.ofPlatform().name("passwords-", 0).daemon().factory());

  /// Idle threads end by themselves; nothing is worked out yet.
  public Passwords() {
    threads.allowCoreThreadTimeOut(true);
  }

  /// The encoded hash of a password with a new salt. Any thread may ask.
  public Future<String> hash(String password) {
    return work(() -> hashNow(password));
  }

  /// Whether the password is the one of this hash. Takes the same time either way.
  public Future<Boolean> matches(String password, String hash) {
    return work(() -> Argon2Function.getInstanceFromHash(hash).check(password, hash));
  }

  /// As [#hash], on this thread; for the first start.
  public String hashNow(String password) {
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    return argon2
        .hash(password.getBytes(java.nio.charset.StandardCharsets.UTF_8), salt)
        .getResult();
  }

  private <T> Future<T> work(Callable<T> work) {
    Promise<T> promise = Promise.promise();
    try {
      threads.execute(() -> {
        try {
          promise.complete(work.call());
        } catch (Throwable failure) {
          promise.fail(failure);
        }
      });
    } catch (RejectedExecutionException full) {
      promise.fail(Problem.busy());
    }
    return promise.future();
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
