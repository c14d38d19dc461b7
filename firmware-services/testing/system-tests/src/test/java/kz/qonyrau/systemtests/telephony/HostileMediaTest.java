package kz.qonyrau.systemtests.telephony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import kz.qonyrau.telephony.LiveCall;
import kz.qonyrau.vocabulary.CallId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Somebody else on the machine talks to the port that Asterisk brings audio to.
@Tag("asterisk")
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileMediaTest {

  private Line line;
  private WebSocketClient client;
  private String secretPath;

  @BeforeAll
  void connect() throws IOException, InterruptedException, TimeoutException {
    line = new Line(Optional.empty(), 4);
    client = line.vertx().createWebSocketClient();
    String configuration =
        Files.readString(line.settings().directory().resolve("etc/websocket_client.conf"));
    secretPath = configuration.replaceAll("(?s).*uri = ws://[^/]*(/\\S*).*", "$1");
  }

  @AfterAll
  void disconnect() throws TimeoutException {
    line.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/media", "/media/", "/media/0000", "/media/../media", "/%00"})
  void letsNobodyInWhoDoesNotKnowTheSecret(String path) {
    assertThatThrownBy(() -> open(path)).isInstanceOf(UpgradeRejectedException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no JSON",
        "{",
        "[]",
        "null",
        "{\"event\":7}",
        "{\"event\":\"MEDIA_START\"}",
        "{\"event\":\"MEDIA_START\",\"channel_variables\":[]}",
        "{\"event\":\"MEDIA_START\",\"channel_variables\":{\"CALLID\":5}}",
        "{\"event\":\"MEDIA_START\",\"channel_variables\":{\"CALLID\":\"../../etc\"}}",
      })
  void turnsAwayWhoeverDoesNotNameACall(String message) throws TimeoutException {
    assertThat(closedAfter(socket -> socket.writeTextMessage(message))).isEqualTo((short) 1008);
  }

  @Test
  void turnsAwayAudioForACallThatNobodyDialled() throws TimeoutException {
    assertThat(closedAfter(socket -> socket.writeTextMessage(start(CallId.random()))))
        .isEqualTo((short) 1008);
  }

  @Test
  void turnsAwayASecondSocketForALiveCall() throws TimeoutException {
    LiveCall call = line.reach("85");

    assertThat(closedAfter(socket -> socket.writeTextMessage(start(call.id()))))
        .isEqualTo((short) 1008);

    var _ = call.play(new byte[3_200]).await(5, TimeUnit.SECONDS);
    call.hangUp();
    assertThat(call.ended().await(5, TimeUnit.SECONDS).platformFault()).isFalse();
  }

  @Test
  void turnsAwayFramesThatAreTooLargeOrComeTooSoon() throws TimeoutException {
    assertThat(closedAfter(socket -> socket.writeBinaryMessage(Buffer.buffer(new byte[320]))))
        .isEqualTo((short) 1008);
    var _ =
        closedAfter(
            socket -> socket.writeFinalBinaryFrame(Buffer.buffer(new byte[4 * 1024 * 1024])));
  }

  @Test
  void turnsAwayWhoeverSaysNothing() throws TimeoutException {
    assertThat(closedAfter(_ -> {})).isEqualTo((short) 1008);
  }

  private short closedAfter(Consumer<WebSocket> what) throws TimeoutException {
    WebSocket socket = open(secretPath);
    Promise<Short> closed = Promise.promise();
    socket.closeHandler(
        _ -> closed.complete(socket.closeStatusCode() == null ? 0 : socket.closeStatusCode()));
    what.accept(socket);
    return closed.future().await(10, TimeUnit.SECONDS);
  }

  private WebSocket open(String path) throws TimeoutException {
    return client
        .connect(
            new WebSocketConnectOptions()
                .setHost("127.0.0.1")
                .setPort(line.settings().mediaPort())
                .setURI(path)
                .setSubProtocols(List.of("media")))
        .await(5, TimeUnit.SECONDS);
  }

  private static String start(CallId call) {
    return "{\"event\":\"MEDIA_START\",\"channel_variables\":{\"CALLID\":\"" + call + "\"}}";
  }
}
