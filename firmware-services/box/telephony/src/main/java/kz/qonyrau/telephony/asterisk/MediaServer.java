package kz.qonyrau.telephony.asterisk;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import kz.qonyrau.vocabulary.CallId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes the audio of calls from Asterisk, one WebSocket per call, on loopback.
///
/// The address holds a secret that only Asterisk's configuration knows, so no other program on the
/// machine can put words into a call. A socket belongs to a call only once its first message has
/// named one that waits for it.
final class MediaServer {

  /// Whose audio it is.
  ///
  /// @param early whether it is what the network lets us hear before the answer
  record Named(CallId call, boolean early) {}

  /// The calls that wait for audio.
  interface Calls {

    /// Takes a call's socket, or says no if no such call waits for one.
    boolean connect(Named call, MediaSocket socket);
  }

  private static final Logger log = LoggerFactory.getLogger(MediaServer.class);
  private static final int LARGEST_MESSAGE = 65_536;
  private static final long LONGEST_SILENCE_MILLISECONDS = 3_000;

  private final Vertx vertx;
  private final String path;
  private final Calls calls;
  private final HttpServer server;

  MediaServer(Vertx vertx, String secret, int port, Calls calls) {
    this.vertx = vertx;
    this.path = "/media/" + secret;
    this.calls = calls;
    this.server =
        vertx
            .createHttpServer(
                new HttpServerOptions()
                    .setHost("127.0.0.1")
                    .setPort(port)
                    .setTcpNoDelay(true)
                    .setWebSocketSubProtocols(List.of("media"))
                    .setMaxWebSocketFrameSize(LARGEST_MESSAGE)
                    .setMaxWebSocketMessageSize(LARGEST_MESSAGE)
                    .setPerFrameWebSocketCompressionSupported(false)
                    .setPerMessageWebSocketCompressionSupported(false))
            .requestHandler(request -> request.response().setStatusCode(404).end())
            .webSocketHandshakeHandler(handshake -> {
              if (isOurs(handshake.path())) {
                handshake.accept();
              } else {
                log.atWarn().log("someone other than asterisk knocked at the media port");
                handshake.reject(404);
              }
            })
            .webSocketHandler(this::greet);
  }

  /// Completes with the address to give to Asterisk.
  Future<String> listen() {
    return server.listen().map(listening -> "ws://127.0.0.1:" + listening.actualPort() + path);
  }

  Future<Void> close() {
    return server.close();
  }

  private boolean isOurs(String asked) {
    return MessageDigest.isEqual(
        asked.getBytes(StandardCharsets.UTF_8), path.getBytes(StandardCharsets.UTF_8));
  }

  private void greet(ServerWebSocket socket) {
    long patience =
        vertx.setTimer(LONGEST_SILENCE_MILLISECONDS, _ -> turnAway(socket, "it said nothing"));
    socket.exceptionHandler(failure -> turnAway(socket, failure.getClass().getSimpleName()));
    socket.closeHandler(_ -> vertx.cancelTimer(patience));
    socket.binaryMessageHandler(_ -> turnAway(socket, "audio came before its call was named"));
    socket.textMessageHandler(text -> {
      vertx.cancelTimer(patience);
      Optional<Named> named = namedBy(text);
      if (named.isEmpty()) {
        turnAway(socket, "its first message names no call");
      } else if (!calls.connect(named.get(), new MediaSocket(named.get().call(), socket))) {
        turnAway(socket, "no such call waits for audio");
      }
    });
  }

  /// The call that a MEDIA_START message is about; empty for any other text.
  static Optional<Named> namedBy(String text) {
    try {
      JsonObject message = new JsonObject(text);
      if (!"MEDIA_START".equals(message.getValue("event"))
          || !(message.getValue("channel_variables") instanceof JsonObject variables)
          || !(variables.getValue("CALLID") instanceof String id)) {
        return Optional.empty();
      }
      return Optional.of(new Named(new CallId(id), "1".equals(variables.getValue("EARLY"))));
    } catch (DecodeException | IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static void turnAway(ServerWebSocket socket, String why) {
    log.atWarn().addKeyValue("why", why).log("a media socket was turned away");
    var _ = socket.close((short) 1008, "turned away");
  }
}
