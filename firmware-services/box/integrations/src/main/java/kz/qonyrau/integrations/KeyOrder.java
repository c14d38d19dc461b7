package kz.qonyrau.integrations;

import java.util.Optional;
import java.util.Set;

/// The wish for a key.
///
/// @param name 1 to 80 characters
/// @param scopes at least one
public record KeyOrder(
    String name, Set<Scope> scopes, int requestsPerMinute, Optional<Statement> statement) {

  /// @throws IllegalArgumentException naming what is out of its range
  public KeyOrder {
    name = name.strip();
    scopes = Set.copyOf(scopes);
    if (name.isEmpty() || name.length() > 80) {
      throw new IllegalArgumentException("name: 1 to 80 characters");
    }
    if (scopes.isEmpty()) {
      throw new IllegalArgumentException("scopes: at least one");
    }
    if (requestsPerMinute < 1 || requestsPerMinute > 6000) {
      throw new IllegalArgumentException("requestsPerMinute: 1 to 6000");
    }
  }
}
