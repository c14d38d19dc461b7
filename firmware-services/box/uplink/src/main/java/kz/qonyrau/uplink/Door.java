package kz.qonyrau.uplink;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import kz.qonyrau.wire.EnrolmentReply;
import kz.qonyrau.wire.MalformedMessageException;
import kz.qonyrau.wire.Refusal;

/// Central's enrolment door, at which boxes ask for certificates.
final class Door {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int LONGEST_ANSWER = 64 * 1024;

  private final URI central;

  Door(URI central) {
    this.central = central;
  }

  /// What came of a question.
  sealed interface Said {

    /// Central's admission, read and not yet believed.
    record Admitted(EnrolmentReply reply) implements Said {}

    record Refused(Refusal refusal) implements Said {}

    /// Whoever answers is not the provider with this fingerprint.
    record WrongProvider() implements Said {}

    /// Nobody answered, or nothing that could be read; why, for the log.
    record Unreachable(String why) implements Said {}
  }

  /// Asks. Blocks for at most some 30 s.
  ///
  /// @param fingerprint of the provider's key
  Said ask(String path, byte[] question, String fingerprint) {
    HttpRequest request =
        HttpRequest.newBuilder(central.resolve(path))
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(question))
            .build();
    try (HttpClient http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .followRedirects(HttpClient.Redirect.NEVER)
            .sslContext(pinning(fingerprint))
            .build()) {
      HttpResponse<byte[]> response =
          http.send(
              request,
              HttpResponse.BodyHandlers.limiting(
                  HttpResponse.BodyHandlers.ofByteArray(), LONGEST_ANSWER));
      return switch (response.statusCode()) {
        case 200 -> new Said.Admitted(EnrolmentReply.parse(response.body()));
        case 400, 403, 409, 413 -> new Said.Refused(Refusal.parse(response.body()));
        default -> new Said.Unreachable("HTTP status " + response.statusCode());
      };
    } catch (MalformedMessageException malformed) {
      return new Said.Unreachable("an answer that cannot be read: " + malformed.why());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return new Said.Unreachable("interrupted");
    } catch (IOException failure) {
      return isWrongProvider(failure)
          ? new Said.WrongProvider()
          : new Said.Unreachable(failure.getClass().getSimpleName());
    }
  }

  private static boolean isWrongProvider(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof PinnedAuthority.WrongProviderException) {
        return true;
      }
    }
    return false;
  }

  private static SSLContext pinning(String fingerprint) {
    try {
      SSLContext context = SSLContext.getInstance("TLSv1.3");
      context.init(null, new TrustManager[] {new PinnedAuthority(fingerprint)}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java runtime has no TLS 1.3", e);
    }
  }
}
