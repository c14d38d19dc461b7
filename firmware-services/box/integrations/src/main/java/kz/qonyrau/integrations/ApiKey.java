package kz.qonyrau.integrations;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// A key of a program, without its secret.
///
/// @param id eight hexadecimal digits, which the secret shows, too
/// @param owner the login in whose name it acts
/// @param requestsPerMinute 1 to 6000
/// @param statement empty if campaigns cannot be ordered in AutoCall's way with it
/// @param lastUsedAt to the minute
/// @param frozenAt since when it is refused, because its program did not slow down when it was told
///   to (SH-API-03); until its owner thaws it
public record ApiKey(
    String id,
    String name,
    String owner,
    Set<Scope> scopes,
    int requestsPerMinute,
    Optional<Statement> statement,
    Instant createdAt,
    Optional<Instant> lastUsedAt,
    Optional<Instant> frozenAt,
    Optional<Instant> revokedAt) {

  /// As many requests a minute as AutoCall lets its customers send.
  public static final int USUAL_REQUESTS_PER_MINUTE = 300;

  public ApiKey {
    scopes = Set.copyOf(scopes);
  }

  ApiKey usedAt(Instant at) {
    return new ApiKey(
        id,
        name,
        owner,
        scopes,
        requestsPerMinute,
        statement,
        createdAt,
        Optional.of(at),
        frozenAt,
        revokedAt);
  }

  ApiKey frozen(Optional<Instant> since) {
    return new ApiKey(
        id,
        name,
        owner,
        scopes,
        requestsPerMinute,
        statement,
        createdAt,
        lastUsedAt,
        since,
        revokedAt);
  }
}
