package kz.qonyrau.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A program of a customer as AutoCall's public clients are: an address, a key and paths, and
/// nothing that a browser would send.
final class ProgramClient implements AutoCloseable {

  private static final JsonMapper JSON = new JsonMapper();

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String address;
  private final Optional<String> key;

  /// @param address for example `http://box/api/v1`
  ProgramClient(String address, Optional<String> key) {
    this.address = address;
    this.key = key;
  }

  record Reply(int status, String body, HttpResponse<String> whole) {

    JsonNode json() {
      return JSON.readTree(body);
    }
  }

  Reply get(String path) {
    return send(to(path).GET());
  }

  Reply post(String path, String json) {
    return send(to(path).header("Content-Type", "application/json").POST(body(json)));
  }

  /// @param name what the request is called when it comes again
  Reply post(String path, String json, String name) {
    return send(
        to(path)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", name)
            .POST(body(json)));
  }

  Reply send(String method, String path, String json) {
    return send(
        to(path)
            .header("Content-Type", "application/json")
            .method(method, json.isEmpty() ? BodyPublishers.noBody() : body(json)));
  }

  private static HttpRequest.BodyPublisher body(String json) {
    return BodyPublishers.ofString(json, StandardCharsets.UTF_8);
  }

  HttpRequest.Builder to(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address + path)).timeout(Duration.ofSeconds(60));
    key.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
    return request;
  }

  Reply send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> answer =
          http.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
      return new Reply(answer.statusCode(), answer.body(), answer);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException stopped) {
      throw new AssertionError(stopped);
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
