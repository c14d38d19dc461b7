package kz.qonyrau.boxes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.wire.ClaimTicket;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Central's API, as its pages use it. Safe for any thread.
final class Central implements AutoCloseable {

  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Duration UNHURRIED = Duration.ofSeconds(1);

  private final URI base;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .cookieHandler(new CookieManager())
          .connectTimeout(Duration.ofSeconds(10))
          .build();

  private Central(URI base) {
    this.base = base;
  }

  /// Signs in.
  ///
  /// @param loginFile has a line that begins with `login` and ends with its password
  /// @throws IllegalStateException if the file does not name the login, or central refuses it
  static Central signIn(URI base, Path loginFile, String login) {
    Central central = new Central(base);
    var _ =
        central.post("/session", Map.of("login", login, "password", password(loginFile, login)));
    return central;
  }

  private static String password(Path file, String login) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .map(line -> line.strip().split("\\s+", -1))
          .filter(words -> words.length > 1 && words[0].equals(login))
          .map(words -> words[words.length - 1])
          .findFirst()
          .orElseThrow(() -> new IllegalStateException(file + " does not name " + login));
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot read " + file, failure);
    }
  }

  /// A ticket for one box. Central admits some 60 requests a second of one person.
  ClaimTicket claim(String organisation, String site) {
    JsonNode made = post("/claims", Map.of("organisation", organisation, "site", site));
    return ClaimTicket.parse(made.path("ticket").asString());
  }

  /// What central has booked for a box since it was enrolled.
  ///
  /// @param messages usage messages stored
  /// @param tiyn what they sum up to
  record Booked(long messages, long tiyn) {
    static final Booked NOTHING = new Booked(0, 0);
  }

  /// What central shows of every box.
  Map<BoxId, Booked> booked() {
    Map<BoxId, Booked> all = new HashMap<>();
    for (JsonNode box : get("/boxes")) {
      all.put(
          new BoxId(box.path("id").asString()),
          new Booked(
              box.path("usageMessages").asLong(), box.path("money").path("usedTiyn").asLong()));
    }
    return all;
  }

  /// Whether the timeline of a box has an alarm of this code.
  boolean hasAlarm(BoxId box, String code) {
    for (JsonNode entry : get("/boxes/" + box + "/timeline?size=500")) {
      if (entry.path("kind").asString().equals(code)) {
        return true;
      }
    }
    return false;
  }

  private JsonNode get(String path) {
    return send(request(path).GET().build());
  }

  private JsonNode post(String path, Map<String, String> body) {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(JSON.writeValueAsString(body), StandardCharsets.UTF_8))
            .build());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(base.resolve("/api" + path))
        .header("X-Requested-With", "qonyrau")
        .timeout(PATIENCE);
  }

  private JsonNode send(HttpRequest request) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      HttpResponse<String> response = answer(request);
      if (response.statusCode() == 429 && System.nanoTime() < end) {
        LockSupport.parkNanos(UNHURRIED.toNanos());
        continue;
      }
      if (response.statusCode() >= 300) {
        throw new IllegalStateException(
            request.method()
                + " "
                + request.uri()
                + ": "
                + response.statusCode()
                + " "
                + response.body());
      }
      return response.body().isEmpty() ? JSON.createObjectNode() : JSON.readTree(response.body());
    }
  }

  private HttpResponse<String> answer(HttpRequest request) {
    try {
      return client.send(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
    } catch (IOException failure) {
      throw new UncheckedIOException(
          request.method() + " " + request.uri() + " got no answer", failure);
    } catch (InterruptedException failure) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", failure);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
