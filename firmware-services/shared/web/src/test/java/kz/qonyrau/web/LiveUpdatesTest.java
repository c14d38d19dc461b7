package kz.qonyrau.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import kz.qonyrau.testsupport.Eventually;
import kz.qonyrau.testsupport.NoErrorsLogged;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
@ExtendWith(NoErrorsLogged.class)
class LiveUpdatesTest {

  private final TestDoor at = new TestDoor();

  @AfterEach
  void close() {
    at.close();
  }

  @Test
  void tellsEachPageWhatItsRoleMaySee() throws IOException {
    try (Socket owner = follow("owner");
        Socket reader = follow("reader")) {
      BufferedReader ownerLines = lines(owner);
      BufferedReader readerLines = lines(reader);
      Eventually.await(Duration.ofSeconds(10), "two pages", () -> at.live.pageCount() == 2);

      at.live.publish(
          "secret", role -> role.equals("OWNER") ? Optional.of(Map.of("n", 1)) : Optional.empty());
      at.live.publish("call", Map.of("n", 2));

      assertThat(next(ownerLines, "event: ")).isEqualTo("event: hello");
      assertThat(next(ownerLines, "event: ")).isEqualTo("event: secret");
      assertThat(next(ownerLines, "data: ")).isEqualTo("data: {\"n\":1}");
      assertThat(next(ownerLines, "event: ")).isEqualTo("event: call");
      assertThat(next(readerLines, "event: ")).isEqualTo("event: hello");
      assertThat(next(readerLines, "event: ")).isEqualTo("event: call");
    }
  }

  @Test
  void cutsOffAPageThatDoesNotKeepUpAndGoesOnForTheOthers() throws IOException {
    try (Socket slow = follow("owner");
        Socket quick = follow("owner")) {
      assertThat(slow.isConnected()).isTrue();
      BufferedReader lines = lines(quick);
      Eventually.await(Duration.ofSeconds(10), "two pages", () -> at.live.pageCount() == 2);
      assertThat(next(lines, "event: ")).isEqualTo("event: hello");
      String text = "x".repeat(16 * 1024);

      for (int each = 0; at.live.pageCount() == 2 && each < 5_000; each++) {
        at.live.publish("call", Map.of("text", text));
        assertThat(next(lines, "event: ")).isEqualTo("event: call");
      }

      assertThat(at.live.pageCount()).isEqualTo(1);
    }
  }

  @Test
  void forgetsAPageThatWentAway() throws IOException {
    try (Socket page = follow("owner")) {
      assertThat(page.isConnected()).isTrue();
      Eventually.await(Duration.ofSeconds(10), "one page", () -> at.live.pageCount() == 1);
    }
    Eventually.await(
        Duration.ofSeconds(10),
        "no page",
        () -> {
          at.live.publish("call", Map.of("n", 1));
          return at.live.pageCount() == 0;
        });
  }

  private Socket follow(String login) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(8 * 1024);
    socket.connect(
        new java.net.InetSocketAddress(java.net.InetAddress.getLoopbackAddress(), at.door.port()));
    socket
        .getOutputStream()
        .write(
            ("GET /api/live HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip\r\nCookie: "
                    + at.cookieOf(login)
                    + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  private static BufferedReader lines(Socket socket) throws IOException {
    return new BufferedReader(
        new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
  }

  private static String next(BufferedReader lines, String prefix) throws IOException {
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith(prefix)) {
        return line;
      }
    }
    throw new AssertionError("the stream ended");
  }
}
