package kz.qonyrau.integrations;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import kz.qonyrau.web.Json;

/// Something that happened.
///
/// @param id the same however often it is told
/// @param facts what is told of it, nothing that the owner's own API does not show
public record Event(UUID id, EventKind kind, Instant at, Map<String, Object> facts) {

  /// An event whose id follows from what happened, so that it cannot be told as two.
  ///
  /// @param what for example `call/` and its id
  public static Event of(EventKind kind, String what, Instant at, Map<String, Object> facts) {
    UUID id = UUID.nameUUIDFromBytes((kind.words() + "/" + what).getBytes(StandardCharsets.UTF_8));
    return new Event(id, kind, at, facts);
  }

  String json() {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("id", id.toString());
    body.put("event", kind.words());
    body.put("at", at);
    body.put("data", facts);
    return new String(Json.write(body), StandardCharsets.UTF_8);
  }
}
