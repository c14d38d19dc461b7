package kz.qonyrau.web;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.Optional;

/// People of a rehearsal: nobody has to change a first password, since the next start signs in with
/// it again.
final class LenientPeople implements People {

  private final People people;

  LenientPeople(People people) {
    this.people = people;
  }

  @Override
  public Future<Optional<Credential>> find(String login) {
    return people
        .find(login)
        .map(found ->
            found.map(known ->
                new Credential(
                    known.person().withOwnPassword(), known.passwordHash(), known.lockedUntil())));
  }

  @Override
  public Future<Void> savePassword(String login, String passwordHash) {
    return people.savePassword(login, passwordHash);
  }

  @Override
  public Future<Void> lock(String login, Instant until) {
    return people.lock(login, until);
  }
}
