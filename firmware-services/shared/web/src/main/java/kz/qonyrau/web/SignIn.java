package kz.qonyrau.web;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import kz.qonyrau.audit.Act;
import kz.qonyrau.audit.Actor;
import kz.qonyrau.audit.AuditAction;
import kz.qonyrau.audit.AuditLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Signing in and out and changing a password (SH-ACC-05, SH-ACC-18). Each sign-in costs one Argon2
/// hash, whether the login exists or not, so neither the answer nor the time tells.
final class SignIn {

  private static final Logger log = LoggerFactory.getLogger(SignIn.class);

  private record Credentials(String login, String password) {}

  private record PasswordChange(String current, String next) {}

  private final People people;
  private final Passwords passwords;
  private final Sessions sessions;
  private final AuditLog audit;
  private final SignInGuard guard;
  private final InstantSource clock;
  private final String decoyHash;

  SignIn(
      People people, Passwords passwords, Sessions sessions, AuditLog audit, InstantSource clock) {
    this.people = people;
    this.passwords = passwords;
    this.sessions = sessions;
    this.audit = audit;
    this.guard = new SignInGuard(clock);
    this.clock = clock;
    this.decoyHash = passwords.hashNow("nobody has this password");
  }

  Answer whoAmI(Asked asked) {
    return Answer.ok(asked.person());
  }

  Answer signIn(Asked asked) {
    Credentials given = asked.body(Credentials.class);
    String login = given.login().strip().toLowerCase(Locale.ROOT);
    guard
        .admit(login, asked.address())
        .ifPresent(wait -> {
          throw locked(wait);
        });
    Optional<Credential> found = people.find(login).await();
    boolean right =
        passwords
            .matches(given.password(), found.map(Credential::passwordHash).orElse(decoyHash))
            .await();
    Instant now = clock.instant();
    found
        .flatMap(Credential::lockedUntil)
        .filter(now::isBefore)
        .ifPresent(until -> {
          throw locked(Duration.between(now, until));
        });
    if (found.isEmpty() || !right) {
      refused(login, asked.address(), found.isPresent());
      throw new Problem(401, "WRONG_CREDENTIALS", "The login or the password is wrong.");
    }
    guard.succeeded(login, asked.address());
    Person person = found.get().person();
    tell(new Actor(person.login(), person.role(), asked.address()), AuditAction.SIGNED_IN);
    String token = sessions.begin(person);
    log.atInfo()
        .addKeyValue("person", person.loggable())
        .addKeyValue("role", person.role())
        .addKeyValue("address", asked.address())
        .log("signed in");
    return new Answer.Signed(Optional.of(person), token);
  }

  Answer signOut(Asked asked) {
    tell(asked.actor(), AuditAction.SIGNED_OUT);
    sessions.end(asked.token());
    return new Answer.Signed(Optional.empty(), "");
  }

  /// Ends every session of the person and begins a new one for the page that asked.
  Answer changePassword(Asked asked) {
    PasswordChange change = asked.body(PasswordChange.class);
    Person person = asked.person();
    guard
        .admit(person.login(), asked.address())
        .ifPresent(wait -> {
          throw locked(wait);
        });
    Credential credential =
        people
            .find(person.login())
            .await()
            .orElseThrow(() -> new Problem(401, "NOT_SIGNED_IN", "Sign in first."));
    if (!passwords.matches(change.current(), credential.passwordHash()).await()) {
      refused(person.login(), asked.address(), true);
      throw wrong("current", "WRONG_PASSWORD", "The current password is another one.");
    }
    guard.succeeded(person.login(), asked.address());
    if (change.next().equals(change.current())) {
      throw wrong("next", "SAME_PASSWORD", "The new password must differ from the current one.");
    }
    if (change.next().toLowerCase(Locale.ROOT).contains(person.login())) {
      throw wrong("next", "WEAK_PASSWORD", "The new password must not contain the login.");
    }
    tell(asked.actor(), AuditAction.PASSWORD_CHANGED);
    people.savePassword(person.login(), passwords.hash(change.next()).await()).await();
    sessions.endAllOf(person.login());
    log.atInfo().addKeyValue("person", person.loggable()).log("password changed");
    Person changed = person.withOwnPassword();
    return new Answer.Signed(Optional.empty(), sessions.begin(changed));
  }

  private void tell(Actor actor, AuditAction action) {
    var _ = audit.begin(new Act(actor, action, "", "", "")).mapEmpty().await();
  }

  /// People type passwords into the wrong field, so a login that nobody has is not written down.
  private void refused(String login, String address, boolean known) {
    Actor actor = new Actor(known ? login : "unknown", "", address);
    tell(actor, AuditAction.SIGN_IN_REFUSED);
    log.atWarn()
        .addKeyValue("login", known ? Person.loggable(login) : "unknown")
        .addKeyValue("address", address)
        .log("wrong password");
    guard
        .lockedUntil(login)
        .ifPresent(until -> {
          log.atWarn().addKeyValue("address", address).log("login locked");
          tell(actor, AuditAction.LOGIN_LOCKED);
          // Not awaited: an unknown login has nothing to store and must not answer sooner.
          var _ =
              people
                  .lock(login, until)
                  .onFailure(
                      failure -> log.atError().setCause(failure).log("a lock could not be stored"));
        });
  }

  private static Problem wrong(String field, String code, String detail) {
    return Problem.unprocessable(code, detail, List.of(new Problem.Field(field, code, detail)));
  }

  private static Problem locked(Duration wait) {
    return Problem.tooMany(
        "SIGN_IN_LOCKED",
        "Too many wrong passwords. Wait "
            + Math.max(1, wait.plusSeconds(59).toMinutes())
            + " minutes.",
        wait);
  }
}
