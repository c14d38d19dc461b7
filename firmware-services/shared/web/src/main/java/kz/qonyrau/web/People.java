package kz.qonyrau.web;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.Optional;

/// Who may sign in. Each console keeps its own people in its own tables.
public interface People {

  /// The person of a login.
  ///
  /// @param login in lower case
  Future<Optional<Credential>> find(String login);

  /// Stores a new hash and notes that the first password is gone. Repeating it is safe.
  Future<Void> savePassword(String login, String passwordHash);

  /// Keeps a lock over a restart. A login that does not exist is ignored.
  Future<Void> lock(String login, Instant until);
}
