package kz.qonyrau.store;

import java.time.Duration;
import java.util.Optional;

/// Where the database is and how it is used.
///
/// @param jdbcUrl `jdbc:derby:/path/of/directory`, `jdbc:derby:memory:name` or
///   `jdbc:postgresql://host:port/database?user=…&password=…`; an embedded database that does not
///   exist is created, a server's must be there
/// @param readers how many reads run at once, 1 to 64
/// @param busyTimeout how long a statement waits for a lock, also for that of another node that
///   writes, and how long closing waits for reads under way; 1 s to 5 min. A node that hangs while
///   it writes holds up the others for half of it, and one whose statement takes too long for twice
///   as long
/// @param bootPassword the password under which an embedded database is encrypted when it is
///   created, 8 characters or more; empty for a database in the clear
public record StoreSettings(
    String jdbcUrl, int readers, Duration busyTimeout, Optional<String> bootPassword) {

  private static final int SHORTEST_PASSWORD = 8;

  /// @throws IllegalArgumentException if a value is out of its range
  public StoreSettings {
    if (!jdbcUrl.startsWith("jdbc:derby:") && !jdbcUrl.startsWith("jdbc:postgresql:")) {
      throw new IllegalArgumentException(
          "not a database this program knows: expected jdbc:derby:… or jdbc:postgresql:…");
    }
    if (jdbcUrl.startsWith("jdbc:derby:") && jdbcUrl.indexOf(';') >= 0) {
      throw new IllegalArgumentException(
          "an embedded database is given by its place alone, without attributes after ';'");
    }
    if (readers < 1 || readers > 64) {
      throw new IllegalArgumentException("readers must be 1 to 64, not " + readers);
    }
    if (busyTimeout.compareTo(Duration.ofSeconds(1)) < 0
        || busyTimeout.compareTo(Duration.ofMinutes(5)) > 0) {
      throw new IllegalArgumentException("busy timeout must be 1 s to 5 min, not " + busyTimeout);
    }
    if (bootPassword.isPresent() && bootPassword.get().length() < SHORTEST_PASSWORD) {
      throw new IllegalArgumentException(
          "the boot password must have at least " + SHORTEST_PASSWORD + " characters");
    }
  }

  /// The URL without what may be secret in it: a server's user and password stand after the `?`.
  String place() {
    int parameters = jdbcUrl.indexOf('?');
    return parameters < 0 ? jdbcUrl : jdbcUrl.substring(0, parameters);
  }

  /// Without the passwords.
  @Override
  public String toString() {
    return "StoreSettings[jdbcUrl="
        + place()
        + ", readers="
        + readers
        + ", busyTimeout="
        + busyTimeout
        + (bootPassword.isPresent() ? ", encrypted]" : "]");
  }
}
