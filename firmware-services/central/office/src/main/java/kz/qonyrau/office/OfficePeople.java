package kz.qonyrau.office;

import io.vertx.core.Future;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kz.qonyrau.store.Store;
import kz.qonyrau.web.Credential;
import kz.qonyrau.web.FirstPassword;
import kz.qonyrau.web.Passwords;
import kz.qonyrau.web.People;
import kz.qonyrau.web.Person;

/// The central admins, in schema OFFICE.
final class OfficePeople implements People {

  /// Who there is at the first start: nobody may both run the fleet and move money, and what moves
  /// money without a payment needs two.
  private static final Map<String, String> FIRST =
      Map.of(
          "fleet",
          "FLEET",
          "billing",
          "BILLING",
          "approver",
          "BILLING",
          "complaints",
          "COMPLAINTS",
          "auditor",
          "AUDITOR");

  private final Store store;

  OfficePeople(Store store) {
    this.store = store;
  }

  /// Makes the first people if there is nobody yet, and writes their passwords into `file`.
  Future<Void> makeTheFirst(Passwords passwords, Path file) {
    return store
        .read(handle ->
            handle.createQuery("SELECT COUNT(*) FROM office.person").mapTo(Long.class).one())
        .compose(count -> count > 0 ? Future.succeededFuture() : insertTheFirst(passwords, file));
  }

  private Future<Void> insertTheFirst(Passwords passwords, Path file) {
    List<FirstPassword> first =
        FIRST.entrySet().stream()
            .map(entry -> FirstPassword.random(entry.getKey(), entry.getValue()))
            .toList();
    FirstPassword.write(file, first);
    return store
        .write(handle -> {
          for (FirstPassword each : first) {
            handle
                .createUpdate(
                    """
                    INSERT INTO office.person (login, full_name, role, password_hash,
                      must_change)
                    VALUES (:login, :name, :role, :hash, TRUE)
                    """)
                .bind("login", each.login())
                .bind("name", each.login())
                .bind("role", each.role())
                .bind("hash", passwords.hashNow(each.password()))
                .execute();
          }
          return first.size();
        })
        .mapEmpty();
  }

  @Override
  public Future<Optional<Credential>> find(String login) {
    return store.read(handle ->
        handle
            .createQuery(
                """
                SELECT login, full_name, role, password_hash, must_change, locked_until_ms
                FROM office.person WHERE login = :login
                """)
            .bind("login", login)
            .map((row, _) -> credential(row))
            .findOne());
  }

  private static Credential credential(ResultSet row) throws SQLException {
    long lockedUntil = row.getLong("locked_until_ms");
    Optional<Instant> locked =
        row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(lockedUntil));
    return new Credential(
        new Person(
            row.getString("login"),
            row.getString("full_name"),
            row.getString("role"),
            row.getBoolean("must_change")),
        row.getString("password_hash"),
        locked);
  }

  @Override
  public Future<Void> savePassword(String login, String passwordHash) {
    return store
        .write(handle ->
            handle
                .createUpdate(
                    """
                    UPDATE office.person SET password_hash = :hash, must_change = FALSE
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
                    "UPDATE office.person SET locked_until_ms = :until WHERE login = :login")
                .bind("until", until.toEpochMilli())
                .bind("login", login)
                .execute())
        .mapEmpty();
  }
}
