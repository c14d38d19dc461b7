package kz.qonyrau.web;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Slows guessing down: five wrong passwords lock a login for fifteen minutes (P-09), whether the
/// login exists or not, and an address has a budget of its own.
///
/// An attempt is counted as a failure when it begins, so a hundred at once are no way around it.
/// Remembers at most 10 000 logins and as many addresses, the least recently used are forgotten.
/// Safe for use by several threads; never blocks for long.
final class SignInGuard {

  static final int FAILURES_PER_LOGIN = 5;
  static final Duration LOCK = Duration.ofMinutes(15);
  static final int FAILURES_PER_ADDRESS = 60;

  private static final int REMEMBERED_MAX = 10_000;

  private final InstantSource clock;
  private final Map<String, Tally> logins = bounded();
  private final Map<String, Tally> addresses = bounded();

  SignInGuard(InstantSource clock) {
    this.clock = clock;
  }

  /// Counts an attempt, or says how long this login or address must wait.
  synchronized Optional<Duration> admit(String login, String address) {
    Instant now = clock.instant();
    Tally ofLogin = logins.computeIfAbsent(login, _ -> new Tally());
    Tally ofAddress = addresses.computeIfAbsent(address, _ -> new Tally());
    Optional<Duration> wait =
        ofLogin
            .waitFrom(now, FAILURES_PER_LOGIN)
            .or(() -> ofAddress.waitFrom(now, FAILURES_PER_ADDRESS));
    if (wait.isEmpty()) {
      ofLogin.count(now);
      ofAddress.count(now);
    }
    return wait;
  }

  /// When the lock of this login ends, if it is locked now.
  synchronized Optional<Instant> lockedUntil(String login) {
    Instant now = clock.instant();
    return Optional.ofNullable(logins.get(login))
        .flatMap(tally -> tally.waitFrom(now, FAILURES_PER_LOGIN))
        .map(now::plus);
  }

  /// Forgets the failures of a login, and the attempt that succeeded for its address.
  synchronized void succeeded(String login, String address) {
    logins.remove(login);
    Tally ofAddress = addresses.get(address);
    if (ofAddress != null) {
      ofAddress.uncount();
    }
  }

  private static Map<String, Tally> bounded() {
    return new LinkedHashMap<>(64, 0.75f, true) {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.Entry<String, Tally> eldest) {
        return size() > REMEMBERED_MAX;
      }
    };
  }

  private static final class Tally {

    private int failures;
    private Instant last = Instant.EPOCH;

    Optional<Duration> waitFrom(Instant now, int limit) {
      Instant until = last.plus(LOCK);
      if (!now.isBefore(until)) {
        failures = 0;
      }
      return failures >= limit ? Optional.of(Duration.between(now, until)) : Optional.empty();
    }

    void count(Instant now) {
      failures++;
      last = now;
    }

    void uncount() {
      failures = Math.max(0, failures - 1);
    }
  }
}
