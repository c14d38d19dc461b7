package kz.qonyrau.integrations;

import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import kz.qonyrau.store.Store;
import kz.qonyrau.web.Program;
import kz.qonyrau.web.Repetitions;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// What programs were answered in the last 24 hours, sealed. A request that was under way when the
/// program died is done again from the same seed.
public final class KeptAnswers implements Repetitions {

  /// How long the same name means the same request.
  public static final Duration KEPT = Duration.ofHours(24);

  /// Whose run it is that ended half-way.
  private static final String NOBODY = new UUID(0, 0).toString();

  private final Store store;
  private final Seal seal;
  private final InstantSource clock;

  /// Which start of the program this is.
  private final String run = UUID.randomUUID().toString();

  KeptAnswers(Store store, Seal seal, InstantSource clock) {
    this.store = store;
    this.seal = seal;
    this.clock = clock;
  }

  private record Kept(
      String request,
      UUID seed,
      String run,
      Optional<Integer> status,
      @Nullable String answer,
      long begunAtMs) {

    static Kept read(ResultSet row) throws SQLException {
      int number = row.getInt("status");
      Optional<Integer> status = row.wasNull() ? Optional.empty() : Optional.of(number);
      return new Kept(
          row.getString("request"),
          UUID.fromString(row.getString("seed")),
          row.getString("run"),
          status,
          row.getString("answer"),
          row.getLong("begun_at_ms"));
    }
  }

  @Override
  public Turn begin(Program program, String name, String request) {
    String hash = Digests.sha256(name);
    return store.write(handle -> begin(handle, program.key(), hash, request)).await();
  }

  private Turn begin(Handle handle, String key, String hash, String request) {
    long now = clock.instant().toEpochMilli();
    Optional<Kept> before = find(handle, key, hash);
    if (before.isPresent() && before.get().begunAtMs <= now - KEPT.toMillis()) {
      delete(handle, key, hash);
      before = Optional.empty();
    }
    if (before.isEmpty()) {
      UUID seed = UUID.randomUUID();
      insert(handle, key, hash, request, seed, now);
      return new Turn.First(seed);
    }
    Kept kept = before.get();
    if (!kept.request.equals(request)) {
      return new Turn.Different();
    }
    if (kept.status.isPresent()) {
      return new Turn.Again(kept.status.get(), opened(kept.answer, key, hash));
    }
    if (kept.run.equals(run)) {
      return new Turn.UnderWay();
    }
    var _ = begunBy(handle, run, key, hash);
    return new Turn.First(kept.seed);
  }

  private String opened(@Nullable String answer, String key, String hash) {
    return answer == null || answer.isEmpty()
        ? ""
        : new String(
            seal.open(Base64.getDecoder().decode(answer), context(key, hash)),
            StandardCharsets.UTF_8);
  }

  private static String context(String key, String hash) {
    return "answer/" + key + "/" + hash;
  }

  private static Optional<Kept> find(Handle handle, String key, String hash) {
    return handle
        .createQuery(
            "SELECT * FROM integration.kept_answer WHERE key_id = :key AND name_hash = :hash")
        .bind("key", key)
        .bind("hash", hash)
        .map((row, _) -> Kept.read(row))
        .findOne();
  }

  private void insert(Handle handle, String key, String hash, String request, UUID seed, long now) {
    handle
        .createUpdate(
            """
            INSERT INTO integration.kept_answer (key_id, name_hash, request, seed, run, begun_at_ms)
            VALUES (:key, :hash, :request, :seed, :run, :now)
            """)
        .bind("key", key)
        .bind("hash", hash)
        .bind("request", request)
        .bind("seed", seed.toString())
        .bind("run", run)
        .bind("now", now)
        .execute();
  }

  private static void delete(Handle handle, String key, String hash) {
    handle
        .createUpdate(
            "DELETE FROM integration.kept_answer WHERE key_id = :key AND name_hash = :hash")
        .bind("key", key)
        .bind("hash", hash)
        .execute();
  }

  @Override
  public void keep(Program program, String name, int status, String json) {
    String hash = Digests.sha256(name);
    String sealed =
        json.isEmpty()
            ? ""
            : Base64.getEncoder()
                .encodeToString(
                    seal.seal(json.getBytes(StandardCharsets.UTF_8), context(program.key(), hash)));
    var _ =
        store
            .write(handle ->
                handle
                        .createUpdate(
                            """
                            UPDATE integration.kept_answer SET status = :status, answer = :answer
                            WHERE key_id = :key AND name_hash = :hash AND status IS NULL
                            """)
                        .bind("status", status)
                        .bind("answer", sealed)
                        .bind("key", program.key())
                        .bind("hash", hash)
                        .execute()
                    == 1)
            .await();
  }

  @Override
  public void letGo(Program program, String name) {
    String hash = Digests.sha256(name);
    var _ =
        store
            .write(handle ->
                handle
                        .createUpdate(
                            """
                            DELETE FROM integration.kept_answer
                            WHERE key_id = :key AND name_hash = :hash AND status IS NULL
                            """)
                        .bind("key", program.key())
                        .bind("hash", hash)
                        .execute()
                    == 1)
            .await();
  }

  @Override
  public void interrupted(Program program, String name) {
    String hash = Digests.sha256(name);
    var _ = store.write(handle -> begunBy(handle, NOBODY, program.key(), hash)).await();
  }

  private static boolean begunBy(Handle handle, String run, String key, String hash) {
    return handle
            .createUpdate(
                """
                UPDATE integration.kept_answer SET run = :run
                WHERE key_id = :key AND name_hash = :hash AND status IS NULL
                """)
            .bind("run", run)
            .bind("key", key)
            .bind("hash", hash)
            .execute()
        == 1;
  }

  /// Forgets what is too old to be repeated.
  ///
  /// @return how many
  Future<Integer> purge() {
    long before = clock.instant().minus(KEPT).toEpochMilli();
    return store.write(handle ->
        handle
            .createUpdate("DELETE FROM integration.kept_answer WHERE begun_at_ms <= :before")
            .bind("before", before)
            .execute());
  }
}
