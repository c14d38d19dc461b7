package kz.qonyrau.integrations;

import java.time.Instant;
import java.util.Set;

/// Whom to tell of what, without the secret that signs it.
///
/// @param url where it is sent
/// @param createdBy the login
public record Webhook(
    String id, String url, Set<EventKind> events, Instant createdAt, String createdBy) {

  public Webhook {
    events = Set.copyOf(events);
  }
}
