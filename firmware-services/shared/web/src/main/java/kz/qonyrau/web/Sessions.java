package kz.qonyrau.web;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Who is signed in, in memory only: a restart signs everybody out. A token is 256 random bits; the
/// map knows its hash, so a dump of the memory's keys signs nobody in. A session ends 12 h after
/// sign-in and 30 min after its last request. Safe for use by several threads.
final class Sessions {

  static final Duration LONGEST = Duration.ofHours(12);
  static final Duration IDLE = Duration.ofMinutes(30);

  private static final int TOKEN_BYTES = 32;
  private static final int OPEN_MAX = 5_000;

  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, Session> open = new ConcurrentHashMap<>();

  Sessions(InstantSource clock) {
    this.clock = clock;
  }

  /// Begins a session and returns its token, the only copy there is.
  ///
  /// @throws Problem 503 if 5 000 are open
  String begin(Person person) {
    sweep();
    if (open.size() >= OPEN_MAX) {
      throw Problem.busy();
    }
    byte[] bytes = new byte[TOKEN_BYTES];
    random.nextBytes(bytes);
    String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    Instant now = clock.instant();
    open.put(hash(token), new Session(person, now, now));
    return token;
  }

  /// The person of a token; counts as activity.
  Optional<Person> use(String token) {
    String key = hash(token);
    Instant now = clock.instant();
    Session session = open.computeIfPresent(key, (_, was) -> was.usedAt(now));
    return Optional.ofNullable(session).map(Session::person);
  }

  /// Whether the token still opens the door; does not count as activity.
  boolean isOpen(String token) {
    Session session = open.get(hash(token));
    return session != null && session.isOpenAt(clock.instant());
  }

  void end(String token) {
    open.remove(hash(token));
  }

  /// Ends every session of a person, as after a change of password.
  void endAllOf(String login) {
    open.values().removeIf(session -> session.person.login().equals(login));
  }

  private void sweep() {
    Instant now = clock.instant();
    for (Iterator<Session> each = open.values().iterator(); each.hasNext(); ) {
      if (!each.next().isOpenAt(now)) {
        each.remove();
      }
    }
  }

  private static String hash(String token) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }

  private record Session(Person person, Instant begun, Instant used) {

    boolean isOpenAt(Instant now) {
      return now.isBefore(begun.plus(LONGEST)) && now.isBefore(used.plus(IDLE));
    }

    @SuppressWarnings("NullAway") // a null tells the map to forget an expired session
    Session usedAt(Instant now) {
      return isOpenAt(now) ? new Session(person, begun, now) : null;
    }
  }
}
