package kz.qonyrau.web;

import java.util.Set;

/// A program of the business that came in with a key and acts in its owner's name (SH-API-02).
///
/// @param key what the key is called in lists and in the audit log, up to 16 characters; never its
///   secret
/// @param name what the owner calls it
/// @param owner whose rights it has, as far as its scopes go
/// @param scopes what it may do
/// @param requestsPerMinute how many requests it may send, 1 to 6000
/// @param frozen whether it is refused until its owner lets it in again
public record Program(
    String key,
    String name,
    Person owner,
    Set<String> scopes,
    int requestsPerMinute,
    boolean frozen) {

  public Program {
    scopes = Set.copyOf(scopes);
    if (requestsPerMinute < 1 || requestsPerMinute > 6000) {
      throw new IllegalArgumentException("not a limit: " + requestsPerMinute);
    }
  }
}
