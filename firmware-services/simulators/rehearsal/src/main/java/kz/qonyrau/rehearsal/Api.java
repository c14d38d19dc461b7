package kz.qonyrau.rehearsal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The public API of a box or of central, as a program of the business would use it.
public final class Api {

  private static final JsonMapper JSON = new JsonMapper();

  private final String base;
  private final HttpClient client =
      HttpClient.newBuilder()
          .cookieHandler(new CookieManager())
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  /// @param port on loopback
  public Api(int port) {
    this.base = "http://127.0.0.1:" + port + "/api";
  }

  /// Signs in; later calls carry the session.
  public void signIn(String login, String password) {
    var _ = post("/session", JSON.createObjectNode().put("login", login).put("password", password));
  }

  public JsonNode get(String path) {
    return send(request(path).GET().build());
  }

  public JsonNode post(String path, JsonNode body) {
    return send("POST", path, body);
  }

  public JsonNode put(String path, JsonNode body) {
    return send("PUT", path, body);
  }

  private JsonNode send(String method, String path, JsonNode body) {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body.toString(), StandardCharsets.UTF_8))
            .build());
  }

  /// A command without a body.
  public JsonNode post(String path) {
    return send(request(path).POST(BodyPublishers.noBody()).build());
  }

  public void delete(String path) {
    var _ = send(request(path).DELETE().build());
  }

  /// A file.
  public byte[] getFile(String path) {
    return answer(
            request(path).GET().build(),
            BodyHandlers.ofByteArray(),
            bytes -> new String(bytes, StandardCharsets.UTF_8))
        .body();
  }

  /// The same, answered with a file.
  public byte[] postForFile(String path, JsonNode body) {
    return answer(
            request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body.toString(), StandardCharsets.UTF_8))
                .build(),
            BodyHandlers.ofByteArray(),
            bytes -> new String(bytes, StandardCharsets.UTF_8))
        .body();
  }

  /// Sends a file.
  public JsonNode upload(String path, BodyPublisher content) {
    return send(
        request(path).header("Content-Type", "application/octet-stream").POST(content).build());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(base + path))
        .header("X-Requested-With", "qonyrau")
        .timeout(Duration.ofSeconds(60));
  }

  private JsonNode send(HttpRequest request) {
    String body =
        answer(request, BodyHandlers.ofString(StandardCharsets.UTF_8), Function.identity()).body();
    return body.isEmpty() ? JSON.createObjectNode() : JSON.readTree(body);
  }

  private <T> HttpResponse<T> answer(
      HttpRequest request, BodyHandler<T> handler, Function<T, String> text) {
    HttpResponse<T> response;
    try {
      response = client.send(request, handler);
    } catch (IOException failure) {
      throw new UncheckedIOException(
          request.method() + " " + request.uri() + " got no answer", failure);
    } catch (InterruptedException failure) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", failure);
    }
    if (response.statusCode() >= 300) {
      throw new ApiException(
          response.statusCode(),
          request.method() + " " + request.uri().getPath() + ": " + text.apply(response.body()));
    }
    return response;
  }

  /// The API refused; nothing has changed there.
  public static final class ApiException extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private final int status;

    ApiException(int status, String message) {
      super(status + " " + message);
      this.status = status;
    }

    /// The HTTP status, 300 to 599.
    public int status() {
      return status;
    }
  }
}
