package kz.qonyrau.console;

import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kz.qonyrau.store.Store;
import kz.qonyrau.web.Credential;
import kz.qonyrau.web.FirstPassword;
import kz.qonyrau.web.Passwords;
import kz.qonyrau.web.People;
import kz.qonyrau.web.Person;
import org.jdbi.v3.core.Handle;

/// The people who may sign in at this box, kept in the schema CONSOLE. May be used from any thread.
public final class Staff implements People {

  private final Store store;
  private final InstantSource clock;

  public Staff(Store store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /// Makes `owner`, `operator` and `technician` with first passwords if there is nobody yet.
  ///
  /// The owner's password goes into `first-password` of the directory, all three with their logins
  /// into `first-passwords`, both for this program's user only. They are written before the people
  /// are stored, so a crash in between loses nothing. Hashing takes about a second; call it while
  /// starting, not on an event loop.
  ///
  /// @return whether people were made
  public boolean makeFirst(Path directory) {
    long present =
        store
            .read(handle ->
                handle.createQuery("SELECT COUNT(*) FROM console.person").mapTo(Long.class).one())
            .await();
    if (present > 0) {
      return false;
    }
    List<FirstPassword> first =
        List.of(
            FirstPassword.random("owner", Role.OWNER.name()),
            FirstPassword.random("operator", Role.OPERATOR.name()),
            FirstPassword.random("technician", Role.TECHNICIAN.name()));
    FirstPassword.write(directory.resolve("first-passwords"), first);
    FirstPassword.writeOne(directory.resolve("first-password"), first.getFirst());
    Map<FirstPassword, String> hashes = new LinkedHashMap<>();
    try (Passwords passwords = new Passwords()) {
      first.forEach(each -> hashes.put(each, passwords.hashNow(each.password())));
    }
    return store
        .write(handle -> {
          hashes.forEach((each, hash) -> insert(handle, each, hash));
          return true;
        })
        .await();
  }

  private void insert(Handle handle, FirstPassword first, String hash) {
    String name =
        first.login().substring(0, 1).toUpperCase(java.util.Locale.ROOT)
            + first.login().substring(1);
    handle
        .createUpdate(
            """
            INSERT INTO console.person (login, full_name, role_name, password_hash, must_change,
              created_at_ms)
            VALUES (:login, :name, :role, :hash, TRUE, :now)
            """)
        .bind("login", first.login())
        .bind("name", name)
        .bind("role", first.role())
        .bind("hash", hash)
        .bind("now", clock.instant().toEpochMilli())
        .execute();
  }

  @Override
  public Future<Optional<Credential>> find(String login) {
    return store.read(handle ->
        handle
            .createQuery(
                """
                SELECT login, full_name, role_name, password_hash, must_change, locked_until_ms
                FROM console.person WHERE login = :login
                """)
            .bind("login", login)
            .map((row, _) -> {
              long lockedUntil = row.getLong("locked_until_ms");
              return new Credential(
                  new Person(
                      row.getString("login"),
                      row.getString("full_name"),
                      row.getString("role_name"),
                      row.getBoolean("must_change")),
                  row.getString("password_hash"),
                  lockedUntil == 0
                      ? Optional.empty()
                      : Optional.of(Instant.ofEpochMilli(lockedUntil)));
            })
            .findOne());
  }

  @Override
  public Future<Void> savePassword(String login, String passwordHash) {
    return store
        .write(handle ->
            handle
                .createUpdate(
                    """
                    UPDATE console.person SET password_hash = :hash, must_change = FALSE
                    WHERE login = :login
                    """)
                .bind("hash", passwordHash)
                .bind("login", login)
                .execute())
        .mapEmpty();
  }

  @Override
  public Future<Void> lock(String login, Instant until) {
    return store
        .write(handle ->
            handle
                .createUpdate(
                    "UPDATE console.person SET locked_until_ms = :until WHERE login = :login")
                .bind("until", until.toEpochMilli())
                .bind("login", login)
                .execute())
        .mapEmpty();
  }
}
